"""From a story's claims to observations: kinds, places, origins, trust."""

from datetime import UTC, datetime

import pytest

from sightline.journeys import Network, Waypoint, infeasible
from sightline.journeys.observations import Seen, observe
from sightline.types import (
    Certainty,
    Claim,
    Degree,
    Event,
    Interval,
    Origin,
    Participant,
    Place,
    PlaceMention,
    Polarity,
    Publication,
    Reading,
    Report,
    Slot,
    SlotValue,
    Span,
    Status,
    Story,
    TimeMention,
    Where,
)
from tests.journeys.made import TRAIN, fork, hour, within

S = Span(start=0, end=1)
ADA = Place(id="geonames:1", name="Ada", kind="city", lat=50.0, lon=10.0, country="AA")
EIK = Place(id="geonames:5", name="Eik", kind="city", lat=50.0, lon=19.0, country="BB")
BEL = Place(id="geonames:2", name="Bel", kind="city", lat=50.0, lon=12.5, country="AA")
BEE = Place(id="geonames:9", name="Beeland", kind="country", lat=50.5, lon=17.0, country="BB", radius_km=300)


def where(place: Place, role: str) -> Where:
    return Where(role=role, mention=PlaceMention(span=S, text=place.name, place=place))


def when(low: float, high: float, relation: str = "at", zone: str | None = "UTC") -> TimeMention:
    interval = Interval(earliest=hour(low), latest=hour(high), zone=zone)
    return TimeMention(span=S, text="then", type="DATE", value="", interval=interval, relation=relation)


def claim(
    number: int,
    kind: str,
    *places: Where,
    times: tuple[TimeMention, ...] = (),
    certainty: Certainty | None = None,
    agent: str = "actor:tsar",
    head: str = "tsar",
    text: str = "the tsar",
    report: str = "r1",
) -> Claim:
    return Claim(
        id=f"{report}#{number}",
        report=report,
        span=S,
        trigger=S,
        sentence=S,
        predicate=kind,
        type=kind,
        where=places,
        when=times,
        participants=(Participant(role="agent", span=S, text=text, head=head, actor=agent or None),),
        certainty=certainty or Certainty(),
    )


def event(kind: str, *claims: Claim, slots: tuple[Slot, ...] = (), status: str = "happened") -> Event:
    return Event(
        id=f"event:{claims[0].id}",
        type=kind,
        label=f"{kind} of the tsar",
        status=status,
        slots=slots,
        claims=tuple(c.id for c in claims),
        participants=tuple(sorted({p.actor for c in claims for p in c.participants if p.actor})),
        grade=2,
    )


def reading(report: str, known: float, *claims: Claim) -> Reading:
    published = Publication(value="", interval=Interval(earliest=hour(known - 1), latest=hour(known)), method="option")
    return Reading(report=Report(id=report, text="x", published=published), claims=claims)


def look(
    events: list[Event], readings: list[Reading], origins: tuple[Origin, ...] = (), at: float = 48.0, network: Network | None = None
) -> Seen:
    story = Story(id="s", title="The tsar travels", reports=tuple(r.report.id for r in readings), events=tuple(events), origins=origins)
    return observe(story, readings, network or fork(), as_of=hour(at), vehicle=TRAIN)


def test_a_departure_with_its_destination() -> None:
    left = claim(1, "departure", where(ADA, "from"), where(EIK, "to"), times=(when(0, 6),))
    seen = look(
        [event("departure", left)], [reading("r1", 8, left)], (Origin(id="o1", kind="utterance", speaker="the court", claims=("r1#1",)),)
    )
    kinds = {o.kind: o for o in seen.observations}
    assert kinds["departed"].place == "Ada"
    assert (kinds["departed"].interval.earliest, kinds["departed"].interval.latest) == (hour(0), hour(6))
    assert kinds["departed"].origin == kinds["bound"].origin == "o1"
    assert kinds["departed"].claims == ("r1#1",)
    assert kinds["departed"].reported == hour(8)
    assert kinds["bound"].place == "Eik"


def test_what_became_known_later_is_left_out() -> None:
    left = claim(1, "departure", where(ADA, "from"), times=(when(0, 6),))
    assert look([event("departure", left)], [reading("r1", 8, left)], at=7.0).observations == ()


def test_a_date_that_is_the_reports_is_skipped() -> None:
    left = claim(1, "departure", where(ADA, "from"), times=(when(24, 48),))
    flagged = Slot(
        name="when", values=(SlotValue(value="Monday", key="k", interval=within(24, 48), claims=("r1#1",), flags=("report-date",)),)
    )
    assert not [
        o for o in look([event("departure", left, slots=(flagged,))], [reading("r1", 48, left)]).observations if o.kind == "departed"
    ]


def test_times_without_a_zone_are_the_places_own() -> None:
    left = claim(1, "departure", where(ADA, "from"), times=(when(12, 18, zone=None),))
    told = look([event("departure", left)], [reading("r1", 40, left)]).observations[0]
    assert (told.interval.earliest, told.interval.latest) == (hour(10), hour(16))
    assert (told.interval.zone, told.interval.zone_origin) == ("Europe/Berlin", "place")


def test_doubt_and_likeness_lower_the_reliability() -> None:
    def trust(**more: object) -> float:
        seen_at = claim(1, "sighting", where(BEL, "at"), times=(when(4, 6),), **more)  # type: ignore[arg-type]
        return look([event("sighting", seen_at)], [reading("r1", 8, seen_at)]).observations[0].reliability

    assert trust() > trust(certainty=Certainty(degree=Degree.PROBABLE)) > trust(certainty=Certainty(degree=Degree.POSSIBLE))
    assert trust(text="a similar train", head="train") < 0.6 * trust()


def test_entering_a_country_is_crossing_at_its_border_waypoint() -> None:
    left = claim(1, "departure", where(ADA, "from"), times=(when(0, 2),))
    entered = claim(2, "crossing", where(BEE, "to"), times=(when(8, 10),))
    seen = look([event("departure", left), event("crossing", entered)], [reading("r1", 12, left, entered)])
    assert [o.place for o in seen.observations if o.kind == "crossed"] == ["Cyl"]


def test_heading_for_a_country_supports_all_of_it() -> None:
    left = claim(1, "departure", where(ADA, "from"), where(BEE, "to"), times=(when(0, 2),))
    assert "country:BB" in {o.place for o in look([event("departure", left)], [reading("r1", 12, left)]).observations}


def test_not_having_arrived_is_silence_and_an_expectation_is_one() -> None:
    not_yet = claim(1, "arrival", where(EIK, "to"), times=(when(0, 20, "by"),), certainty=Certainty(polarity=Polarity.NEGATIVE))
    due = claim(2, "arrival", where(EIK, "to"), times=(when(24, 30),), certainty=Certainty(status=Status.EXPECTED))
    seen = look([event("arrival", not_yet, due)], [reading("r1", 21, not_yet, due)])
    kinds = {o.kind: o for o in seen.observations}
    assert kinds["silence"].interval.latest == hour(20)
    assert (kinds["expected"].interval.earliest, kinds["expected"].interval.latest) == (hour(24), hour(30))
    assert kinds["bound"].place == "Eik"


def test_others_movements_are_not_the_travellers() -> None:
    left = claim(1, "departure", where(ADA, "from"), times=(when(0, 2),))
    also = claim(2, "crossing", where(BEE, "to"), times=(when(8, 10),))
    host = claim(3, "arrival", where(EIK, "to"), times=(when(1, 2),), agent="actor:host", head="host", text="the host")
    seen = look([event("departure", left), event("crossing", also), event("arrival", host)], [reading("r1", 12, left, also, host)])
    assert seen.traveller == "actor:tsar"
    assert "arrived" not in {o.kind for o in seen.observations}


def test_the_train_stands_for_the_traveller() -> None:
    left = claim(1, "departure", where(ADA, "from"), times=(when(0, 2),))
    train = claim(2, "passage", where(BEL, "via"), times=(when(4, 5),), agent="", head="train", text="the train")
    seen = look([event("departure", left), event("passage", train)], [reading("r1", 12, left, train)])
    assert ("passed", "Bel") in {(o.kind, o.place) for o in seen.observations}


def test_a_place_beside_the_line_is_put_on_it_and_one_elsewhere_is_told() -> None:
    halt = Place(id="geonames:7", name="Halt", kind="village", lat=50.03, lon=11.3)
    far = Place(id="geonames:8", name="Far", kind="city", lat=10.0, lon=11.3)
    near_it = claim(1, "sighting", where(halt, "at"), times=(when(2, 3),))
    elsewhere = claim(2, "sighting", where(far, "at"), times=(when(2, 3),))
    seen = look([event("sighting", near_it), event("sighting", elsewhere)], [reading("r1", 12, near_it, elsewhere)])
    assert [o.place for o in seen.observations] == ["Halt"]
    assert "Halt" in seen.network.waypoints
    assert any("Far" in note for note in seen.notes)


def test_without_a_network_great_circles_join_the_places_and_say_so() -> None:
    left = claim(1, "departure", where(ADA, "from"), where(EIK, "to"), times=(when(0, 2),))
    story = Story(id="s", title="The tsar travels", reports=("r1",), events=(event("departure", left),))
    seen = observe(story, [reading("r1", 8, left)], None, as_of=hour(9), vehicle=TRAIN)
    assert set(seen.network.waypoints) == {"Ada", "Eik"}
    assert seen.network.detour_sd > 0
    assert "No network is known" in seen.network.assumptions[0]


def test_slots_serve_where_the_readings_are_not_at_hand() -> None:
    slots = (
        Slot(
            name="when", values=(SlotValue(value="then", key="k", interval=within(0, 6), claims=("r1#1",), origins=("o1", "o2"), grade=3),)
        ),
        Slot(name="from", values=(SlotValue(value="Ada", key="a", place=ADA),)),
        Slot(name="to", values=(SlotValue(value="Eik", key="e", place=EIK),)),
    )
    told = Event(id="e", type="departure", label="leaves", status="happened", slots=slots, claims=("r1#1",))
    seen = observe(Story(id="s", title="", events=(told,)), [], fork(), as_of=hour(9), vehicle=TRAIN)
    assert {o.origin for o in seen.observations if o.kind == "departed"} == {"o1", "o2"}


def test_the_leg_under_way_begins_where_the_last_one_ended() -> None:
    left = claim(1, "departure", where(ADA, "from"), times=(when(0, 2),))
    came = claim(2, "arrival", where(EIK, "to"), times=(when(16, 20),))
    back = claim(3, "departure", where(EIK, "from"), where(ADA, "to"), times=(when(60, 62),))
    seen = look(
        [event("departure", left), event("arrival", came), event("departure", back)], [reading("r1", 64, left, came, back)], at=70.0
    )
    assert seen.start == "Eik"
    assert {(o.kind, o.place) for o in seen.observations} == {("departed", "Eik"), ("bound", "Ada")}


def test_a_leg_no_one_reported_the_start_of_begins_after_the_stay() -> None:
    left = claim(1, "departure", where(ADA, "from"), times=(when(0, 2),))
    came = claim(2, "arrival", where(EIK, "to"), times=(when(16, 20),))
    seen_at = claim(3, "sighting", where(BEL, "at"), times=(when(70, 72),))
    seen = look(
        [event("departure", left), event("arrival", came), event("sighting", seen_at)], [reading("r1", 74, left, came, seen_at)], at=80.0
    )
    assert seen.start == "Eik"
    derived = next(o for o in seen.observations if o.kind == "departed")
    assert (derived.interval.earliest, derived.interval.latest) == (hour(20), hour(70))


def test_a_stop_on_the_way_begins_no_leg() -> None:
    left = claim(1, "departure", where(ADA, "from"), times=(when(0, 2),))
    came = claim(2, "arrival", where(BEL, "to"), times=(when(4, 6),))
    seen_at = claim(3, "sighting", where(EIK, "at"), times=(when(14, 16),))
    seen = look(
        [event("departure", left), event("arrival", came), event("sighting", seen_at)], [reading("r1", 20, left, came, seen_at)], at=24.0
    )
    assert seen.start == "Ada"


def test_the_vehicle_is_what_reports_call_it_on_ways_it_can_use() -> None:
    from sightline.journeys import Line
    from sightline.journeys.travellers import likely_vehicle

    plane = claim(1, "departure", where(ADA, "from"), agent="", head="plane", text="the plane")
    points = [Waypoint(id=n, name=n, lat=50, lon=10 + i) for i, n in enumerate("AB")]
    assert likely_vehicle([reading("r1", 1, plane)], None) == "aircraft"
    assert likely_vehicle([reading("r1", 1, plane)], fork()) == "armoured-train"
    assert likely_vehicle([], Network(points, [Line(start="A", end="B", km=50, mode="sea")])) == "ship"
    assert likely_vehicle([], None) == "armoured-train"


def test_what_is_infeasible_goes_back_to_the_story_with_its_claims() -> None:
    left = claim(1, "departure", where(ADA, "from"), times=(when(10, 12),))
    came = claim(2, "arrival", where(EIK, "to"), times=(when(11, 13),))
    story = Story(id="s", title="", reports=("r1",), events=(event("departure", left), event("arrival", came)))
    found = infeasible(story, fork(), [reading("r1", 20, left, came)], vehicle=TRAIN)
    assert len(found) == 1
    assert set(found[0].claims) == {"r1#1", "r1#2"}
    assert "750 km in 3.0 h asks for 250 km/h" in found[0].text


def test_border_of_several_is_the_nearest_to_the_start() -> None:
    points = [
        Waypoint(id=n, name=n, lat=50, lon=10 + i, country=c)
        for i, (n, c) in enumerate([("A", "AA"), ("B", "BB"), ("C", "AA"), ("D", "BB")])
    ]
    from sightline.journeys import Line
    from sightline.journeys.borders import border_waypoint

    network = Network(points, [Line(start="A", end="B", km=50), Line(start="A", end="C", km=20), Line(start="C", end="D", km=90)])
    assert border_waypoint(network, "BB", "A") == "B"
    assert border_waypoint(network, "BB", None) is None
    assert border_waypoint(network, "CC", "A") is None


@pytest.mark.parametrize("relation", ["by", "before", "until"])
def test_by_and_before_leave_the_beginning_open(relation: str) -> None:
    came = claim(1, "arrival", where(EIK, "to"), times=(when(18, 20, relation),))
    seen = look([event("arrival", came)], [reading("r1", 24, came)])
    assert seen.observations[0].interval.earliest is None
    assert seen.observations[0].interval.latest == datetime(2031, 5, 6, 20, tzinfo=UTC)
