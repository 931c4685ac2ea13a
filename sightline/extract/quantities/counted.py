"""What a number counts: the noun after it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sightline.extract.quantities.numbers import Word
from sightline.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

MONTHS = frozenset(
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    ]
)  # fmt: skip
_DASHES = ("-", "–", "—", "−")
_PEOPLE = frozenset(["people", "men", "women", "children", "troops", "police", "dead", "personnel", "staff", "crew", "others", "cattle"])


def counted_noun(doc: Doc, starts: list[int], run: Sequence[Word], after: int) -> tuple[str, Span] | None:
    """The noun after a number, past "of the" and adjectives."""
    if after >= len(run):
        return None
    at = bisect_right(starts, run[after].start) - 1
    tokens = doc[at : at + 9]
    step = 0
    if len(tokens) and tokens[0].lower_ == "-":
        step = 1
    if len(tokens) > step and tokens[step].lower_ in ("of", "more", "other", "additional", "further", "new"):
        step += 1
        while step < len(tokens) and tokens[step].lower_ in ("the", "its", "their", "his", "her", "these", "those", "more", "our"):
            step += 1
    last, limit = None, min(len(tokens), step + 6)
    for index in range(step, limit):
        token = tokens[index]
        if not token.pos_:
            if not token.is_alpha:
                break
            if token.lower_ in _PEOPLE or (len(token) > 3 and token.lower_.endswith("s") and not token.lower_.endswith("ss")):
                last = token
                break
            continue
        if token.pos_ in ("NOUN", "PROPN"):
            last = token
            if token.tag_ in ("NNS", "NNPS") and not (index + 1 < limit and tokens[index + 1].pos_ == "NOUN"):
                break
        elif (
            (token.pos_ == "ADJ" and last is None)
            or (token.text in _DASHES and index + 1 < limit)
            or (
                token.pos_ == "VERB"
                and last is None
                and token.tag_ in ("VBN", "VBG")
                and index + 1 < limit
                and tokens[index + 1].pos_ in ("NOUN", "ADJ")
            )
            or (token.lower_ == "and" and last is None and index > step)
        ):
            continue
        else:
            break
    if last is None or last.lower_ in MONTHS or (last.pos_ == "PROPN" and last.tag_ == "NNP"):
        return None
    lemma = (last.lemma_ or last.lower_).lower()
    return lemma, Span(last.idx, last.idx + len(last))


def is_plural(doc: Doc, span: Span) -> bool:
    """Whether the counted word is in the plural, as far as its form or tag shows."""
    token = next((token for token in doc.char_span(span.start, span.end, alignment_mode="expand") or ()), None)
    return token is not None and (
        token.tag_ in ("NNS", "NNPS") or (not token.tag_ and token.lower_.endswith("s")) or token.lower_ in _PEOPLE
    )
