"""The pictures of docs/images, taken from the running program.

xvfb-run -a -s "-screen 0 1280x800x24" .venv/bin/python scripts/screenshots.py
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foodcal_desktop.app.training_session import TrainingSession

REPOSITORY = Path(__file__).resolve().parents[1]
IMAGES = REPOSITORY / "docs" / "images"
sys.path.insert(0, str(REPOSITORY))


def script(person: object) -> Iterator[object]:
    """Espresso on the sample photo by three clicks, a line across the saucer as scale, logged; the diary."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QPushButton

    from scripts.sample_diary import fill
    from tests.e2e.test_main_job import logged, marked, opened
    from tests.ui.training_children import mark_photos

    window = person.window  # type: ignore[attr-defined]
    yield from opened(person)  # type: ignore[arg-type]
    yield from marked(person, "espresso", 290, 145, (290, 60), (300, 215))  # type: ignore[arg-type]
    looks = window.flows.portion
    yield lambda: not looks.closer.waiting
    person.press(Qt.Key.Key_S)  # type: ignore[attr-defined]
    yield lambda: window.annotate.reference_picker.isVisible()
    picker = window.annotate.reference_picker
    picker.line.setValue(130)
    (use,) = [b for b in picker.findChildren(QPushButton) if "line" in b.text().lower()]
    QTest.mouseClick(use, Qt.MouseButton.LeftButton)
    yield lambda: window.annotate.pending_reference
    person.drag((78, 222), (479, 222))  # type: ignore[attr-defined]
    yield lambda: window.session.scale is not None
    yield lambda: window.annotate.queue.isVisible()
    yield lambda: not looks.sharpening.waiting
    window.annotate.select(window.session.annotations[0].id)
    yield lambda: True
    window.grab().save(str(IMAGES / "window.png"))
    yield from logged(person)  # type: ignore[arg-type]
    person.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)  # type: ignore[attr-defined]
    yield lambda: window.pages.currentWidget() is window.diary_page
    yield lambda: True
    window.grab().save(str(IMAGES / "diary.png"))
    fill()
    person.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)  # type: ignore[attr-defined]
    yield lambda: window.trends_page.chart.isVisible()
    window.grab().save(str(IMAGES / "trends.png"))
    mark_photos(Path(os.environ["FOODCAL_DATA_DIR"]), 24)
    person.press(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)  # type: ignore[attr-defined]
    yield lambda: window.training_page.isVisible()
    replay(window.training_page.session)
    yield lambda: window.training_page.view.keep.isVisible()
    window.grab().save(str(IMAGES / "finetune.png"))


def replay(session: TrainingSession) -> None:
    """What a real training of minutes told (docs/training.md, a user's case), all at once, and its result."""
    for line in (REPOSITORY / "scripts" / "recorded_training.jsonl").read_text(encoding="utf-8").splitlines():
        session.hear(json.loads(line))


def main() -> None:
    """Take all pictures anew, with a data folder that is thrown away."""
    from PySide6.QtWidgets import QApplication

    with tempfile.TemporaryDirectory() as folder:
        os.environ["FOODCAL_DATA_DIR"] = folder
        application = QApplication([])
        from tests.e2e.steps import run

        IMAGES.mkdir(parents=True, exist_ok=True)
        run([str(REPOSITORY / "resources" / "sample" / "coffee.png")], script)  # type: ignore[arg-type]
        del application


if __name__ == "__main__":
    main()
