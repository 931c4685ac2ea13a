"""What Schemathesis makes of the OpenAPI description: addresses, queries and forms good and bad, and the ways from one answer to the next.

Every answer has a status, a media type and a body that are described, what breaks the description is refused, and nothing fails.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from sightline.store import Store
from sightline.web.app import LOOPBACK, create_app
from sightline.web.openapi import openapi
from tests.show.sample import readings

schemathesis = pytest.importorskip("schemathesis")
from starlette.testclient import TestClient  # noqa: E402

BOUNDED = settings(
    max_examples=int(os.environ.get("SIGHTLINE_EXAMPLES", "15")),
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    stateful_step_count=6,
)
CONFIG = {
    "checks": {"negative_data_rejection": {"expected-statuses": [400, 403, 404, 405, 413, 414]}},
    # No schema tells which ids a store holds: a form that names another one is refused with 400.
    "operations": [{"include-name": "POST /decisions", "checks": {"positive_data_acceptance": {"expected-statuses": [303, 400, 403]}}}],
}


class Served:
    """The application over a small store, and what a reader of its pages knows."""

    def __init__(self, place: str) -> None:
        self.store = Store.open(place)
        list(self.store.add(readings()))
        self.app = create_app(self.store, user="editor", hosts=LOOPBACK | {"testserver"})
        self.client = TestClient(self.app)
        page = self.client.get("/decisions") and self.client.get("/reports/port")
        token = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)
        assert token
        self.token, self.cookie = token[1], self.client.cookies["sightline"]
        story = self.client.get("/stories.json").json()[0]["id"]
        whole = self.client.get(f"/stories/{story}.json").json()["stories"][0]
        self.known = {
            "story": [story],
            "event": [event["id"] for event in whole["events"]],
            "report": ["port", "rumour"],
            "other": ["rumour", *(event["id"] for event in whole["events"])],
            "source": [origin["id"] for origin in whole["origins"]],
            "actor": [actor["id"] for actor in self.client.get("/actors.json").json()],
        }


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = Served(str(tmp_path_factory.mktemp("tried") / "web.db"))
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def schema(served: Served) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", served.app, config=schemathesis.Config.from_dict(CONFIG))


def with_what_is_there(case: Any, served: Served, turn: int) -> None:
    """Two of three cases name things that are there and carry the token of a page; the others stay as they were made."""
    if turn % 3 == 0:
        return
    good = case.meta is None or case.meta.generation.mode.is_positive
    if good:
        for name in list(case.path_parameters or {}):
            if known := served.known.get(name):
                case.path_parameters[name] = known[turn % len(known)]
    if isinstance(case.body, dict) and isinstance(case.body.get("csrf"), str):
        case.body["csrf"] = served.token
        case.cookies = {"sightline": served.cookie}
        for field in sorted(set(case.body) & set(served.known)) if good else ():
            if known := served.known[field]:
                case.body[field] = known[turn % len(known)]


POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
OPERATIONS = [
    (path, method, mode)
    for path, item in openapi()["paths"].items()
    for method, operation in item.items()
    for mode in (POSITIVE, NEGATIVE)
    # Nothing can be wrong about a question that has no parameters.
    if mode is POSITIVE or operation.get("parameters") or "requestBody" in operation
]


@pytest.mark.parametrize(("path", "method", "mode"), OPERATIONS)
def test_every_answer_is_as_described(schema: Any, served: Served, path: str, method: str, mode: Any) -> None:
    turns = itertools.count()
    cases = schema[path][method.upper()].as_strategy(generation_mode=mode)

    @BOUNDED
    @given(case=cases)
    def try_it(case: Any) -> None:
        with_what_is_there(case, served, next(turns))
        case.call_and_validate()

    try_it()


def test_the_ways_from_answer_to_answer_hold(schema: Any) -> None:
    schema.as_state_machine().run(settings=settings(BOUNDED, max_examples=8))
