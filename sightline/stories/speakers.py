"""How a speaker is called: "anonymous" of persons whose name is withheld, their own words of bodies and offices."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from sightline.types import Reading, Source

_WORDS: dict[str, list[str]] = tomllib.loads(files("sightline.stories").joinpath("data", "speakers.toml").read_text(encoding="utf-8"))
_PERSONS, _ON_RECORD, _BODIES = (frozenset(_WORDS[key]) for key in ("persons", "on_record", "bodies"))
_MASS = frozenset({"police", "media", "television", "people"})
_ARTICLE = re.compile(r"^(?:an?|the|one|several|some|two|another|other)\s+(?=\S)", re.IGNORECASE)
_AFTER_HEAD = re.compile(
    r"\s+(?:of|in|at|from|with|close|for|who|which|on|near|inside|within|familiar|involved|speaking|briefed|by|to)\b|,"
)
_POSSESSIVE = re.compile(r"^(?:its|his|her|their|our)\s+", re.IGNORECASE)


def head_of(words: str) -> str:
    """The noun that a description is about, lower-cased.

    >>> head_of("a doctor at the city's hospital")
    'doctor'
    >>> head_of("Russian news agencies")
    'agencies'
    """
    pieces = _AFTER_HEAD.split(words.strip(), maxsplit=1)[0].split()
    return pieces[-1].strip("()\"'").lower() if pieces else ""


def is_withheld(words: str) -> bool:
    """Whether a description is of persons whose names the report leaves out.

    >>> is_withheld("a senior official"), is_withheld("several officials"), is_withheld("police"), is_withheld("the ship's operator")
    (True, True, False, False)
    """
    head = head_of(words)
    return head in _PERSONS or head.removesuffix("s") in _PERSONS or head.removesuffix("es") in _PERSONS


def called(reading: Reading, link: Source, name: str, *, unnamed: bool) -> tuple[str, bool]:
    """What an editor would call a speaker, and whether its name is withheld.

    ``unnamed`` tells that no name of the speaker is known; ``name`` is its name, or else its description.
    """
    text = " ".join(name.split())
    if not unnamed:
        return text, False
    own = _of_whom(reading, link, text)
    bare = _ARTICLE.sub("", own)
    first = bare.split(maxsplit=1)[0] if bare else ""
    if first.lower() in _PERSONS | _BODIES | _ON_RECORD or first.lower().removesuffix("s") in _PERSONS or first.lower() == "unnamed":
        bare = bare[:1].lower() + bare[1:]
    head = head_of(bare)
    plural = (head.endswith("s") and not head.endswith("ss")) or head == "people" or (link.count or 1) > 1
    if bare.lower().startswith(("anonymous", "unnamed", "unidentified")):
        return (bare if plural else f"{_indefinite(bare)} {bare}"), True
    if is_withheld(bare) or (link.anonymous and head not in _BODIES):
        return (f"anonymous {bare}" if plural else f"an anonymous {bare}"), True
    if not plural and head not in _MASS and (article := _ARTICLE.match(own)) is not None:
        definite = article[0].lower().strip() == "the"
        return f"{'the' if definite else _indefinite(bare)} {bare}", link.anonymous
    return bare, link.anonymous


def _of_whom(reading: Reading, link: Source, text: str) -> str:
    """ "Her office" with the name of whom it is; "its operator" as the operator, where the reading does not know of what."""
    match = _POSSESSIVE.match(text)
    if match is None:
        return text
    rest = text[match.end() :]
    starts = {span.start for span in link.spans}
    names = {actor.id: actor.name for actor in reading.actors if actor.kind == "person"}
    for mention in reading.names:
        if mention.span.start in starts and mention.actor in names and mention.span.length <= match.end():
            return f"{names[mention.actor]}'s {rest}"
    return f"the {rest}"


def _indefinite(words: str) -> str:
    return "an" if words[:1].lower() in "aeiou" else "a"
