"""One HTTP connection: certificates, proxy, hanging up in the middle of a read, and what went wrong in words."""

from __future__ import annotations

import http.client
import socket
import ssl
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_APPLE_CERTIFICATES = Path("/etc/ssl/cert.pem")


def opener(proxy: str) -> urllib.request.OpenerDirector:
    """Connections by the given proxy, or by the one the system names, checked against the system's certificates."""
    handlers: list[urllib.request.BaseHandler] = []
    if proxy:
        address = proxy if "://" in proxy else f"http://{proxy}"
        handlers.append(urllib.request.ProxyHandler({"http": address, "https": address}))
    context = ssl.create_default_context()
    if sys.platform == "darwin" and _APPLE_CERTIFICATES.is_file():
        context.load_verify_locations(_APPLE_CERTIFICATES)  # a frozen Python on macOS finds none by itself
    handlers.append(urllib.request.HTTPSHandler(context=context))
    return urllib.request.build_opener(*handlers)


@contextmanager
def hang_up_when(cancel: threading.Event, response: Any) -> Iterator[None]:
    """Shut the connection down when ``cancel`` is set: a read that waits for a stalled server returns at once."""
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            if cancel.wait(0.1):
                _shut_down(response)
                return

    watcher = threading.Thread(target=watch, name="download-cancel", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _shut_down(response: Any) -> None:
    try:
        line = socket.socket(fileno=response.fileno())
    except (OSError, ValueError):
        return  # the response was closed in this instant
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
    finally:
        line.detach()


def range_start(header: str) -> int:
    """The first byte of a Content-Range header ("bytes 100-199/200"), -1 where it says nothing usable."""
    first = header.removeprefix("bytes ").split("-")[0]
    return int(first) if first.isdigit() else -1


def reason(error: Exception) -> str:
    """Why a connection failed, as a part of a sentence."""
    if isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError):
        return "the server stopped sending"
    reason = getattr(error, "reason", None) or error
    if isinstance(reason, socket.gaierror):
        return "the server's name is not found; is this computer online?"
    if isinstance(reason, ConnectionRefusedError):
        return "the server refuses connections"
    return "the connection broke off" if isinstance(error, http.client.HTTPException) else str(reason).rstrip(".")
