"""The state that an official belongs to whose description names none: only as far as the report itself says so."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from sightline.stories.parties import STATE_KINDS, Parties
from sightline.types import Claim, Reading, Source, SourceForm

_LOCAL = re.compile(
    r"\b(?:police|firefighters?|fire (?:service|brigade|department)|hospital|coroner|mayor|governor|local|regional|rescuers?|coast ?guard)\b",
    re.I,
)
_GOVERNMENT = re.compile(r"\b(?:government|authorit\w+|ministry|military|intelligence|presidential)\b", re.IGNORECASE)
_OFFICE = re.compile(
    r"\b(?:government|authorities|ministry|minister|military|army|navy|air force|police|prosecutors?|court|president\w*|parliament|officials?"
    r"|(?:electoral|election) commission|junta|soldiers|officers|state (?:media|television|tv|radio|news agency)"
    r"|(?:geological|seismological|meteorological|weather) \w+|coast ?guard)\b",
    re.IGNORECASE,
)
_ABROAD = re.compile(r"\b(?:foreign|western|european|un|u\.n\.|nato|embassy|diplomats?)\b(?! ministry)", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:army|navy|air force|military|police|coast ?guard|[a-z]+ ministry|court|parliament|state (?:media|television|tv|radio))\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"^(?:an? |the |that |this )*(?:second|another|third|same)\b,?\s*(?:senior |government )*(?:officials?|sources?)\b", re.IGNORECASE
)
_APPOSED = re.compile(r",\s(?:an?|the)\s(?P<office>[^,.;:\n\"”]{3,80})")


class Side(msgspec.Struct, frozen=True):
    """A party that the report implies; ``guessed`` where only the dateline or the carrier speaks for it."""

    party: str | None
    guessed: bool = False


def implied_party(reading: Reading, claim: Claim, link: Source, outer: list[Source], parties: Parties) -> Side:
    """The state of an official whose description names none.

    A local authority belongs to the state of the place that it speaks of; "an army spokesman" to the one state whose army the report
    names; "a second official" to the one state whose anonymous officials the report has named. A minister or ministry without a state
    is the dateline's where the report tells of that country, or without a dateline that of most of the report's places; so is a local
    authority without a place; "a government source" of a national newsroom to that newsroom's state: these three are guesses.
    """
    if link.kind not in STATE_KINDS:
        return Side(None)
    words = _described(reading, link)
    if _LOCAL.search(words):
        countries = {
            where.mention.place.country for where in claim.where if where.mention.place is not None and where.mention.place.country
        }
        if len(countries) == 1:
            return Side(f"state:{countries.pop()}")
        if not countries and (country := _main_country(reading)) is not None:
            return Side(f"state:{country}", guessed=True)
    if (own := _own_body(reading, words, min((span.start for span in link.spans), default=0))) is not None:
        return Side(own)
    if _GOVERNMENT.search(words) and outer and (home := parties.home_of(outer[0].name or outer[0].text)) is not None:
        return Side(home, guessed=True)
    if link.anonymous and _AGAIN.match(words.strip()):
        states = {
            party
            for attribution in reading.attributions
            if attribution.speaker is not None and attribution.speaker.anonymous and attribution.speaker.kind in STATE_KINDS
            if (party := parties.of_source(attribution.speaker)) is not None
        }
        if len(states) == 1:
            return Side(states.pop())
    if _OFFICE.search(words) and not _ABROAD.search(words):
        country = dateline_country(reading) if reading.dateline is not None else _main_country(reading)
        return Side(f"state:{country}", guessed=True) if country else Side(None)
    return Side(None)


def _described(reading: Reading, link: Source) -> str:
    """The office in a source's own words, in the apposition behind its name, or where the report names the same speaker in full."""
    text = reading.report.text
    told = [link]
    if link.actor is not None or link.form is SourceForm.PRONOUN:
        speakers = [attribution.speaker for attribution in reading.attributions if attribution.speaker is not None]
        told += [one for one in speakers if one.form is SourceForm.NAMED and (one.actor, one.name) == (link.actor, link.name)]
    for one in told:
        after = _APPOSED.match(text, one.spans[-1].end) if one.spans else None
        words = f"{one.text}, {after['office']}" if after is not None else one.text
        if _OFFICE.search(words) or _LOCAL.search(words):
            return words
    return link.text or link.name or ""


def _own_body(reading: Reading, words: str, before: int) -> str | None:
    """The one state whose body of that name the report has named before ("Sudan's army", then "an army spokesman")."""
    body = _BODY.search(words)
    if body is None:
        return None
    sides = {actor.id: actor.party for actor in reading.actors}
    found = {
        party
        for mention in reading.names
        if mention.actor is not None and mention.span.start < before and body[0].lower() in mention.text.lower()
        if (party := sides.get(mention.actor)) is not None and party.startswith("state:")
    }
    return found.pop() if len(found) == 1 else None


def _main_country(reading: Reading) -> str | None:
    """The country in which more than half of a report's places lie."""
    told = Counter(place.place.country for place in reading.places if place.place is not None and place.metonymy == "literal")
    country, number = told.most_common(1)[0] if told else (None, 0)
    return country if 2 * number > told.total() else None


def dateline_country(reading: Reading) -> str | None:
    """The country of a report's dateline, where at least half of the places that the report names beside it lie there too."""
    line = reading.dateline
    if line is None:
        return None
    literal = [place for place in reading.places if place.place is not None and place.place.country and place.metonymy == "literal"]
    head = {place.place.country for place in literal if line.start <= place.span.start < line.end and place.place is not None}
    rest = Counter(place.place.country for place in literal if not line.start <= place.span.start < line.end and place.place is not None)
    if len(head) != 1:
        return None
    country = head.pop()
    return country if rest and 2 * rest[country] >= rest.total() else None
