"""The diary: a day as a column of meals, its sum against the goal, the week along the top."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QStandardPaths, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from foodcal_desktop.core.diary import DiaryEntry, slot_at
from foodcal_desktop.core.food import Food, Serving
from foodcal_desktop.storage.settings import DAILY_KCAL_GOAL, Settings
from foodcal_desktop.ui import empty_state, theme, wording
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.buttons import action_button, label
from foodcal_desktop.ui.day_panel import DayPanel
from foodcal_desktop.ui.diary_rows import MealCard, PhotoTile
from foodcal_desktop.ui.food_picker import FoodPicker
from foodcal_desktop.ui.week_strip import WeekStrip

if TYPE_CHECKING:
    from foodcal_desktop.app.diary_session import DiarySession
    from foodcal_desktop.app.food_search import FoodSearch
    from foodcal_desktop.app.photo_library import PhotoLibrary


_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation


class EmptyDay(QWidget):
    """Says what to do on a day without entries, under a plate in outline."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        with QPainter(self) as painter:
            title = self.tr("Nothing eaten yet")
            hint = self.tr("Log a meal from a photo, or a food without one (N)")
            empty_state.paint_empty_plate(painter, QRectF(self.rect()), title, hint)


class DiaryPage(QWidget):
    """Shows the diary's day. ``photo_wanted(index)`` opens a row of the queue, ``said(sentence)`` is for the status."""

    photo_wanted = Signal(int)
    said = Signal(str)

    def __init__(
        self,
        diary: DiarySession,
        library: PhotoLibrary,
        foods: FoodSearch,
        settings: Settings,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._diary, self._library, self._settings, self._actions = diary, library, settings, actions
        self._foods = foods
        self._stale = True
        # The meal that a food without a photo is for; none is that of the hour.
        self._slot = ""
        self.title = label(role="title")
        self.week = WeekStrip()
        self.panel = DayPanel()
        self.empty = EmptyDay()
        self._column = QVBoxLayout()
        self._cards: list[MealCard] = []
        self.food_picker = FoodPicker(self, foods)
        self.food_picker.picked.connect(self._add)
        self.food_picker.closed.connect(self.setFocus)
        self._lay_out()
        self._connect()

    @property
    def cards(self) -> list[MealCard]:
        """The meals shown."""
        return self._cards

    def refresh(self) -> None:
        """Show the day as it is now; while hidden, only remember that it has changed."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        goal = self._settings.get(DAILY_KCAL_GOAL)
        summary = self._diary.summary
        self.title.setText(wording.day_name(summary.day))
        self.week.show_week(self._diary.week(), goal, summary.day)
        self.panel.show_totals(summary.totals, goal)
        self._show_meals([MealCard(meal, self._tile, self._name, self._servings) for meal in summary.meals])

    def open_food_picker(self) -> None:
        """Log a food without a photo, to the meal of this hour."""
        self._slot = ""
        self.food_picker.open_at(QPoint((self.width() - self.food_picker.width()) // 2, 120))

    def showEvent(self, event: object) -> None:
        """Catch up with what changed while it was hidden."""
        if self._stale:
            self.refresh()

    def _show_meals(self, cards: list[MealCard]) -> None:
        for old in self._cards:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards = cards
        for index, card in enumerate(cards):
            card.grams_typed.connect(lambda entry, grams: self._diary.set_grams(entry, grams, self._name(entry)))
            card.kcal_typed.connect(lambda entry, kcal: self._diary.set_kcal(entry, kcal, self._name(entry)))
            card.delete_wanted.connect(self._delete)
            card.move_wanted.connect(self._diary.move)
            card.share_wanted.connect(self._share)
            card.add_wanted.connect(self._add_to)
            card.day_wanted.connect(self._move_to_day)
            card.copy_wanted.connect(self._diary.copy_to_day)
            card.photo_wanted.connect(self._open_photo)
            self._column.insertWidget(index, card)
        self.empty.setVisible(not cards)

    def _name(self, entry: DiaryEntry) -> str:
        """In the user's language where the food is still in the table, else as it was logged."""
        food = self._foods.by_id(entry.food_id)
        return wording.food_name(food) if food is not None else entry.name

    def _servings(self, entry: DiaryEntry) -> tuple[Serving, ...]:
        food = self._foods.by_id(entry.food_id)
        return food.servings if food is not None else ()

    def _tile(self, photo: str) -> PhotoTile | None:
        index = self._index_of(photo)
        if index is None:
            return None
        self._library.want_thumbnail(index)
        masks = tuple(annotation.mask for annotation in self._diary.annotations_of(photo))
        return PhotoTile(photo, self._library.item(index).thumbnail, masks)

    def _index_of(self, photo: str) -> int | None:
        rows = enumerate(self._library.items)
        return next((i for i, item in rows if item.photo is not None and item.photo.sha256 == photo), None)

    def _open_photo(self, photo: str) -> None:
        index = self._index_of(photo)
        if index is not None:
            self.photo_wanted.emit(index)

    def _on_item(self, index: int) -> None:
        """A thumbnail was made: show it if it is one of the day's."""
        item = self._library.item(index)
        if item.photo is not None and any(e.photo == item.photo.sha256 for e in self._diary.summary.entries):
            self.refresh()

    def _add(self, food: Food) -> None:
        now = datetime.now()
        self._diary.add(food, self._foods.usual_amount(food), self._slot or slot_at(now.hour + now.minute / 60))

    def _add_to(self, slot: str) -> None:
        self.open_food_picker()
        self._slot = slot

    def _share(self, entries: tuple[DiaryEntry, ...], share: float) -> None:
        self._diary.share(entries, share, self._name(entries[0]) if len(entries) == 1 else "")
        self.said.emit(self.tr("{0} of it counts. Ctrl+Z takes that back.").format(f"{100 * share:.0f} %"))

    def _delete(self, entries: tuple[DiaryEntry, ...]) -> None:
        self._diary.delete(entries)
        self.said.emit(self.tr("Deleted from the diary. Ctrl+Z brings it back."))

    def _move_to_day(self, entries: tuple[DiaryEntry, ...], day: str) -> None:
        self._diary.move_to_day(entries, day)
        self.said.emit(self.tr("Moved to {0}. Ctrl+Z brings it back.").format(wording.day_name(day)))

    def _export(self) -> None:
        usual = str(Path(QStandardPaths.writableLocation(_DOCUMENTS)) / self.tr("food diary.csv"))
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the diary"), usual, self.tr("Spreadsheet (*.csv)")
        )
        if chosen:
            self._write(Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(".csv"))

    def _write(self, path: Path) -> None:
        try:
            count = self._diary.export(path, self._name)
        except OSError:
            self.said.emit(self.tr("{0} cannot be written; choose another folder.").format(path))
            return
        self.said.emit(self.tr("{0} diary entries are in {1}.").format(count, path))

    def _connect(self) -> None:
        self._diary.changed.connect(self.refresh)
        self._library.item_changed.connect(self._on_item)
        self.week.day_chosen.connect(self._diary.set_day)
        self._actions["diary.previous"].triggered.connect(lambda: self._diary.step(-1))
        self._actions["diary.next"].triggered.connect(lambda: self._diary.step(1))
        self._actions["diary.today"].triggered.connect(lambda: self._diary.set_day(date.today().isoformat()))
        self._actions["diary.export"].triggered.connect(self._export)
        self._actions["diary.add"].triggered.connect(self.open_food_picker)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(theme.SPACE_24, theme.SPACE_16, theme.SPACE_24, 0)
        left.setSpacing(theme.SPACE_12)
        left.addLayout(self._head())
        left.addWidget(self.week)
        left.addWidget(self._scroll(), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.panel)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_4)
        head.addWidget(action_button(self._actions["diary.previous"]))
        head.addWidget(action_button(self._actions["diary.next"]))
        head.addSpacing(theme.SPACE_8)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(action_button(self._actions["diary.today"], text=True))
        head.addWidget(action_button(self._actions["diary.add"], text=True))
        return head

    def _scroll(self) -> QScrollArea:
        inner = QWidget()
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(0, 0, theme.SPACE_4, theme.SPACE_24)
        self._column.setSpacing(theme.SPACE_12)
        outer.addLayout(self._column)
        outer.addWidget(self.empty, 1)
        outer.addStretch(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        return area
