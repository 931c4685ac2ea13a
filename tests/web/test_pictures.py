"""Pictures kept ready: the last one while a new one is made, each thing made once, the same as one made afresh."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sightline.desk import picture_of
from sightline.store import Store
from sightline.types import Decision
from sightline.web.pictures import LOOK, Pictures
from tests.show.sample import readings


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(str(tmp_path / "web.db"))
    list(made.add(readings()[:1], now=datetime(2024, 3, 5, tzinfo=UTC)))
    yield made
    made.close()


def test_readers_get_the_last_picture_until_the_new_one_is_ready(store: Store) -> None:
    pictures = Pictures(store)
    assert set(pictures.latest().readings) == {"port"}
    pictures._rest_until = 0.0
    list(store.add(readings()[1:]))
    assert set(pictures.latest().readings) == {"port"}
    until = time.monotonic() + 20
    while len(pictures.latest().readings) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    assert set(pictures.latest().readings) == {"port", "rumour"}


def test_a_picture_kept_up_to_date_is_the_one_made_afresh(store: Store) -> None:
    pictures = Pictures(store)
    pictures.latest()
    list(store.add(readings()[1:]))
    assert pictures.refreshed().picture.stories == picture_of(store.readings()).stories


def test_a_decision_is_seen_at_once(store: Store) -> None:
    list(store.add(readings()[1:]))
    pictures = Pictures(store)
    pictures.latest()
    store.decide(Decision(id="d1", kind="hide", subjects=("rumour",), at=datetime.now(UTC), by="editor"))
    assert set(pictures.refreshed().readings) == {"port"}


def test_what_many_ask_for_is_made_once(store: Store) -> None:
    pictures = Pictures(store)
    view = pictures.latest()
    made: list[int] = []

    def make() -> int:
        time.sleep(0.05)
        made.append(1)
        return len(made)

    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(pictures.kept(view, "costly", make))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1] and found == [1] * 8


def test_what_fails_is_tried_again(store: Store) -> None:
    pictures = Pictures(store)
    view = pictures.latest()
    with pytest.raises(ZeroDivisionError):
        pictures.kept(view, "fails", lambda: 1 // 0)
    assert pictures.kept(view, "fails", lambda: 5) == 5


def test_looks_close_together_are_one_look(store: Store) -> None:
    pictures = Pictures(store)
    first = datetime(2024, 3, 6, 8, tzinfo=UTC)
    assert pictures.last_look("web", first) is None
    assert pictures.last_look("web", first + LOOK / 2) is None
    later = first + timedelta(hours=8)
    assert pictures.last_look("web", later) == first
    assert pictures.last_look("web", later + timedelta(minutes=5)) == first


def test_what_the_store_held_earlier_is_worked_out(store: Store) -> None:
    list(store.add(readings()[1:], now=datetime(2024, 3, 7, tzinfo=UTC)))
    before = Pictures(store).added_before(datetime(2024, 3, 6, tzinfo=UTC))
    assert before is not None and set(before.readings) == {"port"}
    pictures = Pictures(store)
    latest = pictures.latest()
    assert pictures.added_before(datetime(2024, 3, 8, tzinfo=UTC)) is latest


def test_the_list_says_what_changed_since_the_last_look(store: Store) -> None:
    from starlette.testclient import TestClient

    from sightline.web.app import create_app

    store.visited("web", datetime(2024, 3, 6, tzinfo=UTC))
    list(store.add(readings()[1:], now=datetime(2024, 3, 7, tzinfo=UTC)))
    page = TestClient(create_app(store), base_url="http://localhost").get("/").text
    assert "Since you last looked" in page
