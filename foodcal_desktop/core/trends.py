"""Trends: what the diary says of a span of days, by days or by weeks, and how much of that is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foodcal_desktop.core.diary import DiaryEntry, Totals, totals_of
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.sums import Part, combine

LONGEST_BY_DAYS = 45
"""A span of more days than this is shown by weeks: a line through more of them is only noise."""

NOTHING = Totals(Estimate.exact(0.0), 0.0, 0.0, 0.0)
"""The sums of no entries."""

_ByDay = Mapping[str, Sequence[DiaryEntry]]


class Side(StrEnum):
    """On which side of the goal an energy surely is; ``OPEN`` where its 80 % interval holds the goal."""

    UNDER = "under"
    OVER = "over"
    OPEN = "open"


def side_of(kcal: Estimate, goal: float) -> Side:
    """Where an energy stands to a goal, both in kcal a day. Without a goal (0) nothing is under or over it."""
    if goal <= 0 or kcal.low <= goal <= kcal.high:
        return Side.OPEN
    return Side.UNDER if kcal.high < goal else Side.OVER


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A day of the span, or a week of it from Monday on (at the ends of the span a part of one).

    ``logged`` counts its days with entries; ``totals`` are their mean, a day's. A point without any is a gap, not a
    zero. ``first_logged`` is the first day with entries, or "". ``unfinished`` says that all it has is of today, which
    is not over yet.
    """

    first: str
    last: str
    logged: int = 0
    totals: Totals = NOTHING
    first_logged: str = ""
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class FoodShare:
    """A food's energy in a span: in kcal, as a share from 0 to 1 of all, and how often it was logged."""

    food_id: str | None
    name: str
    kcal: Estimate
    share: float
    entries: int


@dataclass(frozen=True, slots=True)
class Trend:
    """A span of days, both ends (ISO dates) included.

    ``logged`` of its ``days`` have entries; the ``counted`` ones are over, and ``mean`` is a day of theirs, None where
    nothing is logged. Of the logged days ``under`` and ``over`` surely missed the goal in kcal, ``open`` may have met
    it. ``foods`` are all that were logged, the one with the most energy first.
    """

    first: str
    last: str
    by_week: bool
    goal: float
    points: tuple[TrendPoint, ...]
    mean: Totals | None
    logged: int
    counted: int
    under: int
    over: int
    open: int
    foods: tuple[FoodShare, ...]

    @property
    def days(self) -> int:
        """How many days the span has."""
        return _ordinal(self.last) - _ordinal(self.first) + 1


NO_TREND = Trend("0001-01-01", "0001-01-01", False, 0.0, (), None, 0, 0, 0, 0, 0, ())
"""The trend of nothing, before there is one."""


def span_until(last: str, days: int) -> tuple[str, str]:
    """The first and the last day of so many days that end on one (ISO dates); never before the calendar's first."""
    return _iso(max(_ordinal(last) - days + 1, 1)), last


def trend_of(
    entries: Iterable[DiaryEntry],
    first: str,
    last: str,
    goal: float = 0.0,
    today: str = "",
    by_week: bool | None = None,
) -> Trend:
    """The trend of the entries from one day to another (ISO dates), against a goal in kcal a day (0 for none).

    ``today`` may still grow: it is left out of means, unless there is nothing else, and it is not under the goal yet.
    ``by_week`` None takes weeks for spans of more than LONGEST_BY_DAYS days.

    A day's interval is that of the diary. A mean of several days has the wider of two: the same sum over all entries,
    or, for a food that is misjudged is so every time and does not average out, each food's errors added up whole.
    """
    by_day = _by_day(entries, first, last)
    whole = _over(by_day, today)
    weekly = _ordinal(last) - _ordinal(first) >= LONGEST_BY_DAYS if by_week is None else by_week
    sides = [_side_of_day(day, rows, goal, today) for day, rows in by_day.items()]
    return Trend(
        first,
        last,
        weekly,
        goal,
        tuple(_point(f, t, by_day, today) for f, t in _parts(first, last, weekly)),
        _mean(whole) if whole else None,
        len(by_day),
        len(whole),
        sides.count(Side.UNDER),
        sides.count(Side.OVER),
        sides.count(Side.OPEN),
        _shares(by_day),
    )


def _by_day(entries: Iterable[DiaryEntry], first: str, last: str) -> dict[str, list[DiaryEntry]]:
    found: defaultdict[str, list[DiaryEntry]] = defaultdict(list)
    for entry in entries:
        if first <= entry.day <= last:
            found[entry.day].append(entry)
    return dict(sorted(found.items()))


def _over(by_day: _ByDay, today: str) -> _ByDay:
    """The days that are over; where there is none, those there are."""
    return {day: rows for day, rows in by_day.items() if day != today} or by_day


def _mean(by_day: _ByDay) -> Totals:
    rows = [row for day in by_day.values() for row in day]
    sums, part = totals_of(rows), 1 / len(by_day)
    kcal = sums.kcal if len(by_day) == 1 else _wider(sums.kcal, _over_foods(rows))
    protein, fat, carbohydrate = (
        None if g is None else g * part for g in (sums.protein_g, sums.fat_g, sums.carbohydrate_g)
    )
    return Totals(kcal.scaled(part), protein, fat, carbohydrate, sums.incomplete)


def _over_foods(rows: Iterable[DiaryEntry]) -> Estimate:
    """The sum where each food errs the same way every time, and the foods apart."""
    return combine(Part(_added(same)) for same in _by_food(rows).values())


def _added(rows: Sequence[DiaryEntry]) -> Estimate:
    """A food's energy over all its entries, in kcal: their errors add up whole."""
    kcal = [row.kcal for row in rows]
    return Estimate(sum(k.value for k in kcal), sum(k.low for k in kcal), sum(k.high for k in kcal))


def _wider(first: Estimate, second: Estimate) -> Estimate:
    return Estimate(first.value, min(first.low, second.low), max(first.high, second.high))


def _by_food(rows: Iterable[DiaryEntry]) -> dict[tuple[str | None, str], list[DiaryEntry]]:
    found: defaultdict[tuple[str | None, str], list[DiaryEntry]] = defaultdict(list)
    for row in rows:
        found[(row.food_id, "" if row.food_id else row.name)].append(row)
    return dict(found)


def _side_of_day(day: str, rows: Sequence[DiaryEntry], goal: float, today: str) -> Side:
    side = side_of(totals_of(rows).kcal, goal)
    return Side.OPEN if day == today and side == Side.UNDER else side


def _point(first: str, last: str, by_day: _ByDay, today: str) -> TrendPoint:
    days = (_iso(number) for number in range(_ordinal(first), _ordinal(last) + 1))
    mine = {day: by_day[day] for day in days if day in by_day}
    if not mine:
        return TrendPoint(first, last)
    return TrendPoint(first, last, len(mine), _mean(_over(mine, today)), min(mine), tuple(mine) == (today,))


def _parts(first: str, last: str, by_week: bool) -> list[tuple[str, str]]:
    """The ends of the span's days or weeks. The first day of the calendar was a Monday."""
    start, end = _ordinal(first), _ordinal(last)
    if not by_week:
        return [(_iso(day), _iso(day)) for day in range(start, end + 1)]
    mondays = [start, *range(start + 7 - (start - 1) % 7, end + 1, 7)]
    return [(_iso(f), _iso(t - 1)) for f, t in zip(mondays, [*mondays[1:], end + 1], strict=True)]


def _shares(by_day: _ByDay) -> tuple[FoodShare, ...]:
    # A food that was renamed since goes by the name it was logged with last.
    foods = _by_food(row for rows in by_day.values() for row in rows).values()
    sums = [(rows[-1], _added(rows), len(rows)) for rows in foods]
    whole = sum(kcal.value for _, kcal, _ in sums) or 1.0
    shares = [FoodShare(e.food_id, e.name, kcal, kcal.value / whole, count) for e, kcal, count in sums]
    return tuple(sorted(shares, key=lambda share: (-share.kcal.value, share.name)))


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
