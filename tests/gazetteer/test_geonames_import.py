"""A GeoNames dump in SQLite."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sightline.gazetteer import Gazetteer
from sightline.gazetteer.geonames_import import Database, import_dump


def line(number: int, name: str, code: str = "P.PPL", people: int = 0, others: str = "") -> str:
    kind, feature = code.split(".")
    fields = [
        str(number),
        name,
        name,
        others,
        "10.5",
        "20.25",
        kind,
        feature,
        "XK",
        "",
        "01",
        "",
        "",
        "",
        str(people),
        "",
        "",
        "Europe/Belgrade",
        "2020-01-01",
    ]
    return "\t".join(fields) + "\n"


def test_a_dump_is_imported_and_asked(tmp_path: Path) -> None:
    dump = tmp_path / "allCountries.txt"
    dump.write_text(line(900000001, "Quellmoor", people=9000, others="Kwellmor,Квелмор") + line(900000002, "Quell Station", "S.RSTN"))
    counts: list[int] = []
    assert import_dump(dump, tmp_path / "places.sqlite", progress=counts.append) == 2
    assert counts == [2]
    places = Database(tmp_path / "places.sqlite")
    assert [(p.id, p.kind, p.population) for p in places.named("kwellmor")] == [("geonames:900000001", "city", 9000)]
    station = places.place(900000002)
    assert station is not None
    assert (station.kind, station.lat, station.country) == ("station", 10.5, "XK")


def test_of_very_many_namesakes_the_most_populous_is_among_those_told(tmp_path: Path) -> None:
    dump = tmp_path / "dump.txt"
    dump.write_text("".join(line(900000000 + n, "Santa Quella", people=70_000 if n == 700 else n % 90) for n in range(1, 702)))
    import_dump(dump, tmp_path / "places.sqlite")
    found = Database(tmp_path / "places.sqlite").named("santa quella")
    assert (len(found), found[0].population) == (500, 70_000)


def test_the_gazetteer_reads_it_beside_its_own(tmp_path: Path) -> None:
    dump = tmp_path / "dump.zip"
    with zipfile.ZipFile(dump, "w") as archive:
        archive.writestr("readme.txt", "nothing")
        archive.writestr("XK.txt", line(900000001, "Quellmoor"))
    import_dump(dump, tmp_path / "places.sqlite")
    gazetteer = Gazetteer.load(dump=tmp_path / "places.sqlite")
    assert gazetteer.named("Quellmoor")[0].geonameid == 900000001
    assert gazetteer.place("geonames:900000001") is not None
    assert gazetteer.named("Paris")[0].geonameid == 2988507


def test_a_file_that_is_no_dump_is_told_and_leaves_the_old_database(tmp_path: Path) -> None:
    database = tmp_path / "places.sqlite"
    database.write_text("kept")
    dump = tmp_path / "dump.txt"
    dump.write_text(line(1, "Good") + "not a line\n")
    with pytest.raises(ValueError, match=r"dump\.txt, line 2"):
        import_dump(dump, database)
    assert database.read_text() == "kept"
    with pytest.raises(ValueError, match="not an imported"):
        Database(database)
    with pytest.raises(FileNotFoundError):
        Database(tmp_path / "none.sqlite")
