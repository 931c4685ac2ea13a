"""Time expressions of English news: found, resolved against the report's date, and attached to what they date.

Values are TimeML's TIMEX3 (ISO-TimeML); intervals are EDTF (ISO 8601-2). See docs/times.md for the conventions.
"""

from sightline.extract.times.mentions import find_times

__all__ = ["find_times"]
