"""Made-up stories of our own, checked against what their picture must hold: one story each, copies, grades and contradictions.

    python -m bench made

The reports and the gold are ``bench/gold/made``; no data folder is needed.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

from sightline.stories import build
from sightline.types import Event, Reading, Report, Story

FOLDER = Path(__file__).parent / "gold" / "made"


def picture(folder: Path) -> list[Story]:
    """The stories of a folder of reports, through the ordinary way in."""
    from sightline.desk import Desk
    from sightline.gazetteer import Register
    from sightline.readers import read_paths

    reports = [report for report in read_paths([folder]) if isinstance(report, Report)]
    readings = [reading for reading in Desk().annotate(reports) if isinstance(reading, Reading)]
    return build(readings, register=Register.load())


def checks(row: dict, stories: list[Story]) -> list[tuple[str, bool]]:
    """Each thing that the gold asks for, in words, with whether the picture holds it."""
    events = [event for story in stories for event in story.events]
    contradictions = [one for story in stories for one in story.contradictions]
    copies = {(link.target[-2:], link.source[-2:]) for story in stories for link in story.copies if link.kind == "copy"}
    found = [("one story", len(stories) == 1)]
    found += [(f"{later} copies {earlier}", (later, earlier) in copies) for later, earlier in row["copies"]]
    for wanted in row["confirmed"]:
        grades = [event.grade for event in events if event.type == wanted["type"] and _holds(event, wanted["holds"])]
        right = max(grades, default=0) >= 3 if wanted["yes"] else max(grades, default=0) < 3
        found.append((f"{wanted['type']} ({wanted['holds']}) {'confirmed' if wanted['yes'] else 'not confirmed'}", right))
    for wanted in row["contradictions"]:
        right = any(
            one.type.value == wanted["type"] and one.slot == wanted["slot"] and any(wanted["holds"] in value for value in one.values)
            for one in contradictions
        )
        found.append((f"{wanted['type']} on {wanted['slot']}: {wanted['holds']}", right))
    for unwanted in row["never"]:
        right = all((one.type.value, one.slot) != (unwanted["type"], unwanted["slot"]) for one in contradictions)
        found.append((f"nothing {unwanted['type']} on {unwanted['slot']}", right))
    return found


def _holds(event: Event, words: str) -> bool:
    values = " ".join(value.value for slot in event.slots for value in slot.values)
    return words in f"{event.label} {values}"


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench made", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=None, help="not used")
    parser.add_argument("--cache", type=Path, default=None, help="not used")
    parser.parse_args(argv)
    gold = tomllib.loads((FOLDER / "gold.toml").read_text(encoding="utf-8"))
    right = total = 0
    for row in gold["story"]:
        stories = picture(FOLDER / row["name"])
        print(f"\n{row['name']}: {stories[0].title}")
        for words, good in checks(row, stories):
            right, total = right + good, total + 1
            print(f"  {'ok    ' if good else 'missed'} {words}")
    print(f"\n{right} of {total}")
    return 0
