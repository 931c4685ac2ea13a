"""ECB+ read with our own parses: gold mentions as the linker sees them, and the scores that the field computes on chains."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np
from scipy.optimize import linear_sum_assignment

from sightline.extract.claims.table import tables
from sightline.stories.linking import Mention
from sightline.stories.similarity import news_weights
from sightline.types import NameMention, Reading, Report, Span

_CONTENT = frozenset({"NOUN", "VERB", "PROPN", "ADJ", "NUM"})
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow"])
_MONTHS = frozenset(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
)
_LIGHT = frozenset(["have", "be", "do", "make", "take", "get", "give", "go", "come", "check", "set", "put"])


class Parsed(msgspec.Struct):
    """One document with the columns of its parse."""

    lemma: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    ent: list[str]
    sent: list[int]


class Document(msgspec.Struct):
    id: str
    topic: int
    subtopic: str
    split: str
    tokens: list[str]
    events: list[dict]
    parse: Parsed | None = None

    @property
    def text(self) -> str:
        return " ".join(self.tokens)

    @property
    def story(self) -> str:
        return f"{self.topic}/{self.subtopic}"


def load(path: Path, splits: Sequence[str], cache: Path | None = None) -> tuple[list[Document], dict[str, np.ndarray]]:
    """Documents of some splits with parses, and the unit vectors of their words; parses are kept in ``cache`` where one is given."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        documents = [msgspec.convert(json.loads(line), Document) for line in lines]
    documents = [document for document in documents if document.split in splits]
    from spacy.tokens import Doc

    from sightline.language import load as load_language

    nlp = load_language()

    kept: dict[str, dict] = {}
    store = cache / "ecb-parses.json" if cache is not None else None
    if store is not None and store.exists():
        kept = json.loads(store.read_text(encoding="utf-8"))
    fresh = False
    for document in documents:
        if document.id not in kept:
            fresh = True
            doc = nlp(Doc(nlp.vocab, words=document.tokens))
            sentence, numbers = -1, []
            for token in doc:
                sentence += bool(token.is_sent_start)
                numbers.append(max(sentence, 0))
            kept[document.id] = {
                "lemma": [token.lemma_.lower() for token in doc],
                "pos": [token.pos_ for token in doc],
                "dep": [token.dep_ for token in doc],
                "head": [token.head.i for token in doc],
                "ent": [token.ent_type_ for token in doc],
                "sent": numbers,
            }
        document.parse = msgspec.convert(kept[document.id], Parsed)
        document.parse.lemma = [lemma or token.lower() for lemma, token in zip(document.parse.lemma, document.tokens)]
    if store is not None and fresh:
        store.parent.mkdir(parents=True, exist_ok=True)
        store.write_text(json.dumps(kept), encoding="utf-8")
    words = {word for document in documents for word in (document.parse.lemma if document.parse else ())}
    vectors = {}
    for word in sorted(words):
        lexeme = nlp.vocab[word]
        if lexeme.has_vector and lexeme.vector_norm:
            vectors[word] = lexeme.vector / lexeme.vector_norm
    return documents, vectors


def mentions_of(document: Document, vectors: Mapping[str, np.ndarray], kinds: Mapping[tuple[str, str], str] | None = None) -> list[Mention]:
    """The gold mentions of a document as the linker sees them, in the order of the file."""
    parse = document.parse
    assert parse is not None
    children: dict[int, list[int]] = {}
    for index, head in enumerate(parse.head):
        if head != index:
            children.setdefault(head, []).append(index)
    sentences: dict[int, list[int]] = {}
    for index, number in enumerate(parse.sent):
        sentences.setdefault(number, []).append(index)
    last = max(sentences) or 1
    found = []
    for number, event in enumerate(document.events):
        tokens = [token for token in event["tokens"] if token < len(parse.lemma)]
        head = head_of(tokens, parse)
        lemma = parse.lemma[head]
        lemmas = frozenset(parse.lemma[token] for token in tokens if parse.pos[token] in _CONTENT and parse.lemma[token] not in _LIGHT)
        inside = set(tokens)
        below = [child for token in tokens for child in children.get(token, ()) if child not in inside]
        below += [
            grand
            for child in below
            for grand in children.get(child, ())
            if parse.dep[grand] in ("conj", "nmod", "flat", "compound", "nmod:poss", "appos")
        ]
        if parse.dep[head] in ("acl", "acl:relcl", "amod"):
            below.append(parse.head[head])
        if parse.dep[head] in ("compound", "nmod", "obl", "xcomp", "ccomp", "advcl", "obj", "conj"):
            upper = parse.head[head]
            below += [child for child in children.get(upper, ()) if parse.dep[child].startswith("nsubj") and child not in inside]
        arguments = [child for child in below if parse.pos[child] in ("NOUN", "PROPN", "NUM", "PRON")]
        row = sentences[parse.sent[head]]
        content = [token for token in row if parse.pos[token] in _CONTENT and token not in inside]
        names = frozenset(parse.lemma[token] for token in content if parse.pos[token] == "PROPN" and len(parse.lemma[token]) > 1)
        vector = vectors.get(lemma)
        found.append(
            Mention(
                id=f"{document.id}:{number}",
                report=document.id,
                lemma=lemma,
                lemmas=lemmas or frozenset({lemma}),
                type=(kinds or {}).get((lemma, "v" if parse.pos[head] == "VERB" else "n"), ""),
                verbal=parse.pos[head] == "VERB",
                vector=tuple(float(value) for value in vector) if vector is not None else (),
                arguments=frozenset(parse.lemma[token] for token in arguments if parse.pos[token] != "PRON"),
                names=frozenset(parse.lemma[token] for token in arguments if parse.pos[token] == "PROPN"),
                around=bag(parse.lemma[token] for token in content),
                around_names=names - _DAYS - _MONTHS,
                numbers=frozenset(document.tokens[token] for token in content if re.search(r"\d", document.tokens[token])),
                times=frozenset(
                    parse.lemma[token]
                    for token in row
                    if parse.lemma[token] in _DAYS | _MONTHS or re.fullmatch(r"(19|20)\d\d", parse.lemma[token])
                ),
                position=parse.sent[head] / last,
            )
        )
    return found


def head_of(tokens: Sequence[int], parse: Parsed) -> int:
    """The token of a mention that the others hang on, a content word rather than a light verb."""
    inside = set(tokens)
    tops = [token for token in tokens if parse.head[token] not in inside or parse.head[token] == token] or list(tokens)
    top = tops[0]
    if parse.lemma[top] in _LIGHT and len(tokens) > 1:
        others = [token for token in tokens if token != top and parse.pos[token] in ("NOUN", "VERB", "ADJ")]
        return others[-1] if others else top
    return top


def bag(lemmas: Iterable[str]) -> dict[str, float]:
    counts = Counter(lemmas)
    raw = {word: news_weights().rarity(word) for word in counts if len(word) > 2}
    norm = sum(value * value for value in raw.values()) ** 0.5 or 1.0
    return {word: value / norm for word, value in raw.items()}


def word_kinds() -> dict[tuple[str, str], str]:
    """The kind of happening that a bare verb ("v") or noun ("n") names by the shipped tables: its entry that asks for least."""
    found: dict[tuple[str, str], str] = {}
    for index, tag in ((tables().verbs, "v"), (tables().nouns, "n")):
        for lemma, entries in index.items():
            bare = [entry for entry in entries if not entry.words]
            if bare:
                found[(lemma, tag)] = min(bare, key=lambda entry: len(entry.conditions)).type
    return found


def reading_of(document: Document) -> Reading:
    """A document as a reading with its names (proper nouns by our tags) and sentences, for grouping into stories."""
    parse = document.parse
    assert parse is not None
    names, starts, sentences, offset = [], {}, {}, 0
    for index, token in enumerate(document.tokens):
        span = Span(offset, offset + len(token))
        offset += len(token) + 1
        if parse.pos[index] == "PROPN":
            names.append(NameMention(span=span, text=token, label="PER" if parse.ent[index] == "PER" else "MISC"))
        number = parse.sent[index]
        starts.setdefault(number, span.start)
        sentences[number] = Span(starts[number], span.end)
    return Reading(report=Report(id=document.id, text=document.text), names=tuple(names), sentences=tuple(sentences.values()))


Chains = Mapping[str, str]
"""Chain by mention."""


def _groups(chains: Chains) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for mention, chain in chains.items():
        groups.setdefault(chain, set()).add(mention)
    return groups


def _f(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def muc(gold: Chains, system: Chains) -> float:
    def side(key: Chains, response: Chains) -> float:
        right = total = 0
        for group in _groups(key).values():
            right += len(group) - len({response[mention] for mention in group})
            total += len(group) - 1
        return right / total if total else 0.0

    return _f(side(system, gold), side(gold, system))


def b_cubed(gold: Chains, system: Chains) -> tuple[float, float, float]:
    gold_groups, system_groups = _groups(gold), _groups(system)
    precision = sum(len(gold_groups[gold[m]] & system_groups[system[m]]) / len(system_groups[system[m]]) for m in gold) / len(gold)
    recall = sum(len(gold_groups[gold[m]] & system_groups[system[m]]) / len(gold_groups[gold[m]]) for m in gold) / len(gold)
    return precision, recall, _f(precision, recall)


def ceaf_e(gold: Chains, system: Chains) -> float:
    gold_groups, system_groups = list(_groups(gold).values()), list(_groups(system).values())
    where = {mention: index for index, group in enumerate(system_groups) for mention in group}
    table = np.zeros((len(gold_groups), len(system_groups)))
    for row, group in enumerate(gold_groups):
        for column in {where[mention] for mention in group}:
            other = system_groups[column]
            table[row, column] = 2 * len(group & other) / (len(group) + len(other))
    rows, columns = linear_sum_assignment(-table)
    similarity = table[rows, columns].sum()
    return _f(similarity / len(system_groups), similarity / len(gold_groups))


def cross_links(gold: Chains, system: Chains, report_of: Mapping[str, str]) -> tuple[float, float]:
    """Precision and recall of pairs of mentions in different reports that are put together."""

    def pairs(chains: Chains) -> set[tuple[str, str]]:
        found = set()
        for group in _groups(chains).values():
            ordered = sorted(group)
            for place, one in enumerate(ordered):
                found.update((one, other) for other in ordered[place + 1 :] if report_of[one] != report_of[other])
        return found

    mine, theirs = pairs(gold), pairs(system)
    both = len(mine & theirs)
    return (both / len(theirs) if theirs else 0.0), (both / len(mine) if mine else 0.0)


def scores(gold: Chains, system: Chains, report_of: Mapping[str, str]) -> dict[str, float]:
    values = {"MUC": muc(gold, system), "B3": b_cubed(gold, system)[2], "CEAFe": ceaf_e(gold, system)}
    values["CoNLL"] = sum(values.values()) / 3
    values["link P"], values["link R"] = cross_links(gold, system, report_of)
    return {name: 100 * value for name, value in values.items()}
