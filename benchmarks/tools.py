"""The drawing tools in the window, on a photo of 12 megapixels: from the mouse button or key to the window painted."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from PIL import Image
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.drawing import HEIGHT, WIDTH, large_food
from benchmarks.qt import application, wait_until
from benchmarks.report import Row, percentile
from foodcal_desktop.core import mask_tools
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.mask_tools import brush_stroke
from foodcal_desktop.storage import paths
from foodcal_desktop.window import Program

TIMES = 3
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Point = tuple[float, float]


class Bench:
    """The window with its large food selected."""

    def __init__(self) -> None:
        self.program = Program()
        self.window, self.session = self.program.window, self.program.session
        self.canvas = self.window.annotate.canvas
        path = paths.data_dir() / "12 MP.jpg"
        pixels = np.random.default_rng(4).integers(0, 255, (30, 40, 3), dtype=np.uint8)
        Image.fromarray(pixels).resize((WIDTH, HEIGHT)).save(path)
        self.window.resize(1280, 800)
        self.window.show()
        self.program.library.open_paths([path])
        wait_until(lambda: self.session.photo is not None)
        small = [brush_stroke(Mask.empty(HEIGHT, WIDTH), [(400 * i + 200, 200)], 150) for i in range(1, 8)]
        ids = [self.session.add(mask).id for mask in (*small, large_food())]
        for annotation_id, name in zip(
            ids, ("rice", "egg", "kimchi", "soup", "apple", "bread", "milk", "pizza"), strict=True
        ):
            self.session.set_food(annotation_id, self.program.foods.search(name, 1)[0])
        self.large, self._ids = ids[-1], frozenset(ids)
        self.window.activateWindow()
        wait_until(self.window.isActiveWindow, 10)

    def again(self, mask: Mask | None = None) -> None:
        """The large food as it was, or another mask in its place, selected and painted."""
        if all(row.id != self.large for row in self.session.annotations):
            self.session.undo()
        # What a case has drawn would be in the way of the next one.
        self.session.delete([row.id for row in self.session.annotations if row.id not in self._ids])
        self.session.set_mask(self.large, mask or large_food())
        self.window.annotate.select(self.large)
        self.canvas.setFocus()
        self.settle()

    def settle(self) -> None:
        """Let the window do what waits, the slow tools' work in a thread and painting included."""
        self.window.flows.mask.finish()
        for _ in range(3):
            QCoreApplication.processEvents()

    def at(self, x: float, y: float) -> QPoint:
        point: QPoint = self.canvas.view.to_widget(x, y).toPoint()
        return point

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.canvas, key, keys)

    def drawn(self, points: list[Point]) -> None:
        """Everything of a drag but the release."""
        QTest.mousePress(self.canvas, LEFT, NONE, self.at(*points[0]))
        for point in points[1:]:
            QTest.mouseMove(self.canvas, self.at(*point))
            QCoreApplication.processEvents()

    def release(self, point: Point) -> None:
        QTest.mouseRelease(self.canvas, LEFT, NONE, self.at(*point))


def timed(bench: Bench, before: Callable[[], object], action: Callable[[], object]) -> tuple[float, float]:
    """Seconds from the action to the window painted, by the clock and by the processor: medians."""
    walls, busy = [], []
    for _ in range(TIMES):
        before()
        bench.settle()
        wall, own = time.perf_counter(), time.thread_time()
        action()
        bench.settle()
        walls.append(time.perf_counter() - wall)
        busy.append(time.thread_time() - own)
    return percentile(walls, 0.5), percentile(busy, 0.5)


def strokes(bench: Bench, tool: Qt.Key) -> tuple[Callable[[], None], Callable[[], None]]:
    """A drag over the edge of the food: what comes before the release, and the release."""
    line = [(420.0 + 16 * i, 1400.0 - 6 * i) for i in range(20)]

    def before() -> None:
        bench.again()
        bench.key(tool)
        bench.drawn([*line, *([(900.0, 300.0), line[0]] if tool == Qt.Key.Key_O else [])])

    return before, lambda: bench.release(line[0] if tool == Qt.Key.Key_O else line[-1])


def polygon(bench: Bench) -> tuple[Callable[[], None], Callable[[], None]]:
    corners = [(600.0, 600.0), (3200.0, 500.0), (3300.0, 2500.0), (700.0, 2600.0)]

    def before() -> None:
        bench.again()
        bench.window.annotate.select("")
        bench.key(Qt.Key.Key_G)
        for corner in corners:
            QTest.mouseClick(bench.canvas, LEFT, NONE, bench.at(*corner))

    def action() -> None:
        bench.key(Qt.Key.Key_Return)

    return before, action


def corner(bench: Bench) -> tuple[Callable[[], None], Callable[[], None]]:
    """A corner of the outline is moved: the vertices are there, the button is released."""

    def before() -> None:
        bench.again()
        bench.key(Qt.Key.Key_G)
        x, y = max(mask_tools.to_polygons(large_food(), 1.5), key=len)[0]
        QTest.mouseMove(bench.canvas, bench.at(2000, 1500))
        QCoreApplication.processEvents()
        bench.drawn([(x, y), (x + 60, y + 60)])
        bench.end = (x + 60, y + 60)  # type: ignore[attr-defined]

    return before, lambda: bench.release(bench.end)  # type: ignore[attr-defined]


def torn() -> Mask:
    """The food with a hole, an island, and ragged edges."""
    y, x = np.ogrid[:HEIGHT, :WIDTH]
    ragged = large_food().to_array()
    ragged[1400:1500, 1900:2100] = False
    ragged[(np.hypot(x - 300, y - 2700) < 120)] = True
    return Mask.from_array(ragged)


def measure() -> list[Row]:
    application()
    bench, key, shown = Bench(), Qt.Key, []
    keys = {
        "fill holes": (key.Key_F, SHIFT),
        "drop small islands": (key.Key_D, SHIFT),
        "smooth": (key.Key_S, SHIFT),
        "split into islands": (key.Key_X, SHIFT),
        "move down the stack": (key.Key_Down, CTRL),
        "delete": (key.Key_Delete, NONE),
        "undo": (key.Key_Z, CTRL),
        "redo": (key.Key_Y, CTRL),
        "take the polygon tool": (key.Key_G, NONE),
    }
    cases = {
        "brush": strokes(bench, key.Key_W),
        "eraser": strokes(bench, key.Key_E),
        "lasso": strokes(bench, key.Key_O),
        "polygon, closed": polygon(bench),
        "polygon, a corner moved": corner(bench),
        **{
            name: (lambda name=name: prepared(bench, name), lambda pressed=pressed: bench.key(*pressed))
            for name, pressed in keys.items()
        },
    }
    for name, (before, action) in cases.items():
        shown.append(row(name, timed(bench, before, action)))
    bench.canvas.actual_size()
    shown.append(row("brush, zoomed to single pixels", timed(bench, *strokes(bench, key.Key_W))))
    bench.program.close()
    return shown


def row(name: str, seconds: tuple[float, float]) -> Row:
    note = f"{1000 * seconds[1]:.0f} ms of processor; to stay under 50"
    return Row(f"{name} at 12 MP, to painted", 1000 * seconds[0], "ms", note)


def prepared(bench: Bench, name: str) -> None:
    bench.again(torn())
    if name == "redo":
        bench.key(Qt.Key.Key_Z, CTRL)
    if name == "take the polygon tool":
        bench.key(Qt.Key.Key_V)
