"""How well claims are found: our own sentences of all subjects, each with the claims it makes.

    python -m bench claims [--half open|held|both] [--errors] [--speed]

Counts, micro over the sentences: triggers (the word that names a happening), triggers with the right type, participants (role and
word, of claims whose trigger was found), places (role and place), status, and slots said to be unknown.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from sightline.types import Claim, Reading, Report

GOLD = Path(__file__).parent / "gold"
POSSESSIVE = frozenset(("his", "her", "its", "their", "our", "my", "your"))
STATUS = {"under_way": "under way"}


class Wanted(NamedTuple):
    types: tuple[str, ...]
    words: tuple[str, ...]
    participants: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    where: tuple[tuple[tuple[str, ...], str], ...]
    status: tuple[str, ...]
    unknown: tuple[str, ...]
    optional: bool


class Sentence(NamedTuple):
    text: str
    claims: tuple[Wanted, ...]


def sentences(half: str) -> list[Sentence]:
    """The gold of one half."""
    found: list[Sentence] = []
    for block in (GOLD / f"claims-{half}.txt").read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            found.append(Sentence(lines[0], tuple(wanted(line) for line in lines[1:])))
    return found


def wanted(line: str) -> Wanted:
    optional = line.startswith("~")
    fields = [field.strip() for field in line.lstrip("~").split("|")] + [""] * 4
    types, words = fields[0].split()[:2]
    pairs = [pair.split(":", 1) for pair in fields[1].split()]
    return Wanted(
        tuple(kind.replace("_", " ") for kind in types.split("/")),
        tuple(words.split("/")),
        tuple((tuple(role.split("/")), tuple(word.split("/"))) for role, word in pairs),
        tuple((tuple(role.split("/")), place.replace("_", " ")) for role, place in (pair.split(":", 1) for pair in fields[2].split())),
        tuple(STATUS.get(status, status) for status in fields[3].split("/") if status),
        tuple(slot.strip("?") for slot in fields[4].split()),
        optional,
    )


class Tally:
    """True positives, found and wanted of each measure."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {}

    def add(self, name: str, *, hit: int = 0, found: int = 0, gold: int = 0) -> None:
        self.counts.setdefault(name, Counter()).update(hit=hit, found=found, gold=gold)

    def lines(self) -> list[str]:
        out = []
        for name, count in self.counts.items():
            precision = count["hit"] / count["found"] if count["found"] else 0.0
            recall = count["hit"] / count["gold"] if count["gold"] else 0.0
            f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
            out.append(f"| {name} | {100 * precision:.1f} | {100 * recall:.1f} | {100 * f1:.1f} | {count['gold']} |")
        return out


def score(gold: Sequence[Sentence], annotate: Callable[[str], Sequence[Claim]], *, errors: bool) -> Tally:
    tally = Tally()
    for sentence in gold:
        claims = list(annotate(sentence.text))
        notes: list[str] = []
        used: set[str] = set()
        for want in sentence.claims:
            match = next((claim for claim in claims if claim.id not in used and _is(sentence.text, claim, want)), None)
            if match is not None:
                used.add(match.id)
            if want.optional:
                continue
            tally.add("trigger", hit=match is not None, found=match is not None, gold=1)
            right = match is not None and match.type in want.types
            tally.add("trigger and type", hit=right, found=match is not None, gold=1)
            if match is None:
                notes.append(f"missed {want.types} {want.words}")
                tally.add("participants", gold=len(want.participants))
                tally.add("places", gold=len(want.where))
                continue
            if not right:
                notes.append(f"type {match.type} for {want.types}")
            notes += _compare(tally, match, want, sentence.text)
        for claim in claims:
            if claim.id not in used:
                tally.add("trigger", found=1)
                tally.add("trigger and type", found=1)
                notes.append(f"spurious {claim.type} {claim.trigger.of(sentence.text)}")
        if errors and notes:
            print(sentence.text, *notes, sep="\n    ")
    return tally


def _is(text: str, claim: Claim, want: Wanted) -> bool:
    return claim.trigger.of(text) in want.words


def _compare(tally: Tally, claim: Claim, want: Wanted, text: str) -> list[str]:
    notes = []
    left = list(claim.participants)
    for roles, words in want.participants:
        hit = next((each for each in left if each.role in roles and any(word.lower() in each.text.lower() for word in words)), None)
        if hit is not None:
            left.remove(hit)
        else:
            notes.append(f"{claim.type} {claim.trigger.of(text)}: no {'/'.join(roles)}={'/'.join(words)}")
        tally.add("participants", hit=hit is not None, gold=1)
    extra = [each for each in left if each.role != "topic" and each.head not in POSSESSIVE]
    tally.add(
        "participants", found=len(want.participants) - sum(note.startswith(f"{claim.type} {claim.trigger.of(text)}: no ") for note in notes)
    )
    tally.add("participants", found=len(extra))
    notes += [f"{claim.type} {claim.trigger.of(text)}: extra {each.role}={each.text}" for each in extra]
    places = list(claim.where)
    for roles, name in want.where:
        place = next((each for each in places if each.role in roles and (each.mention.text in name or name in each.mention.text)), None)
        if place is not None:
            places.remove(place)
        else:
            notes.append(f"{claim.type} {claim.trigger.of(text)}: no place {'/'.join(roles)}:{name}")
        tally.add("places", hit=place is not None, found=place is not None, gold=1)
    tally.add("places", found=len(places))
    notes += [f"{claim.type} {claim.trigger.of(text)}: extra place {each.role}:{each.mention.text}" for each in places]
    if want.status:
        right = str(claim.certainty.status) in want.status
        tally.add("status", hit=right, found=1, gold=1)
        if not right:
            notes.append(f"{claim.type} {claim.trigger.of(text)}: status {claim.certainty.status} for {want.status}")
    tally.add("unknown", hit=len(set(claim.unknown) & set(want.unknown)), found=len(claim.unknown), gold=len(want.unknown))
    if set(claim.unknown) != set(want.unknown):
        notes.append(f"{claim.type}: unknown {claim.unknown} for {want.unknown}")
    return notes


def reader() -> Callable[[str], Reading]:
    """Reads one text by the whole pipeline."""
    from sightline.extract.reading import read
    from sightline.gazetteer import Gazetteer, Register
    from sightline.language import load

    nlp, gazetteer, register = load(), Gazetteer.load(), Register.load()
    return lambda text: read(Report(id="gold", text=text), nlp(text), gazetteer=gazetteer, register=register)


def speed(gold: Sequence[Sentence], annotate: Callable[[str], Reading]) -> str:
    """Microseconds of one core a token for the two rooms alone, on the gold as one text, ten times over."""
    from sightline.extract.claims import find_claims
    from sightline.extract.quantities import find_quantities
    from sightline.language import load

    text = "\n\n".join(sentence.text for sentence in gold)
    doc, reading = load()(text), annotate(text)
    rounds = 10
    started = time.process_time()
    for _ in range(rounds):
        find_quantities(doc)
    middle = time.process_time()
    for _ in range(rounds):
        find_claims(doc, reading.report, reading.times, reading.places, reading.names, reading.quantities, reading.attributions)
    ended = time.process_time()
    tokens = rounds * len(doc) / 1e6
    return (
        f"{len(doc)} tokens: quantities {(middle - started) / tokens:.1f}, claims with certainty {(ended - middle) / tokens:.1f} µs a token"
    )


def main(argv: list[str]) -> int:
    """Runs the bench; see the module's first lines."""
    parser = argparse.ArgumentParser(prog="python -m bench claims", description=__doc__)
    parser.add_argument("--half", choices=("open", "held", "both"), default="open")
    parser.add_argument("--errors", action="store_true", help="print every difference")
    parser.add_argument("--speed", action="store_true", help="time the two rooms too")
    parser.add_argument("--data", type=Path, help="not needed: the gold is the project's own")
    options = parser.parse_args(argv)
    annotate = reader()
    for half in ("open", "held") if options.half == "both" else (options.half,):
        gold = sentences(half)
        started = time.perf_counter()
        tally = score(gold, lambda text: annotate(text).claims, errors=options.errors)
        seconds = time.perf_counter() - started
        print(f"\n{half}: {len(gold)} sentences, {seconds:.1f} s\n\n| measure | precision | recall | F1 | gold |\n|---|---|---|---|---|")
        print("\n".join(tally.lines()))
        if options.speed:
            print(speed(gold, annotate))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
