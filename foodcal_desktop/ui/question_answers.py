"""The answers to a question about a meal, each with the change that it makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import exp

from PySide6.QtCore import QCoreApplication

from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.core.energy import with_oil
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.questions import AFTER_HEIGHT, AFTER_SERVING, MealItem, Question
from foodcal_desktop.core.scale import REFERENCES
from foodcal_desktop.ui import wording

_SERVINGS = ((0.5, "½"), (1.0, "1"), (1.5, "1½"), (2.0, "2"), (3.0, "3"))
_TEASPOON_G, _TABLESPOON_G = 4.5, 13.6  # of oil, USDA SR 04582


@dataclass(frozen=True, slots=True)
class Answer:
    """A choice: its words, and the change; None where the answer is that nothing is to change."""

    text: str
    change: Callable[[], object] | None


def answers_to(question: Question, items: list[tuple[str, MealItem]], session: PhotoSession) -> list[Answer]:
    """The choices; ``items`` are the asked ones with their annotations' ids."""
    if question.item is None:
        return _about_scale(session)
    item_id, item = items[question.item]
    kinds = {"height": _about_height, "depth": _about_height, "serving": _about_servings, "oil": _about_oil}
    return kinds[question.kind](item_id, item, session)


def _about_scale(session: PhotoSession) -> list[Answer]:
    right = Answer(QCoreApplication.translate("answers", "It is right"), None)
    marked = [r for r in session.references if r.mask is not None]
    if len(marked) != 1 or marked[0].kind not in REFERENCES:
        return [right]
    (reference,) = marked

    def use(kind: str) -> Callable[[], object]:
        return lambda: session.add_reference(replace(reference, kind=kind))

    round_one = REFERENCES[reference.kind].length_mm == REFERENCES[reference.kind].width_mm
    others = [
        k for k, size in REFERENCES.items() if k != reference.kind and (size.length_mm == size.width_mm) == round_one
    ]
    return [right, *(Answer(wording.reference_name(kind), use(kind)) for kind in others)]


def _about_height(item_id: str, item: MealItem, session: PhotoSession) -> list[Answer]:
    """Low, usual and high for this food, in mm; a height becomes a mean thickness by the food's fullness."""
    step, prior, portion = item.portion.step("thickness"), item.prior, item.portion
    assert step is not None
    usual = step.value.value / prior.fullness
    spread = max(prior.thickness_spread, 0.2)
    heights = sorted({_rounded(usual * exp(k * spread)) for k in (-1.3, -0.6, 0.0, 0.6, 1.3)})

    def say(height: float) -> Callable[[], object]:
        value = Estimate.around(prior.fullness * height, AFTER_HEIGHT)
        return lambda: session.set_portion(
            item_id, portion.with_answer("thickness", value, f"{height:g} mm, as you said")
        )

    return [Answer(f"{height:g} mm", say(height)) for height in heights]


def _about_servings(item_id: str, item: MealItem, session: PhotoSession) -> list[Answer]:
    serving, portion = item.food.serving, item.portion

    def say(count: float) -> Callable[[], object]:
        value = Estimate.around(count * serving.grams, AFTER_SERVING)
        return lambda: session.set_portion(
            item_id, portion.with_answer("mass", value, f"{count:g} servings, as you said")
        )

    return [Answer(f"{sign} × {serving.grams:.0f} g", say(count)) for count, sign in _SERVINGS]


def _about_oil(item_id: str, item: MealItem, session: PhotoSession) -> list[Answer]:
    def say(grams: float) -> Callable[[], object]:
        return lambda: session.set_portion(item_id, with_oil(item.portion, item.food, grams))

    words = (
        (QCoreApplication.translate("answers", "No"), 0.0),
        (QCoreApplication.translate("answers", "A teaspoon"), _TEASPOON_G),
        (QCoreApplication.translate("answers", "A tablespoon"), _TABLESPOON_G),
        (QCoreApplication.translate("answers", "More"), 2 * _TABLESPOON_G),
    )
    return [Answer(text, say(grams)) for text, grams in words]


def _rounded(mm: float) -> float:
    step = 5 if mm >= 20 else 1
    return float(max(round(mm / step) * step, 1))
