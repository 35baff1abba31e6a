"""The queue: ten thousand photos are as quick as ten, for a thumbnail is made only when it is seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QProgressBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from foodcal_desktop.ui import theme
from foodcal_desktop.ui.buttons import label
from foodcal_desktop.ui.sentences import sentence

if TYPE_CHECKING:
    from foodcal_desktop.app.photo_library import PhotoLibrary
    from foodcal_desktop.app.photo_queue import PhotoQueue
    from foodcal_desktop.app.queue_listing import PhotoItem

Index = QModelIndex | QPersistentModelIndex
_ITEM_ROLE = Qt.ItemDataRole.UserRole


class PhotoListModel(QAbstractListModel):
    """The library's rows. Painting a row asks the library for its thumbnail."""

    def __init__(self, library: PhotoLibrary, queue: PhotoQueue | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library, self._queue = library, queue
        self._rows = queue.rows if queue is not None else ()
        self._count = len(self._rows) if queue is not None else len(library)
        if queue is not None:
            queue.changed.connect(self._on_queue)
        else:
            library.items_changed.connect(self._on_items)
        library.item_changed.connect(self._on_item)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many photos there are."""
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, tooltip, or the whole row for the delegate."""
        if not index.isValid() or index.row() >= self._count:
            return None
        item = self._library.item(self.index_of(index.row()))
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return sentence(item.error) if item.error else str(item.path)
        if role == _ITEM_ROLE:
            if item.thumbnail is None and item.error is None:
                self._library.want_thumbnail(self.index_of(index.row()))
            return item
        return None

    def index_of(self, row: int) -> int:
        """The library's index of a row shown."""
        return self._rows[row] if self._queue is not None else row

    def row_of(self, index: int) -> int:
        """The row in which an index of the library is shown, -1 for none."""
        return self._queue.position_of(index) if self._queue is not None else index

    def _on_queue(self) -> None:
        assert self._queue is not None
        if self._queue.rows == self._rows:
            return
        self.beginResetModel()
        self._rows = self._queue.rows
        self._count = len(self._rows)
        self.endResetModel()

    def _on_items(self) -> None:
        grown = len(self._library)
        if grown > self._count:
            self.beginInsertRows(QModelIndex(), self._count, grown - 1)
            self._count = grown
            self.endInsertRows()
        elif grown < self._count:
            self.beginResetModel()
            self._count = grown
            self.endResetModel()

    def _on_item(self, row: int) -> None:
        index = self.index(self.row_of(row))
        self.dataChanged.emit(index, index)


class PhotoDelegate(QStyledItemDelegate):
    """Thumbnail, name and the state as a full, half or empty disc."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are alike."""
        return QSize(120, theme.ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        item: PhotoItem | None = index.data(_ITEM_ROLE)
        if item is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect).adjusted(theme.SPACE_8, 1, -theme.SPACE_8, -1)
        self._paint_ground(painter, option, area)
        frame = QRectF(area.x() + 6, area.center().y() - theme.THUMBNAIL / 2, theme.THUMBNAIL, theme.THUMBNAIL)
        paint_thumbnail(painter, frame, item.thumbnail)
        self._paint_name(painter, area, frame, item)
        self._paint_state(painter, area, item)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRectF) -> None:
        t = theme.tokens()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QColor(t.hairline) if selected else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.raised if selected else t.sunken))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)

    def _paint_name(self, painter: QPainter, area: QRectF, frame: QRectF, item: PhotoItem) -> None:
        t = theme.tokens()
        painter.setPen(QColor(t.error if item.error else t.ink))
        painter.setFont(theme.font(theme.BODY))
        room = QRectF(frame.right() + theme.SPACE_8, area.y(), area.right() - frame.right() - 30, area.height())
        text = painter.fontMetrics().elidedText(item.path.stem, Qt.TextElideMode.ElideMiddle, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_state(self, painter: QPainter, area: QRectF, item: PhotoItem) -> None:
        t = theme.tokens()
        name, ink = ("warning", t.error) if item.error else (f"state-{item.state}", t.soft_ink)
        if item.state != "todo" and not item.error:
            ink = t.accent if item.state == "done" else t.warn
        ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
        pixmap = theme.icon_pixmap(name, 18, ink, ratio)
        painter.drawPixmap(int(area.right()) - 21, int(area.center().y()) - 9, pixmap)


def paint_thumbnail(painter: QPainter, frame: QRectF, image: QImage | None) -> None:
    """A thumbnail cut to fill a rounded frame; an empty frame while there is none."""
    path = QPainterPath()
    path.addRoundedRect(frame, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
    painter.fillPath(path, QColor(theme.tokens().hairline))
    if image is None or image.isNull():
        return
    scale = max(frame.width() / image.width(), frame.height() / image.height())
    width, height = frame.width() / scale, frame.height() / scale
    source = QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)
    painter.save()
    painter.setClipPath(path)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(frame, image, source)
    painter.restore()


class _Rows(QListView):
    """Rows that are all of one height."""

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Only paint a changed row anew: Qt's own would lay out all of them, each time a thumbnail is there."""
        for row in range(first.row(), last.row() + 1):
            self.update(self.model().index(row, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the open photo in sight: the foot of the list comes after its rows and would cover it."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())


class PhotoList(QFrame):
    """The queue with its count and progress. ``chosen(index)`` when the user picks a row; ``remove_wanted(index)``."""

    chosen = Signal(int)
    remove_wanted = Signal(int)

    def __init__(self, library: PhotoLibrary, queue: PhotoQueue | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "queue")
        self._library = library
        self.model = PhotoListModel(library, queue)
        self.model.setParent(self)
        self.view = self._make_view()
        # After the view, which forgets its current row when the rows are others.
        self.model.modelReset.connect(lambda: self.show_current(self._library.current))
        self._title = label(self.tr("Photos"), "emphasis")
        self._count = label(role="soft")
        self._done, self._left = label(role="caption"), label(role="caption")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._lay_out()
        # Ten thousand rows are counted once for many changes.
        self._recounting = QTimer(self, singleShot=True, interval=50)
        self._recounting.timeout.connect(self._recount)
        library.items_changed.connect(self._recounting.start)
        library.item_changed.connect(lambda _: self._recounting.start())
        self._recount()

    def show_current(self, index: int) -> None:
        """Mark the open photo and scroll to it."""
        row = self.model.index(self.model.row_of(index))
        self.view.setCurrentIndex(row)
        self.view.scrollTo(row)

    def _make_view(self) -> QListView:
        view = _Rows()
        view.setModel(self.model)
        view.setItemDelegate(PhotoDelegate(view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(self.tr("Photos"))
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._offer_removal)
        view.clicked.connect(lambda index: self.chosen.emit(self.model.index_of(index.row())))
        view.activated.connect(lambda index: self.chosen.emit(self.model.index_of(index.row())))
        return view

    def _offer_removal(self, place: QPoint) -> None:
        row = self.view.indexAt(place)
        if row.isValid():
            menu = QMenu(self.view)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            index = self.model.index_of(row.row())
            action = menu.addAction(self.tr("Remove from the queue"))
            action.triggered.connect(lambda: self.remove_wanted.emit(index))
            menu.popup(self.view.viewport().mapToGlobal(place))

    def _recount(self) -> None:
        counts = self._library.counts
        total = sum(counts.values())
        done = counts["done"]
        self._count.setText(str(self.model.rowCount()) if total else "")
        self._done.setText(self.tr("{0} / {1} done").format(done, total))
        words = self.tr("{0} to do, {1} need review").format(counts["todo"], counts["review"])
        for part in (self._done, self._left):
            part.setToolTip(words)
        self._left.setAccessibleName(words)
        # The discs of the rows, with how many have each.
        review = f'<span style="color:{theme.tokens().warn}">◐</span> {counts["review"]}&nbsp;&nbsp;'
        self._left.setText((review if counts["review"] else "") + f"○ {counts['todo']}")
        self._left.setVisible(bool(total))
        self._progress.setRange(0, max(total, 1))
        self._progress.setValue(done)
        self._done.setVisible(bool(total))
        self._progress.setVisible(bool(total))

    def set_title(self, title: str) -> None:
        """What is listed: the filter's name."""
        self._title.setText(title)
        self._recount()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE_16, theme.SPACE_12, theme.SPACE_16, theme.SPACE_4)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._count)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.SPACE_16, theme.SPACE_8, theme.SPACE_16, theme.SPACE_16)
        foot.setSpacing(theme.SPACE_4)
        numbers = QHBoxLayout()
        numbers.addWidget(self._done)
        numbers.addStretch(1)
        numbers.addWidget(self._left)
        foot.addLayout(numbers)
        foot.addWidget(self._progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
