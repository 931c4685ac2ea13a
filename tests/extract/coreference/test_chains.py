"""Chains of noun phrases, and the scores that they are measured by."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.coreference import Score
from sightline.extract.coreference import chains, phrases
from sightline.language import load
from training.coreference.gum import read_gum


def chained(text: str) -> list[set[str]]:
    doc = load()(text)
    return [{doc[p.first : p.last].text for p in chain} for chain in chains(doc)]


def test_a_name_and_its_repetition_are_one_chain() -> None:
    found = chained("Helen Drake left the town on Friday. Helen Drake did not come back.")
    doc = load()("Helen Drake left the town on Friday. Helen Drake did not come back.")
    assert len([p for p in phrases(doc) if p.text == "helen drake"]) == 2
    assert sum("Helen Drake" in chain for chain in found) == 1


def test_every_phrase_is_in_one_chain() -> None:
    doc = load()("The old ship sank near the harbour. It had carried coal, and its crew was saved by a fisherman.")
    every = [(p.first, p.last) for chain in chains(doc) for p in chain]
    assert sorted(every) == sorted((p.first, p.last) for p in phrases(doc))
    assert len(every) == len(set(every))


def test_nothing_comes_of_nothing() -> None:
    assert chained("") == []


Partition = list[frozenset[tuple[int, int]]]


@given(st.lists(st.integers(0, 4), min_size=2, max_size=9))
def test_a_perfect_answer_scores_one(marks: list[int]) -> None:
    gold: Partition = [frozenset((n, n + 1) for n, m in enumerate(marks) if m == mark) for mark in set(marks)]
    score = Score()
    score.add(gold, gold)
    assert score.f1("B3")[2] == pytest.approx(1.0)
    assert score.f1("CEAFe")[2] == pytest.approx(1.0)


def test_scores_of_a_worked_example() -> None:
    gold: Partition = [frozenset({(0, 1), (1, 2), (2, 3)}), frozenset({(3, 4), (4, 5), (5, 6), (6, 7)})]
    mine: Partition = [frozenset({(0, 1), (1, 2)}), frozenset({(2, 3), (3, 4)}), frozenset({(5, 6), (6, 7), (7, 8)})]
    score = Score()
    score.add(gold, mine)
    precision, recall, _ = score.f1("MUC")
    assert (recall, precision) == (pytest.approx(2 / 5), pytest.approx(2 / 4))
    assert score.f1("B3")[1] == pytest.approx((2 * 2 / 3 + 1 / 3 + 1 / 4 + 2 * 2 / 4) / 7)


def test_gum_is_read_with_its_offsets(tmp_path: Path) -> None:
    lines = [
        "# newdoc id = GUM_news_made",
        "# newpar",
        "# sent_id = 1",
        "1\tAnna\tAnna\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-person-new-cf1-1-coref)",
        "2\tlost\tlose\tVERB\tVBD\t_\t0\troot\t_\t_",
        "3\ther\ther\tPRON\tPRP$\t_\t4\tnmod:poss\t_\tEntity=(2-object-new-cf2-2-sgl(1-person-giv-cf1-1-ana)",
        "4\tkey\tkey\tNOUN\tNN\t_\t2\tobj\t_\tEntity=2)|SpaceAfter=No",
        "5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_",
        "",
    ]
    path = tmp_path / "made.conllu.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    document = next(read_gum(path))
    assert (document.text, document.genre) == ("Anna lost her key.", "news")
    assert [[document.text[a:b] for a, b in chain] for chain in document.chains] == [["Anna", "her"], ["her key"]]
    assert document.types[0, 4] == "person"
