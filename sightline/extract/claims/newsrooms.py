"""What a newsroom tells of its own work: a paper that it has read is no sighting, and what its people saw is what it tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sightline.extract.claims.mentions import Mentions
from sightline.extract.claims.table import tables
from sightline.extract.claims.tree import Tree
from sightline.extract.claims.triggers import Finder, Trigger
from sightline.types import Attribution, Certainty, Participant, SourceKind, Span, Status

_NEWSROOMS = frozenset({SourceKind.AGENCY, SourceKind.OUTLET, SourceKind.STATE_MEDIA})
_HEARD = frozenset({"hear"})


def without_reading(triggers: Sequence[Trigger], tree: Tree, finder: Finder, attributions: Sequence[Attribution]) -> list[Trigger]:
    """Drops what only says how a newsroom came by a paper: "documents seen by X", "a memo that X has reviewed", "X obtained a copy"."""
    reading = tables().words["reading"]
    rooms = _words(tree, (span for link in _links(attributions) if link[0] in _NEWSROOMS for span in link[1]))
    return [
        one
        for one in triggers
        if one.base == "noun" or tree.lemma[one.word] not in reading or not _reads(one, tree, finder.mentions, finder, rooms)
    ]


def _reads(one: Trigger, tree: Tree, mentions: Mentions, finder: Finder, rooms: set[int]) -> bool:
    """Whether it is a paper that is read, by a newsroom, by some named body, or by nobody that is told."""
    found = finder.arguments(one.word)
    things = set(found.subjects if found.passive else found.objects)
    readers = set(found.agents if found.passive else found.subjects)
    if tree.dep[one.word] in ("acl", "acl:relcl"):
        things.add(tree.head[one.word])
        readers.update(kid for kid in tree.children(one.word, "obl", "obl:agent") if tree.case(kid) == "by")
        readers.discard(tree.head[one.word])
    if not any(mentions.has_class(thing, "papers") for thing in things):
        return False
    if one.type == "sighting" or readers & rooms:
        return True
    return any((name := mentions.name.get(reader)) is not None and name.label == "ORG" for reader in readers)


def _links(attributions: Sequence[Attribution]) -> Iterable[tuple[SourceKind, tuple[Span, ...]]]:
    for attribution in attributions:
        for link in (attribution.speaker, *attribution.others, *attribution.via):
            if link is not None:
                yield link.kind, link.spans


def _words(tree: Tree, spans: Iterable[Span]) -> set[int]:
    return {word for span in spans for word in tree.tokens(span)}


def seen(triggers: Sequence[Trigger], tree: Tree, finder: Finder, attributions: Sequence[Attribution]) -> list[Trigger]:
    """What newsrooms' people saw where nothing else tells of it: the deed that they saw being done, else the sighting itself."""
    told = {trigger.word for trigger in triggers}
    more: dict[int, Trigger] = {}
    for _, cue, content in _observations(tree, attributions):
        if told & content or cue in told:
            continue
        deeds = [
            word for word in sorted(content) if tree.tag[word] in ("VBG", "VB") and tree.is_verb(word) and finder.arguments(word).objects
        ]
        for word in deeds[:1]:
            entry = next(
                (entry for entry in finder.tables.verbs.get(tree.lemma[word], ()) if not entry.words and not entry.conditions), None
            )
            more.setdefault(word, Trigger(word, entry.type if entry is not None else f"other:{tree.lemma[word]}", "other", word))
        if not deeds and tree.lemma[cue] not in _HEARD:
            more.setdefault(cue, Trigger(cue, "sighting", "verb", cue))
    return list(more.values())


def observed_by(tree: Tree, attributions: Sequence[Attribution]) -> dict[int, int]:
    """The words by which newsrooms' people saw, each with its attribution: what is seen is their own word, first-hand."""
    return {cue: index for index, cue, _ in _observations(tree, attributions)}


def _observations(tree: Tree, attributions: Sequence[Attribution]) -> Iterable[tuple[int, int, set[int]]]:
    for index, attribution in enumerate(attributions):
        speaker = attribution.speaker
        if attribution.attitude != "observation" or speaker is None or not attribution.cue:
            continue
        if speaker.kind not in _NEWSROOMS and not (speaker.party or "").startswith("outlet:"):
            continue
        cue = next((word for word in tree.tokens(attribution.cue[0]) if tree.is_verb(word)), None)
        if cue is not None and tree.tag[cue] != "VBN":
            yield index, cue, _words(tree, attribution.content)


def without_watchers(
    participants: tuple[Participant, ...], attributions: Sequence[Attribution], watched: int | None
) -> tuple[Participant, ...]:
    """Drops those who saw from what they saw: they are its source."""
    if watched is None:
        return participants
    return tuple(one for one in participants if not any(span.overlaps(one.span) for span in attributions[watched].source))


def vouching(index: int | None, attributions: Sequence[Attribution], certainty: Certainty) -> int | None:
    """The attribution that vouches for a claim: who pledges aid "under an agreement signed in Oslo" does not say that it was signed."""
    while index is not None and attributions[index].attitude == "intention" and certainty.status is Status.HAPPENED:
        index = attributions[index].parent
    return index
