"""Whose word a claim is, once copies, agencies and quotations are followed back: the last link that a report lets one reach.

The chain runs page → version → dispatch → utterance → access → party. A page that retells an agency adds nothing to it; an agency
that quotes an official adds nothing to the official; a page that asserts something flatly and names nobody is its own dispatch, with
an origin that is not known, unless it says that it saw for itself.
"""

from __future__ import annotations

import re

import msgspec

from sightline.stories.chains import OutletChain, parse_outlet
from sightline.stories.copies import slug
from sightline.stories.observation import saw_itself
from sightline.stories.parties import NEWSROOM_KINDS, STATE_KINDS, Parties
from sightline.types import Access, Attribution, Claim, Interval, Reading, Source, SourceForm, SourceKind

_JOINED = re.compile(r"\s+and\s+|\s*,\s*|\s+as well as\s+")
_DIRECT = frozenset({Access.OBSERVED, Access.PARTICIPANT, Access.DOCUMENT})


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """The innermost speaker of one claim and how the words came to the page."""

    key: str
    """What equal speakers share across reports; see :func:`voices_of`."""
    kind: str
    """utterance, observation, document, dispatch, unknown."""
    speaker: str
    party: str | None = None
    access: Access = Access.UNKNOWN
    anonymous: bool = False
    via: tuple[str, ...] = ()
    said: Interval | None = None
    official: bool = False
    """Speaks for a state or is its media."""
    agency: bool = False
    """A news agency's own dispatch."""

    @property
    def observed(self) -> bool:
        """Whether the speaker saw for itself."""
        return self.access is Access.OBSERVED


def chain_of(reading: Reading, claim: Claim) -> list[Source]:
    """The links of a claim's attributions from the innermost speaker outwards, as far as the text itself names them."""
    links: list[Source] = []
    index = claim.attribution
    seen: set[int] = set()
    while index is not None and index not in seen and index < len(reading.attributions):
        seen.add(index)
        attribution = reading.attributions[index]
        if attribution.speaker is not None:
            links.append(attribution.speaker)
        links.extend(attribution.via)
        index = attribution.parent
    return links


def voices_of(reading: Reading, claim: Claim, parties: Parties) -> tuple[Voice, ...]:
    """Follows a claim back to its speaker, or speakers where two sides say it in one breath ("the two governments", "A and B").

    Keys: a registered speaker's actor id; ``anon:<party>:<through>`` for one whose name is withheld (several anonymous officials of
    one government through one agency are one); ``name:<slug>`` for a name that no table knows; ``page:<report id>`` where nobody
    is named.
    """
    chain = parse_outlet(reading.report.outlet)
    links = [link for link in chain_of(reading, claim) if not _empty(link)]
    sentence = claim.sentence.of(reading.report.text)
    attribution = reading.attributions[claim.attribution] if claim.attribution is not None else None
    for place, link in enumerate(links):
        if _is_hearsay(link) and place + 1 < len(links):
            continue
        return tuple(
            _spoken(reading, chain, speaker, links[place + 1 :], attribution, sentence, parties) for speaker in _each(link, parties)
        )
    return (_unattributed(reading, chain, sentence, parties),)


def _each(link: Source, parties: Parties) -> list[Source]:
    """A source that names several sides, taken apart; else the source itself."""
    if link.anonymous or not _JOINED.search(link.text):
        return [link]
    pieces = [piece.removeprefix("both ").strip() for piece in _JOINED.split(link.text) if piece.strip()]
    found: dict[str, Source] = {}
    for piece in pieces:
        actor, party, _ = parties.named(piece)
        state = parties.state_in(piece)
        party = party or (f"state:{state}" if state else None)
        if party is not None and party not in found:
            found[party] = msgspec.structs.replace(link, text=piece, name=piece, actor=actor, party=party, form=SourceForm.NAMED)
    return [found[party] for party in found] if len(found) > 1 else [link]


def _empty(link: Source) -> bool:
    return link.form is SourceForm.NONE or not (link.name or link.text or link.actor)


def _is_hearsay(link: Source) -> bool:
    """A link that stands for nobody in particular ("the media", "reports")."""
    return link.form is SourceForm.COLLECTIVE and link.kind in (SourceKind.OUTLET, SourceKind.UNKNOWN) and link.actor is None


def _spoken(
    reading: Reading,
    chain: OutletChain,
    link: Source,
    outer: list[Source],
    attribution: Attribution | None,
    sentence: str,
    parties: Parties,
) -> Voice:
    name = link.name or link.text
    party = parties.of_source(link)
    known_actor = _table_actor(link, parties)
    newsroom = link.kind in NEWSROOM_KINDS or (link.kind is SourceKind.UNKNOWN and _named_kind(name, parties) in ("agency", "outlet"))
    through = _through(chain, outer)
    access = link.access
    if access is Access.UNKNOWN and attribution is not None and attribution.attitude == "observation":
        access = Access.OBSERVED
    if newsroom and saw_itself(sentence, newsroom_speaks=True):
        access = Access.OBSERVED
    if newsroom and party is None:
        party = f"outlet:{slug(name)}"
    anonymous = link.anonymous or (known_actor is None and link.form in (SourceForm.ROLE, SourceForm.COLLECTIVE))
    if known_actor is not None and not anonymous:
        key = known_actor
    elif anonymous:
        key = f"anon:{party or slug(name)}:{slug(through[0]) if through else reading.report.id}"
    elif link.form in (SourceForm.PRONOUN, SourceForm.NONE):
        key = f"page:{reading.report.id}:{slug(name)}"
    else:
        key = f"name:{slug(name)}"
    kind = "utterance"
    if access is Access.OBSERVED:
        kind = "observation"
    elif link.kind is SourceKind.DOCUMENT or link.form is SourceForm.DOCUMENT:
        kind = "document"
    elif newsroom:
        kind = "dispatch"
    official = link.kind in STATE_KINDS or (party or "").startswith("state:")
    return Voice(
        key=key,
        kind=kind,
        speaker=_readable(link, name, anonymous),
        party=party,
        access=access,
        anonymous=anonymous,
        via=tuple(through),
        said=_said(reading, attribution),
        official=official,
        agency=newsroom and link.kind is not SourceKind.OUTLET,
    )


def _unattributed(reading: Reading, chain: OutletChain, sentence: str, parties: Parties) -> Voice:
    """A flat assertion: the furthest link of the outlet line if it is one, else the page itself."""
    name = chain.innermost or (chain.page if len(chain.stages) == 1 else None)
    own = saw_itself(sentence)
    if own and chain.page is not None:
        actor, party, _ = parties.named(chain.page)
        maker = party or f"outlet:{slug(chain.page)}"
        return Voice(key=f"seen:{actor or slug(chain.page)}", kind="observation", speaker=chain.page, party=maker, access=Access.OBSERVED)
    if name is None:
        listed = {parties.named(item)[1] for item in chain.stages[-1].names} if chain.stages else set()
        if len(listed) == 1 and (party := next(iter(listed))) is not None and party.startswith("state:"):
            names = " and ".join(chain.stages[-1].names)
            return Voice(key=f"party:{party}", kind="dispatch", speaker=names, party=party, official=True, via=_outer(chain))
        return Voice(key=f"page:{reading.report.id}", kind="unknown", speaker=chain.page or reading.report.id)
    actor, party, source_kind = parties.named(name)
    via = _outer(chain) if chain.innermost else ()
    if party is not None and party.startswith("state:"):
        return Voice(key=actor or f"name:{slug(name)}", kind="dispatch", speaker=name, party=party, official=True, via=via)
    if source_kind == "agency":
        return Voice(
            key=actor or f"name:{slug(name)}", kind="dispatch", speaker=name, party=party or f"outlet:{slug(name)}", via=via, agency=True
        )
    return Voice(key=f"page:{reading.report.id}", kind="unknown", speaker=name, via=via)


def _outer(chain: OutletChain) -> tuple[str, ...]:
    return tuple(name for stage in reversed(chain.stages[1:-1]) for name in stage.names)


def _through(chain: OutletChain, outer: list[Source]) -> list[str]:
    """Agencies and outlets that the words came through, nearest to the speaker first, the page last and left out where it is alone."""
    names = [link.name or link.text for link in outer if not _is_hearsay(link)]
    if not names and len(chain.stages) > 1 and len(chain.stages[-1].names) == 1:
        names = [stage.names[0] for stage in reversed(chain.stages[1:])]
    if not names and chain.page:
        names = [chain.page]
    return list(dict.fromkeys(names))


def _table_actor(link: Source, parties: Parties) -> str | None:
    if link.actor is not None and not link.actor.startswith("report:"):
        return link.actor
    name = link.name or link.text
    return parties.named(name)[0] if name and not link.anonymous else None


def _named_kind(name: str, parties: Parties) -> str | None:
    return parties.named(name)[2] if name else None


def _readable(link: Source, name: str, anonymous: bool) -> str:
    text = " ".join(name.split())
    if not anonymous:
        return text
    lowered = text[:1].lower() + text[1:] if not text[:2].isupper() and text.split()[0] in _ARTICLES else text
    for article in ("a ", "an ", "the ", "one ", "several ", "some ", "two "):
        if lowered.lower().startswith(article):
            lowered = lowered[len(article) :]
            break
    plural = lowered.rstrip(")").endswith("s") or (link.count or 1) > 1
    if lowered.startswith(("anonymous", "unnamed", "unidentified")):
        return lowered if plural else f"an {lowered}"
    return f"anonymous {lowered}" if plural else f"an anonymous {lowered}"


_ARTICLES = frozenset({"A", "An", "The", "One", "Several", "Some", "Two", "Another"})


def _said(reading: Reading, attribution: Attribution | None) -> Interval | None:
    """When it was said, where a time expression dates the cue itself ("said on Monday")."""
    if attribution is None:
        return None
    for time in reading.times:
        if time.interval is not None and time.governor is not None and any(cue.overlaps(time.governor) for cue in attribution.cue):
            return time.interval
    return None


def has_direct_access(voice: Voice, own_parties: frozenset[str]) -> bool:
    """Whether a speaker could know at first hand: it saw, took part, holds the document, or its side acts in the event or hosts it."""
    if voice.access in _DIRECT:
        return True
    return voice.party is not None and voice.party in own_parties and voice.official and voice.access is not Access.INFERRED
