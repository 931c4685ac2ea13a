"""Looking places up by name and by id."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sightline.gazetteer import Gazetteer
from sightline.gazetteer.folding import fold, fold_all
from sightline.gazetteer.gazetteer import cache_folder, kept
from sightline.gazetteer.index import Entry, Index
from sightline.gazetteer.tables import KINDS, countries, place_entries, table


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def test_a_town_has_its_geonames_id_point_and_zone(gazetteer: Gazetteer) -> None:
    town = gazetteer.named("Vladivostok")[0]
    assert (town.id, town.country, town.zone) == ("geonames:2013348", "RU", "Asia/Vladivostok")
    assert town.lat == pytest.approx(43.1, abs=0.1)
    assert town.lon == pytest.approx(131.9, abs=0.1)


def test_namesakes_come_best_known_first(gazetteer: Gazetteer) -> None:
    found = gazetteer.named("Springfield")
    assert len(found) > 20
    assert [p.admin1 for p in found[:3]] == ["MO", "MA", "IL"]


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Georgia", "country", "GE"),
        ("Pyongyang", "city", "KP"),
        ("New York", "city", "US"),
        ("Primorye", "region", "RU"),
        ("Rostov Oblast", "region", "RU"),
        ("U.S.", "country", "US"),
        ("the Netherlands", "country", "NL"),
        ("Khasan station", "station", "RU"),
        ("Vostochny", "cosmodrome", "RU"),
        ("Sea of Japan", "sea", None),
        ("Tumen River", "river", None),
        ("Heathrow", "airport", "GB"),
    ],
)
def test_what_a_name_means_first(gazetteer: Gazetteer, name: str, kind: str, country: str | None) -> None:
    first = gazetteer.named(name)[0]
    assert (first.kind, first.country) == (kind, country)


def test_a_historical_state_has_no_point(gazetteer: Gazetteer) -> None:
    gone = gazetteer.named("Soviet Union")[0]
    assert (gone.kind, gone.lat, gone.lon) == ("historical", None, None)


def test_spelling_does_not_matter(gazetteer: Gazetteer) -> None:
    assert {gazetteer.named(n)[0].id for n in ("Malmö", "malmo", "MALMO")} == {gazetteer.named("Malmö")[0].id}


def test_an_id_leads_back_to_its_place(gazetteer: Gazetteer) -> None:
    for name in ("Vladivostok", "Khasan station", "Primorye", "France"):
        place = gazetteer.named(name)[0]
        assert gazetteer.place(place.id) == place
    assert gazetteer.place("geonames:1") is None
    assert gazetteer.place("nobody:1") is None


def test_words_for_a_people_lead_to_their_country_or_region(gazetteer: Gazetteer) -> None:
    named = {w: gazetteer.demonym(w) for w in ("Danes", "Scottish", "European", "Martian")}
    assert [p and p.name for p in named.values()] == ["Denmark", "Scotland", "Europe", None]


def test_every_country_of_the_table_is_found_by_its_code(gazetteer: Gazetteer) -> None:
    for row in countries():
        assert gazetteer.country(row.iso).name == row.name
    with pytest.raises(KeyError):
        gazetteer.country("ZZ")


def test_the_hand_made_table_is_sound() -> None:
    entries = list(place_entries())
    assert {e.kind for e in entries} <= KINDS
    assert len({e.slug for e in entries}) == len(entries)
    assert all(len(row) == 9 for row in table("places.tsv"))


def test_a_users_places_come_first(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,kind,lat,lon,aliases\nMill Halt,station,50.5,3.25,Old Mill Halt|Mill\n")
    own = Gazetteer.load(path)
    assert own.named("old mill halt")[0].id == "user:mill-halt"
    assert own.place("user:mill-halt") == own.named("Mill Halt")[0]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Mill,castle,50,3", "unknown kind"),
        ("Mill,station,north,3", "could not convert"),
        (",station,50,3", "needs a name"),
        ("Mill,station,95,3", "out of range"),
    ],
)
def test_a_bad_line_is_told_with_its_number(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"name,kind,lat,lon\nGood,station,50,3\n{line}\n")
    with pytest.raises(ValueError, match=rf"own\.csv, line 3: .*{told}"):
        Gazetteer.load(path)


def test_the_index_survives_the_disk(tmp_path: Path) -> None:
    index = Index.build(
        [Entry("Ash", "village", 1.0, 2.0, slug="ash", aliases=("Esche", "Ash")), Entry("Ash", "city", 3.0, 4.0, geonameid=7)]
    )
    index.save(tmp_path / "deep" / "index.npz")
    read = Index.read(tmp_path / "deep" / "index.npz")
    assert read.rows("ash") == [(0, True), (1, True)]
    assert read.rows("esche") == [(0, False)]
    assert read.entry(0).slug == "ash"
    assert (read.row_of(geonameid=7), read.row_of(slug="ash"), read.row_of(slug="oak")) == (1, 0, None)


def test_a_cache_that_cannot_be_read_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGHTLINE_CACHE", str(tmp_path))
    path = cache_folder() / "index.npz"
    path.write_bytes(b"PK\x03\x04 half a file")
    made = kept(path, lambda: Index.build([Entry("Ash", "village", 1.0, 2.0, slug="ash")]))
    again = kept(path, lambda: Index.build([]))
    assert (made.rows("ash"), again.rows("ash")) == ([(0, True)], [(0, True)])


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert len(kept(tmp_path / "file" / "index.npz", lambda: Index.build([Entry("Ash", "village", 1.0, 2.0, slug="ash")]))) == 1


def test_names_that_fold_alike_count_once_and_the_main_one_wins() -> None:
    index = Index.build([Entry("Sankt Ash", "village", 1.0, 2.0, slug="a", aliases=("sankt-ash", "Åsh", "Ash", "''", "St. Ash"))])
    assert index.rows("sankt ash") == [(0, True)]
    assert index.rows("ash") == [(0, False)] == index.rows("saint ash")
    assert index.rows("") == []


@pytest.mark.parametrize("name", ["Ulaanbaatar", "Basra", "Chittagong", "Zaporizhzhia", "Mykolaiv", "Dnipropetrovsk"])
def test_towns_in_the_news_are_known_by_their_english_names(gazetteer: Gazetteer, name: str) -> None:
    assert max(p.population for p in gazetteer.named(name) if p.kind == "city") > 400_000


def test_mathematical_capitals_are_letters_too() -> None:
    assert fold("𝘈lma") == "alma" == fold(fold("𝘈lma"))


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=30))
def test_folding_twice_is_folding_once(name: str) -> None:
    once = fold(name)
    assert once == once.strip()
    assert "  " not in once
    if not once.startswith(("the ", "st ", "ste ", "mt ", "ft ", "pt ")):
        assert fold(once) == once


@given(
    st.lists(st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("St. theM—-'İΣσ\u0301\0")), max_size=12), max_size=8)
)
@example(["St. Louis", "The Hague", "ste  Anne", "Å\u0301", "", " ", "the ", "St.", "𝘈lma"])
def test_many_names_are_folded_as_each_would_be(names: list[str]) -> None:
    assert fold_all(names) == [fold(name) for name in names]
