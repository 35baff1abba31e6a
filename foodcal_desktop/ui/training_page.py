"""Fine-tune: what there is to learn from, one button, a live curve, before and after, keep or discard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from foodcal_desktop.app.dataset_counts import when_written
from foodcal_desktop.app.training_process import IDLE, TrainingOrder
from foodcal_desktop.app.training_session import TrainingSession
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.buttons import hairline, label
from foodcal_desktop.ui.training_form import TrainingForm
from foodcal_desktop.ui.training_view import EmptyTraining, TrainingView
from foodcal_desktop.ui.unfinished_card import UnfinishedCard

_SIDE_WIDTH = 320
_LOOK_AGAIN_MS = 2000
_NONE = "–"


class CountTile(QWidget):
    """A number with what it counts under it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = label("0", "title")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.number)
        column.addWidget(label(name, "caption"))


class TrainingPage(QWidget):
    """Shows a session. ``said(sentence)`` is for the status line."""

    said = Signal(str)

    def __init__(self, session: TrainingSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.session = session
        self._counted = ""
        names = (self.tr("photos"), self.tr("masks"), self.tr("corrections"))
        self.counts = [CountTile(name) for name in names]
        self.form = TrainingForm(session)
        self.unfinished = UnfinishedCard()
        self.view, self.empty = TrainingView(session), EmptyTraining()
        self.problem = label(role="error")
        self.problem.setWordWrap(True)
        self.used = label(role="caption")
        self.back = QPushButton()
        theme.set_role(self.back, "link")
        self.stack = QStackedWidget()
        # Nobody tells when a training of another process begins or is over.
        self._seen: object = None
        self._again = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._again.timeout.connect(self._look_again)
        self.side = self._side()
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show everything as it is now; while hidden nothing is done, for showing it does it then."""
        if not self.isVisible():
            return
        idle = self.session.state == IDLE
        self.session.look_again()
        self.form.refresh()
        self.view.refresh()
        self.stack.setCurrentWidget(self.empty if idle and self.session.result is None else self.view)
        problem = wording.breakable(wording.sentence(self.session.problem))
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem) and problem != self.form.problem.text())
        self._show_unfinished()
        # The database is not asked at each step of a training; a folder's count is at hand, or comes while it runs.
        if idle or self.form.order.dataset or self._counted:
            self._show_holdings()
        if idle:
            self._show_used()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while it was hidden."""
        super().showEvent(event)
        self.refresh()
        self._again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        self._again.stop()
        super().hideEvent(event)

    def _look_again(self) -> None:
        order = self.form.order
        seen = (self.session.runs_seen(order.name), when_written(order.dataset) if order.dataset else None)
        if seen != self._seen:
            self._seen = seen
            self.refresh()

    def _show_holdings(self) -> None:
        self._counted = self.form.order.dataset
        if self._counted:
            self._show_dataset(self._counted)
            return
        now = self.session.holdings()
        self._show_counts(*(_grouped(count) for count in (now.photos, now.masks, now.corrections)))
        self.empty.show_photos(now.photos)

    def _show_dataset(self, folder: str) -> None:
        """A folder knows no corrections; it is counted beside the window, which takes a moment."""
        count = self.session.datasets.count(folder)
        if count is not None:
            self._show_counts(_grouped(count.photos), _grouped(count.masks), _NONE)
            self.empty.show_photos(count.photos, least=1)
            return
        self._show_counts(_NONE, _NONE, _NONE)
        self.empty.show_folder(Path(folder).name, self.session.datasets.is_counting(folder))

    def _show_trouble(self) -> None:
        """What is wrong with a recipe shall not stand below the edge of a small window."""
        if self.form.recipe.trouble.isVisible():
            self.side.ensureWidgetVisible(self.form.recipe.trouble)

    def _show_counts(self, *counts: str) -> None:
        for tile, count in zip(self.counts, counts, strict=True):
            tile.number.setText(count)

    def _show_unfinished(self) -> None:
        # While one runs nothing is offered: that one could be thrown away before its child holds it.
        runs = self.session.interrupted() if self.session.state == IDLE and self.session.result is None else []
        self.unfinished.show_runs(runs)

    def _show_used(self) -> None:
        former = self.session.former
        self.used.setText(self.tr("In use: {0}").format(self.session.selected))
        self.back.setText(self.tr("Back to {0}").format(former))
        self.back.setVisible(bool(former))

    def _start(self, order: TrainingOrder) -> None:
        self.session.start(order)

    def _on_changed(self) -> None:
        self.refresh()
        if self.session.note:
            self.said.emit(self.session.note)
            self.session.note = ""

    def _connect(self) -> None:
        self.session.changed.connect(self._on_changed)
        self.form.started.connect(self._start)
        self.form.recipe.changed.connect(lambda: QTimer.singleShot(0, self._show_trouble))
        self.form.source_changed.connect(self._show_holdings)
        self.unfinished.go_on.clicked.connect(lambda _=False: self.session.go_on_with(self.unfinished.run))
        self.unfinished.discard.clicked.connect(lambda _=False: self.session.drop(self.unfinished.run))
        self.back.clicked.connect(lambda _=False: self.session.roll_back())

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(theme.SPACE_24, theme.SPACE_16, theme.SPACE_24, theme.SPACE_24)
        right.setSpacing(theme.SPACE_12)
        right.addWidget(self.problem)
        right.addWidget(self.stack, 1)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.view)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side_with_foot())
        row.addLayout(right, 1)

    def _side(self) -> QScrollArea:
        inner = QFrame()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.SPACE_24, theme.SPACE_16, theme.SPACE_24, theme.SPACE_16)
        column.setSpacing(theme.SPACE_16)
        column.addWidget(label(self.tr("Fine-tune"), "title"))
        counts = QHBoxLayout()
        for tile in self.counts:
            counts.addWidget(tile, 1)
        column.addLayout(counts)
        column.addWidget(hairline())
        column.addWidget(self.unfinished)
        column.addWidget(self.form)
        column.addStretch(1)
        column.addWidget(self.used)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        return area

    def _side_with_foot(self) -> QFrame:
        """What is scrolled, over the button that starts, which many interrupted trainings would push out of sight."""
        both, foot = QFrame(), QVBoxLayout()
        both.setProperty("role", "queue")
        both.setFixedWidth(_SIDE_WIDTH)
        foot.setContentsMargins(theme.SPACE_24, theme.SPACE_8, theme.SPACE_24, theme.SPACE_16)
        foot.setSpacing(theme.SPACE_8)
        foot.addWidget(self.form.button)
        foot.addWidget(self.form.problem)
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.side, 1)
        column.addLayout(foot)
        return both


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", " ")
