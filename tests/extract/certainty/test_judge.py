"""How surely: each sentence marks the word judged with stars."""

import pytest

from sightline.extract.certainty import judge
from sightline.language import read
from sightline.types import Attribution, Certainty, Interval, Publication, Span, TimeMention


def judged(marked: str, attributions: tuple[Attribution, ...] = (), **more: object) -> Certainty:
    start = marked.index("*")
    text = marked.replace("*", "")
    doc = next(iter(read([text])))
    trigger = next(token for token in doc if token.idx <= start < token.idx + len(token))
    return judge(doc, trigger, attributions, **more)  # type: ignore[arg-type]


def said(marked: str) -> tuple[str, str]:
    got = judged(marked)
    return str(got.polarity), str(got.status)


@pytest.mark.parametrize(
    "sentence",
    [
        "No word of the ship's *arrival* had come by noon.",
        "There was no news of the convoy's *arrival* on Saturday.",
        "There was still no trace of the train's *departure*.",
    ],
)
def test_what_has_not_been_heard_of_is_not_known_to_have_happened(sentence: str) -> None:
    assert said(sentence)[1] == "unknown"


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The convoy *left* the port on Sunday.", "happened"),
        ("The convoy is *moving* towards the border.", "under way"),
        ("The convoy will *leave* the port on Sunday.", "planned"),
        ("The convoy is due to *leave* on Sunday.", "planned"),
        ("The convoy is expected to *leave* on Sunday.", "expected"),
        ("Prices will *fall* next year.", "expected"),
        ("The convoy may *leave* on Sunday.", "possible"),
    ],
)
def test_where_a_happening_stands(sentence: str, status: str) -> None:
    assert said(sentence) == ("positive", status)


@pytest.mark.parametrize(
    "sentence",
    [
        "The convoy did not *leave* the port.",
        "The captain failed to *reach* the shore.",
        "The captain refused to *answer*.",
        "The palace denied that the guards had *fired*.",
        "The palace denied reports that the guards had *fired*.",
        "Nobody was *hurt* in the fire.",
        "The truck sailed through without *stopping*.",
        "The parcel has yet to *arrive*.",
        "The keeper forgot to *lock* the gate.",
        "The cancelled *trip* had cost a fortune.",
    ],
)
def test_a_denial_and_its_kin_are_negative(sentence: str) -> None:
    assert said(sentence) == ("negative", "denied")


@pytest.mark.parametrize(
    "sentence",
    [
        "He did not say whether he would *attend*.",
        "There is no evidence that the guards *fired*.",
        "The ministry declined to confirm that the ship had *sunk*.",
        "Did the board *know* about the leak?",
        "It is unknown when the guest could *arrive*.",
    ],
)
def test_what_is_left_open_is_unknown(sentence: str) -> None:
    assert said(sentence) == ("unknown", "unknown")


def test_implicatives_pass_on_or_turn_round_what_they_govern() -> None:
    assert said("The divers managed to *free* the whale.") == ("positive", "happened")
    assert said("The divers did not manage to *free* the whale.") == ("negative", "denied")
    assert said("The keeper did not forget to *close* the gate.") == ("positive", "happened")


def test_factives_hold_under_negation() -> None:
    assert said("The board did not know that the valves had *leaked*.") == ("positive", "happened")


def test_a_plan_not_to_stays_a_plan() -> None:
    assert said("Germany will not *send* the tanks.") == ("negative", "planned")


def test_a_reported_would_is_a_will_and_a_conditional_one_is_possible() -> None:
    assert said("The director said the museum would *reopen* on Monday.")[1] == "planned"
    assert said("If elected, she would *cut* taxes.")[1] == "possible"


def test_hedges_carry_their_exact_words() -> None:
    text = "The carriage is believed to be *carrying* the guest."
    got = judged(text)
    assert [hedge.text for hedge in got.hedges] == ["is believed to"]
    assert all(hedge.span.of(text.replace("*", "")) == hedge.text for hedge in got.hedges)
    assert (str(got.degree), str(got.status)) == ("probable", "under way")


def test_only_words_of_likelihood_have_a_band() -> None:
    assert [h.band for h in judged("The storm is likely to *hit* the island.").hedges] == ["likely"]
    assert [h.band for h in judged("The storm is highly unlikely to *hit* the island.").hedges] == ["very unlikely"]
    assert [h.band for h in judged("The storm may *hit* the island.").hedges] == [None]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Editors wrote of a possible *visit* to Rome.", "possible"),
        ("The planned *meeting* will take place in Geneva.", "planned"),
        ("The ongoing *siege* has emptied the shops.", "under way"),
        ("The army held *exercises* near the border.", "happened"),
        ("The army will hold *exercises* near the border.", "planned"),
    ],
)
def test_happenings_named_by_a_noun(sentence: str, status: str) -> None:
    assert said(sentence) == ("positive", status)


def test_saying_asserts_nothing_for_the_author() -> None:
    text = "The agency said the train had left."
    words = Attribution(source=(Span(0, 10),), cue=(Span(11, 15),), content=(Span(16, 34),))
    got = judged("The agency said the train had *left*.", (words,))
    assert [(s.link, str(s.polarity)) for s in got.stances] == [(0, "unknown"), (1, "positive")]
    assert text[16:34] == "the train had left"


def test_a_cue_that_takes_its_content_for_true_commits_the_link_outside() -> None:
    words = Attribution(source=(Span(0, 10),), cue=(Span(11, 19),), content=(Span(20, 43),))
    got = judged("The driver admitted that he had *slept* .", (words,))
    assert [str(s.polarity) for s in got.stances] == ["positive", "positive"]


def test_a_date_after_publication_makes_a_present_a_plan() -> None:
    from datetime import UTC, datetime

    day = Interval(earliest=datetime(2023, 9, 11, tzinfo=UTC), latest=datetime(2023, 9, 11, 23, 59, 59, tzinfo=UTC))
    later = Interval(earliest=datetime(2023, 9, 20, tzinfo=UTC), latest=datetime(2023, 9, 20, 23, 59, 59, tzinfo=UTC))
    when = TimeMention(span=Span(17, 29), text="20 September", type="DATE", value="2023-09-20", interval=later)
    got = judged("The forum *opens* 20 September.", published=Publication(value="2023-09-11", interval=day, method="option"), when=(when,))
    assert str(got.status) == "planned"


def test_neither_confirmed_nor_denied_leaves_it_open_and_not_denied_does_not() -> None:
    assert said("The palace neither confirmed nor denied that the king had *died*.") == ("unknown", "unknown")
    assert said("He did not deny that he had *fled*.")[0] == "positive"


def test_what_is_cut_short_before_it_could_be_did_not_come_about() -> None:
    assert said("The tiger was shot before it could *attack* anyone.") == ("negative", "denied")


@pytest.mark.parametrize(
    "sentence",
    [
        "The smuggler was arrested before *boarding* a yacht.",
        "The lorry was stopped before *reaching* the bridge.",
        "The glider crashed before *reaching* the airfield.",
        "The union will not end its strike before the owners *pay* the wages.",
    ],
)
def test_what_would_have_come_after_is_not_told_as_done(sentence: str) -> None:
    assert said(sentence)[1] == "possible"


def test_what_comes_after_a_plain_past_has_happened() -> None:
    assert said("The singer waved to the crowd before *leaving* the stage.") == ("positive", "happened")


def test_a_duty_is_not_yet_done() -> None:
    assert said("The treaty still has to be *ratified* by both houses.") == ("unknown", "possible")


def test_what_will_remain_so_is_to_come() -> None:
    assert said("The museum will remain *closed* until Sunday.") == ("positive", "planned")
    assert said("The museum has remained *closed* since Sunday.") == ("positive", "happened")


def test_a_past_that_looks_like_a_present_is_a_past() -> None:
    assert said("Three ministers *quit* in anger.") == ("positive", "happened")


def test_a_gathering_called_likely_is_foreseen() -> None:
    assert said("A *meeting* of the two kings is likely in spring.") == ("positive", "expected")
    assert said("A *meeting* of the two kings is possible.") == ("positive", "possible")


def test_what_one_answers_to_is_there_already() -> None:
    assert said("The widow will appeal the *verdict*.") == ("positive", "happened")
    assert said("The neighbours will sign the *treaty*.") == ("positive", "planned")


def test_what_is_not_ruled_out_is_possible() -> None:
    assert said("The club has not ruled out a *sale* of the stadium.") == ("positive", "possible")
    assert said("The police ruled out an *attack*.") == ("negative", "denied")


def test_a_result_is_no_less_sure_for_the_verb_it_hangs_on() -> None:
    assert said("Guards opened fire on the crowd, *killing* four.") == ("positive", "happened")


def test_a_headline_without_a_verb_foresees() -> None:
    assert said("*Summit* likely in Vienna next week.") == ("positive", "expected")


def test_a_deal_that_is_close_is_not_made() -> None:
    assert said("The brothers are close to a *deal*.") == ("positive", "expected")


def test_a_strike_to_be_ended_is_there() -> None:
    assert said("The nurses voted to end the *strike*.") == ("positive", "happened")


def test_who_stays_away_does_not_cancel() -> None:
    assert said("The queen is not expected to attend the *ceremony*.")[0] == "positive"


def test_an_aside_happens_beside_its_verb() -> None:
    assert said("The governor, *speaking* on the radio, called the story nonsense.")[0] == "positive"


def test_a_halt_to_come_keeps_what_follows_expected() -> None:
    assert said("The tram is expected to stop in Ghent before *reaching* Bruges.") == ("positive", "expected")


def test_a_perfect_that_looks_like_a_present_is_done() -> None:
    assert said("Two bishops and a dean have *quit*.") == ("positive", "happened")
