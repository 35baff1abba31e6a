"""Small helpers for files: writing whole or not at all, and the order people expect of names."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_DIGITS = re.compile(r"(\d+)")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: a temporary file beside it, fsync, replace.

    Raises:
        OSError: the folder cannot be written or is full; an earlier file of that name is then still as it was.
    """
    with _named(path):
        _write_beside(path, data)


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """What is refused is said of the file that is wanted, not of the temporary one beside it."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _write_beside(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    # The mask can only be read by setting it; a private file for that instant is the safe side.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def natural_key(name: str) -> list[Any]:
    """Sorts "photo 2" before "photo 10", capitals and small letters alike: texts and numbers in turn, a text first."""
    parts: list[Any] = _DIGITS.split(name.casefold())
    parts[1::2] = map(int, parts[1::2])
    return parts


def free_name(path: Path) -> Path:
    """``path``, or the first of "name 2", "name 3" … that does not exist."""
    candidate, number = path, 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem} {number}{path.suffix}")
        number += 1
    return candidate
