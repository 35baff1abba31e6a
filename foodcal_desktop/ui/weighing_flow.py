"""The kitchen scale: what was weighed teaches the food's thickness, and can be forgotten."""

from __future__ import annotations

from foodcal_desktop.app.weighing_session import WeighingSession
from foodcal_desktop.core.food import Food
from foodcal_desktop.ui import wording
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.flow import Flow


class WeighingFlow(Flow):
    """Forwards the weights typed in opened items, and says what they taught."""

    def __init__(self, page: AnnotatePage, actions: Actions) -> None:
        super().__init__(page, actions)
        self._weighing: WeighingSession = page.weighing
        page.panel.weighed.connect(lambda i, grams: self.attempt(lambda: self._weigh(i, grams)))
        page.panel.forget_wanted.connect(self._forget)

    def _weigh(self, annotation_id: str, grams: float) -> None:
        learning = self._weighing.weigh(annotation_id, grams)
        food = self._food(annotation_id)
        if learning is not None and food is not None:
            self.said.emit(wording.sentence(learning.sentence(wording.food_name(food))))
        else:
            self.said.emit(self.tr("The weight is kept; with a scale on the photo it teaches how thick the food is."))

    def _forget(self, annotation_id: str) -> None:
        food = self._food(annotation_id)
        if food is not None and self._weighing.forget(food):
            text = self.tr("The weighings of {0} are forgotten. Ctrl+Z brings them back.")
            self.said.emit(text.format(wording.food_name(food)))

    def _food(self, annotation_id: str) -> Food | None:
        found = next((a for a in self._session.annotations if a.id == annotation_id), None)
        return self._session.food_of(found) if found is not None else None
