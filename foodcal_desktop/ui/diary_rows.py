"""A meal of the day: its photos with their masks, and a line for each entry."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDoubleSpinBox, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from foodcal_desktop.core.diary import DiaryEntry, Meal
from foodcal_desktop.core.food import MOST_GRAMS, Serving
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.buttons import ElidedLabel, IconButton, hairline, label
from foodcal_desktop.ui.diary_menus import add_changes
from foodcal_desktop.ui.fields import number_field, told_again
from foodcal_desktop.ui.mask_outline import mask_path
from foodcal_desktop.ui.photo_list import paint_thumbnail
from foodcal_desktop.ui.serving_button import ServingButton

_STRIP = 84


class EntryRow(QWidget):
    """One entry. ``grams_typed(entry, g)``, ``kcal_typed(entry, kcal)``, ``delete_wanted(entries)``,
    ``move_wanted(entries, slot)``.

    ``share_wanted(entries, share)``: only a share (0 to 1) of it was eaten. ``day_wanted(entries, day)`` moves it to
    another day, ``copy_wanted(entries, day)`` logs the same there.
    """

    grams_typed = Signal(object, float)
    kcal_typed = Signal(object, float)
    share_wanted = Signal(object, float)
    delete_wanted = Signal(object)
    move_wanted = Signal(object, str)
    day_wanted = Signal(object, str)
    copy_wanted = Signal(object, str)

    def __init__(
        self, entry: DiaryEntry, name: str, servings: tuple[Serving, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.entry = entry
        self.name = ElidedLabel(name, "item-name")
        self.name.setMinimumWidth(80)
        weight = self.tr("Weight of {0}").format(name)
        self.grams = number_field(weight, 0.1, MOST_GRAMS, " g", 80)
        self.grams.setProperty("role", "flat")
        self.grams.setAlignment(Qt.AlignmentFlag.AlignRight)
        blocker = QSignalBlocker(self.grams)
        self.grams.setValue(entry.grams.value)
        del blocker
        self.grams.valueChanged.connect(lambda grams: self.grams_typed.emit(self.entry, grams))
        told_again(self.grams).connect(lambda: self.grams_typed.emit(self.entry, entry.grams.value))
        self.serving = ServingButton(servings, entry.grams.value)
        self.serving.served.connect(lambda grams: self.grams_typed.emit(self.entry, grams))
        self.kcal = self._energy()
        self.more = IconButton("more", self.tr("Move or delete"))
        menu = QMenu(self.more)
        add_changes(menu, self, (entry,))
        self.more.setMenu(menu)
        self.more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self._lay_out()

    def _energy(self) -> QDoubleSpinBox:
        """The energy, which becomes grams where it is typed, and so is no more than those of the most grams."""
        most = MOST_GRAMS * self.entry.kcal_per_100g / 100
        field = number_field(self.tr("Energy"), min(1, self.entry.kcal.value), most, width=64)
        field.setProperty("role", "flat-kcal")
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setValue(self.entry.kcal.value)
        field.setEnabled(self.entry.kcal_per_100g > 0)
        field.valueChanged.connect(lambda kcal: self.kcal_typed.emit(self.entry, kcal))
        told_again(field).connect(lambda: self.kcal_typed.emit(self.entry, field.value()))
        return field

    def _lay_out(self) -> None:
        between = label(wording.interval(self.entry.kcal), "caption")
        between.setFixedWidth(72)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_8)
        row.addWidget(self.name, 1)
        for part in (self.serving, self.grams, self.kcal, between, self.more):
            row.addWidget(part)


class PhotoTile(QWidget):
    """A photo of a meal with its masks. ``clicked(sha256)`` opens it."""

    clicked = Signal(str)

    def __init__(
        self, photo: str, image: QImage | None, masks: tuple[Mask, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._photo, self._image, self._masks = photo, image, masks
        self.setFixedSize(round(_STRIP * 4 / 3), _STRIP)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Open this photo"))

    def sizeHint(self) -> QSize:
        """A four to three frame."""
        return QSize(round(_STRIP * 4 / 3), _STRIP)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open it."""
        self.clicked.emit(self._photo)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The photo cut to the frame, the masks over it."""
        frame = QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_thumbnail(painter, frame, self._image)
            for hue, mask in enumerate(self._masks):
                self._paint_mask(painter, frame, mask, hue)

    def _paint_mask(self, painter: QPainter, frame: QRectF, mask: Mask, hue: int) -> None:
        scale = max(frame.width() / mask.width, frame.height() / mask.height)
        step = max(int(1 / scale / 2), 1)
        painter.save()
        painter.setClipRect(frame)
        painter.translate((frame.width() - mask.width * scale) / 2, (frame.height() - mask.height * scale) / 2)
        painter.scale(scale, scale)
        painter.fillPath(mask_path(mask, step, True), theme.mask_color(hue, theme.MASK_FILL_SELECTED))
        painter.restore()


class MealCard(QFrame):
    """A meal's name and sum, its photos and its entries. The signals are those of its rows and tiles.

    ``add_wanted(slot)``: another food without a photo.
    """

    add_wanted = Signal(str)
    grams_typed = Signal(object, float)
    kcal_typed = Signal(object, float)
    share_wanted = Signal(object, float)
    delete_wanted = Signal(object)
    move_wanted = Signal(object, str)
    day_wanted = Signal(object, str)
    copy_wanted = Signal(object, str)
    photo_wanted = Signal(str)

    def __init__(
        self,
        meal: Meal,
        tile: Callable[[str], PhotoTile | None],
        name: Callable[[DiaryEntry], str],
        servings: Callable[[DiaryEntry], tuple[Serving, ...]] = lambda _: (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._servings = name, servings
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_16, theme.SPACE_12, theme.SPACE_8, theme.SPACE_12)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(self._head(meal))
        strip = self._strip(meal, tile)
        if strip is not None:
            column.addLayout(strip)
        column.addWidget(hairline())
        for entry in meal.entries:
            column.addWidget(self._row(entry))

    def _head(self, meal: Meal) -> QHBoxLayout:
        head = QHBoxLayout()
        kcal = meal.totals.kcal
        between = wording.interval(kcal)
        head.addWidget(label(wording.slot_name(meal.slot), "emphasis"))
        head.addStretch(1)
        head.addWidget(label(self.tr("{0} kcal").format(wording.number(kcal.value)), "emphasis"))
        head.addWidget(label(f"({between})" if between else "", "soft"))
        more = IconButton("more", self.tr("Add to, move, copy or delete the meal"))
        menu = QMenu(more)
        menu.addAction(self.tr("Add a food…")).triggered.connect(lambda: self.add_wanted.emit(meal.slot))
        add_changes(menu, self, meal.entries)
        more.setMenu(menu)
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        head.addWidget(more)
        return head

    def _strip(self, meal: Meal, tile: Callable[[str], PhotoTile | None]) -> QHBoxLayout | None:
        photos = dict.fromkeys(entry.photo for entry in meal.entries if entry.photo)
        tiles = [made for photo in photos if (made := tile(photo)) is not None]
        if not tiles:
            return None
        strip = QHBoxLayout()
        strip.setSpacing(theme.SPACE_8)
        for made in tiles[:6]:
            made.clicked.connect(self.photo_wanted)
            strip.addWidget(made)
        strip.addStretch(1)
        return strip

    def _row(self, entry: DiaryEntry) -> EntryRow:
        row = EntryRow(entry, self._name(entry), self._servings(entry))
        row.grams_typed.connect(self.grams_typed)
        row.kcal_typed.connect(self.kcal_typed)
        row.delete_wanted.connect(self.delete_wanted)
        row.move_wanted.connect(self.move_wanted)
        row.share_wanted.connect(self.share_wanted)
        row.day_wanted.connect(self.day_wanted)
        row.copy_wanted.connect(self.copy_wanted)
        return row
