"""Whatever the text, chains end and spans lie within it."""

import pytest

from sightline.extract.certainty import judge
from sightline.extract.sources import type_sources
from sightline.language import read
from sightline.types import Report

TEXTS = [
    "",
    " \n\n ",
    "said",
    "“”\"' said , according to according to per by",
    "he said " * 300,
    "citing citing quoted by quoted as saying told told told",
    "SAID THE MAYOR (AFP) -- AFP/KCNA via KNS",
    "Ein Satz ohne Englisch, sagte der Minister. Überall «Zitate» — n’t not never no.",
    "A said B said C said D said E, F said, quoting G, who told H, citing I.",
    "If if if whether whether the the not not to to be be.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_is_read(text: str) -> None:
    for doc in read([text]):
        found = type_sources(doc, (), (), (), Report(id="r", text=text))
        for attribution in found:
            spans = [*attribution.source, *attribution.cue, *attribution.content, *attribution.addressee]
            assert all(span.end <= len(text) for span in spans)
            assert attribution.parent is None or 0 <= attribution.parent < len(found)
        for token in doc:
            assert judge(doc, token, found).stances
