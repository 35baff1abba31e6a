"""What the two worker processes do: the encoder stores embeddings, the decoder answers prompts from stored ones.

They are two so that a click is never behind the encoding of the next photo.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.carrying import CarryRequest, request_of
from foodcal_desktop.core.messages import Message, candidates_message, found_message, prompts_of
from foodcal_desktop.core.prompt import Candidate
from foodcal_desktop.segmentation.embedding_cache import EmbeddingCache
from foodcal_desktop.segmentation.segmenter import Embedding, Segmenter
from foodcal_desktop.storage.photos import PhotoError
from foodcal_desktop.storage.settings import MEMORY_CACHE_BYTES, Settings
from foodcal_desktop.worker import carrying
from foodcal_desktop.worker.channel import Channel
from foodcal_desktop.worker.looking import Looking

_FAILURES = (ValueError, OSError, RuntimeError, KeyError, MemoryError, PhotoError)


class Service:
    """A checkpoint and the messages it answers. Subclasses add theirs as methods named ``on_<kind>``."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._segmenter: Segmenter | None = None
        self._device = "auto"

    def serve(self) -> None:
        """Answer until the window closes its end. A failure is one message, never the end of the worker."""
        for message in self._channel.messages():
            try:
                self._channel.send(getattr(self, f"on_{message.kind}")(message))
            except _FAILURES as error:
                values = {**message.values, "about": message.kind, "sentence": str(error)}
                self._channel.send(Message("failed", values))
            self.go_on()

    def go_on(self) -> None:
        """What is to be done while no message waits."""

    def on_load(self, message: Message) -> Message:
        """Load a checkpoint; from here on every answer is its."""
        from foodcal_desktop.segmentation.loading import load_segmenter

        self._segmenter = None
        self._device = message.values.get("device", "auto")
        self._segmenter = load_segmenter(message.values["checkpoint"], device=self._device)
        values = {"checkpoint": self._segmenter.name, "hash": self._segmenter.checkpoint_hash}
        return Message("ready", {**values, "notices": self.notices})

    @property
    def notices(self) -> list[str]:
        """What the segmenter had to say so far, such as that memory ran out and a smaller checkpoint is used."""
        return list(getattr(self._segmenter, "notices", ()))

    @property
    def segmenter(self) -> Segmenter:
        """The loaded checkpoint. Raises RuntimeError before there is one."""
        if self._segmenter is None:
            raise RuntimeError("No checkpoint is loaded; choose one under Checkpoints.")
        return self._segmenter

    def segmenter_of(self, embedding: str) -> Segmenter:
        """The checkpoint that made a stored embedding; the loaded one stays what it is, for it makes the next ones.

        Another one made it where the encoder has fallen back to a smaller one, or the checkpoint was changed meanwhile.
        """
        from foodcal_desktop.segmentation.loading import load_by_hash

        beginning = EmbeddingCache.checkpoint_of(Path(embedding))
        if beginning and not self.segmenter.checkpoint_hash.startswith(beginning):
            return load_by_hash(beginning, self._device)
        return self.segmenter


class Encoder(Service):
    """Photos to embeddings on the disk; foods found; and one long job, done step by step while nothing else waits."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(channel)
        self._job: Iterator[Message] | None = None
        self._number = 0
        self._memory: carrying.Memory | None = None
        self._looking = Looking(self, channel)

    def on_look(self, message: Message) -> Message:
        """Look for round things, or at an item again, enlarged."""
        return self._looking.look(message)

    def on_rest(self, _: Message) -> Message:
        """Nothing: that a message waits has made a look give up."""
        return Message("rested")

    def on_load(self, message: Message) -> Message:
        """As every service; a job of the former checkpoint is left."""
        self._job = self._memory = None
        return super().on_load(message)

    def on_embed(self, message: Message) -> Message:
        """Decode a photo, embed it unless that is stored already, and say where the embedding lies."""
        cache = EmbeddingCache()
        photo, started = message.values["photo"], time.perf_counter()
        path = cache.path(photo, self.segmenter.checkpoint_hash)
        if not cache.touch(path):
            path = self._embed(photo, Path(message.values["path"]), cache)
        seconds = time.perf_counter() - started
        values = {"photo": photo, "embedding": str(path), "seconds": seconds, "notices": self.notices}
        return Message("embedded", values)

    def _embed(self, sha256: str, photo_path: Path, cache: EmbeddingCache) -> Path:
        from foodcal_desktop.storage import photos

        loaded = photos.load(photo_path)
        if loaded.photo.sha256 != sha256:
            raise ValueError(f"{photo_path.name} has changed since it was opened; open it again.")
        embedding = self.segmenter.embed(loaded.pixels)
        target = cache.path(sha256, self.segmenter.checkpoint_hash)
        cache.write(target, embedding)
        return target

    def on_carry(self, message: Message) -> Message:
        """Begin to carry items through frames: by the checkpoint's memory, or by likeness where it has none."""
        request = request_of(message)
        owner = carrying.network_owner(self.segmenter) if request.by_memory else None
        if owner is None:
            self._memory = None
            steps = carrying.carried_by_likeness(request, self.segmenter, self._embedding_of)
        else:
            steps = self._memory_of(owner, request).carried(request)
        self._begin(request.job, steps)
        total = len(request.paths) - 1 - request.start
        values = {"job": request.job, "total": total, "by_memory": owner is not None}
        return Message("carry_began", {**values, "checkpoint": self.segmenter.name, "notices": self.notices})

    def on_sample(self, message: Message) -> Message:
        """Begin to write a video's frames as photos."""
        job = message.values["job"]
        self._begin(job, carrying.sampled(job, Path(message.values["video"])))
        return Message("sample_began", {"job": job})

    def on_stop(self, message: Message) -> Message:
        """Leave the job."""
        if message.values["job"] == self._number:
            self._job = None
        return Message("job_ended", {"job": message.values["job"], "stopped": True})

    def go_on(self) -> None:
        """Take the job's next steps until a message waits."""
        while self._job is not None and not self._channel.is_waited_for:
            try:
                answer = next(self._job, None)
            except _FAILURES as error:
                answer = Message("failed", {"about": "job", "job": self._number, "sentence": str(error)})
                self._job = None
            if answer is None:
                self._job, answer = None, Message("job_ended", {"job": self._number, "stopped": False})
            self._channel.send(answer)

    def _begin(self, number: int, steps: Iterator[Message]) -> None:
        self._job, self._number = steps, number

    def _memory_of(self, owner: Segmenter, request: CarryRequest) -> carrying.Memory:
        if self._memory is None or self._memory.key != carrying.memory_key(owner, request.paths):
            self._memory = None
            self._memory = carrying.Memory(owner, request.paths, Settings.load().get(MEMORY_CACHE_BYTES))
        return self._memory

    def _embedding_of(self, photo: Photo, path: Path) -> Embedding:
        """The stored embedding by the checkpoint in use, made where there is none."""
        cache = EmbeddingCache()
        stored = cache.path(photo.sha256, self.segmenter.checkpoint_hash)
        return cache.read(stored if cache.touch(stored) else self._embed(photo.sha256, path, cache))

    def on_find(self, message: Message) -> Message:
        """Propose every food on an embedded photo; left half-way, and said so, as soon as something else is asked."""
        from foodcal_desktop.segmentation.proposals import Interrupted, find_foods

        photo, embedding = message.values["photo"], EmbeddingCache().read(Path(message.values["embedding"]))
        if message.values.get("detector"):
            return found_message(photo, self._detected(message, embedding))
        try:
            found = find_foods(
                self.segmenter_of(message.values["embedding"]),
                embedding,
                interrupted=lambda: self._channel.is_waited_for,
                progress=lambda share: self._channel.send(Message("finding", {"photo": photo, "share": share})),
            )
        except Interrupted:
            return Message("find_left", {"photo": photo})
        return found_message(photo, found)

    def _detected(self, message: Message, embedding: Embedding) -> list[Candidate]:
        """The same by a detector's boxes."""
        from foodcal_desktop.segmentation.detector import Detector, find_by_boxes
        from foodcal_desktop.storage import photos

        detector = Detector.load(Path(message.values["detector"]))
        detections = detector.detect(photos.load(Path(message.values["path"])).pixels)
        return find_by_boxes(self.segmenter, embedding, detections)


class Decoder(Service):
    """Stored embeddings and prompts to candidates; embeddings used lately are kept, bounded in bytes by a setting."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(channel)
        self._open: OrderedDict[str, Embedding] = OrderedDict()
        self._max_bytes = 0

    def on_predict(self, message: Message) -> Message:
        """Candidates for prompts on one embedding; a preview is left where somebody waits for another answer."""
        if message.values.get("preview") and self._channel.is_waited_for:
            return Message("preview_left", {"request": message.values["request"]})
        embedding = self._embedding(message.values["embedding"])
        # The next embedding is of the same checkpoint, and two of them may be too much for the memory.
        self._segmenter = self.segmenter_of(message.values["embedding"])
        candidates = self._segmenter.predict(embedding, prompts_of(message))
        return candidates_message(message.values["request"], list(candidates), self.notices)

    def _embedding(self, path: str) -> Embedding:
        if path not in self._open:
            self._open[path] = EmbeddingCache().read(Path(path))
            self._max_bytes = Settings.load().get(MEMORY_CACHE_BYTES)
        self._open.move_to_end(path)
        while len(self._open) > 1 and sum(e.nbytes for e in self._open.values()) > self._max_bytes:
            self._open.popitem(last=False)
        return self._open[path]


def run(role: str) -> None:
    """Serve as "encoder" or "decoder" until the window is gone. Raises KeyError for another role."""
    service = {"encoder": Encoder, "decoder": Decoder}[role]
    os.environ.setdefault("TQDM_DISABLE", "1")  # sam2 draws progress bars for a terminal that is not there
    if role == "encoder" and hasattr(os, "nice"):
        os.nice(5)  # the window and the decoder come first on a small machine
    with contextlib.suppress(BrokenPipeError):  # the window is gone, and with it whom to answer
        service(Channel.over_standard_streams()).serve()
