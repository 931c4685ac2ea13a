"""What one happening says about the standing of another: a visit that one leaves for, or that is put off, has not taken place."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from sightline.extract.claims.tree import Tree
from sightline.extract.claims.triggers import Trigger
from sightline.types import Certainty, Polarity, Status

_UNDERTAKEN = frozenset({"departure", "travel", "arrival", "boarding", "return", "deployment"})


def outlook(tree: Tree, trigger: Trigger, others: Mapping[int, Trigger], certainty: Certainty) -> Certainty:
    """The certainty of a nominal happening corrected by the happening that it depends on.

    "left for talks": planned. "postponed the talks": planned. "cancelled the talks": denied. "is expected in Oslo": expected.
    """
    if trigger.type == "arrival" and trigger.base == "shape":
        if certainty.status in (Status.HAPPENED, Status.UNDER_WAY, Status.PLANNED) and certainty.polarity is Polarity.POSITIVE:
            return msgspec.structs.replace(certainty, status=Status.EXPECTED)
        return certainty
    if trigger.base != "noun" or trigger.carrier is not None or certainty.polarity is not Polarity.POSITIVE:
        return certainty
    if certainty.status not in (Status.HAPPENED, Status.UNDER_WAY):
        return certainty
    above = others.get(tree.head[trigger.word])
    if above is None:
        return certainty
    relation = tree.dep[trigger.word].split(":")[0]
    if above.type in _UNDERTAKEN and relation in ("obl", "nmod") and tree.case(trigger.word) == "for":
        return msgspec.structs.replace(certainty, status=Status.PLANNED)
    if relation in ("obj", "nsubj", "nmod"):
        if above.type == "delay":
            return msgspec.structs.replace(certainty, status=Status.PLANNED)
        if above.type == "cancellation":
            return msgspec.structs.replace(certainty, polarity=Polarity.NEGATIVE, status=Status.DENIED)
    return certainty
