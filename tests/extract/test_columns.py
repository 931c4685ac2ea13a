"""A Doc's columns say what its tokens say."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.extract.columns import Columns
from sightline.extract.sources.links import sentence_bounds
from sightline.language import load

_PIECES = st.sampled_from(
    ["The ferry", "left", "Bergen", ".", " ", "\n\n", "“", "Mrs. Lund’s", "\u00a0", "it said", ",", "e.g.", "\t", "3:15"]
)


@given(st.lists(_PIECES, max_size=20).map("".join))
@settings(max_examples=30, deadline=None)
def test_text_and_sentences(text: str) -> None:
    doc = load()(text)
    column = Columns(doc)
    assert column.text == text
    assert column.tokens == list(doc)
    for token in doc:
        assert sentence_bounds(doc, token.i) == column.sentence[token.i] == (token.sent.start, token.sent.end)
