"""The tables of this room, read once: roles, bodies, documents, anonymity formulae, cues."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from sightline.extract.certainty.lexicon import inflect, irregular_verbs
from sightline.types import SourceKind


class SourceWords(NamedTuple):
    """Word lists keyed for one look-up a token; phrases are joined by ``_``."""

    persons: dict[str, SourceKind]
    by_body: dict[str, SourceKind]
    bodies: dict[str, SourceKind]
    documents: frozenset[str]
    channels: frozenset[str]
    modifiers: dict[str, SourceKind]
    state_modifiers: frozenset[str]
    formula: re.Pattern[str]
    unnamed: frozenset[str]
    withheld: frozenset[str]
    on_record: frozenset[str]
    verbs: dict[str, str]
    """inflected form of a reporting verb → lemma."""
    addressee_object: frozenset[str]
    addressee_to: frozenset[str]
    cite: frozenset[str]
    cite_phrases: tuple[tuple[str, ...], ...]
    relayed_by: frozenset[str]
    exchange: frozenset[str]
    exchange_prepositions: frozenset[str]
    speaking: frozenset[str]
    attitude: dict[str, str]
    plain: frozenset[str]
    no_comment: frozenset[str]


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("sightline.extract.sources").joinpath("data").joinpath(name).read_text(encoding="utf-8"))


def _kinds(groups: dict[str, str]) -> dict[str, SourceKind]:
    out: dict[str, SourceKind] = {}
    for kind, words in groups.items():
        for word in words.split():
            out.setdefault(word, SourceKind(kind))
            if "_" not in word:
                out.setdefault(plural(word), SourceKind(kind))
    return out


def plural(noun: str) -> str:
    """The plural of an English noun by rule.

    >>> plural("deputy"), plural("witness"), plural("spokesman")
    ('deputies', 'witnesses', 'spokesmen')
    """
    if noun.endswith(("man", "woman")):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


@cache
def source_words() -> SourceWords:
    """The tables, read once and kept."""
    roles, anonymity, cues = _table("roles.toml"), _table("anonymity.toml"), _table("cues.toml")
    bodies = {kind: group["words"] for kind, group in roles["body"].items()}
    attitude: dict[str, str] = {}
    for name, words in cues["attitude"].items():
        if name not in ("plain", "no_comment"):
            for word in words.split():
                attitude.setdefault(word, name)
    plain = cues["attitude"]["plain"].split()
    known = {*attitude, *plain, *cues["addressee_object"].split(), *cues["addressee_to"].split(), *cues["cite"].split(), "refer", "relate"}
    irregular = irregular_verbs()
    verbs = {form: lemma for lemma in sorted(known) for form in inflect(lemma, irregular)}
    withheld = anonymity["withheld"].split()
    return SourceWords(
        persons=_kinds(roles["person"]),
        by_body=_kinds(roles["by_body"]),
        bodies=_kinds(bodies),
        documents=frozenset(form for word in roles["document"]["words"].split() for form in (word, plural(word))),
        channels=frozenset(roles["channel"]["social_media"].split()),
        modifiers=_kinds(roles["source_modifier"]),
        state_modifiers=frozenset(roles["state_media"]["modifiers"].split()),
        formula=re.compile("|".join(f"(?:{one})" for one in anonymity["formulae"]), re.IGNORECASE),
        unnamed=frozenset(anonymity["adjectives"].split()),
        withheld=frozenset(form for word in withheld for form in (word, plural(word))),
        on_record=frozenset(form for word in anonymity["on_record"].split() for form in (word, plural(word))),
        verbs=verbs,
        addressee_object=frozenset(cues["addressee_object"].split()),
        addressee_to=frozenset(cues["addressee_to"].split()),
        cite=frozenset(cues["cite"].split()),
        cite_phrases=tuple(tuple(phrase.split()) for phrase in cues["cite_phrases"]),
        relayed_by=frozenset(cues["relayed_by"].split()),
        exchange=frozenset(cues["exchange"].split()),
        exchange_prepositions=frozenset(cues["exchange_prepositions"].split()),
        speaking=frozenset(cues["speaking"].split()),
        attitude=attitude,
        plain=frozenset(plain),
        no_comment=frozenset(cues["attitude"]["no_comment"].split()),
    )
