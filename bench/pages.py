"""The served pages under a large story and many readers, and the dossier's size.

    python -m bench pages [--reports 2000] [--readers 50]

The story is made up from a fixed seed (see stories_speed). Measured over a real server on loopback: first byte and size of the story's page, an
as-of answer, how long Chromium takes to load the page with its script run (where Playwright and Chromium are there), the latencies of many readers
at once while reports are added, the size of the example's dossier, and how soon all is there again when the server is started anew.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from bench.stories_speed import made_up
from sightline.store import Store
from sightline.types import Reading

ROOT = Path(__file__).parent.parent


def get(port: int, path: str) -> tuple[float, float, int, int]:
    """Seconds to the first byte, seconds in all, status and bytes of one answer."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path)
    answer = connection.getresponse()
    first = time.perf_counter() - started
    size = len(answer.read())
    connection.close()
    return first, time.perf_counter() - started, answer.status, size


SLIDE = """async () => {
  const slider = document.querySelector("section.replay input");
  let most = 0;
  for (let stop = Number(slider.max); stop >= 0; stop -= 1) {
    const begun = performance.now();
    slider.value = String(stop);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
    most = Math.max(most, performance.now() - begun);
  }
  return [Number(slider.max) + 1, most];
}"""
"""How many stops the slider has, and the milliseconds until the slowest is painted."""


def in_chromium(address: str) -> tuple[float, list[float]] | None:
    """Seconds until the page is loaded and its filters answer, the best of three, and the slider's stops and slowest slide;
    ``None`` without Playwright or Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        return None
    if program is None:
        return None
    times, slide = [], [0.0, 0.0]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(3):
            page = browser.new_context().new_page()
            started = time.perf_counter()
            page.goto(address, wait_until="load")
            page.wait_for_selector("form.filters:not([hidden])")
            times.append(time.perf_counter() - started)
            page.wait_for_selector("section.replay:not([hidden])", timeout=120_000)
            slide = page.evaluate(SLIDE)
        browser.close()
    return min(times), slide


def serve(place: str, port: int, cache: Path) -> subprocess.Popen[bytes]:
    """A server that answers, over a store."""
    verb = ["serve", "--db", place, "--port", str(port)]
    code = "from sightline.cli import main; main()"
    server = subprocess.Popen([sys.executable, "-c", code, *verb], cwd=ROOT, env={**os.environ, "SIGHTLINE_CACHE": str(cache)})
    while True:
        try:
            get(port, "/health")
            return server
        except OSError:
            time.sleep(0.05)


def read_while_adding(store: Store, readings: Sequence[Reading], port: int, story: str, count: int) -> str:
    """What many readers at once wait for while reports are added, in words."""
    waits: list[float] = []
    errors: list[int] = []
    lock = threading.Lock()
    adding = threading.Thread(target=lambda: list(store.add(readings, batch=4)))

    def read() -> None:
        for path in (story, "/", "/reports", "/search?q=word7", "/sources"):
            _, whole, status, _ = get(port, path)
            with lock:
                waits.append(whole)
                if status != 200:
                    errors.append(status)

    readers = [threading.Thread(target=read) for _ in range(count)]
    for thread in (adding, *readers):
        thread.start()
    for thread in (*readers, adding):
        thread.join()
    waits.sort()
    p95 = waits[int(len(waits) * 0.95)]
    return f"{count} readers while adding: median {statistics.median(waits) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, {len(errors)} errors"


def until_settled(port: int) -> None:
    """Wait until the list of stories holds still: what was added is in it."""
    last, held = -1, 0
    while held < 5:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request("GET", "/stories.json")
        now = sum(story["reports"] for story in json.loads(connection.getresponse().read()))
        held = held + 1 if now == last else 0
        last = now
        time.sleep(2)


def until_shown(port: int, path: str) -> float:
    """Seconds until a page is there and not one that says that it is being made."""
    started = time.perf_counter()
    while get(port, path)[2] != 200:
        time.sleep(0.05)
    return time.perf_counter() - started


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench pages", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--readers", type=int, default=50)
    options = parser.parse_args(argv)
    folder = Path(tempfile.mkdtemp(prefix="sightline-pages-"))
    place = str(folder / "story.db")
    readings = made_up(options.reports + 400)
    store = Store.open(place)
    started = time.perf_counter()
    list(store.add(readings[: options.reports]))
    claims = sum(len(reading.claims) for reading in readings[: options.reports])
    print(f"{options.reports} reports, {claims} claims stored in {time.perf_counter() - started:.1f} s")
    port = free_port()
    server = serve(place, port, folder / "cache")
    try:
        while_made = get(port, "/")
        print(
            f"first start: the list answers after {while_made[1]:.1f} s ({while_made[2]}), the picture is there after {until_shown(port, '/'):.1f} s more"
        )

        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", "/stories.json")
        story = json.loads(connection.getresponse().read())[0]["id"]
        path = f"/stories/{story.replace('/', '%2F').replace(':', '%3A')}"
        until_shown(port, path)
        print(f"its slider is there after {until_shown(port, f'{path}/slides.json'):.1f} s more")
        print(read_while_adding(store, readings[options.reports : options.reports + 200], port, path, options.readers))
        until_settled(port)
        time.sleep(1)
        server.terminate()
        server.wait()
        port = free_port()
        started = time.perf_counter()
        server = serve(place, port, folder / "cache")
        listening = time.perf_counter() - started
        print(f"started again: listening after {listening:.1f} s, the story's page there {until_shown(port, path):.2f} s after that")
        get(port, path)
        firsts = [get(port, path) for _ in range(5)]
        print(f"story page: first byte {min(one[0] for one in firsts) * 1000:.0f} ms, {firsts[0][3] / 1000:.0f} kB, status {firsts[0][2]}")
        loaded = in_chromium(f"http://127.0.0.1:{port}{path}")
        if loaded is None:
            print("Chromium: not here")
        else:
            print(
                f"Chromium: usable after {loaded[0] * 1000:.0f} ms; {loaded[1][0]:.0f} stops of the slider, the slowest slide {loaded[1][1]:.0f} ms"
            )
        then = f"{path}.json?as_of=2023-09-15"
        get(port, then)
        print(f"as-of answer, seen before: {get(port, then)[1] * 1000:.0f} ms")
        print(f"right after a start, {read_while_adding(store, readings[options.reports + 200 :], port, path, options.readers)}")
    finally:
        server.terminate()
        server.wait()
        store.close()
    example = ROOT / "examples" / "armoured-train"
    dossier = folder / "dossier.html"
    verb = ["brief", str(example / "reports"), "--network", str(example / "network.geojson"), "--format", "html", "-o", str(dossier)]
    subprocess.run([sys.executable, "-c", "from sightline.cli import main; main()", *verb], cwd=ROOT, check=True, capture_output=True)
    print(f"dossier of the example: {dossier.stat().st_size / 1000:.0f} kB")
    return 0
