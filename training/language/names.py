"""Names from several sources, brought to one scheme: PER, ORG, LOC, NORP (nationalities, faiths, parties' people), MISC.

The sources differ in what they mark. What one doesn't mark is unknown there, not absent: such words become *unsure*
and train nothing.
"""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from training.language.conllu import Document
from training.language.passages import Passage, Token, disjoint

_WORDS = tomllib.loads((Path(__file__).parent / "data" / "names.toml").read_text(encoding="utf-8"))
_NO_SPACE_BEFORE = frozenset(_WORDS["no_space_before"])
_NO_SPACE_AFTER = frozenset(_WORDS["no_space_after"])
_FAITHS = frozenset(_WORDS["faiths"])
_TITLES = frozenset(_WORDS["titles"])
_BEFORE_NAMES = _TITLES | frozenset(_WORDS["before_names"])
_COMPASS = frozenset(_WORDS["compass"])
_PEOPLES = frozenset(_WORDS["peoples"])
_ALWAYS: dict[str, str] = _WORDS["always"]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def demonyms(path: Path) -> frozenset[str]:
    """Words that the Groningen Meaning Bank marks as nationality, faith or group, twice or more and mostly so."""
    marked: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for row in rows(path):
        seen.update(row["tokens"])
        for first, last, label in row["names"]:
            if label == "NORP" and last - first == 1:
                marked[row["tokens"][first]] += 1
    return frozenset(w for w, n in marked.items() if n >= 2 and n > 0.6 * seen[w] and w[:1].isupper())


def spacing(tokens: list[str]) -> list[str]:
    """The white space after each token of a tokenised text, by the rules of English typography."""
    after = [" "] * len(tokens)
    quote = False
    for i, token in enumerate(tokens):
        if token in _NO_SPACE_BEFORE and i:
            after[i - 1] = ""
        if token in _NO_SPACE_AFTER:
            after[i] = ""
        if token == '"':
            if quote and i:
                after[i - 1] = ""
            else:
                after[i] = ""
            quote = not quote
    return after


def tokenised(path: Path, groups: frozenset[str], source: str) -> Iterator[Passage]:
    """Passages of a tokenised set; ``groups`` are the demonyms that become NORP wherever a set calls them MISC."""
    fixes = majority(path) if source == "gmb" else {}
    for row in rows(path):
        tokens: list[str] = row["tokens"]
        names = []
        for first, last, label in row["names"]:
            text = " ".join(tokens[first:last])
            label = fixes.get(text, label)
            if label in ("MISC", "ORG", "LOC", "PER") and (text in groups or text.lower() in _FAITHS):
                label = "NORP"
            names.append((first, last, label))
        taken = {i for first, last, _ in names for i in range(first, last)}
        missed = (i for i, t in enumerate(tokens) if i not in taken and t in groups)
        unsure = frozenset(missed if source != "gmb" else ())
        shown = [{"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}.get(t, t) for t in tokens]
        words = tuple(Token(t, a) for t, a in zip(shown, spacing(shown), strict=True))
        yield Passage(words, None, normalised(tokens, names, groups), unsure, source)


def normalised(forms: Sequence[str], names: Iterable[tuple[int, int, str]], groups: frozenset[str]) -> tuple[tuple[int, int, str], ...]:
    """Names with *North Korean* as one NORP wherever it isn't part of a longer name, and persons without their titles."""
    kept = []
    joined = set()
    for at in range(len(forms) - 1):
        if forms[at] in _COMPASS and forms[at + 1] in groups | _PEOPLES:
            joined.add(at)
    for first, last, label in names:
        inside = {at for at in joined if first <= at + 1 and at < last}
        if inside and last - first <= 2:
            continue
        joined -= inside
        while label == "PER" and last - first > 1 and forms[first].lower().rstrip(".") in _BEFORE_NAMES:
            first += 1
        kept.append((first, last, label))
    return disjoint([*kept, *((at, at + 2, "NORP") for at in joined)])


def majority(path: Path) -> dict[str, str]:
    """For each name that a set labels in several ways: the label of the clear majority (four in five)."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(path):
        for first, last, label in row["names"]:
            votes[" ".join(row["tokens"][first:last])][label] += 1
    fixes = dict(_ALWAYS)
    for text, labels in votes.items():
        label, count = labels.most_common(1)[0]
        if sum(labels.values()) >= 5 and count >= 0.8 * sum(labels.values()):
            fixes.setdefault(text, label)
    return fixes


def mark_treebank(documents: Iterable[Document], path: Path) -> None:
    """Give EWT's sentences UniversalNER's names, matched by their running characters; unmatched ones stay unknown."""
    sentences = [s for d in documents for s in d.sentences]
    text = ""
    places: dict[int, tuple[int, int]] = {}
    pieces: list[str] = []
    length = 0
    for number, sentence in enumerate(sentences):
        for index, word in enumerate(sentence.words):
            form = word.form.replace(" ", "")
            places[length] = (number, index)
            pieces.append(form)
            length += len(form)
    text = "".join(pieces)
    for row in rows(path):
        forms = [t.replace(" ", "") for t in row["tokens"]]
        start = text.find("".join(forms))
        if start < 0 or start not in places:
            continue
        offsets = [start]
        for form in forms:
            offsets.append(offsets[-1] + len(form))
        for offset in offsets[:-1]:
            if offset in places and sentences[places[offset][0]].names is None:
                sentences[places[offset][0]].names = []
        for first, last, label in row["names"]:
            begin = places.get(offsets[first])
            end = places.get(offsets[last - 1])
            if begin and end and begin[0] == end[0]:
                marked = sentences[begin[0]].names
                if marked is not None:
                    marked.append((begin[1], end[1] + 1, label))


def finish_treebank(passage: Passage, groups: frozenset[str]) -> Passage:
    """Demonyms in a treebank passage become NORP; other proper words outside all names become unsure."""
    if passage.names is None:
        return passage
    taken = {i for first, last, _ in passage.names for i in range(first, last)}
    names = []
    unsure = set()
    for first, last, label in passage.names:
        text = " ".join(token.form for token in passage.tokens[first:last])
        if _doubtful(text, label, groups) and passage.source.startswith("GUM"):
            unsure.update(range(first, last))
        else:
            names.append((first, last, _ALWAYS.get(text, label)))
    for i, token in enumerate(passage.tokens):
        if i in taken:
            continue
        if token.form in groups:
            names.append((i, i + 1, "NORP"))
        elif (token.xpos == "JJ" and token.form[:1].isupper()) or (token.xpos in ("NNP", "NNPS") and passage.source.startswith("GUM")):
            unsure.add(i)
    forms = [token.form for token in passage.tokens]
    return Passage(passage.tokens, passage.starts, normalised(forms, disjoint(names), groups), frozenset(unsure), passage.source)


def _doubtful(text: str, label: str, groups: frozenset[str]) -> bool:
    """True for what GUM calls a mention but may be no name: lone titles, addresses, capitalised common words."""
    if label == "PER":
        return " " not in text and (text.lower() in _TITLES or text.isupper() or len(text) < 3)
    if label == "NORP":
        return text not in groups and text.lower() not in _FAITHS
    if label == "MISC":
        return " " not in text or "@" in text or "/" in text or text in groups
    return len(text) < 2


def silver(texts: Path, marks: Path, groups: frozenset[str], trusted: dict[str, str]) -> Iterator[Passage]:
    """PolNeAR's news with its automatic names, cleaned: only what a second source confirms is kept as a name.

    A person needs two capitalised words; places and organisations must be in ``trusted`` (names of the hand-marked
    sets with their label). Every other capitalised word is unsure; lower-case words are outside names.
    """
    labels = {row["id"]: row["names"] for row in rows(marks)}
    for row in rows(texts):
        text: str = row["text"]
        found = labels.get(row["id"])
        if not found:
            continue
        kept: list[tuple[int, int, str]] = []
        for start, end, label in found:
            name = text[start:end]
            if label == "PERSON" and len(name.split()) in (2, 3) and name.istitle() and "\n" not in name:
                kept.append((start, end, "PER"))
            elif name in trusted and not (label == "PERSON" and trusted[name] != "PER"):
                kept.append((start, end, trusted[name]))
            elif name in groups:
                kept.append((start, end, "NORP"))
        for block in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text):
            yield from _silver_block(block.group(), block.start(), kept)


def _silver_block(text: str, offset: int, kept: list[tuple[int, int, str]]) -> Iterator[Passage]:
    tokens: list[Token] = []
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"\w+|[^\w\s]", text):
        if spans:
            tokens[-1] = Token(tokens[-1].form, text[spans[-1][1] : match.start()])
        spans.append(match.span())
        tokens.append(Token(match.group(), ""))
    begins = {start + offset: i for i, (start, _) in enumerate(spans)}
    ends = {end + offset: i + 1 for i, (_, end) in enumerate(spans)}
    names = [(begins[s], ends[e], label) for s, e, label in kept if s in begins and e in ends]
    if not names or len(tokens) > 400:
        return
    taken = {i for first, last, _ in names for i in range(first, last)}
    unsure = frozenset(i for i, t in enumerate(tokens) if i not in taken and t.form[:1].isupper())
    yield Passage(tuple(tokens), None, disjoint(names), unsure, "polnear")
