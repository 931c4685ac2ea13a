"""The leg under way: a story may hold a journey there, visits, and the journey back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from sightline.journeys.likelihoods import AT_ONCE, ENDS
from sightline.journeys.network import Network
from sightline.journeys.vehicles import Vehicle
from sightline.types import Interval, Observation

STAY = timedelta(hours=18)
"""A place reached counts as an end where the next word of the traveller elsewhere is this much later: a visit, not a stop on the way."""
TOLERANCE = timedelta(hours=3)
"""A departure told about the time of an arrival is from there, or earlier news."""
BEFORE = timedelta(days=3)
"""How long before a departure its destination may have been named."""
FAR = datetime(9999, 1, 1, tzinfo=UTC)


def current_leg(
    observations: Sequence[Observation], network: Network, vehicle: Vehicle, turned: Observation | None = None
) -> tuple[str | None, list[Observation]]:
    """Where the last leg began, and the observations that are about it.

    A leg begins with a reported departure from a place, or, where none is reported, between reaching a place and being seen elsewhere
    later. Earlier words about it stay out, and so do destinations that were named long before or had been reached already. ``turned`` is the
    departure back of one who is reported to have turned on the way: the way back begins there, and leads to where they came from unless
    something else is told later.
    """
    ordered = sorted(observations, key=lambda o: (_begin(o), _end(o), o.place, o.kind, o.origin))
    start = _last_departure(ordered)
    if turned is not None:
        again = start is not None and _known(start) > _known(turned) and _end(start) > _end(turned)
        if start is None or not again:
            return turned.place, _way_back(ordered, start, turned)
        return start.place, [start, *_after_turn(ordered, turned, start.place)]
    reached = [o for o in ordered if o.kind == "arrived" and o.reliability >= 0.5]
    derived: Observation | None = None
    for arrival in reversed(reached):
        if start is not None and _begin(start) >= _begin(arrival) - TOLERANCE:
            break
        if network.waypoints[arrival.place].kind in {"border", "gauge"}:
            continue  # Reached on the way: "arrived in the country".
        later = [o for o in ordered if o.kind in AT_ONCE | ENDS and o.place != arrival.place and _end(o) > _end(arrival)]
        until = min((_begin(o) for o in later), default=None)
        if until is not None and until - _end(arrival) >= STAY:
            derived = Observation(
                kind="departed",
                place=arrival.place,
                reliability=0.8,
                origin=f"after {arrival.origin}",
                claims=arrival.claims,
                label=f"reached {arrival.place} and was seen elsewhere later",
                interval=Interval(earliest=_end(arrival), latest=until),
                reported=arrival.reported,
            )
            break
    begin = derived or start
    if begin is None:
        return None, list(ordered)
    since = _begin(begin)
    done = {o.place for o in reached if _end(o) < since} - {begin.place}
    leg = [derived] if derived is not None else []
    for observation in ordered:
        if observation.kind in {"bound", "duration", "expected"}:
            if observation.place in done or (observation.reported is not None and observation.reported < since - BEFORE):
                continue
            if observation.kind == "expected" and _end(observation) < since:
                continue
        elif observation.kind == "departed":
            if observation.place != begin.place or _end(observation) < since:
                continue
        elif _end(observation) <= since or observation.place == begin.place:
            continue
        leg.append(observation)
    return begin.place, [msgspec.structs.replace(o) for o in leg]


def _way_back(ordered: Sequence[Observation], start: Observation | None, turned: Observation) -> list[Observation]:
    """What is told of the way after the turn; with the start of the way there as where it leads."""
    leg = [turned, *_after_turn(ordered, turned, turned.place)]
    home = start.place if start is not None else None
    if home is not None and home != turned.place:
        words = msgspec.structs.replace(turned, kind="bound", place=home, interval=Interval(), reliability=0.6 * turned.reliability)
        leg.append(words)
    return leg


def _after_turn(ordered: Sequence[Observation], turned: Observation, start: str) -> list[Observation]:
    out = []
    for o in ordered:
        if o.kind in {"bound", "duration", "expected"}:
            if o.reported is not None and o.reported > _known(turned):
                out.append(o)
        elif o.place != start and _begin(o) >= _end(turned):
            out.append(o)
    return out


def _known(observation: Observation) -> datetime:
    return observation.reported or _end(observation)


def _last_departure(ordered: Sequence[Observation]) -> Observation | None:
    """The latest departure that reports rather trust; departures from one place at overlapping times are one, begun at the earliest."""
    departures = [o for o in ordered if o.kind == "departed" and o.reliability >= 0.4]
    if not departures:
        return None
    last = departures[-1]
    same = [o for o in departures if o.place == last.place and _end(o) >= _begin(last) - timedelta(hours=36)]
    first = min(_begin(o) for o in same)
    return msgspec.structs.replace(last, interval=Interval(earliest=first if first.year > 1 else None, latest=last.interval.latest))


def _begin(observation: Observation) -> datetime:
    return observation.interval.earliest or (
        observation.interval.latest - timedelta(days=2) if observation.interval.latest else datetime(1, 1, 1, tzinfo=UTC)
    )


def _end(observation: Observation) -> datetime:
    return observation.interval.latest or FAR
