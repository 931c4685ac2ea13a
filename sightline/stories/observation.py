"""Whether a newsroom says that it saw something for itself."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files


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
