"""Which of its namesakes a name means: features of each candidate in the light of all other names of the report.

Names are grouped: mentions of one name share one sense within a report, unless the text itself tells them apart ("Springfield, Illinois" and
"Springfield, Missouri"). A first pass weighs the others by how well known their candidates are, the second by what the first found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log10, nan

import numpy as np
import numpy.typing as npt

from sightline.extract.places.spotting import Spot
from sightline.gazetteer import Gazetteer
from sightline.gazetteer.gazetteer import fame
from sightline.types import Place
from sightline.types.trees import shipped

MOST = 40
"""Candidates kept of one name."""
ANCHORS = 300
"""Names, the most frequent ones, to which distances are measured: what keeps a very long text from a square of its names."""
_PRIOR = {"country": 8.5, "continent": 8.0, "region": 6.6, "area": 6.0, "sea": 6.0, "historical": 7.0, "county": 3.6}
_KIND = {"country": 7.0, "continent": 6.5, "region": 6.0, "area": 5.0, "sea": 4.5, "city": 3.0, "county": 2.0, "village": 1.0}
_FAR = 20_000.0
_CLOSE = 300.0
"""Kilometres within which two places of a report speak for each other."""
_SURE = 0.6
"""Belief from which on the forests are not asked again."""
_FAMOUS = 500_000
"""People from which on a town may be meant without any hint."""


@dataclass(slots=True)
class Group:
    """Mentions that share one sense, with the candidates of their name."""

    spots: list[int]
    candidates: list[tuple[Place, bool]]
    container: str | None = None
    beliefs: npt.NDArray[np.float32] = field(default_factory=lambda: np.empty(0, dtype=np.float32))

    def best(self) -> int | None:
        """Index of the likeliest candidate."""
        return int(self.beliefs.argmax()) if len(self.beliefs) else None


def groups(found: list[Spot]) -> tuple[list[Group], list[int]]:
    """Group spots by name and by the container that the text gives; also the group of each spot."""
    containers = [_container(found, n) for n in range(len(found))]
    by_key: dict[tuple[str, str | None], list[int]] = {}
    for n, spot in enumerate(found):
        outer = containers[n]
        by_key.setdefault((spot.key, found[outer].key if outer is not None else None), []).append(n)
    named: dict[str, list[str | None]] = {}
    for key, container in by_key:
        named.setdefault(key, []).append(container)
    made: list[Group] = []
    of = [0] * len(found)
    for key, inside in named.items():
        with_container = [c for c in inside if c is not None]
        together = len(with_container) <= 1
        for container in [with_container[0] if with_container else None] if together else inside:
            members = sorted(n for c in (inside if together else [container]) for n in by_key[key, c])
            group = Group(members, list(found[members[0]].candidates[:MOST]), container)
            for n in members:
                of[n] = len(made)
            made.append(group)
    return made, of


def _container(found: list[Spot], n: int) -> int | None:
    """The spot after a comma that this one lies in ("Springfield, Illinois"), if any candidate does."""
    spot = found[n]
    if n + 1 < len(found) and spot.candidates:
        after = found[n + 1]
        gap = after.start - spot.end
        if (
            1 <= gap <= 2
            and after.first == spot.last + 1
            and after.demonym is None
            and any(
                p.kind in ("country", "region", "county") and any(_within(c, p) for c, _ in spot.candidates)
                for p, _ in after.candidates[:8]
            )
        ):
            return n + 1
    return None


def _within(inner: Place, outer: Place) -> bool:
    if inner.id == outer.id or inner.country != outer.country or outer.country is None:
        return False
    return outer.kind == "country" or (outer.admin1 is not None and inner.admin1 == outer.admin1)


def resolve(found: list[Spot], gazetteer: Gazetteer, home: Place | None) -> tuple[list[Group], list[int]]:
    """Groups with their beliefs, in two passes; and the group of each spot."""
    made, of = groups(found)
    table = Table(made, found, of, gazetteer, home)
    if table.size:
        table.believe(table.prior())
        for name in ("first", "second"):
            table.believe(shipped("sightline.extract.places", name).probability(table.features()))
        table.prefer_the_famous()
        for group, beliefs in zip(made, table.by_group(), strict=True):
            group.beliefs = beliefs
    return made, of


class Table:
    """All candidates of a report, a row each, and the features that change with what is believed of the others."""

    def __init__(self, made: list[Group], found: list[Spot], of: list[int], gazetteer: Gazetteer, home: Place | None) -> None:
        self.groups = made
        places = [p for g in made for p, _ in g.candidates]
        self.places = places
        self.size = len(places)
        self.starts = np.cumsum([0, *(len(g.candidates) for g in made)])
        self.group = np.repeat(np.arange(len(made)), np.diff(self.starts))
        self.lat = np.array([nan if p.lat is None else p.lat for p in places], dtype=np.float64)
        self.lon = np.array([nan if p.lon is None else p.lon for p in places], dtype=np.float64)
        self.countries = _numbers([p.country or "" for p in places])
        self.regions = _numbers([f"{p.country}.{p.admin1}" if p.admin1 else "" for p in places])
        self.wide = np.array([p.kind in ("country", "continent", "area", "sea") for p in places])
        self.country_kind = np.array([p.kind == "country" for p in places])
        self.region_kind = np.array([p.kind == "region" for p in places])
        self.weights = np.array([1.0 + np.log(len(g.spots)) for g in made])
        self.beliefs = np.zeros(self.size)
        self._fixed = np.array([row for n, g in enumerate(made) for row in _fixed(n, g, made, found, of, gazetteer)], dtype=np.float32)
        self._home = home
        self._order = [min(g.spots) for g in made]

    def prior(self) -> npt.NDArray[np.float64]:
        """How well known each candidate is."""
        return np.array([10 ** (0.7 * prior_score(p)) for p in self.places])

    def believe(self, scores: npt.NDArray[np.float32] | npt.NDArray[np.float64]) -> None:
        """Take scores as what is believed, made to add up to one in each group."""
        totals = np.bincount(self.group, weights=scores, minlength=len(self.groups))
        self.beliefs = scores / np.maximum(totals[self.group], 1e-9)

    def prefer_the_famous(self) -> None:
        """Where nothing in the report or of its outlet speaks for the town chosen, take a bearer of its name that something speaks for, else one
        that is far better known ("Paris said")."""
        best = [a + int(self.beliefs[a:b].argmax()) if b > a else -1 for a, b in zip(self.starts[:-1], self.starts[1:], strict=True)]
        for n, chosen in enumerate(best):
            if chosen < 0 or self.groups[n].container is not None or self.places[chosen].kind not in ("city", "village"):
                continue
            if self.beliefs[chosen] > _SURE:
                continue
            towns = [row for row in range(int(self.starts[n]), int(self.starts[n + 1])) if self.places[row].kind in ("city", "village")]
            if len(towns) < 2 or self._supported(n, chosen, best):
                continue
            weighed = [
                (fame(self.places[row]) * (30 if near else 1), -row)
                for row in towns
                for near in [self._supported(n, row, best)]
                if near or fame(self.places[row]) >= _FAMOUS
            ]
            weight, known = max(weighed, default=(0, 0))
            known = -known
            if weight >= 10 * max(1, fame(self.places[chosen])):
                low, high = sorted((float(self.beliefs[chosen]), float(self.beliefs[known])))
                self.beliefs[chosen], self.beliefs[known] = low, high

    def _supported(self, group: int, chosen: int, best: list[int]) -> bool:
        """Whether another name of the report, or the outlet's home, lies in the candidate's region or within 300 km of it."""
        others = [self.places[row] for n, row in enumerate(best) if n != group and row >= 0]
        if self._home is not None:
            others.append(self._home)
        own = self.places[chosen]
        for other in others:
            if other.country == own.country and (other.kind == "country" or other.admin1 == own.admin1 or own.country != "US"):
                return True
            placed = other.kind not in ("country", "continent", "area", "sea") and None not in (other.lat, other.lon, own.lat, own.lon)
            if placed and kilometres(other.lat, other.lon, own.lat, own.lon) < _CLOSE:  # type: ignore[arg-type]
                return True
        return False

    def by_group(self) -> list[npt.NDArray[np.float32]]:
        """The beliefs, an array a group."""
        return [self.beliefs[a:b].astype(np.float32) for a, b in zip(self.starts[:-1], self.starts[1:], strict=True)]

    def features(self) -> npt.NDArray[np.float32]:
        """One row a candidate: what does not change, then support by country, by region and by distance."""
        weight = self.beliefs * self.weights[self.group]
        columns = [
            self.beliefs,
            self._support(self.countries, weight),
            self._support(self.regions, weight),
            self._support(self.countries, weight * self.country_kind),
            self._support(self.regions, weight * self.region_kind),
            *self._distances(),
        ]
        return np.column_stack([self._fixed, *columns]).astype(np.float32)

    def _support(self, numbers: npt.NDArray[np.int64], weight: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The share of the other groups' belief that lies in the same country or region; nothing where a candidate has none."""
        total = np.bincount(numbers, weights=weight)
        own_keys, own = np.unique(self.group * (len(total) + 1) + numbers, return_inverse=True)
        own_mass = np.bincount(own, weights=weight, minlength=len(own_keys))
        everything = max(self.weights.sum(), 1e-9) - self.weights[self.group]
        share = (total[numbers] - own_mass[own]) / np.maximum(everything, 0.5)
        result: npt.NDArray[np.float64] = np.where(numbers == 0, 0.0, share)
        return result

    def _distances(self) -> list[npt.NDArray[np.float64]]:
        """Logarithms of km to the nearest and the third of the other groups' best candidates, to the neighbours in the text, and home."""
        best = np.array(
            [a + int(self.beliefs[a:b].argmax()) if b > a else -1 for a, b in zip(self.starts[:-1], self.starts[1:], strict=True)],
            dtype=np.int64,
        )
        wide = np.append(self.wide, True)[best]
        lat = np.where(wide, nan, np.append(self.lat, nan)[best])
        lon = np.where(wide, nan, np.append(self.lon, nan)[best])
        anchors = np.sort(np.argsort(-self.weights, kind="stable")[:ANCHORS])
        away = kilometres(self.lat[:, None], self.lon[:, None], lat[None, anchors], lon[None, anchors])
        away[anchors[None, :] == self.group[:, None]] = _FAR
        ranked = np.sort(np.nan_to_num(away, nan=_FAR), axis=1)
        order = np.argsort(self._order)
        place_in_text = np.empty_like(order)
        place_in_text[order] = np.arange(len(order))
        mine = place_in_text[self.group]
        beside = []
        for other in (order[np.maximum(mine - 1, 0)], order[np.minimum(mine + 1, len(order) - 1)]):
            gap = np.nan_to_num(kilometres(self.lat, self.lon, lat[other], lon[other]), nan=_FAR)
            beside.append(np.where(other == self.group, _FAR, gap))
        home = np.full(self.size, _FAR)
        if self._home is not None and self._home.lat is not None and self._home.lon is not None:
            home = np.nan_to_num(kilometres(self.lat, self.lon, np.float64(self._home.lat), np.float64(self._home.lon)), nan=_FAR)
        return [
            np.log10(d + 1)
            for d in (
                ranked[:, 0],
                ranked[:, min(2, ranked.shape[1] - 1)],
                *beside,
                home,
            )
        ]


def prior_score(place: Place) -> float:
    """How well known a place is, on the scale of the logarithm of a town's population."""
    return _PRIOR.get(place.kind) or log10(fame(place) + 30)


def _fixed(n: int, group: Group, made: list[Group], found: list[Spot], of: list[int], gazetteer: Gazetteer) -> list[list[float]]:
    """What of each candidate of a group does not depend on the other groups' senses."""
    first = found[group.spots[0]]
    total = sum(p.population for p, _ in group.candidates) + 1
    inside = [
        found[m + 1].candidates for m in group.spots if group.container and m + 1 < len(found) and found[m + 1].key == group.container
    ]
    holding = [found[m - 1].candidates for m in group.spots if m and _container(found, m - 1) == m]
    demonym = float(first.demonym is not None)
    last_word = first.text.rsplit(" ", 1)[-1].lower()
    rows = []
    for rank, (place, main) in enumerate(group.candidates):
        held = any(_within(place, p) for candidates in inside for p, _ in candidates[:8])
        holds = sum(any(_within(p, place) for p, _ in candidates) for candidates in holding)
        capital = place.kind == "city" and place.country is not None and place.population > 20_000 and _is_capital(place, gazetteer)
        rows.append(
            [
                _KIND.get(place.kind, 4.0),
                log10(place.population + 1),
                float(rank),
                log10(len(group.candidates)),
                place.population / total,
                float(main),
                float(place.name == first.text),
                prior_score(place),
                prior_score(place) - prior_score(group.candidates[0][0]),
                float(bool(inside)),
                float(held),
                float(bool(holding)),
                float(min(holds, 3)),
                demonym,
                float(capital),
                float(last_word in ("county", "parish")) * (1.0 if place.kind == "county" else -1.0),
                float(len(group.spots)),
                float(len(made)),
                float(place.country == "US"),
                float(place.id.startswith("sightline:")),
            ]
        )
    return rows


def _is_capital(place: Place, gazetteer: Gazetteer) -> bool:
    capital = gazetteer.capital(place.country or "")
    return capital is not None and capital.id == place.id


def _numbers(texts: list[str]) -> npt.NDArray[np.int64]:
    known = {"": 0}
    return np.array([known.setdefault(t, len(known)) for t in texts], dtype=np.int64)


Degrees = npt.NDArray[np.float64] | np.float64


def kilometres(lat1: Degrees, lon1: Degrees, lat2: Degrees, lon2: Degrees) -> npt.NDArray[np.float64]:
    """Great-circle distances (haversine, mean earth radius 6,371 km)."""
    a1, a2 = np.radians(lat1), np.radians(lat2)
    half = np.sin((a2 - a1) / 2) ** 2 + np.cos(a1) * np.cos(a2) * np.sin((np.radians(lon2) - np.radians(lon1)) / 2) ** 2
    result: npt.NDArray[np.float64] = 12742.0 * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return result
