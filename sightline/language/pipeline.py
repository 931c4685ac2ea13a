"""One door to the pipeline: ``load`` gives it, ``read`` runs texts through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import tee
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from sightline.language.tokenizer import Acquaintance

#: Texts longer than this many characters are read piece by piece; see ``sightline.language.pieces``.
PIECE = 100_000
#: Texts of so many characters together are read as one batch: enough to share the parser's loops, little to hold.
TOGETHER = 100_000
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


def forget() -> None:
    """Let go of every pipeline that was loaded, with all words it has met: spaCy keeps them for good."""
    load.cache_clear()
    _acquaintance.cache_clear()


def read(texts: Iterable[str], nlp: Language | None = None) -> Iterator[Doc]:
    """A Doc for each text, in order; ``doc.text`` equals the text to the letter.

    A Doc is the same to the byte whatever else is read with it: texts share the parser's loops, but no matrix product (see
    ``sightline.language.products``). Texts are taken ahead, up to ``TOGETHER`` characters.

    Long texts are cut at paragraph ends, read piece by piece and put together again. A text that ``checked`` refuses ends
    the reading with its error: check first where the others must go on.
    """
    from sightline.language import pieces

    nlp = nlp or load()
    first, second = tee(texts)
    cuts = (pieces.cut(checked(text), PIECE) for text in first)
    flat, sizes = tee(cuts)
    docs = _docs((piece for run in flat for piece in run), nlp)
    for text, run in zip(second, sizes, strict=True):
        read = [next(docs) for _ in run]
        yield read[0] if len(read) == 1 else pieces.join(read, text)


def _docs(texts: Iterator[str], nlp: Language) -> Iterator[Doc]:
    from sightline.language.products import in_step

    acquaintance = _acquaintance(nlp)
    for group in _groups(texts):
        if acquaintance is not None:
            acquaintance.meet(group)
        yield from nlp.pipe(group, batch_size=1, component_cfg=in_step(nlp, len(group)))


@lru_cache(maxsize=4)
def _acquaintance(nlp: Language) -> Acquaintance | None:
    """What keeps the words that a pipeline's tokenizer has met; ``None`` where the tokenizer is another than spaCy's."""
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]

    from sightline.language.tokenizer import Acquaintance

    return Acquaintance(nlp.tokenizer) if isinstance(nlp.tokenizer, Tokenizer) else None


def _groups(texts: Iterator[str]) -> Iterator[list[str]]:
    """Texts to read together, at most ``TOGETHER`` characters unless one alone is longer; those before a refused one come first."""
    group: list[str] = []
    size = 0
    while True:
        try:
            text = next(texts, None)
        except ValueError:
            if group:
                yield group
            raise
        if group and (text is None or size + len(text) > TOGETHER):
            yield group
            group, size = [], 0
        if text is None:
            return
        group.append(text)
        size += len(text)


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
