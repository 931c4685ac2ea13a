"""Questions that the reports themselves leave open, less those that another report answers later."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.stories.clock import NEVER
from sightline.stories.events import Assembled
from sightline.types import Event, Status, Unknown

_FACT = frozenset({Status.HAPPENED.value, Status.UNDER_WAY.value})
_WORDS = {
    "happened": "Whether",
    "when": "When",
    "where": "Where",
    "who": "Who",
    "why": "Why",
    "how": "How",
    "what": "What",
    "to": "Where to",
    "from": "Where from",
    "duration": "How long",
    "via": "By what way",
    "how_many": "How many",
    "distance": "How far",
}
_SAME_SLOT = {
    "where": ("where", "to"),
    "when": ("when",),
    "who": ("who",),
    "to": ("to", "where"),
    "duration": ("duration",),
    "from": ("from",),
}


def unknowns_of(items: Sequence[Assembled]) -> tuple[Unknown, ...]:
    """One open question for each event and slot that claims call unknown and no later report answers as a fact."""
    found: list[Unknown] = []
    for item in items:
        open_slots: dict[str, list[str]] = {}
        asked: dict[str, str] = {}
        for one in item.members:
            for name in one.evidence.claim.unknown:
                open_slots.setdefault(name, []).append(one.evidence.id)
                asked[name] = max(asked.get(name, ""), (one.evidence.known or NEVER).isoformat())
        for name in sorted(open_slots):
            if not _answered(item, name) and not item.event.says_nothing:
                question = _asked(name, item.event)
                found.append(Unknown(question=question, claims=tuple(dict.fromkeys(open_slots[name])), event=item.event.id))
    return tuple(found)


def _asked(name: str, event: Event) -> str:
    """ "When Kim Jong-un arrives in Vladivostok", "Whether it came to this: questioning of the crew"."""
    if event.label.lower().startswith(("how many ", "how much ")):
        return event.label
    who = next((slot.values[0].value for slot in event.slots if slot.name in ("who", "whom") and slot.values), None)
    if event.type == "presence" and name == "where" and who is not None:
        return f"Where {who} is"
    first, _, rest = event.label.partition(" ")
    label = f"{first.lower() if first in _COMMON or event.is_phrase else first} {rest}".strip()
    if event.is_phrase:
        return f"{'Whether it came to this' if name == 'happened' else _WORDS.get(name, name.capitalize())}: {label}"
    return f"{_WORDS.get(name, name.capitalize())} {label}"


_COMMON = frozenset({"The", "A", "An", "Two", "Three", "Several", "At"})


def _answered(item: Assembled, name: str) -> bool:
    for slot in item.event.slots:
        if slot.name in _SAME_SLOT.get(name, (name,)) and any(value.status in _FACT and value.grade >= 1 for value in slot.values):
            return True
    return False
