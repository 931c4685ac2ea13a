"""Whose word a claim is, once copies, agencies and quotations are followed back: the last link that a report lets one reach.

The chain runs page → version → dispatch → utterance → access → party. A page that retells an agency adds nothing to it; an agency
that quotes an official adds nothing to the official; a page that asserts something flatly and names nobody is its own dispatch, with
an origin that is not known, unless it says that it saw for itself.
"""

from __future__ import annotations

import re

import msgspec

from sightline.stories.chains import OutletChain, Stage, parse_outlet
from sightline.stories.copies import slug
from sightline.stories.implied import implied_party
from sightline.stories.observation import saw_itself, whose_eyes
from sightline.stories.parties import NEWSROOM_KINDS, Parties
from sightline.stories.speakers import called
from sightline.types import Access, Attribution, Claim, Interval, Reading, Source, SourceForm, SourceKind

_AUTHORITIES = frozenset({SourceKind.OFFICIAL, SourceKind.GOVERNMENT, SourceKind.INTELLIGENCE})
"""They "see indications" more often than the thing itself."""
_SECOND_HAND = frozenset({Access.INFERRED, Access.TOLD})
_JOINED = re.compile(r"\s+and\s+|\s*,\s*|\s+as well as\s+")
_LABEL = re.compile(r"^(?P<name>[A-Z][\w.'’-]*(?:\s+[\w.'’-]+){0,5})(?:,[^:.]{0,60})?:\s")
_CITES = re.compile(r"\b(?:cit(?:ed|es|ing)|quot(?:ed|es|ing))\b", re.IGNORECASE)
_DESCRIBED = re.compile(r"(?:An?|The|Its|His|Her|Their)\s|[a-z]")
_DIRECT = frozenset({Access.OBSERVED, Access.PARTICIPANT, Access.DOCUMENT})


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """The innermost speaker of one claim and how the words came to the page."""

    key: str
    """What equal speakers share across reports; see :func:`voices_of`."""
    kind: str
    """utterance, observation, document, dispatch, unknown."""
    speaker: str
    actor: str | None = None
    """Actor id, as the report has it."""
    party: str | None = None
    access: Access = Access.UNKNOWN
    anonymous: bool = False
    via: tuple[str, ...] = ()
    said: Interval | None = None
    official: bool = False
    """Speaks for a state or is its media."""
    agency: bool = False
    """A news agency's own dispatch."""
    guessed: bool = False
    """Its party is taken from the dateline or the newsroom that carries it."""

    @property
    def observed(self) -> bool:
        """Whether the speaker saw for itself."""
        return self.access is Access.OBSERVED


def chain_of(reading: Reading, claim: Claim) -> list[Source]:
    """The links of a claim's attributions from the innermost speaker outwards, as far as the text itself names them.

    A newsroom that is said to cite somebody in the same sentence stands behind that somebody ("Interfax, citing officials, said").
    """
    links: list[Source] = []
    index = claim.attribution
    seen: set[int] = set()
    while index is not None and index not in seen and index < len(reading.attributions):
        seen.add(index)
        attribution = reading.attributions[index]
        if attribution.speaker is not None:
            cited = None if links else _cited(reading, claim, index)
            if cited is not None:
                links.append(cited)
            links.append(attribution.speaker)
        links.extend(link for link in attribution.via if reading.report.outlet not in (link.text, link.name))
        index = attribution.parent
    return links


def _cited(reading: Reading, claim: Claim, index: int) -> Source | None:
    """Whom the speaker of an attribution cites in the claim's sentence."""
    speaker = reading.attributions[index].speaker
    text = reading.report.text
    for other, attribution in enumerate(reading.attributions):
        if other == index or attribution.speaker is None or not attribution.cue or not claim.sentence.contains(attribution.cue[0]):
            continue
        if not _CITES.search(" ".join(span.of(text) for span in attribution.cue)):
            continue
        names = {name for link in attribution.via for name in (link.name, link.text)}
        if speaker is not None and speaker.name in names and attribution.speaker.name != speaker.name:
            return attribution.speaker
    return None


def voices_of(reading: Reading, claim: Claim, parties: Parties) -> tuple[Voice, ...]:
    """Follows a claim back to its speaker, or speakers where two sides say it in one breath ("the two governments", "A and B").

    Keys: a registered speaker's actor id; ``anon:<party>:<through>`` for one whose name is withheld (several anonymous officials of
    one government through one agency are one); ``name:<slug>`` for a name that no table knows; ``page:<report id>`` where nobody
    is named.
    """
    chain = _line(reading)
    links = [link for link in chain_of(reading, claim) if not _empty(link)]
    sentence = claim.sentence.of(reading.report.text)
    clause = _clause(reading, claim)
    attribution = reading.attributions[claim.attribution] if claim.attribution is not None else None
    for place, link in enumerate(links):
        if _is_hearsay(link) and place + 1 < len(links):
            continue
        spoken = attribution if attribution is not None and link is attribution.speaker else None
        words = " ".join(span.of(reading.report.text) for span in spoken.source) if spoken is not None else link.text
        return tuple(
            _spoken(reading, claim, chain, speaker, links[place + 1 :], attribution, clause, parties)
            for speaker in _each(link, words, parties)
        )
    labelled = _label(sentence, parties)
    if labelled is not None and attribution is None:
        return (_spoken(reading, claim, chain, labelled, [], None, clause, parties),)
    return (_unattributed(reading, chain, clause, parties),)


def _line(reading: Reading) -> OutletChain:
    """The outlet line, with the agency that the dateline credits as its furthest link where it names none."""
    chain = parse_outlet(reading.report.outlet)
    if reading.agency is None or len(chain.stages) != 1 or chain.page is None or slug(chain.page) == slug(reading.agency):
        return chain
    return OutletChain((*chain.stages, Stage((reading.agency,))))


def _clause(reading: Reading, claim: Claim) -> str:
    """The claim's own clause with the words that attribute it: what a neighbouring clause saw is not what this one tells."""
    text = reading.report.text
    words = [claim.span.of(text)]
    if claim.attribution is not None:
        attribution = reading.attributions[claim.attribution]
        words += [span.of(text) for span in (*attribution.source, *attribution.cue)]
    return " ".join(words)


def _label(sentence: str, parties: Parties) -> Source | None:
    """The speaker of a sentence in the style of a ticker: "KCNA: the train left", "The Seoul ministry: ..."."""
    match = _LABEL.match(sentence.strip())
    if match is None:
        return None
    name = match["name"].removeprefix("The ").strip()
    actor, party, kind = parties.named(name)
    if actor is None and party is None:
        return None
    return Source(
        form=SourceForm.NAMED,
        kind=SourceKind(kind) if kind in set(SourceKind) else SourceKind.UNKNOWN,
        text=name,
        name=name,
        actor=actor,
        party=party,
    )


def _each(link: Source, words: str, parties: Parties) -> list[Source]:
    """A source that names several sides, taken apart; else the source itself."""
    if link.anonymous or not _JOINED.search(words):
        return [link]
    pieces = [piece.removeprefix("both ").removeprefix("Both ").strip(" ,") for piece in _JOINED.split(words) if piece.strip(" ,")]
    found: dict[str, Source] = {}
    for piece in pieces:
        actor, party, _ = parties.named(piece)
        state = parties.state_in(piece) if len(piece.split()) <= 4 else None
        party = party or (f"state:{state}" if state else None)
        if party is not None and party not in found:
            found[party] = msgspec.structs.replace(link, text=piece, name=piece, actor=actor, party=party, form=SourceForm.NAMED)
    return [found[party] for party in found] if len(found) > 1 else [link]


def _empty(link: Source) -> bool:
    return link.form is SourceForm.NONE or not (link.name or link.text or link.actor)


def _is_hearsay(link: Source) -> bool:
    """A link that stands for nobody in particular ("the media", "reports")."""
    return link.form is SourceForm.COLLECTIVE and link.kind in (SourceKind.OUTLET, SourceKind.UNKNOWN) and link.actor is None


def is_common_noun(name: str, text: str) -> bool:
    """Whether a name of one word is a noun with a capital ("Group claims attack"): the report has it in small letters too."""
    return name[:1].isupper() and name[1:].islower() and re.search(rf"\b{re.escape(name.lower())}\b", text) is not None


def _spoken(
    reading: Reading,
    claim: Claim,
    chain: OutletChain,
    link: Source,
    outer: list[Source],
    attribution: Attribution | None,
    sentence: str,
    parties: Parties,
) -> Voice:
    name = link.name or link.text
    registered, registered_party, registered_kind = (None, None, None) if link.anonymous else parties.named_by(link)
    newsroom = registered_kind in ("agency", "outlet") or (registered is None and link.kind in NEWSROOM_KINDS)
    party = registered_party or parties.of_source(link)
    guessed = False
    if party is None and not newsroom:
        side = implied_party(reading, claim, link, outer, parties)
        party, guessed = side.party, side.guessed
    day = reading.report.published.value[:10] if reading.report.published is not None else ""
    if day and (party or "").startswith("state:") and not parties.in_office(registered or link.actor, day):
        # Who has left office speaks for himself.
        party = None
    known_actor = registered or (link.actor if link.actor is not None and not link.actor.startswith("report:") else None)
    through = _through(chain, outer, parties)
    access = link.access
    if access is Access.UNKNOWN and attribution is not None and attribution.attitude == "observation":
        access = Access.OBSERVED
    if link.kind in _AUTHORITIES and access is Access.OBSERVED:
        access = Access.INFERRED
    if newsroom:
        access = Access.OBSERVED if saw_itself(sentence, newsroom_speaks=True) else Access.UNKNOWN
        party = party or (link.party if (link.party or "").startswith("outlet:") else f"outlet:{slug(name)}")
    # A description that the report itself gives a name to ("her lawyer", of a Maria Kessler) is that named person.
    given = link.actor is not None and bool(link.name) and link.name != link.text and not _DESCRIBED.match(link.name or "")
    unnamed = link.anonymous or (known_actor is None and not given and link.form in (SourceForm.ROLE, SourceForm.COLLECTIVE))
    speaker, anonymous = called(reading, link, name if known_actor is None else parties.short(name), unnamed=unnamed)
    if known_actor is not None and not unnamed:
        key = known_actor
    elif unnamed:
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
    return Voice(
        key=key,
        kind=kind,
        speaker=speaker,
        actor=None if known_actor is None and is_common_noun(name, reading.report.text) else link.actor,
        party=party,
        access=access,
        anonymous=anonymous,
        via=tuple(carrier for carrier in through if carrier != speaker),
        said=_said(reading, attribution),
        official=(party or "").startswith("state:"),
        guessed=guessed,
        agency=newsroom and registered_kind != "outlet" and link.kind is not SourceKind.OUTLET,
    )


def _unattributed(reading: Reading, chain: OutletChain, sentence: str, parties: Parties) -> Voice:
    """A flat assertion: the furthest link of the outlet line if it is one, else the page itself."""
    name = chain.innermost or (chain.page if len(chain.stages) == 1 else None)
    if chain.innermost is not None and _quoted(reading, chain.innermost, parties):
        name = None
    eyes = whose_eyes(sentence, chain.page, parties) if saw_itself(sentence) else None
    if eyes is not None:
        actor, party, _ = parties.named(eyes)
        maker = party or f"outlet:{slug(eyes)}"
        return Voice(key=f"seen:{actor or slug(eyes)}", kind="observation", speaker=eyes, party=maker, access=Access.OBSERVED)
    if name is None and chain.innermost is None:
        listed = {parties.named(item)[1] for item in chain.stages[-1].names} if chain.stages else set()
        if len(listed) == 1 and (party := next(iter(listed))) is not None and party.startswith("state:"):
            names = " and ".join(chain.stages[-1].names)
            return Voice(key=f"party:{party}", kind="dispatch", speaker=names, party=party, official=True, via=_outer(chain))
    if name is None:
        return Voice(key=f"page:{reading.report.id}", kind="unknown", speaker=chain.page or f"unnamed page {reading.report.id}")
    actor, party, source_kind = parties.named(name)
    via = _outer(chain) if chain.innermost else ()
    if party is not None and party.startswith("state:"):
        return Voice(key=actor or f"name:{slug(name)}", kind="dispatch", speaker=name, party=party, official=True, via=via)
    if source_kind == "agency":
        return Voice(
            key=actor or f"name:{slug(name)}", kind="dispatch", speaker=name, party=party or f"outlet:{slug(name)}", via=via, agency=True
        )
    return Voice(key=f"page:{reading.report.id}", kind="unknown", speaker=name, via=via)


def _quoted(reading: Reading, name: str, parties: Parties) -> bool:
    """Whether the text itself gives words to the furthest link of its outlet line; what it says flatly then need not be that link's."""
    actor = parties.named(name)[0]
    for attribution in reading.attributions:
        for link in (attribution.speaker, *attribution.via):
            if link is None or link.name is None or link.text == reading.report.outlet:
                continue
            if link.name == name or (actor is not None and actor == parties.named(link.name)[0]):
                return True
    return False


def _outer(chain: OutletChain) -> tuple[str, ...]:
    return tuple(name for stage in reversed(chain.stages[1:-1]) for name in stage.names)


def _through(chain: OutletChain, outer: list[Source], parties: Parties) -> list[str]:
    """Agencies and outlets that the words came through, nearest to the speaker first, the page last and left out where it is alone."""
    names = [link.name or link.text for link in outer if not _is_hearsay(link) and not link.anonymous]
    names = [parties.short(name) for name in names if name != chain.page]
    if not names and len(chain.stages) > 1 and len(chain.stages[-1].names) == 1:
        names = [parties.short(stage.names[0]) for stage in reversed(chain.stages[1:])]
    if not names and chain.page:
        names = [chain.page]
    return list(dict.fromkeys(names))


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
    speaks_for_it = voice.official or (voice.party or "").startswith(("group:", "org:"))
    return voice.party is not None and voice.party in own_parties and speaks_for_it and voice.access not in _SECOND_HAND
