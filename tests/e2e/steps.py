"""A person at the window: waits until something is so, then clicks and types with real events."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from foodcal_desktop.__main__ import main
from foodcal_desktop.ui.main_window import MainWindow

Condition = Callable[[], Any]
Script = Callable[["Person"], Iterator[Condition]]
PATIENCE = 120.0


def _active_windows() -> list[MainWindow]:
    """The window once keys reach it; without a window manager it has to ask for that itself."""
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
    for window in shown:
        if not window.isActiveWindow():
            window.activateWindow()
    return [w for w in shown if w.isActiveWindow()]


class Person:
    """The hands and eyes of a script: the window, its canvas, keys and clicks."""

    @property
    def window(self) -> MainWindow:
        """The program's window. Raises StopIteration where there is none."""
        return next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible())

    @property
    def canvas(self) -> Any:
        """Where the photo is."""
        return self.window.annotate.canvas

    def at(self, x: float, y: float) -> QPoint:
        """A photo's pixel as a point of the canvas."""
        point: QPoint = self.canvas.view.to_widget(x, y).toPoint()
        return point

    def click(self, x: float, y: float, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Click on the photo, in its pixels."""
        QTest.mouseClick(self.canvas, button, Qt.KeyboardModifier.NoModifier, self.at(x, y))

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press at one pixel of the photo, move to another, release."""
        none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        QTest.mousePress(self.canvas, left, none, self.at(*start))
        QTest.mouseMove(self.canvas, (self.at(*start) + self.at(*end)) / 2)
        QTest.mouseMove(self.canvas, self.at(*end))
        QTest.mouseRelease(self.canvas, left, none, self.at(*end))

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, where the keyboard goes."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, keys)

    def type_into(self, widget: QWidget, text: str) -> None:
        """Letters, one by one, then Enter."""
        QTest.keyClicks(widget, text)
        QTest.keyClick(widget, Qt.Key.Key_Return)


class _Runner(QObject):
    """Takes the script's next step whenever the condition it waits for holds."""

    def __init__(self, script: Script) -> None:
        super().__init__()
        self.error: BaseException | None = None
        self.finished = False
        self._steps = script(Person())
        self._condition: Condition = _active_windows
        self._since = time.monotonic()
        self._timer = QTimer(self, interval=20)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        try:
            if self._condition():
                self._since = time.monotonic()
                self._condition = next(self._steps)
            elif time.monotonic() - self._since > PATIENCE:
                raise TimeoutError("The window did not get there.")
        except StopIteration:
            self.finished = True
            self._stop()
        except BaseException as error:  # noqa: BLE001 - told to the test once the event loop is left
            self.error = error
            self._stop()

    def _stop(self) -> None:
        self._timer.stop()
        windows = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        for window in windows:
            window.close()
        if not windows:  # the last window's close quits by itself; a second quit would end a later test's event loop
            QApplication.quit()


def run(arguments: list[str], script: Script) -> None:
    """The real entry point, with a person at the window until the script ends; then the window is closed."""
    runner = _Runner(script)
    status = main(arguments)
    QCoreApplication.removePostedEvents(QApplication.instance(), QEvent.Type.Quit.value)
    if runner.error is not None:
        raise runner.error
    assert status == 0
    assert runner.finished
