"""The bench's own rows: what cannot be measured says why, and times are told beside a reference."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from benchmarks import __main__ as bench
from benchmarks import labelme, report
from benchmarks.report import Row


def test_a_time_is_told_in_times_of_the_reference_and_nothing_else_is():
    assert report.times_reference(Row("a", 50, "ms"), 0.1) == pytest.approx(0.5)
    assert report.times_reference(Row("a", 2, "s"), 0.1) == pytest.approx(20)
    assert report.times_reference(Row("a", 300, "MB"), 0.1) is None
    assert report.times_reference(Row("a", None, "s"), 0.1) is None


def test_a_group_that_fails_or_takes_too_long_is_a_row_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    monkeypatch.setattr(report.platform, "platform", lambda: "here")  # it runs a program of its own
    ran: list[str] = []

    def status_of(command: list[str], limit: float) -> int | None:
        ran.append(command[-1])
        return {"memory": None, "drawing": 1}.get(command[-1], 0)

    monkeypatch.setattr(bench, "status_of", status_of)
    assert bench.main(["drawing", "memory", "queue"]) == 1
    assert ran == ["drawing", "memory", "queue"]
    kept = {path.name.split("-")[0]: json.loads(path.read_text())["rows"][0] for path in tmp_path.iterdir()}
    assert kept["drawing"]["value"] is None and "failed" in kept["drawing"]["note"]
    assert "longer" in kept["memory"]["note"] and "queue" not in kept


def test_all_groups_together_have_their_time_and_no_more(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    monkeypatch.setattr(report.platform, "platform", lambda: "here")  # it runs a program of its own
    clock, given = [0.0], []

    def status_of(command: list[str], limit: float) -> int | None:
        given.append(limit)
        clock[0] += limit
        return None

    monkeypatch.setattr(bench, "status_of", status_of)
    monkeypatch.setattr(bench.time, "monotonic", lambda: clock[0])
    assert bench.main([]) == 1
    assert len(given) == len(bench.GROUPS) and sum(given) == pytest.approx(bench.TOTAL_SECONDS)


# Starts another process that would go on, says which, and waits as it is told.
STARTS_ANOTHER = """
import subprocess, sys, time
other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open(sys.argv[1], "w").write(str(other.pid))
time.sleep(float(sys.argv[2]))
"""


def has_ended(pid: str) -> bool:
    """Whether a process is gone, or only its exit status is left."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")
@pytest.mark.parametrize(("seconds", "limit", "status"), [("0", 60.0, 0), ("600", 10.0, None)])
def test_what_a_group_has_started_ends_with_it(
    qtbot: QtBot, tmp_path: Path, seconds: str, limit: float, status: int | None
):
    told = tmp_path / "pid"
    assert bench.status_of([sys.executable, "-c", STARTS_ANOTHER, str(told), seconds], limit) == status
    qtbot.waitUntil(lambda: has_ended(told.read_text()), timeout=10_000)


def test_an_unknown_group_is_refused(capsys: pytest.CaptureFixture[str]):
    assert bench.main(["nothing"]) == 2
    assert "no group nothing" in capsys.readouterr().err


def test_where_labelme_or_its_screen_is_missing_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(labelme, "missing", lambda: "needs Xvfb: apt install xvfb xdotool")
    (row,) = labelme.measure()
    assert row.value is None and row.note
    monkeypatch.setattr(labelme, "missing", lambda: "")
    monkeypatch.setattr(labelme, "installed", lambda _: "")
    (row,) = labelme.measure()
    assert row.value is None and row.note


def test_the_photo_is_recognised_on_the_screen_by_its_colour():
    picture = np.zeros((100, 100, 3), np.uint8)
    assert not labelme.is_photo_seen(picture) and not labelme.is_window_seen(picture)
    picture[:30] = labelme.COLOUR[::-1]
    assert labelme.is_photo_seen(picture) and labelme.is_window_seen(picture)
