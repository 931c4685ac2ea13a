"""The tables of this room, read once: roles, bodies, documents, anonymity formulae, cues."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.strings import StringStore

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
    formula_words: tuple[str, ...]
    """Lower-case words of which every formula holds one."""
    unnamed: frozenset[str]
    withheld: frozenset[str]
    on_record: frozenset[str]
    verbs: dict[str, str]
    """inflected form of a reporting verb → lemma."""
    addressee_object: frozenset[str]
    addressee_always: frozenset[str]
    addressee_to: frozenset[str]
    cite: frozenset[str]
    cite_phrases: tuple[tuple[str, ...], ...]
    relayed_by: frozenset[str]
    exchange: frozenset[str]
    exchange_prepositions: frozenset[str]
    speaking: frozenset[str]
    relay_signs: frozenset[str]
    """Words at which newsrooms between source and reader are looked for."""
    cite_signs: frozenset[str]
    """Words at which sources behind others are looked for."""
    rule_signs: frozenset[str]
    """Words at which attributions by rule are looked for."""
    seeing: frozenset[str]
    """Forms of the verbs of seeing."""
    attitude: dict[str, str]
    plain: frozenset[str]
    no_comment: frozenset[str]
    answered: frozenset[str]
    """Nouns that stand for what others said: "denied the report"."""
    denial_signs: frozenset[str]
    """Forms of the verbs of denying."""


@cache
def hashes(words: frozenset[str]) -> NDArray[np.uint64]:
    """spaCy's hashes of words, to find them in an array of a doc's words."""
    store = StringStore()
    return np.array(sorted(store.add(word) for word in words), dtype=np.uint64)


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
    relayed, exchange, speaking, cite = (frozenset(cues[name].split()) for name in ("relayed_by", "exchange", "speaking", "cite"))
    seeing = {"see", "observe", "spot", "film", "photograph", "detect", "watch", "witness"}
    no_comment = frozenset(cues["attitude"]["no_comment"].split())
    return SourceWords(
        persons=_kinds(roles["person"]),
        by_body=_kinds(roles["by_body"]),
        bodies=_kinds(bodies),
        documents=frozenset(form for word in roles["document"]["words"].split() for form in (word, plural(word))),
        channels=frozenset(roles["channel"]["social_media"].split()),
        modifiers=_kinds(roles["source_modifier"]),
        state_modifiers=frozenset(roles["state_media"]["modifiers"].split()),
        formula=re.compile("|".join(f"(?:{one})" for one in anonymity["formulae"]), re.IGNORECASE),
        formula_words=tuple(anonymity["formula_words"]),
        unnamed=frozenset(anonymity["adjectives"].split()),
        withheld=frozenset(form for word in withheld for form in (word, plural(word))),
        on_record=frozenset(form for word in anonymity["on_record"].split() for form in (word, plural(word))),
        verbs=verbs,
        addressee_object=frozenset(cues["addressee_object"].split()),
        addressee_always=frozenset(cues["addressee_always"].split()),
        addressee_to=frozenset(cues["addressee_to"].split()),
        cite=cite,
        cite_phrases=tuple(tuple(phrase.split()) for phrase in cues["cite_phrases"]),
        relayed_by=relayed,
        exchange=exchange,
        exchange_prepositions=frozenset(cues["exchange_prepositions"].split()),
        speaking=speaking,
        relay_signs=relayed | exchange | speaking | {form for form, lemma in verbs.items() if lemma in ("say", "speak")},
        cite_signs=frozenset(form for form, lemma in verbs.items() if lemma in cite)
        | {phrase.split()[0] for phrase in cues["cite_phrases"]},
        rule_signs=frozenset(form for form, lemma in verbs.items() if lemma in plain or lemma in seeing)
        | no_comment
        | {"according", "per"},
        seeing=frozenset(form for form, lemma in verbs.items() if lemma in seeing),
        attitude=attitude,
        plain=frozenset(plain),
        no_comment=no_comment,
        answered=frozenset(cues["answered"].split()),
        denial_signs=frozenset(form for form, lemma in verbs.items() if attitude.get(lemma) == "denial"),
    )
