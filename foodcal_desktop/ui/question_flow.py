"""Asks the one question, applies its answer as an edit, and says what that did to the meal's interval."""

from __future__ import annotations

from foodcal_desktop.core.diary import Totals
from foodcal_desktop.core.questions import MealItem, Question, best_question
from foodcal_desktop.ui import wording
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.flow import Flow
from foodcal_desktop.ui.items import totals_of
from foodcal_desktop.ui.meal_items import items_of
from foodcal_desktop.ui.question_answers import Answer, answers_to


class QuestionFlow(Flow):
    """What is answered is known and not asked; what is waved away is remembered for the photo."""

    def __init__(self, page: AnnotatePage, actions: Actions) -> None:
        super().__init__(page, actions)
        self._line = page.panel.question
        self._asked: Question | None = None
        self._answers: list[Answer] = []
        self._line.answered.connect(self._answer)
        self._line.waved.connect(self._wave)
        page.session.opened.connect(self.refresh)
        page.session.edited.connect(lambda _: self.refresh())

    def refresh(self) -> None:
        """Ask what would narrow the meal's interval most now."""
        items = self._items()
        self._asked = best_question([item for _, item in items], self._waved(items))
        self._answers = answers_to(self._asked, items, self._session) if self._asked else []
        text = wording.sentence(self._asked.text) if self._asked else ""
        self._line.show_question(text, [answer.text for answer in self._answers], self._hue(items))

    def _hue(self, items: list[tuple[str, MealItem]]) -> int | None:
        """Of the item asked about, where there are others; None where there is none, or no other."""
        if self._asked is None or self._asked.item is None or len(items) < 2:
            return None
        return self._page.hue_of(items[self._asked.item][0])

    def _items(self) -> list[tuple[str, MealItem]]:
        """By what all photos of the meal know: a side view has answered how high it is, and leftovers do not count."""
        counted, found = self._session.items(), []
        priors = self._session.foods.estimator.priors
        for row in self._session.annotations:
            food = self._session.food_of(row)
            if food is not None and row.id in counted:
                plate, name = counted[row.id].counted.plate, wording.food_name(food)
                found.append((row.id, MealItem(name, plate, food, priors.of(food), row.photo)))
        return found

    def _waved(self, items: list[tuple[str, MealItem]]) -> frozenset[tuple[str, int | None]]:
        keys = self._session.store.waved(self.photo()) if items else frozenset()
        places: dict[str, int | None] = {item_id: place for place, (item_id, _) in enumerate(items)}
        pairs = (key.partition(":")[::2] for key in keys)
        return frozenset((kind, places.get(item)) for kind, item in pairs if not item or item in places)

    def _answer(self, index: int) -> None:
        change = self._answers[index].change if index < len(self._answers) else None
        if change is None:
            self._wave()
            return
        before = self._totals()
        if self.attempt(change):
            self.said.emit(
                self.tr("{0} → {1}. Ctrl+Z takes the answer back.").format(_words(before), _words(self._totals()))
            )

    def _wave(self) -> None:
        if self._asked is not None:
            item = "" if self._asked.item is None else self._items()[self._asked.item][0]
            self._session.store.wave(self.photo(), f"{self._asked.kind}:{item}")
            self.refresh()

    def _totals(self) -> Totals:
        return totals_of(items_of(self._session, self._page.weighing, lambda _: 0)[1])


def _words(totals: Totals) -> str:
    between = wording.interval(totals.kcal)
    return f"{totals.kcal.value:.0f} kcal" + (f" ({between})" if between else "")
