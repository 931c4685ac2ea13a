"""Every kind of page, light and dark, wide and narrow, printed and by keyboard: no barrier, nothing cut off, nothing on top of anything else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from sightline.show.dossier import dossier
from sightline.show.replay import state
from sightline.store import Store
from sightline.types import Place, PlaceMention, Reading, Span, Where
from tests.browser import test_pages_in_a_browser as base
from tests.show.sample import FERRY, TURKU, readings, story
from tests.web.test_actors import _naming

pytestmark = base.pytestmark
browser = base.browser

PAGES = ("stories", "story", "story by party", "event", "events", "reports", "report", "actors", "actor", "place", "sources", "source", "search",
         "search without words", "changes", "decisions", "dossier")  # fmt: skip


def _placed(reading: Reading) -> Reading:
    """The sample's first report with its town found and its claim there."""
    import msgspec

    start = FERRY.index("Turku")
    town: Place = TURKU
    mention = PlaceMention(span=Span(start, start + 5), text="Turku", place=town)
    claim = msgspec.structs.replace(reading.claims[0], where=(Where(mention=mention, role="from"),))
    return msgspec.structs.replace(reading, places=(mention,), claims=(claim, *reading.claims[1:]))


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    import json
    import urllib.request
    from datetime import UTC, datetime

    folder = tmp_path_factory.mktemp("every")
    store = Store.open(str(folder / "web.db"))
    port, rumour = readings()
    list(store.add([_placed(_naming(port, "ferry", "Anna Virtanen")), _naming(rumour, "ferry", "Anni Virtanen")]))

    def first(name: str) -> str:
        with urllib.request.urlopen(f"{served}/{name}.json") as answer:
            return quote(json.load(answer)[0]["id"], safe="")

    file = folder / "dossier.html"
    states = [state(datetime(2024, 3, day, tzinfo=UTC), story(), None) for day in (4, 5)]
    file.write_text(dossier([story()], readings(), {}, replays={"s1": states}), encoding="utf-8")
    with base.serving(store) as served:
        told = f"{served}/stories/{first('stories')}"
        with urllib.request.urlopen(f"{told}.json") as answer:
            event = quote(json.load(answer)["stories"][0]["events"][0]["id"], safe="")
        yield {
            "stories": f"{served}/",
            "story": told,
            "story by party": f"{told}?party=state:FI",
            "event": f"{told}/events/{event}",
            "events": f"{told}/events",
            "reports": f"{served}/reports",
            "report": f"{served}/reports/port",
            "actors": f"{served}/actors",
            "actor": f"{served}/actors/{first('actors')}",
            "place": f"{served}/places/{quote(TURKU.id, safe='')}",
            "sources": f"{served}/sources",
            "source": f"{served}/sources/{first('sources')}",
            "search": f"{served}/search?q=ferry",
            "search without words": f"{served}/search",
            "changes": f"{served}/changes?since=2024-01-01",
            "decisions": f"{served}/decisions",
            "dossier": file.as_uri(),
        }
    store.close()


@pytest.mark.parametrize("kind", PAGES)
def test_no_page_has_a_barrier_in_light_or_dark_wide_or_narrow(browser: Any, addresses: dict[str, str], kind: str) -> None:
    for scheme, width in (("light", 1100), ("dark", 1100), ("light", 360), ("dark", 360)):
        opened = base.Opened(browser, addresses[kind], color_scheme=scheme, viewport={"width": width, "height": 800})
        for fold in opened.page.locator("details").all():
            fold.evaluate("fold => { fold.open = true; }")
        assert base.violations(opened.page) == [], (scheme, width)
        assert opened.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (scheme, width)
        assert opened.errors == []
        opened.keep(f"every-{kind.replace(' ', '-')}-{scheme}-{width}")
        opened.context.close()


CUT_OFF = """() => [...document.querySelectorAll("main svg")].flatMap((drawing) => {
  const frame = drawing.getBoundingClientRect();
  return [...drawing.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
  }).map((text) => text.textContent);
})"""
ON_TOP = """() => [...document.querySelectorAll("main svg")].flatMap((drawing) => {
  const texts = [...drawing.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  const found = [];
  texts.forEach(([one, a], place) => texts.slice(place + 1).forEach(([other, b]) => {
    if (a.left + 1 < b.right && b.left + 1 < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom) found.push(`${one} | ${other}`);
  }));
  return found;
})"""
EMPTY = """() => [...document.querySelectorAll("main :is(section, article, figure, ul, ol, dl, table, p, h1, h2)")]
  .filter((part) => part.offsetParent !== null && part.textContent.trim() === "" && !part.querySelector("svg, input"))
  .map((part) => part.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("kind", PAGES)
def test_no_drawing_cuts_or_covers_its_words_and_no_box_is_empty(browser: Any, addresses: dict[str, str], kind: str) -> None:
    page = base.Opened(browser, addresses[kind], viewport={"width": 1100, "height": 800}).page
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(ON_TOP) == []
    assert page.evaluate(EMPTY) == []


@pytest.mark.parametrize("kind", PAGES)
def test_every_page_can_be_walked_by_keyboard_and_shows_where_one_is(browser: Any, addresses: dict[str, str], kind: str) -> None:
    """Tab reaches every link, field and fold that is to be seen, in the order of the page, none of them a trap; each is marked when reached."""
    page = base.Opened(browser, addresses[kind], viewport={"width": 1100, "height": 800}).page
    page.evaluate(
        """() => { let number = 0; for (const part of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']"))
             if (part.checkVisibility()) part.dataset.stop = String(number++); }"""
    )
    stops = page.locator("[data-stop]").count()
    reached = []
    for _ in range(min(stops, 150)):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => { const part = document.activeElement, style = getComputedStyle(part);
                 return [part.dataset.stop ?? null, style.outlineStyle !== "none" || part.tagName === "A" && part.closest("svg") !== null]; }"""
        )
        reached.append(here)
    assert [place for place, _ in reached] == [str(number) for number in range(len(reached))]
    assert all(marked for _, marked in reached)


@pytest.mark.parametrize("kind", ["story", "dossier"])
def test_a_printed_page_leaves_out_what_paper_cannot_do(browser: Any, addresses: dict[str, str], kind: str) -> None:
    opened = base.Opened(browser, addresses[kind], viewport={"width": 794, "height": 1123})
    opened.page.emulate_media(media="print")
    for part in ("nav", "form.filters", "section.replay", ".toolbar"):
        assert all(not found.is_visible() for found in opened.page.locator(part).all())
    assert opened.page.locator("h1").first.is_visible()
    assert opened.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    printed = opened.page.pdf(format="A4")
    assert printed.startswith(b"%PDF-")
    base.ARTEFACTS.mkdir(exist_ok=True)
    (base.ARTEFACTS / f"printed-{kind}.pdf").write_bytes(printed)
