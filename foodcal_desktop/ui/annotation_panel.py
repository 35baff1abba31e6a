"""The meal on the open photo: the one number that matters, its macros, a row for each item, the button that logs."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from foodcal_desktop.app import meal_time
from foodcal_desktop.core.diary import Totals
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.buttons import hairline, label
from foodcal_desktop.ui.item_row import ItemRow
from foodcal_desktop.ui.items import Item, totals_of
from foodcal_desktop.ui.marks import MacroBar
from foodcal_desktop.ui.question_line import QuestionLine

_FORWARDED = (
    "grams_typed",
    "servings_typed",
    "step_typed",
    "estimate_wanted",
    "weighed",
    "forget_wanted",
    "place_chosen",
)

# So much of an opened item is always seen: its name, its energy and its chain.
_HEAD = 96


class AnnotationPanel(QFrame):
    """Shows the items; emits what the user wants of them.

    ``selected(id, extend)``, ``food_wanted(id)``, ``grams_typed(id, g)``, ``servings_typed(id, n, g each)``,
    ``step_typed(id, name, value)``, ``estimate_wanted(id)``, ``weighed(id, g)``, ``forget_wanted(id)``,
    ``place_chosen(id, item)``, ``delete_wanted(id)``.
    """

    selected = Signal(str, bool)
    food_wanted = Signal(str)
    grams_typed = Signal(str, float)
    servings_typed = Signal(str, float, float)
    step_typed = Signal(str, str, float)
    estimate_wanted = Signal(str)
    weighed = Signal(str, float)
    forget_wanted = Signal(str)
    place_chosen = Signal(str, str)
    delete_wanted = Signal(str)

    def __init__(self, log: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._rows: dict[str, ItemRow] = {}
        self._opened = ""
        self._log = log
        self.slot = meal_time.slot_of(None)
        self.slot_button = _menu_button("slot", self.tr("The meal it is logged to"))
        self.slot_button.setMenu(self._slot_menu())
        self.meal_button = _menu_button("meal", self.tr("Several photos of one meal count together"))
        self.meal_button.setVisible(False)
        self.time = label(role="soft")
        self.kcal, self.unit, self.interval = label("0", "display"), label("kcal", "soft"), label(role="soft")
        self.macros, self.bar, self.incomplete = label(role="caption"), MacroBar(), label(role="caption")
        self.question = QuestionLine()
        self.empty = label(self.tr("Click a food on the photo.\nIts mask appears; Enter accepts it."), "soft")
        self.warning, self.uncovered = label(role="warn"), label(role="caution")
        for of_several_lines in (self.empty, self.warning, self.incomplete):
            of_several_lines.setWordWrap(True)
        self.uncovered.hide()
        self.log_button = QPushButton()
        self.log_button.setProperty("role", "primary")
        self.log_button.clicked.connect(log.trigger)
        self._list = QVBoxLayout()
        self._lay_out()
        self.set_slot(self.slot)
        self.show_items((), frozenset())

    def set_slot(self, slot: str) -> None:
        """The meal to log to."""
        self.slot = slot
        self.slot_button.setText(f"{wording.slot_name(slot)} ⌄")
        self.log_button.setText(self.tr("Log to {0}").format(wording.slot_name(slot)))

    def show_when(self, when: str) -> None:
        """The day that it is logged to, and the photo's time; nothing where neither is worth saying."""
        self.time.setText(f"· {when}" if when else "")

    def show_items(
        self,
        items: tuple[Item, ...],
        selected: frozenset[str],
        logged: Iterable[str] = (),
        counting: tuple[Item, ...] | None = None,
        has_photo: bool = True,
    ) -> None:
        """Show items; one that is selected alone is opened. ``counting`` are those of the meal, by default the same.

        Without a photo the canvas says what to do, and the panel nothing.
        """
        opened = next(iter(selected)) if len(selected) == 1 else ""
        for gone in set(self._rows) - {item.id for item in items}:
            row = self._rows.pop(gone)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for index, item in enumerate(items):
            row = self._rows.get(item.id) or self._new_row(item)
            if self._list.indexOf(row) != index:
                # A new one, or one that was moved in the stack: the list is in its order.
                self._list.insertWidget(index, row)
            row.show_item(item, opened=item.id == opened, chosen=item.id in selected)
        meal = items if counting is None else counting
        self._show_totals(totals_of(meal), meal, frozenset(logged))
        self.empty.setVisible(has_photo and not items)
        if opened != self._opened:
            self._opened = opened
            # Once the rows have their places.
            QTimer.singleShot(0, self._show_opened)

    def _show_opened(self) -> None:
        """Scroll to the head of the item that was just opened, where it is out of sight."""
        row = self._rows.get(self._opened)
        if row is not None:
            for y in (row.y() + min(row.height(), _HEAD), row.y()):
                self._area.ensureVisible(0, y, 0, 0)

    def row(self, item_id: str) -> ItemRow:
        """The row of an item. Raises KeyError where there is none."""
        return self._rows[item_id]

    def show_scale_warnings(self, warnings: tuple[str, ...]) -> None:
        """Sentences about the scale."""
        self.warning.setText("\n".join(f"⚠ {sentence}" for sentence in warnings))
        self.warning.setVisible(bool(warnings))

    def show_uncovered(self, share: float) -> None:
        """The share (0 to 1) of the found food that no mask covers."""
        self.uncovered.setText(self.tr("⚠ {0} % not covered · U shows where").format(round(100 * share)))
        self.uncovered.setVisible(share >= 0.01)

    def _show_totals(self, totals: Totals, items: tuple[Item, ...], logged: frozenset[str]) -> None:
        between = wording.interval(totals.kcal)
        self.kcal.setText(wording.number(totals.kcal.value))
        self.interval.setText(f"({between})" if between else "")
        likely, ones = self.tr("80 % likely to lie between these"), self.tr("of what has no scale, one portion each")
        guessed = any(item.portion is not None and item.portion.is_unmeasured for item in items)
        self.interval.setToolTip(f"{likely} · {ones}" if guessed else likely)
        p, c, f = (wording.known(g) for g in (totals.protein_g, totals.carbohydrate_g, totals.fat_g))
        self.incomplete.setText(wording.incomplete(totals))
        self.incomplete.setVisible(bool(totals.incomplete))
        self.macros.setText(self.tr("P {0}   C {1}   F {2} g").format(p, c, f))
        self.bar.show_macros(totals.protein_g, totals.carbohydrate_g, totals.fat_g)
        ready = [item for item in items if item.kcal is not None]
        self._log.setEnabled(bool(ready))
        self.log_button.setEnabled(bool(ready))
        all_logged = bool(ready) and all(item.id in logged for item in ready)
        verb = self.tr("Update {0}") if all_logged else self.tr("Log to {0}")
        self.log_button.setText(verb.format(wording.slot_name(self.slot)))

    def _new_row(self, item: Item) -> ItemRow:
        row = self._rows[item.id] = ItemRow(item)
        row.clicked.connect(self.selected)
        row.food_wanted.connect(self.food_wanted)
        row.delete_wanted.connect(self.delete_wanted)
        for name in _FORWARDED:
            getattr(row.details, name).connect(getattr(self, name))
        return row

    def _slot_menu(self) -> QMenu:
        menu = QMenu(self)
        for slot in wording.SLOTS:
            menu.addAction(wording.slot_name(slot)).triggered.connect(lambda _=False, slot=slot: self.set_slot(slot))
        return menu

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_16, theme.SPACE_12, theme.SPACE_16, theme.SPACE_16)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(self._head())
        column.addWidget(self.meal_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._sum())
        column.addWidget(self.macros)
        column.addWidget(self.bar)
        column.addWidget(self.incomplete)
        column.addSpacing(theme.SPACE_4)
        column.addWidget(hairline())
        self._area = self._scroll()
        column.addWidget(self._area, 1)
        column.addWidget(self.warning)
        column.addWidget(self.uncovered)
        column.addWidget(self.log_button)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(theme.SPACE_4)
        head.addWidget(self.slot_button)
        head.addWidget(self.time)
        head.addStretch(1)
        return head

    def _sum(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE_8)
        for part in (self.kcal, self.unit, self.interval):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignBaseline)
        line.addStretch(1)
        return line

    def _scroll(self) -> QScrollArea:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        # With the items, for in a low window it would leave them no room.
        column.addWidget(self.question)
        column.addWidget(self.empty)
        self._list.setSpacing(2)
        column.addLayout(self._list)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        return area


def _menu_button(role: str, tooltip: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", role)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolTip(tooltip)
    return button
