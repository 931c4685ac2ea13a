"""The desk reads what can be read and says what cannot."""

from datetime import UTC, datetime

from sightline.desk import Desk
from sightline.language import LONGEST
from sightline.types import Interval, Problem, Publication, Reading, Report

PUBLISHED = Publication(
    value="2026-03-02",
    method="option",
    interval=Interval(earliest=datetime(2026, 3, 2, tzinfo=UTC), latest=datetime(2026, 3, 2, 23, 59, 59, tzinfo=UTC)),
)


def report(name: str, text: str) -> Report:
    return Report(id=name, text=text, language="en", published=PUBLISHED)


def test_a_text_that_cannot_be_read_is_told_and_the_others_are_read() -> None:
    plain = "The minister left the harbour on Monday."
    batch = [report("first", plain), report("broken", "The ferry \ud800 sank."), report("endless", "a " * LONGEST), report("last", plain)]
    first, broken, endless, last = Desk().annotate(batch)
    assert isinstance(first, Reading) and isinstance(last, Reading)
    assert first.claims and last.claims
    for told, name in ((broken, "broken"), (endless, "endless")):
        assert isinstance(told, Problem)
        assert told.report == name and told.fatal and told.message and told.remedy
        assert "\n" not in str(told)
