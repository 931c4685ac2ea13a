"""The words that belong to a noun."""

from __future__ import annotations

from collections.abc import Container

from sightline.extract.claims.tree import Tree
from sightline.types import Span

_OUTSIDE = frozenset(
    {"acl:relcl", "acl", "appos", "parataxis", "conj", "cc", "case", "punct", "advcl", "dep", "cop", "aux", "nsubj", "mark", "ccomp"}
)
_BELOW = frozenset({"acl:relcl", "acl", "appos", "parataxis", "advcl"})
_APART = frozenset({"in", "at", "near", "on", "from", "after", "before", "during", "since", "by", "with", "to", "over"})
_GLUE = frozenset({"-", "–", "'s", "’s", "'", "’", '"', "“", "”", "&"})


def noun_phrase(tree: Tree, timed: Container[int], word: int) -> Span:
    """The noun phrase of a head word, without clauses, appositions and coordination."""
    words = {word}
    for kid in tree.kids[word]:
        apart = tree.dep[kid].startswith("nmod") and (tree.case(kid) in _APART or kid in timed)
        loose = tree.dep[kid] == "advmod" and (tree.pos[word] == "PRON" or kid > word)
        if tree.dep[kid] not in _OUTSIDE and not apart and not loose:
            words.update(tree.under(kid, _BELOW))
    start = end = word
    while start - 1 in words or (start > 1 and tree.lower[start - 1] in _GLUE and start - 2 in words):
        start -= 1
    while end + 1 in words or (end + 2 < tree.size and tree.lower[end + 1] in _GLUE and end + 2 in words):
        end += 1
    while (
        start < word
        and tree.lower[start + 1] not in ("least", "most")
        and (tree.pos[start] in ("PUNCT", "ADP", "SPACE") or tree.dep[start] in ("cc", "mark"))
    ):
        start += 1
    while end > word and tree.pos[end] in ("PUNCT", "ADP", "SPACE", "CCONJ", "PART"):
        end -= 1
    return Span(tree.start[start], tree.end[end])
