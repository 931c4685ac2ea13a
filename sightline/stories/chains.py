"""The line that says where a page has its words from: "UNI <- Xinhua <- KCNA", "Daily (rewrite of Yonhap)", "copy of The Post".

A chain is read from the page inwards; its last stage is the furthest link that the line names.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec


class Stage(msgspec.Struct, frozen=True):
    """One link: the names that stand at it (several where the line lists several) and the remarks in parentheses."""

    names: tuple[str, ...]
    remarks: tuple[str, ...] = ()


class OutletChain(msgspec.Struct, frozen=True):
    """A page and what it draws on, from the page inwards."""

    stages: tuple[Stage, ...] = ()

    @property
    def page(self) -> str | None:
        """The outlet that the reader sees."""
        return self.stages[0].names[0] if self.stages and self.stages[0].names else None

    @property
    def dispatches(self) -> tuple[str, ...]:
        """Every name behind the page, nearest first."""
        return tuple(name for stage in self.stages[1:] for name in stage.names)

    @property
    def innermost(self) -> str | None:
        """The one furthest link, or ``None`` where the chain has only its page or names several side by side."""
        if len(self.stages) < 2 or len(self.stages[-1].names) != 1:
            return None
        return self.stages[-1].names[0]

    @property
    def translated(self) -> bool:
        """Whether the line says that the page is a translation or a machine's rewriting."""
        return any(_TRANSLATED.search(remark) for stage in self.stages for remark in stage.remarks)

    @property
    def rewritten(self) -> bool:
        """Whether the line says that the page rewrites another."""
        return any(_REWRITTEN.search(remark) for stage in self.stages for remark in stage.remarks)


_ARROW = re.compile(r"\s*(?:<-+|←|⟵)\s*")
_REMARK = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LIST = re.compile(r"\s*[,;+&]\s*|\s+and\s+")
_VIA = re.compile(r"^(?P<inner>.+?)\s+via\s+(?P<page>.+)$", re.IGNORECASE)
_COPY_OF = re.compile(r"^(?:a\s+)?(?:copy|mirror|translation|rewrite|reprint)\s+of\s+(?:the\s+)?(?P<inner>.+)$", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?:translation|rewrite|copy|version|text|piece|translated|written|rewritten|reprinted|update)\b[^,;]*?"
    r"\b(?:of|from|over)\s+(?:the\s+|an?\s+|earlier\s+)*(?P<inner>[A-Z][\w.&'’-]*(?:\s+[A-Z][\w.&'’-]*)*)"
)
_TRANSLATED = re.compile(r"\btranslat|\bmachine\b|chatgpt|\bfrom (?:russian|italian|czech|korean|chinese|japanese|arabic)\b", re.IGNORECASE)
_REWRITTEN = re.compile(r"\brewr|\brewrit|\bcopy\b|written by|uncredited|no credit", re.IGNORECASE)
_TRAILING = re.compile(r"\s+(?:photos?|pictures?|videos?|footage|radio|website|site|telegram|wires?|page)$", re.IGNORECASE)
_IMAGE = re.compile(r"\b(?:photos?|pictures?|videos?|footage)$", re.IGNORECASE)
_LANGUAGES = frozenset({"Russian", "Italian", "Czech", "Korean", "Chinese", "Japanese", "Arabic", "English", "German", "French", "Spanish"})


@lru_cache(maxsize=65536)
def parse_outlet(line: str | None) -> OutletChain:
    """Reads an outlet line into its chain; a plain outlet's name gives a chain of one stage.

    >>> [stage.names for stage in parse_outlet("UNI <- Xinhua <- KCNA").stages]
    [('UNI',), ('Xinhua',), ('KCNA',)]
    >>> parse_outlet("Morning Post (rewrite of Yonhap, unsourced)").dispatches
    ('Yonhap',)
    """
    if line is None or not line.strip():
        return OutletChain()
    stages: list[Stage] = []
    for part in _ARROW.split(line.strip()):
        remarks = tuple(remark.strip() for remark in _REMARK.findall(part))
        bare = re.sub(r"\s+", " ", _REMARK.sub(" ", part)).strip(" .")
        via = _VIA.match(bare)
        copy = _COPY_OF.match(bare)
        if via:
            stages += [Stage((via["page"],), remarks), Stage((via["inner"],))]
        elif copy:
            stages += [Stage(("copy",), (*remarks, "copy")), Stage((copy["inner"],))]
        else:
            pieces = [piece for piece in _LIST.split(bare) if piece.strip()]
            images = [piece for piece in pieces if len(pieces) > 1 and _IMAGE.search(piece)]
            names = tuple(name for piece in pieces if piece not in images and (name := _clean(piece)))
            if names:
                stages.append(Stage(names, (*remarks, *images)))
        for remark in remarks:
            behind = _BEHIND.search(remark)
            if behind and behind["inner"].split()[0] not in _LANGUAGES:
                stages.append(Stage((behind["inner"],), (remark,)))
    return OutletChain(tuple(stages))


def _clean(name: str) -> str:
    name = name.strip(" ?.")
    return _TRAILING.sub("", name) if not name.istitle() or len(name.split()) > 1 else name
