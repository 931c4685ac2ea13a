"""The words of a Doc as strings: making each of its tokens first costs more than what most rules do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


def texts(doc: Doc) -> list[str]:
    """Each token's own text."""
    return strings(doc, "ORTH")


def text(doc: Doc) -> str:
    """The whole text."""
    spaces: list[int] = doc.to_array("SPACY").tolist()
    return "".join([f"{word} " if space else word for word, space in zip(texts(doc), spaces, strict=True)])


def strings(doc: Doc, column: str) -> list[str]:
    """A column of names ("TAG", "DEP", "LOWER"), "" where a token has none."""
    keys: list[int] = doc.to_array(column).tolist()
    names = doc.vocab.strings
    known = {key: names[key] if key else "" for key in set(keys)}
    return [known[key] for key in keys]
