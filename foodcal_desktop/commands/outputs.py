"""Where a command may write: never over what it reads."""

from __future__ import annotations

from pathlib import Path

import click


def require_spare(out: Path | None, *read: Path) -> None:
    """Raises UsageError where ``out`` is one of the files that are read, or lies in a folder of them.

    A link to such a file is that file. A new name in such a folder is free to be taken.
    """
    if out is None or not out.exists():
        return
    for path in read:
        if path.exists() and (out.samefile(path) or (path.is_dir() and path.resolve() in out.resolve().parents)):
            raise click.UsageError(f"{out} is read by this command and would be lost; name another file to write.")
