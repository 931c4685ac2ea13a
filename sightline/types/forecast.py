"""Where a traveller is and when they will arrive."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sightline.types.interval import Interval


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """A report's word on a journey: at ``place`` within ``interval``, with how far it is to be trusted."""

    kind: str
    """departed, passed, sighted, crossed, stopped, arrived, expected, silence, bound (a named destination), duration."""
    place: str
    """Waypoint id of the network."""
    interval: Interval
    reliability: float
    """Probability that the report is true of this traveller, 0 to 1."""
    origin: str
    """Independence group: observations of one origin count once."""
    claims: tuple[str, ...] = ()
    label: str = ""
    reported: datetime | None = None
    """When it became known; ``None`` where that is not known."""
    hours: tuple[float, float] | None = None
    """Least and greatest length of the whole journey, for ``duration`` ("about 20 hours")."""


class Quantiles(msgspec.Struct, frozen=True, kw_only=True):
    """A distribution over instants (UTC)."""

    median: datetime
    low50: datetime
    high50: datetime
    low80: datetime
    high80: datetime
    low90: datetime
    high90: datetime
    low95: datetime
    high95: datetime


class DestinationForecast(msgspec.Struct, frozen=True, kw_only=True):
    """One rival destination."""

    place: str
    name: str
    probability: float
    zone: str | None
    arrival: Quantiles
    arrived: float
    """Probability that it has been reached by the as-of instant."""
    density: tuple[tuple[datetime, float], ...] = ()
    """Arrival density on the time grid (per hour), thinned for drawing."""


class PositionShare(msgspec.Struct, frozen=True, kw_only=True):
    """Probability that the traveller is now on one stretch between two waypoints (or halted at one)."""

    start: str
    end: str
    probability: float
    lat: float
    lon: float
    path: tuple[tuple[float, float], ...] = ()
    """The stretch as (lat, lon) points, for drawing; empty for a halt."""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """Passage time at one waypoint, given the route of the destination named."""

    place: str
    name: str
    destination: str
    km: float
    """Kilometres from the departure."""
    time: Quantiles
    lat: float | None = None
    lon: float | None = None
    zone: str | None = None
    kind: str = ""


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """What leaving one origin out would change."""

    origin: str
    text: str
    shift_hours: float
    probability_change: float
    claims: tuple[str, ...] = ()


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """Posterior over position and arrival, per destination hypothesis, with its reasons."""

    journey: str
    """Readable: "Kim Jong-un's train from Pyongyang"."""
    as_of: datetime
    headline: str
    """One line: "Vladivostok: Tuesday 12 Sep between 05:00 and 17:00 local (80%), if that is where it goes (84%)"."""
    destinations: tuple[DestinationForecast, ...] = ()
    position: tuple[PositionShare, ...] = ()
    passages: tuple[Passage, ...] = ()
    observations: tuple[Observation, ...] = ()
    reasons: tuple[Reason, ...] = ()
    next_sighting: str = ""
    """Which sighting would tell most, in words."""
    infeasible: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    network: str = ""
    version: str = ""
