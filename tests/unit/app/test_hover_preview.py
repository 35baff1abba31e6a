"""When a preview is asked for, by how long the checkpoint takes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Signal

from foodcal_desktop.app import hover_preview
from foodcal_desktop.app.hover_preview import HoverPreview
from foodcal_desktop.app.prompt_session import PromptSession
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.prompt import Prompts


class Worker(QObject):
    """Counts previews; the test says when and after how long they are answered."""

    predicted = Signal(int, object)
    predict_failed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.checkpoint = "lite"
        self.previews = 0

    def has_embedding(self, _: str) -> bool:
        return True

    def predict(self, sha256: str, prompts: Prompts, preview: bool = False) -> int:
        self.previews += preview
        return self.previews


@pytest.fixture
def preview(qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch) -> HoverPreview:
    worker = Worker()
    made = HoverPreview(worker, PromptSession(worker), worker)  # type: ignore[arg-type]
    made.enabled = True
    made.open(Photo("a" * 64, 20, 20, "a.png"))
    monkeypatch.setattr(hover_preview.time, "monotonic", lambda: clock[0])
    return made


clock = [0.0]


def rested(preview: HoverPreview, seconds: float) -> bool:
    """The pointer rests, the answer takes so long; whether it was asked for at all."""
    worker = preview._worker
    before = worker.previews  # type: ignore[attr-defined]
    preview.move(3, 3)
    if not preview._timer.isActive():
        return False
    preview._timer.timeout.emit()
    clock[0] += seconds
    worker.predicted.emit(worker.previews, ())  # type: ignore[attr-defined]
    return bool(worker.previews > before)  # type: ignore[attr-defined]


def test_by_a_quick_checkpoint_a_short_rest_is_enough(preview: HoverPreview):
    assert rested(preview, 0.015) and rested(preview, 0.015)
    preview.move(4, 4)
    assert preview._timer.interval() == 160


def test_by_a_slower_one_the_pointer_has_to_rest_longer_and_by_a_slow_one_there_is_none(preview: HoverPreview):
    assert rested(preview, 0.1)
    preview.move(4, 4)
    assert preview._timer.interval() == 1000
    preview.leave()
    preview._worker.checkpoint = "sam2.1-large"
    assert rested(preview, 0.5)
    assert not rested(preview, 0.5)
    preview._worker.checkpoint = "lite"
    assert rested(preview, 0.01)


def test_one_slow_answer_alone_does_not_end_it(preview: HoverPreview):
    assert rested(preview, 0.2)
    assert rested(preview, 0.02)
    preview.move(4, 4)
    assert preview._timer.interval() == 160
