"""Which triggers are kept: not those that only introduce words, tell how a source knows, or name a happening twice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from sightline.extract.claims.table import happening, tables
from sightline.extract.claims.tree import Tree
from sightline.extract.claims.triggers import Trigger
from sightline.types import Attribution


def kept(triggers: list[Trigger], tree: Tree, attributions: Sequence[Attribution], cues: set[int]) -> list[Trigger]:
    """The triggers of ``triggers`` that make claims, in text order; ``cues`` are words of reporting."""
    told = _without_remarks(sorted(triggers), tree)
    return _without_doubles(_without_plain_reporting(_without_knowledge(told, tree, attributions), tree, cues), tree)


_REMARK = re.compile(r"\[\w[^\[\]\n]*\s[^\[\]\n]*\s[^\[\]\n]*\]")


def _without_remarks(triggers: list[Trigger], tree: Tree) -> list[Trigger]:
    """Drops what stands in square brackets of three words and more: an editor's remark on the report, not what it tells."""
    remarks = [match.span() for match in _REMARK.finditer(tree.text)] if "[" in tree.text else []
    if not remarks:
        return triggers
    starts = [start for start, _ in remarks]
    before = [bisect_right(starts, tree.start[one.word]) - 1 for one in triggers]
    return [one for one, at in zip(triggers, before, strict=True) if at < 0 or tree.start[one.word] >= remarks[at][1]]


def _without_knowledge(triggers: list[Trigger], tree: Tree, attributions: Sequence[Attribution]) -> list[Trigger]:
    """Drops what only tells how a source knows: "a person briefed on the talks"."""
    found: set[int] = set()
    for attribution in attributions:
        for span in attribution.source:
            words = tree.tokens(span)
            known = next((word for word in words if tree.lower[word] in ("briefed", "informed", "familiar")), None)
            if known is not None:
                found.update(word for word in words if word >= known)
    return [trigger for trigger in triggers if trigger.word not in found]


def _without_plain_reporting(triggers: list[Trigger], tree: Tree, cues: set[int]) -> list[Trigger]:
    """Drops nouns and plain verbs that only introduce reported words ("said in a statement")."""
    report = tables().words["report"]
    kept = []
    for trigger in triggers:
        in_cue = trigger.word in cues or (trigger.base != "noun" and trigger.carrier in cues)
        plain = trigger.type in ("statement", "talks") if trigger.base == "noun" else tree.lemma[trigger.word] in report
        if in_cue and plain and happening(trigger.type).frame_name in ("speech", "meeting"):
            continue
        if (
            trigger.type == "statement"
            and tree.lemma[trigger.word] in report
            and tree.child(trigger.word, "ccomp", "parataxis") is not None
        ):
            continue
        kept.append(trigger)
    return kept


_ABSORBED = {
    ("signing", "agreement"),
    ("attack", "launch"),
    ("shooting", "attack"),
    ("fire", "attack"),
    ("damage", "explosion"),
    ("capture", "control"),
}


def _without_doubles(triggers: list[Trigger], tree: Tree) -> list[Trigger]:
    """Drops a noun that names the same happening as the verb it hangs on ("a strike hit", "won the election")."""
    verbs = {trigger.word: trigger.type for trigger in triggers if trigger.base == "verb"}
    nouns = {trigger.word: trigger.type for trigger in triggers if trigger.base == "noun"}
    kept = []
    for trigger in triggers:
        where_they_meet = any(tree.lower[kid] == "where" for kid in tree.kids[trigger.word])
        if trigger.type == "meeting" and tree.tag[trigger.word] == "VBP" and where_they_meet:
            continue
        if trigger.type == "statement" and tree.dep[trigger.word] == "xcomp" and verbs.get(tree.head[trigger.word]) == "refusal":
            continue
        above = verbs.get(tree.head[trigger.word]) if tree.head[trigger.word] != trigger.word else None
        if trigger.base == "verb" and tree.dep[trigger.word] == "xcomp" and above == trigger.type:
            continue
        if trigger.base == "verb" and tree.dep[trigger.word] in ("acl", "acl:relcl") and nouns.get(tree.head[trigger.word]) == trigger.type:
            continue
        if trigger.base == "noun" and any(
            tree.dep[kid] in ("acl", "acl:relcl") and (verbs.get(kid), trigger.type) in _ABSORBED for kid in tree.kids[trigger.word]
        ):
            continue
        if trigger.base != "noun":
            above = None
        related = tree.dep[trigger.word].split(":")[0] in ("nsubj", "obj", "obl")
        if above is not None and related and (above == trigger.type or (above, trigger.type) in _ABSORBED):
            continue
        kept.append(trigger)
    return kept
