"""Who is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sightline.gazetteer import Register
from sightline.gazetteer.people import shipped
from sightline.gazetteer.register import holds
from sightline.gazetteer.tables import countries
from sightline.types import Office


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


@pytest.mark.parametrize(
    ("name", "party", "kind"),
    [
        ("KCNA", "state:KP", "state_media"),
        ("TASS", "state:RU", "state_media"),
        ("Xinhua", "state:CN", "state_media"),
        ("IRNA", "state:IR", "state_media"),
        ("Yonhap", "outlet:yonhap", "agency"),
        ("Reuters", "outlet:reuters", "agency"),
        ("AP", "outlet:associated-press", "agency"),
        ("BBC", "outlet:bbc", "outlet"),
        ("NHK", "outlet:nhk", "outlet"),
        ("Interfax", "outlet:interfax", "agency"),
    ],
)
def test_a_newsroom_has_its_party(register: Register, name: str, party: str, kind: str) -> None:
    outlet = register.outlet(name)
    assert outlet is not None
    assert (outlet.party, outlet.source_kind) == (party, kind)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("yna.co.kr", "Yonhap"),
        ("https://m-en.yna.co.kr/view/1", "Yonhap"),
        ("kcna.kp", "KCNA"),
        ("www3.nhk.or.jp", "NHK"),
        ("world.kbs.co.kr", "KBS"),
    ],
)
def test_an_outlet_is_known_by_its_host(register: Register, host: str, name: str) -> None:
    outlet = register.outlet(host)
    assert outlet is not None
    assert outlet.name == name
    assert register.outlet("kp") is None
    assert register.outlet("https://nobody.example/x") is None


def test_offices_are_held_for_a_time(register: Register) -> None:
    names = {day: [a.name for a in register.holders("president", "RU", day)] for day in ("2009-06-01", "2023-09-11")}
    assert names == {"2009-06-01": ["Dmitry Medvedev"], "2023-09-11": ["Vladimir Putin"]}
    assert register.holders("leader", "KP", "2005-01-01")[0].name == "Kim Jong-il"


def test_a_partly_known_date_covers_its_whole_month() -> None:
    office = Office(title="minister", start="2022-06", end="2023-02")
    assert [holds(office, day) for day in ("2022-05-31", "2022-06-01", "2023-02-28", "2023-03-01")] == [False, True, True, False]


def test_names_and_seats_lead_to_their_state(register: Register) -> None:
    assert [register.state_of(n) for n in ("Russia", "Russian", "Moscow", "the Kremlin", "Blue House", "Nowhere")] == [
        "RU",
        "RU",
        "RU",
        "RU",
        "KR",
        None,
    ]
    assert register.seat_of("Russia") is None


def test_every_state_has_its_bodies(register: Register) -> None:
    ministry = register.actor("table:de-foreign-ministry")
    assert ministry is not None
    assert (ministry.name, ministry.party) == ("German Foreign Ministry", "state:DE")
    assert register.actor("table:zz-foreign-ministry") is None
    for row in countries():
        assert register.state(row.iso).party == f"state:{row.iso}"
        assert register.party(f"state:{row.iso}") is not None


def test_every_shipped_person_has_well_formed_offices() -> None:
    for person, sex in shipped():
        assert sex in ("m", "f"), person.name
        for office in person.offices:
            assert office.title, person.name
            if office.start and office.end and office.end != "..":
                assert office.start <= office.end, (person.name, office)


def test_an_open_party_need_not_be_listed(register: Register) -> None:
    assert register.party("outlet:village-voice") is not None
    assert register.party("state:ZZ") is None


def test_a_users_people_come_first(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "name,id,aliases,country,sex,offices\nIda Quist,Q123456789,I. Quist|Quist,DK,f,harbour master @ Port of Skagen @ 2019-01/..\n"
    )
    register = Register.load(path)
    person = register.actors_named("quist")[0]
    assert (person.id, person.nationality, person.offices[0].end) == ("wd:Q123456789", "DK", "..")
    assert register.sex(person.id) == "f"


def test_follow_the_money_entities_are_read(tmp_path: Path) -> None:
    path = tmp_path / "people.ftm.json"
    entity = {
        "id": "x-1",
        "schema": "Person",
        "properties": {"name": ["Ida Quist"], "nationality": ["dk"], "wikidataId": ["Q77"], "position": ["mayor"]},
    }
    path.write_text(json.dumps(entity) + "\n\n" + json.dumps({"id": "y", "schema": "Ownership", "properties": {}}) + "\n")
    person = Register.load(path).actors_named("Ida Quist")[0]
    assert (person.id, person.nationality, person.offices[0].title) == ("wd:Q77", "DK", "mayor")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("person\nIda\n", "line 1.*'name'"),
        ("name,country\n,DK\n", "line 2: no name"),
        ('{"schema": "Person"}\n', "line 1: not a FollowTheMoney"),
    ],
)
def test_a_bad_people_file_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=told):
        Register.load(path)
