"""One door to the pipeline: ``load`` gives it, ``read`` runs texts through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import tee
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Texts longer than this many characters are read piece by piece; see ``sightline.language.pieces``.
PIECE = 100_000
#: Texts longer than this are refused: about a hundred times the longest newspaper report.
LONGEST = 5_000_000


class TextTooLongError(ValueError):
    """A text is longer than ``LONGEST`` characters: more a data dump than a report."""


class BrokenTextError(ValueError):
    """A text holds half of a surrogate pair: it was decoded wrongly and has no bytes of its own."""


@lru_cache(maxsize=4)
def load(name: str | None = None) -> Language:
    """The shipped pipeline, or with ``name`` an installed one with its labels mapped to ours.

    The result is kept: a second call costs nothing. Raises ``WeightsMissingError`` or ``PipelineMissingError`` with the remedy.
    """
    if name is None:
        from sightline.language import weights

        return weights.read()
    from sightline.language import swap

    return swap.load(name)


def read(texts: Iterable[str], nlp: Language | None = None, batch_size: int = 1) -> Iterator[Doc]:
    """A Doc for each text, in order; ``doc.text`` equals the text to the letter.

    Texts go through the networks one by one, so that a Doc is the same to the byte whatever else is read with it. A larger
    ``batch_size`` is a fifth faster, but sums are then rounded differently from one batch to another.

    Long texts are cut at paragraph ends, read piece by piece and put together again. A text that ``checked`` refuses ends
    the reading with its error: check first where the others must go on.
    """
    from sightline.language import pieces

    nlp = nlp or load()
    first, second = tee(texts)
    cuts = (pieces.cut(checked(text), PIECE) for text in first)
    flat, sizes = tee(cuts)
    docs = nlp.pipe((piece for run in flat for piece in run), batch_size=batch_size)
    for text, run in zip(second, sizes, strict=True):
        read = [next(docs) for _ in run]
        yield read[0] if len(read) == 1 else pieces.join(read, text)


def checked(text: str) -> str:
    """The text itself, if ``read`` can take it; raises ``TextTooLongError`` or ``BrokenTextError``, both ``ValueError``.

    >>> checked("Snow fell.")
    'Snow fell.'
    """
    if len(text) > LONGEST:
        raise TextTooLongError(f"text of {len(text):,} characters: over {LONGEST:,} is no single report; split it first")
    try:
        text.encode()
    except UnicodeEncodeError as problem:
        raise BrokenTextError(f"character {problem.start:,} is half of a surrogate pair; decode the input again") from problem
    return text
