"""A small story of two reports, made by hand, that the tests of the pages share."""

from __future__ import annotations

from datetime import UTC, datetime

from sightline.readers import parse_publication
from sightline.types import (
    Access,
    Attribution,
    Certainty,
    Claim,
    Contradiction,
    ContradictionType,
    Event,
    Interval,
    Origin,
    Place,
    Reading,
    Report,
    Slot,
    SlotValue,
    Source,
    SourceForm,
    SourceKind,
    Span,
    Status,
    Story,
    TimeMention,
    Unknown,
)

FERRY = "The ferry Aurora left Turku on Sunday, the port authority said.\n\nIt is unknown when the ferry will reach Stockholm."
HOSTILE = 'A <script>alert("x")</script> ferry left Turku on Monday, according to </p><img src=x onerror=alert(1)> sailors.\x1b[31m'


def day(month: int, date: int) -> Interval:
    return Interval(
        earliest=datetime(2024, month, date, tzinfo=UTC),
        latest=datetime(2024, month, date, 23, 59, 59, tzinfo=UTC),
        edtf=f"2024-{month:02d}-{date:02d}",
    )


TURKU = Place(id="geonames:633679", name="Turku", kind="city", lat=60.45, lon=22.27, geonameid=633679, country="FI", zone="Europe/Helsinki")
STOCKHOLM = Place(id="geonames:2673730", name="Stockholm", kind="city", lat=59.33, lon=18.06, geonameid=2673730, country="SE")


def _claim(report: str, text: str, word: str, status: Status) -> Claim:
    start = text.index(word)
    sentence = Span(0, len(text.split("\n", maxsplit=1)[0]))
    return Claim(
        id=f"{report}#{start}-{start + len(word)}", report=report, span=sentence, trigger=Span(start, start + len(word)), sentence=sentence,
        predicate="leave", type="departure", certainty=Certainty(status=status), attribution=0,
    )  # fmt: skip


def readings() -> list[Reading]:
    made = []
    for identity, text, outlet, said, weekday in (
        ("port", FERRY, "Harbour Post <- STT", "the port authority", "Sunday"),
        ("rumour", HOSTILE, "Blog <b>", "sailors", "Monday"),
    ):
        start = text.index(said)
        at = text.index(weekday)
        attribution = Attribution(
            source=(Span(start, start + len(said)),), content=(Span(0, at + len(weekday)),),
            speaker=Source(form=SourceForm.ROLE, kind=SourceKind.GOVERNMENT, text=said, name=said, party="state:FI"),
        )  # fmt: skip
        time = TimeMention(span=Span(at, at + len(weekday)), text=weekday, type="DATE", value="2024-03-03", interval=day(3, 3))
        report = Report(
            id=identity, text=text, title=f"Ferry <{identity}>", outlet=outlet, url="javascript:alert(1)",
            published=parse_publication("2024-03-04", "metadata"),
            language="en",
        )  # fmt: skip
        claim = _claim(identity, text, "left", Status.HAPPENED)
        made.append(
            Reading(report=report, sentences=(claim.sentence,), times=(time,), attributions=(attribution,), claims=(claim,), version="test")
        )
    return made


def story() -> Story:
    claims = tuple(claim.id for reading in readings() for claim in reading.claims)
    sunday = SlotValue(
        value="Sunday 3 March 2024", key="2024-03-03", interval=day(3, 3), claims=claims[:1], origins=("o1",), parties=("state:FI",), grade=1,
        reason="One origin."
    )  # fmt: skip
    monday = SlotValue(value="Monday 4 March 2024", key="2024-03-04", interval=day(3, 4), claims=claims[1:], grade=0, flags=("disputed",))
    happened = SlotValue(
        value="yes", key="yes", claims=claims, origins=("o1",), parties=("state:FI",), grade=1, reason="One origin: the port authority."
    )
    departure = Event(
        id="e1", type="departure", label="The ferry Aurora leaves Turku", status="happened", claims=claims, interval=day(3, 3), place=TURKU, grade=1,
        reason="One origin: the port authority.", slots=(Slot(name="happened", values=(happened,)), Slot(name="when", values=(sunday, monday))),
    )  # fmt: skip
    arrival = Event(
        id="e2", type="arrival", label="The ferry reaches Stockholm", status="expected", claims=(), interval=None, place=STOCKHOLM
    )
    return Story(
        id="s1", title="The ferry Aurora sails from Turku to Stockholm", reports=("port", "rumour"), events=(departure, arrival),
        origins=(Origin(id="o1", kind="utterance", speaker="the port authority", party="state:FI", access=Access.DOCUMENT, reports=("port",),
                        claims=claims[:1]),),
        contradictions=(Contradiction(id="c1", type=ContradictionType.DIRECT, event="e1", slot="when", values=("Sunday", "Monday"),
                                      claims=(claims[:1], claims[1:]), explanation="Sunday against Monday."),),
        unknowns=(Unknown(question="When will the ferry reach Stockholm?"),),
    )  # fmt: skip
