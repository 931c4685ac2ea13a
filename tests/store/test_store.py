"""The store: nothing is overwritten, nothing doubled, nothing lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from sightline.readers import parse_publication
from sightline.store import Store, StoreError
from sightline.store.copying import copy_store
from sightline.types import Certainty, Claim, Decision, Reading, Report, Span, Status


def reading(
    identity: str, words: str = "The ferry left Turku on Sunday.", *, version: str = "1", published: str | None = "2024-03-04"
) -> Reading:
    report = Report(id=identity, text=words, title=f"About {identity}", outlet="Harbour Post", sha256="0" * 64,
                    published=parse_publication(published, "metadata") if published else None)  # fmt: skip
    claim = Claim(id=f"{identity}#10-14", report=identity, span=Span(0, 20), trigger=Span(10, 14), sentence=Span(0, 20), predicate="leave", type="departure",
                  certainty=Certainty(status=Status.HAPPENED))  # fmt: skip
    return Reading(report=report, claims=(claim,), version=version)


def outcomes(store: Store, *readings: Reading) -> list[str]:
    return [added.outcome for added in store.add(readings)]


def test_a_reading_comes_back_as_it_went_in(store: Store) -> None:
    given = reading("a")
    assert outcomes(store, given) == ["new"]
    assert store.reading("a") == given
    assert store.readings() == [given]


def test_the_same_report_twice_is_stored_once(store: Store) -> None:
    assert outcomes(store, reading("a"), reading("a")) == ["new", "known"]
    assert len(store.readings()) == 1 and len(store.claims()) == 1


def test_newer_rules_add_a_reading_and_keep_the_old_one(store: Store) -> None:
    assert outcomes(store, reading("a", version="1"), reading("a", version="2")) == ["new", "reread"]
    assert [found.version for found in store.readings()] == ["2"]
    assert store.state()[0] == 2
    assert len(store.claims()) == 1


def test_another_text_under_a_known_id_is_a_new_version(store: Store) -> None:
    assert outcomes(store, reading("a"), reading("a", "The ferry has not left.")) == ["new", "version"]
    second = store.reading("a~2")
    assert second is not None and second.claims[0].id == "a~2#10-14" and second.report.metadata["version_of"] == "a"
    first = store.reading("a")
    assert first is not None and first.report.text == "The ferry left Turku on Sunday."


def test_what_could_be_known_then(store: Store) -> None:
    list(store.add([reading("early", published="2024-03-01"), reading("late", published="2024-03-09"), reading("undated", published=None)]))
    then = datetime(2024, 3, 5, tzinfo=UTC)
    assert [found.report.id for found in store.readings(as_of=then)] == ["early"]
    assert store.readings(added_by=then) == []


def test_search_finds_words_phrases_and_leaves_out_the_unwanted(store: Store) -> None:
    list(store.add([reading("a"), reading("b", "The ferry stays in Turku.")]))
    assert {hit.report for hit in store.search("ferry Turku")} == {"a", "b"}
    assert [hit.report for hit in store.search("ferry -stays")] == ["a"]
    assert [hit.report for hit in store.search('"left Turku"')] == ["a"]
    assert "\x02" in store.search("ferry")[0].extract


@pytest.mark.parametrize("words", ["", '"', "* OR NEAR(", "'; DROP TABLE report; --", "a" * 5000, "\x00"])
def test_no_search_can_break_anything(store: Store, words: str) -> None:
    list(store.add([reading("a")]))
    store.search(words)
    assert store.reading("a") is not None


def test_claims_are_filtered(store: Store) -> None:
    list(store.add([reading("a"), reading("b")]))
    assert len(store.claims(type="departure")) == 2
    assert store.claims(status="denied") == []
    assert [row["report"] for row in store.claims(report="b")] == ["b"]


def test_a_decision_can_be_taken_back_and_the_taking_back_too(store: Store) -> None:
    at = datetime(2024, 3, 5, tzinfo=UTC)
    join = Decision(id="d1", kind="same-event", subjects=("a", "b"), at=at, by="test")
    store.decide(join)
    store.decide(join)
    assert store.decisions() == [join]
    store.decide(Decision(id="d2", kind="undo", subjects=("d1",), at=at + timedelta(hours=1), by="test"))
    assert store.decisions() == []
    store.decide(Decision(id="d3", kind="undo", subjects=("d2",), at=at + timedelta(hours=2), by="test"))
    assert store.decisions() == [join]
    assert len(store.decisions(undone=True)) == 3
    assert store.decisions(as_of=at + timedelta(minutes=90)) == []


def test_visits_give_the_time_before(store: Store) -> None:
    first, second = datetime(2024, 3, 5, tzinfo=UTC), datetime(2024, 3, 6, tzinfo=UTC)
    assert store.visited("me", first) is None
    assert store.visited("me", second) == first


def test_hostile_text_is_stored_to_the_letter(store: Store) -> None:
    words = "Robert'); DROP TABLE report;-- <script>\x07 \u202e \ufffd 🚂"
    list(store.add([reading("a", words)]))
    found = store.reading("a")
    assert found is not None and found.report.text == words


def test_tampering_is_found(store: Store) -> None:
    list(store.add([reading("a")]))
    assert list(store.verify()) == []
    with store.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE report SET text_sha256 = 'x'"))
    assert len(list(store.verify())) == 1


def test_many_writers_lose_and_double_nothing(place: str) -> None:
    Store.open(place).close()

    def work(worker: int) -> None:
        own = Store.open(place)
        list(own.add([reading(f"r{number}") for number in range(worker, worker + 20)], batch=3))
        own.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, (0, 5, 10, 15)))
    store = Store.open(place)
    assert sorted(found.report.id for found in store.readings()) == sorted(f"r{number}" for number in range(35))
    assert store.state()[0] >= 35 and len(store.claims(limit=1000)) == 35
    store.close()


def test_a_store_moves_whole(store: Store, tmp_path: Path) -> None:
    list(store.add([reading("a", version="1"), reading("a", version="2"), reading("b")]))
    store.decide(Decision(id="d1", kind="note", subjects=("a",), at=datetime(2024, 3, 5, tzinfo=UTC), by="test"))
    target = Store.open(str(tmp_path / "copy.db"))
    assert copy_store(store, target) == {"report": 2, "reading": 3, "claim": 3, "decision": 1, "visit": 0}
    assert copy_store(store, target) == {"report": 0, "reading": 0, "claim": 0, "decision": 0, "visit": 0}
    assert target.readings() == store.readings() and target.decisions() == store.decisions()
    target.close()


def test_a_missing_store_and_a_wrong_address_are_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store there"):
        Store.open(str(tmp_path / "none.db"), create=False)
    (tmp_path / "text.db").write_text("this is no database, only some words that go on for a while " * 40)
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(str(tmp_path / "text.db"))


HOT = {
    "a report's reading": ("SELECT data FROM reading WHERE report = 'a' ORDER BY seq DESC LIMIT 1", "reading_report_version"),
    "reports by publication": ("SELECT id FROM report ORDER BY published_latest DESC LIMIT 50", "report_published"),
    "claims of a report": ("SELECT id FROM claim WHERE report = 'a'", "claim_report"),
    "claims of a type": ("SELECT id FROM claim WHERE type = 'departure' AND status = 'happened'", "claim_type_status"),
    "a known text": ("SELECT id FROM report WHERE id = 'a'", "sqlite_autoindex_report"),
}


@pytest.mark.parametrize("name", HOT)
def test_hot_queries_use_their_index(tmp_path: Path, name: str) -> None:
    store = Store.open(str(tmp_path / "plan.db"))
    query, index = HOT[name]
    with store.engine.connect() as connection:
        plan = " ".join(str(row[-1]) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {query}")))
    assert index in plan, plan
    store.close()


KILLED = """
import sys
from tests.store.test_store import reading
from sightline.store import Store
store = Store.open(sys.argv[1])
print("ready", flush=True)
for added in store.add((reading(f"r{number}") for number in range(400)), batch=4):
    pass
"""


def test_a_killed_add_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    """Killed at random points a dozen times (`SIGHTLINE_KILLS` for more), then run to the end."""
    place = str(tmp_path / "killed.db")
    chance = random.Random(11)
    root = Path(__file__).parent.parent.parent
    for _ in range(int(os.environ.get("SIGHTLINE_KILLS", "6"))):
        worker = subprocess.Popen([sys.executable, "-c", KILLED, place], stdout=subprocess.PIPE, cwd=root)
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.25))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
        store = Store.open(place)
        stored = [found.report.id for found in store.readings()]
        assert stored == [f"r{number}" for number in range(len(stored))]
        assert len(store.claims(limit=10_000)) == len(stored)
        assert len(store.search("ferry", limit=1000)) == len(stored)
        store.close()
    store = Store.open(place)
    list(store.add((reading(f"r{number}") for number in range(400)), batch=64))
    assert len(store.readings()) == 400 and store.state()[0] == 400
    store.close()


def test_records_survive_packing() -> None:
    given = reading("a")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(given), type=Reading) == given
