from __future__ import annotations

from pathlib import Path

import pytest

from foodcal_desktop.storage import run_lock
from foodcal_desktop.storage.run_lock import RunLock, is_held, lock_file
from foodcal_desktop.storage.training_runs import run_folder
from tests.unit.storage.run_holder import holder


def test_a_run_is_held_by_one_process_until_it_is_killed(data_dir: Path) -> None:
    assert not is_held("mine") and not lock_file("mine").exists()
    with holder("mine") as child:
        assert is_held("mine") and not RunLock("mine").take() and not is_held("other")
        child.kill()
        child.wait()
        assert not is_held("mine")
        lock = RunLock("mine")
        assert lock.take() and is_held("mine")
        lock.release()
        assert not is_held("mine")


def test_of_a_run_that_left_nothing_no_lock_stays(data_dir: Path) -> None:
    for folder in (run_folder("gone"), run_folder("v1.2")):
        lock = RunLock(folder.name)
        assert lock.take() and lock_file(folder.name).exists()
        lock.release()
        assert not lock_file(folder.name).exists()
    run_folder("v1.2").mkdir()
    lock = RunLock("v1.2")
    assert lock.take()
    lock.release()
    assert lock_file("v1.2").exists()


def test_a_lock_thrown_away_while_it_was_opened_is_taken_anew(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else two processes would hold one run: each another file of that name."""
    real = run_lock._lock

    def late(file: int) -> bool:
        lock_file("mine").unlink()
        monkeypatch.undo()
        monkeypatch.setenv("FOODCAL_DATA_DIR", str(data_dir))
        return real(file)

    monkeypatch.setattr(run_lock, "_lock", late)
    lock = RunLock("mine")
    assert lock.take() and is_held("mine") and not RunLock("mine").take()
    lock.release()


def test_a_look_leaves_the_lock_free(data_dir: Path) -> None:
    lock = RunLock("mine")
    assert lock.take()
    lock.release()
    assert not is_held("mine") and not is_held("mine") and lock.take()
    lock.release()
