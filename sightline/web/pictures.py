"""Pictures kept in memory: what a store's stories are, rebuilt in the background when something was added."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from sightline.desk import Gathering, Picture, picture_of, without_hidden
from sightline.store import Store
from sightline.types import Event, Reading, Story
from sightline.web.keeping import Saved, Shelter, code_digest
from sightline.web.slides import Slide, Slides

if TYPE_CHECKING:
    from sightline.journeys import Network

WAITED_FOR = 200
"""The first picture of a store with no more reports, and pictures of it as of earlier instants, are always waited for."""
LOOKED_FOR = 0.5
"""Most seconds that a reader waits to learn whether a picture was kept."""
LONG = 1.0
"""A picture that took more seconds to make is kept for the next start."""
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


class NotYetError(Exception):
    """The picture asked for is still being made."""

    def __init__(self, reports: int) -> None:
        """Of so many reports."""
        super().__init__(f"the picture of {reports} reports is being made")
        self.reports = reports


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


def _settle(promised: Future[_T], make: Callable[[], _T]) -> None:
    try:
        promised.set_result(make())
    except BaseException as error:
        promised.set_exception(error)


class Pictures:
    """The newest picture of a store, and pictures as of earlier instants. Safe to use from many threads.

    While one thread rebuilds, readers are given the last picture, never a wait; only the first one is waited for, and it is the one kept
    from the run before where that is of the same readings.
    """

    def __init__(self, store: Store, network: Network | None = None) -> None:
        """Over ``store``; with a route ``network``, forecasts are made too."""
        self.store = store
        self.network = network
        self.warm: Callable[[Shown], dict[str, bytes]] | None = None
        """Called with a new picture before it is shown, to make ready what takes long; gives pages, compressed, by their path."""
        self.warm_story: Callable[[Shown, Story, list[Slide]], dict[str, bytes]] | None = None
        """Called with a large story's slides before they are shown; gives its page likewise."""
        self._shelf = Shelf(store)
        self._shelter = Shelter(store, network)
        self._slides = Slides(store, network)
        self._slides.made = self._keep_slides
        self._lock = threading.Lock()
        self._building = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}
        self._begun: dict[Hashable, Future[Any]] = {}
        self._gathering = Gathering(network)
        self._latest: Shown | None = None
        self._saved: Saved | None = None
        self._early: dict[str, bytes] = {}
        self._looked = threading.Event()
        """Set when it is known whether a picture was kept."""
        self._rest_until = 0.0
        self._stood: list[tuple[datetime, Shown]] = []
        self._look: tuple[datetime | None, datetime] | None = None
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def begin(self) -> None:
        """Begin the first picture now, without waiting for it."""
        self._begin("first", self._first)

    def latest(self, patience: float | None = None) -> Shown:
        """The newest picture there is; a rebuild is begun when the store has moved on.

        Raises:
            NotYetError: when the first one is not there after ``patience`` seconds.
        """
        with self._lock:
            latest = self._latest
        if latest is None:
            return self._within("first", self._first, patience)
        stamp = self.store.state()
        if latest.stamp != stamp and time.monotonic() >= self._rest_until and self._building.acquire(blocking=False):
            threading.Thread(target=self._rebuild_and_release, args=(stamp,), daemon=True).start()
        return latest

    def early(self, path: str) -> bytes | None:
        """A page of the picture kept from the run before, compressed, while that picture is not ready yet."""
        with self._lock:
            begun = self._latest is None and "first" in self._begun
        if begun:
            self._looked.wait(LOOKED_FOR)
        with self._lock:
            return self._early.get(path) if self._latest is None else None

    def _begin(self, key: Hashable, make: Callable[[], _T]) -> Future[_T]:
        with self._lock:
            begun = self._begun.get(key)
            if begun is not None:
                return begun
            begun = self._begun[key] = Future()
        # A daemon, so that nobody who stops the server waits for a picture.
        threading.Thread(target=_settle, args=(begun, make), daemon=True).start()
        return begun

    def _within(self, key: Hashable, make: Callable[[], _T], patience: float | None) -> _T:
        """What ``make`` gives, made in the background.

        Raises:
            NotYetError: when it takes more than ``patience`` seconds, in a store with many reports; it goes on being made.
        """
        begun = self._begin(key, make)
        held = 0 if patience is None else len(self.store.held())
        try:
            made = begun.result(patience if held > WAITED_FOR else None)
        except TimeoutError:
            if begun.done():
                raise
            raise NotYetError(held) from None
        finally:
            if begun.done():
                with self._lock:
                    self._begun.pop(key, None)
        return made

    def _first(self) -> Shown:
        with self._building:
            with self._lock:
                latest = self._latest
            if latest is not None:
                return latest
            saved = self._shelter.load()
            self._early = saved.pages if saved is not None else {}
            self._looked.set()
            restored = self._restored(saved) if saved is not None else None
            return restored or self._rebuild(self.store.state())

    def _restored(self, saved: Saved) -> Shown | None:
        """The picture kept; ``None`` when some of its reports have been read anew since."""
        decisions = self.store.decisions()
        numbers = [number for number in self.store.held().values() if number <= saved.stamp[0]]
        if len(numbers) != saved.reports:
            return None
        readings = without_hidden(self._shelf.readings(numbers), decisions)
        made = _shown(Picture(stories=saved.stories, readings=tuple(readings), forecasts=saved.forecasts), saved.stamp)
        self._slides.restore(made.stamp, saved.slides)
        if self.warm is not None:
            self.warm(made)
        self._show(made, datetime.now(UTC), saved)
        return made

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
        decisions = self.store.decisions()
        made = _shown(self._gathering.picture(readings, decisions), stamp)
        saved, pages = None, self.warm(made) if self.warm is not None else {}
        if time.monotonic() - started > LONG:
            saved = Saved(
                stamp=stamp,
                reports=len(readings),
                readings=self.store.fingerprint(stamp[0]),
                decisions=tuple(decision.id for decision in decisions),
                code=code_digest(),
                stories=made.picture.stories,
                forecasts=made.picture.forecasts,
                pages=pages,
            )
            self._shelter.save(saved)
        self._show(made, at, saved)
        ended = time.monotonic()
        self._rest_until = ended + SHARE * (ended - started)
        self._slides.rest_until = self._rest_until
        return made

    def _show(self, made: Shown, at: datetime, saved: Saved | None) -> None:
        with self._lock:
            self._latest = made
            self._saved = saved
            self._stood = [*self._stood[-3:], (at, made)]
        self._slides.forget(made.stamp)

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

    def as_of(self, instant: datetime, patience: float | None = None) -> Shown:
        """The picture as it could be known at an instant.

        Raises:
            NotYetError: when it is not there after ``patience`` seconds.
        """
        stamp = self.store.state()
        key = (stamp, instant, "picture")
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[no-any-return]

        def make() -> Shown:
            readings = self._shelf.readings(self.store.held(as_of=instant).values())
            return _shown(picture_of(readings, decisions=self.store.decisions(), as_of=instant, network=self.network), stamp)

        return self._within(key, lambda: self._once(key, make), patience)

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

        if len(held) <= WAITED_FOR:
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

    def slides(self, shown: Shown, story: Story) -> list[Slide] | None:
        """The story at the instants when its reports came; ``None`` while that is being worked out."""
        return self._slides.of(shown.stamp, shown.picture, story)

    def _keep_slides(self, stamp: tuple[int, int], picture: Picture, story: Story, slides: list[Slide]) -> None:
        """Keep a large story's slides with its picture, for the next start, and make ready the page that they are on."""
        with self._lock:
            latest = self._latest
        if latest is None or latest.picture is not picture:
            return
        pages = self.warm_story(latest, story, slides) if self.warm_story is not None else {}
        with self._lock:
            saved = self._saved
            if saved is None or saved.stamp != stamp:
                return
            saved = self._saved = msgspec.structs.replace(saved, slides={**saved.slides, story.id: slides}, pages={**saved.pages, **pages})
        self._shelter.save(saved)
