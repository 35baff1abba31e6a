from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from foodcal_desktop.storage import paths


def test_everything_written_lies_under_the_given_folder(data_dir: Path) -> None:
    written = [paths.data_dir(), paths.cache_dir(), paths.database_path(), paths.settings_path()]
    written += [paths.embeddings_dir(), paths.checkpoints_dir(), paths.pasted_photos_dir()]
    assert all(path == data_dir or data_dir in path.parents for path in written)
    assert len(set(written)) == len(written)


def test_a_folder_given_by_command_is_made_and_seen_by_child_processes(data_dir: Path) -> None:
    paths.set_data_dir(data_dir / "another" / "one")
    assert paths.data_dir() == data_dir / "another" / "one"
    assert paths.data_dir().is_dir()
    code = "from foodcal_desktop.storage import paths; print(ascii(str(paths.data_dir())))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == ascii(str(data_dir / "another" / "one"))


def test_without_a_given_folder_the_platforms_own_is_used(data_dir: Path) -> None:
    paths.set_data_dir(None)
    assert "foodcal-desktop" in paths.data_dir().name
    assert data_dir not in paths.data_dir().parents
    assert paths.cache_dir() != paths.data_dir()


def test_bundled_folders_in_a_checkout() -> None:
    assert paths.resources_dir().is_dir()
    assert paths.models_dir().is_dir()


def test_bundled_folders_in_a_frozen_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources_dir() == tmp_path / "resources"


def test_bundled_folders_in_a_wheel_and_in_a_broken_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "foodcal_desktop"
    (package / "models").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.models_dir() == package / "models"
    with pytest.raises(FileNotFoundError, match="install foodcal-desktop again"):
        paths.resources_dir()


def test_the_module_is_light() -> None:
    code = "import sys; from foodcal_desktop.storage import paths; print('numpy' in sys.modules, 'PIL' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "False"]
