"""The happening tables, frames and word lists, read once from ``data/``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

SUBJECTS = ("movement", "talks", "conflict", "law", "politics", "disaster", "economy")


_NATURE = frozenset({"quake", "storm", "fire", "volcano", "disease", "slide", "blast", "measure", "office"})


class Condition(NamedTuple):
    """What an entry asks of the sentence: ``kind`` obj, subj, prep, ...; ``value`` a word, a class or "" for mere presence."""

    kind: str
    value: str
    wanted: bool


class Entry(NamedTuple):
    """One sense of a verb, noun or adjective."""

    type: str
    words: tuple[str, ...]
    """Words that follow the lemma: a particle or a set phrase."""
    conditions: tuple[Condition, ...]

    @property
    def specificity(self) -> int:
        """Entries that ask for more are tried first; the forces of nature before their look-alikes in war."""
        score = 3 * len(self.words)
        for condition in self.conditions:
            score += 3 if condition.kind == "with" else 2 if condition.value and condition.wanted else 1
            score += 1 if condition.value in _NATURE else 0
        return score


class Frame(NamedTuple):
    """Which part each grammatical relation plays."""

    subject: str
    object: str
    alone: str
    prep: dict[str, str]
    noun_of: str
    noun_poss: str
    noun_mod: str


class Happening(NamedTuple):
    """A type of happening."""

    type: str
    frame: Frame
    """With the type's own changes to the general frame."""
    frames: dict[str, Frame]
    """Frames of single words that differ from the type's."""
    frame_name: str
    aspect: str
    """point, process or state."""
    object: str
    """Role of a bare place object, a key of Where."""
    objects: dict[str, str]
    """The same for single words that differ."""


class Tables(NamedTuple):
    """All language knowledge of the claims."""

    happenings: dict[str, Happening]
    verbs: dict[str, tuple[Entry, ...]]
    nouns: dict[str, tuple[Entry, ...]]
    adjectives: dict[str, tuple[Entry, ...]]
    classes: dict[str, frozenset[str]]
    fields: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    slots: dict[str, str]
    """Noun -> slot that it asks for."""
    unknown_adjectives: frozenset[str]
    unknown_verbs: frozenset[str]
    withhold: frozenset[str]
    wh: dict[str, str]
    background_adverbs: frozenset[str]
    background_phrases: tuple[str, ...]
    where: dict[str, str]


def parse_entry(text: str, happening: str) -> Entry:
    """Reads ``leave ?obj:place`` (the lemma is left to the caller).

    >>> parse_entry("take off ?-obj", "departure")
    Entry(type='departure', words=('off',), conditions=(Condition(kind='obj', value='', wanted=False),))
    """
    words, conditions = [], []
    for part in text.split()[1:]:
        if part.startswith("?"):
            wanted = not part.startswith("?-")
            kind, _, value = part.lstrip("?-").partition(":")
            conditions.append(Condition(kind, value, wanted))
        else:
            words.extend(part.split("_"))
    return Entry(happening, tuple(words), tuple(conditions))


@cache
def tables() -> Tables:
    """The shipped tables."""
    frames = _frames()
    happenings: dict[str, Happening] = {}
    indexes: dict[str, dict[str, list[Entry]]] = {"verbs": {}, "nouns": {}, "adjectives": {}}
    for subject in SUBJECTS:
        for name, raw in _load(subject).items():
            frame = frames[raw["frame"]]._replace(**{key: raw[key] for key in Frame._fields if key in raw and key != "object"})
            own = {lemma: frames[other] for lemma, other in raw.get("frames", {}).items()}
            happenings[name] = Happening(name, frame, own, raw["frame"], raw["aspect"], raw["object"], raw.get("objects", {}))
            for part, index in indexes.items():
                for text in raw.get(part, "").split(","):
                    if text.strip():
                        index.setdefault(text.split()[0], []).append(parse_entry(text, name))
    happenings |= _without_words(frames)
    words = _load("words")
    lists = {name: frozenset(value.split()) for name, value in words.items() if isinstance(value, str)}
    return Tables(
        happenings=happenings,
        verbs=_ordered(indexes["verbs"]),
        nouns=_ordered(indexes["nouns"]),
        adjectives=_ordered(indexes["adjectives"]),
        classes={name: frozenset(value.split()) for name, value in _load("classes").items()},
        fields={name: frozenset(value.split()) for name, value in _load("fields").items()},
        words=lists,
        slots={noun: slot for slot, nouns in words["slots"].items() for noun in nouns.split()},
        unknown_adjectives=frozenset(words["unknown"]["adjectives"].split()),
        unknown_verbs=frozenset(words["unknown"]["verbs"].split()),
        withhold=frozenset(words["unknown"]["withhold"].split()),
        wh=words["unknown"]["wh"],
        background_adverbs=frozenset(words["background"]["adverbs"].split()),
        background_phrases=tuple(words["background"]["phrases"]),
        where=words["where"],
    )


@cache
def _frames() -> dict[str, Frame]:
    """The frames that the types build on, by name."""
    return {name: Frame(**raw) for name, raw in _load("frames").items()}


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


def _ordered(index: dict[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    return {lemma: tuple(sorted(entries, key=lambda entry: -entry.specificity)) for lemma, entries in index.items()}


def _without_words(frames: dict[str, Frame]) -> dict[str, Happening]:
    """Types that no single word names: found by the shape of the clause."""
    return {
        "presence": Happening("presence", frames["undergo_agent"], {}, "undergo_agent", "state", "at", {}),
        "distance": Happening("distance", frames["undergo"], {}, "undergo", "state", "at", {}),
        "measure": Happening("measure", frames["undergo"], {}, "undergo", "state", "at", {}),
    }


@cache
def happening(type_: str) -> Happening:
    """The happening of a type; types outside the table ("other:repaint") get the general frame."""
    known = tables().happenings.get(type_)
    if known is not None:
        return known
    return Happening(type_, _frames()["generic"], {}, "generic", "point", "at", {})
