"""How spans, days and weeks of a trend are written for people."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from foodcal_desktop.core.diary import Totals
from foodcal_desktop.core.trends import Side, Trend, TrendPoint, side_of
from foodcal_desktop.ui import wording
from foodcal_desktop.ui.translatable import QT_TRANSLATE_NOOP

_CONTEXT = "trend_words"


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)


def short_date(day: str) -> str:
    """A day as short as it can stand under a chart: "22 Nov"."""
    return _formatted(day, _tr(QT_TRANSLATE_NOOP("trend_words", "d MMM")))


def long_date(day: str) -> str:
    """A day with its year."""
    return _formatted(day, _tr(QT_TRANSLATE_NOOP("trend_words", "d MMM yyyy")))


def weekday(day: str) -> str:
    """A day of a week under a chart: "Mon 17"."""
    return _formatted(day, _tr(QT_TRANSLATE_NOOP("trend_words", "ddd d")))


def month(day: str) -> str:
    """The month of a day."""
    return _formatted(day, "MMM")


def span_name(trend: Trend) -> str:
    """From when to when a trend is; the years only where they are not both this one."""
    years = {trend.first[:4], trend.last[:4]}
    name = short_date if years == {date.today().isoformat()[:4]} else long_date
    return f"{name(trend.first)} – {name(trend.last)}"


def point_name(trend: Trend, point: TrendPoint) -> str:
    """A day's name, or from when to when a week is."""
    if not trend.by_week:
        return wording.day_name(point.last)
    days = f"{short_date(point.first)} – {short_date(point.last)}"
    return _tr(QT_TRANSLATE_NOOP("trend_words", "Week of {0}, {1} days logged")).format(days, point.logged)


def mean_name(trend: Trend) -> str:
    """What the large number is while nothing is pointed to."""
    if trend.counted == 1:
        return _tr(QT_TRANSLATE_NOOP("trend_words", "The one day logged"))
    return _tr(QT_TRANSLATE_NOOP("trend_words", "Mean of {0} days")).format(trend.counted)


def unit(totals: Totals, is_mean: bool) -> str:
    """What follows the large number: kcal, of a day or a mean one, and the interval."""
    between = wording.interval(totals.kcal)
    a_day, kcal = QT_TRANSLATE_NOOP("trend_words", "kcal a day"), QT_TRANSLATE_NOOP("trend_words", "kcal")
    return _tr(a_day if is_mean else kcal) + (f"  ({between})" if between else "")


def days_sentence(trend: Trend) -> str:
    """How many days are logged, and how many of them surely missed the goal."""
    said = _tr(QT_TRANSLATE_NOOP("trend_words", "{0} of {1} days logged")).format(trend.logged, trend.days)
    if not trend.goal:
        return said
    text = _tr(QT_TRANSLATE_NOOP("trend_words", "surely under {0} kcal: {1} · surely over: {2} · undecided: {3}"))
    return f"{said} · {text.format(f'{trend.goal:.0f}', trend.under, trend.over, trend.open)}"


def days_hint() -> str:
    """What "surely" means, for those who ask."""
    return _tr(
        QT_TRANSLATE_NOOP(
            "trend_words",
            "A day is surely under or over the goal where all of its 80 % interval is. Days without entries are not"
            " counted; today joins the mean once it is over.",
        )
    )


def point_sentence(trend: Trend, point: TrendPoint) -> str:
    """Where a day or a week's mean stands to the goal."""
    if not point.logged:
        return _tr(QT_TRANSLATE_NOOP("trend_words", "Nothing logged"))
    side = side_of(point.totals.kcal, trend.goal)
    if point.unfinished and side != Side.OVER:
        return _tr(QT_TRANSLATE_NOOP("trend_words", "So far: the day is not over"))
    return side_sentence(side, trend.goal) if trend.goal else ""


def side_sentence(side: Side, goal: float) -> str:
    """On which side of the goal a day is, or that it cannot be said."""
    texts = {
        Side.UNDER: QT_TRANSLATE_NOOP("trend_words", "Surely under the goal of {0} kcal"),
        Side.OVER: QT_TRANSLATE_NOOP("trend_words", "Surely over the goal of {0} kcal"),
        Side.OPEN: QT_TRANSLATE_NOOP("trend_words", "Too near to the goal of {0} kcal to say"),
    }
    return _tr(texts[side]).format(f"{goal:.0f}")


def food_caption(kcal: float, entries: int) -> str:
    """A food's energy in the span, and how often it was logged."""
    if entries == 1:
        return _tr(QT_TRANSLATE_NOOP("trend_words", "{0} kcal · once")).format(f"{kcal:.0f}")
    return _tr(QT_TRANSLATE_NOOP("trend_words", "{0} kcal · {1} times")).format(f"{kcal:.0f}", entries)


def _formatted(day: str, form: str) -> str:
    when = date.fromisoformat(day)
    return QLocale().toString(QDate(when.year, when.month, when.day), form)
