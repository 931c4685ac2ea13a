"""The state that an official belongs to whose description names none."""

from __future__ import annotations

import re

from sightline.stories.parties import STATE_KINDS, Parties
from sightline.types import Claim, Reading, Source

_LOCAL = re.compile(
    r"\b(?:police|firefighters?|fire (?:service|brigade|department)|hospital|coroner|mayor|governor|local|regional|rescuers?|coast ?guard)\b",
    re.I,
)
_GOVERNMENT = re.compile(r"\b(?:government|authorit\w+|ministry|military|intelligence|presidential)\b", re.IGNORECASE)
_AGAIN = re.compile(
    r"^(?:an? |the |that |this )*(?:second|another|third|same)\b,?\s*(?:senior |government )*(?:officials?|sources?)\b", re.IGNORECASE
)


def implied_party(reading: Reading, claim: Claim, link: Source, outer: list[Source], parties: Parties) -> str | None:
    """The state of an official whose description names none.

    A local authority belongs to the state of the place that it speaks of; "a second official" to the one state whose anonymous officials
    the report has named; "a government source" of a national newsroom to that newsroom's state.
    """
    words = link.text or link.name or ""
    if link.kind not in STATE_KINDS:
        return None
    if _LOCAL.search(words):
        countries = {
            where.mention.place.country for where in claim.where if where.mention.place is not None and where.mention.place.country
        }
        return f"state:{countries.pop()}" if len(countries) == 1 else None
    if _GOVERNMENT.search(words) and outer and (home := parties.home_of(outer[0].name or outer[0].text)) is not None:
        return home
    if link.anonymous and _AGAIN.match(words.strip()):
        states = {
            party
            for attribution in reading.attributions
            if attribution.speaker is not None and attribution.speaker.anonymous and attribution.speaker.kind in STATE_KINDS
            if (party := parties.of_source(attribution.speaker)) is not None
        }
        if len(states) == 1:
            return states.pop()
    return None
