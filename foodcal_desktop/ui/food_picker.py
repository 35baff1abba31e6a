"""Says what a mask is: a search field over the table of foods, opened at the mask."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from foodcal_desktop.core.food import Food
from foodcal_desktop.core.own_food import is_own
from foodcal_desktop.storage.database import DatabaseError
from foodcal_desktop.ui import wording
from foodcal_desktop.ui.own_food_form import OwnFoodForm
from foodcal_desktop.ui.row_delegate import RowDelegate, RowText
from foodcal_desktop.ui.search_card import SearchCard
from foodcal_desktop.ui.sentences import sentence

if TYPE_CHECKING:
    from foodcal_desktop.app.food_search import FoodSearch


class FoodPicker(SearchCard):
    """``picked(Food)``; finds foods by what is typed, those eaten or marked lately for an empty field.

    Where ``labels`` are allowed it is ``picked(str)`` for what is no food.

    What the table does not have becomes a food of the user's own: by the button, or Enter where nothing is found.
    A plate or a sauce that nobody knows gets a label alone: by the other button, or Ctrl+Enter.
    """

    def __init__(self, parent: QWidget, foods: FoodSearch, labels: bool = False) -> None:
        self._foods, self._labels = foods, labels
        self.own, self.label_only = QPushButton(), QPushButton()
        super().__init__(parent, foods.search, RowDelegate(self._row_of))
        self.setObjectName("food_picker")
        self.field.setPlaceholderText(self.tr("What is it? Type a food, in English or Korean"))
        self.field.setAccessibleName(self.tr("Food"))
        for button, answer in ((self.own, self._ask_own), (self.label_only, self._give_label)):
            button.setParent(self)
            button.setProperty("role", "link")
            button.clicked.connect(answer)
        self.form = OwnFoodForm(self)
        self.form.kept.connect(self._keep)
        self.form.forgotten.connect(self._forget)
        self.form.left.connect(self.close_card)
        for part in (self.own, self.label_only, self.form):
            self.layout().addWidget(part)  # type: ignore[union-attr]
            part.hide()

    def open_at(self, anchor: QPoint) -> None:
        """As every search card, with the search shown."""
        self._show_form(False)
        super().open_at(anchor)

    def nothing_found(self, text: str) -> str:
        """What to do where nothing is found."""
        if text:
            said = self.tr("No food is called “{0}”.\nTry a more general word, or press Enter to add it as your own.")
            return said.format(text)
        return self.tr("Type the food's name.\nWhat you log most will be listed here.")

    def _on_text(self, text: str) -> None:
        super()._on_text(text)
        name = text.strip()
        known = self._own_of(name)
        words = self.tr("Change your own food “{0}”…") if known else self.tr("Add “{0}” as a food of your own…")
        short = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, self.width() // 2)
        self.own.setText(words.format(short))
        self.own.setVisible(bool(name))
        self.label_only.setText(self.tr("Only the label “{0}” (Ctrl+Enter)").format(short))
        self.label_only.setVisible(bool(name) and self._labels)

    def _on_key(self, event: QKeyEvent) -> bool:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (enter and self._labels and event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            return super()._on_key(event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._give_label()
        return True

    def _give_label(self) -> None:
        name = " ".join(self.field.text().split())
        if name:
            self.close_card()
            self.picked.emit(name)

    def _pick(self, row: int) -> None:
        if not self.model.rowCount() and self.field.text().strip():
            self._ask_own()
        else:
            super()._pick(row)

    def _own_of(self, name: str) -> Food | None:
        """The user's own food of exactly this name among those listed."""
        named = (f for f in self.model.values if is_own(f) and f.name.casefold() == name.casefold())
        return next(named, None)

    def _ask_own(self) -> None:
        name = self.field.text().strip()
        known = self._own_of(name)
        # The form has the focus before the field is hidden, or the focus would leave the card and close it.
        self.form.show()
        self.form.ask(known.name if known else name, known)
        self._show_form(True)

    def _show_form(self, shown: bool) -> None:
        for part in (self.field, self.list, self.hint, self.own, self.label_only):
            part.setVisible(not shown)
        self.form.setVisible(shown)
        self.setFixedHeight(self._full_height)

    def _keep(self, food: Food) -> None:
        if self._done(lambda: self._foods.keep_own(food)):
            self.picked.emit(food)

    def _forget(self, food: Food) -> None:
        self._done(lambda: self._foods.forget_own(food))

    def _done(self, change: Callable[[], None]) -> bool:
        """Make a change and close; why the database refuses it is said in the form, which stays."""
        try:
            change()
        except DatabaseError as error:
            self.form.say(sentence(str(error)))
            return False
        self.close_card()
        return True

    def _row_of(self, food: Food) -> RowText:
        """English and Korean name, serving and source, energy per 100 g."""
        source = self.tr("your own food") if is_own(food) else food.source.dataset
        below = f"{wording.serving_name(food.serving)} · {source}"
        kcal = f"{food.nutrients.kcal:.0f}"
        return RowText(wording.food_name(food), wording.other_name(food), below, kcal, self.tr("kcal / 100 g"))
