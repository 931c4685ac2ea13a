"""The desk reads what can be read and says what cannot."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from bench.stories_speed import made_up
from sightline import desk as desk_module
from sightline.desk import Desk, picture_of, replayed
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


def test_words_never_met_before_are_not_kept_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "NEW_WORDS", 1_000)
    desk, plain = Desk(), report("a", "The minister left the harbour on Monday, the port said.")
    (first,) = desk.annotate([plain])
    before = len(desk._load()[0].vocab.strings)
    for number in range(3):
        list(desk.annotate([report("b", " ".join(f"ferry{number}x{place} left." for place in range(1_500)))]))
        assert len(desk._load()[0].vocab.strings) < before + 1_000
    (again,) = desk.annotate([plain])
    assert again == first


def test_a_replayed_moment_is_the_picture_as_of_then() -> None:
    readings = made_up(60)
    (story, *_) = picture_of(readings).stories
    own = [reading for reading in readings if reading.report.id in story.reports]
    moments = list(replayed(story, readings, limit=6))
    assert len(moments) == 6
    for moment in moments:
        assert moment.story == max(picture_of(own, as_of=moment.at).stories, key=lambda found: (len(found.reports), found.id))


def test_pages_start_without_the_language_pipeline() -> None:
    """What was read is shown by a server that does not load what reads."""
    found = subprocess.run(
        [sys.executable, "-c", "import sys, sightline.web.app; print('spacy' in sys.modules)"], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "False"


def test_mojibake_is_read_and_its_evidence_stays_as_it_came() -> None:
    clean = "“The ferry has left Turku,” MiloÅ¡ said on Monday. It’s late.".replace("Å¡", "š")
    broken = clean.encode().decode("cp1252", errors="replace").replace("\ufffd", "\x9d")
    told, misread = Desk().annotate([report("misread", broken)])
    (plain,) = Desk().annotate([report("misread", clean)])
    assert isinstance(told, Problem) and not told.fatal and "mojibake" in told.message
    assert isinstance(misread, Reading) and isinstance(plain, Reading)
    assert misread.report.text == broken
    assert [name.text for name in misread.names] == [name.text for name in plain.names]
    assert [claim.type for claim in misread.claims] == [claim.type for claim in plain.claims] and misread.claims
    (trigger, *_), (meant, *_) = ([claim.trigger for claim in found.claims] for found in (misread, plain))
    assert broken[trigger.start : trigger.end] == clean[meant.start : meant.end] == "left"
    assert misread.claims[0].id == f"misread#{trigger.start}-{trigger.end}"
    said = misread.attributions[0].content[0]
    assert "The ferry has left Turku" in broken[said.start : said.end]
