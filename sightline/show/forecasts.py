"""The pictures of a forecast."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.show.journeys import pictures
from sightline.types import Forecast


def forecast_pictures(forecast: Forecast | None, series: Sequence[Forecast] = ()) -> list[tuple[str, str]]:
    """Titled SVGs of a forecast, and of the forecasts at earlier instants where there are some; none without one."""
    return pictures(forecast, series) if forecast is not None else []
