"""The command as a user meets it: output, plain errors, exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "armoured-train"


def run(*arguments: str, given: bytes = b"", folder: Path | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from sightline.cli import main; main()", *arguments]
    return subprocess.run(
        command,
        input=given,
        capture_output=True,
        cwd=folder,
        env={**os.environ, "COLUMNS": "110", "NO_COLOR": "1", **environment},
        timeout=300,
    )


@pytest.fixture(scope="module")
def example_json() -> dict[str, object]:
    answer = run("brief", str(EXAMPLE / "reports"), "--format", "json")
    assert answer.returncode == 0, answer.stderr.decode()
    found: dict[str, object] = json.loads(answer.stdout)
    return found


def test_the_picture_is_a_page_of_text() -> None:
    answer = run("brief", str(EXAMPLE / "reports"), "--network", str(EXAMPLE / "network.geojson"), "--as-of", "2023-09-12")
    text = answer.stdout.decode()
    assert answer.returncode == 0 and answer.stderr == b""
    for heading in ("What happened", "What is expected", "What is unknown", "Who it goes back to", "Where now, and when there"):
        assert heading in text
    assert "\x1b" not in text


def test_the_picture_as_json_fits_its_schema(example_json: dict[str, object]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(run("schema", "brief").stdout)
    jsonschema.validate(example_json, schema)


def test_the_same_reports_in_another_order_give_the_same_stories(example_json: dict[str, object]) -> None:
    files = sorted((EXAMPLE / "reports").glob("*.txt"), reverse=True)
    again = json.loads(run("brief", *map(str, files), "--format", "json").stdout)
    assert again["stories"] == example_json["stories"]


def test_the_dossier_is_one_file(tmp_path: Path) -> None:
    target = tmp_path / "dossier.html"
    answer = run("brief", str(EXAMPLE / "reports"), "--network", str(EXAMPLE / "network.geojson"), "--format", "html", "-o", str(target))
    assert answer.returncode == 0, answer.stderr.decode()
    page = target.read_text()
    assert page.startswith("<!doctype html>") and len(page.encode()) < 400_000
    assert not re.search(r"(?:src|href)=\"https?://[^\"]+\.(?:js|css)\"", page)


def test_annotations_come_in_input_order_with_true_offsets() -> None:
    lines = [
        {"id": "b", "text": "The ferry left Turku on Sunday, the port authority said.", "published": "2024-03-04"},
        {"id": "a", "text": "It is late."},
    ]
    answer = run("annotate", "-", given="\n".join(map(json.dumps, lines)).encode())
    found = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [item["id"] for item in found] == ["b", "a"]
    text = lines[0]["text"]
    for kind in ("times", "names", "places", "quantities"):
        for mention in found[0][kind]:
            assert text[mention["start"] : mention["end"]] == mention["text"]
    assert found[0]["times"][0]["value"] == "2024-03-03"
    assert b"warning: standard input line 2: no publication date found" in answer.stderr and answer.returncode == 0


def test_every_annotation_fits_the_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(run("schema", "annotate").stdout)
    for line in run("annotate", str(EXAMPLE / "reports")).stdout.splitlines():
        jsonschema.validate(json.loads(line), schema)


def test_bad_input_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "long.txt").write_bytes(b"a" * 50_000_000)
    (tmp_path / "mixed.txt").write_bytes("date: 2024-03-04 | outlet: Post\n\nThe “ferry” left.".encode() + b" It was \x93late\x94.")
    (tmp_path / "german.txt").write_text("Der Zug hat am Montag die Hauptstadt verlassen, wie die staatliche Agentur in der Nacht meldete.")
    (tmp_path / "markup.txt").write_text(
        "date: 2024-03-04 | outlet: <b>Post</b>\n\nThe <script>alert(1)</script> ferry left Turku on Sunday, sailors said."
    )
    answer = run("annotate", str(tmp_path), str(tmp_path / "missing.txt"))
    errors = answer.stderr.decode().splitlines()
    assert answer.returncode == 1
    for name, words in (
        ("empty.txt", "empty"),
        ("binary.txt", "binary"),
        ("long.txt", "characters"),
        ("missing.txt", "no such file"),
        ("german", "not English (de)"),
    ):
        (line,) = [line for line in errors if name in line and words in line]
        assert ";" in line
    assert {json.loads(line)["id"] for line in answer.stdout.splitlines()} == {"mixed", "markup", "german"}


def test_wrong_usage_is_exit_code_2(tmp_path: Path) -> None:
    assert run("brief").returncode == 2
    assert run("brief", str(EXAMPLE), "--as-of", "soon").returncode == 2
    assert run("annotate", "-", "--field", "text").returncode == 2
    assert run("nonsense").returncode == 2


def test_nothing_to_read_is_exit_code_1(tmp_path: Path) -> None:
    answer = run("brief", str(tmp_path))
    assert answer.returncode == 1 and b"no readable files" in answer.stderr


def test_a_store_is_kept_looked_at_and_exported(tmp_path: Path) -> None:
    store = {"folder": tmp_path, "SIGHTLINE_DB": str(tmp_path / "story.db")}
    added = run("add", str(EXAMPLE / "reports"), **store)  # type: ignore[arg-type]
    assert added.returncode == 0 and b"13 new" in added.stdout
    assert b"13 already there" in run("add", str(EXAMPLE / "reports"), **store).stdout  # type: ignore[arg-type]
    for command in (
        ["list"],
        ["claims"],
        ["events"],
        ["timeline"],
        ["sources"],
        ["actors"],
        ["changes", "--since", "2023-09-12"],
        ["verify"],
        ["doctor"],
        ["decisions"],
    ):
        answer = run(*command, **store)  # type: ignore[arg-type]
        assert answer.returncode == 0, (command, answer.stderr.decode())
    assert b"01-yonhap" in run("search", "Vladivostok", **store).stdout  # type: ignore[arg-type]
    assert b"Pyongyang" in run("show", "06-kcna-sunday-afternoon", **store).stdout  # type: ignore[arg-type]
    assert run("show", "none", **store).returncode == 1  # type: ignore[arg-type]
    features = json.loads(run("export", "geojson", **store).stdout)  # type: ignore[arg-type]
    assert features["type"] == "FeatureCollection" and features["features"]
    hidden = run("decide", "hide", "06-kcna-sunday-afternoon", "--note", "test", **store)  # type: ignore[arg-type]
    decision = hidden.stdout.decode().split()[0]
    assert b"hide" in run("decisions", **store).stdout  # type: ignore[arg-type]
    assert run("undo", decision, **store).returncode == 0  # type: ignore[arg-type]
    assert b"taken back" in run("decisions", **store).stdout  # type: ignore[arg-type]


def test_a_missing_store_is_said_plainly(tmp_path: Path) -> None:
    answer = run("list", "--db", str(tmp_path / "none.db"))
    assert answer.returncode == 1 and answer.stderr.decode().count("\n") == 1 and b"sightline add" in answer.stderr


def test_serving_to_others_needs_a_token(tmp_path: Path) -> None:
    answer = run("serve", "--host", "0.0.0.0", "--db", str(tmp_path / "x.db"))
    assert answer.returncode == 1 and b"--token" in answer.stderr


def test_help_of_every_command_has_words() -> None:
    text = run("--help").stdout.decode()
    for command in ("brief", "annotate", "add", "serve", "export", "journey", "crawl", "places"):
        assert command in text
        assert len(run(command, "--help").stdout) > 200


def test_two_actors_are_joined_parted_and_the_joining_undone(tmp_path: Path) -> None:
    store = {"SIGHTLINE_DB": str(tmp_path / "story.db")}
    for name, text in (
        ("a", "Anna Virtanen left Turku on Monday, the port said."),
        ("b", "Anni Virtanen left Turku on Monday, the port said."),
    ):
        (tmp_path / f"{name}.txt").write_text(f"{text} She did not say where she was going. The mayor of Turku had met her.")
    assert run("add", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), **store).returncode == 0  # type: ignore[arg-type]

    def virtanens() -> list[str]:
        return [a["id"] for a in map(json.loads, run("actors", "--json", **store).stdout.splitlines()) if "Virtanen" in a["name"]]  # type: ignore[arg-type]

    one, other = sorted(virtanens())
    joined = run("actors", "--join", one, other, "--note", "a slip of the pen", **store)  # type: ignore[arg-type]
    assert virtanens() == [one]
    assert run("undo", joined.stdout.decode().split()[0], **store).returncode == 0  # type: ignore[arg-type]
    assert sorted(virtanens()) == [one, other]
    listed = run("decisions", **store).stdout  # type: ignore[arg-type]
    assert b"same-actor" in listed and b"taken back" in listed and b"a slip of the pen" in listed
