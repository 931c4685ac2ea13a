"""GUM's documents with their coreference chains, from the MISC column of its CoNLL-U files."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_BRACKET = re.compile(r"\((?P<open>\d+)-(?P<type>[^()-]*)[^()]*(?P<whole>\))?|(?P<close>\d+)\)")
LEFT_OUT = frozenset(("whow", "fiction"))
"""Genres whose terms forbid commercial use: not trained on."""


class Document(NamedTuple):
    """A text with its chains: for each entity its mentions as character ranges."""

    id: str
    genre: str
    text: str
    chains: list[list[tuple[int, int]]]
    types: dict[tuple[int, int], str]
    """Entity type of each mention."""


def read_gum(path: Path) -> Iterator[Document]:
    """The documents of a ``.conllu.gz`` file. Sentences are joined by a space, paragraphs by a blank line."""
    name = ""
    text = ""
    open_: dict[str, list[int]] = {}
    chains: dict[str, list[tuple[int, int]]] = {}
    types: dict[tuple[int, int], str] = {}
    kinds: dict[str, str] = {}
    gap = ""
    spaced = True
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id = "):
                if name:
                    yield Document(name, name.split("_")[1], text, list(chains.values()), types)
                name, text, open_, chains, types, gap = line.split(" = ")[1], "", {}, {}, {}, ""
            elif line.startswith("# newpar") and text and not line.startswith("# newpar_block"):
                gap = "\n\n"
            elif line.startswith("# sent_id") and text:
                gap = gap or " "
            if not line or line.startswith("#"):
                continue
            fields = line.split("\t")
            if "-" in fields[0] or "." in fields[0]:
                continue
            text += gap if gap else (" " if spaced and text else "")
            gap = ""
            start = len(text)
            text += fields[1]
            spaced = "SpaceAfter=No" not in fields[9]
            misc = dict(part.split("=", 1) for part in fields[9].split("|") if "=" in part)
            for hit in _BRACKET.finditer(misc.get("Entity", "")):
                if hit["open"]:
                    kinds[hit["open"]] = hit["type"]
                    if hit["whole"]:
                        chains.setdefault(hit["open"], []).append((start, len(text)))
                        types[start, len(text)] = hit["type"]
                    else:
                        open_.setdefault(hit["open"], []).append(start)
                elif open_.get(hit["close"]):
                    span = (open_[hit["close"]].pop(), len(text))
                    chains.setdefault(hit["close"], []).append(span)
                    types[span] = kinds[hit["close"]]
    if name:
        yield Document(name, name.split("_")[1], text, list(chains.values()), types)
