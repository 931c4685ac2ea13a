"""One factor per independence group: what several pages say of one origin counts once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import msgspec

from sightline.journeys.likelihoods import AT_ONCE, ENDS
from sightline.types import Interval, Observation

LEAST, GREATEST = 0.01, 0.98
"""An origin trusted less says nothing; none is trusted more, since a sure report that no route can have made true would leave no forecast."""
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
LONG_AHEAD = datetime(9999, 1, 1, tzinfo=UTC)


def grouped(observations: Iterable[Observation], as_of: datetime | None = None) -> list[Observation]:
    """The observations known by ``as_of``, those of one origin about one passage merged, in an order that does not depend on theirs.

    Merging takes the times that most of the origin's different wordings allow ("Sunday" and "Sunday afternoon": Sunday afternoon); a
    further copy of a wording changes nothing. An observation without an origin is its own group.
    """
    groups: dict[tuple[str, str, str], list[Observation]] = {}
    for number, observation in enumerate(observations):
        if as_of is not None and observation.reported is not None and observation.reported > as_of:
            continue
        family = "at" if observation.kind in AT_ONCE | ENDS else observation.kind
        origin = observation.origin or f"\0{number}"
        groups.setdefault((origin, family, observation.place), []).append(observation)
    merged = [_bounded(merge(group)) for group in groups.values()]
    merged = [o for o in merged if o.reliability >= LEAST]
    return sorted(
        merged, key=lambda o: (o.interval.earliest or LONG_AGO, o.interval.latest or LONG_AHEAD, o.place, o.kind, o.origin, o.label)
    )


def merge(group: Sequence[Observation]) -> Observation:
    """One observation for all of one origin about one passage."""
    if len(group) == 1:
        return group[0]
    ordered = sorted(group, key=lambda o: (o.reported or LONG_AHEAD, -o.reliability, _start(o.interval), _end(o.interval), o.kind, o.label))
    intervals = list(dict.fromkeys((_start(o.interval), _end(o.interval)) for o in ordered))
    best = max(intervals, key=lambda i: (sum(_overlap(i, j) for j in intervals), -intervals.index(i)))
    low, high = best
    for other in sorted(intervals, key=lambda i: (i[1] - i[0], i)):
        if _overlap((low, high), other):
            low, high = max(low, other[0]), min(high, other[1])
    chosen = next(o for o in ordered if (_start(o.interval), _end(o.interval)) == best)
    interval = msgspec.structs.replace(
        chosen.interval,
        earliest=None if low == LONG_AGO else low,
        latest=None if high == LONG_AHEAD else high,
        approximate=chosen.interval.approximate and (low, high) == best,
    )
    known = [o.reported for o in ordered if o.reported is not None]
    return msgspec.structs.replace(
        chosen,
        interval=interval,
        reliability=max(o.reliability for o in ordered),
        reported=min(known) if known else None,
        claims=tuple(sorted({c for o in ordered for c in o.claims})),
    )


def _bounded(observation: Observation) -> Observation:
    return observation if observation.reliability <= GREATEST else msgspec.structs.replace(observation, reliability=GREATEST)


def _start(interval: Interval) -> datetime:
    return interval.earliest or LONG_AGO


def _end(interval: Interval) -> datetime:
    return interval.latest or LONG_AHEAD


def _overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
