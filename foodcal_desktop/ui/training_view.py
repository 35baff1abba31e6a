"""A training and its result: where it is, its curve, before and after, and what to do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from foodcal_desktop.app.training_process import IDLE, PAUSED, PAUSING, STOPPING
from foodcal_desktop.app.training_progress import COMPARING, TrainingProgress
from foodcal_desktop.app.training_session import ENOUGH_PHOTOS, LEAST_PHOTOS, TrainingSession
from foodcal_desktop.ui import empty_state, theme, training_words
from foodcal_desktop.ui.buttons import label
from foodcal_desktop.ui.training_curve import TrainingCurve


class EmptyTraining(QWidget):
    """Says what to do before there is a curve, under a plate in outline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos, self._least = 0, LEAST_PHOTOS
        self._folder, self._counting = "", False

    def show_photos(self, photos: int, least: int = LEAST_PHOTOS) -> None:
        """How many photos there are to learn from, and how many it takes."""
        self._photos, self._least, self._folder = photos, least, ""
        self.update()

    def show_folder(self, name: str, counting: bool) -> None:
        """That a dataset is being counted or cannot be read."""
        self._folder, self._counting = name, counting
        self.update()

    def texts(self) -> tuple[str, str]:
        """The title and the hint."""
        if self._folder:
            return self._about_folder()
        if self._photos < self._least:
            hint = self.tr("Accept masks on a few photos (Ctrl+1); from about {0} on, it pays.")
            return self.tr("Nothing to learn from yet"), hint.format(ENOUGH_PHOTOS)
        one = self.tr("1 photo to learn from")
        title = one if self._photos == 1 else self.tr("{0} photos to learn from").format(self._photos)
        if self._photos < ENOUGH_PHOTOS:
            hint = self.tr("With about {0} the result is surer. Nothing changes until you keep it.")
            return title, hint.format(ENOUGH_PHOTOS)
        return title, self.tr("It takes minutes, in the background. Nothing changes until you keep it.")

    def _about_folder(self) -> tuple[str, str]:
        if self._counting:
            return self.tr("Counting the photos of {0}…").format(self._folder), ""
        hint = self.tr("Choose another folder under “Learn from”, or export this one again.")
        return self.tr("{0} cannot be learned from").format(self._folder), hint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        with QPainter(self) as painter:
            empty_state.paint_empty_plate(painter, QRectF(self.rect()), *self.texts())


class FigureTile(QWidget):
    """A name, a value, and how it has changed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value, self.change = label(role="item-kcal"), label(role="caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in (label(name, "caption"), self.value, self.change):
            column.addWidget(part)

    def show_figure(self, value: str, change: str = "") -> None:
        """Show it."""
        self.value.setText(value)
        self.change.setText(change)


class TrainingView(QWidget):
    """Shows a session's training or result and forwards its buttons."""

    def __init__(self, session: TrainingSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.headline, self.line = label(role="title"), label(role="soft")
        for text in (self.headline, self.line):
            text.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        names = (self.tr("IoU after 1 click"), self.tr("3 clicks"), self.tr("5 clicks"), self.tr("Box"))
        self.tiles = [FigureTile(name) for name in names]
        self.curve = TrainingCurve()
        self.pause = self._button(self.tr("Pause"), self._toggle_pause)
        self.cancel = self._button(self.tr("Cancel"), session.cancel)
        self.discard = self._button(self.tr("Discard"), session.discard)
        self.keep = self._button(self.tr("Keep"), session.keep)
        self.back = self._button("", self._roll_back)
        self.again = self._button(self.tr("Train again"), session.put_aside)
        theme.set_role(self.keep, "primary")
        self._lay_out()

    def refresh(self) -> None:
        """Show the session as it is now."""
        running, result = self._session.state != IDLE, self._session.result
        if running:
            self._show_running(self._session.progress)
        elif result is not None:
            self._show_result(result)
        better = result is not None and bool(result["better"]) and not running
        kept = self._session.is_kept and not running
        for button, shown in (
            (self.pause, running),
            (self.cancel, running),
            (self.discard, result is not None and not running and not kept),
            (self.keep, better and not kept),
            (self.back, kept and bool(self._session.former)),
            (self.again, kept),
        ):
            button.setVisible(shown)
        self.bar.setVisible(running)
        self.curve.show_progress(self._session.progress)

    # While it runs

    def _show_running(self, progress: TrainingProgress) -> None:
        state = self._session.state
        said = {PAUSING: self.tr("Pausing…"), PAUSED: self.tr("Paused"), STOPPING: self.tr("Stopping…")}
        self.headline.setText(said.get(state) or training_words.headline(progress))
        self.line.setText(
            self.tr("What it learned is on the disk; go on whenever you like.")
            if state == PAUSED
            else training_words.explanation(progress)
        )
        self.pause.setText(self.tr("Resume") if state in (PAUSING, PAUSED) else self.tr("Pause"))
        # Not off while it is pausing: the focus would go to Cancel, and the key that paused would throw all away.
        self.pause.setEnabled(state != STOPPING)
        self.cancel.setEnabled(state != STOPPING)
        self.bar.setValue(round(1000 * _share_done(progress)))
        self._show_latest(progress)

    def _show_latest(self, progress: TrainingProgress) -> None:
        points = progress.points
        for number, tile in enumerate(self.tiles[:3]):
            if not points:
                tile.show_figure("–")
                continue
            change = points[-1].iou[number] - points[0].iou[number]
            tile.show_figure(
                f"{points[-1].iou[number]:.3f}", training_words.signed(change, 3) if len(points) > 1 else ""
            )
        self.tiles[3].setVisible(False)

    def _toggle_pause(self) -> None:
        if self._session.state in (PAUSING, PAUSED):
            self._session.go_on()
        else:
            self._session.pause()

    # What came of it

    def _roll_back(self) -> None:
        self._session.roll_back()
        # Else the focus would be on Discard, a key away from losing what was learned.
        self.keep.setFocus()

    def _show_result(self, document: dict[str, Any]) -> None:
        self.headline.setText(training_words.clicks(document))
        if self._session.is_kept:
            self.line.setText(self.tr("{0} is used from now on.").format(document["name"]))
            self.back.setText(self.tr("Back to {0}").format(self._session.former))
        else:
            self.line.setText(training_words.verdict(document))
        parts = [("miou", "1"), ("miou", "3"), ("miou", "5"), ("box_miou",)]
        for tile, path in zip(self.tiles, parts, strict=True):
            before, after, change = (_at(document[part], path) for part in ("before", "after", "difference"))
            tile.show_figure(f"{before:.3f} → {after:.3f}", training_words.between(change, 3))
            tile.setVisible(True)

    # Looks

    def _button(self, text: str, handler: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(lambda _=False: handler())
        return button

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.SPACE_4)
        words.addWidget(self.headline)
        words.addWidget(self.line)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_8)
        head.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_8)
        for button in (self.pause, self.cancel, self.again, self.back, self.discard, self.keep):
            buttons.addWidget(button)
        head.addLayout(buttons)
        head.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        figures = QHBoxLayout()
        figures.setSpacing(theme.SPACE_24)
        for tile in self.tiles:
            figures.addWidget(tile)
        figures.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_16)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addLayout(figures)
        column.addWidget(self._curve_card(), 1)

    def _curve_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(theme.SPACE_16, theme.SPACE_12, theme.SPACE_8, theme.SPACE_8)
        inner.addWidget(self.curve)
        return card


def _share_done(progress: TrainingProgress) -> float:
    """From 0 to 1: the learning, then the comparison from the start again, for the bar says how far each of them is."""
    if progress.phase == COMPARING:
        return progress.compared / max(progress.to_compare, 1)
    learned = progress.losses[-1][0] if progress.losses else 0.0
    return min(learned / max(progress.epochs, 1), 1.0)


def _at(values: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        values = values[key]
    return values
