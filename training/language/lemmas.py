"""Learning lemma rules from treebanks: the longest suffix that settles what to strip and add, and the exceptions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from sightline.language.lemmas import LONGEST_SUFFIX, Lemmas
from training.language.passages import Passage

_SURE = 0.85
_PROPER = frozenset({"NNP", "NNPS"})


def learn(passages: Iterable[Passage]) -> Lemmas:
    """Rules and exceptions of the words of ``passages`` that have a lemma and a tag."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for passage in passages:
        for token in passage.tokens:
            if token.xpos and token.lemma and token.lemma != "_" and " " not in token.form:
                cased = token.xpos in _PROPER or token.xpos == "JJ" and token.lemma[:1].isupper()
                counts[token.xpos, token.form if cased else token.form.lower()][token.lemma] += 1
    best = {key: lemmas.most_common(1)[0][0] for key, lemmas in counts.items()}
    votes: defaultdict[tuple[str, str], Counter[tuple[int, str]]] = defaultdict(Counter)
    for (tag, form), lemma in best.items():
        script = edit(form, lemma)
        if script is None or not form.isalpha():
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
