"""Fetching a checkpoint: resumed after a break, bounded in time and bytes, verified before the file gets its name.

The bytes arrive in ``NAME.part`` beside the target. A server that stalls, breaks off, ignores Range, lies about the
length or sends other bytes costs another try; what finally does not match size and sha256 never gets the name.
"""

from __future__ import annotations

import http.client
import shutil
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from foodcal_desktop.storage.checkpoints import Checkpoint, CheckpointError
from foodcal_desktop.storage.file_hash import file_sha256
from foodcal_desktop.storage.http_connection import hang_up_when, opener, range_start, reason

_CHUNK = 1 << 18
# A try that brought fewer new bytes than this counts as failed.
_HEADWAY = 1 << 20


class DownloadCancelledError(CheckpointError):
    """The download was cancelled; what has arrived is kept for the next time."""


class _TryAgainError(Exception):
    """This attempt failed; another may succeed. The text says why."""


class _StartOverError(_TryAgainError):
    """What has arrived is useless: the next attempt begins at the first byte."""


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """How far a download is; ``bytes_per_second`` over the last seconds, 0 at first."""

    done: int
    total: int
    bytes_per_second: float
    phase: str = "download"  # or "verify"


@dataclass(frozen=True, slots=True)
class DownloadOptions:
    """``mirror``: a folder's URL to take the file from instead; ``proxy``: an http proxy's URL; both "" for none."""

    mirror: str = ""
    proxy: str = ""
    tries: int = 6
    stall_seconds: float = 20.0
    pause_seconds: float = 1.0


@dataclass(slots=True)
class _Speed:
    """Bytes per second over the last few seconds."""

    window: float = 3.0
    _marks: list[tuple[float, int]] = field(default_factory=list)

    def add(self, done: int) -> float:
        now = time.monotonic()
        self._marks = [mark for mark in self._marks if now - mark[0] <= self.window] + [(now, done)]
        (start, first), (end, last) = self._marks[0], self._marks[-1]
        return (last - first) / (end - start) if end > start else 0.0


def download(
    checkpoint: Checkpoint,
    options: DownloadOptions | None = None,
    progress: Callable[[DownloadProgress], None] | None = None,
    cancel: threading.Event | None = None,
) -> Path:
    """Fetch an official checkpoint's file into its place; returns at once where it is there and right.

    Raises:
        DownloadCancelledError: ``cancel`` was set.
        CheckpointError: no URL, no room, or no server gave the right bytes; the text says what to do.
        OSError: the folder cannot be written.
    """
    work = _Download(
        checkpoint, options or DownloadOptions(), progress or (lambda _: None), cancel or threading.Event()
    )
    if not checkpoint.url and not work.options.mirror:
        raise CheckpointError(f"The checkpoint {checkpoint.name} is not to be downloaded; import its file.")
    if checkpoint.state != "ready" or work.sha256(checkpoint.path) != checkpoint.sha256:
        work.run()
    return checkpoint.path


class _Download:
    def __init__(
        self,
        checkpoint: Checkpoint,
        options: DownloadOptions,
        progress: Callable[[DownloadProgress], None],
        cancel: threading.Event,
    ) -> None:
        self.checkpoint, self.options = checkpoint, options
        self._progress, self._cancel = progress, cancel
        self._part = checkpoint.path.with_name(checkpoint.path.name + ".part")
        self._url = source_url(checkpoint, options.mirror)
        self._opener = opener(options.proxy)
        self._speed = _Speed()

    def run(self) -> None:
        """Try until the file is there. A try that made headway costs nothing, one that must start over half of all."""
        self._require_room()
        left = self.options.tries
        while True:
            before = self._have()
            try:
                self._fetch()
                return self._finish()
            except _TryAgainError as error:
                left -= self._cost(error, before)
                if left <= 0:
                    raise CheckpointError(self._give_up(str(error))) from error
            self._pause(self.options.tries - left)

    def _cost(self, error: _TryAgainError, before: int) -> int:
        if isinstance(error, _StartOverError):
            self._part.unlink(missing_ok=True)
            return (self.options.tries + 1) // 2
        return 0 if self._have() - before >= _HEADWAY else 1

    def _have(self) -> int:
        return self._part.stat().st_size if self._part.is_file() else 0

    def _require_room(self) -> None:
        needed = self.checkpoint.bytes - self._have()
        free = shutil.disk_usage(self.checkpoint.path.parent).free
        if free < needed:
            raise CheckpointError(
                f"The disk has {free / 1e6:,.0f} MB free and {needed / 1e6:,.0f} MB are needed; make room, then try "
                "again."
            )

    def _give_up(self, why: str) -> str:
        return (
            f"The checkpoint {self.checkpoint.name} could not be downloaded ({why}); try again later, set a mirror or "
            "proxy, or fetch the file elsewhere and import it."
        )

    def _pause(self, failures: int) -> None:
        if self._cancel.wait(min(self.options.pause_seconds * 2 ** max(failures - 1, 0), 30.0)):
            self._stop()

    def _stop(self) -> None:
        raise DownloadCancelledError(f"The download of {self.checkpoint.name} was cancelled; it resumes where it was.")

    def _fetch(self) -> None:
        """One connection: append to the part file from where it ends."""
        have, total = self._have(), self.checkpoint.bytes
        if have > total:
            raise _StartOverError("more bytes than expected had arrived")
        if have == total:
            return
        try:
            with self._connection(have) as response:
                start = self._start_of(response, have)
                self._receive(response, start)
        except (OSError, http.client.HTTPException) as error:
            if self._cancel.is_set():
                self._stop()
            raise _TryAgainError(reason(error)) from error

    @contextmanager
    def _connection(self, have: int) -> Iterator[Any]:
        headers = {"User-Agent": "foodcal-desktop", "Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
        request = urllib.request.Request(self._url, headers=headers)
        try:
            response = self._opener.open(request, timeout=self.options.stall_seconds)
        except urllib.error.HTTPError as error:
            with error:
                if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                    raise _StartOverError("the server could not resume") from error
                raise _TryAgainError(f"the server answered {error.code} {error.reason}") from error
        with response, hang_up_when(self._cancel, response):
            yield response

    def _start_of(self, response: Any, have: int) -> int:
        """Where the answer's bytes begin, after its headers have been found plausible."""
        start = 0
        if response.status == http.HTTPStatus.PARTIAL_CONTENT:
            start = range_start(response.headers.get("Content-Range", ""))
            if start != have:
                raise _StartOverError("the server resumed at another place")
        length = response.headers.get("Content-Length")
        if length is not None and (not length.isdigit() or start + int(length) != self.checkpoint.bytes):
            offered = start + int(length) if length.isdigit() else 0
            raise _StartOverError(f"the server offers {offered:,} bytes instead of {self.checkpoint.bytes:,}")
        return start

    def _receive(self, response: Any, start: int) -> None:
        done, total = start, self.checkpoint.bytes
        with self._part.open("r+b" if start else "wb") as file:
            file.seek(start)
            while chunk := response.read1(_CHUNK):
                if self._cancel.is_set():
                    self._stop()
                done += len(chunk)
                if done > total:
                    break
                file.write(chunk)
                self._progress(DownloadProgress(done, total, self._speed.add(done)))
        if self._cancel.is_set():
            self._stop()
        if done > total:
            raise _StartOverError("the server sent more bytes than expected")
        if done < total:
            raise _TryAgainError("the connection broke off")

    def _finish(self) -> None:
        found = self.sha256(self._part)
        if found != self.checkpoint.sha256:
            raise _StartOverError("the server sent other bytes than the checkpoint's")
        self._part.replace(self.checkpoint.path)

    def sha256(self, path: Path) -> str:
        """The file's sha256, with progress. Raises DownloadCancelledError."""

        def tell(done: int, total: int) -> None:
            if self._cancel.is_set():
                self._stop()
            self._progress(DownloadProgress(done, total, 0.0, "verify"))

        return file_sha256(path, tell)


def source_url(checkpoint: Checkpoint, mirror: str = "") -> str:
    """Where the file is fetched: the mirror's folder (or the file itself there), else the catalogue's URL.

    Raises:
        CheckpointError: the mirror is no http(s) address.
    """
    if not mirror:
        return checkpoint.url
    if urlsplit(mirror).scheme not in ("http", "https") or not urlsplit(mirror).netloc:
        raise CheckpointError(f"The mirror '{mirror}' is no address; it must begin with https:// or http://.")
    name = quote(checkpoint.path.name)
    return mirror if mirror.endswith("/" + name) else f"{mirror.rstrip('/')}/{name}"
