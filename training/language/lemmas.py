"""Learning lemma rules from treebanks: the longest suffix that settles what to strip and add, and the exceptions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from sightline.language.lemmas import LONGEST_SUFFIX, Lemmas
from training.language.passages import Passage

_SURE = 0.85
_PROPER = frozenset({"NNP", "NNPS"})
#: Endings of regular forms: only these make rules, everything else goes into the table.
_REGULAR = {"VBD": "d", "VBN": "d", "VBG": "g", "VBZ": "s", "NNS": "s", "NNPS": "s", "JJR": "r", "JJS": "t", "RBR": "r", "RBS": "t"}
_PREFIXES = ("", "over", "under", "out", "re", "mis", "with", "fore", "un", "up", "for")
_VOWELS = frozenset("aeiou")
IRREGULAR = Path(__file__).parent / "data" / "irregular.tsv"


def learn(passages: Iterable[Passage]) -> Lemmas:
    """Rules and exceptions of the words of ``passages`` that have a lemma and a tag."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for passage in passages:
        for token in passage.tokens:
            if token.xpos and token.lemma and token.lemma != "_" and " " not in token.form:
                cased = token.xpos in _PROPER or (token.xpos == "JJ" and token.lemma[:1].isupper())
                counts[token.xpos, token.form if cased else token.form.lower()][token.lemma] += 1
    best = {key: lemmas.most_common(1)[0][0] for key, lemmas in counts.items()}
    votes: defaultdict[tuple[str, str], Counter[tuple[int, str]]] = defaultdict(Counter)
    for (tag, form), lemma in best.items():
        script = edit(form, lemma)
        if script is None or not form.isalpha() or not form.lower().endswith(_REGULAR.get(tag, "")):
            continue
        for length in range(min(LONGEST_SUFFIX, len(form) - 1) + 1):
            votes[tag, form[len(form) - length :].lower()][script] += 1
    lemmas = Lemmas()
    for (tag, suffix), scripts in sorted(votes.items(), key=lambda item: (len(item[0][1]), item[0])):
        script, count = scripts.most_common(1)[0]
        enough = count >= (3 if len(suffix) > 1 else 1)
        if (enough and count >= _SURE * sum(scripts.values())) or not suffix:
            shorter = next((r for n in range(1, len(suffix) + 1) if (r := lemmas.rules.get((tag, suffix[n:])))), None)
            if shorter != script:
                lemmas.rules[tag, suffix] = script
    for (tag, form), lemma in best.items():
        if lemmas.by_rule(form, tag) != lemma and (sum(counts[tag, form].values()) > 1 or tag not in _PROPER):
            lemmas.exceptions[tag, form] = lemma
    return lemmas


def complete(lemmas: Lemmas, words: Collection[str]) -> None:
    """Add what the treebanks are too small to show: irregular verbs, and -e and doubled letters of known ``words``."""
    for form, tag, lemma in irregular():
        if (lemma in words or (tag, form) in lemmas.exceptions) and lemmas.by_rule(form, tag) != lemma:
            lemmas.exceptions.setdefault((tag, form), lemma)
    for word in sorted(words):
        for ending, tags in (("ing", ("VBG",)), ("ed", ("VBD", "VBN"))):
            if not word.endswith(ending) or not word.isalpha() or len(word) < len(ending) + 3:
                continue
            for tag in tags:
                found = lemmas.exceptions.get((tag, word)) or lemmas.by_rule(word, tag)
                better = found if found in words else next((b for b in bases(word, ending) if b in words), found)
                if better != found:
                    lemmas.exceptions[tag, word] = better


def bases(word: str, ending: str) -> Iterator[str]:
    """What a regular form may come from, likeliest first.

    >>> list(bases("provoked", "ed"))
    ['provoke', 'provok']
    >>> list(bases("planned", "ed"))
    ['plan', 'planne', 'plann']
    """
    stem = word.removesuffix(ending)
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS | {"l", "s"}:
        yield stem[:-1]
    yield stem + "e"
    yield stem
    if stem[-1] == "l" and stem[-2] == "l":
        yield stem[:-1]


def irregular() -> Iterator[tuple[str, str, str]]:
    """(form, tag, lemma) of irregular verbs, also with prefixes; unlikely ones are left to the caller to drop."""
    for line in IRREGULAR.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        base, past, participle = line.split("\t")
        for prefix in _PREFIXES:
            for tag, forms in (("VBD", past), ("VBN", participle)):
                for form in forms.split("/"):
                    yield prefix + form, tag, prefix + base


def edit(form: str, lemma: str) -> tuple[int, str] | None:
    """Letters to strip from the end of ``form`` and to add, to give ``lemma``; None if more than the end differs.

    >>> edit("agencies", "agency")
    (3, 'y')
    """
    shared = 0
    while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
        shared += 1
    if shared == 0 or len(form) - shared > LONGEST_SUFFIX:
        return None
    return len(form) - shared, lemma[shared:]
