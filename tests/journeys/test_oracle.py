"""The exact chain against importance sampling of whole journeys in continuous time."""

import numpy as np
import pytest

from sightline.journeys.clock import Clock
from sightline.journeys.posterior import Posterior, Question, quantile
from sightline.journeys.routes import route
from sightline.journeys.simulate import oracle, weighted_quantile
from sightline.types import Observation
from tests.journeys.made import TRAIN, fork, hour, said

SHARES = [0.1, 0.25, 0.5, 0.75, 0.9]

CASES = {
    "a departure": [said("departed", "Ada", 0, 3, r=0.95)],
    "a departure and a passage": [said("departed", "Ada", 0, 6, r=0.9), said("passed", "Bel", 4, 9, r=0.9)],
    "being at the border station": [said("departed", "Ada", 0, 3, r=0.95), said("sighted", "Cyl", 9, 10, r=0.9)],
    "reports that cannot both be true": [
        said("departed", "Ada", 0, 2, r=0.9),
        said("passed", "Bel", 3, 5, r=0.7),
        said("passed", "Bel", 8, 10, r=0.8),
    ],
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("clock", [Clock(), Clock(begin=20.0, end=11.0)], ids=["round the clock", "not by day"])
def test_quantiles_agree_with_the_oracle(name: str, clock: Clock) -> None:
    observations: list[Observation] = CASES[name]
    way = route(fork(), ["Ada", "Eik"], TRAIN)
    posterior = Posterior(
        Question(
            routes=(way,),
            weights=(1.0,),
            observations=tuple(observations),
            vehicle=TRAIN,
            as_of=hour(12),
            watches={},
            clock=clock,
            cells=1200,
        )
    )
    draws, weights = oracle(way, TRAIN, observations, posterior.grid, 300_000, seed=7)
    for stop in range(1, len(way.stops)):
        exact = quantile(posterior.times(posterior.ways[0], stop), posterior.grid, SHARES)
        sampled = weighted_quantile(draws.arrive[:, stop], weights, SHARES)
        # Around the daily rest a quantile jumps by the rest's length; compare on the running clock.
        gap = np.abs(clock.run(np.array(exact)) - clock.run(np.array(sampled)))
        assert gap.max() < 0.25, (way.stops[stop].waypoint, gap)
