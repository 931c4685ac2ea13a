"""Whatever is asked, the server answers as its OpenAPI description says, and never fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from sightline.store import Store
from sightline.web.app import create_app
from tests.show.sample import readings

jsonschema = pytest.importorskip("jsonschema")
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
VALUES = st.text(max_size=30) | st.sampled_from(
    ["2024-03-04", "2024-03-05T10:00Z", "0001-01-01", "9999-12-31", "10000-01-01", "1e9", "-1", "ferry", "NOT (", '"', "*"]
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    store = Store.open(str(tmp_path_factory.mktemp("described") / "web.db"))
    list(store.add(readings()))
    yield TestClient(create_app(store, user="editor"), base_url="http://localhost", raise_server_exceptions=False)
    store.close()


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    return client.get("/openapi.json").json()  # type: ignore[no-any-return]


def known_names(client: TestClient) -> dict[str, list[str]]:
    story = client.get("/stories.json").json()[0]["id"]
    whole = client.get(f"/stories/{quote(story, safe='')}.json").json()["stories"][0]
    return {
        "story": [story],
        "event": [event["id"] for event in whole["events"]],
        "report": [report["id"] for report in client.get("/reports.json").json()],
        "source": [origin["id"] for origin in client.get("/sources.json").json()],
        "actor": [actor["id"] for actor in client.get("/actors.json").json()],
        "format": ["geojson", "csv", "prov", "markdown", "json"],
    }


def fits(answer: Any, operation: dict[str, Any], description: dict[str, Any]) -> None:
    """The answer's status is described, and its JSON fits the schema given."""
    assert str(answer.status_code) in operation["responses"], (answer.status_code, answer.text[:200])
    content = operation["responses"][str(answer.status_code)]["content"]
    if answer.headers["content-type"] == "application/json" and "application/json" in content:
        schema = {**content["application/json"]["schema"], "components": description["components"]}
        jsonschema.Draft202012Validator(schema).validate(answer.json())


@QUIET
@given(data=st.data())
def test_every_answer_is_as_described(client: TestClient, description: dict[str, Any], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(description["paths"])))
    operation = description["paths"][path]["get"]
    names = known_names(client)

    def filled(found: re.Match[str]) -> str:
        known = names.get(found[1], [])
        text = data.draw((st.sampled_from(known) if known else st.nothing()) | st.text(min_size=1, max_size=20))
        return quote(text.encode("utf-8", "replace").decode(), safe="")

    address = re.sub(r"\{(\w+)\}", filled, path)
    query = {}
    for parameter in operation["parameters"]:
        if parameter["in"] == "query" and data.draw(st.booleans()):
            query[parameter["name"]] = data.draw(VALUES).encode("utf-8", "replace").decode()
    if "/." in address or address.startswith("//"):
        return
    fits(client.get(address, params=query), operation, description)


def test_every_known_thing_fits_its_schema(client: TestClient, description: dict[str, Any]) -> None:
    names = known_names(client)
    for path, item in description["paths"].items():
        wanted = re.findall(r"\{(\w+)\}", path)
        if "format" in wanted or not all(names.get(name) for name in wanted):
            continue
        address = re.sub(r"\{(\w+)\}", lambda found: quote(names[found[1]][0], safe=""), path)
        answer = client.get(address)
        assert answer.status_code == 200, address
        fits(answer, item["get"], description)


@QUIET
@given(st.text(max_size=40), st.dictionaries(st.text(max_size=8), VALUES, max_size=3))
def test_no_address_makes_it_fail(client: TestClient, path: str, query: dict[str, str]) -> None:
    clean = {key.encode("utf-8", "replace").decode(): value.encode("utf-8", "replace").decode() for key, value in query.items()}
    address = "/" + quote(path.encode("utf-8", "replace").decode(), safe="/").lstrip("/")
    assert client.get(address, params=clean).status_code < 500


FIELDS = ("kind", "story", "event", "other", "report", "actor", "decision", "note", "back", "csrf")


@QUIET
@given(data=st.data())
def test_no_form_makes_it_fail(client: TestClient, data: st.DataObject) -> None:
    page = client.get("/decisions" if data.draw(st.booleans()) else "/reports/port")
    token = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)
    names = known_names(client)
    pool = [name for known in names.values() for name in known[:3]] + [
        "same-event",
        "different-event",
        "same-actor",
        "different-actor",
        "note",
        "undo",
    ]
    form = {
        field: data.draw(st.sampled_from(pool) | st.text(max_size=30)).encode("utf-8", "replace").decode()
        for field in data.draw(st.sets(st.sampled_from(FIELDS)))
    }
    if token is not None and data.draw(st.integers(0, 3)):
        form["csrf"] = token[1]
    answer = client.post("/decisions", data=form, follow_redirects=False)
    assert answer.status_code in (303, 400, 403), answer.text[:300]
    if answer.status_code == 303:
        assert answer.headers["location"].startswith("/") and not answer.headers["location"].startswith("//")
        assert client.get("/").status_code == 200


@pytest.mark.parametrize("body", [b"\xff\xfe", b"%ZZ=%", b"a" * 100, b"", b"kind=note&kind=hide", b"&" * 500])
@pytest.mark.parametrize(
    "kind",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "application/json"],
)
def test_no_body_makes_it_fail(client: TestClient, body: bytes, kind: str) -> None:
    assert client.post("/decisions", content=body, headers={"content-type": kind}).status_code < 500
