"""One window per user and data folder: a second start hands its photos to the first and ends.

A lock file in the data folder says who is first; the system frees it, and we take it over, when its owner is gone,
however it went. The first listens on a local socket that only its user can reach.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

# By this a Wayland desktop lets a program that was just started put a window in front.
ACTIVATION_VARIABLE = "XDG_ACTIVATION_TOKEN"
LOCK_NAME = "window.lock"

_MAX_MESSAGE = 1 << 20
_ANSWER = b"shown\n"
# The first may itself be starting, and reading its database, when the second asks.
_PATIENCE_S = 5.0
_PAUSE_S = 0.05
_HEARING_MS = 300


class SingleInstance(QObject):
    """The first window of a data folder, or a messenger to it. ``asked(photos)`` means: show yourself, open these."""

    asked = Signal(list)

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.address = socket_address(data_dir)
        self._lock = QLockFile(str(data_dir / LOCK_NAME))
        # Never stale by age, for a window may stay open for weeks; only when its process is gone.
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def hand_over(self, photos: Sequence[str], patience_s: float = _PATIENCE_S) -> bool:
        """Whether a first window has taken the photos and shown itself; otherwise this one is to open.

        A first window that does not answer in time is left alone: two windows on one database are allowed.
        """
        until = time.monotonic() + patience_s
        while not self._become_first():
            if _ask(self.address, photos):
                return True
            if self._lock.error() != QLockFile.LockError.LockFailedError or time.monotonic() >= until:
                return False
            time.sleep(_PAUSE_S)
        return False

    @property
    def is_first(self) -> bool:
        """Whether this process listens for later starts."""
        return self._server is not None

    def close(self) -> None:
        """Let another be the first."""
        if self._server is not None:
            self._server.close()
            self._server = None
            self._lock.unlock()

    def _become_first(self) -> bool:
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self.address)  # what a killed program left
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        server.listen(self.address)
        self._server = server
        return True

    def _on_connection(self) -> None:
        """Hear a later start to its end: it writes at once, and is not waited for any longer than that takes."""
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            photos = self._heard(socket)
            socket.disconnectFromServer()
            socket.deleteLater()
            if photos is not None:
                self.asked.emit(photos)

    def _heard(self, socket: QLocalSocket) -> list[str] | None:
        while not socket.canReadLine():
            if socket.bytesAvailable() > _MAX_MESSAGE or not socket.waitForReadyRead(_HEARING_MS):
                return None
        try:
            photos, token = _parsed(bytes(socket.readLine().data()))
        except ValueError:
            return None
        if token:
            os.environ[ACTIVATION_VARIABLE] = token
        socket.write(_ANSWER)
        socket.waitForBytesWritten(_HEARING_MS)
        return photos


def socket_address(data_dir: Path) -> str:
    """A short name of this user and data folder, within the user's runtime folder where there is one.

    Short, for a socket's path may have about 100 bytes and the data folder's own may be longer.
    """
    user = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    digest = hashlib.sha256(f"{user}\0{data_dir.resolve()}".encode()).hexdigest()[:20]
    name = f"foodcal-desktop-{digest}"
    if sys.platform == "win32":
        return name
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return str((runtime if runtime.is_dir() else Path(tempfile.gettempdir())) / name)


def _ask(address: str, photos: Sequence[str]) -> bool:
    """Send photos to the window at an address; whether it has answered."""
    if not _is_ours(address):
        return False
    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(500):
        return False
    socket.write(_message(photos))
    answered = socket.waitForBytesWritten(500) and socket.waitForReadyRead(2000)
    return bool(answered and bytes(socket.readAll().data()) == _ANSWER)


def _is_ours(address: str) -> bool:
    """Whether a socket was made by this user: in a shared folder of temporary files another might wait for photos."""
    if not hasattr(os, "getuid"):
        return True
    try:
        return Path(address).stat().st_uid == os.getuid()
    except OSError:
        return False


def _message(photos: Sequence[str]) -> bytes:
    absolute = [str(Path(photo).absolute()) for photo in photos]
    content = {"photos": absolute, "activation": os.environ.get(ACTIVATION_VARIABLE, "")}
    return json.dumps(content).encode("ascii") + b"\n"


def _parsed(line: bytes) -> tuple[list[str], str]:
    content = json.loads(line)
    if not isinstance(content, dict) or not isinstance(content.get("photos"), list):
        raise ValueError("no such message")
    return [photo for photo in content["photos"] if isinstance(photo, str)], str(content.get("activation", ""))
