"""Whatever the words and however the parser reads them: spans are the text's own, ids are unique, nothing raises."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extract.claims.conftest import Reader

_WORDS = [
    "the", "train", "leader", "left", "Oslo", "for", "talks", "with", "who", "where", "is", "unknown", "when", "not", "said", "that", ",", ".",
    "and", "was", "carrying", "two", "ministers", "20", "hours", "from", "to", "have", "announced", "visit", "by", "“", "”", "killed", "in",
    "according", "off", "called", "strike", "neither", "nor", "due", "on", "way", "its", "that", "city", "\n\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(_WORDS), max_size=40))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_words_is_read(read: Reader, words: list[str]) -> None:
    text = " ".join(words)
    claims = read(text)
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert claim.sentence.contains(claim.trigger)
        assert claim.span.contains(claim.trigger)
        assert 0 < claim.confidence <= 1
        assert all(each.span.of(text) == each.text for each in claim.participants)
