"""Whether a newsroom says that it saw something for itself."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from sightline.stories.parties import Parties


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = tomllib.loads(files("sightline.stories").joinpath("data", "observation.toml").read_text(encoding="utf-8"))
    own = re.compile(r"\b(?:" + "|".join(table["own"]) + r")\b", re.IGNORECASE)
    image = re.compile(r"\b(?:" + "|".join(table["image"]) + r")\b", re.IGNORECASE)
    return own, image


def saw_itself(sentence: str, *, newsroom_speaks: bool = False) -> bool:
    """Whether a sentence states a newsroom's own observation; with ``newsroom_speaks`` its own footage or photograph is enough.

    >>> saw_itself("Our crew watched the convoy pass."), saw_itself("The convoy passed.")
    (True, False)
    """
    own, image = _patterns()
    return bool(own.search(sentence)) or (newsroom_speaks and bool(image.search(sentence)))


_CREW = re.compile(
    r"\b(?P<name>[A-Z][\w.&-]*(?:\s+[A-Z][\w.&-]*)*)(?:['’]s)?\s+(?:camera\s+)?(?:crews?|reporters?|journalists?|correspondents?|photographers?|team|(?:eye)?witness(?:es)?)\b"
)
_NO_NAMES = frozenset({"Our", "Its", "The", "Their", "A", "An", "Several", "Local", "Two", "Some", "Foreign", "Own"})


def whose_eyes(sentence: str, page: str | None, parties: Parties) -> str | None:
    """Whose crew saw: the newsroom named before it ("RIA journalists"), if it is a known one; the page's own where none is named."""
    match = _CREW.search(sentence)
    if match is None or match["name"] in _NO_NAMES:
        return page
    return match["name"] if parties.named(match["name"])[0] is not None else None
