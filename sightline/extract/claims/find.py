"""Puts mentions together into claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from sightline.extract.certainty import Layers, innermost, judge
from sightline.extract.claims.answers import answered
from sightline.extract.claims.background import is_background, last_time
from sightline.extract.claims.kept import kept
from sightline.extract.claims.mentions import Mentions
from sightline.extract.claims.newsrooms import observed_by, seen, vouching, without_reading, without_watchers
from sightline.extract.claims.outlook import outlook
from sightline.extract.claims.roles import Roles
from sightline.extract.claims.shapes import shapes
from sightline.extract.claims.table import Happening, happening, tables
from sightline.extract.claims.tree import Tree
from sightline.extract.claims.triggers import Finder, Trigger
from sightline.extract.claims.unknown import Unknowns
from sightline.extract.claims.whens import Whens
from sightline.extract.claims.wheres import Wheres
from sightline.types import (
    Attribution,
    Claim,
    Degree,
    NameMention,
    Participant,
    PlaceMention,
    Polarity,
    Quantity,
    Report,
    Span,
    Status,
    TimeMention,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

_APART = frozenset({"conj", "parataxis", "cc", "dep"})
_CONFIDENCE = {"verb": 0.9, "adjective": 0.85, "shape": 0.8, "noun": 0.75, "other": 0.5}


def find_claims(
    doc: Doc,
    report: Report,
    times: Sequence[TimeMention],
    places: Sequence[PlaceMention],
    names: Sequence[NameMention],
    quantities: Sequence[Quantity],
    attributions: Sequence[Attribution],
) -> list[Claim]:
    """The happenings that a report asserts, in text order.

    Each has its type from the tables in ``data/`` ("other:<lemma>" for a verb outside them), its participants, times, places and
    quantities by the tree, its certainty, the innermost attribution whose content holds its trigger, the slots that the text says
    are unknown, and whether it is told as earlier history. A slot that the text does not fill stays empty.
    """
    if not len(doc):
        return []
    attributions = Layers(attributions)
    tree = Tree(doc)
    mentions = Mentions(tree, times, places, names, quantities)
    finder = Finder(tree, mentions)
    cues = _cue_words(tree, attributions)
    triggers = finder.find(cues)
    triggers += shapes(tree, mentions, {trigger.word for trigger in triggers})
    unknowns = Unknowns(tree, finder, triggers)
    triggers += [Trigger(word, "death", "noun", None) for word in _tolls(tree, quantities, {trigger.word for trigger in triggers})]
    told = {trigger.word for trigger in triggers}
    triggers += [own for word, own in unknowns.own.items() if word not in told]
    triggers = without_reading(
        _without_counting(kept(triggers, tree, attributions, cues), tree, finder, quantities), tree, finder, attributions
    )
    triggers = sorted([*triggers, *seen(triggers, tree, finder, attributions)])
    whens = Whens(tree, times, triggers, cues)
    roles, wheres = Roles(tree, mentions, finder), Wheres(tree, mentions, finder)
    speaking = [span for attribution in attributions for span in attribution.source]
    # "two people familiar with the case said": how many speak is no amount of what they tell.
    amounts = _share_quantities(tree, triggers, [one for one in quantities if not any(span.contains(one.span) for span in speaking)])
    by_word = {trigger.word: trigger for trigger in triggers}
    words = frozenset(by_word)
    watched = observed_by(tree, attributions)
    held = [watched.get(trigger.word, _innermost(tree, trigger, attributions)) for trigger in triggers]
    history = _history(tree, triggers, whens, report, held)
    claims: list[Claim] = []
    for number, (trigger, attribution) in enumerate(zip(triggers, held, strict=True)):
        kind = happening(trigger.type)
        when = whens.of(number)
        where = wheres.places(trigger, kind, words - {trigger.word})
        if not where and _mere_topic(tree, trigger) and not roles.participants(trigger, kind):
            continue
        participants = _without_sources(tree, trigger, roles.participants(trigger, kind), attribution, attributions)
        participants = without_watchers(participants, attributions, watched.get(trigger.word))
        span = _word_span(tree, trigger.word)
        judged = _judged(tree, trigger)
        certainty = judge(doc, doc[judged], attributions, published=report.published, when=when)
        certainty = outlook(tree, trigger, by_word, certainty, when, report.published)
        if trigger.word in unknowns.own or "how_many" in unknowns.of(trigger.word):
            certainty = msgspec.structs.replace(certainty, status=Status.UNKNOWN, polarity=Polarity.UNKNOWN, degree=Degree.UNKNOWN)
        claims.append(
            Claim(
                id=f"{report.id}#{span.start}-{span.end}",
                report=report.id,
                span=_clause(tree, trigger),
                trigger=span,
                sentence=_sentence(tree, trigger.word),
                predicate=tree.lemma[trigger.word],
                type=trigger.type,
                participants=participants,
                when=when,
                where=where,
                quantities=tuple(amounts.get(number, ())),
                certainty=certainty,
                attribution=vouching(attribution, attributions, certainty),
                unknown=unknowns.of(trigger.word),
                background=trigger.word in history,
                confidence=_confidence(trigger, kind, bool(participants), bool(when or where)),
            )
        )
    return answered(claims, tree, attributions)


def _cue_words(tree: Tree, attributions: Sequence[Attribution]) -> set[int]:
    return {word for attribution in attributions for span in attribution.cue for word in tree.tokens(span)}


def _innermost(tree: Tree, trigger: Trigger, attributions: Sequence[Attribution]) -> int | None:
    """Index of the deepest attribution whose content holds the trigger: a source behind another comes before that other."""
    start = tree.start[trigger.word]
    return innermost(attributions, start, start + 1)


def _without_sources(
    tree: Tree, trigger: Trigger, participants: tuple[Participant, ...], index: int | None, attributions: Sequence[Attribution]
) -> tuple[Participant, ...]:
    """Drops who only says it: a source outside the content takes no part in what is said, unless it is the verb's own subject."""
    if index is None:
        return participants
    outside = (*attributions[index].source, *attributions[index].cue)
    content = attributions[index].content
    return tuple(
        each
        for each in participants
        if not any(span.contains(each.span) for span in outside)
        or any(span.contains(each.span) for span in content)
        or _own_subject(tree, trigger.word, tree.top(tree.tokens(each.span)))
    )


def _own_subject(tree: Tree, verb: int, word: int) -> bool:
    """Whether the tree itself makes the word the subject: its own, or by control ("claims to have crossed")."""
    for _ in range(3):
        if tree.head[word] == verb:
            return tree.dep[word].startswith("nsubj") and word < verb
        if tree.dep[verb] not in ("xcomp", "ccomp") or tree.head[verb] == verb or tree.child(verb, "nsubj") is not None:
            return False
        verb = tree.head[verb]
    return False


def _mere_topic(tree: Tree, trigger: Trigger) -> bool:
    """ "asked about the trip": named as what is talked about, told by nobody."""
    above = tree.head[trigger.word]
    if trigger.base != "noun" or trigger.carrier is not None or tree.case(trigger.word) not in ("about", "on", "regarding", "over"):
        return False
    return tree.lemma[above] in tables().words["report"] or tree.lemma[above] in ("speak", "talk", "decline", "refuse", "discuss")


def _judged(tree: Tree, trigger: Trigger) -> int:
    """The word whose standing is the happening's: "took 20 hours to reach" has reached."""
    if trigger.base == "shape" and trigger.carrier is not None:
        return trigger.carrier
    above = tree.head[trigger.word]
    taken = trigger.base == "verb" and tree.dep[trigger.word] in ("xcomp", "advcl") and tree.lemma[above] == "take" and tree.is_verb(above)
    return above if taken and above < trigger.word else trigger.word


def _history(tree: Tree, triggers: Sequence[Trigger], whens: Whens, report: Report, held: Sequence[int | None]) -> set[int]:
    """The words of happenings told as history, with the undated ones below them in the same clause."""
    dated = {trigger.word: whens.of(number) for number, trigger in enumerate(triggers)}
    found = {
        trigger.word
        for number, trigger in enumerate(triggers)
        if is_background(tree, trigger.word, trigger.carrier, dated[trigger.word], report.published, reported=held[number] is not None)
    }
    for trigger in triggers:
        if dated[trigger.word] or trigger.word in found:
            continue
        here = trigger.word
        for above in tree.up(trigger.word):
            if tree.dep[here] in ("conj", "parataxis", "ccomp") and not last_time(tree, above):
                break
            if above in found or last_time(tree, above):
                found.add(trigger.word)
                break
            here = above
    return found


def _word_span(tree: Tree, word: int) -> Span:
    return Span(tree.start[word], tree.end[word])


def _clause(tree: Tree, trigger: Trigger) -> Span:
    top = trigger.carrier if trigger.carrier is not None else trigger.word
    words = [word for word in tree.under(top, _APART) if tree.sentence[word] == tree.sentence[top]]
    if trigger.word not in words:
        words = sorted({*words, trigger.word})
    return tree.span(words)


def _sentence(tree: Tree, word: int) -> Span:
    number = tree.sentence[word]
    first = last = word
    while first > 0 and tree.sentence[first - 1] == number:
        first -= 1
    while last + 1 < tree.size and tree.sentence[last + 1] == number:
        last += 1
    while last > first and tree.pos[last] == "SPACE":
        last -= 1
    while first < last and tree.pos[first] == "SPACE":
        first += 1
    return Span(tree.start[first], tree.end[last])


def _share_quantities(tree: Tree, triggers: Sequence[Trigger], quantities: Sequence[Quantity]) -> dict[int, list[Quantity]]:
    """Each amount goes to the nearest trigger above it in its clause, or to the happening that "took" so long."""
    words = {trigger.word: number for number, trigger in enumerate(triggers)}
    carriers = {trigger.carrier: number for number, trigger in enumerate(triggers) if trigger.carrier is not None}
    found: dict[int, list[Quantity]] = {}
    for quantity in quantities:
        toll = _toll(tree, quantity)
        here = tree.top(tree.tokens(quantity.span)) if toll is None else toll
        owner = words.get(here, carriers.get(here))
        for above in tree.up(here) if owner is None else ():
            owner = words.get(above, carriers.get(above))
            if owner is not None:
                break
            if tree.is_verb(above):
                owner = _taken(tree, above, words, carriers)
                break
        if owner is not None:
            found.setdefault(owner, []).append(quantity)
    return found


def _tolls(tree: Tree, quantities: Sequence[Quantity], taken: set[int]) -> list[int]:
    """The word "toll" before its number ("the toll rose to 57"): deaths, where no other word there names the happening."""
    words = [toll for one in quantities if (toll := _toll(tree, one)) is not None]
    return [word for word in words if tree.lower[word] == "toll" and word not in taken]


def _toll(tree: Tree, quantity: Quantity) -> int | None:
    """The word before a number that says what it counts ("the toll rose to 57"); ``None`` for an amount with its noun behind it."""
    before = quantity.of_span is not None and quantity.of_span.end <= quantity.span.start
    return tree.at(quantity.of_span.start) if before and quantity.of_span is not None else None


def _without_counting(triggers: list[Trigger], tree: Tree, finder: Finder, quantities: Sequence[Quantity]) -> list[Trigger]:
    """Drops the verb by which a toll moves: that "the toll rose" to a number is no happening beside the deaths."""
    counted = {toll for one in quantities if (toll := _toll(tree, one)) is not None}
    if not counted:
        return triggers
    return [
        trigger
        for trigger in triggers
        if trigger.type not in ("rise", "fall")
        or not any(counted & set(tree.under(each)) for each in finder.arguments(trigger.word).subjects)
    ]


def _taken(tree: Tree, verb: int, words: dict[int, int], carriers: dict[int, int]) -> int | None:
    """ "The trip took 20 hours", "took 20 hours to reach the port"."""
    if tree.lemma[verb] not in ("take", "last", "spend", "need", "require", "expect", "cover", "be", "average", "reach", "estimate"):
        return None
    for kid in sorted(tree.kids[verb]):
        if tree.dep[kid] in ("xcomp", "advcl", "ccomp", "csubj") and kid in words:
            return words[kid]
    for kid in tree.kids[verb]:
        if tree.dep[kid].startswith(("nsubj", "obj")):
            for noun in (kid, *tree.kids[kid]):
                if noun in words:
                    return words[noun]
                if noun in carriers:
                    return carriers[noun]
    return None


def _confidence(trigger: Trigger, kind: Happening, has_participants: bool, has_circumstances: bool) -> float:
    """A prior by how the happening was named, lowered where nothing hangs on it; not calibrated."""
    score = _CONFIDENCE[trigger.base]
    if not has_participants:
        score -= 0.15 if has_circumstances else 0.35
    if kind.frame_name == "generic" and trigger.base != "other":
        score -= 0.05
    return round(max(score, 0.1), 2)
