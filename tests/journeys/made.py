"""A small made-up network and ways to say things about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sightline.journeys import Line, Network, Vehicle, Waypoint
from sightline.journeys.vehicles import Halt, Speed
from sightline.types import Interval, Observation

T0 = datetime(2031, 5, 6, 0, 0, tzinfo=UTC)


def hour(h: float) -> datetime:
    return T0 + timedelta(hours=h)


def within(low: float | None, high: float | None) -> Interval:
    return Interval(earliest=None if low is None else hour(low), latest=None if high is None else hour(high))


def said(
    kind: str,
    place: str,
    low: float | None = None,
    high: float | None = None,
    *,
    r: float = 0.9,
    origin: str = "",
    reported: float | None = None,
    hours: tuple[float, float] | None = None,
) -> Observation:
    return Observation(
        kind=kind,
        place=place,
        interval=within(low, high),
        reliability=r,
        origin=origin or f"{kind} {place} {low} {high}",
        reported=None if reported is None else hour(reported),
        hours=hours,
    )


TRAIN = Vehicle(
    name="test-train",
    label="train",
    mode="rail",
    nouns=("train",),
    factor_sd=0.15,
    noise_hours=0.3,
    max_kmh=120.0,
    speeds={"*": Speed(kmh=50.0, halts_per_hour=0.03, halt_hours=2.0), "slow": Speed(kmh=25.0)},
    halts={"border": Halt(probability=0.9, hours=1.5, sd=1.0), "visit": Halt(probability=1.0, hours=10.0, sd=5.0)},
)


def fork() -> Network:
    """Ada - Bel - Cyl (border) - Dov, where the way parts to Eik and to Fen.

    ::

        Ada --200-- Bel --150-- Cyl --100-- Dov --300-- Eik
                                             |---250--- Fen
    """
    places = [
        ("Ada", 50.0, 10.0, "station", "AA"),
        ("Bel", 50.0, 12.5, "station", "AA"),
        ("Cyl", 50.0, 14.4, "border", "BB"),
        ("Dov", 50.0, 15.6, "junction", "BB"),
        ("Eik", 50.0, 19.0, "station", "BB"),
        ("Fen", 52.0, 16.5, "station", "BB"),
    ]
    points = [
        Waypoint(id=n, name=n, lat=lat, lon=lon, kind=kind, country=country, zone="Europe/Berlin") for n, lat, lon, kind, country in places
    ]
    lines = [
        Line(start="Ada", end="Bel", km=200.0),
        Line(start="Bel", end="Cyl", km=150.0),
        Line(start="Cyl", end="Dov", km=100.0),
        Line(start="Dov", end="Eik", km=300.0),
        Line(start="Dov", end="Fen", km=250.0),
    ]
    return Network(points, lines, name="fork")
