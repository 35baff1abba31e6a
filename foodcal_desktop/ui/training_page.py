"""Fine-tune: what there is to learn from, one button, a live curve, before and after, keep or discard."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from foodcal_desktop.app.training_process import IDLE, TrainingOrder
from foodcal_desktop.app.training_session import TrainingSession
from foodcal_desktop.storage.training_runs import Run
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.buttons import hairline, label
from foodcal_desktop.ui.training_form import TrainingForm
from foodcal_desktop.ui.training_view import EmptyTraining, TrainingView

_SIDE_WIDTH = 320
_LOOK_AGAIN_MS = 2000


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


class UnfinishedCard(QFrame):
    """A training that was interrupted: go on with it or throw it away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.text = label()
        self.text.setWordWrap(True)
        self.go_on, self.discard = QPushButton(self.tr("Continue")), QPushButton(self.tr("Discard"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.go_on)
        buttons.addWidget(self.discard)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_12, theme.SPACE_12, theme.SPACE_12, theme.SPACE_12)
        column.setSpacing(theme.SPACE_8)
        column.addWidget(self.text)
        column.addLayout(buttons)

    def show_run(self, run: Run, epochs_done: int, runs_elsewhere: bool) -> None:
        """Show which one; what another process trains can be neither continued nor thrown away here."""
        for button in (self.go_on, self.discard):
            button.setVisible(not runs_elsewhere)
        if runs_elsewhere:
            self.text.setText(self.tr("{0} is being trained in another process.").format(run.name))
            return
        self.text.setText(
            self.tr("{0} was interrupted after epoch {1}; what it learned is kept.").format(run.name, epochs_done)
            if epochs_done
            else self.tr("{0} was interrupted in its first epoch; what it learned is kept.").format(run.name)
        )


class TrainingPage(QWidget):
    """Shows a session. ``said(sentence)`` is for the status line."""

    said = Signal(str)

    def __init__(self, session: TrainingSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.session = session
        self._run = Run("")
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
        self.problem.setText(wording.sentence(self.session.problem))
        self.problem.setVisible(bool(self.session.problem) and self.session.problem != self.form.problem.text())
        self._show_unfinished()
        if idle:
            self._show_holdings()
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
        seen = self.session.runs_seen(self.form.order.name)
        if seen != self._seen:
            self._seen = seen
            self.refresh()

    def _show_holdings(self) -> None:
        now = self.session.holdings()
        for tile, count in zip(self.counts, (now.photos, now.masks, now.corrections), strict=True):
            tile.number.setText(f"{count:,}".replace(",", " "))
        self.empty.show_photos(now.photos)

    def _show_unfinished(self) -> None:
        # While one runs nothing is offered: that one could be thrown away before its child holds it.
        runs = self.session.unfinished() if self.session.state == IDLE and self.session.result is None else []
        self.unfinished.setVisible(bool(runs))
        if runs:
            self._run = runs[0]
            elsewhere = self.session.runs_elsewhere(self._run.name)
            self.unfinished.show_run(self._run, self.session.epochs_done(self._run), elsewhere)

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
        self.unfinished.go_on.clicked.connect(lambda _=False: self.session.go_on_with(self._run))
        self.unfinished.discard.clicked.connect(lambda _=False: self.session.drop(self._run))
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
        row.addWidget(self._side())
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
        area.setProperty("role", "queue")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(_SIDE_WIDTH)
        area.setWidget(inner)
        return area
