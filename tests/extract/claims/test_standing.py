"""When, how surely, through whom, and what the text says is not known."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sightline.types import Attribution, Interval, Publication, Report, Span
from tests.extract.claims.conftest import Reader, one, roles, span_of


def test_a_time_belongs_to_the_word_it_hangs_on(read: Reader) -> None:
    text = "The envoy left Lisbon on Sunday, officials said on Monday."
    claims = read(text, places=["Lisbon"], times=[("on Sunday", "left"), ("on Monday", "said")])
    assert [time.text for time in one(claims, "departure").when] == ["on Sunday"]
    assert all("on Monday" not in [time.text for time in claim.when] for claim in claims)


def test_a_time_on_a_helping_verb_belongs_to_what_it_helps(read: Reader) -> None:
    text = "The envoy plans to visit Rabat on Tuesday."
    claims = read(text, places=["Rabat"], times=[("on Tuesday", "plans")])
    assert [time.text for time in one(claims, "visit").when] == ["on Tuesday"]


def test_a_time_on_the_support_verb_belongs_to_the_noun(read: Reader) -> None:
    text = "The talks were held on Friday in Doha."
    claims = read(text, places=["Doha"], times=[("on Friday", "held")])
    assert [time.text for time in one(claims, "talks").when] == ["on Friday"]


@pytest.mark.parametrize(
    ("text", "kind", "slot"),
    [
        ("It is unknown when the minister could arrive in Lima.", "arrival", "when"),
        ("The spokesman did not say where the leaders would meet.", "meeting", "where"),
        ("It remains unclear whether the pope will travel to Beirut.", "travel", "happened"),
        ("No date has been set for the election.", "election", "when"),
        ("The ministry declined to say when the ambassador would return.", "return", "when"),
        ("The venue of the meeting was not disclosed.", "meeting", "where"),
    ],
)
def test_what_the_text_says_is_unknown(read: Reader, text: str, kind: str, slot: str) -> None:
    assert one(read(text), kind).unknown == (slot,)


def test_nothing_is_unknown_that_the_text_does_not_call_so(read: Reader) -> None:
    assert all(claim.unknown == () for claim in read("The minister said when he would arrive in Lima."))


def test_the_innermost_attribution_holds_the_claim(read: Reader) -> None:
    text = "The agency reported that officials said the train had left Pyongyang."
    outer = Attribution(content=(Span(text.index("officials"), len(text) - 1),), cue=(span_of(text, "reported"),))
    inner = Attribution(content=(Span(text.index("the train"), len(text) - 1),), cue=(span_of(text, "said"),))
    claim = one(read(text, places=["Pyongyang"], attributions=[outer, inner]), "departure")
    assert claim.attribution == 1


def test_years_before_are_history(read: Reader) -> None:
    published = Publication(
        value="2023-09-11",
        interval=Interval(
            earliest=datetime(2023, 9, 11, tzinfo=UTC), latest=datetime(2023, 9, 11, 23, 59, 59, tzinfo=UTC), edtf="2023-09-11"
        ),
        method="metadata",
    )
    text = "Haas visited Beijing in 2019."
    year = Interval(earliest=datetime(2019, 1, 1, tzinfo=UTC), latest=datetime(2019, 12, 31, tzinfo=UTC), edtf="2019")
    yesterday = Interval(earliest=datetime(2023, 9, 10, tzinfo=UTC), latest=datetime(2023, 9, 10, 23, tzinfo=UTC), edtf="2023-09-10")
    for interval, history in ((year, True), (yesterday, False)):
        report = Report(id="r", text=text, published=published)
        claims = read(text, places=["Beijing"], people=["Haas"], times=[("in 2019", "visited")], when=interval, report=report)
        assert one(claims, "visit").background is history


def test_the_last_time_is_history(read: Reader) -> None:
    assert one(read("The last time Haas visited Beijing was a success."), "visit").background


def test_put_off_and_called_off(read: Reader) -> None:
    postponed = one(read("The queen's visit to Cardiff has been postponed.", places=["Cardiff"]), "visit")
    cancelled = one(read("The king cancelled his visit to Turin.", places=["Turin"]), "visit")
    assert str(postponed.certainty.status) == "planned"
    assert str(cancelled.certainty.status) == "denied"


def test_unsaid_is_not_denied(read: Reader) -> None:
    visit = one(read("Neither capital has announced a visit to Rome.", places=["Rome"]), "visit")
    assert str(visit.certainty.polarity) == "unknown"
    assert str(visit.certainty.status) == "unknown"


def test_a_dateline_dates_nothing(read: Reader) -> None:
    text = "OSLO, Sept. 11 (Wire) -- A train has left for Bergen."
    claims = read(text, places=["Bergen"], times=[("Sept. 11", "left")])
    assert one(claims, "departure").when == ()


def test_a_formula_of_anonymity_is_no_happening(read: Reader) -> None:
    assert all(claim.type != "appointment" for claim in read("An official who asked not to be named said so."))


def test_denied(read: Reader) -> None:
    claim = one(read("The port of Odesa was not attacked.", places=["Odesa"]), "attack")
    assert str(claim.certainty.polarity) == "negative"


@pytest.mark.parametrize("dash", ["-", "--", "—"])
def test_a_dateline_dates_no_happening_and_takes_no_part(read: Reader, dash: str) -> None:
    text = f"TALLINN, March 3 (Wire) {dash} Fishermen blocked the harbour on Tuesday."
    claim = one(read(text, times=[("March 3", "blocked"), ("on Tuesday", "blocked")]), "closing")
    assert [time.text for time in claim.when] == ["on Tuesday"]
    assert {part.text for part in claim.participants} == {"Fishermen", "the harbour"}


def test_a_headline_above_a_dateline_keeps_its_parts(read: Reader) -> None:
    text = "Rebels seize port\n\nTALLINN, March 3 (Wire) - The town was quiet."
    assert ("agent", "Rebels") in roles(one(read(text), "capture"))


def test_an_age_dates_no_happening(read: Reader) -> None:
    text = "The 31-year-old climber was rescued on Monday."
    claim = one(read(text, times=[("31-year-old", "rescued"), ("on Monday", "rescued")]), "rescue")
    assert [time.text for time in claim.when] == ["on Monday"]


def test_a_headline_tells_the_past_in_the_present(read: Reader) -> None:
    headline, body = "Rebels seize port", "\n\nThe town was quiet."
    assert one(read(headline + body), "capture").certainty.status == "happened"
    assert one(read("Rebels are seizing the port." + body), "capture").certainty.status == "under way"


def test_the_purpose_of_a_demand_keeps_its_time_to_itself(read: Reader) -> None:
    text = "The union urged the owner to close the mine by Friday."
    claims = read(text, times=[("by Friday", "close")])
    assert one(claims, "demand").when == ()


def test_a_denied_involvement_is_a_claim(read: Reader) -> None:
    claim = one(read("The ministry denied that the frigate was involved."), "involvement")
    assert (claim.certainty.polarity, claim.certainty.status) == ("negative", "denied")
    assert ("theme", "the frigate") in roles(claim)


def test_those_feared_dead_may_be(read: Reader) -> None:
    claim = one(read("Sixty climbers are feared dead."), "death")
    assert claim.certainty.degree != "certain"
    assert ("theme", "Sixty climbers") in roles(claim)


def test_what_was_ruled_out_is_denied(read: Reader) -> None:
    assert one(read("Officials ruled out sabotage."), "attack").certainty.status == "denied"


def test_sources_close_to_somebody_close_nothing(read: Reader) -> None:
    assert all(claim.type != "closing" for claim in read("The striker will leave, sources close to the player told the paper."))


def test_a_summit_called_likely_in_a_headline_is_foreseen(read: Reader) -> None:
    claim = one(read("Summit likely in Vienna next week, newspapers report."), "meeting")
    assert claim.certainty.status == "expected"


@pytest.mark.parametrize(
    "text",
    [
        "The train left on Sunday, said an official who was not authorised to speak to the press.",
        "An aide who wasn't allowed to discuss the plan said that the train left on Sunday.",
    ],
)
def test_leave_to_speak_is_a_formula(read: Reader, text: str):
    assert [claim.type for claim in read(text) if claim.type not in ("departure", "statement")] == []


def test_leave_for_something_else_is_told(read: Reader):
    assert [claim.type for claim in read("The crew was not allowed to land on Sunday.")] != []
