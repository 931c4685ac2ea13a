"""Pictures and files of a forecast: pure functions from Forecasts to strings, everything escaped."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.show.journeys.densities import densities
from sightline.show.journeys.exports import czml, geojson, gpx, table
from sightline.show.journeys.maps import position_map
from sightline.show.journeys.marey import marey
from sightline.show.journeys.page import page
from sightline.show.journeys.plain import plain
from sightline.show.journeys.weights import weights
from sightline.types import Forecast

__all__ = ["czml", "densities", "geojson", "gpx", "marey", "page", "pictures", "plain", "position_map", "table", "weights"]


def pictures(forecast: Forecast, series: Sequence[Forecast] = ()) -> list[tuple[str, str]]:
    """Titled SVGs of a forecast, and of the series of forecasts that led to it, without those that would be empty."""
    drawn = [
        ("When they will arrive", densities(forecast)),
        ("Where they are now", position_map(forecast)),
        ("Kilometres against time", marey(forecast)),
        ("How the destinations' probabilities moved", weights(series)),
    ]
    return [(title, svg) for title, svg in drawn if svg]
