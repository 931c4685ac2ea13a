"""The report of a run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sightline.cli import main
from sightline.cli.runs import RunReport
from sightline.engine.slowest import KEPT
from sightline.types import Problem, Report


def test_the_slowest_documents_come_first_and_are_few():
    run = RunReport()
    for number in range(KEPT + 5):
        run.timed(Report(id=f"r{number}", text="one two"), number / 10)
    slowest = run.told()["slowest"]
    assert [one["report"] for one in slowest][:2] == [f"r{KEPT + 4}", f"r{KEPT + 3}"]
    assert len(slowest) == KEPT
    assert slowest[0]["words"] == 2


def test_what_was_not_read_has_its_reason_and_remedy():
    run = RunReport()
    run.problem(Problem(report="a", message="empty", remedy="give a text"))
    run.problem(Problem(report="b", message="left unread: not English (fr)", remedy="translate it first", fatal=False, outcome="unread"))
    run.problem(
        Problem(
            report="c", message="2 misread characters (mojibake) read as what they were", remedy="save it", fatal=False, outcome="repaired"
        )
    )
    told = run.told()
    assert [(one["report"], one["why"]) for one in told["unread"]] == [("a", "empty"), ("b", "left unread: not English (fr)")]
    assert [one["report"] for one in told["repaired"]] == ["c"]


def test_add_writes_the_report_of_its_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "one.txt").write_text("11 March 2024\n\nThe ferry left Bergen on Sunday, police said.\n")
    (tmp_path / "two.txt").write_text("")
    target = tmp_path / "run.json"
    arguments = ["add", str(tmp_path / "one.txt"), str(tmp_path / "two.txt"), "--db", f"sqlite:///{tmp_path}/s.db", "--log-json"]
    monkeypatch.setattr("sys.argv", ["sightline", *arguments, "--run-report", str(target)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    told = json.loads(target.read_text())
    assert told["read"] == 1
    assert [one["report"] for one in told["unread"]] == [str(tmp_path / "two.txt")]
    assert told["slowest"][0]["report"].endswith("one.txt")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert {"report", "seconds"} in [set(line) for line in lines]
