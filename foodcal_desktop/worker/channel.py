"""The worker's side of the door: messages in on standard input, out on what was standard output."""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Iterator

from foodcal_desktop.core.messages import Message, MessageReader

_PIECE = 1 << 20


class Channel:
    """Reads messages until the window closes its end; writes each whole.

    A thread of its own reads, so that long work can ask whether something else waits (a pipe cannot be asked that on
    every system).
    """

    def __init__(self, source: int, target: int) -> None:
        self._source = source
        self._target = target
        self._inbox: queue.SimpleQueue[Message | Exception | None] = queue.SimpleQueue()

    @staticmethod
    def over_standard_streams() -> Channel:
        """Takes standard output for messages; whatever a library prints goes to standard error from now on.

        A program with a window may have no standard error (on Windows it has none): then what is printed is lost.
        """
        target = os.dup(1)
        if sys.stderr is None:
            sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - for the process's whole life
        os.dup2(sys.stderr.fileno(), 1)
        sys.stdout = sys.stderr
        return Channel(0, target)

    def messages(self) -> Iterator[Message]:
        """Messages as they arrive; ends when the window is gone. Raises ValueError or OSError where reading fails."""
        threading.Thread(target=self._read, name="messages", daemon=True).start()
        while (item := self._inbox.get()) is not None:
            if isinstance(item, Exception):
                raise item
            yield item

    @property
    def is_waited_for(self) -> bool:
        """Whether another message has arrived, or the window is gone."""
        return not self._inbox.empty()

    def _read(self) -> None:
        reader = MessageReader()
        try:
            while data := os.read(self._source, _PIECE):
                for message in reader.feed(data):
                    self._inbox.put(message)
        except (OSError, ValueError) as error:
            self._inbox.put(error)
        self._inbox.put(None)

    def send(self, message: Message) -> None:
        """Write one message whole. Raises OSError where the window is gone."""
        data = memoryview(message.to_bytes())
        while data:
            data = data[os.write(self._target, data) :]
