"""The real worker processes: how long a person waits for a click, and whether the window stands still meanwhile."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from benchmarks.qt import PauseProbe, application, wait_until
from benchmarks.report import Row, timed_rows
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.prompt import BoxPrompt, Candidate, PointPrompt, Prompts
from foodcal_desktop.headless import sample_photo
from foodcal_desktop.storage import paths, photos
from foodcal_desktop.window import Program

CLICKS, CLOSER_LOOKS = 40, 8


def large_photo(folder: Path) -> Photo:
    """The bundled sample at 12 megapixels."""
    with Image.open(sample_photo()) as image:
        image.convert("RGB").resize((4000, 2667)).save(folder / "large.jpg", quality=92)
    return photos.load(folder / "large.jpg").photo


def embed(worker: WorkerClient, photo: Photo) -> float:
    done: list[str] = []
    worker.embedded.connect(done.append)
    worker.embed(photo)
    taken = wait_until(lambda: photo.sha256 in done)
    worker.embedded.disconnect(done.append)
    return taken


def clicks(worker: WorkerClient, photo: Photo, preview_before: bool = False) -> list[float]:
    """From the click to candidates in the window's process, each elsewhere on the photo.

    With a preview before it the click comes just when the preview was sent, which is as bad as it gets.
    """
    answers: list[int] = []
    worker.predicted.connect(lambda request, _: answers.append(request))
    chance, taken = np.random.default_rng(1), []
    for _ in range(CLICKS):
        point = PointPrompt(float(chance.uniform(0, photo.width)), float(chance.uniform(0, photo.height)))
        if preview_before:
            worker.predict(photo.sha256, Prompts((PointPrompt(photo.width / 2, photo.height / 2),)), preview=True)
        request = worker.predict(photo.sha256, Prompts((point,)))
        taken.append(wait_until(lambda request=request: request in answers))
    return taken


def closer(worker: WorkerClient, photo: Photo, same_window: bool) -> list[float]:
    """From a box's answer to its finer mask in the window's process; in a window that is new, or was encoded before."""
    answers: list[tuple[Candidate, ...]] = []
    finer: list[str] = []
    worker.predicted.connect(lambda _, candidates: answers.append(candidates))
    worker.looks.looked.connect(lambda looked: finer.append(looked.item))
    taken = []
    for number in range(CLOSER_LOOKS):
        shift = 0.0 if same_window else number * photo.width / 40
        box = BoxPrompt(0.2 * photo.width + shift, 0.3 * photo.height, 0.4 * photo.width + shift, 0.6 * photo.height)
        worker.predict(photo.sha256, Prompts(box=box))
        wait_until(lambda wanted=number + 1: len(answers) == wanted)
        worker.looks.look_closer(photo, str(number), Prompts(box=box), answers[-1][0])
        taken.append(wait_until(lambda number=number: str(number) in finer))
    return taken[1:] if same_window else taken


def painted(photo: Photo) -> list[float]:
    """From a real mouse click in the window to its mask painted, each elsewhere on the photo."""
    program = Program()
    program.start([photo.path])
    window, prompts = program.window, program.prompts
    wait_until(lambda: program.session.photo is not None and program.worker.has_embedding(photo.sha256))
    canvas, chance, taken = window.annotate.canvas, np.random.default_rng(2), []
    for _ in range(CLICKS):
        x, y = chance.uniform(0.1, 0.9, 2) * (photo.width, photo.height)
        at = canvas.view.to_widget(float(x), float(y)).toPoint()
        started = time.perf_counter()
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        wait_until(lambda: prompts.candidate is not None and not prompts.waiting)
        canvas.repaint()
        taken.append(time.perf_counter() - started)
        prompts.discard()
        QCoreApplication.processEvents()
    program.close()
    return taken


def found(worker: WorkerClient, photo: Photo) -> float:
    answers: list[str] = []
    worker.found.connect(lambda sha, _: answers.append(sha))
    worker.find(photo)
    return wait_until(lambda: photo.sha256 in answers)


def measure() -> list[Row]:
    application()
    photo, probe, worker = large_photo(paths.data_dir()), PauseProbe(), WorkerClient()
    ready: list[str] = []
    worker.checkpoint_ready.connect(ready.append)
    started = time.perf_counter()
    worker.start()
    wait_until(lambda: bool(ready))
    rows = [Row("start of the workers until the checkpoint is ready", time.perf_counter() - started, "s")]
    probe.start()
    rows.append(Row("encode a photo of 12 MP (decoding and hash included)", embed(worker, photo), "s"))
    rows.append(Row("longest pause of the event loop during that", 1000 * probe.stop(), "ms", probe.note))
    rows += timed_rows("click to candidates at 12 MP", clicks(worker, photo))
    rows += timed_rows("the same, just when a preview was asked for", clicks(worker, photo, preview_before=True))
    rows += timed_rows("answer to the closer look's mask, a new window", closer(worker, photo, same_window=False))
    rows += timed_rows("the same, a window encoded before", closer(worker, photo, same_window=True))
    rows.append(Row("reopen, embedding known", 1000 * embed(worker, photo), "ms"))
    rows.append(Row("find all foods", found(worker, photo), "s"))
    worker.stop()
    rows += after_restart(photo)
    return [*rows, *timed_rows("click to painted mask at 12 MP, in the window", painted(photo))]


def after_restart(photo: Photo) -> list[Row]:
    """Fresh processes: the embedding comes from the disk."""
    worker, ready = WorkerClient(), []
    worker.checkpoint_ready.connect(ready.append)
    worker.start()
    wait_until(lambda: bool(ready))
    taken = embed(worker, photo)
    first = clicks(worker, photo)[0]
    worker.stop()
    return [
        Row("reopen after a restart, from the disk cache", 1000 * taken, "ms"),
        Row("first click after a restart", 1000 * first, "ms"),
    ]
