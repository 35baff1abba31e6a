"""The checkpoint catalogue: which weights files there are, whether they are whole, and which one is used.

What the program knows stands in ``models/catalog.json`` (the bundled checkpoint and the four official ones, with URL,
size and sha256); what the user brought or trained stands in ``own.json`` of the checkpoints folder.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from foodcal_desktop.storage import paths
from foodcal_desktop.storage.file_hash import HashMemory, Progress, file_sha256
from foodcal_desktop.storage.files import write_whole
from foodcal_desktop.storage.settings import CHECKPOINT, Settings
from foodcal_desktop.storage.weights_header import NotWeightsError, WeightsKind, recognise

BUNDLED = "lite"
SUFFIXES = (".pt", ".pth", ".safetensors")


class CheckpointError(ValueError):
    """Something is wrong with a checkpoint; the text is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A weights file the program knows: ``kind`` is "lite" or "sam2", ``origin`` "bundled", "official" or "own".

    ``config`` is the official config's name within the sam2 package, "" for kind lite. ``bytes`` and ``sha256`` are
    what the file must have. ``url`` is where it can be fetched, "" if nowhere. ``training`` says of a fine-tuned
    one what it came from: parent, dataset_sha256, recipe, and the figures before and after.
    """

    name: str
    kind: str
    origin: str
    path: Path
    bytes: int
    sha256: str
    config: str = ""
    url: str = ""
    parameters: int = 0
    note: str = ""
    training: dict[str, Any] | None = field(default=None, hash=False)

    @property
    def state(self) -> str:
        """Without reading the file: "ready" (there, of the right size), "missing" or "damaged"."""
        if not self.path.is_file():
            return "missing"
        return "ready" if self.path.stat().st_size == self.bytes else "damaged"


class Catalogue:
    """All checkpoints of this user. Cheap to make: it reads two small JSON files each time it is asked."""

    def __init__(self, models: Path | None = None, folder: Path | None = None) -> None:
        self._models = models or paths.models_dir()
        self._folder = folder or paths.checkpoints_dir()
        self._hashes = HashMemory(self._folder / "hashes.json")

    @property
    def folder(self) -> Path:
        """Where downloaded, imported and trained checkpoints are kept."""
        return self._folder

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """The bundled one, the official ones from small to large, then the user's own."""
        known = json.loads((self._models / "catalog.json").read_text(encoding="utf-8"))["checkpoints"]
        return (*(self._known(entry) for entry in known), *self._own())

    def _known(self, entry: dict[str, Any]) -> Checkpoint:
        fields = {key: value for key, value in entry.items() if key != "file"}
        base = self._models if entry["origin"] == "bundled" else self._folder
        return Checkpoint(**fields, path=base / entry["file"])

    def _own(self) -> tuple[Checkpoint, ...]:
        try:
            entries = json.loads((self._folder / "own.json").read_text(encoding="utf-8"))
            return tuple(Checkpoint(**{**entry, "path": self._folder / entry["path"]}) for entry in entries)
        except FileNotFoundError:
            return ()
        except (ValueError, TypeError, KeyError) as error:
            raise CheckpointError(
                f"The list of your own checkpoints ({self._folder / 'own.json'}) is damaged; delete it and import them "
                "again."
            ) from error

    def _write_own(self, own: tuple[Checkpoint, ...]) -> None:
        entries = [{**asdict(checkpoint), "path": checkpoint.path.name} for checkpoint in own]
        write_whole(self._folder / "own.json", json.dumps(entries, indent=1, ensure_ascii=False).encode())

    def get(self, name: str) -> Checkpoint:
        """The checkpoint of that name. Raises CheckpointError where there is none."""
        every = self.checkpoints()
        for checkpoint in every:
            if checkpoint.name == name:
                return checkpoint
        names = ", ".join(checkpoint.name for checkpoint in every)
        raise CheckpointError(f"There is no checkpoint '{name}'; there are: {names}.")

    def resolve(self, name_or_path: str | os.PathLike[str]) -> Checkpoint:
        """A checkpoint by its name, or any weights file by its path.

        Raises:
            CheckpointError: no such name or file, or the file holds other weights.
        """
        path = Path(name_or_path).expanduser()
        is_path = isinstance(name_or_path, os.PathLike) or path.suffix in SUFFIXES or len(path.parts) > 1
        return self._of_file(path) if is_path else self.get(str(name_or_path))

    def _of_file(self, path: Path) -> Checkpoint:
        _require_file(path)
        kind = _recognised(path)
        sha256 = self._hashes.sha256(path)
        for known in self.checkpoints():
            if known.sha256 == sha256:
                return replace(known, path=path)
        return Checkpoint(path.stem, kind.kind, "own", path, path.stat().st_size, sha256, config=kind.config)

    def require_whole(self, checkpoint: Checkpoint, progress: Progress | None = None, *, afresh: bool = False) -> None:
        """Check size and sha256; unless ``afresh``, an unchanged file that was hashed before is not read again.

        Raises:
            CheckpointError: the file is missing, half or wrong; the text says what to do.
        """
        again = _how_to_get(checkpoint)
        if checkpoint.state == "missing":
            raise CheckpointError(f"The checkpoint {checkpoint.name} is not on this computer yet; {again}.")
        size = checkpoint.path.stat().st_size
        if size != checkpoint.bytes:
            raise CheckpointError(
                f"The file of the checkpoint {checkpoint.name} has {size:,} bytes instead of {checkpoint.bytes:,}; "
                f"remove it, then {again}."
            )
        found = (file_sha256 if afresh else self._hashes.sha256)(checkpoint.path, progress)
        if found != checkpoint.sha256:
            raise CheckpointError(
                f"The file of the checkpoint {checkpoint.name} is not the right one (its sha256 begins with "
                f"{found[:8]} instead of {checkpoint.sha256[:8]}); remove it, then {again}."
            )

    def verify(self, name: str, progress: Progress | None = None) -> Checkpoint:
        """Read the whole file and compare size and sha256. Raises CheckpointError with what is wrong."""
        checkpoint = self.get(name)
        self.require_whole(checkpoint, progress, afresh=True)
        return checkpoint

    def remove(self, name: str) -> None:
        """Delete a checkpoint's file, and its entry if it is the user's own.

        Raises:
            CheckpointError: no such checkpoint, or the bundled one.
            OSError: the file cannot be deleted.
        """
        checkpoint = self.get(name)
        if checkpoint.origin == "bundled":
            raise CheckpointError(f"The checkpoint {name} belongs to the program and cannot be removed.")
        checkpoint.path.unlink(missing_ok=True)
        checkpoint.path.with_name(checkpoint.path.name + ".part").unlink(missing_ok=True)
        if checkpoint.origin == "own":
            self._write_own(tuple(one for one in self._own() if one.name != name))

    def import_file(
        self,
        source: Path,
        name: str = "",
        progress: Progress | None = None,
        note: str = "",
        training: dict[str, Any] | None = None,
    ) -> Checkpoint:
        """Take a weights file into the program's folder; an official one is known by its hash, whatever its name.

        Args:
            source: a .pt, .pth or .safetensors file.
            name: what to call the user's own checkpoint; its file's name by default.
            progress: told the bytes hashed.
            note: kept with the user's own checkpoint, such as how it was trained.
            training: kept with it, see Checkpoint.

        Raises:
            CheckpointError: the file is none of this program's, or the name is taken.
            OSError: it cannot be read or copied.
        """
        _require_file(source)
        _refuse_half_official(source, self.checkpoints())
        kind = _recognised(source)
        sha256 = file_sha256(source, progress)
        for known in self.checkpoints():
            if known.sha256 == sha256 and known.origin != "own":
                return self._take_official(source, known)
        name = self._free_name(name or source.stem)
        path = self._folder / f"{name}{source.suffix}"
        copy_whole(source, path)
        size = path.stat().st_size
        own = Checkpoint(name, kind.kind, "own", path, size, sha256, kind.config, note=note, training=training)
        self._write_own((*self._own(), own))
        return own

    def _take_official(self, source: Path, known: Checkpoint) -> Checkpoint:
        if known.origin == "official" and source.resolve() != known.path.resolve():
            copy_whole(source, known.path)
        return known

    def require_free(self, name: str) -> None:
        """Raises CheckpointError where a checkpoint has this name, or none can have it."""
        if self._free_name(name) != name:
            raise CheckpointError(f"'{name}' cannot be a checkpoint's name; use letters, digits, '-', '.' and '_'.")

    def _free_name(self, wanted: str) -> str:
        name = re.sub(r"[^\w.+-]+", "-", wanted).strip("-.") or "own"
        if any(checkpoint.name == name for checkpoint in self.checkpoints()):
            raise CheckpointError(f"There is already a checkpoint '{name}'; give this one another name.")
        return name

    def smaller_than(self, checkpoint: Checkpoint) -> Checkpoint | None:
        """The largest ready checkpoint with a smaller file, for a machine out of memory; None where there is none."""
        ready = [one for one in self.checkpoints() if one.state == "ready" and one.bytes < checkpoint.bytes]
        return max(ready, key=lambda one: one.bytes, default=None)

    def select(self, name: str, settings: Settings | None = None) -> Checkpoint:
        """Use this checkpoint from now on. Raises CheckpointError where its file is missing, half or wrong."""
        checkpoint = self.get(name)
        self.require_whole(checkpoint)
        (settings or Settings.load()).set(CHECKPOINT, name)
        return checkpoint

    def selected(self, settings: Settings | None = None, warn: Callable[[str], None] | None = None) -> Checkpoint:
        """The checkpoint of the settings; the bundled one, and a sentence to ``warn``, where its file is gone."""
        name = (settings or Settings.load()).get(CHECKPOINT)
        for one in self.checkpoints():
            if one.name == name and one.state == "ready":
                return one
        if warn:
            warn(f"The checkpoint {name} is not on this computer any more; the bundled one is used instead.")
        return self.get(BUNDLED)


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that ``target`` exists whole or not at all. Raises OSError."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        shutil.copyfile(source, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _require_file(path: Path) -> None:
    if not path.is_file():
        raise CheckpointError(f"There is no file {path}.")
    if path.suffix not in SUFFIXES:
        raise CheckpointError(f"{path.name} is no checkpoint; files ending in .pt or .safetensors are.")


def _recognised(path: Path) -> WeightsKind:
    try:
        return recognise(path)
    except NotWeightsError as error:
        raise CheckpointError(str(error)) from error


def _refuse_half_official(source: Path, known: tuple[Checkpoint, ...]) -> None:
    """A file with an official one's name and another size is most often half a download: say so, with both sizes."""
    size = source.stat().st_size
    for checkpoint in known:
        if checkpoint.origin == "official" and checkpoint.path.name == source.name and size != checkpoint.bytes:
            raise CheckpointError(
                f"{source.name} has {size:,} bytes instead of {checkpoint.bytes:,}; fetch it again from "
                f"{checkpoint.url}."
            )


def _how_to_get(checkpoint: Checkpoint) -> str:
    if checkpoint.origin == "official":
        return f"download it (foodcal-desktop checkpoints download {checkpoint.name}) or import its file"
    return "import its file again" if checkpoint.origin == "own" else "install foodcal-desktop again"
