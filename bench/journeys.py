"""Journeys: calibration, sharpness, real legs, speed, rivals; and stories replayed from extracted claims."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import numpy as np

from bench import journeys_filters, journeys_story
from sightline.journeys import Network, forecast_from
from sightline.journeys.calibrate import calibrate
from sightline.journeys.forecast import ask, chosen
from sightline.journeys.learn import learn, learned, legs
from sightline.journeys.posterior import Posterior, Question, quantile
from sightline.journeys.routes import divided, route
from sightline.journeys.simulate import World, draw, oracle, weighted_quantile
from sightline.journeys.vehicles import vehicle
from sightline.types import Interval, Observation

NETWORK = Path(__file__).parent.parent / "examples" / "armoured-train" / "network.geojson"
RIVALS = ("Vladivostok", "Vostochny cosmodrome", "Komsomolsk-on-Amur")
PARTS = ("calibration", "legs", "oracle", "speed", "filters", "stories")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench journeys", description=__doc__)
    parser.add_argument("--journeys", type=int, default=2000, help="simulated journeys a world")
    parser.add_argument("--stories", type=Path, help="folder with digests/<story>/NN.txt to replay")
    parser.add_argument("--data", type=Path, help="data folder; --stories is its stories/ by default")
    parser.add_argument("--part", choices=PARTS, action="append", help="only these parts")
    parser.add_argument("--world", type=int, action="append", help="only these of the simulated worlds, 0 to 3")
    options = parser.parse_args(argv)
    parts = options.part or list(PARTS)
    stories = options.stories or (options.data / "stories" if options.data else None)
    print(f"# {datetime.now(UTC):%Y-%m-%d} python -m bench journeys {' '.join(argv)}\n")
    if "calibration" in parts:
        calibration(options.journeys, options.world or range(4))
    if "legs" in parts:
        real_legs()
    if "oracle" in parts:
        against_oracle()
    if "speed" in parts:
        speed()
    if "filters" in parts:
        journeys_filters.compare(Network.load(NETWORK))
    if "stories" in parts:
        if stories is None or not stories.is_dir():
            print("no stories: give --stories FOLDER or --data FOLDER to replay extracted claims", file=sys.stderr)
            return 0 if options.part is None else 1
        journeys_story.replay_all(stories, Network.load(NETWORK))
    return 0


def calibration(journeys: int, chosen_worlds: Iterable[int]) -> None:
    network = Network.load(NETWORK)
    moving = learned("armoured-train")
    ways = [route(network, ["Pyongyang", name], moving) for name in RIVALS]
    kinds = {w.id: w.kind for w in network.waypoints.values()}
    print("| world | journeys | PIT p | 50% | 80% | 90% | 95% | CRPS h | 45 km/h normal | ratio | own prior normal | ratio |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    worlds = {
        "as modelled": World(),
        "as modelled, other seed": World(),
        "20% slower (speeds x 0.8), noise sd doubled": World(slower=1.25, noise=2.0),
        "20% longer (times x 1.2), noise sd doubled": World(slower=1.2, noise=2.0),
    }
    for number, (name, world) in enumerate(worlds.items()):
        if number not in chosen_worlds:
            continue
        c = calibrate(ways, moving, kinds, journeys=journeys, world=world, cells=1000, seed=20230911 + number)
        cover = " | ".join(f"{c.coverage[k]:.3f}" for k in (50, 80, 90, 95))
        print(
            f"| {name} | {c.journeys} | {c.chi_square_p:.3f} | {cover} | {c.crps:.2f} | {c.crps_gaussian:.2f} | {c.ratio:.3f} | "
            f"{c.crps_moments:.2f} | {c.crps / c.crps_moments:.3f} |",
            flush=True,
        )


def real_legs() -> None:
    base = vehicle("armoured-train")
    table = legs()
    print("\n| leg | km | hours | forecast median | 80% | CRPS h | rail at 60 km/h: error h |\n|---|---|---|---|---|---|---|")
    scores: list[tuple[float, float, bool, bool]] = []
    for leg in table:
        others = learn(base, [o for o in table if o.id != leg.id])
        hours = np.sort(draw(leg.route(), others, np.zeros(20_000), np.random.default_rng(1)).arrive[:, -1])
        n = len(hours)
        score = float(np.abs(hours - leg.hours).mean() - ((2 * np.arange(1, n + 1) - n - 1) * hours).sum() / n**2)
        low, middle, high = np.quantile(hours, [0.1, 0.5, 0.9])
        error = abs(leg.km / 60.0 - leg.hours)
        scores.append((score, error, bool(low <= leg.hours <= high), leg.planned))
        name = f"{leg.id}{' (plan)' if leg.planned else ''}"
        print(f"| {name} | {leg.km:.0f} | {leg.hours:.1f} | {middle:.1f} | {low:.1f}-{high:.1f} | {score:.2f} | {error:.2f} |")
    for name, kept in (("all legs", scores), ("without plans", [s for s in scores if not s[3]])):
        ours, theirs = np.mean([s[0] for s in kept]), np.mean([s[1] for s in kept])
        held = sum(s[2] for s in kept)
        print(
            f"\n{name}, leave one out: CRPS {ours:.2f} h, rail at 60 km/h {theirs:.2f} h, ratio {ours / theirs:.3f}, 80% holds {held} of {len(kept)}"
        )


def _moment(hours: float) -> datetime:
    return datetime(2031, 1, 1, tzinfo=UTC) + timedelta(hours=hours)


def _said(kind: str, place: str, low: float, high: float, r: float = 0.9) -> Observation:
    return Observation(
        kind=kind,
        place=place,
        interval=Interval(earliest=_moment(low), latest=_moment(high)),
        reliability=r,
        origin=f"{kind} {place} {low}",
    )


def against_oracle() -> None:
    network = Network.load(NETWORK)
    moving = learned("armoured-train")
    way = route(network, ["Pyongyang", "Vostochny cosmodrome"], moving)
    cases = {
        "departure": [_said("departed", "Pyongyang", 4, 10)],
        "departure, border": [_said("departed", "Pyongyang", 4, 10), _said("crossed", "Khasan", 30, 42)],
        "departure, border, junction": [
            _said("departed", "Pyongyang", 4, 10),
            _said("crossed", "Khasan", 30, 42),
            _said("passed", "Baranovsky", 36, 46),
        ],
    }
    print(
        "\n| reports | effective journeys of the oracle | greatest gap of the arrival's 10, 25, 50, 75, 90% quantiles, h | its standard error, h | "
        "at 2.5 and 97.5%, h | their standard error, h | of all stops' medians, h | twice the grid's cells: arrival, h |\n|---|---|---|---|---|---|---|---|"
    )
    shares = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]
    for name, told in cases.items():
        question = Question(
            routes=(way,), weights=(1.0,), observations=tuple(told), vehicle=moving, as_of=_moment(50), watches={}, cells=1000
        )
        posterior = Posterior(question)
        draws, weights = oracle(way, moving, told, posterior.grid, 4_000_000, seed=3)
        exact = [quantile(posterior.times(posterior.ways[0], i), posterior.grid, shares) for i in range(1, len(way.stops))]
        sampled = [weighted_quantile(draws.arrive[:, i], weights, shares) for i in range(1, len(way.stops))]
        gaps = np.abs(np.array(exact) - np.array(sampled))
        # The oracle's own error: the spread of its quantiles over sixteen parts of its journeys.
        parts = np.array_split(np.arange(len(weights)), 16)
        each = np.array([weighted_quantile(draws.arrive[part, -1], weights[part], shares) for part in parts])
        error = each.std(axis=0, ddof=1) / np.sqrt(len(parts))
        fine = Posterior(msgspec.structs.replace(question, cells=2000))
        finer = np.abs(np.array(exact[-1]) - np.array(quantile(fine.arrival(fine.ways[0]), fine.grid, shares)))
        inner = slice(1, 6)
        tails = max(gaps[-1][0], gaps[-1][6]), max(error[0], error[6])
        cells = [f"{1.0 / float((weights**2).sum()):,.0f}", *(f"{v:.3f}" for v in (gaps[-1][inner].max(), error[inner].max(), *tails))]
        cells += [f"{v:.3f}" for v in (gaps[:, 3].max(), finer[inner].max())]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def _timed(task: object, times: int = 15) -> float:
    assert callable(task)
    task()
    spent = []
    for _ in range(times):
        begin = time.process_time()
        task()
        spent.append(time.process_time() - begin)
    return 1000 * float(np.median(spent))


def speed() -> None:
    network = Network.load(NETWORK)
    told = [_said("departed", "Pyongyang", 4, 10), _said("crossed", "Khasan", 40, 46), _said("passed", "Ussuriysk", 46, 50)]
    as_of = _moment(55)
    moving = chosen("armoured-train", as_of)
    question, _ = ask(told, network, as_of=as_of, vehicle=moving)
    inference = _timed(lambda: Posterior(question))
    whole = _timed(lambda: forecast_from(told, network, as_of=as_of, explain=False))
    reasons = _timed(lambda: forecast_from(told, network, as_of=as_of), times=5)
    same = len({msgspec.json.encode(forecast_from(told, network, as_of=as_of)) for _ in range(3)}) == 1
    print(
        f"\nOne core, CPU time, {len(question.routes)} rival destinations, three reports: posterior {inference:.0f} ms; forecast with arrivals, passages and "
        f"position {whole:.0f} ms; with reasons and the most telling sighting {reasons:.0f} ms. Reruns equal to the bit: {same}."
    )
    way = route(network, ["Pyongyang", "Vostochny cosmodrome"], moving)
    print("\n| stops on the way, all told | ms | ms a stop |\n|---|---|---|")
    for longest in (400.0, 100.0, 50.0, 25.0, 12.5):
        cut = divided(way, longest)
        asked = Question(routes=(cut,), weights=(1.0,), observations=tuple(told), vehicle=moving, as_of=as_of, watches={}, cells=1000)

        def all_stops(asked: Question = asked, count: int = len(cut.stops)) -> None:
            posterior = Posterior(asked)
            for stop in range(count):
                posterior.times(posterior.ways[0], stop)

        spent = _timed(all_stops, times=5)
        print(f"| {len(cut.stops)} | {spent:.1f} | {spent / len(cut.stops):.2f} |")
    print("\n| cells of the grid | ms | ns a cell and log2 |\n|---|---|---|")
    for cells in (500, 1000, 2000, 4000, 8000, 16000):
        asked = Question(routes=(way,), weights=(1.0,), observations=tuple(told), vehicle=moving, as_of=as_of, watches={}, cells=cells)
        posterior = Posterior(asked)
        n, rows = posterior.grid.n, len(posterior.factor)
        spent = _timed(lambda asked=asked: Posterior(asked), times=5)
        print(f"| {n} (x {rows} factors) | {spent:.1f} | {1e6 * spent / (n * rows * np.log2(n)):.2f} |")
