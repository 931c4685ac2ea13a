"""Is a forecast's "80%" true 80 times in a hundred? Simulation-based calibration (Talts et al. 2018).

Journeys are drawn from the model's own prior in continuous time, told by simulated reports that come late, are sometimes false and
sometimes missing, and asked about at a random instant. If the chain is right, the truth's place in the forecast distribution (its PIT) is
uniform.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
from scipy import stats

from sightline.journeys.clock import Array, Grid, grid, hours_of, instant_of
from sightline.journeys.likelihoods import Watch
from sightline.journeys.posterior import Posterior, Question, mean_hours, spread_hours
from sightline.journeys.routes import Route
from sightline.journeys.simulate import Reporting, World, draw, reports
from sightline.journeys.vehicles import Vehicle

START = 470_000.0
"""Wall hours at which simulated departures begin; any number does."""


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of simulated journeys showed; CRPS in hours."""

    journeys: int
    pit: tuple[float, ...]
    chi_square_p: float
    """Of the PIT's histogram with 20 bins against the uniform."""
    coverage: dict[int, float]
    """Share of truths within the central 50, 80, 90 and 95%."""
    crps: float
    crps_gaussian: float
    """Of a normal at 45 km/h from the reported departure."""
    crps_moments: float
    """Of a normal with the model's own prior mean and spread from the reported departure."""
    probability: float
    """Mean probability given to the true destination."""
    reports: float
    """Mean number of reports known."""

    @property
    def ratio(self) -> float:
        """CRPS against the Gaussian at 45 km/h."""
        return self.crps / self.crps_gaussian


def default_reporting(truth: float = 0.9) -> Reporting:
    """Borders, junctions and changes of locomotive or gauge are watched, and the destination; reports come some hours late."""
    return Reporting(
        watches={
            "border": Watch(detection=0.8, delay_hours=5.0, truth=truth),
            "gauge": Watch(detection=0.5, delay_hours=8.0, truth=truth),
            "junction": Watch(detection=0.6, delay_hours=5.0, truth=truth),
            "loco": Watch(detection=0.7, delay_hours=4.0, truth=truth),
            "station": Watch(detection=0.4, delay_hours=6.0, truth=truth),
            "destination": Watch(detection=0.9, delay_hours=4.0, truth=truth),
        }
    )


def calibrate(
    routes: Sequence[Route],
    vehicle: Vehicle,
    kinds: Mapping[str, str],
    *,
    journeys: int = 2000,
    seed: int = 20230911,
    world: World | None = None,
    reporting: Reporting | None = None,
    cells: int = 840,
) -> Calibration:
    """Simulates journeys over the rival routes (each as likely), forecasts each at a random instant on its way, and scores the arrival at
    the true destination.

    The instant is drawn from the stretch that the longest route takes on average, whatever the journey does: an instant that depended on
    the truth would itself be information.
    """
    random = np.random.default_rng(seed)
    world, reporting = world or World(), reporting or default_reporting()
    window = (START, START + 24.0)
    longest = max(mean_hours(r, vehicle) for r in routes)
    spread = max(spread_hours(r, vehicle) for r in routes)
    space = grid(START, window[1] + longest * max(world.slower, 1.0) + 5.0 * spread, cells=cells, window=window)
    ends = (START, START + space.span)
    pit, scores, gaussian, moments, right, known = [], [], [], [], [], []
    for _ in range(journeys):
        true = int(random.integers(len(routes)))
        way = routes[true]
        departure = np.array([random.uniform(*window)])
        arrive = draw(way, vehicle, departure, random, world=world).arrive[0]
        as_of = (window[0] + window[1]) / 2 + float(random.uniform(0.05, 1.0)) * longest
        as_of = round(as_of * 60) / 60
        told = reports(way, arrive, reporting, kinds, as_of, ends, random)
        posterior = Posterior(
            Question(
                routes=tuple(routes),
                weights=(1.0,) * len(routes),
                observations=tuple(told),
                vehicle=vehicle,
                as_of=instant_of(as_of),
                kinds=kinds,
                watches=reporting.watches,
                delayed=True,
                grid=space,
            )
        )
        cells_of = posterior.arrival(posterior.ways[true])
        truth = float(arrive[-1])
        pit.append(_below(cells_of, space, truth))
        scores.append(crps(cells_of, space, truth))
        interval = told[0].interval
        assert interval.earliest is not None and interval.latest is not None
        left = (hours_of(interval.earliest) + hours_of(interval.latest)) / 2
        gaussian.append(crps_normal(left + way.km / 45.0, 0.2 * way.km / 45.0, truth))
        moments.append(crps_normal(left + mean_hours(way, vehicle), spread_hours(way, vehicle), truth))
        right.append(posterior.ways[true].weight)
        known.append(len(told))
    values = np.array(pit)
    counts = np.histogram(values, bins=20, range=(0.0, 1.0))[0]
    return Calibration(
        journeys=journeys,
        pit=tuple(pit),
        chi_square_p=float(stats.chisquare(counts).pvalue),
        coverage={c: float(np.mean(np.abs(values - 0.5) <= c / 200.0)) for c in (50, 80, 90, 95)},
        crps=float(np.mean(scores)),
        crps_gaussian=float(np.mean(gaussian)),
        crps_moments=float(np.mean(moments)),
        probability=float(np.mean(right)),
        reports=float(np.mean(known)),
    )


def _below(cells: Array, space: Grid, truth: float) -> float:
    share = space.before(truth)
    return float((cells * share).sum() / cells.sum())


def crps(cells: Array, space: Grid, truth: float) -> float:
    """Continuous ranked probability score in hours of a distribution over cells (Gneiting and Raftery 2007): the integral of
    (F(t) - 1[t >= truth])^2, with F linear within a cell."""
    total = cells / cells.sum()
    upper = np.cumsum(total)
    lower = upper - total
    step = space.step
    passed = space.before(truth)
    below = passed * step
    middle = lower + passed * total
    first = below * (lower**2 + lower * middle + middle**2) / 3.0
    a, b = 1.0 - middle, 1.0 - upper
    second = (step - below) * (a**2 + a * b + b**2) / 3.0
    outside = max(truth - float(space.edges[-1]), 0.0)
    return float((first + second).sum() + outside)


def crps_normal(mean: float, sd: float, truth: float) -> float:
    """CRPS in hours of a normal distribution.

    >>> round(crps_normal(0.0, 1.0, 0.0), 4)
    0.2337
    """
    z = (truth - mean) / sd
    return float(sd * (z * (2 * stats.norm.cdf(z) - 1) + 2 * stats.norm.pdf(z) - 1 / np.sqrt(np.pi)))
