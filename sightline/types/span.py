"""Character ranges in a report's text."""

from __future__ import annotations

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, array_like=True):
    """A half-open range of characters, as W3C Web Annotation's TextPositionSelector counts them.

    ``report.text[span.start:span.end]`` is the evidence. In JSON a span is ``[start, end]``.

    Raises:
        ValueError: when the range is negative or runs backwards.

    >>> Span(3, 8).length, Span(3, 8).overlaps(Span(7, 9))
    (5, True)
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not [{self.start}, {self.end})")

    @property
    def length(self) -> int:
        """Number of characters covered."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether at least one character is shared."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether every character of ``other`` lies within."""
        return self.start <= other.start and other.end <= self.end
