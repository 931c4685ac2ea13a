"""Mentions put together into claims: happenings with participants, times, places, quantities, certainty and chain."""

from sightline.extract.claims.find import find_claims
from sightline.extract.claims.table import happening

__all__ = ["find_claims", "happening"]
