from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from foodcal_desktop.app.queue_listing import PhotoItem
from foodcal_desktop.ui.photo_list import PhotoList


class TenThousand(QObject):
    """A library of ten thousand photos that remembers whose thumbnails were wanted."""

    items_changed = Signal()
    item_changed = Signal(int)

    def __init__(self, count: int = 10_000) -> None:
        super().__init__()
        self.items = [PhotoItem(Path(f"/photos/IMG_{i:05}.jpg")) for i in range(count)]
        self.wanted: set[int] = set()

    def __len__(self) -> int:
        return len(self.items)

    @property
    def counts(self) -> Counter[str]:
        return Counter(item.state for item in self.items)

    def item(self, index: int) -> PhotoItem:
        return self.items[index]

    def want_thumbnail(self, index: int) -> None:
        self.wanted.add(index)

    def change(self, index: int, **values: object) -> None:
        self.items[index] = replace(self.items[index], **values)
        self.item_changed.emit(index)


def shown(qtbot, library: TenThousand) -> PhotoList:
    queue = PhotoList(library)  # type: ignore[arg-type]
    qtbot.addWidget(queue)
    queue.resize(200, 700)
    queue.show()
    queue.grab()
    return queue


def test_only_what_is_seen_gets_a_thumbnail(qtbot):
    library = TenThousand()
    queue = shown(qtbot, library)
    assert 0 < len(library.wanted) < 40
    queue.show_current(9_000)
    queue.grab()
    assert 9_000 in library.wanted
    assert len(library.wanted) < 80


def test_a_click_chooses_the_row(qtbot):
    library = TenThousand(20)
    queue = shown(qtbot, library)
    place = queue.view.visualRect(queue.model.index(3)).center()
    with qtbot.waitSignal(queue.chosen) as caught:
        QTest.mouseClick(queue.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == [3]


def test_the_open_photo_stays_in_sight_where_the_list_becomes_lower(qtbot):
    queue = shown(qtbot, TenThousand(40))
    queue.show_current(12)
    rows = queue.view.viewport().rect
    assert rows().contains(queue.view.visualRect(queue.view.currentIndex()))
    queue.resize(200, 420)
    queue.grab()
    assert rows().contains(queue.view.visualRect(queue.view.currentIndex()))


def test_counts_follow_the_states(qtbot):
    library = TenThousand(40)
    queue = shown(qtbot, library)
    for index in range(7):
        library.change(index, state="done")
    qtbot.waitUntil(lambda: queue._done.text() == "7 / 40 done")
    assert queue._left.isVisible() and queue._left.text() == "○ 33"
    library.change(8, state="review")
    qtbot.waitUntil(lambda: "◐</span> 1" in queue._left.text() and queue._left.text().endswith("○ 32"))
    assert queue._left.accessibleName() == "32 to do, 1 need review"


def test_a_thumbnail_is_painted_once_it_is_made(qtbot):
    library = TenThousand(3)
    queue = shown(qtbot, library)
    image = QImage(160, 120, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.red)
    library.change(0, thumbnail=image)
    rect = queue.view.visualRect(queue.model.index(0))
    colour = queue.view.viewport().grab().toImage().pixelColor(rect.x() + 34, rect.center().y())
    assert (colour.red(), colour.green()) == (255, 0)


def test_a_changed_row_lays_out_no_other(qtbot):
    library = TenThousand()
    queue = shown(qtbot, library)
    asked: list[int] = []
    count = queue.model.rowCount
    queue.model.rowCount = lambda *parents: (asked.append(0), count(*parents))[1]  # type: ignore[method-assign]
    library.change(2, state="done")
    queue.view.viewport().grab()
    QTest.qWait(20)
    queue.show_current(3)
    assert 0 < len(asked) < 1000


def test_rows_added_later_appear(qtbot):
    library = TenThousand(3)
    queue = shown(qtbot, library)
    library.items += [PhotoItem(Path("/photos/later.jpg"))]
    library.items_changed.emit()
    assert queue.model.rowCount() == 4
    assert queue.model.index(3).data() == "later.jpg"


def test_a_file_that_is_no_photo_says_why(qtbot):
    library = TenThousand(3)
    queue = shown(qtbot, library)
    library.change(1, error="IMG_00001.jpg is empty; please copy the photo again.")
    assert "is empty" in queue.model.index(1).data(Qt.ItemDataRole.ToolTipRole)
