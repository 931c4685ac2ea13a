"""Disks that are full for real: a plain line, nothing lost, and the same command ends in the same bytes when there is room."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

from tests.engine.test_crawl import ROOT, make_shards

Run = Callable[..., subprocess.CompletedProcess[str]]


class Disk:
    """A file system in memory of a few kilobytes."""

    def __init__(self, at: Path) -> None:
        self.at = at

    def holds(self, kilobytes: int) -> None:
        """Make it so large."""
        subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", self.at], check=True, capture_output=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk of 200 kB; skipped where none may be mounted."""
    at = tmp_path / "disk"
    at.mkdir()
    if (
        shutil.which("mount") is None
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", at], capture_output=True).returncode
    ):
        pytest.skip("no file system may be mounted here")
    yield Disk(at)
    subprocess.run(["umount", at], check=True)


def sightline(*words: object) -> subprocess.CompletedProcess[str]:
    """The command, run in a process of its own."""
    command = [sys.executable, "-c", "from sightline.cli import main; main()", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


def test_a_crawl_on_a_full_disk_says_so_and_goes_on_when_there_is_room(tmp_path: Path, disk: Disk) -> None:
    files = make_shards(tmp_path / "in", count=6, each=40)
    calm = sightline("crawl", *files, "--out", tmp_path / "calm", "--jobs", 1, "-q")
    assert calm.returncode == 0, calm.stderr
    full = sightline("crawl", *files, "--out", disk.at / "out", "--jobs", 1, "-q")
    told = full.stderr.splitlines()
    assert full.returncode == 1 and told
    assert all(
        line.startswith("error: ") and "No space left on device" in line and line.endswith("make room and run it again") for line in told
    )
    done = tables(disk.at / "out")
    whole = tables(tmp_path / "calm")
    assert 0 < len(done) < len(whole) and all(whole[name] == data for name, data in done.items())
    assert not list((disk.at / "out").glob("*.parquet.part"))
    disk.holds(20_000)
    again = sightline("crawl", *files, "--out", disk.at / "out", "--jobs", 1, "-q")
    assert again.returncode == 0, again.stderr
    assert tables(disk.at / "out") == whole
    (disk.at / "out").joinpath(next(iter(whole))).write_bytes(next(iter(whole.values()))[: len(next(iter(whole.values()))) // 2])
    assert sightline("crawl", *files, "--out", disk.at / "out", "--jobs", 1, "-q").returncode == 0
    assert tables(disk.at / "out") == whole


def listed(db: Path) -> str:
    return sightline("claims", "--db", db, "--json", "--limit", 10_000).stdout


def test_a_store_on_a_full_disk_keeps_what_it_has_and_takes_the_rest_when_there_is_room(tmp_path: Path, disk: Disk) -> None:
    (few, many) = make_shards(tmp_path / "in", count=2, each=40)
    disk.holds(1_500)
    assert sightline("add", few, "--db", disk.at / "x.db", "-q").returncode == 0
    before = listed(disk.at / "x.db")
    used = shutil.disk_usage(disk.at).used // 1000
    disk.holds(used + 40)
    full = sightline("add", many, "--db", disk.at / "x.db", "-q")
    assert full.returncode == 1
    assert full.stderr.splitlines()[-1] == "error: the store cannot be used (database or disk is full); make room and run it again"
    assert "Traceback" not in full.stderr
    disk.holds(20_000)
    assert listed(disk.at / "x.db").startswith(before)
    checked = sightline("verify", "--db", disk.at / "x.db")
    assert checked.returncode == 0 and "0 do not match" in checked.stdout
    assert sightline("add", many, "--db", disk.at / "x.db", "-q").returncode == 0
    assert sightline("add", few, many, "--db", tmp_path / "calm.db", "-q").returncode == 0
    assert listed(disk.at / "x.db") == listed(tmp_path / "calm.db") != ""


@pytest.mark.parametrize("verb", [("annotate", "-o"), ("brief", "-f", "html", "-o"), ("brief", "-f", "json", "-o")])
def test_an_output_that_finds_no_room_is_one_line(tmp_path: Path, disk: Disk, verb: tuple[str, ...]) -> None:
    (file,) = make_shards(tmp_path / "in", count=1, each=30)
    disk.holds(8)
    ended = sightline(*verb, disk.at / "out", file, "-q")
    assert ended.returncode == 1
    (line,) = [line for line in ended.stderr.splitlines() if line.startswith("error")]
    assert "No space left on device" in line and "Traceback" not in ended.stderr


def test_a_store_cut_in_half_is_said_to_be_broken(tmp_path: Path) -> None:
    (file,) = make_shards(tmp_path / "in", count=1, each=40)
    db = tmp_path / "x.db"
    assert sightline("add", file, "--db", db, "-q").returncode == 0
    db.write_bytes(db.read_bytes()[: db.stat().st_size // 2])
    for verb in ("verify", "list", "claims"):
        ended = sightline(verb, "--db", db)
        assert ended.returncode == 1, verb
        assert "Traceback" not in ended.stderr and "restore" in ended.stderr, ended.stderr


def test_an_input_cut_in_half_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    (file,) = make_shards(tmp_path / "in", count=1, each=40)
    whole = Path(file).read_bytes()
    Path(file).write_bytes(whole[: len(whole) // 2])
    ended = sightline("crawl", file, "--out", tmp_path / "out", "--jobs", 1, "-q")
    assert ended.returncode == 0 and "1 set aside" in ended.stdout
