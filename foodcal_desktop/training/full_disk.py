"""A disk that runs full while a training writes: torch and safetensors say it in words of their own."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from safetensors import SafetensorError

# EFBIG: a file system, or a limit set by an administrator, allows no larger file.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class FullDiskError(OSError):
    """There is no room; the text is one sentence that says what to do."""


@contextlib.contextmanager
def said_plainly(folder: Path) -> Iterator[None]:
    """Within, whatever cannot be written for want of room is a FullDiskError."""
    try:
        yield
    except (OSError, RuntimeError, SafetensorError) as error:
        if not _is_full(error):
            raise
        raise FullDiskError(
            f"The disk of {folder} is full; make room and run the command again, with --resume if an epoch was over."
        ) from error


def _is_full(error: BaseException) -> bool:
    """Whether a file could not be written; torch.save tells no number, only where in its own source it failed."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    text = str(error)
    if isinstance(error, SafetensorError):
        return any(f"os error {number}" in text for number in _FULL)
    return "inline_container" in text and "PytorchStreamReader" not in text
