"""What the window asks of ``finetune --check``, with the real command in its child process."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from foodcal_desktop.app.dataset_counts import DatasetCount, DatasetCounts
from foodcal_desktop.app.recipe_reading import RecipeReading
from foodcal_desktop.app.training_check import TrainingCheck
from foodcal_desktop.storage.recipe_files import RecipeFile
from tests.unit.training.training_case import write_dataset

WAIT_MS = 120_000
# Says each time what was asked, into a file, and takes its time for a folder called "slow".
SAYS_WHAT_WAS_ASKED = """
import json, sys, time
with open(sys.argv[0] + ".log", "a") as file: file.write(sys.argv[2] + "\\n")
if sys.argv[2].endswith("slow"): time.sleep(600)
left_out = {"crowds": 0, "without_outline": 0}
print(json.dumps({"dataset": {"photos": 3, "objects": 7, "val_photos": 2, "left_out": left_out}, "recipe": None}))
"""


@pytest.fixture
def spoken(tmp_path: Path) -> list[str]:
    (tmp_path / "child.py").write_text(SAYS_WHAT_WAS_ASKED)
    return [sys.executable, str(tmp_path / "child.py")]


def _asked(tmp_path: Path) -> list[str]:
    return [Path(line).name for line in (tmp_path / "child.py.log").read_text().splitlines()]


def test_a_folder_is_counted_beside_the_window(data_dir: Path, tmp_path: Path, qtbot: QtBot) -> None:
    folder = str(write_dataset(tmp_path / "나의 set", train=4, val=2))
    counts = DatasetCounts()
    with qtbot.waitSignal(counts.changed, timeout=WAIT_MS):
        assert counts.count(folder) is None and counts.is_counting(folder)
    assert counts.count(folder) == DatasetCount(4, 10, 2) and not counts.is_counting(folder)
    assert counts.problem(folder) == ""


def test_what_is_no_dataset_is_a_sentence_until_it_is_written_anew(
    data_dir: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "set" / "annotations.json"
    file.parent.mkdir()
    counts = DatasetCounts()
    assert counts.count(str(file.parent)) is None and not counts.is_counting(str(file.parent)), "there is none"
    file.mkdir()
    assert counts.count(str(file.parent)) is None and not counts.is_counting(str(file.parent)), "a folder is none"
    file.rmdir()
    file.write_text("{}")
    with qtbot.waitSignal(counts.changed, timeout=WAIT_MS):
        counts.count(str(file.parent))
    assert "is no COCO instances file" in counts.problem(str(file.parent))
    (tmp_path / "more").mkdir()
    good = write_dataset(tmp_path / "more" / "set", train=1, val=1)
    file.write_bytes((good / "annotations.json").read_bytes())
    with qtbot.waitSignal(counts.changed, timeout=WAIT_MS):
        assert counts.problem(str(file.parent)) == ""
    assert counts.count(str(file.parent)) == DatasetCount(1, 2, 1)


def test_a_folder_is_read_once_and_again_when_it_is_chosen_again(
    data_dir: Path, tmp_path: Path, spoken: list[str], qtbot: QtBot
) -> None:
    folder = str(write_dataset(tmp_path / "mine", train=1, val=1))
    counts = DatasetCounts(spoken)
    for _ in range(2):
        with qtbot.waitSignal(counts.changed, timeout=WAIT_MS):
            counts.count(folder)
            counts.count(folder)
        assert counts.count(folder) == DatasetCount(3, 7, 2)
        assert counts.problem(folder) == ""
        counts.forget(folder)
    assert _asked(tmp_path) == ["mine", "mine"]


def test_another_folder_takes_the_place_of_a_slow_one(
    data_dir: Path, tmp_path: Path, spoken: list[str], qtbot: QtBot
) -> None:
    slow, quick = (str(write_dataset(tmp_path / name, train=1, val=1)) for name in ("slow", "quick"))
    counts = DatasetCounts(spoken)
    counts.count(slow)
    qtbot.waitUntil((tmp_path / "child.py.log").exists, timeout=WAIT_MS)
    with qtbot.waitSignal(counts.changed, timeout=WAIT_MS):
        counts.count(quick)
    assert counts.count(quick) is not None
    assert counts.count(slow) is None and counts.is_counting(slow)
    counts.stop()
    assert not counts.is_counting(slow)


def test_a_recipe_of_ones_own_is_read_by_the_command(data_dir: Path, tmp_path: Path, qtbot: QtBot) -> None:
    mine = tmp_path / "나의 recipe.yaml"
    mine.write_text("encoder: trained\nepochs: 3\n")
    reading = RecipeReading()
    with qtbot.waitSignal(reading.ready, timeout=WAIT_MS) as ready:
        reading.read(str(mine), "lite")
        assert reading.path == str(mine)
    assert ready.args == [RecipeFile("나의 recipe.yaml", mine, 3, False)]
    assert reading.path == ""
    mine.write_text("epochs: none\n")
    with qtbot.waitSignal(reading.refused, timeout=WAIT_MS) as refused:
        reading.read(str(mine), "lite")
    assert refused.args == ["나의 recipe.yaml: epochs must be a whole number, not 'none'."]


def test_a_child_that_is_not_there_or_dies_is_told(data_dir: Path, tmp_path: Path, qtbot: QtBot) -> None:
    nowhere = TrainingCheck(["/nowhere/foodcal-desktop"])
    with qtbot.waitSignal(nowhere.refused, timeout=WAIT_MS) as refused:
        nowhere.ask("/set")
    assert "try again" in refused.args[0]
    (tmp_path / "dies.py").write_text("import os; os.kill(os.getpid(), 9)")
    dying = TrainingCheck([sys.executable, str(tmp_path / "dies.py")])
    with qtbot.waitSignal(dying.refused, timeout=WAIT_MS) as refused:
        dying.ask("/set")
    assert "unexpectedly" in refused.args[0]


def test_what_is_not_asked_any_more_ends(data_dir: Path, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "sleeps.py").write_text(
        "import json, os, sys, time; open(sys.argv[0] + '.pid', 'w').write(json.dumps(os.getpid())); time.sleep(600)"
    )
    check = TrainingCheck([sys.executable, str(tmp_path / "sleeps.py")])
    check.ask("/set")
    told = tmp_path / "sleeps.py.pid"
    qtbot.waitUntil(lambda: told.exists() and bool(told.read_text()), timeout=WAIT_MS)
    check.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(json.loads(told.read_text()), 0)
