"""kill -9 while somebody annotates: at most the action in flight is lost, every other mask is pixel-identical.

A child process edits a real database through the journal, as the window does, and writes down before each action what
it is about to do and after it that it is done. It is killed at a random moment, fifty times, on one and the same
database; after each kill the database is compared with what was written down.
"""

from __future__ import annotations

import multiprocessing
import random
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.edit_journal import EditJournal
from foodcal_desktop.storage.store import Store
from tests.e2e import annotator
from tests.e2e.annotator import PHOTO, Line, read_lines

KILLS = 50


@pytest.fixture(scope="module")
def processes() -> Any:
    """Where annotators come from: copies of one that has imported all they need, where the system can make copies."""
    has_fork = "forkserver" in multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("forkserver" if has_fork else "spawn")
    if has_fork:
        context.set_forkserver_preload([annotator.__name__])
    with pytest.MonkeyPatch.context() as patched:
        # Each process imports the main module of this one, which is pytest.
        patched.setitem(sys.modules, "__main__", annotator)
        yield context


def state_of(store: Store) -> dict[str, Annotation]:
    return {a.id: a for a in store.annotations(PHOTO.sha256)}


def expected(before: dict[str, Annotation], lines: list[Line]) -> list[dict[str, Annotation]]:
    """What may be stored: all that was done, and where the last action was begun only, also that with it made."""
    state, possible = dict(before), [dict(before)]
    for line in lines:
        after = dict(state)
        if line.mask is None:
            after.pop(line.annotation, None)
        else:
            after[line.annotation] = line.row()
        if line.done:
            state = after
            possible = [state]
        else:
            possible = [state, after]
    return possible


def killed_run(processes: Any, folder: Path, seed: int, seconds: float, actions: int = 0) -> list[Line]:
    """Let the annotator do some actions, kill it so many seconds later, and read what it wrote down."""
    log = folder / f"{seed}.log"
    process = processes.Process(target=annotator.annotate, args=(folder / "foodcal.db", log, seed))
    process.start()
    try:
        while (not log.exists() or len(read_lines(log)) < actions) and process.is_alive():
            time.sleep(0.005)
        time.sleep(seconds)
    finally:
        process.kill()
        process.join()
        process.close()
    return read_lines(log)


def test_fifty_kills_lose_at_most_the_action_in_flight(processes: Any, tmp_path: Path) -> None:
    with Database.open(tmp_path / "foodcal.db") as database:
        Store(database).add_photo(PHOTO)
    chance, known, actions = random.Random(9), {}, 0
    for kill in range(KILLS):
        lines = killed_run(processes, tmp_path, kill, chance.uniform(0.0, 0.25))
        with Database.open(tmp_path / "foodcal.db") as database:
            stored = state_of(Store(database))
            assert database.check() == []
        assert stored in expected(known, lines), f"kill {kill} lost or changed something"
        known, actions = stored, actions + sum(line.done for line in lines)
    assert actions > KILLS


def test_everything_can_be_undone_after_the_kills(processes: Any, tmp_path: Path) -> None:
    with Database.open(tmp_path / "foodcal.db") as database:
        Store(database).add_photo(PHOTO)
    for kill in range(3):
        killed_run(processes, tmp_path, kill, 0.02, actions=5)
    with Database.open(tmp_path / "foodcal.db") as database:
        store = Store(database)
        journal = EditJournal(store)
        assert journal.depth(PHOTO.sha256)[0] >= 3 * 4
        while journal.undo(PHOTO.sha256) is not None:
            pass
        assert state_of(store) == {}


def test_the_comparison_itself_notices_a_single_pixel() -> None:
    one, other = (Annotation("a", PHOTO.sha256, Mask.from_crop(np.ones((1, n)), 0, 0, 40, 60)) for n in (3, 4))
    assert {"a": other} not in expected({"a": one}, [])
