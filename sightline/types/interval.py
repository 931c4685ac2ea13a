"""When: what is known of an instant or a stretch of time."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """The stretch in which something lies, from its earliest to its latest possible second.

    Instants are aware datetimes in UTC, to the second, both ends inclusive; ``None`` is an open end. ``edtf`` is the same in the
    Extended Date/Time Format (ISO 8601-2), in the local time of ``zone`` where one is known. ``vague`` marks an interval read from
    a vague expression by the documented table, ``approximate`` is EDTF's ``~``, ``uncertain`` its ``?``.

    Raises:
        ValueError: when the interval ends before it begins or an instant carries no zone.
    """

    earliest: datetime | None = None
    latest: datetime | None = None
    edtf: str = ".."
    approximate: bool = False
    uncertain: bool = False
    vague: bool = False
    zone: str | None = None
    """IANA name or UTC offset ("Asia/Seoul", "+09:00"); ``None`` where the text gives none and UTC is assumed."""
    zone_origin: str | None = None
    """Where the zone came from: "text", "dateline", "place", "outlet", or ``None`` (assumed)."""

    def __post_init__(self) -> None:
        for instant in (self.earliest, self.latest):
            if instant is not None and instant.tzinfo is None:
                raise ValueError("an interval's instants need a time zone")
        if self.earliest is not None and self.latest is not None and self.latest < self.earliest:
            raise ValueError(f"an interval cannot end ({self.latest}) before it begins ({self.earliest})")

    @property
    def width(self) -> timedelta | None:
        """How long the stretch is; ``None`` when an end is open."""
        if self.earliest is None or self.latest is None:
            return None
        return self.latest - self.earliest

    def intersects(self, other: Interval) -> bool:
        """Whether both could hold the same instant."""
        starts_in_time = self.earliest is None or other.latest is None or self.earliest <= other.latest
        ends_late_enough = self.latest is None or other.earliest is None or other.earliest <= self.latest
        return starts_in_time and ends_late_enough

    def contains(self, other: Interval) -> bool:
        """Whether every instant of ``other`` lies within."""
        begins = self.earliest is None or (other.earliest is not None and self.earliest <= other.earliest)
        ends = self.latest is None or (other.latest is not None and other.latest <= self.latest)
        return begins and ends
