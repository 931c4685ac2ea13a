"""Which language a report is written in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_LETTER = re.compile(r"[^\W\d_]")


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> tuple[str, float]:
    """ISO 639-1 code and probability of the text's language, from its first 2,000 characters.

    A text with fewer than twenty letters gives ``("und", 0.0)``: too little to tell.

    >>> language_of("Der Zug hat am Montag die Hauptstadt verlassen, wie die Agentur meldet.")[0]
    'de'
    """
    head = text[:2000]
    if len(_LETTER.findall(head)) < 20:
        return "und", 0.0
    code, probability = _identifier().classify(head)
    return str(code), float(probability)
