from __future__ import annotations

from pathlib import Path

from foodcal_desktop.storage.run_lock import RunLock, is_held, lock_file
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


def test_a_look_leaves_the_lock_free(data_dir: Path) -> None:
    lock = RunLock("mine")
    assert lock.take()
    lock.release()
    assert not is_held("mine") and not is_held("mine") and lock.take()
    lock.release()
