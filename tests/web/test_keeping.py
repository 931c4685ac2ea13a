"""The last picture is there at once when the server starts again, and only where it is still that of the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from sightline.store import Store
from sightline.types import Decision
from sightline.web import pictures as module
from sightline.web.pictures import NotYetError, Pictures
from tests.show.sample import readings


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("SIGHTLINE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(module, "LONG", 0.0)
    made = Store.open(str(tmp_path / "web.db"))
    list(made.add(readings()[:1]))
    yield made
    made.close()


def never(*_: object) -> None:
    raise AssertionError("made anew")


def started_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> Pictures:
    """A server's pictures that fail when one has to be made."""
    again = Pictures(store)
    monkeypatch.setattr(again._gathering, "picture", never)
    return again


def test_the_picture_kept_is_the_one_that_was_made(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Pictures(store).latest()
    after = started_again(store, monkeypatch).latest()
    assert after.picture == before.picture and after.stamp == before.stamp


def test_after_an_addition_the_picture_kept_is_shown_until_the_new_one_is_there(store: Store) -> None:
    Pictures(store).latest()
    list(store.add(readings()[1:]))
    again = Pictures(store)
    assert set(again.latest().readings) == {"port"}
    assert set(again.refreshed().readings) == {"port", "rumour"}


def test_a_decision_made_meanwhile_counts_at_once(store: Store) -> None:
    list(store.add(readings()[1:]))
    Pictures(store).latest()
    store.decide(Decision(id="d1", kind="hide", subjects=("rumour",), at=datetime.now(UTC), by="editor"))
    assert set(Pictures(store).latest().readings) == {"port"}


def test_a_report_read_anew_meanwhile_is_not_left_out(store: Store) -> None:
    Pictures(store).latest()
    list(store.add([msgspec.structs.replace(readings()[0], version="later")]))
    assert Pictures(store).latest().readings["port"].version == "later"


def test_another_store_at_the_same_place_is_not_taken_for_the_one_before(store: Store, tmp_path: Path) -> None:
    Pictures(store).latest()
    store.close()
    for path in tmp_path.glob("web.db*"):
        path.unlink()
    other = Store.open(str(tmp_path / "web.db"))
    list(other.add(readings()[1:]))
    assert set(Pictures(other).latest().readings) == {"rumour"}
    other.close()


@pytest.mark.parametrize("spoil", [b"", b"no picture at all", None])
def test_a_damaged_file_is_as_good_as_none(store: Store, tmp_path: Path, spoil: bytes | None) -> None:
    Pictures(store).latest()
    (kept,) = (tmp_path / "cache").glob("picture-*.bin")
    kept.write_bytes(kept.read_bytes()[:-7] if spoil is None else spoil)
    assert set(Pictures(store).latest().readings) == {"port"}


def test_other_code_makes_its_own_picture(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    Pictures(store).latest()
    monkeypatch.setattr("sightline.web.keeping.code_digest", lambda: "newer")
    with pytest.raises(AssertionError, match="made anew"):
        started_again(store, monkeypatch).latest()


def test_the_file_is_for_this_user_alone_and_nothing_else_is_left(store: Store, tmp_path: Path) -> None:
    Pictures(store).latest()
    (kept,) = (tmp_path / "cache").iterdir()
    assert kept.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_keeps_nothing(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("SIGHTLINE_CACHE", str(tmp_path / "file"))
    assert set(Pictures(store).latest().readings) == {"port"}


def test_the_slides_of_a_large_story_are_kept_with_its_picture(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setattr("sightline.web.slides.AT_ONCE", 0)
    first = Pictures(store)
    view = first.latest()
    first._slides.rest_until = 0.0
    (story,) = view.picture.stories
    until = time.monotonic() + 20
    while (made := first.slides(view, story)) is None and time.monotonic() < until:
        time.sleep(0.01)
    while first._saved is not None and not first._saved.slides and time.monotonic() < until:
        time.sleep(0.01)
    again = started_again(store, monkeypatch)
    assert again.slides(again.latest(), story) == made != []


def test_a_person_is_told_that_the_first_picture_of_a_large_store_is_being_made(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    from starlette.testclient import TestClient

    from sightline.web import requests
    from sightline.web.app import create_app

    monkeypatch.setattr(module, "WAITED_FOR", 0)
    monkeypatch.setattr(requests, "PATIENCE", 0.01)
    app = create_app(store)
    go_on = threading.Event()
    pictures: Pictures = app.state.pictures
    make = pictures._gathering.picture
    monkeypatch.setattr(pictures._gathering, "picture", lambda *given: go_on.wait(20) and make(*given))
    client = TestClient(app, base_url="http://localhost")
    page = client.get("/")
    assert page.status_code == 503 and page.headers["retry-after"] == "1"
    assert "1 report" in page.text and "/reports/port" in page.text and 'http-equiv="refresh"' in page.text
    assert client.get("/reports/port").status_code == 200
    with pytest.raises(NotYetError):
        pictures.latest(0.0)
    go_on.set()
    assert client.get("/stories.json").status_code == 200
    assert client.get("/").status_code == 200


def test_the_list_and_large_stories_are_there_while_the_picture_kept_is_unpacked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    from starlette.testclient import TestClient

    from sightline.web.app import create_app

    monkeypatch.setattr("sightline.web.stories.AT_ONCE", 0)
    first = TestClient(create_app(store), base_url="http://localhost")
    address = f"/stories/{first.get('/stories.json').json()[0]['id']}"
    told = {path: first.get(path).text for path in ("/", address)}
    app = create_app(store)
    pictures: Pictures = app.state.pictures
    go_on, loaded = threading.Event(), threading.Event()
    restored = pictures._restored

    def slowly(saved: object) -> object:
        loaded.set()
        go_on.wait(20)
        return restored(saved)  # type: ignore[arg-type]

    monkeypatch.setattr(pictures, "_restored", slowly)
    pictures.begin()
    assert loaded.wait(20)
    client = TestClient(app, base_url="http://localhost")
    assert {path: client.get(path).text for path in told} == told
    go_on.set()
    pictures.latest()
    assert client.get(address).text == told[address]
