"""What the encoder is asked to look at, and when: never by what a former checkpoint made of a photo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Signal

from foodcal_desktop.app.encoder_looks import EncoderLooks
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.messages import Message

PHOTO = Photo("a" * 64, 40, 30, "/photos/lunch.jpg")


class Child(QObject):
    """A worker process that keeps what it is sent, and says what the test says."""

    received = Signal(object)
    died = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        self.sent.append(message)

    def loads(self, checkpoint: str) -> None:
        self.received.emit(Message("ready", {"checkpoint": "x", "hash": checkpoint, "notices": []}))

    def embeds(self, embedding: str) -> None:
        self.received.emit(Message("embedded", {"photo": PHOTO.sha256, "embedding": embedding}))


@pytest.fixture
def child(qapp: QCoreApplication) -> Child:
    return Child()


def test_a_look_for_a_coin_waits_for_the_embedding_of_another_checkpoint(child: Child) -> None:
    looks = EncoderLooks(child)  # type: ignore[arg-type]
    child.loads("1" * 64)
    assert not looks.look_round(PHOTO)
    child.embeds("/cache/1")
    child.died.emit()
    assert looks.look_round(PHOTO) and not child.sent
    child.loads("2" * 64)
    assert not child.sent and not looks.look_round(PHOTO)
    child.embeds("/cache/2")
    assert [message.values["embedding"] for message in child.sent] == ["/cache/2"]


def test_embeddings_outlive_a_restart_with_the_same_checkpoint(child: Child) -> None:
    looks = EncoderLooks(child)  # type: ignore[arg-type]
    child.loads("1" * 64)
    child.embeds("/cache/1")
    child.died.emit()
    child.loads("1" * 64)
    assert looks.look_round(PHOTO) and [message.values["embedding"] for message in child.sent] == ["/cache/1"]
