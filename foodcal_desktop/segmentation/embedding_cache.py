"""Embeddings on the disk, half precision, keyed by photo and checkpoint and bounded in bytes."""

from __future__ import annotations

import os
from pathlib import Path

from foodcal_desktop.segmentation.segmenter import Embedding
from foodcal_desktop.storage import paths
from foodcal_desktop.storage.settings import DISK_CACHE_BYTES, Settings


class EmbeddingCache:
    """A folder of embedding files, the least recently used removed first when it outgrows its bound."""

    def __init__(self, folder: Path | None = None, max_bytes: int | None = None) -> None:
        self._folder = folder or paths.embeddings_dir()
        self._max_bytes = max_bytes if max_bytes is not None else Settings.load().get(DISK_CACHE_BYTES)

    def path(self, photo_sha256: str, checkpoint_hash: str) -> Path:
        """Where the embedding of this photo by this checkpoint is or would be."""
        return self._folder / f"{checkpoint_hash[:16]}-{photo_sha256}.safetensors"

    @staticmethod
    def checkpoint_of(path: Path) -> str:
        """The beginning of the hash of the checkpoint that made a stored embedding, "" for another file's name."""
        beginning, _, rest = path.name.partition("-")
        return beginning if rest and len(beginning) == 16 else ""

    def touch(self, path: Path) -> bool:
        """Whether the file is there; it then counts as just used."""
        try:
            os.utime(path)
        except FileNotFoundError:
            return False
        return True

    def read(self, path: Path) -> Embedding:
        """A stored embedding, memory-mapped. Raises OSError or ValueError where it is missing or damaged."""
        return Embedding.load(path)

    def write(self, path: Path, embedding: Embedding) -> None:
        """Store an embedding whole or not at all, then make room."""
        part = path.with_suffix(f".{os.getpid()}.part")
        embedding.save(part)
        part.replace(path)
        self._prune(keep=path)

    def _prune(self, keep: Path) -> None:
        files = sorted((f.stat().st_mtime, f.stat().st_size, f) for f in self._folder.glob("*.safetensors"))
        excess = sum(size for _, size, _ in files) - self._max_bytes
        for _, size, file in files:
            if excess <= 0:
                break
            if file != keep:
                file.unlink(missing_ok=True)
                excess -= size
