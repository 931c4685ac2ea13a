"""Backwards or forwards: what the verb, the words and the report's own day tell."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sightline.extract.times import find_times
from tests.extract.times.conftest import one, published, tagged, times


@pytest.mark.parametrize(
    "words, value",
    [
        ("The/DT train/NN left/VBD on/IN Wednesday/NNP ./.", "2023-09-06"),
        ("The/DT train/NN will/MD leave/VB on/IN Wednesday/NNP ./.", "2023-09-13"),
        ("The/DT train/NN had/VBD left/VBN on/IN Wednesday/NNP ./.", "2023-09-06"),
        ("The/DT train/NN is/VBZ expected/VBN to/TO leave/VB on/IN Wednesday/NNP ./.", "2023-09-13"),
        ("They/PRP plan/VBP to/TO leave/VB on/IN Wednesday/NNP ./.", "2023-09-13"),
        ("They/PRP managed/VBD to/TO leave/VB on/IN Wednesday/NNP ./.", "2023-09-06"),
        ("They/PRP did/VBD not/RB leave/VB on/IN Wednesday/NNP ./.", "2023-09-06"),
        ("It/PRP was/VBD signed/VBN on/IN Wednesday/NNP ./.", "2023-09-06"),
        ("It/PRP will/MD be/VB signed/VBN on/IN Wednesday/NNP ./.", "2023-09-13"),
        ("They/PRP are/VBP leaving/VBG on/IN Wednesday/NNP ./.", "2023-09-13"),
        ("The/DT forum/NN ends/VBZ on/IN Wednesday/NNP ./.", "2023-09-13"),
        ("A/DT train/NN passes/VBZ the/DT border/NN on/IN Friday/NNP ./.", "2023-09-08"),
        ("He/PRP could/MD meet/VB him/PRP as/IN early/RB as/IN Tuesday/NNP ./.", "2023-09-12"),
        ("Officials/NNS said/VBD Wednesday/NNP that/IN it/PRP will/MD leave/VB ./.", "2023-09-06"),
        ("On/IN Wednesday/NNP ,/, the/DT two/CD will/MD meet/VB ./.", "2023-09-13"),
        ("They/PRP will/MD stay/VB until/IN Wednesday/NNP ./.", "2023-09-13"),
        ("They/PRP left/VBD this/DT Monday/NNP ./.", "2023-09-11"),
        ("They/PRP left/VBD on/IN Monday/NNP ./.", "2023-09-11"),
        ("Voters/NNS go/VBP to/TO the/DT polls/NNS on/IN Sunday/NNP ./.", "2023-09-17"),
        ("The/DT president/NN meets/VBZ the/DT chancellor/NN on/IN Friday/NNP ./.", "2023-09-15"),
        ("The/DT final/NN is/VBZ on/IN Saturday/NNP ./.", "2023-09-16"),
        ("Saturday/NNP is/VBZ the/DT deadline/NN ./.", "2023-09-16"),
        ("A/DT woman/NN walks/VBZ past/IN a/DT bank/NN on/IN Friday/NNP ./.", "2023-09-08"),
        ("Unions/NNS called/VBD for/IN protests/NNS on/IN Friday/NNP ./.", "2023-09-15"),
        ("A/DT hearing/NN was/VBD set/VBN for/IN Friday/NNP ./.", "2023-09-15"),
        ("The/DT launch/NN was/VBD set/VBN for/IN Friday/NNP but/CC failed/VBD ./.", "2023-09-08"),
        ("The/DT vote/NN is/VBZ to/TO be/VB held/VBN on/IN Friday/NNP ./.", "2023-09-15"),
        ("He/PRP is/VBZ fit/JJ for/IN Saturday/NNP 's/POS game/NN ./.", "2023-09-16"),
        ("They/PRP spoke/VBD ahead/RB of/IN Friday/NNP 's/POS vote/NN ./.", "2023-09-15"),
        ("They/PRP spoke/VBD of/IN Friday/NNP 's/POS vote/NN ./.", "2023-09-08"),
        ("The/DT firm/NN declined/VBD to/TO comment/VB on/IN Wednesday/NNP ./.", "2023-09-06"),
        ("He/PRP could/MD not/RB be/VB reached/VBN on/IN Wednesday/NNP ./.", "2023-09-06"),
        ("The/DT side/NN beat/VBP its/PRP$ rival/NN on/IN Wednesday/NNP ./.", "2023-09-06"),
        ("It/PRP loads/VBZ slowly/RB ,/, and/CC on/IN Saturday/NNP the/DT site/NN was/VBD down/RB ./.", "2023-09-09"),
        ("It/PRP will/MD recall/VB the/DT Friday/NNP attack/NN ./.", "2023-09-08"),
        ("They/PRP postponed/VBD the/DT show/NN to/TO Friday/NNP ./.", "2023-09-15"),
        ("The/DT attack/NN on/IN Saturday/NNP is/VBZ to/TO be/VB debated/VBN ./.", "2023-09-09"),
        ("Closed/VBD through/IN Friday/NNP for/IN repairs/NNS ./.", "2023-09-15"),
        ("Fund-raiser/NN Friday/NNP ./.", "2023-09-15"),
        ("One/CD source/NN :/: meeting/NN with/IN Kim/NNP on/IN Friday/NNP ./.", "2023-09-15"),
        ("It/PRP comes/VBZ after/IN police/NNS on/IN Saturday/NNP seized/VBD arms/NNS ./.", "2023-09-09"),
        ("He/PRP says/VBZ rebels/NNS on/IN Saturday/NNP will/MD attack/VB ./.", "2023-09-16"),
        ("It/PRP follows/VBZ a/DT decision/NN on/IN Saturday/NNP by/IN a/DT court/NN ./.", "2023-09-09"),
        ("They/PRP have/VBP a/DT game/NN on/IN Friday/NNP ./.", "2023-09-15"),
        ("A/DT vigil/NN is/VBZ being/VBG held/VBN on/IN Friday/NNP ./.", "2023-09-15"),
        ("They/PRP have/VBP called/VBN a/DT strike/NN for/IN Friday/NNP ./.", "2023-09-15"),
        ("Come/VB Friday/NNP ,/, all/DT is/VBZ over/RB ./.", "2023-09-15"),
        ("They/PRP were/VBD to/TO mark/VB it/PRP on/IN Friday/NNP ./.", "2023-09-15"),
        ("The/DT summit/NN is/VBZ probably/RB on/IN Friday/NNP ./.", "2023-09-15"),
        ("The/DT firm/NN set/VBN aside/RB a/DT sum/NN on/IN Friday/NNP ./.", "2023-09-08"),
        ("The/DT panel/NN holds/VBZ its/PRP$ first/JJ meeting/NN Friday/NNP ./.", "2023-09-15"),
        ("They/PRP begin/VBP a/DT strike/NN starting/VBG on/IN Wednesday/NNP ./.", "2023-09-13"),
    ],
)
def test_weekday_goes_by_its_verb(words: str, value: str) -> None:
    (found,) = find_times(tagged(words), published("2023-09-11"))
    assert found.value == value


@pytest.mark.parametrize(
    "day, words, value",
    [
        ("2023-09-12", "He/PRP was/VBD due/JJ in/IN court/NN on/IN Friday/NNP ./.", "2023-09-15"),
        ("2023-09-16", "He/PRP was/VBD due/JJ in/IN court/NN on/IN Friday/NNP ./.", "2023-09-15"),
        ("2023-09-13", "The/DT envoy/NN was/VBD expected/VBN to/TO land/VB on/IN Saturday/NNP ./.", "2023-09-16"),
        (
            "2023-09-13",
            "As/IN she/PRP prepared/VBD to/TO speak/VB on/IN Tuesday/NNP ,/, the/DT lights/NNS went/VBD out/RB ./.",
            "2023-09-12",
        ),
        ("2023-09-13", "Critics/NNS point/VBP to/IN her/PRP$ victories/NNS Tuesday/NNP in/IN three/CD towns/NNS ./.", "2023-09-12"),
        (
            "2023-09-13",
            "He/PRP is/VBZ coming/VBG off/RP a/DT debate/NN on/IN Tuesday/NNP ,/, when/WRB he/PRP stumbled/VBD ./.",
            "2023-09-12",
        ),
        ("2023-09-13", "Owners/NNS had/VBD sold/VBN their/PRP$ shares/NNS by/IN the/DT Tuesday/NNP deadline/NN ./.", "2023-09-12"),
        (
            "2023-09-13",
            "It/PRP may/MD be/VB back/RB up/RB ,/, but/CC at/IN noon/NN Eastern/NNP time/NN Tuesday/NNP it/PRP stopped/VBD ./.",
            "2023-09-12",
        ),
        (
            "2023-09-12",
            "Ann/NNP Reed/NNP (/-LRB- left/VBN )/-RRB- and/CC Tom/NNP Fox/NNP fill/VB holes/NNS Monday/NNP at/IN a/DT corner/NN ./.",
            "2023-09-11",
        ),
        ("2016-07-27", "She/PRP won/VBD the/DT nomination/NN ,/, teeing/VBG up/RP the/DT November/NNP showdown/NN ./.", "2016-11"),
        ("2016-09-01", "He/PRP was/VBD hurt/VBN in/IN the/DT disastrous/JJ February/NNP debate/NN ./.", "2016-02"),
        ("2023-09-08", "A/DT man/NN was/VBD planning/VBG to/TO hold/VB a/DT feast/NN on/IN Thursday/NNP ./.", "2023-09-07"),
        ("2016-08-01", "He/PRP promised/VBD reform/NN if/IN they/PRP take/VB office/NN in/IN January/NNP ./.", "2017-01"),
        ("2016-01-19", "They/PRP do/VBP n't/RB want/VB to/TO run/VB against/IN her/PRP in/IN November/NNP ./.", "2016-11"),
        ("2016-02-01", "It/PRP is/VBZ strong/JJ enough/RB to/TO win/VB in/IN November/NNP ./.", "2016-11"),
        ("2023-03-26", "It/PRP gave/VBD them/PRP until/IN 11/CD a.m./NN April/NNP 24/CD ./.", "2023-04-24T11:00"),
        ("2023-09-12", "A/DT guard/NN leads/VBZ him/PRP out/RP after/IN his/PRP$ plea/NN Monday/NNP ./.", "2023-09-11"),
        ("2024-10-23", "Talks/NNS resume/NN Thursday/NNP in/IN Geneva/NNP ./.", "2024-10-24"),
        ("2024-10-23", "Talks/NNS resume/VBP Thursday/NNP ;/: a/DT third/JJ round/NN follows/VBZ ./.", "2024-10-24"),
        ("2023-09-13", "Tuesday/NNP will/MD bring/VB her/PRP$ victories/NNS", "2023-09-19"),
        ("2009-03-31", "From/IN July/NNP ,/, pupils/NNS will/MD be/VB able/JJ to/TO ask/VB for/IN help/NN ./.", "2009-07"),
    ],
)
def test_times_of_what_was_to_come_or_only_perhaps_over(day: str, words: str, value: str) -> None:
    (found,) = find_times(tagged(words), published(day))
    assert found.value.startswith(value)


def test_history_looks_ahead_from_the_report_where_the_present_does() -> None:
    before = "Ann/NNP died/VBD in/IN June/NNP 2009/CD ./. He/PRP was/VBD held/VBN in/IN August/NNP 2009/CD ./."
    after = "The/DT trial/NN is/VBZ due/JJ to/TO start/VB in/IN early/JJ May/NNP ./."
    assert find_times(tagged(before, after), published("2011-04-08"))[-1].value == "2011-05"
    dated = "It/PRP takes/VBZ place/NN on/IN Monday/NNP ,/, May/NNP 26/CD ./."
    assert find_times(tagged(before, dated), published("2014-03-18"))[-1].value == "2014-05-26"


def test_joined_days_share_their_direction() -> None:
    words = "They/PRP will/MD meet/VB on/IN Wednesday/NNP or/CC Thursday/NNP ./."
    assert [one.value for one in find_times(tagged(words), published("2023-09-11"))] == ["2023-09-13", "2023-09-14"]


def test_last_and_next() -> None:
    assert one("It opened last Monday.").value == "2023-09-04"
    assert one("It will open next Monday.").value == "2023-09-18"
    assert one("It opened last May.").value == "2023-05"


def test_the_month_just_past_is_not_called_by_its_name_with_last() -> None:
    assert one("It opened last August.").value == "2022-08"


@pytest.mark.parametrize("order, value", [("mdy", "2023-09-10"), ("dmy", "2023-10-09")])
def test_order_of_day_and_month_is_the_outlets(order: str, value: str) -> None:
    found = one("It was signed on 09/10/2023.", order=order)
    assert found.value == value
    assert found.confidence < 1


def test_order_that_cannot_be_is_turned() -> None:
    assert one("It was signed on 30/08/2023.", order="mdy").value == "2023-08-30"


_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@given(
    some.dates(date(1900, 1, 1), date(2100, 1, 1)),
    some.integers(-300, 300),
    some.sampled_from(_WEEKDAYS),
    some.sampled_from(["It left on {}.", "It will leave on {}.", "It left last {}.", "It will leave next {}.", "It leaves this {}."]),
)
def test_moving_the_report_by_weeks_moves_the_weekday_by_as_many(day: date, weeks: int, name: str, sentence: str) -> None:
    text = sentence.format(name)
    here = date.fromisoformat(one(text, day.isoformat()).value)
    there = date.fromisoformat(one(text, (day + timedelta(weeks=weeks)).isoformat()).value)
    assert there - here == timedelta(weeks=weeks)
    assert here.isoweekday() == _WEEKDAYS.index(name) + 1


@given(
    some.dates(date(1900, 1, 1), date(2100, 1, 1)),
    some.integers(-300, 300),
    some.sampled_from(_WEEKDAYS),
    some.sampled_from(
        [
            "It/PRP opens/VBZ on/IN {}/NNP ./.",
            "The/DT final/NN is/VBZ on/IN {}/NNP ./.",
            "A/DT man/NN walks/VBZ by/RB on/IN {}/NNP ./.",
            "Unions/NNS called/VBD for/IN protests/NNS on/IN {}/NNP ./.",
            "They/PRP spoke/VBD after/IN the/DT attack/NN on/IN {}/NNP ./.",
            "It/PRP begins/VBZ a/DT week/NN from/IN {}/NNP ./.",
        ]
    ),
)
def test_so_do_those_that_a_verb_tells(day: date, weeks: int, name: str, sentence: str) -> None:
    doc = tagged(sentence.format(name))
    here, there = (find_times(doc, published(at.isoformat()))[0].value for at in (day, day + timedelta(weeks=weeks)))
    assert date.fromisoformat(there) - date.fromisoformat(here) == timedelta(weeks=weeks)


def test_without_a_date_of_publication_nothing_is_invented() -> None:
    assert one("It left on Monday.", None).value == "XXXX-WXX-1"
    assert one("It left on Monday.", None).interval is None
    assert one("It left yesterday.", None).interval is None
    assert one("It left on 3 May 2021.", None).value == "2021-05-03"
    assert one("It left last year.", None).value == "XXXX"


def test_a_month_of_publication_dates_months_and_years_only() -> None:
    assert one("It left last month.", "2023-09").value == "2023-08"
    assert one("It left last year.", "2023-09").value == "2022"
    assert one("It left on Monday.", "2023-09").value == "XXXX-WXX-1"


def test_what_the_present_expects_is_to_come() -> None:
    doc = tagged("The/DT firm/NN expects/VBZ a/DT loss/NN in/IN the/DT fourth/JJ quarter/NN ./.")
    assert find_times(doc, published("2013-03-22"))[0].value == "2013-Q4"
    doc = tagged("Analysts/NNS expect/VBP a/DT second/JJ -/HYPH quarter/NN profit/NN ./.")
    assert find_times(doc, published("2013-03-22"))[0].value == "2013-Q2"


def test_a_weekday_goes_on_from_a_day_of_the_story_just_told() -> None:
    text = "On 3 May 1940 the city fell. On Monday the king fled. He came back in June 1945. Peace was signed in 1947. He died in 1960."
    assert [mention.value for mention in times(text, "2009-06-12")][:2] == ["1940-05-03", "1940-05-06"]


def test_a_weekday_in_news_is_counted_from_publication() -> None:
    assert [mention.value for mention in times("He was held on 3 May 2010. On Monday he was freed.", "2013-03-22")][1] == "2013-03-18"


def test_a_story_without_a_publication_date_goes_on_too() -> None:
    assert [mention.value for mention in times("On 3 May 1940 the city fell. In June the king fled.", None)] == ["1940-05-03", "1940-06"]


def test_what_went_as_planned_is_over() -> None:
    doc = tagged("They/PRP left/VBD ,/, as/IN previously/RB planned/VBN ,/, on/IN Saturday/NNP ./.")
    assert find_times(doc, published("2013-03-22"))[0].value == "2013-03-16"
