"""How numbers and choices are written for people."""

from __future__ import annotations

import re
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from foodcal_desktop.app.food_names import food_name as food_name
from foodcal_desktop.core.diary import MEAL_SLOTS, Totals
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food, Serving
from foodcal_desktop.core.meal_photos import View
from foodcal_desktop.core.scale import REFERENCES
from foodcal_desktop.ui.sentences import sentence as sentence
from foodcal_desktop.ui.translatable import QT_TRANSLATE_NOOP

_SLOTS = {
    "breakfast": QT_TRANSLATE_NOOP("wording", "Breakfast"),
    "lunch": QT_TRANSLATE_NOOP("wording", "Lunch"),
    "dinner": QT_TRANSLATE_NOOP("wording", "Dinner"),
    "snack": QT_TRANSLATE_NOOP("wording", "Snack"),
}
SLOTS: tuple[str, ...] = MEAL_SLOTS
_EXACT = 0.005


def slot_name(slot: str) -> str:
    """A meal slot's name; a custom one is its own."""
    return QCoreApplication.translate("wording", _SLOTS[slot]) if slot in _SLOTS else slot


def view_name(view: View) -> str:
    """How a further photo shows a meal."""
    names = {
        View.TOP: QCoreApplication.translate("wording", "Another view from above"),
        View.SIDE: QCoreApplication.translate("wording", "A view from the side"),
        View.AFTER: QCoreApplication.translate("wording", "The leftovers"),
    }
    return names[view]


def view_of(view: View) -> str:
    """The same with a place {0} for the photo it belongs to."""
    names = {
        View.TOP: QCoreApplication.translate("wording", "Another view of {0}"),
        View.SIDE: QCoreApplication.translate("wording", "Side view of {0}"),
        View.AFTER: QCoreApplication.translate("wording", "Leftovers of {0}"),
    }
    return names[view]


def eaten(grams: float) -> str:
    """What was eaten of an item of which something was left."""
    return QCoreApplication.translate("wording", "{0} g eaten").format(f"{grams:.0f}")


def number(value: float, digits: int = 0) -> str:
    """A number with so many decimals."""
    return f"{value:.{digits}f}"


def known(value: float | None) -> str:
    """A whole number, or that it is not known."""
    return "–" if value is None else number(value)


def incomplete(totals: Totals) -> str:
    """That the sums of the macronutrients lack some foods; nothing where they lack none."""
    if not totals.incomplete:
        return ""
    one = QCoreApplication.translate("wording", "Of 1 food not all of these are known; the sums are of what is")
    more = QCoreApplication.translate("wording", "Of {0} foods not all of these are known; the sums are of what is")
    return one if totals.incomplete == 1 else more.format(totals.incomplete)


def breakable(text: str) -> str:
    """A sentence whose paths may go on in the next line, where a label would be widened by them."""
    return text.replace("/", "/\u200b").replace("\\", "\\\u200b")


def significant(value: float) -> str:
    """A number with about three figures, as it is read and typed: 38.2, 24, 0.72."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}".removesuffix(".0") if value >= 10 else f"{value:.2f}"


def is_exact(estimate: Estimate) -> bool:
    """Whether the interval says nothing more than the value."""
    return estimate.high - estimate.low <= _EXACT * max(estimate.value, 1.0)


def interval(estimate: Estimate) -> str:
    """ "610–880", or nothing for an exact value."""
    return "" if is_exact(estimate) else f"{estimate.low:.0f}–{estimate.high:.0f}"


def serving_name(serving: Serving) -> str:
    """A serving's name in the user's language, with its weight: "cup · 240 g"."""
    korean = serving.name_ko and QLocale().language() == QLocale.Language.Korean
    return f"{serving.name_ko if korean else serving.name} · {serving.grams:.0f} g"


def servings(count: float, serving: Serving) -> str:
    """So many servings: "1.5 cup", "3 cakes" for one and a half of "2 cakes", "1.5컵"."""
    amount = f"{_plain_count(count):g}"
    if not (serving.name_ko and QLocale().language() == QLocale.Language.Korean):
        return _multiplied(serving.name, r"^\d+(\.\d+)?(?= )", count) or f"{amount} {serving.name}"
    return _multiplied(serving.name_ko, r"\d+(\.\d+)?", count) or f"{serving.name_ko} × {amount}"


def _plain_count(count: float) -> float:
    """A count as people say it: the nearest tenth or quarter where that is within 3 %, else two decimals (0.98 → 1).

    For show only; what is stored and typed stays as it is.
    """
    near = min((round(count * steps) / steps for steps in (10, 4)), key=lambda plain: abs(plain - count))
    return near if abs(near - count) <= 0.03 * count else round(count, 2)


def _multiplied(name: str, number: str, count: float) -> str:
    """The name with the number that it holds multiplied; empty where it holds none."""
    found = re.search(number, name)
    if found is None:
        return ""
    return f"{name[: found.start()]}{_plain_count(float(found.group()) * count):g}{name[found.end() :]}"


def other_name(food: Food) -> str:
    """The name that ``food_name`` did not take, or nothing."""
    return food.name if food_name(food) == food.name_ko else food.name_ko


def day_name(day: str) -> str:
    """ "Today", "Yesterday", or the weekday and date in the user's own form."""
    when = date.fromisoformat(day)
    ago = (date.today() - when).days
    if ago in (0, 1):
        return (
            QCoreApplication.translate("wording", "Today")
            if ago == 0
            else QCoreApplication.translate("wording", "Yesterday")
        )
    form = QCoreApplication.translate("wording", "dddd, d MMMM")
    return QLocale().toString(QDate(when.year, when.month, when.day), form)


def when(day: str, taken_at: str | None) -> str:
    """A day (ISO) unless it is today, and the hours and minutes of a photo taken on it."""
    name = "" if day == date.today().isoformat() else day_name(day)
    taken = datetime.fromisoformat(taken_at) if taken_at else None
    time = taken.strftime("%H:%M") if taken and taken.date().isoformat() == day else ""
    return f"{name} {time}".strip()


def references() -> list[str]:
    """The kinds of coins and cards, the coins of the user's own money first."""
    money = QLocale().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode).lower()
    return sorted(REFERENCES, key=lambda kind: f"-{money}-" not in kind)


def reference_name(kind: str) -> str:
    """A scale reference's name: "coin 1 CNY", "plate 270 mm"; several are joined."""
    if " + " in kind:
        return " + ".join(reference_name(part) for part in kind.split(" + "))
    names = {
        "coin-cny-1": QCoreApplication.translate("wording", "coin 1 CNY"),
        "coin-krw-500": QCoreApplication.translate("wording", "coin 500 KRW"),
        "coin-krw-100": QCoreApplication.translate("wording", "coin 100 KRW"),
        "coin-eur-1": QCoreApplication.translate("wording", "coin 1 EUR"),
        "coin-usd-25": QCoreApplication.translate("wording", "US quarter"),
        "card": QCoreApplication.translate("wording", "bank card"),
        "line": QCoreApplication.translate("wording", "line"),
    }
    if kind.startswith("plate-"):
        return QCoreApplication.translate("wording", "plate {0} mm").format(kind.removeprefix("plate-"))
    return names.get(kind, kind)
