"""Noun phrases of those who speak: where they begin and end, their heads, and which speakers an "and" joins."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from spacy.tokens import Doc, Token

from sightline.types import Span

_INSIDE = frozenset(
    ("DT", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "POS", "PRP$", "HYPH", "VBN", "VBG", "AFX", "FW", "PDT", "WP$")
)
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP", "CD", "FW", "DT", "NNPS", "JJ", "VBG"))
#: Days and months, which end a phrase or stand beside one ("told Wednesday").
DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november
    december yesterday today tomorrow""".split()  # noqa: SIM905
)
_AFTER = frozenset(("flat", "nmod", "amod", "acl", "nmod:unmarked", "fixed", "obl", "nmod:poss", "compound", "nummod"))
_STOP = frozenset(',;:()"“”‘’—–«»') | {"``", "''", "--"}
_ALWAYS_OUT = frozenset(("that", "who", "which", "whom", "whose", "because", "while", "when", "after", "before"))


class Phrase(NamedTuple):
    """Tokens ``first`` to ``last`` (inclusive) of a doc, with their head."""

    head: Token
    first: int
    last: int

    @property
    def tokens(self) -> list[Token]:
        """All its tokens."""
        doc = self.head.doc
        return [doc[i] for i in range(self.first, self.last + 1)]

    @property
    def span(self) -> Span:
        """Its characters."""
        doc = self.head.doc
        return Span(doc[self.first].idx, doc[self.last].idx + len(doc[self.last]))

    @property
    def text(self) -> str:
        """Its words."""
        doc: Doc = self.head.doc
        return str(doc[self.first : self.last + 1].text)


class Offsets(NamedTuple):
    """Where each token starts, to find the tokens of a span by halving."""

    starts: list[int]

    def first(self, position: int) -> int:
        """Index of the token that holds or follows ``position``."""
        return max(bisect_right(self.starts, position) - 1, 0)

    def tokens(self, doc: Doc, span: Span) -> list[Token]:
        """The tokens that begin within ``span``."""
        low, high = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        if (low == len(self.starts) or self.starts[low] > span.start) and low > 0:
            before = doc[low - 1]
            if before.idx + len(before) > span.start:
                low -= 1
        return [doc[i] for i in range(low, high) if not doc[i].is_space]


def phrase(token: Token, limit: int | None = None) -> Phrase:
    """The noun phrase around ``token``: determiner, modifiers, name, and what follows up to a comma or a clause of its own.

    ``limit`` is a token index that the phrase must stay before (the cue).
    """
    head = token
    while (
        head.dep_ in ("flat", "compound", "fixed")
        and head.head != head
        and (limit is None or head.head.i < limit)
        and abs(head.head.i - head.i) < 6
        and head.head.tag_ in _NOUNS
    ):
        head = head.head
    doc = head.doc
    first = _first(head)
    last = _last(head, limit)
    last = max(last, token.i) if limit is None or token.i < limit else last
    while last > head.i and (doc[last].is_punct or doc[last].is_space) and doc[last].text not in ("'", "’"):
        last -= 1
    return Phrase(head, min(first, token.i), last)


def _first(head: Token) -> int:
    doc, i = head.doc, head.i
    if head.tag_ == "PRP":
        return i
    while i > 0 and not doc[i].is_sent_start:
        word = doc[i - 1]
        if word.lower_ in DAYS and word.dep_ != "compound":
            break
        if word.tag_ == "RB" and word.head.i in (i, head.i) and word.lower_ not in ("not", "never", "also", "later", "then"):
            i -= 1
            continue
        if word.text in ("-", "&", "/") or word.tag_ == "POS":
            i -= 1
            continue
        if word.tag_ not in _INSIDE or (
            word.tag_ in ("VBN", "VBG") and word.dep_ in ("ROOT", "conj", "advcl", "parataxis", "acl", "xcomp", "ccomp")
        ):
            break
        if word.tag_ == "CD" and i - 2 >= 0 and doc[i - 2].lower_ in DAYS:
            break
        i -= 1
        if word.tag_ in ("DT", "PRP$", "WP$") and word.lower_ not in ("all", "both"):
            break
    while i < head.i and doc[i].tag_ in ("POS", "HYPH", ","):
        i += 1
    return i


def _last(head: Token, limit: int | None) -> int:
    doc, last = head.doc, head.i
    end = len(doc) if limit is None else limit
    if head.tag_ in ("NN", "NNP"):
        while last + 1 < end and doc[last + 1].tag_ == "NNP" and not doc[last + 1].is_sent_start and doc[last + 1].lower_ not in DAYS:
            last += 1
    for child in head.rights:
        if child.i >= end or child.dep_ not in _AFTER:
            continue
        if child.dep_ == "acl" and (child.tag_ != "VBN" or any(c.lower_ in _ALWAYS_OUT for c in child.lefts)):
            continue
        if child.dep_ == "obl" and head.tag_.startswith("VB"):
            continue
        if child.left_edge.i > last + 1:
            continue
        last = max(last, min(child.right_edge.i, end - 1))
    for i in range(head.i + 1, last + 1):
        if doc[i].tag_ == "NNP":
            continue
        stops = (
            doc[i].text in _STOP
            or doc[i].lower_ in _ALWAYS_OUT
            or (doc[i].tag_ in ("VBD", "VBZ", "MD") and doc[i].dep_ not in ("acl", "flat"))
        )
        if stops or (doc[i].tag_ == "CC" and doc[i].lower_ in ("and", "but") and doc[i].head.head == head):
            return i - 1
    if last + 1 < end and doc[last].i == head.i:
        return _by_tags(head, end)
    return last


def _by_tags(head: Token, end: int) -> int:
    """A preposition right after the head and its noun phrase, where the tree hung them elsewhere: "an official at the port"."""
    doc, i = head.doc, head.i + 1
    last = head.i
    for _ in range(2):
        if i >= end or doc[i].lower_ not in ("of", "for", "in", "at", "from", "within", "inside", "with", "like") or doc[i].is_sent_start:
            break
        if doc[i].lower_ in ("for", "in", "at", "from", "with") and head.tag_ not in ("NN", "NNS"):
            break
        j = i + 1
        while j < end and (doc[j].tag_ in _INSIDE or doc[j].text in ("-", "&")) and doc[j].lower_ not in DAYS:
            j += 1
        if j == i + 1 or not doc[j - 1].tag_.startswith("NN"):
            break
        last, i = j - 1, j
    return last


def head_of(tokens: list[Token]) -> Token:
    """The head of a run of tokens: the noun whose own head lies outside, else the last noun."""
    inside = {token.i for token in tokens}
    nouns = [token for token in tokens if token.tag_ in _NOUNS and not token.is_punct]
    for token in nouns:
        if (token.head.i not in inside or token.head == token) and token.dep_ not in ("appos", "acl", "acl:relcl"):
            return token
    return nouns[-1] if nouns else tokens[-1]


def conjuncts(first: Phrase, limit: int | None = None) -> list[Phrase]:
    """The phrase and those an "and" joins to it on the same level, in the order of the text.

    A second noun without an article, number or name of its own is the same speaker ("the pilot and author").
    """
    head = first.head
    if head.dep_ == "conj" and head.head.tag_ in _NOUNS and head.head.dep_ in ("nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "ROOT"):
        start = phrase(head.head, first.first)
        joined = [start, first] if _separate(first) and _joined(start, first) else [first]
    else:
        joined = [first]
    for child in head.rights:
        if child.dep_ == "conj" and (limit is None or child.i < limit):
            other = phrase(child, limit)
            if _separate(other) and _joined(joined[-1], other):
                joined.append(other)
    if len(joined) == 1:
        joined = [*_right_before(first), first, *_next_to(first, limit)]
    return joined


def _separate(other: Phrase) -> bool:
    opening = other.tokens[0]
    if opening.tag_ in ("DT", "PRP$", "CD", "PRP", "NNP", "NNPS", "PDT"):
        return True
    if other.head.tag_ in ("NNP", "NNPS", "NNS", "PRP"):
        return True
    return opening.tag_ == "JJ" and opening.text[:1].isupper()


def _joined(one: Phrase, other: Phrase) -> bool:
    """Whether only "and", a comma or the like lies between two phrases, and no name holds both."""
    doc = one.head.doc
    between = [doc[i] for i in range(one.last + 1, other.first)]
    words = [t.lower_ for t in between if not t.is_space]
    if not words or not set(words) <= {"and", ",", "or", "nor", "both", "&", "as", "well"} or words == ["&"]:
        return False
    named = one.head.ent_iob == 1 or other.head.ent_iob == 1
    same = one.head.ent_type_ and one.head.ent_type_ == other.head.ent_type_ and other.tokens[0].ent_iob == 1 and named
    return not same


def _right_before(second: Phrase) -> list[Phrase]:
    """A first speaker that the tree lost: a noun phrase and "and" right before, at the start of its clause."""
    doc, i = second.head.doc, second.first - 1
    if i < 1 or doc[i].lower_ not in ("and", "nor") or not _separate(second) or doc[i - 1].tag_ not in ("NN", "NNS", "NNP", "NNPS"):
        return []
    if doc[i - 1].lower_ in DAYS or doc[i].is_sent_start:
        return []
    first = phrase(doc[i - 1], i)
    start = first.first
    before = doc[start - 1].lower_ if start and not doc[start].is_sent_start else ""
    opens = before in ("", "neither", "both", ",", "“", '"', "”") or before in DAYS or before.isdigit() or doc[start].is_sent_start
    return [first] if opens and _joined(first, second) else []


def _next_to(first: Phrase, limit: int | None) -> list[Phrase]:
    """A second speaker that the tree lost: "and" right behind the first phrase, a noun phrase, then the cue."""
    doc, i = first.head.doc, first.last + 1
    if limit is None or not i < limit or doc[i].lower_ != "and":
        return []
    nouns = [doc[j] for j in range(i + 1, limit) if doc[j].tag_ in ("NN", "NNS", "NNP", "NNPS")]
    if not nouns or limit - nouns[-1].i > 2 or any(doc[j].tag_.startswith("VB") for j in range(i + 1, limit) if doc[j].tag_ != "VBN"):
        return []
    other = phrase(nouns[-1], limit)
    return [other] if other.first > first.last and _separate(other) else []
