"""Tells earlier history from news."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sightline.extract.claims.table import tables
from sightline.extract.claims.tree import Tree
from sightline.types import Publication, TimeMention

#: A dated past further back than this is history to a news report.
HISTORY = timedelta(days=45)
_JUST = frozenset({"already", "just", "now", "recently", "since"})


def is_background(
    tree: Tree, word: int, carrier: int | None, when: Sequence[TimeMention], published: Publication | None, *, reported: bool
) -> bool:
    """Whether the happening on ``word`` is told as history.

    It is when it is a habit of the past ("used to"), when its time lies more than 45 days before publication, when "the last time" or
    its like stands in its clause, or when it stands undated in the pluperfect outside reported speech (inside, the pluperfect is mere
    backshift).
    """
    verb = carrier if carrier is not None else word
    if _habit(tree, verb):
        return True
    if when and published is not None and published.interval.earliest is not None:
        dated = [time for time in when if time.interval is not None and not _open_bound(time, published.interval.earliest)]
        latest = [time.interval.latest for time in dated if time.interval is not None]
        if latest and all(instant is not None and instant < published.interval.earliest - HISTORY for instant in latest):
            return True
        if latest:
            return False
    if _told_as_past(tree, word, verb):
        return True
    return not reported and not when and _pluperfect(tree, verb)


def _habit(tree: Tree, verb: int) -> bool:
    """ "used to travel by train": what somebody once was wont to do."""
    above = tree.head[verb]
    infinitive = any(tree.lower[kid] == "to" and tree.dep[kid] == "mark" for kid in tree.kids[verb])
    return infinitive and above != verb and tree.lower[above] == "used" and tree.dep[verb] in ("xcomp", "advcl", "ccomp") and above < verb


def _open_bound(time: TimeMention, now: datetime) -> bool:
    """ "before the end of the year": a bound in the running year puts nothing into history."""
    if time.interval is None or time.relation != "before" or time.interval.earliest is not None:
        return False
    return time.interval.latest is not None and time.interval.latest.year >= now.year


def last_time(tree: Tree, verb: int) -> bool:
    """Whether "the last time ..." stands as a time of the verb."""
    return any(tree.lower[kid] == "time" and any(tree.lower[below] == "last" for below in tree.kids[kid]) for kid in tree.kids[verb])


def _told_as_past(tree: Tree, word: int, verb: int) -> bool:
    table = tables()
    if tree.tag[verb] in ("VBZ", "VBP", "VB", "VBG") and tree.is_verb(verb):
        return False
    if any(tree.lower[kid] in table.background_adverbs for kid in (*tree.kids[verb], *tree.kids[word]) if tree.dep[kid] == "advmod"):
        return True
    first = min(tree.under(verb, frozenset({"conj", "parataxis"})))
    for index in range(max(0, first - 4), first):
        if tree.sentence[index] == tree.sentence[verb]:
            first = index
            break
    clause = " ".join(tree.lower[first : max(verb, word) + 8])
    return any(phrase in clause for phrase in table.background_phrases)


def _pluperfect(tree: Tree, verb: int) -> bool:
    if tree.tag[verb] not in ("VBN", "VBD"):
        return False
    auxiliaries = [kid for kid in tree.kids[verb] if tree.dep[kid] in ("aux", "aux:pass")]
    if not any(tree.lower[kid] in ("had", "'d") for kid in auxiliaries):
        return False
    return not any(tree.lower[kid] in _JUST for kid in tree.kids[verb])
