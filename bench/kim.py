"""The armoured train of 2023, event by event against the picture worked out by hand.

    python -m bench kim --data FOLDER [--cache FOLDER] [--verbose]

``FOLDER`` holds ``digests/kim2023``; a folder ``seed`` beside it is read too. The gold (facts and gradings, no text) is
``bench/gold/kim2023.toml``. Shown are: for each event the value that must be confirmed with its grade and reason; every value graded 3
or 4 that the gold calls false; which of the gold's typed contradictions were found.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import tomllib
from pathlib import Path

import msgspec

import sightline.extract
from sightline.gazetteer import Register
from sightline.stories import build
from sightline.stories.clock import local_day
from sightline.types import Contradiction, Event, Reading, Report, SlotValue, Story

GOLD = Path(__file__).parent / "gold" / "kim2023.toml"


def readings(folder: Path, cache: Path | None = None) -> list[Reading]:
    """Readings of a folder of reports, through the ordinary way in; kept in ``cache`` by the text and the rules' state."""
    from sightline.desk import Desk
    from sightline.readers import read_paths

    seed = folder.parents[2] / "seed"
    reports = [report for report in read_paths([folder, seed] if seed.is_dir() else [folder]) if isinstance(report, Report)]
    if cache is None:
        return [reading for reading in Desk().annotate(reports) if isinstance(reading, Reading)]
    mark = hashlib.sha256(f"{_rules_state()}{[(report.id, report.text) for report in reports]}".encode()).hexdigest()[:16]
    store = cache / f"{folder.name}-{mark}.json"
    if store.exists():
        return msgspec.json.decode(store.read_bytes(), type=list[Reading])
    found = [reading for reading in Desk().annotate(reports) if isinstance(reading, Reading)]
    store.parent.mkdir(parents=True, exist_ok=True)
    store.write_bytes(msgspec.json.encode(found))
    return found


def _rules_state() -> str:
    """A mark of the extraction code and tables, so that a cache is never older than they are."""
    root = Path(sightline.extract.__file__).parents[1]
    parts = [path for name in ("extract", "gazetteer", "language", "readers") for path in sorted((root / name).rglob("*"))]
    return "".join(
        f"{path.name}{path.stat().st_size}{path.stat().st_mtime_ns}" for path in parts if path.is_file() and "__pycache__" not in path.parts
    )


def number_of(report_id: str) -> int | None:
    """The number of a digest from its report's id; 0 for the report that the project grew from."""
    if "000_" in report_id or "seed" in report_id:
        return 0
    found = re.findall(r"(\d+)(?:\.txt)?(?:\b|$)", report_id)
    return int(found[-1]) if found else None


def numbers(claims: tuple[str, ...], reports: dict[str, str]) -> set[int]:
    """Numbers of the digests behind some claims."""
    found = {number_of(claim.rpartition("#")[0]) for claim in claims}
    return {number for number in found if number is not None}


def matches(event: Event, row: dict) -> bool:
    """Whether a picture's event is the gold's."""
    if event.type not in row["types"] or event.background:
        return False
    places = {value.value for slot in event.slots if slot.name in ("where", "from", "to", "via") for value in slot.values}
    if row["near"] and not any(near.lower() in place.lower() for near in row["near"] for place in places):
        return False
    days = {value.key[:10] for slot in event.slots if slot.name == "when" for value in slot.values}
    return not row["when"] or bool(days & set(row["when"]))


def best(events: list[Event], row: dict) -> tuple[Event, SlotValue] | None:
    """The event and value that the gold wants confirmed, best graded first."""
    found = []
    for event in events:
        for slot in event.slots:
            if slot.name == row["slot"]:
                found += [(event, value) for value in slot.values if re.search(row["confirm"], f"{value.key} {value.value}")]
    return max(found, key=lambda pair: (pair[1].grade, len(pair[1].claims), pair[0].id), default=None)


def is_false(never: str, value: SlotValue) -> bool:
    """Whether a value, told as a fact, is one that the gold calls false: that very day or that very place."""
    if value.status not in ("happened", "under way"):
        return False
    return bool(re.fullmatch(never, (local_day(value.interval) or "") if value.interval is not None else value.value))


def has(row: dict, found: Contradiction) -> bool:
    """Whether a contradiction of the picture is the gold's."""
    if found.type.value not in row["types"] or not any(found.slot == slot or found.slot.startswith(slot) for slot in row["slots"]):
        return False
    if row["about"] and not re.search(row["about"], " ".join(found.values) + found.explanation):
        return False
    behind = {number_of(claim.rpartition("#")[0]) for claims in found.claims for claim in claims}
    return not row["reports"] or bool(behind & set(row["reports"]))


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench kim", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=None)
    parser.add_argument("--verbose", action="store_true", help="show every event and contradiction")
    options = parser.parse_args(argv)
    folder = options.data / "digests" / "kim2023"
    if not folder.is_dir():
        print(f"no reports at {folder}: give the folder that holds digests/kim2023 with --data", file=sys.stderr)
        return 1
    gold = tomllib.loads(GOLD.read_text(encoding="utf-8"))
    stories = build(readings(folder, options.cache), register=Register.load())
    return show(gold, stories, options.verbose)


def show(gold: dict, stories: list[Story], verbose: bool) -> int:
    events = [event for story in stories for event in story.events]
    contradictions = [one for story in stories for one in story.contradictions]
    print(
        f"{len(stories)} stories of {[len(story.reports) for story in stories]} reports; {len(events)} events; {len(contradictions)} contradictions"
    )
    print(f"title: {stories[0].title}")
    confirmed = wanted = 0
    for row in gold["event"]:
        candidates = [event for event in events if matches(event, row)]
        print(f"\n{row['id']} {row['title']}: {len(candidates)} events in the picture")
        if row["slot"]:
            wanted += 1
            pair = best(candidates, row)
            if pair is not None:
                confirmed += pair[1].grade >= 3
                print(
                    f"  {'ok ' if pair[1].grade >= 3 else 'MISS'} grade {pair[1].grade} {pair[0].label!r} {row['slot']}={pair[1].value}: {pair[1].reason}"
                )
            else:
                print("  MISS: no such value")
    false = []
    for row in gold["event"]:
        for event in events:
            if row["never"] and matches(event, row):
                for slot in event.slots:
                    if slot.name == (row["slot"] or "when"):
                        false += [(row, event, value) for value in slot.values if value.grade >= 3 and is_false(row["never"], value)]
    print(f"\nconfirmed {confirmed} of {wanted}; falsely confirmed {len(false)}")
    for row, event, value in false:
        print(f"  FALSE {row['id']} {event.label!r} {value.value} grade {value.grade}: {value.reason}")
    hits = 0
    for row in gold["contradiction"]:
        found = [one for one in contradictions if has(row, one)]
        hits += bool(found)
        print(f"  {'found ' if found else 'missed'} {row['title']}" + (f": {found[0].values}" if found else ""))
    print(f"typed contradictions: {hits} of {len(gold['contradiction'])}")
    if verbose:
        show_all(events, contradictions)
    return 0


def show_all(events: list[Event], contradictions: list[Contradiction]) -> None:
    """Every event of several reports with its values, and every contradiction, with the numbers of the digests behind them."""

    def behind(claims: tuple[str, ...]) -> list[int]:
        return sorted({number_of(claim.rpartition("#")[0]) or 0 for claim in claims})

    for event in events:
        if len({claim.rpartition("#")[0] for claim in event.claims}) > 1 or event.grade >= 2:
            print(f"\n[{event.grade}] {event.type} {event.label!r} ({len(event.claims)} claims) {event.reason}")
            for slot in event.slots:
                for value in slot.values[:5]:
                    print(f"     {slot.name}: {value.value} [{value.grade}] {value.status} {value.flags} {behind(value.claims)}")
    for one in contradictions:
        sides = [behind(claims) for claims in one.claims]
        print(f"  {one.type.value} | {one.slot} | {one.values} | {one.explanation} | {sides}")
