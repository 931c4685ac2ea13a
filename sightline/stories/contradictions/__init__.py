"""Where values of one slot do not agree, and what kind of disagreement it is.

Values are normalised before they are compared: times to UTC, places to the gazetteer, amounts to one unit. Every rule looks for the
harmless explanation first; a false contradiction is worse than a missed one.
"""

from __future__ import annotations

from sightline.stories.contradictions import aboard, amounts, counts, holders, people, places, silences, times, tolls, ways
from sightline.stories.contradictions.scene import Amount, Finding, Scene

__all__ = ["Amount", "Finding", "Scene", "find"]


def find(scene: Scene) -> list[Finding]:
    """All disagreements of a story, in the order of its events; each pair of values once."""
    found: list[Finding] = []
    for rule in (
        times.find,
        places.find,
        silences.find,
        people.find,
        amounts.find,
        counts.find,
        aboard.find,
        holders.find,
        tolls.find,
        ways.find,
    ):
        found.extend(rule(scene))
    seen: set[tuple[str, str, str, tuple[str, ...]]] = set()
    kept = []
    for one in sorted(found, key=lambda finding: finding.key):
        pair = (one.event, one.slot, one.type.value, one.values)
        if pair not in seen:
            seen.add(pair)
            kept.append(one)
    return kept
