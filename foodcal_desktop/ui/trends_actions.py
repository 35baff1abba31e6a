"""The actions of the place Trends."""

from __future__ import annotations

from foodcal_desktop.ui.action_spec import DAY, TRENDS, VIEW, WINDOW, ActionSpec
from foodcal_desktop.ui.translatable import QT_TRANSLATE_NOOP

TRENDS_PLACE = ActionSpec(
    "place.trends",
    VIEW,
    QT_TRANSLATE_NOOP("actions", "Trends"),
    ("Ctrl+3",),
    "trends",
    WINDOW,
    QT_TRANSLATE_NOOP("actions", "What the days add up to, against the goal"),
    "place",
)

SPAN_ACTIONS: dict[int, str] = {7: "trends.7", 30: "trends.30", 90: "trends.90", 365: "trends.365"}
"""The action for each span of days."""

TRENDS_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("trends.7", DAY, QT_TRANSLATE_NOOP("actions", "Trend of 7 days"), ("1",), "trends", TRENDS, "", "span"),
    ActionSpec(
        "trends.30", DAY, QT_TRANSLATE_NOOP("actions", "Trend of 30 days"), ("2",), "trends", TRENDS, "", "span"
    ),
    ActionSpec(
        "trends.90",
        DAY,
        QT_TRANSLATE_NOOP("actions", "Trend of 90 days"),
        ("3",),
        "trends",
        TRENDS,
        QT_TRANSLATE_NOOP("actions", "A point is the mean of a week"),
        "span",
    ),
    ActionSpec(
        "trends.365",
        DAY,
        QT_TRANSLATE_NOOP("actions", "Trend of a year"),
        ("4",),
        "trends",
        TRENDS,
        QT_TRANSLATE_NOOP("actions", "A point is the mean of a week"),
        "span",
    ),
    ActionSpec(
        "trends.earlier", DAY, QT_TRANSLATE_NOOP("actions", "Earlier days of the trend"), ("PgUp",), "previous", TRENDS
    ),
    ActionSpec(
        "trends.later", DAY, QT_TRANSLATE_NOOP("actions", "Later days of the trend"), ("PgDown",), "next", TRENDS
    ),
    ActionSpec(
        "trends.point_before",
        DAY,
        QT_TRANSLATE_NOOP("actions", "Point to the day before"),
        ("Left",),
        "previous",
        TRENDS,
    ),
    ActionSpec(
        "trends.point_after", DAY, QT_TRANSLATE_NOOP("actions", "Point to the day after"), ("Right",), "next", TRENDS
    ),
    ActionSpec("trends.point_none", DAY, QT_TRANSLATE_NOOP("actions", "Point to no day"), ("Esc",), "discard", TRENDS),
    ActionSpec(
        "trends.open",
        DAY,
        QT_TRANSLATE_NOOP("actions", "Open the day pointed to"),
        ("Return", "Enter"),
        "diary",
        TRENDS,
        QT_TRANSLATE_NOOP("actions", "In the diary; a click on it does so too"),
    ),
)
