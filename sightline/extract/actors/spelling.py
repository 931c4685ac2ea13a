"""Whether two spellings are one name: hyphens, spaces, transliterations, initials."""

from __future__ import annotations

import re
from functools import lru_cache

from sightline.extract.actors.words import words
from sightline.gazetteer.folding import fold

_TITLE_END = re.compile(r"(?:['’]s?|,)$")
_VOWELS = re.compile(r"[aeiouyw]+")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def clean(name: str) -> str:
    """A name without a possessive ending and with single spaces.

    >>> clean("Kim  Jong-un’s")
    'Kim Jong-un'
    """
    return re.sub(r"\s*[-‐‑]\s*", "-", " ".join(_TITLE_END.sub("", name.strip()).split()))


@lru_cache(maxsize=65536)
def squashed(name: str) -> str:
    """The folded name without spaces: what hyphenation and spacing leave alone."""
    return fold(name).replace(" ", "")


@lru_cache(maxsize=4096)
def same_name(one: str, other: str) -> bool:
    """Whether two full names are spellings of one.

    >>> same_name("Kim Jong Un", "Kim Jong-un"), same_name("Sergei Lavrov", "Sergey Lavrov"), same_name("Kim Jong-un", "Kim Jong-il")
    (True, True, False)
    >>> same_name("V. Putin", "Vladimir Putin"), same_name("Choe Son Hui", "Choe Sun-hui"), same_name("Ann Lee", "Dan Lee")
    (True, True, False)
    """
    a, b = squashed(one), squashed(other)
    if a == b:
        return True
    first, second = fold(one).split(), fold(other).split()
    first = [w for w in first if w not in _SUFFIXES]
    second = [w for w in second if w not in _SUFFIXES]
    if len(first) < 2 or len(second) < 2:
        return False
    if first[-1] == second[-1] and first[0][0] == second[0][0] and 1 in (len(first[0]), len(second[0])):
        return True
    if first[0] == second[0] and first[-1] == second[-1] and first[0] not in words("family_first") and abs(len(first) - len(second)) == 1:
        return True
    if min(len(a), len(b)) < 8 or a[0] != b[0]:
        return False
    if _VOWELS.sub("", a) == _VOWELS.sub("", b) and _distance(a, b) <= 3:
        return True
    return _VOWELS.sub("", a)[:3] == _VOWELS.sub("", b)[:3] and _distance(a, b) <= (1 if min(len(a), len(b)) < 13 else 2)


@lru_cache(maxsize=65536)
def alike(name: str) -> tuple[tuple[str, ...], ...]:
    """Keys of a full name, one of which every spelling of it shares: all its letters, its last word with its first letter, or the consonants
    that it begins with.

    >>> sorted(set(alike("Sergei Lavrov")) & set(alike("Sergey Lavrov")))
    [('ends', 's', 'lavrov'), ('sounds', 's', 'srg')]
    """
    letters, tokens = squashed(name), [w for w in fold(name).split() if w not in _SUFFIXES]
    keys: list[tuple[str, ...]] = [("letters", letters)]
    if len(tokens) > 1:
        keys.append(("ends", tokens[0][0], tokens[-1]))
        keys.append(("sounds", letters[0], _VOWELS.sub("", letters)[:3]))
    return tuple(keys)


@lru_cache(maxsize=65536)
def shortened(name: str) -> frozenset[str]:
    """What a person may be called by a part of the name, wherever they are from, folded; see ``parts``."""
    tokens = [w for w in fold(name).split() if w not in _SUFFIXES]
    return frozenset((fold(name), "", *tokens[:1], *tokens[-1:], " ".join(tokens[1:])))


@lru_cache(maxsize=65536)
def parts(name: str, *, country: str | None = None) -> tuple[str, str]:
    """Given name and family name, folded.

    >>> parts("Dmitry Peskov"), parts("Kim Jong-un"), parts("Putin")
    (('dmitry', 'peskov'), ('jong un', 'kim'), ('', 'putin'))
    """
    tokens = [w for w in fold(name).split() if w not in _SUFFIXES]
    if len(tokens) < 2:
        return "", tokens[0] if tokens else ""
    eastern = country in ("KP", "KR", "CN", "TW", "VN") or (
        tokens[0] in words("family_first") and ("-" in name or len(tokens) == 3) and len(tokens[0]) <= 5
    )
    if eastern:
        return " ".join(tokens[1:]), tokens[0]
    family = tokens[-1]
    if tokens[-2] in ("al", "el", "bin", "von", "van", "de", "der", "da") and len(tokens) > 2:
        return tokens[0], f"{family}"
    return tokens[0], family


def _distance(a: str, b: str) -> int:
    """Edit distance (Levenshtein), up to 4: letters that both begin or end with cost nothing, and hopeless pairs are given up."""
    if abs(len(a) - len(b)) > 3:
        return 4
    shorter = min(len(a), len(b))
    begin = next((at for at in range(shorter) if a[at] != b[at]), shorter)
    a, b = a[begin:], b[begin:]
    shorter -= begin
    end = next((at for at in range(shorter) if a[-1 - at] != b[-1 - at]), shorter)
    a, b = a[: len(a) - end], b[: len(b) - end]
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
        if min(row) > 3:
            return 4
    return min(row[-1], 4)
