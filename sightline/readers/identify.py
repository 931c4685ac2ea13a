"""Which language a report is written in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    (
        "the", "of", "and", "to", "that", "with", "said", "by", "from", "have", "were", "are",
        "it", "his", "not", "has", "which", "their", "they", "this", "been", "would", "who",
    )
)  # fmt: skip
"""Commonest words of English prose; no other language in the Latin script shares so many of them."""
LEAST_SHARE = 0.12
"""Share of such words that no text in another language reaches and few in English miss."""


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> tuple[str, float]:
    """ISO 639-1 code and probability of the text's language, from its first 2,000 characters.

    A text with fewer than twenty letters gives ``("und", 0.0)``: too little to tell. Plainly English prose is told by its commonest words
    before the statistical identifier is asked, which lists of foreign names lead astray.

    >>> language_of("Der Zug hat am Montag die Hauptstadt verlassen, wie die Agentur meldet.")[0]
    'de'
    >>> language_of("The ferry left on Sunday, and it is not known where it was at noon.")
    ('en', 1.0)
    """
    head = text[:2000]
    if len(_LETTER.findall(head)) < 20:
        return "und", 0.0
    words = [word.lower() for word in _WORD.findall(head)]
    if len(words) >= 10 and sum(word in _ENGLISH for word in words) >= LEAST_SHARE * len(words):
        return "en", 1.0
    code, probability = _identifier().classify(head)
    return str(code), float(probability)
