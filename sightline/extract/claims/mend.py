"""Mends misreadings that small parsers make often, where other words of the clause show what is meant."""

from __future__ import annotations

#: A verb's tag under one of these relations heads a clause, whatever the coarse tagger says.
_CLAUSES = frozenset({"ROOT", "root", "ccomp", "xcomp", "acl", "acl:relcl", "advcl", "parataxis", "csubj"})


def mend(head: list[int], dep: list[str], pos: list[str], tag: list[str]) -> None:
    """Corrects heads, relations and tags in place.

    - A word with a verb's tag that heads a clause is a verb.
    - "X imposed sanctions": a participle that has a subject of its own is the clause's verb, and the noun it seems to modify its
      object.
    """
    subjects = [index for index, relation in enumerate(dep) if relation.startswith("nsubj")]
    for index, label in enumerate(tag):
        if label.startswith("VB") and pos[index] in ("NOUN", "ADJ") and dep[index] in _CLAUSES:
            pos[index] = "VERB"
    for subject in subjects:
        verb = head[subject]
        if dep[verb] == "amod" and tag[verb] in ("VBN", "VBD") and subject < verb < head[verb]:
            noun = head[verb]
            root = head[noun] == noun
            head[verb], dep[verb], pos[verb], tag[verb] = (verb if root else head[noun]), dep[noun], "VERB", "VBD"
            head[noun], dep[noun] = verb, "obj"
