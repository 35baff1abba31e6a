"""A dataset's folder: built beside its place and put there whole, never over what is not ours."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foodcal_desktop.dataset.items import DatasetError

MANIFEST = ".foodcal-dataset.json"
"""Every dataset of ours says in this file which format it has and which files belong to it."""

_LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}


@contextlib.contextmanager
def built_beside(out: Path, format_name: str) -> Iterator[Path]:
    """A temporary folder beside ``out`` that takes its place when all went well, and is gone when not.

    Raises:
        DatasetError: ``out`` holds what is no dataset of ours, or cannot be written.
    """
    out = out.expanduser().resolve()
    _require_replaceable(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".tmp", dir=out.parent))
    except OSError as error:
        raise DatasetError(_unwritable(out, error)) from error
    try:
        yield work
        _write_manifest(work, format_name)
        _put_in_place(work, out)
    except OSError as error:
        raise DatasetError(_unwritable(out, error)) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _unwritable(out: Path, error: OSError) -> str:
    return f"The dataset could not be written to {out} ({error.strerror or error}); nothing was changed there."


def _require_replaceable(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise DatasetError(f"{out} is a file; please name a folder for the dataset.")
    found = files_in(out)
    if not found:
        return
    foreign = sorted(found - _own_files(out))
    if foreign:
        raise DatasetError(
            f"{out} holds {foreign[0]!r}, which is not part of a dataset of this program and would be lost; "
            "please choose an empty or new folder."
        )


def files_in(folder: Path) -> set[str]:
    """All files below a folder, as relative paths with slashes; not those that systems put everywhere."""
    found = (p for p in folder.rglob("*") if not p.is_dir() or p.is_symlink())
    return {p.relative_to(folder).as_posix() for p in found if p.name not in _LEFT_BY_SYSTEMS}


def _own_files(folder: Path) -> set[str]:
    """What a dataset of ours says belongs to it; nothing where the folder is none."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        return {MANIFEST, *manifest["files"]} if manifest["program"] == "foodcal-desktop" else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _write_manifest(folder: Path, format_name: str) -> None:
    files = sorted(files_in(folder))
    write_json(folder / MANIFEST, {"program": "foodcal-desktop", "format": format_name, "files": files})


def write_json(path: Path, value: Any) -> None:
    """Compact JSON in UTF-8. Raises OSError where the file cannot be written."""
    path.write_text(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def _put_in_place(work: Path, out: Path) -> None:
    work.chmod(0o755)
    if not out.exists():
        work.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".old", dir=out.parent))
    out.rename(old / "dataset")
    try:
        work.rename(out)
    except OSError:
        (old / "dataset").rename(out)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
