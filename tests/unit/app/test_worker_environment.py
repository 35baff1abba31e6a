"""The real workers started anew by another Python, and told another device, while a photo is open."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.prompt import PointPrompt, Prompts
from foodcal_desktop.headless import sample_photo
from foodcal_desktop.storage import photos

WAIT_MS = 300_000
CLICK = Prompts((PointPrompt(290, 145),))


@pytest.mark.skipif(sys.platform == "win32", reason="the other Python is a shell script here")
def test_another_python_takes_over_and_a_wrong_one_is_said(data_dir: Path, qtbot: QtBot, tmp_path: Path) -> None:
    other = tmp_path / "other python"
    other.write_text(f'#!/bin/sh\necho started >> "{tmp_path}/log"\nexec "{sys.executable}" "$@"\n')
    other.chmod(0o755)
    coffee = photos.load(sample_photo()).photo
    worker = WorkerClient()
    worker.start()
    try:
        worker.embed(coffee)
        before = dict(worker.pids)
        worker.use_python(str(other))
        with qtbot.waitSignal(worker.predicted, timeout=WAIT_MS):
            worker.predict(coffee.sha256, CLICK)
        assert (tmp_path / "log").read_text().count("started") == 2
        assert not set(before.values()) & set(worker.pids.values())
        with qtbot.waitSignal(worker.failed, timeout=WAIT_MS) as failure:
            worker.use_python(str(tmp_path / "gone"))
        assert "cannot be started" in failure.args[0] and worker.state == "broken"
        worker.use_python(None)
        with qtbot.waitSignal(worker.predicted, timeout=WAIT_MS):
            worker.predict(coffee.sha256, CLICK)
        with qtbot.waitSignal(worker.failed, timeout=WAIT_MS) as refused:
            worker.use_device("cuda")
        assert "cuda" in refused.args[0].lower()
    finally:
        worker.stop()
