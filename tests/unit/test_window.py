"""The start of the window: the first photo comes before what would take the processor from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from foodcal_desktop import window
from foodcal_desktop.window import Program

Start = Callable[[list[str]], list[str]]


@pytest.fixture
def started(data_dir: Path, qtbot: QtBot) -> Iterator[Start]:
    """Starts the window; gives the order in which things came. The workers are not really started."""
    programs: list[Program] = []

    def start(files: list[str]) -> list[str]:
        program, order = Program(), []
        programs.append(program)
        program.worker.start = lambda: order.append("workers")  # type: ignore[method-assign]
        program.session.opened.connect(lambda: order.append("photo"))
        program.start(files)
        qtbot.waitUntil(lambda: "workers" in order, timeout=60_000)
        return order

    yield start
    for program in programs:
        program.close()


def test_the_workers_wait_for_the_first_photo_and_start_once(
    started: Start, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "PATIENCE_MS", 60_000)
    for name in ("a.png", "b.png"):
        Image.new("RGB", (40, 30), len(name)).save(tmp_path / name)
    order = started([str(tmp_path)])
    assert order == ["photo", "workers"]
    qtbot.wait(50)
    assert order == ["photo", "workers"]


def test_the_workers_start_where_there_is_no_photo_to_wait_for(
    started: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "PATIENCE_MS", 60_000)
    assert started([]) == ["workers"]
    assert started([str(tmp_path / "gone.jpg")]) == ["workers"]


def test_the_workers_do_not_wait_for_ever(started: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "PATIENCE_MS", 0)
    Image.new("RGB", (40, 30)).save(tmp_path / "a.png")
    assert started([str(tmp_path / "a.png")])[0] == "workers"


def test_the_queue_of_the_last_time_comes_back_before_the_workers(
    started: Start, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "PATIENCE_MS", 60_000)
    for i in range(4):
        Image.new("RGB", (40 + i, 30), i).save(tmp_path / f"{i}.png")
    assert started([str(tmp_path)]) == ["photo", "workers"]
    assert started([]) == ["photo", "workers"]
    other = tmp_path / "other.png"
    Image.new("RGB", (90, 30)).save(other)
    assert started([str(other)]) == ["photo", "workers"]
