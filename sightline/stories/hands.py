"""In whose hands a place is told to be, in words that two tellings can share: "Houthi forces" and "the Houthis" are one holder."""

from __future__ import annotations

import re

from sightline.types import Claim, Participant

_WORDLESS = "the a an its our their his troops forces soldiers fighters army military units men security police still fully of and"
_ANYBODY = frozenset(_WORDLESS.split(" "))


def holder_of(claim: Claim) -> Participant | None:
    """Who is said to hold it."""
    return next((part for part in claim.participants if part.role == "agent"), None)


def hands(claim: Claim) -> frozenset[str]:
    """The words that tell the holder from others, without endings; none where nobody is said to hold it."""
    holder = holder_of(claim)
    if holder is None:
        return frozenset()
    return frozenset(word.removesuffix("s") for word in re.findall(r"[\w'’]+", holder.text.lower()) if word not in _ANYBODY)


def other_hands(one: Claim, other: Claim) -> bool:
    """Whether two tellings put it into different hands, or one of them does not say enough to tell that they are the same."""
    if holder_of(one) is None or holder_of(other) is None:
        return False
    return not hands(one) & hands(other)
