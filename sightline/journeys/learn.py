"""Speeds learned from a table of earlier journeys.

Of each leg the logarithm of (hours reported / hours expected) is the sum over its classes of line of their share times the class's own
correction, plus the leg's spread by the motion model. Corrections have a normal prior; the posterior mean is ridge regression (Hoerl and
Kennard 1970) with weights.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import resources

import msgspec
import numpy as np

from sightline.journeys.posterior import mean_hours, spread_hours
from sightline.journeys.routes import Route, Stop
from sightline.journeys.vehicles import Vehicle, vehicle

PRIOR_SD = 0.25
"""Standard deviation of a class's correction before any journey: speeds guessed for a country's railways are off by a quarter."""


class Leg(msgspec.Struct, frozen=True, kw_only=True):
    """One leg of an earlier journey."""

    id: str
    journey: str
    vehicle: str
    start: str
    end: str
    classes: tuple[tuple[str, float], ...]
    halts: tuple[str, ...]
    low: float
    high: float
    ended: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    planned: bool = False
    source: str = ""

    @property
    def hours(self) -> float:
        """The middle of what the reports leave."""
        return (self.low + self.high) / 2

    @property
    def km(self) -> float:
        """Length."""
        return sum(km for _, km in self.classes)

    def route(self) -> Route:
        """The leg as a route with its halts between equal pieces of its way."""
        stops = [Stop(waypoint=self.start, km=0.0)]
        count = len(self.halts) + 1
        for i in range(1, count + 1):
            end = i == count
            stops.append(
                Stop(
                    waypoint=self.end if end else f"{self.id}/{i}",
                    km=self.km * i / count,
                    halt="" if end else self.halts[i - 1],
                    legs=tuple((cls, km / count) for cls, km in self.classes),
                )
            )
        return Route(stops=tuple(stops))


def legs(text: str | None = None) -> list[Leg]:
    """The shipped table ``data/legs.csv``, or one of the same columns."""
    if text is None:
        text = resources.files("sightline.journeys").joinpath("data/legs.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#"))
    return [
        Leg(
            id=r["id"],
            journey=r["journey"],
            vehicle=r["vehicle"],
            start=r["start"],
            end=r["end"],
            classes=tuple((c.rsplit(":", 1)[0], float(c.rsplit(":", 1)[1])) for c in r["classes"].split()),
            halts=tuple(r["halts"].split()),
            low=float(r["low"]),
            high=float(r["high"]),
            planned=r["planned"] == "yes",
            ended=datetime.fromisoformat(r["arrive"]) if r["arrive"] else datetime(1970, 1, 1, tzinfo=UTC),
            source=r["source"],
        )
        for r in rows
    ]


def learn(base: Vehicle, table: Sequence[Leg]) -> Vehicle:
    """The vehicle with its classes' speeds corrected by the legs of the table."""
    classes = sorted(base.speeds)
    design, target, weight = [], [], []
    for leg in table:
        way = leg.route()
        expected = mean_hours(way, base)
        row = np.zeros(len(classes))
        for cls, km in leg.classes:
            known = cls if cls in base.speeds else "*"
            row[classes.index(known)] += base.mean_hours(cls, km) / expected
        design.append(row)
        target.append(np.log(leg.hours / expected))
        told = (leg.high - leg.low) / np.sqrt(12.0) / leg.hours
        weight.append(1.0 / ((spread_hours(way, base) / expected) ** 2 + told**2 + (0.1 if leg.planned else 0.0) ** 2))
    if not design:
        return base
    x, y, w = np.array(design), np.array(target), np.array(weight)
    normal = x.T @ (w[:, None] * x) + np.eye(len(classes)) / PRIOR_SD**2
    correction = np.linalg.solve(normal, x.T @ (w * y))
    speeds = {
        cls: msgspec.structs.replace(base.speeds[cls], kmh=base.speeds[cls].kmh * float(np.exp(-c))) for cls, c in zip(classes, correction)
    }
    return msgspec.structs.replace(base, speeds=speeds)


def learned(name: str, *, before: datetime | None = None) -> Vehicle:
    """A class of the shipped vehicle table, corrected by the shipped legs that had ended by ``before`` (all by default): what was known then.

    Raises:
        VehicleError: no such class.
    """
    base = vehicle(name)
    return learn(base, [leg for leg in legs() if leg.vehicle == name and (before is None or leg.ended <= before)])
