"""The last picture of a store, kept in a file of the cache folder, so that a server that starts again has it at once.

A kept picture is used only for the very readings it was made of, by the same code, network and decisions; anything else about it that
does not fit, and the picture is made anew. The file can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import sightline
from sightline.gazetteer.gazetteer import cache_folder
from sightline.show.replay import State
from sightline.store import Store
from sightline.types import Forecast, Story

if TYPE_CHECKING:
    from sightline.journeys import Network

FORMAT = 1


class Slide(msgspec.Struct, frozen=True, kw_only=True):
    """A stop of the as-of slider: what it shows, and the forecast made then."""

    state: State
    forecast: Forecast | None = None


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """A picture without its readings, and what it was made of."""

    stamp: tuple[int, int]
    """Numbers of the last reading and the last decision."""
    reports: int
    readings: str
    """Fingerprint of the readings up to that one."""
    decisions: tuple[str, ...]
    """Ids of the decisions that stood."""
    code: str
    stories: tuple[Story, ...]
    forecasts: dict[str, Forecast]
    slides: dict[str, list[Slide]] = {}
    """By story id."""
    pages: dict[str, bytes] = {}
    """The list of stories and the largest stories' pages by their path, compressed: shown while the readings are unpacked."""


@cache
def code_digest() -> str:
    """Tells one state of the installed package from another: its version and the names, sizes and times of its files."""
    digest = hashlib.sha256(f"{FORMAT} {sightline.__version__}".encode())
    root = Path(str(files("sightline")))
    for path in sorted(root.rglob("*")):
        if path.suffix != ".pyc" and path.is_file():
            found = path.stat()
            digest.update(f"{path.relative_to(root)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _roads(network: Network | None) -> str:
    if network is None:
        return ""
    from sightline.journeys.network_files import to_geojson

    return to_geojson(network)


class Shelter:
    """Where the last picture of one store, with one network, is kept."""

    def __init__(self, store: Store, network: Network | None, folder: Path | None = None) -> None:
        """In ``folder``, or in the cache folder of this user; nothing is kept of a store in memory."""
        self._store = store
        place = store.engine.url.render_as_string(hide_password=True)
        if store.engine.url.get_backend_name() == "sqlite":
            database = store.engine.url.database
            place = str(Path(database).absolute()) if database and database != ":memory:" else ""
        self._path: Path | None = None
        if place:
            name = hashlib.sha256(f"{place}\n{_roads(network)}".encode()).hexdigest()[:32]
            try:
                self._path = (folder or cache_folder()) / f"picture-{name}.bin"
            except RuntimeError:  # no home folder
                self._path = None

    def save(self, saved: Saved) -> None:
        """Keep a picture in place of the one before; a folder that cannot be written keeps none."""
        if self._path is None:
            return
        packed = zlib.compress(msgspec.msgpack.encode(saved), 1)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # Made readable by this user alone; the new name is taken whole or not at all.
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.stem, suffix=".part")
            with os.fdopen(handle, "wb") as sink:
                sink.write(packed)
            Path(name).replace(self._path)
        except OSError:
            return

    def load(self) -> Saved | None:
        """The picture kept, if it is of readings that the store holds now and of the decisions that stand now."""
        if self._path is None:
            return None
        try:
            saved = msgspec.msgpack.decode(zlib.decompress(self._path.read_bytes()), type=Saved)
        except (OSError, zlib.error, msgspec.MsgspecError):
            return None
        if saved.code != code_digest() or saved.decisions != tuple(decision.id for decision in self._store.decisions()):
            return None
        if saved.stamp[0] > self._store.state()[0] or saved.readings != self._store.fingerprint(saved.stamp[0]):
            return None
        return saved
