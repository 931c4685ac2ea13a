"""A user's decision made ready to be appended: the same at the command line and on the pages."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from sightline.types import Decision


def new_decision(kind: str, subjects: tuple[str, ...], by: str, note: str = "") -> Decision:
    """A decision made now; its id is a hash of what it says and when, so that the same words said twice are two decisions."""
    at = datetime.now(UTC)
    identity = hashlib.sha256("\x1f".join([kind, *subjects, note, at.isoformat()]).encode()).hexdigest()[:16]
    return Decision(id=identity, kind=kind, subjects=subjects, at=at, by=by, note=note)
