"""The sha256 of large files, with progress and a memory of what was hashed before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from foodcal_desktop.storage.files import write_whole

Progress = Callable[[int, int], None]
"""Called with the bytes done and the bytes in all."""

_CHUNK = 1 << 20


def file_sha256(path: Path, progress: Progress | None = None) -> str:
    """The sha256 of a file, in hexadecimal. Raises OSError where it cannot be read."""
    digest, done, total = hashlib.sha256(), 0, path.stat().st_size
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            done += len(chunk)
            if progress:
                progress(done, total)
    return digest.hexdigest()


class HashMemory:
    """Hashes of files that have not changed since (same size and time of change), so that 900 MB are read once.

    The memory is a small JSON file; where it is lost or damaged, the files are hashed again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def _read(self) -> dict[str, list[int | str]]:
        try:
            memory = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return memory if isinstance(memory, dict) else {}

    def sha256(self, path: Path, progress: Progress | None = None) -> str:
        """The file's sha256, from memory where the file is unchanged. Raises OSError where it cannot be read."""
        status = path.stat()
        stamp: list[int | str] = [status.st_size, status.st_mtime_ns]
        known = self._read().get(str(path))
        if isinstance(known, list) and known[:2] == stamp and len(known) == 3:
            return str(known[2])
        value = file_sha256(path, progress)
        self.learn(path, stamp, value)
        return value

    def learn(self, path: Path, stamp: list[int | str], value: str) -> None:
        """Remember a hash; a folder that cannot be written costs time later, and nothing else."""
        memory = {name: entry for name, entry in self._read().items() if Path(name).exists()}
        memory[str(path)] = [*stamp, value]
        try:
            write_whole(self._path, json.dumps(memory, indent=1).encode())
        except OSError:
            return
