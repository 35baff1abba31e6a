"""The encoder's looks as the window knows them: one after the other, a look for a coin only while nobody clicks."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.worker_child import WorkerChild
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.looks import CLOSER, ROUND, Clicks, again_message, closer_message, looked_of, round_message
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.messages import Message
from foodcal_desktop.core.prompt import Candidate, Prompts


class EncoderLooks(QObject):
    """``looked(Looked)`` is the answer to a look; ``failed(what, item)`` that there is none, the client says why."""

    looked = Signal(object)
    failed = Signal(str, str)

    def __init__(self, encoder: WorkerChild, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._encoder = encoder
        self._ready = False
        self._embeddings: dict[str, str] = {}
        # The checkpoint that they are by.
        self._checkpoint = ""
        self._waiting: deque[Message] = deque()
        self._asked: Message | None = None
        encoder.received.connect(self._on_message)
        encoder.died.connect(self._on_died)

    def look_round(self, photo: Photo) -> bool:
        """Look for round things when there is nothing else to look at; False where the photo has no embedding yet."""
        if photo.sha256 not in self._embeddings:
            return False
        self._waiting.append(round_message(photo, self._embeddings[photo.sha256]))
        self._send()
        return True

    def look_again(self, photo: Photo, item: str, mask: Mask, clicks: Clicks) -> None:
        """Look at an item's mask again; somebody waits for that, so it goes before a look for a coin."""
        others = [m for m in self._waiting if m.values["what"] != ROUND]
        coins = [m for m in self._waiting if m.values["what"] == ROUND]
        self._waiting = deque([*others, again_message(photo, item, mask, clicks), *coins])
        self._send()

    def look_closer(
        self, photo: Photo, item: str, prompts: Prompts, candidate: Candidate, instead_of: str = ""
    ) -> None:
        """Look at a candidate closer, before all else; the item ``instead_of`` is not wanted any more if it waits."""
        overtaken = (CLOSER, instead_of)
        others = [m for m in self._waiting if (m.values["what"], m.values.get("item")) != overtaken]
        self._waiting = deque([closer_message(photo, item, prompts, candidate), *others])
        self._send()

    def give_up_round(self) -> None:
        """Somebody clicked: leave the look for a coin, even half-way."""
        self._waiting = deque(m for m in self._waiting if m.values["what"] != ROUND)
        if self._asked is not None and self._asked.values["what"] == ROUND:
            self._encoder.send(Message("rest"))

    def forget(self) -> None:
        """Another photo is open: what was not asked yet is not wanted any more."""
        self._waiting.clear()
        self.give_up_round()

    def _send(self) -> None:
        if self._ready and self._asked is None and self._waiting:
            first = self._waiting[0]
            if first.values["what"] == ROUND:
                embedding = self._embeddings.get(first.values["photo"])
                if embedding is None:
                    return
                first = Message("look", {**first.values, "embedding": embedding})
            self._waiting.popleft()
            self._asked = first
            self._encoder.send(first)

    def _on_message(self, message: Message) -> None:
        if message.kind == "ready":
            self._ready = True
            self._take_checkpoint(message.values["hash"])
        elif message.kind == "embedded":
            self._embeddings[message.values["photo"]] = message.values["embedding"]
        elif message.kind == "looked":
            self._asked = None
            self.looked.emit(looked_of(message))
        elif message.kind == "failed" and message.values.get("about") == "look":
            self._asked = None
            self.failed.emit(message.values["what"], message.values.get("item", ""))
        self._send()

    def _take_checkpoint(self, checkpoint: str) -> None:
        """Another one embeds every photo anew; a look for a coin waits for that."""
        if checkpoint != self._checkpoint:
            self._checkpoint = checkpoint
            self._embeddings.clear()

    def _on_died(self) -> None:
        """What the encoder died of is not asked again; the rest waits until it is ready."""
        self._ready, asked, self._asked = False, self._asked, None
        if asked is not None:
            self.failed.emit(asked.values["what"], asked.values.get("item", ""))
