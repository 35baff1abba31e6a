"""``annotate`` in real processes, stopped in the middle: what it says and keeps, and that no process is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from foodcal_desktop.storage import paths
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.store import Store
from tests.unit.training.training_case import write_dataset

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked up in /proc")

REPOSITORY = Path(__file__).resolve().parents[3]
STOPPED = "Stopped; what was found is kept. Run the command again for the rest."
ENDED = "One of the processes was ended, as happens where memory runs out; give fewer --workers and run the command "
PHOTOS = 40
# The command, but for one click in place of a grid of them in its own process; those of --workers look properly.
QUICK = """
import sys
from foodcal_desktop.__main__ import main
from foodcal_desktop.core.prompt import PointPrompt, Prompts
from foodcal_desktop.training import preannotate
if __name__ == "__main__":
    middle = lambda photo: Prompts(points=(PointPrompt(photo.width / 2, photo.height / 2, True),))
    preannotate.find_foods = lambda segmenter, photo: segmenter.predict(photo, middle(photo))[:1]
    sys.exit(main(sys.argv[1:]))
"""


@contextmanager
def started(folder: Path, workers: int) -> Iterator[subprocess.Popen[str]]:
    """The command in a session of its own, as in a terminal."""
    (folder.parent / "quick.py").write_text(QUICK)
    program = [str(folder.parent / "quick.py")] if workers == 1 else ["-m", "foodcal_desktop"]
    options = ["--json", "--checkpoint", "lite", "--workers", str(workers)]
    with subprocess.Popen(
        [sys.executable, *program, "annotate", str(folder), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "FOODCAL_DATA_DIR": str(paths.data_dir()), "PYTHONPATH": str(REPOSITORY)},
        cwd=REPOSITORY,
        text=True,
        start_new_session=True,
        # What is started in the background of a shell, as a suite may be, would hand on that it ignores Ctrl+C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def until(done: Callable[[], bool], child: subprocess.Popen[str]) -> None:
    while not done():
        assert child.poll() is None, child.communicate()
        time.sleep(0.05)


def reviewed() -> int:
    """How many photos have what was found on them."""
    with Database.open() as database:
        store = Store(database)
        return sum(1 for one in store.photos() if store.annotations(one.sha256))


def workers_of(child: subprocess.Popen[str]) -> list[int]:
    """The processes that find foods; another one of multiprocessing's own only watches over names."""
    numbers = Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split()
    return [int(one) for one in numbers if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_polite_kill_and_ctrl_c_keep_what_was_found_and_say_so(
    data_dir: Path, tmp_path: Path, number: signal.Signals
) -> None:
    photos = write_dataset(tmp_path / "set", train=PHOTOS, val=0) / "images"
    reviewed()
    with started(photos, 1) as child:
        until(lambda: reviewed() > 0, child)
        child.send_signal(number)
        out, err = child.communicate(timeout=60)
    said = [line for line in err.splitlines() if not line.endswith("photos")]
    assert (child.returncode, out, said) == (1, "", [STOPPED])
    assert 0 < reviewed() < PHOTOS


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_its_processes_end_at_once_and_without_a_word(data_dir: Path, tmp_path: Path, number: signal.Signals) -> None:
    photos = write_dataset(tmp_path / "set", train=PHOTOS, val=0) / "images"
    with started(photos, 2) as child:
        until(lambda: len(workers_of(child)) == 2, child)
        pids = workers_of(child)
        # A kill is for one process; Ctrl+C goes to all of the terminal.
        (os.kill if number == signal.SIGTERM else os.killpg)(child.pid, number)
        out, err = child.communicate(timeout=60)
    assert (child.returncode, out, err) == (1, "", STOPPED + "\n")
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_where_a_worker_is_killed_it_is_said_and_the_others_end(data_dir: Path, tmp_path: Path) -> None:
    photos = write_dataset(tmp_path / "set", train=PHOTOS, val=0) / "images"
    with started(photos, 2) as child:
        until(lambda: len(workers_of(child)) == 2, child)
        pids = workers_of(child)
        os.kill(pids[0], signal.SIGKILL)
        out, err = child.communicate(timeout=60)
    assert (child.returncode, out) == (1, "")
    assert err == ENDED + "again: what was found is kept.\n"
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
