"""A second start hands over its photos; a killed first leaves nothing that stands in the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from foodcal_desktop.app.single_instance import SingleInstance, socket_address

_SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from foodcal_desktop.app.single_instance import SingleInstance
application = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]))
print(instance.hand_over(sys.argv[2:]), instance.is_first, flush=True)
"""
_STAYS = _SECOND + "sys.stdin.read()\n"


def _start(program: str, data_dir: Path, *photos: str, cwd: Path | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, str(data_dir), *photos]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    return subprocess.Popen(command, cwd=cwd, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def first(qtbot, data_dir: Path):
    instance = SingleInstance(data_dir)
    assert not instance.hand_over([])
    assert instance.is_first
    yield instance
    instance.close()


def test_second_start_hands_its_photos_over(qtbot, first, data_dir: Path, tmp_path: Path) -> None:
    with qtbot.waitSignal(first.asked, timeout=20_000) as asked:
        second = _start(_SECOND, data_dir, "점심 식사.jpg", "/elsewhere/a b.png", cwd=tmp_path)
    assert asked.args == [[str(tmp_path / "점심 식사.jpg"), "/elsewhere/a b.png"]]
    assert second.communicate(timeout=20)[0].split() == ["True", "False"]


def test_second_start_without_photos_only_raises(qtbot, first, data_dir: Path) -> None:
    with qtbot.waitSignal(first.asked, timeout=20_000) as asked:
        second = _start(_SECOND, data_dir)
    assert asked.args == [[]]
    second.communicate(timeout=20)


def test_another_data_folder_is_another_program(first, data_dir: Path, tmp_path: Path) -> None:
    other_dir = tmp_path / "other"
    other_dir.mkdir()
    assert socket_address(other_dir) != first.address
    other = SingleInstance(other_dir)
    assert not other.hand_over(["a.jpg"], patience_s=0)
    assert other.is_first
    other.close()


def test_closing_lets_the_next_be_first(first, data_dir: Path) -> None:
    first.close()
    following = SingleInstance(data_dir)
    assert not following.hand_over(["a.jpg"], patience_s=0)
    assert following.is_first
    following.close()


def test_killed_first_is_replaced(qtbot, data_dir: Path) -> None:
    killed = _start(_STAYS, data_dir)
    assert killed.stdout is not None
    assert killed.stdout.readline().split() == ["False", "True"]
    killed.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    killed.communicate(timeout=20)
    if sys.platform != "win32":
        assert Path(socket_address(data_dir)).exists(), "the kill should have left its socket, or this tests nothing"

    following = SingleInstance(data_dir)
    assert not following.hand_over(["a.jpg"])
    assert following.is_first
    with qtbot.waitSignal(following.asked, timeout=20_000):
        _start(_SECOND, data_dir, "b.jpg").communicate(timeout=20)
    following.close()


@pytest.mark.parametrize("line", [b"no json\n", b"[]\n", b'{"photos": "a"}\n', b"\xff\xfe\n"])
def test_strange_messages_are_dropped(qtbot, first, line: bytes) -> None:
    heard: list[object] = []
    first.asked.connect(heard.append)
    socket = QLocalSocket()
    with qtbot.waitSignal(socket.disconnected, timeout=10_000):
        socket.connectToServer(first.address)
        socket.write(line)
    assert heard == []


def test_silent_first_does_not_keep_the_second_closed(data_dir: Path, first) -> None:
    # Its event loop does not run while the second asks: as good as frozen.
    second = SingleInstance(data_dir)
    assert not second.hand_over(["a.jpg"], patience_s=0)
    assert not second.is_first
    second.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe has no path there")
def test_long_data_folders_fit_a_socket(qtbot, tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["아주 긴 폴더 이름"] * 8)
    deep.mkdir(parents=True)
    assert len(str(deep).encode()) > 150
    instance = SingleInstance(deep)
    assert not instance.hand_over([])
    assert isinstance(instance._server, QLocalServer)
    assert instance._server.isListening()
    assert Path(instance.address).stat().st_mode & 0o077 == 0
    instance.close()
