"""Reading Universal Dependencies treebanks (CoNLL-U) as documents of paragraphs of sentences."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

#: Features that the pipeline predicts; the treebanks' bookkeeping features (Typo, Style, ExtPos ...) are left out.
FEATURES = frozenset({
    "Case", "Definite", "Degree", "Foreign", "Gender", "Mood", "Number", "NumType",
    "Person", "Polarity", "Poss", "PronType", "Reflex", "Tense", "VerbForm", "Voice",
})  # fmt: skip
#: GUM genres whose source texts forbid commercial use (LICENSE-GUM.txt of the treebank).
CLOSED_GENRES = frozenset({"whow", "fiction"})

_LABELS = {
    "person": "PER", "organization": "ORG", "place": "LOC", "event": "MISC", "abstract": "MISC", "object": "MISC",
}  # fmt: skip
_LINKS = frozenset({"of", "the", "and", "&", "for", "de", "la"})
_BRACKETS = re.compile(r"\([^()]+\)?|[^()]+\)")


@dataclass
class Word:
    """One syntactic word; ``head`` counts from 0 within the sentence and is the word's own index for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    space: bool = True


@dataclass
class Sentence:
    """Words with their tree; ``names`` are (first, last + 1, label), None where the source has no names."""

    words: list[Word]
    new_paragraph: bool = False
    names: list[tuple[int, int, str]] | None = None
    id: str = ""


@dataclass
class Document:
    """Sentences of one source text."""

    id: str
    genre: str
    sentences: list[Sentence] = field(default_factory=list)


def read(path: Path) -> Iterator[Document]:
    """Documents of a gzipped CoNLL-U file, in file order; GUM's named entities become names."""
    document: Document | None = None
    rows: list[list[str]] = []
    comments: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("#"):
                if line.startswith("# newdoc id = "):
                    if document:
                        yield document
                    name = line.removeprefix("# newdoc id = ")
                    document = Document(name, _genre(name))
                comments.append(line)
            elif line:
                rows.append(line.split("\t"))
            elif rows and document is not None:
                sentence = _sentence(rows, comments)
                if document.id.startswith("GUM_"):
                    sentence.names = _names(sentence.words, _mentions(rows))
                document.sentences.append(sentence)
                rows, comments = [], []
    if document:
        yield document


def open_to_all(documents: Iterator[Document]) -> Iterator[Document]:
    """Documents whose terms allow commercial use."""
    return (d for d in documents if not (d.id.startswith("GUM_") and d.genre in CLOSED_GENRES))


def _genre(name: str) -> str:
    return name.split("_")[1] if name.startswith("GUM_") else name.split("-", maxsplit=1)[0]


def _sentence(rows: list[list[str]], comments: list[str]) -> Sentence:
    glued: set[str] = set()
    glued_after: dict[str, bool] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = row[0].split("-")
            glued.update(str(i) for i in range(int(first), int(last)))
            glued_after[last] = "SpaceAfter=No" not in row[9]
    words = []
    for row in rows:
        if not row[0].isdigit():
            continue
        space = "SpaceAfter=No" not in row[9]
        if row[0] in glued:
            space = False
        elif row[0] in glued_after:
            space = glued_after[row[0]]
        feats = "|".join(f for f in row[5].split("|") if f.split("=")[0] in FEATURES)
        index = len(words)
        head = int(row[6]) - 1 if row[6] != "0" else index
        words.append(Word(row[1], row[2], row[3], row[4], feats, head, row[7] if row[6] != "0" else "ROOT", space))
    new = any(c.startswith("# newpar") for c in comments) or any(c.startswith("# newdoc") for c in comments)
    found = next((c.removeprefix("# sent_id = ") for c in comments if c.startswith("# sent_id = ")), "")
    return Sentence(words, new, None, found)


def _mentions(rows: list[list[str]]) -> list[tuple[int, int, str]]:
    """GUM's Entity brackets as (first, last + 1, type); a mention that crosses the sentence's end is left out."""
    words = [row for row in rows if row[0].isdigit()]
    stack: list[tuple[str, str, int]] = []
    spans: list[tuple[int, int, str]] = []
    for index, row in enumerate(words):
        value = next((f.removeprefix("Entity=") for f in row[9].split("|") if f.startswith("Entity=")), "")
        for bracket in _BRACKETS.findall(value):
            fields = bracket.strip("()").split("-")
            if bracket.startswith("(") and len(fields) > 1:
                stack.append((fields[0], fields[1], index))
            if bracket.endswith(")"):
                for at in range(len(stack) - 1, -1, -1):
                    if stack[at][0] == fields[0]:
                        spans.append((stack[at][2], index + 1, stack[at][1]))
                        del stack[at]
                        break
    return spans


def _names(words: list[Word], mentions: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The names within mentions: the run of proper nouns around a mention's head, longest first, none overlapping.

    GUM marks every mention, named or not, and its whole phrase; a name is the part around a head tagged NNP or NNPS.
    Titles ("President", nmod:desc) stay outside a person's name; *of*, *the*, *and* stay inside other names.
    """
    found: list[tuple[int, int, str]] = []
    for first, last, kind in mentions:
        label = _LABELS.get(kind)
        heads = [i for i in range(first, last) if not first <= words[i].head < last or words[i].head == i]
        if label is None or not heads or words[heads[0]].xpos not in ("NNP", "NNPS"):
            continue
        head = heads[0]
        if label == "PER" and words[head].xpos == "NNPS":
            label = "NORP"
        begin, end = head, head + 1
        while begin > first and _inside(words, begin - 1, label, head) and _bounded(words, begin - 1, first, -1):
            begin -= 1
        while end < last and _inside(words, end, label, head) and _bounded(words, end, last - 1, 1):
            end += 1
        while words[begin].xpos not in ("NNP", "NNPS", "CD"):
            begin += 1
        while words[end - 1].xpos not in ("NNP", "NNPS", "CD"):
            end -= 1
        found.append((begin, end, label))
    chosen: list[tuple[int, int, str]] = []
    for begin, end, label in sorted(found, key=lambda name: (name[0] - name[1], name)):
        if all(end <= other[0] or begin >= other[1] for other in chosen):
            chosen.append((begin, end, label))
    return sorted(chosen)


def _inside(words: list[Word], at: int, label: str, head: int) -> bool:
    word = words[at]
    if label in ("PER", "NORP"):
        return word.xpos in ("NNP", "NNPS", "HYPH") and word.dep in ("flat", "punct", "compound") and word.form != ","
    return word.xpos in ("NNP", "NNPS", "HYPH", "CD") or word.form.lower() in _LINKS


def _bounded(words: list[Word], at: int, limit: int, step: int) -> bool:
    """True if a proper noun is reached from ``at`` within two linking words."""
    for distance in range(3):
        place = at + distance * step
        if (place - limit) * step > 0:
            return False
        if words[place].xpos in ("NNP", "NNPS", "CD"):
            return True
    return False
