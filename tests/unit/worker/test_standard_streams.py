"""A worker of a program without standard error, as a windowed program on Windows is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_PRINTS = """
from foodcal_desktop.core.messages import Message
from foodcal_desktop.worker.channel import Channel
channel = Channel.over_standard_streams()
print("a library says something")
channel.send(Message("ready", {"checkpoint": "lite"}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="closes a file descriptor by the shell")
@pytest.mark.parametrize("errors", ["2>&-", "2>/dev/null"])
def test_messages_alone_reach_standard_output(errors: str) -> None:
    from foodcal_desktop.core.messages import Message

    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -c "$1" {errors}', sys.executable, _PRINTS], env=environment, capture_output=True
    )
    assert done.returncode == 0
    assert done.stdout == Message("ready", {"checkpoint": "lite"}).to_bytes()
