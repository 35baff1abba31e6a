"""The entry point: what it takes for a command, where data goes, and what the window process never imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from foodcal_desktop.__main__ import main
from foodcal_desktop.storage import paths

START_AND_LIST_MODULES = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication([])
from foodcal_desktop.__main__ import main
def look():
    visible = any(w.isVisible() for w in application.topLevelWidgets())
    heavy = sorted(m for m in sys.modules if m.split(".")[0] in ("torch", "sam2", "torchvision", "safetensors"))
    print("RESULT", visible, heavy)
    application.quit()
QTimer.singleShot(3000, look)
sys.exit(main([sys.argv[1]]))
"""


def run_python(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=180, check=False)


def test_the_window_process_never_imports_torch(data_dir: Path) -> None:
    photo = str(paths.resources_dir() / "sample" / "coffee.png")
    done = run_python(START_AND_LIST_MODULES, photo)
    assert "RESULT True []" in done.stdout, done.stderr


def test_data_dir_may_stand_before_or_after_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for i, place in enumerate((["--data-dir", "{}", "diary", "show"], ["diary", "show", "--data-dir={}"])):
        folder = tmp_path / f"data {i}"
        assert main([a.format(folder) for a in place] + ["--json"]) == 0
        assert json.loads(capsys.readouterr().out)["meals"] == []
        assert (folder / "foodcal.db").is_file()


def test_unknown_options_are_one_sentence_and_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--nonsense"]) == 2
    assert main(["diary", "show", "--day", "soon"]) == 2
    assert main(["--data-dir"]) == 2
    assert main(["--data-dir", "", "diary", "show"]) == 2, "an unset variable of a script is not this folder"
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 4
    assert "Traceback" not in err


def test_without_a_display_the_sample_is_measured_and_it_says_so(data_dir: Path) -> None:
    code = "import sys; from foodcal_desktop.__main__ import main; sys.exit(main([]))"
    done = run_python(code, QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert done.returncode == 0, done.stderr
    assert "no display" in done.stdout
    assert "kcal" in done.stdout


@pytest.mark.parametrize(("word", "meant"), [("estimat", "estimate"), ("diray", "diary"), ("frobnicate", "--help")])
def test_a_mistyped_command_is_told_and_opens_nothing(
    word: str, meant: str, data_dir: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foodcal_desktop.__main__._open_window", lambda _: pytest.fail("a window opened"))
    assert main([word, "photo.jpg", "--json"]) == 2
    out, err = capsys.readouterr()
    assert not out and word in err and meant in err and len(err.splitlines()) == 1


def test_a_folder_of_one_word_is_no_mistyped_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "meals").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("foodcal_desktop.__main__._open_window", lambda files: 7 if files == ["meals"] else 1)
    assert main(["meals"]) == 7
