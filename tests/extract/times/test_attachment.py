"""Which happening a time dates. The labelled sentences stand in attachment.tsv; they are scored by ``python -m bench times``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sightline.extract.times import find_times
from tests.extract.times.conftest import published, tagged

_GOLD = Path(__file__).parent / "attachment.tsv"


@pytest.mark.parametrize(
    "words, governor, relation",
    [
        ("Officials/NNS said/VBD Monday/NNP that/IN the/DT train/NN left/VBD ./.", "said", "at"),
        ("The/DT train/NN left/VBD on/IN Monday/NNP ,/, officials/NNS said/VBD ./.", "left", "at"),
        ("The/DT train/NN left/VBD ,/, officials/NNS said/VBD Monday/NNP ./.", "said", "at"),
        ("On/IN Monday/NNP ,/, officials/NNS said/VBD the/DT train/NN left/VBD ./.", "said", "at"),
        ("He/PRP said/VBD that/IN on/IN Monday/NNP the/DT train/NN left/VBD ./.", "left", "at"),
        ("The/DT ship/NN ,/, which/WDT sailed/VBD on/IN Monday/NNP ,/, sank/VBD ./.", "sailed", "at"),
        ("Monday/NNP 's/POS meeting/NN was/VBD short/JJ ./.", "meeting", "at"),
        ("Before/IN the/DT summit/NN on/IN Monday/NNP they/PRP dined/VBD ./.", "summit", "at"),
        ("The/DT army/NN will/MD on/IN Monday/NNP begin/VB its/PRP$ drill/NN ./.", "begin", "at"),
        ("It/PRP was/VBD his/PRP$ first/JJ trip/NN abroad/RB since/IN 2019/CD ./.", "trip", "since"),
        ("The/DT bridge/NN stayed/VBD shut/JJ until/IN Friday/NNP ./.", "stayed", "until"),
        ("They/PRP must/MD leave/VB by/IN Sunday/NNP ./.", "leave", "by"),
        ("They/PRP talked/VBD for/IN two/CD hours/NNS ./.", "talked", "for"),
        ("The/DT council/NN meets/VBZ every/DT Tuesday/NNP ./.", "meets", "every"),
        ("A/DT planned/VBN visit/NN took/VBD place/NN on/IN Monday/NNP ./.", "took", "at"),
        ("It/PRP comes/VBZ after/IN police/NNS on/IN Monday/NNP seized/VBD arms/NNS ./.", "seized", "at"),
        ("He/PRP says/VBZ rebels/NNS on/IN Monday/NNP attacked/VBD a/DT convoy/NN ./.", "attacked", "at"),
        ("KCNA/NNP Monday/NNP :/: the/DT train/NN left/VBD ./.", None, "at"),
    ],
)
def test_governor(words: str, governor: str | None, relation: str) -> None:
    doc = tagged(words)
    (found,) = find_times(doc, published("2023-09-11"))
    assert (doc.text[found.governor.start : found.governor.end] if found.governor else None) == governor
    assert found.relation == relation


def test_untagged_text_attaches_nothing() -> None:
    from tests.extract.times.conftest import one

    assert one("The train left on Monday.").governor is None


def test_the_labelled_sentences_are_well_formed() -> None:
    rows = [line.split("\t") for line in _GOLD.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    parts = [row[0] for row in rows]
    assert len(rows) >= 120
    assert parts.count("held") >= 60
    for part, relation, sentence in rows:
        assert part in ("dev", "held")
        assert relation in ("at", "since", "until", "before", "after", "during", "for", "by", "every")
        assert len(re.findall(r"\[[^\]]+\]", sentence)) == 1
        assert len(re.findall(r"\*[^*]+\*", sentence)) >= 1
