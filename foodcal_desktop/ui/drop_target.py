"""A widget that photos are dropped on."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QWidget

from foodcal_desktop.ui.photo_viewport import PhotoViewport


class DropTarget(PhotoViewport):
    """``paths_dropped(list of str)``, ``image_dropped(QImage)``; ``_dropping`` while something hovers."""

    paths_dropped = Signal(list)
    image_dropped = Signal(QImage)
    _dropping = False

    def take_drops_of(self, window: QWidget) -> None:
        """What is dropped anywhere else in a window is meant for this one."""
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window's drops."""
        if isinstance(event, QDragEnterEvent):
            self.dragEnterEvent(event)
        elif isinstance(event, QDragLeaveEvent):
            self.dragLeaveEvent(event)
        elif type(event) is QDropEvent:
            self.dropEvent(event)
        else:
            return super().eventFilter(watched, event)
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and images are welcome."""
        data = event.mimeData()
        self._dropping = data.hasUrls() or data.hasImage()
        event.setAccepted(self._dropping)
        if self._dropping:
            event.acceptProposedAction()
        self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self._dropping = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Forward what was dropped."""
        self._dropping = False
        self.take(event.mimeData().urls(), event.mimeData().imageData())
        event.acceptProposedAction()
        self.update()

    def take(self, urls: Iterable[object], image: object) -> bool:
        """Forward local files, or else an image, from a drop or the clipboard; False where there is neither."""
        paths = [url.toLocalFile() for url in urls if url.isLocalFile()]  # type: ignore[attr-defined]
        if paths:
            self.paths_dropped.emit(paths)
        elif isinstance(image, QImage) and not image.isNull():
            self.image_dropped.emit(image)
        else:
            return False
        return True
