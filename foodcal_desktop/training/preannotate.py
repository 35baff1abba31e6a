"""Pre-annotate many photos: every food found on each, by several processes or by the machines of a Dask cluster."""

from __future__ import annotations

import contextlib
import functools
import importlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

import torch

from foodcal_desktop.core.annotation import Annotation, Photo, new_id
from foodcal_desktop.core.overlap import settled, stacked
from foodcal_desktop.segmentation import devices
from foodcal_desktop.segmentation.loading import load_checkpoint
from foodcal_desktop.segmentation.proposals import find_foods
from foodcal_desktop.segmentation.segmenter import Segmenter
from foodcal_desktop.storage import photos
from foodcal_desktop.storage.checkpoints import Checkpoint

SHARD = 8
"""Photos of one task: few enough to share out evenly, many enough that handing them over costs nothing."""


class PreannotationError(ValueError):
    """Photos cannot be shared out; the text is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Found:
    """A photo with what was found on it; or no photo and a sentence on why it could not be opened."""

    path: Path
    photo: Photo | None
    annotations: tuple[Annotation, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker must know; the checkpoint's file has to be at the same path on each machine."""

    checkpoint: Checkpoint
    device: str = "auto"
    threads: int = 0


def annotate_shard(job: Job, shard: Sequence[Path]) -> list[Found]:
    """What one worker does with its photos. A photo that cannot be opened is told, the others go on."""
    segmenter = _segmenter(job)
    return [_found(segmenter, job.checkpoint.name, path) for path in shard]


@functools.cache
def _segmenter(job: Job) -> Segmenter:
    device = devices.choose(job.device)
    if job.threads:
        torch.set_num_threads(job.threads)
    return load_checkpoint(job.checkpoint, device)


def _found(segmenter: Segmenter, checkpoint: str, path: Path) -> Found:
    try:
        loaded = photos.load(path)
    except photos.PhotoError as error:
        return Found(path, None, error=str(error))
    candidates = find_foods(segmenter, segmenter.embed(loaded.pixels))
    now = datetime.now().isoformat(timespec="seconds")
    annotations = (
        Annotation(
            id=new_id(),
            photo=loaded.photo.sha256,
            mask=candidate.mask,
            predicted_iou=candidate.predicted_iou,
            checkpoint=checkpoint,
            order=number,
            created_at=now,
        )
        for number, candidate in enumerate(candidates)
    )
    return Found(path, loaded.photo, stacked(settled({}, {row.id: row for row in annotations}).values()))


def shards(paths: Sequence[Path], size: int = SHARD) -> list[list[Path]]:
    """The photos in tasks."""
    return [list(paths[start : start + size]) for start in range(0, len(paths), size)]


def annotate(paths: Sequence[Path], job: Job, workers: int = 1, scheduler: str = "") -> Generator[Found]:
    """Annotate photos, in whatever order they are done. Where it is closed before its end its processes end at once.

    Args:
        paths: of the photos.
        job: the checkpoint to find foods with.
        workers: processes on this machine; 1 works in this one.
        scheduler: the address of a Dask scheduler (such as tcp://host:8786) whose machines work instead.

    Raises:
        PreannotationError: Dask is not installed or its scheduler does not answer, or a process was ended.
        ValueError: the checkpoint cannot be loaded.
    """
    if scheduler:
        return _flat(_by_dask(shards(paths), job, scheduler))
    if workers > 1:
        return _flat(_by_processes(shards(paths), job, workers))
    # One by one, so that what is stopped has stored all but the photo in hand.
    return _flat(annotate_shard(job, [path]) for path in paths)


def _flat(results: Generator[list[Found]]) -> Generator[Found]:
    with contextlib.closing(results):
        for result in results:
            yield from result


def _by_processes(tasks: list[list[Path]], job: Job, workers: int) -> Generator[list[Found]]:
    # Forked processes would inherit torch's threads half alive; spawned ones start afresh on every system.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent) as pool:
        try:
            with _unheard_by_children():
                running = [pool.submit(annotate_shard, job, task) for task in tasks]
            for done in as_completed(running):
                yield done.result()
        except BrokenProcessPool as error:
            raise PreannotationError(
                "One of the processes was ended, as happens where memory runs out; give fewer --workers and run "
                "the command again: what was found is kept."
            ) from error
        except BaseException:
            # Else the pool would first do all that is left.
            pool.shutdown(wait=False, cancel_futures=True)
            for child in multiprocessing.active_children():
                child.terminate()
            raise


@contextlib.contextmanager
def _unheard_by_children() -> Iterator[None]:
    """Processes started within do not hear Ctrl+C, which goes to all: each of them would print where it was."""
    if sys.platform == "win32":
        yield
        return
    # Blocked, not ignored: what comes meanwhile is heard by this process afterwards.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    """A pool's process waits for work for ever where its parent was killed: it holds the other end itself."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_exit, args=(parent,), daemon=True).start()


def _wait_and_exit(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _by_dask(tasks: list[list[Path]], job: Job, scheduler: str) -> Generator[list[Found]]:
    try:
        distributed = importlib.import_module("distributed")
    except ImportError as error:
        raise PreannotationError("Dask is not installed; run: pip install 'foodcal-desktop[cluster]'.") from error
    try:
        client = distributed.Client(scheduler)
    except (OSError, ValueError) as error:
        raise PreannotationError(
            f"No Dask scheduler answers at {scheduler}; start one (dask scheduler) and give its address."
        ) from error
    with client:
        running = client.map(functools.partial(annotate_shard, job), tasks, pure=False)
        for _, result in distributed.as_completed(running, with_results=True):
            yield result
