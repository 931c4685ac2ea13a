"""The stops of each story's as-of slider: worked out once for a picture, those of large stories in the background."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from sightline.desk import Picture, replayed
from sightline.show.replay import state
from sightline.store import Store
from sightline.types import Story
from sightline.web.keeping import Slide

if TYPE_CHECKING:
    from sightline.journeys import Network

__all__ = ["AT_ONCE", "INSTANTS", "Slide", "Slides"]

INSTANTS = 16
"""Most stops of a slider."""
AT_ONCE = 40
"""Stories with more reports get their slider from the background, when it is ready."""

KEPT = 64
"""Stories whose slides are kept ready."""

_Key = tuple[tuple[int, int], datetime | None, str]


class Slides:
    """Sliders of the newest picture's stories."""

    def __init__(self, store: Store, network: Network | None) -> None:
        """Over ``store``, with forecasts on a ``network``."""
        self._store = store
        self._network = network
        self._lock = threading.Lock()
        self._working = threading.Lock()
        self._known: dict[_Key, list[Slide]] = {}
        self.rest_until = 0.0
        """Until then nothing is begun in the background, so that readers have the server to themselves after a rebuild."""
        self.made: Callable[[tuple[int, int], Picture, Story, list[Slide]], None] | None = None
        """Called when the background has made a story's slides, before they are shown."""

    def of(self, stamp: tuple[int, int], picture: Picture, story: Story) -> list[Slide] | None:
        """The story's slides; ``None`` while they are being made."""
        key = (stamp, picture.as_of, story.id)
        with self._lock:
            if key in self._known:
                return self._known[key]
        if len(story.reports) <= AT_ONCE:
            return self._keep(key, self._make(picture, story))
        if time.monotonic() >= self.rest_until and self._working.acquire(blocking=False):
            threading.Thread(target=self._make_and_release, args=(key, picture, story), daemon=True).start()
        return None

    def restore(self, stamp: tuple[int, int], slides: dict[str, list[Slide]]) -> None:
        """Take over slides that an earlier run made of the same picture."""
        with self._lock:
            self._known.update({(stamp, None, story): made for story, made in slides.items()})

    def forget(self, stamp: tuple[int, int]) -> None:
        """Let go of every picture's slides but those of the one with this stamp."""
        with self._lock:
            self._known = {key: slides for key, slides in self._known.items() if key[0] == stamp}

    def _make(self, picture: Picture, story: Story) -> list[Slide]:
        steps = replayed(story, picture.readings, decisions=self._store.decisions(), network=self._network, limit=INSTANTS)
        return [Slide(state=state(step.at, step.story, step.forecast), forecast=step.forecast) for step in steps]

    def _keep(self, key: _Key, slides: list[Slide]) -> list[Slide]:
        with self._lock:
            self._known[key] = slides
            for old in list(self._known)[:-KEPT]:
                del self._known[old]
        return slides

    def _make_and_release(self, key: _Key, picture: Picture, story: Story) -> None:
        try:
            slides = self._make(picture, story)
            if self.made is not None:
                self.made(key[0], picture, story, slides)
            self._keep(key, slides)
        finally:
            self._working.release()
