"""An opened item: its chain, the weight to type or slide, servings, and what a fixed serving would have said."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from foodcal_desktop.core.energy import energy_step
from foodcal_desktop.core.food import MOST_GRAMS, Food
from foodcal_desktop.core.portion import Portion, Step, fixed_serving_sentence
from foodcal_desktop.core.portion_chain import USUAL_SERVING, WEIGHED_BEFORE
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.buttons import WrappedLabel
from foodcal_desktop.ui.chain_edit import ChainEdit, between, kcal_step
from foodcal_desktop.ui.combo_box import ComboBox
from foodcal_desktop.ui.fields import number_field
from foodcal_desktop.ui.items import Item
from foodcal_desktop.ui.meal_lines import MealLines, PlaceLine
from foodcal_desktop.ui.step_sources import step_source
from foodcal_desktop.ui.weighing_line import WeighingLine

_SLIDER_STEPS = 1000


class _Slider(QSlider):
    """Dragged only: the wheel scrolls the list that it lies in."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The list scrolls on."""
        event.ignore()


class ItemDetails(QWidget):
    """Emits what was typed, with the annotation's id first.

    ``grams_typed(id, g)``, ``servings_typed(id, n, g each)``, ``step_typed(id, name, value)``, ``estimate_wanted(id)``,
    ``weighed(id, g)`` by the kitchen scale, ``forget_wanted(id)`` of what it taught, ``place_chosen(id, item)``.
    """

    grams_typed = Signal(str, float)
    servings_typed = Signal(str, float, float)
    step_typed = Signal(str, str, float)
    estimate_wanted = Signal(str)
    weighed = Signal(str, float)
    forget_wanted = Signal(str)
    place_chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = ""
        self._slider_range = (0.0, 1.0)
        self.chain = ChainEdit()
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _SLIDER_STEPS)
        self.source = WrappedLabel("caption")
        self._looked_at = "mass"
        self.grams = number_field(self.tr("Weight"), 0.1, MOST_GRAMS, " g")
        self.servings = number_field(self.tr("Servings"), 0.01, MOST_GRAMS, width=52)
        self.servings.setDecimals(2)
        self.servings.setSingleStep(0.25)
        self.serving = ComboBox()
        self.serving.setAccessibleName(self.tr("Serving"))
        self.place = PlaceLine()
        self.meal = MealLines()
        self.weighing = WeighingLine()
        self.note = WrappedLabel("caption")
        self.again = QPushButton(self.tr("Estimate again"))
        self.again.setProperty("role", "link")
        self._lay_out()
        self._connect()

    def show_item(self, item: Item) -> None:
        """Show the item's portion; without one only the name can be given."""
        self._looked_at = self._looked_at if item.id == self._id else "mass"
        self._id = item.id
        # From the side it is as high as it is; how much it is, the first photo says.
        portion = None if item.is_side else item.plate
        self.place.show_item(item)
        self.meal.show_item(item)
        self.weighing.show_item(item)
        for widget in (self.chain, self.slider, self.source, self.grams, self.servings, self.serving):
            widget.setVisible(portion is not None)
        self.again.setVisible(portion is not None and _is_typed(portion))
        self.note.setText(self._note(item))
        self.note.setVisible(bool(self.note.text()))
        if portion is not None:
            self._show_portion(portion, item.food)

    def _show_portion(self, portion: Portion, food: Food | None) -> None:
        self.chain.show_portion(portion, food)
        blockers = [QSignalBlocker(w) for w in (self.grams, self.servings, self.serving, self.slider)]
        self.grams.setValue(portion.grams.value)
        self._show_servings(portion, food)
        self._show_slider(self._link(portion, food))
        del blockers

    def _link(self, portion: Portion, food: Food | None) -> Step:
        """The link of the chain that the slider moves: the one looked at last, at first the mass."""
        known = [*portion.steps, *((energy_step(food, portion), kcal_step(portion, food)) if food else ())]
        mass = Step("mass", portion.grams, "g", portion.method, portion.typed)
        return next((step for step in known if step.name == self._looked_at), mass)

    def _show_servings(self, portion: Portion, food: Food | None) -> None:
        servings = food.servings if food else ()
        names = [wording.serving_name(s) for s in servings]
        if names != [self.serving.itemText(i) for i in range(self.serving.count())]:
            self.serving.clear()
            for name, serving in zip(names, servings, strict=True):
                self.serving.addItem(name, serving.grams)
        for widget in (self.serving, self.servings):
            widget.setVisible(bool(servings))
        if servings:
            self._bound_servings()
            self.servings.setValue(portion.grams.value / float(self.serving.currentData()))

    def _bound_servings(self) -> None:
        """No more of them than the field of grams holds."""
        self.servings.setMaximum(MOST_GRAMS / float(self.serving.currentData()))

    def _look_at(self, step: Step) -> None:
        """The slider and the line below it are about this link now."""
        self._looked_at = step.name
        with QSignalBlocker(self.slider):
            self._show_slider(step)

    def _show_slider(self, step: Step) -> None:
        low, high = step.value.low, step.value.high
        self.slider.setVisible(not wording.is_exact(step.value))
        self._slider_range = (low, high)
        share = (step.value.value - low) / max(high - low, 1e-9)
        self.slider.setValue(round(share * _SLIDER_STEPS))
        ends = (f"{wording.significant(low)}", f"{wording.significant(high)} {step.unit}")
        self.slider.setToolTip(self.tr("80 % likely between {0} and {1}").format(*ends))
        value = f"{wording.significant(step.value.value)} {step.unit}"
        # That there is no scale stands in the note.
        source = "" if step.source in (USUAL_SERVING, WEIGHED_BEFORE) else step_source(step.source)
        self.source.setText(" · ".join(part for part in (value, between(step), source) if part))

    def _note(self, item: Item) -> str:
        if item.is_side:
            return (
                "" if item.height_mm else self.tr("No scale yet, so its height is not known. Click a coin or card (S).")
            )
        if item.plate is None:
            covered = self.tr("Other masks cover all of it; nothing is left to weigh.")
            label = self.tr("A label only: it has no energy and is not logged.")
            unnamed = label if item.annotation.label else self.tr("Name it and its weight is estimated.")
            return covered if item.food else unnamed
        if item.plate.step("area") is None and not item.plate.typed:
            return self._no_scale(item.plate)
        # Of leftovers, or of a food seen from the side, a serving says nothing.
        said = item.food is not None and not item.places
        return wording.sentence(fixed_serving_sentence(item.plate, item.food)) if said and item.food else ""

    def _no_scale(self, portion: Portion) -> str:
        """That there is none, and what the grams are of instead."""
        what = self.tr("No scale yet.")
        mass = portion.step("mass")
        if portion.is_unmeasured and mass is not None:
            serving = self.tr("No scale yet, so this is one serving, however many lie there.")
            weighed = self.tr("No scale yet, so this is one of average size, however many lie there.")
            what = weighed if mass.source == WEIGHED_BEFORE else serving
        return f"{what} {self.tr('Click a coin, card or plate (S) to measure it.')}"

    def _slid(self) -> None:
        low, high = self._slider_range
        value = low + (high - low) * self.slider.value() / _SLIDER_STEPS
        if self._looked_at == "mass":
            self.grams_typed.emit(self._id, value)
        else:
            self.step_typed.emit(self._id, self._looked_at, value)

    def _served(self) -> None:
        if self.serving.currentData() is not None:
            self.servings_typed.emit(self._id, self.servings.value(), float(self.serving.currentData()))

    def _connect(self) -> None:
        self.chain.step_typed.connect(lambda name, value: self.step_typed.emit(self._id, name, value))
        self.chain.entered.connect(self._look_at)
        self.grams.valueChanged.connect(lambda grams: self.grams_typed.emit(self._id, grams))
        self.servings.valueChanged.connect(lambda _: self._served())
        self.serving.activated.connect(lambda _: self._served())
        self.slider.sliderReleased.connect(self._slid)
        self.again.clicked.connect(lambda: self.estimate_wanted.emit(self._id))
        self.weighing.weighed.connect(lambda grams: self.weighed.emit(self._id, grams))
        self.weighing.forget_wanted.connect(lambda: self.forget_wanted.emit(self._id))
        self.place.chosen.connect(lambda item: self.place_chosen.emit(self._id, item))

    def _lay_out(self) -> None:
        weights = QHBoxLayout()
        weights.setSpacing(theme.SPACE_4)
        weights.addWidget(self.grams)
        weights.addWidget(self.servings)
        weights.addWidget(self.serving, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        for part in (self.place, self.chain, self.meal, self.slider, self.source):
            column.addWidget(part)
        column.addLayout(weights)
        column.addWidget(self.weighing)
        column.addWidget(self.note)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)


def _is_typed(portion: Portion) -> bool:
    return portion.typed or any(step.typed for step in portion.steps)
