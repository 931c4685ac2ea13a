"""The one way through: files to reports, reports to readings, readings to the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import msgspec

from sightline.gazetteer import Gazetteer, Register
from sightline.readers.bounded import bounded
from sightline.stories import Builder, build
from sightline.stories.clock import as_known
from sightline.types import Contradiction, ContradictionType, Decision, Forecast, Problem, Reading, Report, SlotValue, Story

if TYPE_CHECKING:
    from spacy.language import Language

    from sightline.journeys import Infeasible, Network

NEW_WORDS = 1_000_000
"""After so many words never met before (400 MB of them, which spaCy keeps for good) the pipeline is loaded anew, which changes no reading."""
BATCH = 64
BATCH_CHARACTERS = 150_000
"""Most reports, and most of their characters, that are parsed together: enough to fill the pipeline's own batches, little to hold."""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """What a set of reports gives: the stories, the readings they rest on, and forecasts by story id."""

    stories: tuple[Story, ...]
    readings: tuple[Reading, ...]
    forecasts: dict[str, Forecast] = {}
    as_of: datetime | None = None


class Desk:
    """Reads reports and makes pictures. Loads its language pipeline, gazetteer and register once, when first needed."""

    def __init__(
        self,
        *,
        pipeline: str | None = None,
        people: Path | None = None,
        places: Path | None = None,
        timed: Callable[[Report, float], None] | None = None,
    ) -> None:
        """Name an installed spaCy ``pipeline`` to use instead of the shipped one, a table of ``people``, a table of ``places``.

        ``timed`` is told the processor time (s) that each report took, its share of what reports share by its length.
        """
        self.timed = timed
        self._pipeline = pipeline
        self._people = people
        self._places = places
        self._tools: tuple[Language, Gazetteer, Register] | None = None
        self._words = 0

    def _load(self) -> tuple[Language, Gazetteer, Register]:
        # The language pipeline is imported by those who read: pages of what was read start without it.
        from sightline.language import forget, load

        if self._tools is None:
            self._tools = load(self._pipeline), gazetteer_of(self._places), Register.load(self._people)
            self._words = len(self._tools[0].vocab.strings)
        elif len(self._tools[0].vocab.strings) > self._words + NEW_WORDS:
            forget()
            self._tools = load(self._pipeline), *self._tools[1:]
            self._words = len(self._tools[0].vocab.strings)
        return self._tools

    def annotate(self, items: Iterable[Report | Problem]) -> Iterator[Reading | Problem]:
        """A reading for each report, in input order; problems pass through where they stood.

        A report that takes more processor time than its length allows gives a problem and a reading that holds nothing but the report and the
        reason (see :mod:`sightline.readers.limit`; called outside the main thread, there is no such limit).
        """
        for batch in _batches(items):
            if any(isinstance(item, Report) for item in batch):
                self._load()  # what every report needs is on no report's account
            yield from bounded(batch, self._batch, _unread)

    def _batch(self, items: Sequence[Report | Problem]) -> Iterator[Reading | Problem]:
        from sightline.extract.reading import read
        from sightline.extract.restored import restored
        from sightline.language import read as parse
        from sightline.language.mojibake import mend

        dated = [item if isinstance(item, Problem) else _readable(item) for item in items]
        english = [item for item in dated if isinstance(item, Report) and item.language in ("en", "und")]
        nlp, gazetteer, register = self._load()
        copies = [mend(report.text) for report in english]
        docs = zip(copies, parse([copy.text for copy in copies], nlp), strict=True)
        shared, own = 0.0, list[tuple[Report, float]]()
        for item in dated:
            if isinstance(item, Problem):
                yield item
            elif item.language in ("en", "und"):
                if item.published is None:
                    yield Problem(
                        report=item.path or item.id,
                        message="no publication date found",
                        remedy="relative times stay open; give one with --published",
                        fatal=False,
                    )
                began = process_time()
                copy, doc = next(docs)
                shared += process_time() - began
                if copy.count:
                    yield Problem(
                        report=item.path or item.id,
                        message=f"{copy.count} misread characters (mojibake) read as what they were",
                        remedy="save it as UTF-8 to be sure",
                        fatal=False,
                        outcome="repaired",
                    )
                mended = item if not copy.count else msgspec.structs.replace(item, text=copy.text)
                began = process_time()
                reading = read(mended, doc, gazetteer=gazetteer, register=register)
                own.append((item, process_time() - began))
                yield reading if not copy.count else restored(reading, item, copy.back)
            else:
                note = f"left unread: not English ({item.language})"
                yield Problem(report=item.path or item.id, message=note, remedy="translate it first", fatal=False, outcome="unread")
                yield _unread(item, note)
        characters = sum(len(report.text) for report, _ in own) or 1
        for report, seconds in own if self.timed is not None else ():
            assert self.timed is not None
            self.timed(report, seconds + shared * len(report.text) / characters)


def _unread(report: Report, note: str) -> Reading:
    from sightline.extract.reading import version

    return Reading(report=report, notes=(note,), version=version())


def _batches(items: Iterable[Report | Problem]) -> Iterator[list[Report | Problem]]:
    batch: list[Report | Problem] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += len(item.text) if isinstance(item, Report) else 0
        if len(batch) >= BATCH or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def gazetteer_of(places: Path | None) -> Gazetteer:
    """The gazetteer with a user's table of places, or with a GeoNames dump imported into an SQLite file."""
    if places is not None and places.suffix in (".sqlite", ".db"):
        return Gazetteer.load(dump=places)
    return Gazetteer.load(places)


def party_names(stories: Iterable[Story]) -> dict[str, str]:
    """Readable names of the parties behind some stories, by party id."""
    register = Register.load()
    parties = {origin.party for story in stories for origin in story.origins if origin.party}
    return {identity: party.name for identity in sorted(parties) if (party := register.party(identity)) is not None}


def picture_of(
    readings: Sequence[Reading],
    *,
    decisions: Sequence[Decision] = (),
    as_of: datetime | None = None,
    network: Network | None = None,
    vehicle: str | None = None,
    journeys: bool = False,
) -> Picture:
    """The picture that the readings give as of an instant, hidden reports left out; with a ``network``, a forecast for each story that is a journey
    on it; with ``journeys``, a forecast along great circles where there is no network."""
    shown = without_hidden(readings, decisions)
    stories = build(shown, decisions=decisions, as_of=as_of)
    return _with_forecasts(stories, shown, network, as_of, vehicle, great_circles=journeys)


def without_hidden(readings: Sequence[Reading], decisions: Sequence[Decision]) -> list[Reading]:
    """The readings of reports that no decision hides."""
    hidden = {subject for decision in decisions if decision.kind == "hide" for subject in decision.subjects}
    return [reading for reading in readings if reading.report.id not in hidden]


class Gathering:
    """Stories kept up to date while reports come in: what does not depend on the new ones is not worked out again."""

    def __init__(self, network: Network | None = None) -> None:
        """With a ``network``, forecasts are made too."""
        self._network = network
        self._builder: Builder | None = None
        self._versions: dict[str, str] = {}

    def picture(self, readings: Sequence[Reading], decisions: Sequence[Decision] = ()) -> Picture:
        """The picture that the readings give: the same as :func:`picture_of` gives, sooner when most of them were there before."""
        shown = without_hidden(readings, decisions)
        versions = {reading.report.id: reading.version for reading in shown}
        if self._builder is None or any(versions.get(report) != version for report, version in self._versions.items()):
            self._builder, self._versions = Builder(Register.load()), {}
        for reading in shown:
            if reading.report.id not in self._versions:
                self._builder.add(reading)
        self._versions = versions
        return _with_forecasts(self._builder.stories(decisions), shown, self._network, None, None)


def _with_forecasts(
    stories: Sequence[Story],
    readings: Sequence[Reading],
    network: Network | None,
    as_of: datetime | None,
    vehicle: str | None,
    *,
    great_circles: bool = False,
) -> Picture:
    forecasts: dict[str, Forecast] = {}
    if network is not None or great_circles:
        from sightline.journeys import forecast_story, infeasible
        from sightline.journeys.travellers import likely_vehicle

        checked = []
        for story in stories:
            found = forecast_story(story, readings, network, as_of=as_of, vehicle=vehicle)
            if found is not None:
                forecasts[story.id] = found
                own = [reading for reading in readings if reading.report.id in set(story.reports)]
                moved = vehicle or likely_vehicle(own, network)
                story = refuted(story, infeasible(story, network, readings, as_of=as_of, vehicle=moved))
            checked.append(story)
        stories = checked
    return Picture(stories=tuple(stories), readings=tuple(readings), forecasts=forecasts, as_of=as_of)


def refuted(story: Story, findings: Sequence[Infeasible]) -> Story:
    """The story with what no vehicle can have done told as contradictions, and the slot values that rest on such claims flagged."""
    if not findings:
        return story
    claims = {claim for finding in findings for claim in finding.claims}

    def marked(value: SlotValue) -> SlotValue:
        touched = claims & set(value.claims)
        return msgspec.structs.replace(value, flags=(*value.flags, "doubted")) if touched and "doubted" not in value.flags else value

    events = []
    for event in story.events:
        slots = [
            msgspec.structs.replace(slot, values=tuple(marked(value) for value in slot.values))
            if slot.name in ("when", "duration", "speed")
            else slot
            for slot in event.slots
        ]
        events.append(msgspec.structs.replace(event, slots=tuple(slots)))
    told = list(story.contradictions)
    for finding in findings:
        about = next((event.id for event in story.events if set(finding.claims) & set(event.claims)), "")
        told.append(
            Contradiction(
                id=f"contradiction:{story.id}:infeasible:{len(told) + 1}",
                type=ContradictionType.INFEASIBLE,
                event=about,
                slot="when",
                values=(),
                claims=(finding.claims,),
                explanation=finding.text,
            )
        )
    return msgspec.structs.replace(story, events=tuple(events), contradictions=tuple(told))


def instants(readings: Sequence[Reading], limit: int) -> list[datetime]:
    """When the reports came, each moment once, thinned evenly to at most ``limit`` with the first and the last kept."""
    moments = sorted({end for reading in readings if reading.report.published and (end := reading.report.published.interval.latest)})
    if len(moments) <= limit:
        return moments
    return [moments[round(place * (len(moments) - 1) / (limit - 1))] for place in range(limit)]


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A story as it could be known at an instant."""

    at: datetime
    story: Story
    forecast: Forecast | None = None


def replayed(
    story: Story,
    readings: Sequence[Reading],
    *,
    decisions: Sequence[Decision] = (),
    network: Network | None = None,
    vehicle: str | None = None,
    journeys: bool = False,
    limit: int = 16,
) -> Iterator[Moment]:
    """A story at each instant when its reports came, at most ``limit`` of them: what could be known then, and the forecast made then.

    Each moment is what :func:`picture_of` gives of the story's reports as of that instant; since one builder is fed report after report,
    all of them together take little more than the last alone.
    """
    reports = set(story.reports)
    own = without_hidden([reading for reading in readings if reading.report.id in reports], decisions)
    builder, fed = Builder(Register.load()), set[str]()
    for at in instants(own, limit):
        for reading in as_known(own, at):
            if reading.report.id not in fed:
                fed.add(reading.report.id)
                builder.add(reading)
        then = _with_forecasts(builder.stories(decisions, as_of=at), own, network, at, vehicle, great_circles=journeys)
        if then.stories:
            largest = max(then.stories, key=lambda found: (len(found.reports), found.id))
            yield Moment(at=at, story=largest, forecast=then.forecasts.get(largest.id))


def _readable(report: Report) -> Report | Problem:
    """The report, dated and with its language told, or why its text cannot be read: one bad report never ends a batch."""
    from sightline.language import checked

    try:
        checked(report.text)
    except ValueError as refusal:
        message, _, remedy = str(refusal).rpartition("; ")
        return Problem(report=report.path or report.id, message=message, remedy=remedy)
    return _dated(report)


def _dated(report: Report) -> Report:
    """The report with its language told and, where its metadata gave no date, the one that its own text or address gives."""
    from sightline.extract.published import publication
    from sightline.readers.identify import language_of

    language = report.language
    if language is None or not language.lower().startswith("en"):
        told, probability = language_of(report.text)
        language = told if told in ("en", "und") or probability > 0.8 else "und"
    else:
        language = "en"
    return msgspec.structs.replace(report, language=language, published=report.published or publication(report))
