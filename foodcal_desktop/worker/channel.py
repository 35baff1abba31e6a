"""The worker's side of the door: messages in on standard input, out on what was standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from foodcal_desktop.core.messages import Message, MessageReader

_PIECE = 1 << 20


class Channel:
    """Reads messages until the window closes its end; writes each whole."""

    def __init__(self, source: int, target: int) -> None:
        self._source = source
        self._target = target

    @staticmethod
    def over_standard_streams() -> Channel:
        """Takes standard output for messages; whatever a library prints goes to standard error from now on."""
        target = os.dup(1)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        return Channel(0, target)

    def messages(self) -> Iterator[Message]:
        """Messages as they arrive; ends when the window is gone."""
        reader = MessageReader()
        while data := os.read(self._source, _PIECE):
            yield from reader.feed(data)

    def send(self, message: Message) -> None:
        """Write one message whole. Raises OSError where the window is gone."""
        data = memoryview(message.to_bytes())
        while data:
            data = data[os.write(self._target, data) :]
