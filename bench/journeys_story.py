"""Stories replayed from the claims that Sightline extracts: the forecast at every report's time against what turned out."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sightline.journeys import ForecastError, Network, forecast, infeasible, together
from sightline.journeys.replay import instants
from sightline.types import Forecast, Problem, Reading

TRUTH = {
    # Facts as later reports have them; sources in sightline/journeys/data/legs.csv and examples/armoured-train/SOURCES.md.
    "kim2023": (
        "Vostochny cosmodrome",
        datetime.fromisoformat("2023-09-13T04:00Z"),
        datetime.fromisoformat("2023-09-13T05:00Z"),
        "armoured-train",
    ),
    "kim2019-vladivostok": (
        "Vladivostok",
        datetime.fromisoformat("2019-04-24T07:50Z"),
        datetime.fromisoformat("2019-04-26T00:00Z"),
        "armoured-train",
    ),
}


def readings_of(folder: Path) -> list[Reading]:
    from sightline.desk import Desk
    from sightline.readers import read_paths

    out: list[Reading] = []
    for item in Desk().annotate(read_paths([folder])):
        if isinstance(item, Problem):
            print(f"{item}", file=sys.stderr)
        else:
            out.append(item)
    return out


def replay_all(folder: Path, network: Network) -> None:
    from sightline.stories import build

    for name, (place, truth, until, vehicle) in TRUTH.items():
        reports = folder / "digests" / name
        if not reports.is_dir():
            print(f"{reports}: not there; skipped", file=sys.stderr)
            continue
        readings = readings_of(reports)
        print(
            f"\n## {name}: {len(readings)} readings, {sum(len(r.claims) for r in readings)} claims; truth {place} {truth:%d %b %H:%M} UTC\n"
        )
        print("| as of (UTC) | observations | headline | probability of the truth | its median, error h |\n|---|---|---|---|---|")
        for moment in [i for i in instants(readings) if i <= until]:
            stories = build(readings, as_of=moment)
            answer: Forecast | None = None
            with suppress(ForecastError):
                answer = forecast(together(stories), readings, network, as_of=moment, vehicle=vehicle, explain=False)
            if answer is None:
                print(f"| {moment:%d %b %H:%M} | 0 | no journey told yet | | |")
                continue
            right = next((d for d in answer.destinations if d.place == place), None)
            told = f"{right.probability:.2f} | {(right.arrival.median - truth).total_seconds() / 3600:+.1f}" if right else "0 | "
            print(f"| {moment:%d %b %H:%M} | {len(answer.observations)} | {answer.headline} | {told} |", flush=True)
        last = build(readings, as_of=until)
        for found in infeasible(together(last), network, readings, as_of=until, vehicle=vehicle) if last else []:
            print(f"\nCannot be: {found.text}")
