"""The pictures of a forecast."""

from __future__ import annotations

from sightline.types import Forecast


def forecast_pictures(forecast: Forecast | None) -> list[tuple[str, str]]:
    """Titled SVGs of a forecast; none without one."""
    return []
