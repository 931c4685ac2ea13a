"""Passages as linked words that can be moved, taken out and put in, and turned back into a passage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from training.language.passages import Passage, Token, disjoint


@dataclass(eq=False)
class Node:
    """A word; ``head`` is None for a root or an unknown tree, ``name`` is a label shared by the words of one name."""

    form: str
    after: str = " "
    upos: str | None = None
    xpos: str | None = None
    feats: str | None = None
    lemma: str | None = None
    dep: str | None = None
    head: Node | None = None
    start: bool = False
    name: Name | None = None
    unsure: bool = False


@dataclass(eq=False)
class Name:
    """One name; its words are those that point to it."""

    label: str


@dataclass
class Text:
    """The nodes of a passage, and which annotation is known."""

    nodes: list[Node]
    trees: bool
    names: bool
    source: str = ""
    sentences: list[list[Node]] = field(default_factory=list)

    @classmethod
    def of(cls, passage: Passage) -> Text:
        """The passage's words as nodes."""
        nodes = [Node(t.form, t.after, t.upos, t.xpos, t.feats, t.lemma, t.dep) for t in passage.tokens]
        for node, token in zip(nodes, passage.tokens, strict=True):
            if token.head is not None and nodes[token.head] is not node:
                node.head = nodes[token.head]
        for first, last, label in passage.names or ():
            name = Name(label)
            for node in nodes[first:last]:
                node.name = name
        for index in passage.unsure:
            nodes[index].unsure = True
        text = cls(nodes, passage.starts is not None, passage.names is not None, passage.source)
        text.sentences = [nodes[first:last] for first, last in passage.sentences()]
        return text

    def passage(self) -> Passage:
        """Back again; with trees, the sentences give the order of the words."""
        nodes = [node for sentence in self.sentences for node in sentence] if self.trees else self.nodes
        place = {id(node): index for index, node in enumerate(nodes)}
        tokens = tuple(Token(n.form, n.after, n.upos, n.xpos, n.feats, n.lemma, self._head(n, place), n.dep) for n in nodes)
        starts = None
        if self.trees:
            sizes = [len(sentence) for sentence in self.sentences]
            starts = tuple(sum(sizes[:i]) for i in range(len(sizes)))
        names = disjoint(_spans(nodes)) if self.names else None
        unsure = frozenset(i for i, node in enumerate(nodes) if node.unsure and node.name is None)
        return Passage(tokens, starts, names, unsure, self.source)

    def _head(self, node: Node, place: dict[int, int]) -> int | None:
        if not self.trees:
            return None
        return place[id(node.head or node)]


def _spans(nodes: list[Node]) -> Iterable[tuple[int, int, str]]:
    first = 0
    while first < len(nodes):
        name = nodes[first].name
        last = first + 1
        while name is not None and last < len(nodes) and nodes[last].name is name:
            last += 1
        if name is not None:
            yield first, last, name.label
        first = last


def children(sentence: list[Node], head: Node) -> list[Node]:
    """The nodes that hang on ``head``, in text order."""
    return [node for node in sentence if node.head is head]


def subtree(sentence: list[Node], top: Node) -> list[Node]:
    """``top`` and all that hangs below it, in text order."""
    inside = {id(top)}
    grown = True
    while grown:
        grown = False
        for node in sentence:
            if id(node) not in inside and node.head is not None and id(node.head) in inside:
                inside.add(id(node))
                grown = True
    return [node for node in sentence if id(node) in inside]


def contiguous(sentence: list[Node], part: list[Node]) -> bool:
    """True if ``part`` is one unbroken run of the sentence."""
    if not part:
        return False
    first = next(i for i, node in enumerate(sentence) if node is part[0])
    return len(sentence) >= first + len(part) and all(a is b for a, b in zip(sentence[first:], part, strict=False))


def punct(form: str, xpos: str, head: Node, after: str = " ") -> Node:
    """A punctuation mark that hangs on ``head``."""
    return Node(form, after, "PUNCT", xpos, "", form, "punct", head)
