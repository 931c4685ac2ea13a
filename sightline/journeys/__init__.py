"""Journeys: where a traveller is now and when they will arrive, from what is reported (docs/journeys.md)."""

from sightline.journeys.candidates import ForecastError
from sightline.journeys.feasibility import Infeasible
from sightline.journeys.forecast import forecast, forecast_from, forecast_story
from sightline.journeys.infeasible import infeasible
from sightline.journeys.network import Line, Network, NetworkError, Waypoint
from sightline.journeys.replay import replay, replay_observations, together
from sightline.journeys.vehicles import Vehicle, VehicleError, vehicle, vehicles

__all__ = [
    "ForecastError",
    "Infeasible",
    "Line",
    "Network",
    "NetworkError",
    "Vehicle",
    "VehicleError",
    "Waypoint",
    "forecast",
    "forecast_from",
    "forecast_story",
    "infeasible",
    "replay",
    "replay_observations",
    "together",
    "vehicle",
    "vehicles",
]
