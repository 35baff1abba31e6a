"""The same training in several processes (torchrun), by DistributedDataParallel; alone, nothing of it happens."""

from __future__ import annotations

import contextlib
import datetime
import os
import signal
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import torch
from torch import distributed as dist
from torch import nn

T = TypeVar("T")


class RefusedElsewhereError(RuntimeError):
    """The first process could not prepare what all need, and says why."""


class ProcessLostError(RuntimeError):
    """Another process of the training is gone; the text is one sentence that says what to do."""


def is_launched() -> bool:
    """Whether torchrun started this process among others."""
    return int(os.environ.get("WORLD_SIZE", "1")) > 1


@contextlib.contextmanager
def group() -> Iterator[None]:
    """Belong to torchrun's processes within, one GPU or their share of the CPU's threads each.

    Raises:
        ProcessLostError: one of the others was killed, or ended with a failure of its own.
    """
    if not is_launched():
        yield
        return
    if torch.cuda.is_available():
        torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
    torch.set_num_threads(max(torch.get_num_threads() // int(os.environ.get("LOCAL_WORLD_SIZE", "1")), 1))
    # The others wait while the first one evaluates.
    patience = datetime.timedelta(hours=2)
    dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo", timeout=patience)
    try:
        yield
    except Exception as error:
        # torchrun ends the others as soon as one has failed; let this one say first what it knows.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if _is_of_a_lost_process(error):
            raise ProcessLostError(_LOST.format(number=rank())) from error
        raise
    finally:
        dist.destroy_process_group()


_LOST = (
    "Process {number} ended because another process of this training is gone; what was learned is kept, and the same "
    "command with --resume goes on."
)


def _is_of_a_lost_process(error: Exception) -> bool:
    """NCCL has a class for it, gloo only a text."""
    return isinstance(error, dist.DistError) or (isinstance(error, RuntimeError) and "gloo" in str(error))


def _is_on() -> bool:
    return dist.is_available() and dist.is_initialized()


def rank() -> int:
    """This process's number, 0 for the first one or alone."""
    return dist.get_rank() if _is_on() else 0


def world_size() -> int:
    """How many processes train together."""
    return dist.get_world_size() if _is_on() else 1


def is_first() -> bool:
    """Whether this process is the one that measures, saves and tells."""
    return rank() == 0


def wrapped(module: nn.Module) -> nn.Module:
    """The module with its gradients averaged over the processes."""
    if not _is_on():
        return module
    # No buffer of these networks changes while they learn. To send them at each forward pass, the processes would have
    # to run equally many of them, and one whose memory ran out has run fewer.
    return nn.parallel.DistributedDataParallel(module, find_unused_parameters=True, broadcast_buffers=False)


def synchronised(module: nn.Module, last: bool) -> contextlib.AbstractContextManager[Any]:
    """Gradients of all but the last part of a step stay in their process."""
    if last or not isinstance(module, nn.parallel.DistributedDataParallel):
        return contextlib.nullcontext()
    context: contextlib.AbstractContextManager[Any] = module.no_sync()
    return context


def wait_for_all() -> None:
    """Go on only when every process has come this far."""
    if _is_on():
        dist.barrier()


def same_everywhere(number: int) -> int:
    """The first process's number."""
    if not _is_on():
        return number
    box = [number]
    dist.broadcast_object_list(box, src=0)
    return int(box[0])


def first_says(flag: bool) -> bool:
    """Whether it is so in the first process, which decides for all."""
    return bool(same_everywhere(int(flag)))


def alike(prepare: Callable[[], T]) -> T:
    """What all processes prepare in the same way; what the first one cannot, it alone says. All have to ask.

    Raises:
        RefusedElsewhereError: the first process could not.
    """
    problem: Exception | None = None
    try:
        prepared = prepare()
    except Exception as error:  # noqa: BLE001 - raised again, once all know of it
        problem = error
    if first_says(problem is not None) and not is_first():
        raise RefusedElsewhereError from problem
    if problem is not None:
        raise problem
    return prepared


def largest(number: int) -> int:
    """The largest of all processes' numbers, the same everywhere; all have to ask."""
    if not _is_on():
        return number
    box = torch.tensor([number], device="cuda" if dist.get_backend() == "nccl" else "cpu")
    dist.all_reduce(box, dist.ReduceOp.MAX)
    return int(box[0])
