"""How well certainty is judged: our own labelled clauses, and TimeBank's polarity and modality.

    python -m bench certainty [--data FOLDER] [--half open|held|both] [--errors]

``--data`` is the folder with ``time/timebank.tar.gz`` (or that ``time`` folder itself); without it only our own clauses are scored.
"""

from __future__ import annotations

import argparse
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from sightline.extract.certainty import judge
from sightline.language import read
from sightline.types import Polarity

GOLD = Path(__file__).parent / "gold"
POLARITY = {"+": "positive", "-": "negative", "u": "unknown"}
DEGREE = {"c": "certain", "p": "probable", "o": "possible", "u": "unknown"}
STATUS = {"H": "happened", "W": "under way", "P": "planned", "E": "expected", "O": "possible", "D": "denied", "U": "unknown"}


class Clause(NamedTuple):
    text: str
    start: int
    polarity: str
    degree: str
    status: str


def clauses(half: str) -> list[Clause]:
    out = []
    for line in (GOLD / f"certainty-{half}.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        code, text = line.split(" ", 1)
        out.append(Clause(text.replace("*", ""), text.index("*"), POLARITY[code[0]], DEGREE[code[1]], STATUS[code[2]]))
    return out


def score_own(half: str, errors: bool) -> dict[str, float]:
    gold = clauses(half)
    right: Counter[str] = Counter()
    for clause, doc in zip(gold, read([clause.text for clause in gold]), strict=True):
        trigger = next(token for token in doc if token.idx <= clause.start < token.idx + len(token))
        got = judge(doc, trigger)
        found = (str(got.polarity), str(got.degree), str(got.status))
        wanted = (clause.polarity, clause.degree, clause.status)
        for name, one, other in zip(("polarity", "degree", "status"), found, wanted, strict=True):
            right[name] += one == other
        right["polarity and status"] += (found[0], found[2]) == (wanted[0], wanted[2])
        if errors and (found[0], found[2]) != (wanted[0], wanted[2]):
            print(f"{'/'.join(found):32} for {'/'.join(wanted):30} {clause.text} [{trigger.text}]")
    return {
        "clauses": float(len(gold)),
        **{name: 100 * right[name] / len(gold) for name in ("polarity", "status", "degree", "polarity and status")},
    }


class Instance(NamedTuple):
    start: int
    polarity: str
    modality: str


def timebank(folder: Path) -> Iterator[tuple[str, list[Instance]]]:
    """Text and event instances with offsets, one TimeML document at a time."""
    archive = folder / "timebank.tar.gz"
    if not archive.exists():
        archive = folder / "time" / "timebank.tar.gz"
    with tarfile.open(archive) as members:
        for member in sorted(members.getmembers(), key=lambda one: one.name):
            handle = members.extractfile(member) if member.name.endswith(".tml") else None
            if handle is None:
                continue
            tree = ElementTree.fromstring(handle.read())
            body = tree.find("TEXT")
            if body is None:
                continue
            starts: dict[str, int] = {}
            text = _flatten(body, starts, "")
            made = [
                Instance(starts[one.get("eventID", "")], one.get("polarity", "POS"), one.get("modality") or "")
                for one in tree.iter("MAKEINSTANCE")
                if one.get("eventID", "") in starts
            ]
            yield text, made


def _flatten(node: ElementTree.Element, starts: dict[str, int], before: str) -> str:
    text = before
    if node.tag == "EVENT":
        starts[node.get("eid", "")] = len(text)
    text += node.text or ""
    for child in node:
        text = _flatten(child, starts, text) + (child.tail or "")
    return text


def score_timebank(folder: Path, errors: bool) -> dict[str, float]:
    tally: Counter[str] = Counter()
    documents = list(timebank(folder))
    seconds = 0.0
    for (_, instances), doc in zip(documents, read([text for text, _ in documents]), strict=True):
        places = {token.idx: token for token in doc}
        for instance in instances:
            token = places.get(instance.start)
            if token is None:
                continue
            began = time.process_time()
            got = judge(doc, token)
            seconds += time.process_time() - began
            tally["events"] += 1
            gold_negative, negative = instance.polarity == "NEG", got.polarity is Polarity.NEGATIVE
            tally["polarity right"] += gold_negative == negative
            tally[f"negative {gold_negative}{negative}"] += 1
            gold_modal = instance.modality not in ("", "NONE")
            modal = str(got.status) in ("planned", "expected", "possible", "unknown")
            tally[f"modal {gold_modal}{modal}"] += 1
            if errors and negative and not gold_negative:
                print(f"spurious: {token.sent.text.strip()[:230]!r} [{token.text}] {got.polarity}/{got.status}")
            if errors and gold_negative and not negative:
                print(f"missed negation: {token.sent.text.strip()[:160]!r} [{token.text}] {got.polarity}/{got.status}")
    negative, modal_scores = _prf(tally, "negative"), _prf(tally, "modal")
    return {
        "events": float(tally["events"]),
        "polarity accuracy": 100 * tally["polarity right"] / max(tally["events"], 1),
        "negative precision": negative[0],
        "negative recall": negative[1],
        "negative F1": negative[2],
        "modality recall": modal_scores[1],
        "microseconds an event": 1e6 * seconds / max(tally["events"], 1),
    }


def _prf(tally: Counter[str], name: str) -> tuple[float, float, float]:
    hit = tally[f"{name} TrueTrue"]
    precision = 100 * hit / max(hit + tally[f"{name} FalseTrue"], 1)
    recall = 100 * hit / max(hit + tally[f"{name} TrueFalse"], 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def show(title: str, figures: dict[str, float]) -> None:
    print(title)
    for name, value in figures.items():
        print(f"  {name:24} {value:8.1f}")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench certainty", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--half", choices=("open", "held", "both"), default="open")
    parser.add_argument("--errors", action="store_true", help="print what was judged wrongly")
    options = parser.parse_args(argv)
    for half in ("open", "held") if options.half == "both" else (options.half,):
        show(f"own clauses, {half} half", score_own(half, options.errors))
    if options.data is not None:
        if not any((options.data / name).exists() for name in ("timebank.tar.gz", "time/timebank.tar.gz")):
            print(f"bench certainty: {options.data}: no time/timebank.tar.gz; give the folder that holds it", file=sys.stderr)
            return 1
        show("TimeBank, polarity and modality of event instances", score_timebank(options.data, options.errors))
    return 0
