"""The dossier and the served pages in a real browser: read, slide, click, filter, decide, undo; no violation of WCAG 2.2 AA."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bench.pages import SLIDE
from bench.stories_speed import made_up
from sightline.show.dossier import dossier
from sightline.show.replay import state
from sightline.store import Store
from tests.show.sample import readings, story

playwright_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ARTEFACTS = Path(os.environ.get("SIGHTLINE_ARTEFACTS", "artefacts"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright_api.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield made
        made.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    states = [state(datetime(2024, 3, day, tzinfo=UTC), story() if day > 4 else _earlier(), None) for day in (4, 5)]
    path = tmp_path_factory.mktemp("dossier") / "dossier.html"
    path.write_text(dossier([story()], readings(), {}, replays={"s1": states}), encoding="utf-8")
    return path.as_uri()


def _earlier() -> Any:
    import msgspec

    return msgspec.structs.replace(story(), events=story().events[:1], reports=("port",))


@contextmanager
def serving(store: Store, **options: Any) -> Iterator[str]:
    """A real server over a store, on this machine."""
    import uvicorn

    from sightline.web.app import create_app

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(store, user="editor", **options)
    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(5)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = Store.open(str(tmp_path_factory.mktemp("served") / "web.db"))
    list(store.add(readings()))
    with serving(store) as address:
        yield address
    store.close()


class Opened:
    """A page, what it asked for and what went wrong on it."""

    def __init__(self, browser: Any, address: str, **context: Any) -> None:
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.goto(address)

    def keep(self, name: str) -> None:
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)


def violations(page: Any) -> list[str]:
    found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    return [f"{item['id']}: {item['nodes'][0]['html'][:160]}" for item in found.response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dossier_opens_alone_without_errors_or_barriers(browser: Any, file: str, scheme: str) -> None:
    opened = Opened(browser, file, color_scheme=scheme)
    assert opened.page.title().startswith("The ferry Aurora")
    assert opened.asked == [file]
    assert opened.errors == []
    assert violations(opened.page) == []
    opened.keep(f"dossier-{scheme}")


def test_the_dossier_fits_a_narrow_screen(browser: Any, file: str) -> None:
    opened = Opened(browser, file, viewport={"width": 360, "height": 720})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(opened.page) == []
    opened.keep("dossier-narrow")


def test_the_slider_replays_what_could_be_known(browser: Any, file: str) -> None:
    page = Opened(browser, file).page
    slider = page.locator("section.replay input")
    assert page.locator(".then li").count() == 2
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator(".then li").count() == 1
    started = time.perf_counter()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelectorAll('.then li').length === 2")
    assert time.perf_counter() - started < 1.0
    assert page.locator(".then li.new").count() == 1


def test_evidence_leads_to_its_lit_words(browser: Any, file: str) -> None:
    page = Opened(browser, file).page
    page.locator("details summary", has_text="Evidence").first.click()
    page.locator(".evidence a").first.click()
    assert page.locator(".report .lit").first.inner_text() == "left"


def test_a_click_on_a_highlight_gives_an_address_to_cite(browser: Any, file: str) -> None:
    page = Opened(browser, file).page
    page.locator("#report-port span.claim").first.click()
    assert "#r-port-" in page.url


def test_layers_can_be_switched_off(browser: Any, file: str) -> None:
    page = Opened(browser, file).page
    assert "show-claim" in page.locator("main").get_attribute("class")
    page.locator('input[name="layer"][value="claim"]').uncheck()
    assert "show-claim" not in page.locator("main").get_attribute("class")


def test_filters_hide_what_does_not_fit(browser: Any, file: str) -> None:
    page = Opened(browser, file).page
    page.locator('form.filters select[name="grade"]').select_option("3")
    assert page.locator("article.event:visible").count() == 0
    page.locator('form.filters select[name="grade"]').select_option("0")
    page.locator('form.filters input[name="words"]').fill("Stockholm")
    assert page.locator("article.event:visible").count() == 1


def test_the_page_reads_without_its_script(browser: Any, file: str) -> None:
    page = Opened(browser, file, java_script_enabled=False).page
    assert page.locator("article.event").count() == 2
    assert page.locator("section.replay").is_hidden()


def test_the_keyboard_reaches_everything(browser: Any, file: str) -> None:
    page = Opened(browser, file).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.tagName"))
    assert {"A", "INPUT", "SELECT", "SUMMARY"} <= reached


def test_the_served_story_can_be_read_searched_decided_and_undone(browser: Any, server: str) -> None:
    opened = Opened(browser, server)
    page = opened.page
    page.locator("article.report h2 a").first.click()
    assert violations(page) == []
    opened.keep("served-story")
    page.locator('nav input[name="q"]').fill("ferry")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=ferry")
    assert page.locator("article.report mark").count() >= 1
    assert violations(page) == []
    page.goto(f"{server}/reports/rumour")
    assert violations(page) == []
    opened.keep("served-report")
    page.locator("button", has_text="Hide this page").click()
    page.wait_for_url("**/reports")
    assert page.locator("td a", has_text="rumour").count() == 0
    page.goto(f"{server}/decisions")
    assert violations(page) == []
    page.locator("button", has_text="Take back").first.click()
    page.wait_for_load_state()
    page.goto(f"{server}/reports")
    assert page.locator("td a", has_text="rumour").count() == 1
    assert all(address.startswith(server) for address in opened.asked)
    assert opened.errors == []


def test_an_export_downloads(browser: Any, server: str) -> None:
    page = Opened(browser, server).page
    page.locator("article.report h2 a").first.click()
    with page.expect_download() as waiting:
        page.locator(".toolbar a", has_text="GeoJSON").click()
    assert waiting.value.suggested_filename.endswith(".geojson")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_is_without_barriers(browser: Any, server: str, scheme: str) -> None:
    opened = Opened(browser, server, color_scheme=scheme)
    page = opened.page
    page.locator("article.report h2 a").first.click()
    page.wait_for_url("**/stories/**")
    story_page = page.url
    page.locator("p.work a").first.click()
    page.wait_for_url("**/events/**")
    opened.keep(f"served-event-{scheme}")
    for address in (
        page.url,
        f"{story_page}/events",
        *(f"{server}/{name}" for name in ("", "actors", "sources", "changes", "reports", "search?q=ferry")),
    ):
        page.goto(address)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
    assert opened.errors == []


def test_a_note_on_an_event_is_kept_and_shown(browser: Any, server: str) -> None:
    opened = Opened(browser, server)
    page = opened.page
    page.locator("article.report h2 a").first.click()
    page.locator("p.work a").first.click()
    page.wait_for_url("**/events/**")
    event = page.url
    page.locator('section.work input[name="note"]').first.fill("Seen <b>twice</b>")
    page.locator("button", has_text="Keep the note").click()
    page.wait_for_url(lambda address: "/events/" not in address)
    page.goto(event)
    assert page.locator("li", has_text="Seen <b>twice</b>").count() == 1
    assert opened.errors == []


def test_a_token_given_once_opens_pages_style_and_script(browser: Any, tmp_path: Path) -> None:
    store = Store.open(str(tmp_path / "web.db"))
    list(store.add(readings()))
    with serving(store, token="open-sesame") as address:
        opened = Opened(browser, f"{address}/reports?token=open-sesame")
        page = opened.page
        page.wait_for_url("**/reports")
        page.locator("td a").first.click()
        page.wait_for_url("**/reports/*")
        assert "show-claim" in page.locator("main").get_attribute("class")
        assert page.evaluate("document.styleSheets[0].cssRules.length") > 10
        assert page.evaluate("document.cookie") == ""
        assert opened.errors == []
    store.close()


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A story with events of two parties, at its address."""
    import json
    import urllib.request

    store = Store.open(str(tmp_path_factory.mktemp("busy") / "web.db"))
    list(store.add(made_up(4)))
    with serving(store) as address, urllib.request.urlopen(f"{address}/stories.json") as answer:
        yield f"{address}/stories/{json.load(answer)[0]['id'].replace(':', '%3A')}"
    store.close()


def anchors(page: Any) -> set[str]:
    """Which events are shown, those in folds too."""
    return {event.get_attribute("id") for event in page.locator("article.event:not(.gone)").all()}


def test_events_are_filtered_by_party_with_the_keyboard_alone(browser: Any, busy: str) -> None:
    opened = Opened(browser, busy)
    page = opened.page
    whole = anchors(page)
    party = page.locator('form.filters select[name="party"]')
    assert {"any", "Russia", "North Korea"} <= set(party.locator("option").all_inner_texts())
    party.focus()
    page.keyboard.type("Rus")
    page.wait_for_url("**party=state%3ARU**")
    page.wait_for_load_state()
    narrowed = anchors(page)
    assert narrowed and narrowed < whole
    assert all("state:RU" in str(event.get_attribute("data-parties")) for event in page.locator("article.event:not(.gone)").all())
    # The address says what is shown: opened elsewhere and without a script, it shows the same.
    again = Opened(browser, page.url, java_script_enabled=False).page
    assert anchors(again) == narrowed and again.locator('select[name="party"]').input_value() == "state:RU"
    assert opened.errors == []


def test_without_a_script_the_form_asks_the_server(browser: Any, busy: str) -> None:
    page = Opened(browser, busy, java_script_enabled=False).page
    whole = anchors(page)
    page.locator('select[name="party"]').select_option("state:KP")
    page.locator("form.filters button", has_text="Show").click()
    page.wait_for_url("**party=state%3AKP**")
    assert " of " in page.locator("form.filters output").inner_text() and anchors(page) < whole
    page.locator("form.filters a", has_text="every event").click()
    assert page.locator('select[name="party"]').input_value() == "" and anchors(page) == whole


def test_the_dossier_filters_by_party(browser: Any, file: str) -> None:
    page = Opened(browser, file).page
    page.locator('form.filters select[name="party"]').select_option("unknown")
    assert page.locator("article.event:visible h3").all_inner_texts() != []
    assert page.locator("#event-e1").is_hidden() and page.locator("#event-e2").is_visible()
    assert page.locator("form.filters output").inner_text() == "1 of 2 events"


def test_the_slider_of_a_large_story_comes_when_it_is_ready(browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sightline.web.slides.AT_ONCE", 0)
    monkeypatch.setattr("sightline.web.stories.AT_ONCE", 10**6)
    store = Store.open(str(tmp_path / "web.db"))
    list(store.add(made_up(12)))
    with serving(store) as address:
        opened = Opened(browser, address)
        page = opened.page
        page.locator("article.report h2 a").first.click()
        page.wait_for_selector("section.replay:not([hidden])", timeout=20_000)
        slider = page.locator("section.replay input")
        assert slider.input_value() == slider.get_attribute("max") != "0"
        _, took = page.evaluate(SLIDE)
        assert took < 150
        assert opened.errors == []
    store.close()


TIMELINE = Path(__file__).parents[2] / "frontend" / "node_modules" / "@knight-lab" / "timelinejs" / "dist"


@pytest.mark.skipif(not TIMELINE.exists(), reason="TimelineJS is not installed: npm ci in frontend/")
def test_timelinejs_shows_the_slides_that_are_exported(browser: Any, tmp_path: Path) -> None:
    import json

    from sightline.show.exports import FORMATS

    written = FORMATS["timelinejs"].make(story(), readings()).decode()
    page_file = tmp_path / "timeline.html"
    page_file.write_text(
        f"""<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="{(TIMELINE / "css" / "timeline.css").as_uri()}">
        <script src="{(TIMELINE / "js" / "timeline.js").as_uri()}"></script>
        <div id="timeline" style="width: 1000px; height: 600px"></div>
        <script>const made = new TL.Timeline("timeline", {written.replace("<", chr(92) + "u003c")}, {{ font: null }});</script>""",
        encoding="utf-8",
    )
    opened = Opened(browser, page_file.as_uri())
    page = opened.page
    page.wait_for_selector(".tl-slide h2", timeout=20_000)
    headlines = page.locator(".tl-slide h2, .tl-slide .tl-headline-title").all_inner_texts()
    wanted = [event["text"]["headline"] for event in json.loads(written)["events"]]
    assert wanted and all(any(headline in shown for shown in headlines) for headline in wanted)
    assert page.locator(".tl-timemarker").count() == len(wanted)
    assert opened.errors == []
    opened.keep("timelinejs")
