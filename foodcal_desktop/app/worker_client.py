"""Talks to the two workers: the latest prompts win, nothing asked is lost when one dies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.decoder_queue import DecoderQueue
from foodcal_desktop.app.encoder_jobs import EncoderJobs
from foodcal_desktop.app.encoder_looks import EncoderLooks
from foodcal_desktop.app.encoder_queue import EncoderQueue
from foodcal_desktop.app.worker_child import WorkerChild
from foodcal_desktop.app.worker_notices import WorkerNotices
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.messages import Message, candidates_of, predict_message
from foodcal_desktop.core.prompt import Prompts

# A photo during whose encoding the worker died this often is given up: it may be what kills it.
_MAX_DEATHS_PER_PHOTO = 3


class WorkerClient(QObject):
    """Embeds photos and answers prompts, in two child processes.

    Signals: ``embedded(sha256)``; ``predicted(request, candidates)``; ``found(sha256, candidates)`` every food that the
    checkpoint proposes, or ``find_failed(sha256, sentence)``; before, ``find_progressed(sha256, share)`` of the points;
    ``failed(sentence)``; ``checkpoint_ready(name)``; ``state_changed`` with one of "starting", "encoding", "finding",
    "ready", "restarting", "broken".
    """

    embedded = Signal(str)
    predicted = Signal(int, object)
    failed = Signal(str)
    predict_failed = Signal(int, str)
    found = Signal(str, object)
    find_progressed = Signal(str, float)
    find_failed = Signal(str, str)
    state_changed = Signal(str)
    checkpoint_ready = Signal(str)

    def __init__(self, checkpoint: str = "lite", python: str | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.checkpoint = checkpoint
        self.state = "starting"
        self._encoder = WorkerChild("encoder", python, self)
        self._decoder = WorkerChild("decoder", python, self)
        self.device = "auto"
        self.jobs, self.looks = EncoderJobs(self._encoder, self), EncoderLooks(self._encoder, self)
        self.notices = WorkerNotices((self._encoder, self._decoder), self)
        self._embeddings: dict[str, str] = {}
        self._queue = EncoderQueue()
        self._photos: dict[str, Photo] = {}
        self._open: Photo | None = None
        self._deaths: dict[str, int] = {}
        self._prompts = DecoderQueue()
        self._ready: set[str] = set()
        for child in (self._encoder, self._decoder):
            child.received.connect(self._on_message)
            child.died.connect(self._on_died)
            child.gave_up.connect(self._on_gave_up)

    @property
    def pids(self) -> dict[str, int]:
        """Process ids by role."""
        return {child.role: child.pid for child in (self._encoder, self._decoder)}

    def start(self) -> None:
        """Start both workers and have them load the checkpoint."""
        for child in (self._encoder, self._decoder):
            child.start()
            child.send(self._load_message())

    def stop(self) -> None:
        """End both workers."""
        self._encoder.stop()
        self._decoder.stop()

    def use_checkpoint(self, name: str) -> None:
        """Change to another checkpoint, by which the open photo is embedded anew; the last one's stay on the disk."""
        self.checkpoint = name
        self._embeddings.clear()
        self._ready.clear()
        self._queue.reset()
        self._prompts.reset()
        self.jobs.leave()
        self.notices.forget()
        if self._open is not None:
            self._queue.embed(self._open)
        for child in (self._encoder, self._decoder):
            child.send(self._load_message())
        self._update_state()

    def use_device(self, device: str) -> None:
        """Load the checkpoint anew on another device."""
        self.device = device
        self.use_checkpoint(self.checkpoint)

    def use_python(self, python: str | None) -> None:
        """Start both workers anew, by another interpreter or, None, by the program's own."""
        for child in (self._encoder, self._decoder):
            child.restart(python)
        self._set_state("starting")
        self.use_checkpoint(self.checkpoint)

    def embed(self, photo: Photo) -> None:
        """Embed this photo before all others that wait, and before foods are found."""
        self._photos[photo.sha256] = self._open = photo
        if photo.sha256 in self._embeddings:
            self.embedded.emit(photo.sha256)
            return
        self._queue.embed(photo)
        self._encode_next()

    def prefetch(self, photo: Photo) -> None:
        """Embed this photo when nothing else waits."""
        self._photos[photo.sha256] = photo
        if photo.sha256 not in self._embeddings:
            self._queue.prefetch(photo)
            self._encode_next()

    def forget_prefetches(self) -> None:
        """Embed no photo any more that is not open."""
        self._queue.forget_prefetches()

    def has_embedding(self, sha256: str) -> bool:
        """Whether prompts on this photo can be answered at once."""
        return sha256 in self._embeddings

    def predict(self, sha256: str, prompts: Prompts, preview: bool = False) -> int:
        """Ask for candidates; an earlier request that has not been sent is given up. Returns the request's number.

        A preview is sent only while nothing else is asked for, and is left for whatever comes after it.
        """
        request = self._prompts.ask(sha256, prompts, preview)
        self._send_asked()
        return request

    def find(self, photo: Photo, detector: str = "") -> None:
        """Ask for every food on a photo that is or was to be embedded; of several such wishes the last one counts.

        ``detector`` is the file of a YOLO export whose boxes are the prompts, instead of a grid of clicks.
        """
        self._queue.find(photo.sha256, {"detector": detector, "path": photo.path} if detector else None)
        self._encode_next()

    def leave_find(self) -> None:
        """Look for foods no more; a search by clicks ends with its next step."""
        if self._queue.leave_find():
            self._encoder.send(Message("rest"))
        self._update_state()

    def _load_message(self) -> Message:
        return Message("load", {"checkpoint": self.checkpoint, "device": self.device})

    def _encode_next(self) -> None:
        wanted = self._queue.wanted_find
        if wanted is not None and wanted in self._embeddings:
            self._still_stored(wanted)
        message = self._queue.next(self._embeddings) if "encoder" in self._ready else None
        if message is not None:
            self._encoder.send(message)
        self._update_state()

    def _send_asked(self) -> None:
        if "decoder" not in self._ready:
            return
        asked = self._prompts.next(lambda sha256: sha256 in self._embeddings and self._still_stored(sha256))
        if asked is not None:
            embedding = self._embeddings[asked.photo]
            self._decoder.send(predict_message(asked.request, embedding, asked.prompts, asked.preview))

    def _still_stored(self, sha256: str) -> bool:
        """Whether the embedding's file is there; if the cache was emptied meanwhile, the photo is embedded again."""
        if Path(self._embeddings[sha256]).exists():
            return True
        del self._embeddings[sha256]
        self.embed(self._photos[sha256])
        return False

    def _on_message(self, message: Message) -> None:
        handler = getattr(self, f"_on_{message.kind}", None)
        if handler is not None:  # else it belongs to a job
            handler(message)
        self._update_state()

    def _on_ready(self, message: Message) -> None:
        child = self.sender()
        assert isinstance(child, WorkerChild)
        self._ready.add(child.role)
        if child.role == "encoder":
            self._encode_next()
        else:
            self._send_asked()
        if len(self._ready) == 2:
            self.checkpoint_ready.emit(message.values["checkpoint"])

    def _on_embedded(self, message: Message) -> None:
        if "encoder" not in self._ready:
            return  # by the checkpoint before this one
        photo = message.values["photo"]
        self._queue.embedding = None
        self._embeddings[photo] = message.values["embedding"]
        self.embedded.emit(photo)
        self._send_asked()
        self._encode_next()

    def _on_found(self, message: Message) -> None:
        if "encoder" not in self._ready:
            return
        self._queue.found()
        self.found.emit(message.values["photo"], candidates_of(message))
        self._encode_next()

    def _on_finding(self, message: Message) -> None:
        if self._queue.is_finding:
            self.find_progressed.emit(message.values["photo"], message.values["share"])

    def _on_find_left(self, _: Message) -> None:
        self._queue.left()
        self._encode_next()

    def _on_candidates(self, message: Message) -> None:
        request = message.values["request"]
        self._prompts.answered(request)
        self.predicted.emit(request, candidates_of(message))
        self._send_asked()

    def _on_preview_left(self, message: Message) -> None:
        self._prompts.answered(message.values["request"])
        self._send_asked()

    def _on_failed(self, message: Message) -> None:
        sentence, about = message.values["sentence"], message.values["about"]
        if about == "predict":
            self._on_predict_failed(message.values["request"], sentence)
        elif about == "find":
            self._queue.found()
            self.find_failed.emit(message.values["photo"], sentence)
            self._encode_next()
        else:
            if about == "embed":
                self._queue.embedding = None
                self._encode_next()
            self.failed.emit(sentence)

    def _on_predict_failed(self, request: int, sentence: str) -> None:
        self._prompts.answered(request)
        self.predict_failed.emit(request, sentence)
        self._send_asked()

    def _on_died(self) -> None:
        """A worker was restarted: load, then ask again what it left unanswered."""
        child = self.sender()
        assert isinstance(child, WorkerChild)
        self._ready.discard(child.role)
        child.send(self._load_message())
        if child.role == "encoder":
            self._requeue_embedding()
        else:
            self._prompts.reset()
        self._set_state("restarting")

    def _requeue_embedding(self) -> None:
        photo, finding = self._queue.reset()
        if finding is not None:
            sentence = self.tr("The worker stopped while it looked for foods; mark them by clicks, or try again.")
            self.find_failed.emit(finding, sentence)
        if photo is None:
            return
        self._deaths[photo.sha256] = self._deaths.get(photo.sha256, 0) + 1
        if self._deaths[photo.sha256] < _MAX_DEATHS_PER_PHOTO:
            self._queue.embed(photo)
        else:
            self.failed.emit(
                self.tr("{0} could not be encoded, the worker stopped each time; try a smaller checkpoint.").format(
                    Path(photo.path).name
                )
            )

    def _on_gave_up(self, sentence: str) -> None:
        self._set_state("broken")
        self.failed.emit(sentence)

    def _update_state(self) -> None:
        if self.state == "broken":
            return
        if len(self._ready) < 2:
            self._set_state("restarting" if self.state == "restarting" else "starting")
        else:
            busy = "encoding" if self._queue.embedding else "finding" if self._queue.is_finding else "ready"
            self._set_state(busy)

    def _set_state(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
