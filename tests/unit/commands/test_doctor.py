"""The doctor on a healthy home and on broken ones."""

from __future__ import annotations

import errno
import json
import sys
from pathlib import Path

import pytest
from safetensors.torch import load_file, save_file

from foodcal_desktop.cli import run
from foodcal_desktop.commands import doctoring
from foodcal_desktop.storage import paths
from foodcal_desktop.storage.checkpoints import Catalogue
from foodcal_desktop.storage.settings import CHECKPOINT, DEVICE, WORKER_PYTHON, Settings


@pytest.fixture(autouse=True)
def _home(data_dir: Path) -> None:
    """A data folder of its own for every test."""


def only(check: str) -> dict[str, doctoring.Finding]:
    """The findings of one check, by name."""
    return {finding.name: finding for finding in getattr(doctoring, check)()}


def test_every_check_reports_and_a_fresh_home_is_healthy(capsys: pytest.CaptureFixture[str]) -> None:
    status = run(["doctor", "--json"])
    captured = capsys.readouterr()
    document = json.loads(captured.out)
    by_name = {check["name"]: check for check in document["checks"]}
    expected = ["program", "torch", "rf-sam-2", "device", "instruction set", "worker python", "checkpoint lite *"]
    expected += ["data folder", "cache", "free disk", "settings", "database", "fonts", "display", "video"]
    expected += ["portion priors"]
    assert set(expected) <= set(by_name)
    assert all(check["ok"] or check["advice"] for check in document["checks"])
    # A machine without a Korean font or with a full disk is told so; all else of a fresh home must be in order.
    assert {check["name"] for check in document["checks"] if not check["ok"]} <= {"fonts", "display", "free disk"}
    assert status == (0 if document["ok"] else 1)


def test_a_check_that_fails_does_not_end_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise OSError("no such disk")

    for name in ("_fonts", "_device"):
        monkeypatch.setattr(doctoring, name, lambda: iter(()))
    monkeypatch.setattr(doctoring, "_folders", broken)
    assert run(["doctor"]) == 1
    captured = capsys.readouterr()
    assert "WRONG  folders: OSError: no such disk" in captured.out and "ok     settings" in captured.out
    assert captured.err.startswith("Something is wrong with: folders")


def test_what_the_system_refuses_is_said_plainly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def read_only() -> None:
        raise OSError(errno.EROFS, "Read-only file system", "/a/folder")

    for name in ("_fonts", "_device"):
        monkeypatch.setattr(doctoring, name, lambda: iter(()))
    monkeypatch.setattr(doctoring, "_folders", read_only)
    assert run(["doctor"]) == 1
    assert "WRONG  folders: /a/folder may not be read or written" in capsys.readouterr().out


def test_a_wrong_byte_in_a_checkpoint_is_found(tmp_path: Path) -> None:
    save_file(load_file(paths.models_dir() / "lite.safetensors"), tmp_path / "own.safetensors", metadata={"a": "b"})
    own = Catalogue().import_file(tmp_path / "own.safetensors")
    assert only("_checkpoints")["checkpoint own"].ok
    content = bytearray(own.path.read_bytes())
    content[-1] ^= 1
    own.path.write_bytes(content)
    finding = only("_checkpoints")["checkpoint own"]
    assert not finding.ok and "import its file again" in finding.advice


def test_a_selected_checkpoint_that_is_gone_is_told() -> None:
    Settings.load().set(CHECKPOINT, "sam2.1-tiny")
    found = only("_checkpoints")
    assert not found["selected checkpoint"].ok and "checkpoint lite *" in found


def test_a_device_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    Settings.load().set(DEVICE, "cuda")
    finding = only("_device")["device"]
    assert not finding.ok and "auto" in finding.advice


def test_damaged_settings_and_database_are_told() -> None:
    paths.settings_path().write_text("{half")
    assert not only("_settings")["settings"].ok
    paths.database_path().write_bytes(b"SQLite format 3\x00" + b"\xff" * 4096)
    finding = only("_database")["database"]
    assert not finding.ok and "backups" in finding.advice


def test_a_database_that_is_whole(data_dir: Path) -> None:
    from foodcal_desktop.storage.database import Database

    assert "none yet" in only("_database")["database"].detail
    Database.open(paths.database_path()).close()
    assert "whole" in only("_database")["database"].detail


def test_little_room_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = doctoring.shutil.disk_usage(paths.data_dir())._replace(free=5_000_000)
    monkeypatch.setattr(doctoring.shutil, "disk_usage", lambda _: usage)
    finding = only("_folders")["free disk"]
    assert not finding.ok and "make room" in finding.advice


def test_the_worker_python_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    Settings.load().set(WORKER_PYTHON, sys.executable)
    finding = only("_worker_python")["worker python"]
    assert finding.ok and "torch" in finding.detail and "CUDA" in finding.detail


def test_a_worker_python_that_is_none_is_told(tmp_path: Path) -> None:
    for chosen in (str(tmp_path / "gone"), "/bin/false" if sys.platform != "win32" else "where.exe"):
        Settings.load().set(WORKER_PYTHON, chosen)
        finding = only("_worker_python")["worker python"]
        assert not finding.ok and "CUDA torch" in finding.advice


def test_the_priors_are_counted_by_where_they_come_from() -> None:
    finding = only("_priors")["portion priors"]
    assert finding.counts is not None and set(finding.counts) == {"measured", "derived", "assumed"}
    assert min(finding.counts.values()) > 0
    assert all(f"{count:,} {name}" in finding.detail for name, count in finding.counts.items())
    assert f"of {sum(finding.counts.values()):,} foods" in finding.detail
