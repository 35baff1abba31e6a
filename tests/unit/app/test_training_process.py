"""The training's child process, with a small program in its place that speaks like it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from foodcal_desktop.app.training_process import IDLE, PAUSED, PAUSING, RUNNING, TrainingOrder, TrainingProcess
from foodcal_desktop.storage.training_runs import (
    STATE,
    Run,
    control_file,
    note_epoch,
    noted_epochs,
    read_order,
    run_folder,
    unfinished,
    write_order,
)

CHILD = """
import json, os, sys, time
from pathlib import Path
name = sys.argv[sys.argv.index("--name") + 1]
control = Path(os.environ["FOODCAL_DATA_DIR"]) / "training" / name / "control"
def tell(**values): print(json.dumps(values), file=sys.stderr, flush=True)
def word(): return control.read_text() if control.exists() else "go"
if name == "late": time.sleep(0.5)
else: tell(event="started", photos=3)
print("a library's warning", file=sys.stderr, flush=True)
if name == "fails":
    print("The disk is full; make room.", file=sys.stderr); sys.exit(1)
if name == "crashes":
    os.kill(os.getpid(), 9)
if name == "late":
    control.unlink(missing_ok=True)
    tell(event="started", photos=3)
    while word() != "cancel": time.sleep(0.01)
    sys.exit(1)
if name == "waits":
    while word() != "pause": time.sleep(0.01)
    tell(event="paused")
    while word() == "pause": time.sleep(0.01)
    tell(event="resumed")
    while word() != "cancel": time.sleep(0.01)
    print("Cancelled; nothing was kept.", file=sys.stderr); sys.exit(1)
tell(event="epoch", epoch=1)
print(json.dumps({"name": name, "better": True, "arguments": sys.argv[1:]}))
"""


@pytest.fixture
def process(tmp_path: Path, data_dir: Path, qtbot: QtBot) -> TrainingProcess:
    (tmp_path / "child.py").write_text(CHILD)
    return TrainingProcess(command=[sys.executable, str(tmp_path / "child.py")])


def test_events_come_as_they_are_told_and_the_document_at_the_end(process: TrainingProcess, qtbot: QtBot) -> None:
    told: list[dict[str, object]] = []
    process.told.connect(told.append)
    with qtbot.waitSignal(process.finished, timeout=30000) as end:
        process.start(TrainingOrder("mine", "lite", dataset="/set", recipe="r.yaml", epochs=3, resume=True))
        assert process.state == RUNNING
    assert [one["event"] for one in told] == ["started", "epoch"]
    assert process.state == IDLE
    arguments = end.args[0]["arguments"]
    assert arguments[:2] == ["finetune", "/set"]
    assert {"--base", "lite", "--json", "--recipe", "--epochs", "3", "--resume"} <= set(arguments)
    assert arguments[-1] == "--ends-with-input"


def test_without_a_dataset_all_corrections_are_used() -> None:
    assert TrainingOrder("mine", "lite").arguments() == ["finetune", "--base", "lite", "--name", "mine", "--json"]


def test_pause_go_on_and_cancel(process: TrainingProcess, qtbot: QtBot, data_dir: Path) -> None:
    process.start(TrainingOrder("waits", "lite"))
    with qtbot.waitSignal(process.state_changed, timeout=30000, check_params_cb=lambda state: state == PAUSED):
        process.pause()
        assert process.state == PAUSING
    assert control_file(run_folder("waits")).read_text() == "pause"
    with qtbot.waitSignal(process.state_changed, timeout=30000, check_params_cb=lambda state: state == RUNNING):
        process.go_on()
    with qtbot.waitSignal(process.cancelled, timeout=30000):
        process.cancel()
    assert process.state == IDLE


def test_a_failure_is_the_last_sentence_said(process: TrainingProcess, qtbot: QtBot) -> None:
    with qtbot.waitSignal(process.failed, timeout=30000) as failure:
        process.start(TrainingOrder("fails", "lite"))
    assert failure.args == ["The disk is full; make room."]


def test_what_was_said_while_the_child_was_loading_is_said_again(process: TrainingProcess, qtbot: QtBot) -> None:
    with qtbot.waitSignal(process.cancelled, timeout=30000):
        process.start(TrainingOrder("late", "lite"))
        process.pause()
        assert process.state == PAUSING
        process.go_on()
        assert process.state == RUNNING
        process.cancel()


def test_a_child_that_was_killed_is_told_in_a_sentence_of_its_own(process: TrainingProcess, qtbot: QtBot) -> None:
    with qtbot.waitSignal(process.failed, timeout=30000) as failure:
        process.start(TrainingOrder("crashes", "lite"))
    assert "warning" not in failure.args[0] and "unexpectedly" in failure.args[0]


def test_only_one_at_a_time(process: TrainingProcess, qtbot: QtBot) -> None:
    process.start(TrainingOrder("waits", "lite"))
    with pytest.raises(ValueError, match="runs already"):
        process.start(TrainingOrder("more", "lite"))
    process.stop()
    assert process.state == IDLE


def test_a_program_that_is_not_there_is_told(data_dir: Path, qtbot: QtBot) -> None:
    process = TrainingProcess(command=["/nowhere/foodcal-desktop"])
    with qtbot.waitSignal(process.failed, timeout=30000):
        process.start(TrainingOrder("mine", "lite"))
    assert process.state == IDLE


def test_unfinished_trainings_are_found(data_dir: Path) -> None:
    assert unfinished() == []
    run_folder("broken off").mkdir(parents=True)
    (run_folder("broken off") / STATE).touch()
    run_folder("over").mkdir(parents=True)
    assert TrainingProcess.unfinished() == ["broken off"]


def test_what_a_training_was_asked_and_has_told_is_still_known_after_a_crash(data_dir: Path) -> None:
    folder = run_folder("mine")
    folder.mkdir(parents=True)
    assert read_order("mine") == Run("mine")
    asked = Run("mine", "lite", "/my 데이터/set", "/r.yaml", 3)
    write_order(folder, asked)
    assert read_order("mine") == asked
    for epoch, loss in ((0, None), (1, 0.5), (1, 0.4)):
        note_epoch(folder, {"epoch": epoch, "loss": loss})
    with (folder / "epochs.jsonl").open("a") as file:
        file.write('{"epoch": 2, "lo')
    assert noted_epochs("mine") == [{"epoch": 0, "loss": None}, {"epoch": 1, "loss": 0.4}]
