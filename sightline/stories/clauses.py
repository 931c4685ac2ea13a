"""A report's own words for a happening: the best whole clause among those that tell of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from importlib.resources import files

import msgspec

from sightline.stories.origins import Sourced
from sightline.types import Claim, Status

WORDS: dict[str, list[str]] = tomllib.loads(files("sightline.stories").joinpath("data", "clauses.toml").read_text(encoding="utf-8"))
_NO_START, _AUXILIARIES = frozenset(WORDS["no_start"]), frozenset(WORDS["auxiliaries"])
_SAME_PAST, _PASSIVE_ONLY = frozenset(WORDS["same_past"]), frozenset(WORDS["passive_only"])
LEAST, MOST = 4, 14
"""Words of a clause that can stand alone as a line."""
_SLACK = 2
"""A clause no longer than this beyond ``MOST`` is better whole than cut."""
_CONJUNCTION = re.compile(
    r"^(?:(?:and|but|yet|so)\s+)?(?:(?:\w+\s+(?:minutes?|hours?|days?|weeks?|months?|years?)\s+)?"
    r"(?:after|before)|that|when|as|because|since|while|although|where|unless|if|until|once|though|whereas)\s+",
    re.IGNORECASE,
)
_AS_SAID = re.compile(
    r"^as\s+(?:(?:previously|earlier|already)\s+)?(?:reported|noted|announced|expected|planned)\b[^,]*,\s*", re.IGNORECASE
)
_RELATIVE = re.compile(r"^(?:which|who|whose|whom|what|how|why)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|our|Our|my|My|us|me)\b")
_ASIDE = re.compile(r"^\s*(?:which|who|whose|where|including|according|\d|[a-z])")
_BREAK = re.compile(
    r"\s+(?=(?:after|when|while|as|because|although|where|which|who|that|and|but|in|on|at|from|with|by|for|through|during|before|amid|near|to|"
    r"following|including|about|around)\s)"
)
_SUBORDINATE = re.compile(r"\s+(?=(?:after|when|while|because|although|which|before|amid|following|including)\s)")
_LOOSE = re.compile(
    r"(?:[\s,;:–—-]+|\s(?:early|late|about|around|just|only|some|the|a|an|and|or|of|its|his|her|their|that|which|who|more|than|at least"
    r"|up to|even|also|was|were|is|are|has|have|had|according|starting|beginning|using|killing|saying|citing))+$"
)
_QUOTES = str.maketrans(dict.fromkeys('"“”„«»', ""))


class Clause(msgspec.Struct, frozen=True):
    """A clause fit to stand alone, and how well."""

    text: str
    score: float


def best_clause(members: Sequence[Sourced], name: Callable[[str], str] = str) -> tuple[str, str] | None:
    """The fittest clause of a happening's claims with the claim's id; ``None`` where none has its own subject and a finite verb.

    ``name`` gives the readable name of an actor id, for a clause whose subject is a pronoun.
    """
    found: dict[str, tuple[float, str]] = {}
    happened = any(one.evidence.status in (Status.HAPPENED, Status.UNDER_WAY) for one in members)
    for one in members:
        if happened and one.evidence.status is Status.DENIED:
            continue  # Words that somebody denies are no line for what others say happened.
        denies = one.evidence.status is Status.DENIED and not one.voice.anonymous
        speaks = one.voice.kind == "utterance" and (denies or _speak_of_themselves(one.evidence.claim))
        clause = clause_of(one.evidence.claim, one.evidence.surface, name, one.voice.speaker if speaks else None)
        if clause is None:
            continue
        score = clause.score
        score += 1.0 if one.evidence.status in (Status.HAPPENED, Status.UNDER_WAY) else 0.0
        score -= 1.0 if one.evidence.claim.background else 0.0
        if clause.text not in found or score > found[clause.text][0]:
            found[clause.text] = (score, one.evidence.id)
    if not found:
        return None
    best = min(found, key=lambda text: (-found[text][0], len(text), text))
    return best, found[best][1]


def _speak_of_themselves(claim: Claim) -> bool:
    """Whether those who say it did it: "the officers announced that they had taken power"."""
    return any(part.role == "agent" and part.actor is None and part.head == "they" for part in claim.participants)


def clause_of(claim: Claim, surface: str, name: Callable[[str], str] = str, speaker: str | None = None) -> Clause | None:
    """The words of a claim from its subject to the end of its clause, without conjunction, asides, and whoever says it.

    ``speaker`` is whoever is meant by a pronoun that names nobody: "they" in "the militia denied that they had agreed" are the militia.
    """
    base = claim.sentence.start
    start, end = max(0, claim.span.start - base), min(len(surface), claim.span.end - base)
    trigger = claim.trigger.start - base
    finish = claim.trigger.end - base
    lead = surface[start:trigger]
    joined = _AS_SAID.match(lead) or _CONJUNCTION.match(lead)
    if joined is not None:
        start += joined.end()
    elif _RELATIVE.match(lead):
        return None
    start += len(surface[start:trigger]) - len(surface[start:trigger].lstrip(" ,;:–—-\"“'‘"))
    if start < trigger and (dateline := _DATELINE.match(surface[start:trigger])) is not None:
        start += dateline.end()
    if start < trigger and (label := _LABEL.match(surface[start:trigger])) is not None:
        start += label.end()
    if start > trigger or (start == trigger and not _PREDICATE.match(surface[finish:])):
        return None
    lead = surface[start:trigger]
    inner = _SUBORDINATED.search(lead)
    if inner is not None:
        return None
    word = surface[trigger:finish]
    if _first(lead) in _PRONOUNS:
        actor = next(
            (part.actor for part in claim.participants if part.actor is not None and abs(part.span.start - start - base) <= 1), None
        )
        # "The police denied that he was arrested": he is not the police.
        subject = name(actor) if actor is not None else speaker if _first(lead) not in _ONE_PERSON else None
        # "they are" of one named body would not agree in number.
        if subject is not None and not _NUMBERED.match(lead):
            lead = f"{subject} {lead.partition(' ')[2]}"
    rest = _tail(surface[finish:end])
    headline = claim.sentence.start < _TOP and surface.rstrip()[-1:].isalnum()
    if not _finite(lead, word, claim, surface[finish:end], headline):
        rest = _tail(surface[finish:])
        if start > 0 and not _OPENING.search(surface[:start]):
            return None
        if len(lead.split()) > _MOST_BEFORE_A_NOUN or _first(lead) in _NO_START or not _PREDICATE.match(rest):
            return None
    lead = _without_asides(lead)
    text = _short(f"{lead}{word}{rest}", len(f"{lead}{word}".split()))
    if text is None:
        return None
    return Clause(text, _score(text, claim, start, surface, trigger))


_LABEL = re.compile(r"[A-Z][\w.'’-]*(?:\s+[\w.'’-]+){0,2}(?:,[^:.]{0,30})?:\s+(?=\S)")
"""A ticker's speaker before the words ("Interfax: the train left")."""
_DATELINE = re.compile(
    r"\s*(?:\([^()\n]{2,30}\)\s*[-–—:]*\s*)?[A-Z][A-Z .'’/-]{2,}[^\n]{0,60}?\s[-–—]+\s+|\s*[A-Z][\w .,'’-]{1,40}\([\w .]{2,20}\)\s*\.?[-–—]+\s+"
)
_SUBORDINATED = re.compile(r"(?:^|[\s,])(?:whether|if|to)\s+(?:[\w'’-]+\s+){0,2}$", re.IGNORECASE)


_OPENING = re.compile(r"[-–—]\s*$")
"""A dateline before the first words of a sentence."""
_MOST_BEFORE_A_NOUN = 4
_PREDICATE = re.compile(
    r"\s+(?:(?:has|have|had|is|are|was|were|will|would|could|may|might|can)\s+\w+|(?!(?:based|led|called|linked|caused|followed|used|needed)\b)"
    rf"[a-z]{{2,}}ed\s|(?:{'|'.join(WORDS['pasts'])})\s)"
)
"""What follows a noun that is its sentence's subject ("A fire swept through", "A thorough investigation is under way")."""


def _first(lead: str) -> str:
    return lead.split(maxsplit=1)[0].lower() if lead.strip() else ""


_ONE_PERSON = frozenset({"he", "she"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i"})
_NUMBERED = re.compile(r"^\w+\s+(?:are|were|have|am|do)\b", re.IGNORECASE)


def _finite(lead: str, word: str, claim: Claim, rest: str, headline: bool) -> bool:
    """Whether the trigger is a verb with a subject before it: by its auxiliaries, or by its form after a participant."""
    words = re.findall(r"[\w'’-]+", lead)
    if not words or words[0].lower() in _NO_START or words[0].lower() in _AUXILIARIES:
        return False
    before = [part.lower() for part in words[-4:]]
    subject = any(
        part.role in ("agent", "theme", "vehicle") and claim.span.start - 1 <= part.span.start < claim.trigger.start
        for part in claim.participants
    )
    helped = [part for part in before if part in _AUXILIARIES]
    lowered = word.lower()
    if before[-1] in ("to", "the", "a", "an", "of", "by", "in", "for", "no", "any", "this", "its", "his", "her", "their"):
        return False
    if lowered.endswith("ing"):
        return bool(helped)
    if lowered == claim.predicate.lower():
        # A bare form is a verb after an auxiliary or a plural subject, else a noun ("the damage").
        return (
            before[-1] in _AUXILIARIES
            or (len(before) > 1 and before[-2] in _AUXILIARIES and before[-1].endswith("ly"))
            or (subject and lowered in _SAME_PAST)
            or (
                subject and len(words) <= _SHORT_SUBJECT and words[-1].endswith("s") and (headline or _NAMED_OBJECT.match(rest) is not None)
            )
        )
    if helped:
        return True
    passive = not any(part.role == "agent" and part.span.start < claim.trigger.start for part in claim.participants)
    return subject and (not passive or lowered not in _PASSIVE_ONLY or _OBJECT.match(rest) is not None)


_TOP = 5
_SHORT_SUBJECT = 3
_NAMED_OBJECT = re.compile(r"\s+[A-Z]")
"""In a headline a plural and a name right behind the bare form make it a verb ("Soldiers seize Gabon's president")."""
_OBJECT = re.compile(r"\s+(?:the|an?|his|her|its|their|two|three|four|five|six|seven|eight|nine|ten|several|some|\d[\d,.]*)\s")
"""What a verb does it to stands right behind it; behind a participle it does not."""


def _without_asides(lead: str) -> str:
    """Takes out what stands between two commas before the verb ("The ship, which left on Friday, is")."""
    parts = lead.split(",")
    if len(parts) < 3:
        return lead
    middle = ",".join(parts[1:-1])
    return f"{parts[0]}{parts[-1]}" if _ASIDE.match(middle) else lead


def _tail(rest: str) -> str:
    """What follows the verb, up to a comma that ends the statement."""
    return _END.split(rest, maxsplit=1)[0]


_END = re.compile(
    r"(?<!\d),|,(?!\d)|[;—–]|:(?!\d)|\s-\s|(?<!\b[A-Z])(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bNo)"
    r"[.?!][\"”’']?\s+(?=[A-Z\"“])"
    r"|\s+(?:and|but)\s+(?=(?:[\w'’-]+\s+){1,4}(?:is|are|was|were|has|have|had|will|would|can|could|may)\s)"
)


def _short(text: str, least: int) -> str | None:
    """At most ``MOST`` words, cut where a phrase begins; ``None`` where that is not possible or too little is left."""
    text = " ".join(text.translate(_QUOTES).split())
    words = text.split()
    if len(words) > MOST + _SLACK:
        cuts = [match.start() for match in _BREAK.finditer(text)]
        cuts = [cut for cut in cuts if max(LEAST, least) <= len(text[:cut].split()) <= MOST]
        if not cuts:
            return None
        whole = [match.start() for match in _SUBORDINATE.finditer(text) if match.start() in cuts]
        text = text[: (whole or cuts)[-1] if not whole else whole[0]]
    if text.count("(") > text.count(")"):
        text = text[: text.rindex("(")]
    text = _LOOSE.sub("", text).strip(" ,;:!?'’-–—")
    text = text if text.endswith((".m.", "U.S.")) else text.rstrip(" .")
    text = f"{text}." if text.endswith((" a.m", " p.m")) else text
    if not LEAST <= len(text.split()) <= MOST + _SLACK:
        return None
    return text[:1].upper() + text[1:]


def _score(text: str, claim: Claim, start: int, surface: str, trigger: int) -> float:
    before = surface[:start]
    score = 1.0 if claim.sentence.start < _TOP else 0.0
    score += 2.0 if not before.strip() or re.search(r"[-–—]\s*$", before) else 0.0
    score -= 1.0 if _first(surface[start:trigger]) in _PRONOUNS else 0.0
    score -= 2.0 if _FIRST_PERSON.search(text) else 0.0
    score += min(2, len(claim.participants)) * 0.5 + 0.5 * bool(claim.when) + 1.0 * bool(claim.where)
    # The news comes in with "a fire", its details are told of "the fire".
    score += 0.5 * text.startswith(("A ", "An ")) - 0.5 * text.startswith("The ")
    score -= 0.1 * abs(len(text.split()) - 9)
    # A verb that stands far behind its subject, or a quotation, reads less well.
    score -= 0.5 * surface[start:trigger].count(",") + 0.5 * (surface[:trigger].count('"') % 2 + surface[:trigger].count("“"))
    return score
