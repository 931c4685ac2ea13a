"""How a happening stands, and what one governing word makes of it."""

from __future__ import annotations

from typing import NamedTuple

from sightline.types import Degree, Polarity, Status

_RANK = {Degree.CERTAIN: 0, Degree.PROBABLE: 1, Degree.POSSIBLE: 2, Degree.UNKNOWN: 3}
_FACTS = (Status.HAPPENED, Status.UNDER_WAY, Status.DENIED)


class State(NamedTuple):
    """Polarity, degree and status of one happening; ``status`` is ``None`` while its governor has still to give it."""

    polarity: Polarity = Polarity.POSITIVE
    degree: Degree = Degree.CERTAIN
    status: Status | None = None

    @property
    def negative(self) -> bool:
        """Said not to be so."""
        return self.polarity is Polarity.NEGATIVE

    def negated(self) -> State:
        """The opposite: a fact becomes a denial, a plan a plan not to."""
        if self.polarity is Polarity.UNKNOWN:
            return self
        if self.negative:
            return State(Polarity.POSITIVE, self.degree, Status.HAPPENED if self.status is Status.DENIED else self.status)
        return State(Polarity.NEGATIVE, self.degree, Status.DENIED if self.status in _FACTS else self.status)

    def weakened(self, degree: Degree) -> State:
        """At most as sure as ``degree``."""
        return self._replace(degree=max(self.degree, degree, key=_RANK.__getitem__))


ASKED = State(Polarity.UNKNOWN, Degree.UNKNOWN, Status.UNKNOWN)
OPEN = State(Polarity.UNKNOWN, Degree.UNKNOWN, Status.POSSIBLE)
UNTRUE = State(Polarity.NEGATIVE, Degree.CERTAIN, Status.DENIED)
MAYBE = State(Polarity.POSITIVE, Degree.POSSIBLE, Status.POSSIBLE)
_AHEAD = {
    "plan": State(Polarity.POSITIVE, Degree.PROBABLE, Status.PLANNED),
    "sched": State(Polarity.POSITIVE, Degree.CERTAIN, Status.PLANNED),
    "noplan": State(Polarity.NEGATIVE, Degree.CERTAIN, Status.PLANNED),
    "expect": State(Polarity.POSITIVE, Degree.PROBABLE, Status.EXPECTED),
    "noexpect": State(Polarity.NEGATIVE, Degree.PROBABLE, Status.EXPECTED),
}
_FIXED = {"open": OPEN, "ask": ASKED, "untrue": UNTRUE}


def compose(effect: str, own: State, governor: State) -> State:
    """What ``own`` becomes under a governing word with ``effect`` that itself stands as ``governor``.

    >>> compose("no", State(), State(status=Status.HAPPENED)).status
    <Status.DENIED: 'denied'>
    >>> compose("plan", State(), State(status=Status.UNDER_WAY)).status
    <Status.PLANNED: 'planned'>
    """
    if governor.status is Status.UNKNOWN and effect not in ("fact", "untrue"):
        return ASKED
    if effect in _FIXED:
        return _FIXED[effect]
    if effect in _AHEAD:
        return _ahead(effect, own, governor)
    if effect in ("yes", "no", "permit"):
        return _implied(effect, own, governor)
    settled = own if own.status is not None else own._replace(status=_negative_or(own, Status.HAPPENED))
    match effect:
        case "prob":
            plain = own if own.status is not None else own._replace(status=_negative_or(own, Status.UNDER_WAY))
            return plain.weakened(Degree.PROBABLE)
        case "noprob":
            return settled.negated().weakened(Degree.PROBABLE)
        case "maybe":
            return State(own.polarity, Degree.POSSIBLE, Status.POSSIBLE)
    return settled


def _negative_or(own: State, status: Status) -> Status:
    return Status.DENIED if own.negative else status


def _ahead(effect: str, own: State, governor: State) -> State:
    if own.status in _FACTS:
        return own.weakened(Degree.PROBABLE) if effect == "expect" else own
    made = _AHEAD[effect]
    if own.negative:
        made = made._replace(polarity=Polarity.NEGATIVE if made.polarity is Polarity.POSITIVE else Polarity.POSITIVE)
    if governor.status is Status.POSSIBLE:
        return made.weakened(Degree.POSSIBLE)
    return made


def _implied(effect: str, own: State, governor: State) -> State:
    if effect == "permit" and governor.status is Status.UNDER_WAY:
        return MAYBE
    if own.status is not None and own.status is not Status.UNDER_WAY:
        return own
    base = State(Polarity.POSITIVE, governor.degree, governor.status or Status.HAPPENED)
    if base.status is Status.DENIED:
        base = base._replace(status=Status.HAPPENED)
    if governor.polarity is Polarity.UNKNOWN:
        base = base._replace(polarity=Polarity.UNKNOWN)
    out = base.negated() if effect == "no" else base
    return out.negated() if own.negative else out
