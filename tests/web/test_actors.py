"""Pages of actors: found by every id that a report gave them; joined and parted by decisions that stories obey."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from starlette.testclient import TestClient

from sightline.store import Store
from sightline.types import Actor, NameMention, Participant, Reading, Span
from sightline.web.app import create_app
from tests.show.sample import readings


def _naming(reading: Reading, word: str, name: str) -> Reading:
    """The reading with a captain who takes part in its claim."""
    start = reading.report.text.index(word)
    span = Span(start, start + len(word))
    actor = Actor(id=f"report:{reading.report.id}:{name.lower().replace(' ', '-')}", name=name, kind="person")
    part = Participant(role="agent", span=span, text=word, head=word.lower(), actor=actor.id)
    claim = msgspec.structs.replace(reading.claims[0], participants=(part,))
    mention = NameMention(span=span, text=word, label="PER", form="name", actor=actor.id)
    return msgspec.structs.replace(reading, actors=(actor,), names=(mention,), claims=(claim,))


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    store = Store.open(str(tmp_path / "web.db"))
    port, rumour = readings()
    list(store.add([_naming(port, "ferry", "Anna Virtanen"), _naming(rumour, "ferry", "Anni Virtanen")]))
    yield TestClient(create_app(store, user="editor"), base_url="http://localhost")
    store.close()


def listed(client: TestClient) -> dict[str, str]:
    return {actor["name"]: actor["id"] for actor in client.get("/actors.json").json()}


def decide(client: TestClient, **form: str) -> None:
    page = client.get(f"/actors/{quote(form['actor'], safe='')}").text
    token = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert token
    answer = client.post("/decisions", data={**form, "csrf": token[1], "back": "/actors"}, follow_redirects=False)
    assert answer.status_code == 303


def test_an_actor_is_found_by_its_own_id_and_by_each_that_a_report_gave(client: TestClient) -> None:
    own = listed(client)["Anna Virtanen"]
    for name in (own, "report:port:anna-virtanen"):
        page = client.get(f"/actors/{quote(name, safe='')}")
        assert page.status_code == 200 and "Takes part in" in page.text


def test_a_report_leads_to_those_it_names(client: TestClient) -> None:
    page = client.get("/reports/port").text
    links = re.findall(r'href="(/actors/[^"]+)"', page)
    assert links and all(client.get(link).status_code == 200 for link in links)


def test_two_actors_can_be_joined_and_stories_obey(client: TestClient) -> None:
    before = listed(client)
    assert len(before) == 2
    decide(client, kind="same-actor", actor=before["Anna Virtanen"], other=before["Anni Virtanen"])
    after = listed(client)
    assert len(after) == 1
    for name in before.values():
        page = client.get(f"/actors/{quote(name, safe='')}")
        assert page.status_code == 200 and "2 reports" in page.text
    story = client.get(f"/stories/{quote(client.get('/stories.json').json()[0]['id'], safe='')}.json").json()["stories"][0]
    who = {value.get("actor") for event in story["events"] for slot in event["slots"] if slot["name"] == "who" for value in slot["values"]}
    assert who <= set(after.values()) | {None}


def test_joining_with_nobody_known_is_refused(client: TestClient) -> None:
    own = listed(client)["Anna Virtanen"]
    page = client.get(f"/actors/{quote(own, safe='')}").text
    token = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert token
    for other in ("nobody", own, ""):
        answer = client.post("/decisions", data={"kind": "same-actor", "actor": own, "other": other, "csrf": token[1]})
        assert answer.status_code == 400
