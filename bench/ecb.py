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
from sightline.stories.grouping import LikenessTable
from sightline.stories.mentions import AHEAD, NEGATED, Mention
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


def load(path: Path, splits: Sequence[str], cache: Path | None = None) -> list[Document]:
    """Documents of some splits with parses, which are kept in ``cache`` where one is given."""
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
    return documents


def mentions_of(document: Document, kinds: Mapping[tuple[str, str], str] | None = None) -> list[Mention]:
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
    heads = [head_of(_within(event, parse), parse) for event in document.events]
    counts = Counter(parse.lemma[head] for head in heads)
    return [_mention(document, parse, number, head, children, sentences, counts, kinds or {}) for number, head in enumerate(heads)]


def _within(event: dict, parse: Parsed) -> list[int]:
    return [token for token in event["tokens"] if token < len(parse.lemma)]


def _mention(
    document: Document,
    parse: Parsed,
    number: int,
    head: int,
    children: Mapping[int, list[int]],
    sentences: Mapping[int, list[int]],
    counts: Mapping[str, int],
    kinds: Mapping[tuple[str, str], str],
) -> Mention:
    tokens = _within(document.events[number], parse)
    inside, lemma = set(tokens), parse.lemma[head]

    def words(found: Iterable[int]) -> frozenset[str]:
        return frozenset(
            parse.lemma[token] for token in found if parse.pos[token] in _CONTENT and token not in inside and len(parse.lemma[token]) > 1
        )

    roles = _dependents(parse, tokens, head, children)
    row = sentences[parse.sent[head]]
    names = frozenset(word for word in words(token for token in row if parse.pos[token] == "PROPN"))
    below = [parse.lemma[child] for child in children.get(head, ())]
    upper = parse.head[head]
    nominal = parse.pos[head] == "NOUN" and parse.pos[upper] == "VERB" and upper != head
    dependents = [token for found in roles.values() for token in found]
    context, places = _written(document, row)
    return Mention(
        id=f"{document.id}:{number}",
        report=document.id,
        lemma=lemma,
        lemmas=frozenset(parse.lemma[token] for token in tokens if parse.pos[token] in _CONTENT and parse.lemma[token] not in _LIGHT)
        or frozenset({lemma}),
        type=kinds.get((lemma, "v" if parse.pos[head] == "VERB" else "n"), ""),
        verbal=parse.pos[head] == "VERB",
        support=parse.lemma[upper] if nominal else "",
        subjects=words(roles["subjects"]),
        objects=words(roles["objects"]),
        others=words(roles["others"]),
        modifiers=words(roles["modifiers"]),
        names=words(token for token in dependents if parse.pos[token] == "PROPN"),
        near=words(range(max(0, head - 4), min(len(parse.lemma), head + 5))),
        words=words(row),
        wider=words([*sentences.get(parse.sent[head] - 1, ()), *row]),
        around_names=names - _DAYS - _MONTHS,
        numbers=frozenset(document.tokens[token] for token in row if token not in inside and re.search(r"\d", document.tokens[token])),
        times=frozenset(
            parse.lemma[token] for token in row if parse.lemma[token] in _DAYS | _MONTHS or re.fullmatch(r"(19|20)\d\d", parse.lemma[token])
        ),
        outlook=NEGATED * any(word in _NOT for word in below) + AHEAD * any(word in _MODAL for word in below),
        pronoun=any(parse.pos[token] == "PRON" for token in (*roles["subjects"], *roles["objects"])),
        sentence=parse.sent[head],
        position=parse.sent[head] / (max(sentences) or 1),
        count=counts[lemma],
        context=context,
        head=places[head],
        whole=tuple(places[token] for token in tokens if token in places),
    )


def _written(document: Document, row: Sequence[int]) -> tuple[str, dict[int, tuple[int, int]]]:
    """A sentence's text, and where each of its tokens starts and ends there."""
    places, offset = {}, 0
    for token in row:
        places[token] = (offset, offset + len(document.tokens[token]))
        offset = places[token][1] + 1
    return " ".join(document.tokens[token] for token in row), places


_PARTS = {
    "nsubj": "subjects", "nmod:poss": "subjects", "obl:agent": "subjects", "obj": "objects", "nsubj:pass": "objects", "iobj": "objects",
    "obl": "others", "nmod": "others", "obl:tmod": "others", "nmod:tmod": "others", "advmod": "others", "obl:npmod": "others",
    "amod": "modifiers", "compound": "modifiers", "nummod": "modifiers",
}  # fmt: skip
_DEEPER = frozenset({"conj", "flat", "compound", "appos", "nmod", "nmod:poss", "amod", "nummod"})
_BORROWING = frozenset({"xcomp", "conj", "advcl", "ccomp"})
_NOT = frozenset({"not", "no", "never", "n't"})
_MODAL = frozenset({"will", "would", "may", "might", "could", "can", "should", "shall"})


def _dependents(parse: Parsed, tokens: Sequence[int], head: int, children: Mapping[int, list[int]]) -> dict[str, list[int]]:
    """The words that depend on a mention, by part; a relative clause's noun, a clause's borrowed subject, a support verb's company."""
    found: dict[str, list[int]] = {"subjects": [], "objects": [], "others": [], "modifiers": []}

    def grown(word: int) -> list[int]:
        return [word, *(child for child in children.get(word, ()) if parse.dep[child] in _DEEPER)]

    for token in tokens:
        for child in children.get(token, ()):
            part = _PARTS.get(parse.dep[child])
            if child not in tokens and part is not None:
                found[part] += grown(child)
    upper = parse.head[head]
    company = children.get(upper, ()) if upper != head else ()
    if parse.dep[head] in ("acl", "acl:relcl"):
        found["subjects"] += grown(upper)
    if parse.dep[head] in _BORROWING and not found["subjects"]:
        for child in company:
            if parse.dep[child] in ("nsubj", "nsubj:pass"):
                found["subjects"] += grown(child)
    if parse.pos[head] == "NOUN" and parse.pos[upper] == "VERB":
        for child in company:
            if child not in tokens and child != head and parse.dep[child] in ("nsubj", "obl", "obj"):
                found["others"] += grown(child)
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


def likeness(mentions: Sequence[Mention], reports: Sequence[str], table: LikenessTable) -> np.ndarray:
    """Likeness of the reports of every two mentions."""
    where = {report: place for place, report in enumerate(reports)}
    order = [where[mention.report] for mention in mentions]
    return table.between(reports)[np.ix_(order, order)]


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
