"""The served pages: found at stable addresses, the same as JSON, closed to hostile input."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from sightline.store import Store
from sightline.web.app import create_app
from tests.show.sample import readings


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(str(tmp_path / "web.db"))
    list(made.add(readings()))
    yield made
    made.close()


@pytest.fixture
def client(store: Store) -> TestClient:
    return TestClient(create_app(store, user="editor"), base_url="http://localhost")


def story_address(client: TestClient) -> str:
    return f"/stories/{client.get('/stories.json').json()[0]['id']}"


def test_the_list_of_stories_leads_to_a_story_and_its_reports(client: TestClient) -> None:
    assert client.get("/").status_code == 200
    page = client.get(story_address(client))
    assert page.status_code == 200
    assert "What happened" in page.text and "/reports/port" in page.text


@pytest.mark.parametrize(
    "address", ["/reports", "/sources", "/search?q=ferry", "/changes", "/decisions", "/reports/port", "/openapi.json", "/health"]
)
def test_every_page_answers(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/stories.json", "/reports.json", "/sources.json", "/search.json?q=ferry", "/changes.json", "/decisions.json", "/reports/port.json"],
)
def test_json_stands_at_the_same_address(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/json"
    answer.json()


def test_a_story_and_each_event_are_there_as_json(client: TestClient) -> None:
    address = story_address(client)
    story = client.get(f"{address}.json").json()["stories"][0]
    identity = story["events"][0]["id"]
    event = quote(identity, safe="")
    assert f"{address.replace(':', '%3A')}/events/{event.replace('/', '%2F')}" in client.get(f"{address}/events").text
    assert client.get(f"{address}/events/{event}.json").json()["id"] == identity
    assert client.get(f"{address}/events/{event}").status_code == 200


def test_every_form_can_be_downloaded(client: TestClient) -> None:
    from sightline.show.exports import FORMATS

    for name, form in FORMATS.items():
        answer = client.get(f"{story_address(client)}/export/{name}")
        assert answer.status_code == 200 and answer.content and answer.headers["content-type"].startswith(form.media_type)


def test_hostile_text_never_becomes_markup(client: TestClient) -> None:
    for address in (story_address(client), "/reports/rumour", "/reports", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E"):
        page = client.get(address).text
        assert "<script>alert" not in page and "<img src=x" not in page
        assert not re.search(r"href=\"javascript:", page)
        assert not re.search(r"<[^>]+\son\w+=", page)


def test_a_page_asks_nothing_of_anyone_else(client: TestClient) -> None:
    page = client.get(story_address(client)).text
    loaded = re.findall(r"<(?:script|img|iframe|link)[^>]*?(?:src|href)=\"([^\"]+)\"", page)
    assert loaded and all(address.startswith(("/", "data:,")) for address in loaded)
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy


def test_as_of_before_the_first_report_shows_no_story(client: TestClient) -> None:
    assert client.get("/stories.json?as_of=2024-03-01").json() == []
    assert client.get(story_address(client) + "?as_of=2024-03-01").status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/stories/none", 404), ("/reports/none", 404), ("/actors/none", 404), ("/places/none", 404), ("/sources/none", 404), ("/nowhere", 404),
        ("/?as_of=soon", 400), ("/search?q=a&limit=0", 400), ("/search?q=a&limit=x", 400), ("/reports?offset=-1", 400), ("/changes?since=soon", 400),
        ("/search?q=" + "a" * 301, 400), ("/search?q=" + "a" * 3000, 414), ("/assets/../app.py", 404), ("/assets/%2e%2e%2fapp.py", 404),
        ("/reports/..%2f..%2fetc%2fpasswd", 404),
    ],
)  # fmt: skip
def test_what_is_not_there_or_wrong_is_said(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_other_host_names_are_refused(store: Store) -> None:
    client = TestClient(create_app(store), base_url="http://evil.example")
    assert client.get("/").status_code == 421


def test_a_token_is_asked_for_when_set(store: Store) -> None:
    client = TestClient(create_app(store, token="open-sesame"), base_url="http://localhost")
    assert client.get("/").status_code == 401
    assert client.get("/", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/", headers={"authorization": "Bearer open-sesame"}).status_code == 200


def form_token(client: TestClient, address: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get(address).text)
    assert found
    return found[1]


def test_a_decision_needs_the_pages_own_form(client: TestClient, store: Store) -> None:
    client.get("/")
    answer = client.post("/decisions", data={"kind": "hide", "report": "rumour", "csrf": "0" * 64})
    assert answer.status_code == 403 and store.decisions() == []


def test_hiding_a_page_and_taking_it_back(client: TestClient, store: Store) -> None:
    token = form_token(client, "/reports/rumour")
    answer = client.post(
        "/decisions",
        data={"kind": "hide", "report": "rumour", "csrf": token, "note": "a rumour", "back": "/reports"},
        follow_redirects=False,
    )
    assert answer.status_code == 303 and answer.headers["location"] == "/reports"
    (made,) = store.decisions()
    assert (made.kind, made.subjects, made.by, made.note) == ("hide", ("rumour",), "editor", "a rumour")
    token = form_token(client, "/decisions")
    client.post("/decisions", data={"kind": "undo", "decision": made.id, "csrf": token})
    assert store.decisions() == []


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nset-cookie: x=1"])
def test_no_redirect_leads_away(client: TestClient, back: str) -> None:
    token = form_token(client, "/reports/rumour")
    answer = client.post("/decisions", data={"kind": "hide", "report": "rumour", "csrf": token, "back": back}, follow_redirects=False)
    assert answer.headers["location"] == "/" and "set-cookie" not in answer.headers


def test_too_much_is_refused(client: TestClient) -> None:
    assert client.post("/decisions", data={"note": "a" * 30_000}).status_code == 413
    assert client.request("BREW", "/").status_code == 405


def test_a_browser_gives_the_token_once_and_then_carries_a_cookie(store: Store) -> None:
    browser = TestClient(create_app(store, token="open-sesame"), base_url="http://localhost", headers={"accept": "text/html"})
    assert browser.get("/?token=wrong").status_code == 401 and "set-cookie" not in browser.get("/?token=wrong").headers
    door = browser.get("/reports?token=open-sesame&outlet=a%26b")
    cookie = door.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "open-sesame" not in cookie
    assert "url=/reports?outlet=a%26b" in door.text and "open-sesame" not in door.text
    for address in ("/", "/assets/sightline.css", "/assets/sightline.js", "/stories.json"):
        assert browser.get(address).status_code == 200
    assert TestClient(create_app(store, token="other"), base_url="http://localhost", cookies=browser.cookies).get("/").status_code == 401


@pytest.mark.parametrize("address", ["//evil.example/?token=t", "/%22%3E%3Cscript%3E?token=t", "/\\evil.example?token=t"])
def test_the_door_leads_nowhere_else(store: Store, address: str) -> None:
    browser = TestClient(create_app(store, token="t"), base_url="http://localhost", headers={"accept": "text/html"})
    page = browser.request("GET", f"http://localhost{address}").text
    assert "<script" not in page
    assert re.search(r"url=/(?![/\\])", page)


def test_a_story_can_be_asked_for_by_party_without_a_script(client: TestClient) -> None:
    address = story_address(client)
    whole = client.get(address).text
    assert '<select name="party">' in whole and "Show</button>" in whole
    party = re.search(r'<option value="([a-z]+:[^"]+)"', whole.partition('name="party"')[2])
    assert party
    narrowed = client.get(address, params={"party": party[1]}).text
    assert f'<option value="{party[1]}" selected>' in narrowed and "every event</a>" in narrowed
    assert 'class="event"' not in client.get(address, params={"party": "state:XX"}).text
    listed = client.get(f"{address}/events", params={"party": "state:XX"}).text
    assert "No event fits." in listed


@pytest.mark.parametrize("query", ["grade=5", "grade=x", "words=" + "a" * 301, "party=" + "a" * 301])
def test_a_filter_that_cannot_be_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"{story_address(client)}?{query}").status_code == 400
    assert client.get(f"{story_address(client)}/events?{query}").status_code == 400


def test_a_filter_is_escaped(client: TestClient) -> None:
    page = client.get(story_address(client), params={"words": '"><script>alert(1)</script>', "party": '"><img src=x onerror=a()>'}).text
    assert "<script>alert" not in page and "<img src=x" not in page


def test_the_slider_can_be_had_by_itself(client: TestClient) -> None:
    slides = client.get(f"{story_address(client)}/slides.json")
    assert slides.status_code == 200 and slides.json()[-1]["reports"] == 2
    assert client.get("/stories/none/slides.json").status_code == 404


def test_search_says_which_of_many_it_shows(client: TestClient) -> None:
    assert "2 reports for" in client.get("/search?q=ferry").text
    first = client.get("/search?q=ferry&limit=1").text
    assert "Reports 1 to 1 for" in first
    following = re.search(r'href="(/search[^"]+)">more', first)
    assert following
    assert "Reports 2 to 2 for" in client.get(following[1].replace("&amp;", "&")).text
