from __future__ import annotations

import json
from pathlib import Path

import pytest

from foodcal_desktop.storage import settings as keys
from foodcal_desktop.storage.settings import Plate, Settings


def test_defaults_without_a_file_and_none_is_written(data_dir: Path) -> None:
    settings = Settings.load()
    assert settings.get(keys.CHECKPOINT) == "lite"
    assert settings.get(keys.DAILY_KCAL_GOAL) == 2000
    assert settings.notice == ""
    assert list(data_dir.iterdir()) == []


def test_a_value_survives_a_restart_and_the_file_is_sparse(data_dir: Path) -> None:
    Settings.load().set(keys.THEME, "dark")
    assert json.loads((data_dir / "settings.json").read_text()) == {"theme": "dark"}
    assert Settings.load().get(keys.THEME) == "dark"


def test_going_back_to_the_default_leaves_the_file(data_dir: Path) -> None:
    settings = Settings.load()
    settings.set(keys.THEME, "dark")
    settings.set(keys.THEME, "system")
    assert json.loads((data_dir / "settings.json").read_text()) == {}


def test_unknown_keys_of_a_newer_version_are_kept(data_dir: Path) -> None:
    (data_dir / "settings.json").write_text('{"from_the_future": [1, 2]}')
    Settings.load().set(keys.LAST_FOLDER, "/사진")
    assert json.loads((data_dir / "settings.json").read_text()) == {"from_the_future": [1, 2], "last_folder": "/사진"}


def test_two_programs_keep_each_others_keys(data_dir: Path) -> None:
    window, command = Settings.load(), Settings.load()
    command.set(keys.CHECKPOINT, "sam2.1_hiera_tiny")
    window.set(keys.THEME, "light")
    assert Settings.load().get(keys.CHECKPOINT) == "sam2.1_hiera_tiny"


@pytest.mark.parametrize("damage", ["{", "", "[1]", "\x00\x01", '{"theme": "dark"'])
def test_a_damaged_file_is_set_aside_with_a_sentence(data_dir: Path, damage: str) -> None:
    (data_dir / "settings.json").write_text(damage)
    settings = Settings.load()
    kept = data_dir / "settings-damaged.json"
    assert kept.read_text() == damage
    assert str(kept) in settings.notice
    assert settings.get(keys.THEME) == "system"


def test_a_second_damaged_file_does_not_replace_the_first(data_dir: Path) -> None:
    for text in ("first {", "second {"):
        (data_dir / "settings.json").write_text(text)
        Settings.load()
    assert {p.read_text() for p in data_dir.iterdir()} == {"first {", "second {"}


@pytest.mark.parametrize(
    "values",
    [{"theme": "pink"}, {"theme": None}, {"daily_kcal_goal": -5}, {"daily_kcal_goal": True}, {"plates": [{"name": 1}]}],
)
def test_a_value_of_the_wrong_kind_falls_back_to_the_default(data_dir: Path, values: dict[str, object]) -> None:
    (data_dir / "settings.json").write_text(json.dumps(values))
    settings = Settings.load()
    assert settings.get(keys.THEME) == "system"
    assert settings.get(keys.DAILY_KCAL_GOAL) == 2000
    assert settings.plates() == ()


def test_a_value_no_setting_can_have_is_refused_and_not_written(data_dir: Path) -> None:
    with pytest.raises(ValueError, match="theme"):
        Settings.load().set(keys.THEME, "pink")
    assert not (data_dir / "settings.json").exists()


def test_plates_are_remembered_corrected_and_forgotten(data_dir: Path) -> None:
    settings = Settings.load()
    settings.remember_plate(Plate("밥그릇", 120))
    settings.remember_plate(Plate("dinner plate", 270))
    settings.remember_plate(Plate("밥그릇", 118.5))
    assert Settings.load().plates() == (Plate("dinner plate", 270), Plate("밥그릇", 118.5))
    settings.forget_plate("dinner plate")
    assert Settings.load().plates() == (Plate("밥그릇", 118.5),)


def test_changing_what_get_gave_changes_no_setting(data_dir: Path) -> None:
    settings = Settings.load()
    settings.get(keys.SHORTCUTS)["undo"] = "Ctrl+Z"
    assert settings.get(keys.SHORTCUTS) == {}
    assert keys.SHORTCUTS.default == {}


def test_a_failed_write_leaves_the_former_file_and_no_temporary_one(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings.load()
    settings.set(keys.THEME, "dark")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        settings.set(keys.THEME, "light")
    assert [p.name for p in data_dir.iterdir()] == ["settings.json"]
    assert Settings.load().get(keys.THEME) == "dark"
    assert settings.get(keys.THEME) == "dark"
