"""A reading of a mended copy, moved back to the text as it came: every span names the characters that were there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from sightline.types import Claim, Reading, Report, Span


def restored(reading: Reading, report: Report, back: Callable[[int], int]) -> Reading:
    """The reading with all its spans moved by ``back`` and the report's own text; what was read (names, words) stays as it was mended."""
    moved: Reading = _moved(reading, back)
    return msgspec.structs.replace(moved, report=msgspec.structs.replace(reading.report, text=report.text))


def _moved(value: Any, back: Callable[[int], int]) -> Any:
    if isinstance(value, Span):
        return Span(back(value.start), back(value.end))
    if isinstance(value, tuple):
        return tuple(_moved(item, back) for item in value)
    if isinstance(value, dict):
        return {key: _moved(item, back) for key, item in value.items()}
    if isinstance(value, msgspec.Struct):
        fields = {name: _moved(getattr(value, name), back) for name in value.__struct_fields__}
        if isinstance(value, Claim):
            fields["id"] = _renamed(value, fields["trigger"])
        return msgspec.structs.replace(value, **fields)
    return value


def _renamed(claim: Claim, trigger: Span) -> str:
    """A claim's id names its trigger's place."""
    before = f"#{claim.trigger.start}-{claim.trigger.end}"
    head, found, tail = claim.id.rpartition(before)
    return f"{head}#{trigger.start}-{trigger.end}{tail}" if found else claim.id
