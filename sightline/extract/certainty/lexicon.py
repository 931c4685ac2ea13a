"""The tables of this room, read once: governing words with their effects, adverbs, noun modifiers, negators, likelihood."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class Effect(NamedTuple):
    """What a governing word says of the happening it governs, in a plain clause and in a negated one."""

    affirmed: str
    negated: str


class Lexicon(NamedTuple):
    """All tables, keyed by lower-cased word forms."""

    governors: dict[str, dict[str, dict[str, Effect]]]
    """part of speech (verb, adjective, noun) → lemma or lemma_particle → frame → effect."""
    lemmas: dict[str, str]
    """inflected verb or noun form → lemma in the tables."""
    adverbs: dict[str, str]
    phrases: dict[tuple[str, ...], str]
    """adverbs of several words → effect."""
    modifiers: dict[str, str]
    negators: frozenset[str]
    negator_phrases: tuple[tuple[str, ...], ...]
    words: dict[str, frozenset[str]]
    """plain word sets: support, nonvolitional, scheduled_noun, future_time, weekdays, past_time, assertion, open_marks, ..."""
    phrase_marks: tuple[tuple[str, ...], ...]
    bands: dict[tuple[str, ...], str]

    def lemma(self, form: str) -> str:
        """The lemma in our tables of a word form, else the form itself."""
        return self.lemmas.get(form, form)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("sightline.extract.certainty").joinpath("data").joinpath(name).read_text(encoding="utf-8"))


def inflect(lemma: str, irregular: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    """The forms of an English verb.

    >>> inflect("deny", {})
    ('deny', 'denies', 'denied', 'denying')
    """
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        third, past = lemma[:-1] + "ies", lemma[:-1] + "ied"
    else:
        third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
        past = lemma + ("d" if lemma.endswith("e") else "ed")
    gerund = (lemma[:-1] if lemma.endswith("e") and not lemma.endswith(("ee", "be", "oe", "ye")) else lemma) + "ing"
    if lemma in irregular:
        past, participle = irregular[lemma]
        doubled = past[:-2] + "ing" if past.endswith(lemma[-1] + "ed") and len(past) == len(lemma) + 3 else gerund
        if (
            participle in (past, lemma)
            and len(lemma) < 6
            and lemma[-2:-1] in "aeiou"
            and lemma[-3:-2] not in "aeiou"
            and lemma[-1] in "tnpdgmb"
        ):
            doubled = lemma + lemma[-1] + "ing"
        return (lemma, third, past, participle, gerund, doubled)
    return (lemma, third, past, gerund)


@cache
def irregular_verbs() -> dict[str, tuple[str, str]]:
    """Lemma → past and participle, of the verbs in our tables that are not regular."""
    rows = (row.split() for line in _table("irregular.toml")["forms"].split("\n") for row in line.split("|") if row.strip())
    return {lemma: (past, participle) for lemma, past, participle in rows}


@cache
def lexicon() -> Lexicon:
    """The tables, read once and kept."""
    governors: dict[str, dict[str, dict[str, Effect]]] = {"verb": {}, "adjective": {}, "noun": {}}
    lemmas: dict[str, str] = {}
    irregular = irregular_verbs()
    for part, groups in _table("governors.toml").items():
        for group in groups:
            affirmed, negated = group["effect"].split(" / ")
            for frame in ("inf", "ing", "that", "obj"):
                for word in group.get(frame, "").split():
                    governors[part].setdefault(word, {})[frame] = Effect(affirmed, negated)
                    _remember(lemmas, part, word.partition("_")[0], irregular)
    lemmas["has"] = "have"
    words = _table("words.toml")
    for kind in ("support", "nonvolitional", "rejecting"):
        for word in words[kind]["words"].split():
            _remember(lemmas, "verb", word.partition("_")[0], irregular)
    for word in (*words["cutting_short"]["words"].split(), *words["cutting_short"]["passive"].split(), *words["reacting"]["words"].split()):
        _remember(lemmas, "verb", word, irregular)
    for word in (*words["scheduled_noun"]["words"].split(), *words["assertion"]["words"].split()):
        _remember(lemmas, "noun", word, irregular)
    adverbs: dict[str, str] = {}
    phrases: dict[tuple[str, ...], str] = {}
    for effect, text in words["adverb"].items():
        for word in text.split():
            if "_" in word:
                phrases[tuple(word.split("_"))] = effect
            else:
                adverbs[word] = effect
    return Lexicon(
        governors=governors,
        lemmas=lemmas,
        adverbs=adverbs,
        phrases=phrases,
        modifiers={word: effect for effect, text in words["noun_modifier"].items() for word in text.split()},
        negators=frozenset(words["negator"]["words"].split()),
        negator_phrases=tuple(tuple(phrase.split("_")) for phrase in words["negator"]["phrases"].split()),
        words={
            "rejecting": frozenset(words["rejecting"]["words"].split()),
            "assertion": frozenset(words["assertion"]["words"].split()),
            "support": frozenset(words["support"]["words"].split()),
            "nonvolitional": frozenset(words["nonvolitional"]["words"].split()),
            "scheduled": frozenset(words["scheduled_noun"]["words"].split()),
            "future": frozenset(words["future_time"]["words"].split()),
            "next": frozenset(words["future_time"]["next"].split()),
            "weekdays": frozenset(words["future_time"]["weekdays"].split()),
            "past": frozenset(words["past_time"]["words"].split()),
            "bounds": frozenset(words["bounds"]["words"].split()),
            "cutting_short": frozenset(words["cutting_short"]["words"].split()),
            "cut_short_passive": frozenset(words["cutting_short"]["passive"].split()),
            "reacting": frozenset(words["reacting"]["words"].split()),
            "same_past": frozenset(words["same_past"]["words"].split()),
            "open_marks": frozenset(words["subordinator"]["open"].split()),
            "untrue_marks": frozenset(word for word in words["subordinator"]["untrue_ing"].split() if "_" not in word),
        },
        phrase_marks=tuple(tuple(phrase.split("_")) for phrase in words["subordinator"]["untrue_ing"].split() if "_" in phrase),
        bands={tuple(phrase.split("_")): band for band, text in _table("likelihood.toml").items() for phrase in text.split()},
    )


def _remember(lemmas: dict[str, str], part: str, word: str, irregular: dict[str, tuple[str, str]]) -> None:
    if part == "verb":
        for form in inflect(word, irregular):
            lemmas.setdefault(form, word)
    else:
        lemmas.setdefault(word, word)
        if part == "noun":
            plural = word[:-1] + "ies" if word.endswith("y") and word[-2] not in "aeiou" else word + "s"
            lemmas.setdefault(plural, word)
