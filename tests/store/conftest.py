"""Stores to test on: a SQLite file, and a PostgreSQL server of the tests' own on loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sightline.store import Store


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    inpath = shutil.which("initdb")
    return Path(inpath).parent if inpath else None


def _as_postgres() -> dict[str, object]:
    """PostgreSQL refuses to run as root; Debian's package brings a user for it."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of an empty server; skipped where PostgreSQL is not installed."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's server is not installed")
    identity = _as_postgres()
    home = Path(tempfile.mkdtemp(prefix="sightline-pg-"))
    if identity:
        os.chown(home, int(str(identity["user"])), int(str(identity["group"])))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = home / "data"
    run = {"cwd": home, "check": True, "capture_output": True, **identity}
    try:
        subprocess.run([binaries / "initdb", "-D", data, "-U", "sightline", "-A", "trust", "-E", "UTF8", "--no-sync"], **run)  # type: ignore[call-overload]
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c fsync=off"
        subprocess.run([binaries / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start"], **run)  # type: ignore[call-overload]
        yield f"postgresql://sightline@127.0.0.1:{port}/postgres"
        subprocess.run([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **run)  # type: ignore[call-overload]
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store may be made, on each kind of database."""
    if request.param == "sqlite":
        return str(tmp_path / "story.db")
    address: str = request.getfixturevalue("postgresql")
    from sqlalchemy import create_engine, text

    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    name = f"t{abs(hash(request.node.nodeid))}_{os.getpid()}"
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return address.replace("/postgres", f"/{name}")


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """An empty store."""
    made = Store.open(place)
    yield made
    made.close()
