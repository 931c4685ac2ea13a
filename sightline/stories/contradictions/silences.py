"""A word against a denial, and silence that a later word overtakes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sightline.stories.clock import NEVER, known_at
from sightline.stories.contradictions.scene import FACT, Finding, Scene, Silence, certain, ids, names, sides, speakers, surely_after
from sightline.stories.events import Assembled
from sightline.stories.origins import Sourced
from sightline.types import ContradictionType, Polarity, Reading, Status

NOBODY = "-"
"""Stands for the official side at large ("no official word yet")."""
_NO_WORD = re.compile(r"\bno official (?:word|comment|confirmation|announcement|statement)\b", re.IGNORECASE)
_SILENT = frozenset({"refusal"})
_NEITHER = re.compile(r"^(?:neither|none|no)\b", re.IGNORECASE)
_PIECES = re.compile(r"\b(?:neither|nor|and|or)\b|,", re.IGNORECASE)
_WORDLESS = re.compile(r"\b(?:not|n['’]t|never|declin\w+|refus\w+|silen\w+|yet to)\b", re.IGNORECASE)
_WORDLESS_TYPES = frozenset({"refusal", "statement", "announcement", "confirmation"})


def find(scene: Scene) -> list[Finding]:
    """Denials within events, and silences against later words of the same party."""
    found: list[Finding] = []
    for item in scene.events:
        found.extend(_denials(item))
    found.extend(_overtaken(scene))
    return found


def _denials(item: Assembled) -> list[Finding]:
    slot = item.slot("happened")
    if slot is None:
        return []
    said = next((value for value in slot.values if value.status in FACT), None)
    denied = next((value for value in slot.values if value.status == Status.DENIED.value), None)
    if said is None or denied is None:
        return []
    mine, theirs = item.behind(said.claims), item.behind(denied.claims)
    # A plan that was denied before the day is no denial of what happened on it.
    begins = (
        item.event.interval.earliest
        if item.event.interval is not None
        else min((one.evidence.known or NEVER for one in mine), default=NEVER)
    )
    theirs = [one for one in theirs if (issued := surely_after(one)) is not None and begins is not None and issued >= begins]
    if not theirs:
        return []
    came_round = _came_round(mine, theirs)
    if came_round:
        return [
            Finding(
                type=ContradictionType.SUPERSEDED,
                event=item.event.id,
                slot="happened",
                values=(said.value, denied.value),
                claims=(ids(mine), ids(theirs)),
                explanation=f"{names(came_round)} denied it first and said so later.",
                confidence=0.8,
                flag="superseded",
                flag_key=denied.key,
            )
        ]
    # One side with two voices is at odds with itself only where who denies is named and nobody of the name says it.
    within = not any(one.voice.anonymous for one in theirs) and not speakers(mine) & speakers(theirs)
    if sides(theirs) and sides(mine) == sides(theirs) and not within:
        return []
    if not sides(theirs) and not _at_odds(mine, theirs):
        return []
    return [
        Finding(
            type=ContradictionType.DENIAL,
            event=item.event.id,
            slot="happened",
            values=(said.value, denied.value),
            claims=(ids(mine), ids(theirs)),
            explanation=f"{_verb(names(mine), 'say')} that it happened; {_verb(names(theirs), 'deny')} it.",
            confidence=0.85,
            flag="disputed",
            flag_key=said.key,
        )
    ]


def _at_odds(mine: list[Sourced], theirs: list[Sourced]) -> bool:
    """Whether a denial of those whose side is not known stands against others: told as a denial or by name, flatly, of what others say flatly."""
    spoken = speakers(mine)
    flatly = any(one.voice.kind == "utterance" and certain([one]) for one in theirs)
    return flatly and bool(spoken) and certain(mine) and not spoken & speakers(theirs)


def _came_round(mine: list[Sourced], theirs: list[Sourced]) -> list[Sourced]:
    """The denials of those who themselves said later that it happened, where every denial is of that sort."""
    later: dict[str, datetime] = {}
    for one in mine:
        if not one.voice.anonymous and one.evidence.known is not None:
            later[one.voice.key] = max(one.evidence.known, later.get(one.voice.key, one.evidence.known))
    found = [one for one in theirs if one.evidence.known is not None and later.get(one.voice.key, one.evidence.known) > one.evidence.known]
    return found if len(found) == len(theirs) else []


def _verb(who: str, verb: str) -> str:
    """ "A says", "A and B say"."""
    if " and " in who or "," in who:
        return f"{who} {verb}"
    return f"{who} {verb[:-1]}ies" if verb.endswith("ny") else f"{who} {verb}s"


def _kept(scene: Scene, report: str) -> list[Silence]:
    if report not in scene.silences:
        scene.silences[report] = silences_of(scene.readings[report], scene)
    return scene.silences[report]


def silences_of(reading: Reading, scene: Scene) -> list[Silence]:
    """Parties that a report says have not spoken: refusals to comment, and words of saying under a negation."""
    known = known_at(reading.report) or NEVER
    found: dict[str, Silence] = {}
    text = reading.report.text
    for index, attribution in enumerate(reading.attributions):
        words = " ".join(span.of(text) for span in attribution.source)
        cue = " ".join(span.of(text) for span in attribution.cue)
        silent = attribution.attitude in _SILENT or _NEITHER.match(words) or _WORDLESS.search(cue)
        if not silent or attribution.speaker is None:
            continue
        claims = tuple(claim.id for claim in reading.claims if claim.attribution == index)
        claims = claims or tuple(claim.id for claim in reading.claims if any(claim.sentence.contains(span) for span in attribution.cue))
        parties = {scene.parties.of_source(attribution.speaker)} if not _NEITHER.match(words) else set()
        parties |= {f"state:{state}" for piece in _PIECES.split(words) if (state := scene.parties.state_in(piece))}
        for side in sorted(side for side in parties if side is not None):
            found.setdefault(side, Silence(report=reading.report.id, party=side, known=known, claims=claims[:2]))
    for sentence in reading.sentences:
        if _NO_WORD.search(sentence.of(text)):
            claims = tuple(claim.id for claim in reading.claims if sentence.contains(claim.sentence))
            found.setdefault(NOBODY, Silence(report=reading.report.id, party=NOBODY, known=known, claims=claims[:1]))
    for claim in reading.claims:
        wordless = claim.certainty.polarity is Polarity.NEGATIVE or claim.type == "refusal"
        if claim.type not in _WORDLESS_TYPES or not wordless:
            continue
        for participant in claim.participants:
            if participant.role != "agent":
                continue
            party = scene.who.party(participant.actor) if participant.actor is not None else None
            states = {f"state:{state}" for piece in _PIECES.split(participant.text) if (state := scene.parties.state_in(piece))}
            for side in sorted(states | ({party} if party is not None else set())):
                found.setdefault(side, Silence(report=reading.report.id, party=side, known=known, claims=(claim.id,)))
    return [found[party] for party in sorted(found)]


def _overtaken(scene: Scene) -> list[Finding]:
    """For each party that had no word the event on which it spoke later; and reports that give an official word and say there is none.

    A party that speaks on one question and declines another in the same report does nothing unusual, and is left alone.
    """
    found = []
    silent = [one for report in sorted(scene.readings) for one in _kept(scene, report)]
    for party in sorted({one.party for one in silent if one.party != NOBODY}):
        spoken = _first_word(scene.events, party)
        if spoken is None:
            continue
        item, words = spoken
        word = min((one.evidence.known or NEVER) for one in words)
        speaking = {one.evidence.report for one in words}
        earlier = [one for one in silent if one.party == party and one.known <= word and one.report not in speaking]
        if earlier:
            name = scene.parties.name(party)
            text = f"{name} had said nothing yet; it spoke later."
            found.append(_finding(scene, ContradictionType.SUPERSEDED, item, words, earlier, name, text, "superseded"))
    for one in silent:
        if one.party == NOBODY:
            spoken = _word_within(scene.events, one.report)
            if spoken is not None:
                text = "The report gives an official word and still says that there is none."
                found.append(_finding(scene, ContradictionType.STALE, *spoken, [one], "official side", text, "stale"))
    return found


def _finding(
    scene: Scene, kind: ContradictionType, item: Assembled, words: list[Sourced], silent: list[Silence], name: str, text: str, flag: str
) -> Finding:
    claims = tuple(dict.fromkeys(claim for one in silent for claim in one.claims or _first_claim(scene, one.report)))
    return Finding(
        type=kind,
        event=item.event.id,
        slot="happened",
        values=(f"{name}: said so", f"{name}: no word"),
        claims=(ids(words), claims),
        explanation=text,
        confidence=0.8,
        flag=flag,
    )


def _word_within(events: Sequence[Assembled], report: str) -> tuple[Assembled, list[Sourced]] | None:
    """The first news event on which a report lets a named official side speak."""
    for item in events:
        words = [one for one in item.members if one.evidence.report == report and one.voice.official and not one.voice.anonymous]
        if words and not item.event.background:
            return item, words
    return None


def _first_claim(scene: Scene, report: str) -> tuple[str, ...]:
    return tuple(claim.id for claim in scene.readings[report].claims[:1])


def _first_word(events: Sequence[Assembled], party: str) -> tuple[Assembled, list[Sourced]] | None:
    """The news event that most pages let a party itself speak on."""
    best: tuple[int, str, Assembled, list[Sourced]] | None = None
    for item in events:
        if item.event.background:
            continue
        words = [one for one in item.members if one.voice.party == party and one.voice.official and not one.voice.anonymous]
        if words:
            rank = (-len({one.evidence.report for one in words}), item.event.id)
            if best is None or rank < (best[0], best[1]):
                best = (*rank, item, words)
    return (best[2], best[3]) if best is not None else None
