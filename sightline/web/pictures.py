"""Pictures kept in memory: what a store's stories are, rebuilt in the background when something was added."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from sightline.desk import Gathering, Moment, Picture, picture_of, replayed
from sightline.store import Store
from sightline.types import Event, Reading, Story

if TYPE_CHECKING:
    from sightline.journeys import Network

INSTANTS = 16
"""Most states of an as-of slider."""
SLIDER_AT_ONCE = 40
"""Stories with more reports get their slider from the background, when it is ready."""
SLIDER_REPORTS = 400
"""Stories with more reports get no slider: rebuilding them at each instant would take minutes."""
SHARE = 3.0
"""After a rebuild, this many times its length is left to the readers before the next one begins."""
KEPT = 256
"""Answers kept ready."""
LOOK = timedelta(minutes=30)
"""Looks closer together than this are one look at the list of stories."""

_T = TypeVar("_T")


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


class Shelf:
    """The store's readings in memory: each is unpacked once."""

    def __init__(self, store: Store) -> None:
        """Over ``store``; nothing is read yet."""
        self._store = store
        self._lock = threading.Lock()
        self._by_number: dict[int, Reading] = {}
        self._last = 0

    def readings(self, numbers: Iterable[int]) -> list[Reading]:
        """The readings with these numbers, in this order."""
        wanted = list(numbers)
        with self._lock:
            if wanted and max(wanted) > self._last:
                for number, reading in self._store.numbered(self._last):
                    self._by_number[number] = reading
                    self._last = number
            return [self._by_number[number] for number in wanted]


class Pictures:
    """The newest picture of a store, and pictures as of earlier instants. Safe to use from many threads.

    While one thread rebuilds, readers are given the last picture, never a wait; only the first one is waited for.
    """

    def __init__(self, store: Store, network: Network | None = None) -> None:
        """Over ``store``; with a route ``network``, forecasts are made too."""
        self.store = store
        self.network = network
        self.warm: Callable[[Shown], None] | None = None
        """Called with a new picture before it is shown, to make ready what takes long."""
        self._shelf = Shelf(store)
        self._lock = threading.Lock()
        self._building = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}
        self._gathering = Gathering(network)
        self._latest: Shown | None = None
        self._rest_until = 0.0
        self._stood: list[tuple[datetime, Shown]] = []
        self._look: tuple[datetime | None, datetime] | None = None
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._replays: dict[Hashable, list[Moment]] = {}
        self._replaying = threading.Lock()

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
        if latest.stamp != stamp and time.monotonic() >= self._rest_until and self._building.acquire(blocking=False):
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
        started, at = time.monotonic(), datetime.now(UTC)
        readings = self._shelf.readings(self.store.held().values())
        made = _shown(self._gathering.picture(readings, self.store.decisions()), stamp)
        if self.warm is not None:
            self.warm(made)
        with self._lock:
            self._latest = made
            self._stood = [*self._stood[-3:], (at, made)]
            for key in [key for key in self._replays if isinstance(key, tuple) and key[0] != stamp]:
                del self._replays[key]
        ended = time.monotonic()
        self._rest_until = ended + SHARE * (ended - started)
        return made

    def _rebuild_and_release(self, stamp: tuple[int, int]) -> None:
        try:
            self._rebuild(stamp)
        finally:
            self._building.release()

    def kept(self, shown: Shown, name: Hashable, make: Callable[[], _T]) -> _T:
        """What ``make`` gives for this picture under a name: made once, by the first who asks, and kept while it is asked for."""
        return self._once((shown.stamp, shown.picture.as_of, name), make)

    def _once(self, key: Hashable, make: Callable[[], _T]) -> _T:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[no-any-return]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]  # type: ignore[no-any-return]
            made = make()
            with self._lock:
                self._kept[key] = made
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
                self._making.pop(key, None)
            return made

    def as_of(self, instant: datetime) -> Shown:
        """The picture as it could be known at an instant."""
        stamp = self.store.state()

        def make() -> Shown:
            readings = self._shelf.readings(self.store.held(as_of=instant).values())
            return _shown(picture_of(readings, decisions=self.store.decisions(), as_of=instant, network=self.network), stamp)

        return self._once((stamp, instant, "picture"), make)

    def added_before(self, instant: datetime) -> Shown | None:
        """The picture of what the store held at an instant; ``None`` while that is being worked out for a large store."""
        held = self.store.held(added_by=instant)
        last = max(held.values(), default=0)
        decisions = self.store.decisions(as_of=instant)
        latest = self.latest()
        if last == latest.stamp[0] and decisions == self.store.decisions():
            return latest
        with self._lock:
            stood = next((shown for at, shown in reversed(self._stood) if at <= instant), None)
        if stood is not None:
            return stood
        key = (last, tuple(decision.id for decision in decisions), "added")

        def make() -> Shown:
            return _shown(picture_of(self._shelf.readings(held.values()), decisions=decisions, network=None), (last, 0))

        if len(held) <= SLIDER_REPORTS:
            return self._once(key, make)
        with self._lock:
            if key in self._kept:
                return self._kept[key]  # type: ignore[no-any-return]
            begun = key in self._making
        if not begun:
            threading.Thread(target=self._once, args=(key, make), daemon=True).start()
        return None

    def last_look(self, reader: str, now: datetime) -> datetime | None:
        """When the reader looked before this look; looks within half an hour of each other are one."""
        with self._lock:
            look = self._look
            if look is not None and now - look[1] < LOOK:
                self._look = (look[0], now)
                return look[0]
            self._look = (None, now)
        before = self.store.visited(reader, now)
        with self._lock:
            self._look = (before, now)
        return before

    def replay(self, shown: Shown, story: Story) -> list[Moment] | None:
        """The story at the instants when its reports came: none for a very large story, ``None`` while they are being made."""
        if len(story.reports) > SLIDER_REPORTS:
            return []
        key = (shown.stamp, shown.picture.as_of, story.id)
        with self._lock:
            if key in self._replays:
                return self._replays[key]
        if len(story.reports) <= SLIDER_AT_ONCE:
            return self._replay(key, shown, story)
        if self._replaying.acquire(blocking=False):
            threading.Thread(target=self._replay_and_release, args=(key, shown, story), daemon=True).start()
        return None

    def _replay(self, key: Hashable, shown: Shown, story: Story) -> list[Moment]:
        moments = replayed(story, shown.picture.readings, decisions=self.store.decisions(), network=self.network, limit=INSTANTS)
        with self._lock:
            self._replays[key] = moments
        return moments

    def _replay_and_release(self, key: Hashable, shown: Shown, story: Story) -> None:
        try:
            self._replay(key, shown, story)
        finally:
            self._replaying.release()
