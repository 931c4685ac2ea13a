"""Pictures kept in memory: what a store's stories are, rebuilt in the background when something was added."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from sightline.desk import Moment, Picture, picture_of, replayed
from sightline.store import Store
from sightline.types import Event, Reading, Story

if TYPE_CHECKING:
    from sightline.journeys import Network

INSTANTS = 16
"""Most states of an as-of slider."""
SLIDER_REPORTS = 400
"""Stories with more reports get no slider: rebuilding them at each instant would take minutes."""


class Shown(msgspec.Struct, frozen=True):
    """A picture with the state of the store that it was made from, and indexes into it."""

    picture: Picture
    stamp: tuple[int, int]
    readings: dict[str, Reading]
    stories: dict[str, Story]
    story_of: dict[str, str]
    """Report id to story id."""

    def event(self, story: str, event: str) -> Event | None:
        """One event of a story."""
        found = self.stories.get(story)
        return next((item for item in found.events if item.id == event), None) if found else None


def _shown(picture: Picture, stamp: tuple[int, int]) -> Shown:
    return Shown(
        picture=picture,
        stamp=stamp,
        readings={reading.report.id: reading for reading in picture.readings},
        stories={story.id: story for story in picture.stories},
        story_of={report: story.id for story in picture.stories for report in story.reports},
    )


class Pictures:
    """The newest picture of a store, and pictures as of earlier instants. Safe to use from many threads.

    While one thread rebuilds, readers are given the last picture, never a wait; only the first one is waited for.
    """

    def __init__(self, store: Store, network: Network | None = None) -> None:
        """Over ``store``; with a route ``network``, forecasts are made too."""
        self.store = store
        self.network = network
        self._lock = threading.Lock()
        self._building = threading.Lock()
        self._latest: Shown | None = None
        self._past: dict[tuple[tuple[int, int], datetime], Shown] = {}
        self._replays: dict[tuple[tuple[int, int], datetime | None, str], list[Moment]] = {}
        self._pages: dict[tuple[tuple[int, int], datetime | None, str], Any] = {}

    def latest(self) -> Shown:
        """The newest picture there is; a rebuild is begun when the store has moved on."""
        stamp = self.store.state()
        with self._lock:
            latest = self._latest
        if latest is None:
            with self._building:
                with self._lock:
                    latest = self._latest
                return latest or self._rebuild(stamp)
        if latest.stamp != stamp and self._building.acquire(blocking=False):
            threading.Thread(target=self._rebuild_and_release, args=(stamp,), daemon=True).start()
        return latest

    def refreshed(self) -> Shown:
        """The picture of the store as it is now, waited for."""
        stamp = self.store.state()
        with self._building:
            with self._lock:
                latest = self._latest
            return latest if latest is not None and latest.stamp == stamp else self._rebuild(stamp)

    def _rebuild(self, stamp: tuple[int, int]) -> Shown:
        made = _shown(picture_of(self.store.readings(), decisions=self.store.decisions(), network=self.network), stamp)
        with self._lock:
            self._latest = made
            self._past.clear()
            self._replays.clear()
            self._pages.clear()
        return made

    def _rebuild_and_release(self, stamp: tuple[int, int]) -> None:
        try:
            self._rebuild(stamp)
        finally:
            self._building.release()

    def as_of(self, instant: datetime) -> Shown:
        """The picture as it could be known at an instant."""
        stamp = self.store.state()
        key = (stamp, instant)
        with self._lock:
            if key in self._past:
                return self._past[key]
        picture = picture_of(self.store.readings(as_of=instant), decisions=self.store.decisions(), as_of=instant, network=self.network)
        made = _shown(picture, stamp)
        with self._lock:
            while len(self._past) >= 64:
                self._past.pop(next(iter(self._past)))
            self._past[key] = made
        return made

    def added_before(self, instant: datetime) -> Shown:
        """The picture of what the store held at an instant."""
        stamp = self.store.state()
        readings = self.store.readings(added_by=instant)
        return _shown(picture_of(readings, decisions=self.store.decisions(as_of=instant), network=None), stamp)

    def page(self, shown: Shown, story: str) -> Any:
        """What was kept of a story's page for this picture, if anything."""
        with self._lock:
            return self._pages.get((shown.stamp, shown.picture.as_of, story))

    def keep_page(self, shown: Shown, story: str, made: Any) -> None:
        """Keep what is costly of a story's page for as long as the picture stands."""
        with self._lock:
            while len(self._pages) >= 64:
                self._pages.pop(next(iter(self._pages)))
            self._pages[(shown.stamp, shown.picture.as_of, story)] = made

    def replay(self, shown: Shown, story: Story) -> list[Moment]:
        """The story at the instants when its reports came; none for a very large story."""
        if len(story.reports) > SLIDER_REPORTS:
            return []
        key = (shown.stamp, shown.picture.as_of, story.id)
        with self._lock:
            if key in self._replays:
                return self._replays[key]
        moments = replayed(story, shown.picture.readings, decisions=self.store.decisions(), network=self.network, limit=INSTANTS)
        with self._lock:
            self._replays[key] = moments
        return moments
