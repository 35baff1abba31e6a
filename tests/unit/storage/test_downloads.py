"""Downloads from a local server that breaks off, lies about length, sends wrong bytes, ignores Range, or stalls."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from foodcal_desktop.storage.checkpoints import Checkpoint, CheckpointError
from foodcal_desktop.storage.downloads import (
    DownloadCancelledError,
    DownloadOptions,
    DownloadProgress,
    download,
    source_url,
)

CONTENT = np.random.default_rng(1).bytes(3_000_000)
QUICK = DownloadOptions(pause_seconds=0.01, stall_seconds=2.0)


@pytest.fixture(autouse=True)
def _no_system_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


class Server(ThreadingHTTPServer):
    """Answers by ``answer``; remembers the Range header of each request."""

    daemon_threads = True

    def __init__(self, answer: Callable[[Handler], None]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.ranges: list[str | None] = []
        self.paths: list[str] = []
        self.over = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """Broken pipes are what these tests make."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.ranges.append(self.headers.get("Range"))
        self.server.paths.append(self.path)
        self.server.answer(self)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""

    @property
    def start(self) -> int:
        """The first byte asked for."""
        asked = self.headers.get("Range")
        return int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0

    def send(self, body: bytes, *, status: int = 200, length: int | None = None, content_range: str = "") -> None:
        """Headers and body; ``length`` is what Content-Length says, -1 for none."""
        self.send_response(status)
        if length != -1:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        if content_range:
            self.send_header("Content-Range", content_range)
        self.end_headers()
        self.wfile.write(body)

    def send_rest(self, upto: int | None = None) -> None:
        """An honest answer to Range, of which only the bytes before ``upto`` are sent."""
        rest = CONTENT[self.start :]
        sent = CONTENT[self.start : upto]
        if not self.start:
            self.send(sent, length=len(rest))
            return
        place = f"bytes {self.start}-{len(CONTENT) - 1}/{len(CONTENT)}"
        self.send(sent, status=206, length=len(rest), content_range=place)


@contextmanager
def serving(answer: Callable[[Handler], None]) -> Iterator[Server]:
    server = Server(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def url(server: Server, path: str = "/weights/big.pt") -> str:
    return f"http://127.0.0.1:{server.server_port}{path}"


def wanted(folder: Path, address: str) -> Checkpoint:
    digest = hashlib.sha256(CONTENT).hexdigest()
    return Checkpoint("big", "sam2", "official", folder / "big.pt", len(CONTENT), digest, url=address)


def fetch(folder: Path, answer: Callable[[Handler], None], options: DownloadOptions = QUICK) -> list[str | None]:
    """Download and check the file; returns the Range headers that the server saw."""
    with serving(answer) as server:
        path = download(wanted(folder, url(server)), options)
        assert path.read_bytes() == CONTENT
        assert not (folder / "big.pt.part").exists()
        return server.ranges


def refusal(folder: Path, answer: Callable[[Handler], None], options: DownloadOptions = QUICK) -> str:
    """The sentence with which the download ends; the file must not have got its name."""
    with serving(answer) as server:
        with pytest.raises(CheckpointError) as caught:
            download(wanted(folder, url(server)), options)
        assert not (folder / "big.pt").exists()
    return str(caught.value)


def test_honest_server_is_asked_once(tmp_path: Path) -> None:
    assert fetch(tmp_path, Handler.send_rest) == [None]


def test_a_file_that_is_there_and_right_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "big.pt").write_bytes(CONTENT)
    assert fetch(tmp_path, Handler.send_rest) == []


def test_a_wrong_file_of_the_right_size_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "big.pt").write_bytes(bytes(len(CONTENT)))
    assert fetch(tmp_path, Handler.send_rest) == [None]


def test_breaks_are_resumed_where_they_were(tmp_path: Path) -> None:
    ends = iter([1_000_000, 1_200_000, 2_500_000])
    ranges = fetch(tmp_path, lambda handler: handler.send_rest(next(ends, None)))
    assert ranges == [None, "bytes=1000000-", "bytes=1200000-", "bytes=2500000-"]


def test_a_break_in_an_earlier_run_is_resumed(tmp_path: Path) -> None:
    (tmp_path / "big.pt.part").write_bytes(CONTENT[:700_000])
    assert fetch(tmp_path, Handler.send_rest) == ["bytes=700000-"]


def test_range_ignored_starts_again_at_the_first_byte(tmp_path: Path) -> None:
    (tmp_path / "big.pt.part").write_bytes(CONTENT[:700_000])
    assert fetch(tmp_path, lambda handler: handler.send(CONTENT)) == ["bytes=700000-"]


def test_range_of_another_place_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "big.pt.part").write_bytes(CONTENT[:700_000])

    def answer(handler: Handler) -> None:
        if handler.start:
            size = len(CONTENT)
            handler.send(CONTENT[500_000:], status=206, content_range=f"bytes 500000-{size - 1}/{size}")
        else:
            handler.send_rest()

    assert fetch(tmp_path, answer) == ["bytes=700000-", None]


def test_unsatisfiable_range_starts_over(tmp_path: Path) -> None:
    (tmp_path / "big.pt.part").write_bytes(CONTENT[:700_000])

    def answer(handler: Handler) -> None:
        handler.send(b"", status=416) if handler.start else handler.send_rest()

    assert fetch(tmp_path, answer) == ["bytes=700000-", None]


def test_a_part_that_was_another_file_is_found_out(tmp_path: Path) -> None:
    (tmp_path / "big.pt.part").write_bytes(bytes(700_000))
    assert fetch(tmp_path, Handler.send_rest) == ["bytes=700000-", None]


def test_a_part_longer_than_the_file_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "big.pt.part").write_bytes(CONTENT + b"more")
    assert fetch(tmp_path, Handler.send_rest) == [None]


def test_a_whole_part_is_only_verified(tmp_path: Path) -> None:
    (tmp_path / "big.pt.part").write_bytes(CONTENT)
    assert fetch(tmp_path, Handler.send_rest) == []


@pytest.mark.parametrize("length", [1234, len(CONTENT) * 2, -1])
def test_a_short_body_is_never_taken_for_the_file(tmp_path: Path, length: int) -> None:
    sentence = refusal(tmp_path, lambda handler: handler.send(CONTENT[:5000], length=length))
    assert "big could not be downloaded" in sentence and "import it" in sentence


def test_more_bytes_than_promised_are_cut_off(tmp_path: Path) -> None:
    sentence = refusal(tmp_path, lambda handler: handler.send(CONTENT + bytes(5_000_000), length=-1))
    assert "more bytes than expected" in sentence


def test_an_honest_length_of_another_file_is_refused_before_its_bytes(tmp_path: Path) -> None:
    sentence = refusal(tmp_path, lambda handler: handler.send(b"<html>log in</html>"))
    assert "19 bytes instead of 3,000,000" in sentence
    assert not (tmp_path / "big.pt.part").exists()


def test_wrong_bytes_are_tried_twice_and_then_refused(tmp_path: Path) -> None:
    asked = []

    def answer(handler: Handler) -> None:
        asked.append(1)
        handler.send(CONTENT[:-1] + b"?")

    assert "other bytes" in refusal(tmp_path, answer)
    assert len(asked) == 2
    assert not (tmp_path / "big.pt.part").exists()


def test_a_stalled_server_is_left_and_resumed(tmp_path: Path) -> None:
    def answer(handler: Handler) -> None:
        if handler.start:
            handler.send_rest()
        else:
            handler.send_rest(1_500_000)
            handler.wfile.flush()
            handler.server.over.wait(10)

    assert fetch(tmp_path, answer, DownloadOptions(pause_seconds=0.01, stall_seconds=0.3)) == [None, "bytes=1500000-"]


def test_a_server_that_only_stalls_ends_in_a_sentence(tmp_path: Path) -> None:
    options = DownloadOptions(pause_seconds=0.01, stall_seconds=0.1, tries=2)
    assert "stopped sending" in refusal(tmp_path, lambda handler: handler.server.over.wait(10), options)


def test_errors_of_the_server_are_named(tmp_path: Path) -> None:
    assert "404" in refusal(tmp_path, lambda handler: handler.send(b"no", status=404))


def test_no_server_at_all(tmp_path: Path) -> None:
    with serving(Handler.send_rest) as server:
        address = url(server)
    with pytest.raises(CheckpointError, match="refuses connections"):
        download(wanted(tmp_path, address), QUICK)


def test_cancelling_while_the_server_stalls_returns_at_once_and_keeps_the_part(tmp_path: Path) -> None:
    cancel = threading.Event()
    waited_out = []

    def answer(handler: Handler) -> None:
        handler.send_rest(1_500_000)
        handler.wfile.flush()
        if not handler.server.over.wait(30):
            waited_out.append(True)

    def told(progress: DownloadProgress) -> None:
        if progress.done == 1_500_000:
            threading.Timer(0.2, cancel.set).start()

    with serving(answer) as server:
        with pytest.raises(DownloadCancelledError):
            download(wanted(tmp_path, url(server)), DownloadOptions(stall_seconds=60), told, cancel)
        assert not waited_out, "the stall was waited for"
    assert (tmp_path / "big.pt.part").stat().st_size == 1_500_000


def test_progress_ends_at_the_whole_and_then_verifies(tmp_path: Path) -> None:
    seen: list[DownloadProgress] = []
    with serving(Handler.send_rest) as server:
        download(wanted(tmp_path, url(server)), QUICK, seen.append)
    fetched = [progress for progress in seen if progress.phase == "download"]
    assert fetched[-1].done == fetched[-1].total == len(CONTENT)
    assert [progress.done for progress in fetched] == sorted(progress.done for progress in fetched)
    assert max(progress.bytes_per_second for progress in fetched) > 0
    assert seen[-1].phase == "verify" and seen[-1].done == len(CONTENT)


def test_the_mirror_is_asked_instead(tmp_path: Path) -> None:
    with serving(Handler.send_rest) as server:
        options = DownloadOptions(mirror=url(server, "/mirror/"), pause_seconds=0.01)
        download(wanted(tmp_path, "http://127.0.0.1:9/never/big.pt"), options)
        assert server.paths == ["/mirror/big.pt"]


def test_the_proxy_is_asked_for_the_whole_address(tmp_path: Path) -> None:
    with serving(Handler.send_rest) as server:
        options = DownloadOptions(proxy=f"127.0.0.1:{server.server_port}", pause_seconds=0.01)
        download(wanted(tmp_path, "http://checkpoints.invalid/big.pt"), options)
        assert server.paths == ["http://checkpoints.invalid/big.pt"]


def test_a_mirror_that_is_no_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="begin with https"):
        source_url(wanted(tmp_path, "http://x/big.pt"), "file:///etc")


def test_a_mirror_may_name_the_file_itself(tmp_path: Path) -> None:
    checkpoint = wanted(tmp_path, "http://x/big.pt")
    assert source_url(checkpoint, "https://m.example/a/big.pt") == "https://m.example/a/big.pt"
    assert source_url(checkpoint, "https://m.example/a") == "https://m.example/a/big.pt"


def test_too_little_room_is_said_before_anything_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from foodcal_desktop.storage import downloads

    usage = downloads.shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(downloads.shutil, "disk_usage", lambda _: usage)
    assert "make room" in refusal(tmp_path, Handler.send_rest)
