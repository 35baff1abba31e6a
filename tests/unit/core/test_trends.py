"""Trends: gaps are no zeros, today is not over, and a day missed the goal only where its whole interval says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodcal_desktop.core.diary import DiaryEntry, totals_of
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.trends import LONGEST_BY_DAYS, Side, Trend, side_of, span_until, trend_of

FIRST, LAST = "2026-11-01", "2026-11-30"
RICE = DiaryEntry("1", "2026-11-02", "lunch", "Rice", Estimate(1000, 900, 1100), 100.0, 2.0, 1.0, 20.0, food_id="rice")


def at(day: str, kcal: float, error: float = 0.0, **other: object) -> DiaryEntry:
    """So many kcal on a day, known up to an error in kcal."""
    return replace(RICE, id=day, day=day, grams=Estimate(kcal, kcal - error, kcal + error), **other)  # type: ignore[arg-type]


def test_a_day_without_entries_is_a_gap_and_not_in_the_mean() -> None:
    trend = trend_of([at("2026-11-02", 1800), at("2026-11-04", 2200)], FIRST, LAST)
    assert len(trend.points) == trend.days == 30
    assert [p.first for p in trend.points if p.logged] == ["2026-11-02", "2026-11-04"]
    assert trend.mean is not None
    assert trend.mean.kcal.value == pytest.approx(2000)
    assert (trend.mean.protein_g, trend.mean.fat_g, trend.mean.carbohydrate_g) == pytest.approx((40, 20, 400))
    assert (trend.logged, trend.counted) == (2, 2)


def test_nothing_logged_has_no_mean() -> None:
    trend = trend_of([], FIRST, LAST, 2000)
    assert trend.mean is None
    assert not trend.foods
    assert all(not point.logged for point in trend.points)


def test_entries_outside_of_the_span_are_left_out() -> None:
    trend = trend_of([at("2026-10-31", 1), at(FIRST, 2), at(LAST, 3), at("2026-12-01", 4)], FIRST, LAST)
    assert [p.totals.kcal.value for p in trend.points if p.logged] == [2, 3]


@pytest.mark.parametrize(
    ("low", "high", "side"),
    [
        (1700, 1999, Side.UNDER),
        (1700, 2000, Side.OPEN),
        (1900, 2100, Side.OPEN),
        (2000, 2100, Side.OPEN),
        (2001, 2100, Side.OVER),
    ],
)
def test_only_a_whole_interval_is_surely_on_one_side(low: float, high: float, side: Side) -> None:
    assert side_of(Estimate((low + high) / 2, low, high), 2000) is side


def test_days_are_counted_by_their_side_and_without_a_goal_none_is() -> None:
    entries = [at("2026-11-02", 1500, 100), at("2026-11-03", 1950, 100), at("2026-11-04", 2500, 100)]
    trend = trend_of(entries, FIRST, LAST, 2000)
    assert (trend.under, trend.over, trend.open) == (1, 1, 1)
    trend = trend_of(entries, FIRST, LAST, 0)
    assert (trend.under, trend.over, trend.open) == (0, 0, 3)


def test_today_is_neither_in_the_mean_nor_under_the_goal_until_it_is_over() -> None:
    entries = [at("2026-11-29", 2100), at(LAST, 300)]
    trend = trend_of(entries, FIRST, LAST, 2000, today=LAST)
    assert trend.mean is not None
    assert trend.mean.kcal.value == 2100
    assert (trend.logged, trend.counted, trend.under) == (2, 1, 0)
    assert trend.points[-1].unfinished and not trend.points[-2].unfinished
    assert trend_of(entries, FIRST, LAST, 2000, today="2026-12-01").under == 1
    assert trend_of([at(LAST, 2300)], FIRST, LAST, 2000, today=LAST).over == 1


def test_where_there_is_only_today_the_mean_is_today() -> None:
    trend = trend_of([at(LAST, 300)], FIRST, LAST, today=LAST)
    assert trend.mean is not None
    assert trend.mean.kcal.value == 300


def test_weeks_begin_on_monday_and_are_cut_at_the_ends_of_the_span() -> None:
    trend = trend_of([at("2026-11-06", 1000), at("2026-11-08", 2000)], "2026-11-04", "2026-11-17", by_week=True)
    assert [(p.first, p.last) for p in trend.points] == [
        ("2026-11-04", "2026-11-08"),
        ("2026-11-09", "2026-11-15"),
        ("2026-11-16", "2026-11-17"),
    ]
    week = trend.points[0]
    assert (week.logged, week.first_logged, week.totals.kcal.value) == (2, "2026-11-06", 1500)
    assert trend.points[1].logged == 0


def test_a_week_leaves_out_today_only_while_it_has_other_days() -> None:
    entries = [at("2026-11-29", 2100), at(LAST, 300)]
    (week,) = trend_of(entries, "2026-11-24", "2026-11-29", today="2026-11-29", by_week=True).points
    assert week.unfinished and week.totals.kcal.value == 2100
    week = trend_of(entries, "2026-11-24", LAST, today=LAST, by_week=True).points[-1]
    assert week.unfinished and week.totals.kcal.value == 300
    both = [at("2026-11-28", 1800), *entries]
    week = trend_of(both, "2026-11-24", "2026-11-29", today="2026-11-29", by_week=True).points[-1]
    assert not week.unfinished and week.totals.kcal.value == 1800


def test_long_spans_are_shown_by_weeks() -> None:
    first, last = span_until(LAST, LONGEST_BY_DAYS)
    assert not trend_of([], first, last).by_week
    assert trend_of([], *span_until(LAST, LONGEST_BY_DAYS + 1)).by_week


def test_a_food_misjudged_each_day_does_not_average_out_but_different_foods_do() -> None:
    same = [at(f"2026-11-{day:02d}", 1000, 100) for day in range(1, 5)]
    other = [replace(e, food_id=e.id) for e in same]
    widths = []
    for entries in (same, other):
        mean = trend_of(entries, FIRST, LAST).mean
        assert mean is not None
        widths.append(mean.kcal.high - mean.kcal.value)
    assert widths == pytest.approx([100, 50])


def test_foods_are_ordered_by_energy_and_known_by_id_or_else_by_name() -> None:
    entries = [
        at("2026-11-02", 300, 30),
        replace(at("2026-11-03", 500, 50), name="Rice, white"),
        replace(at("2026-11-03", 200), id="x", food_id=None, name="Soup"),
        replace(at("2026-11-04", 1000), id="y", food_id=None, name="Stew"),
    ]
    foods = trend_of(entries, FIRST, LAST).foods
    assert [(f.name, f.entries) for f in foods] == [("Stew", 1), ("Rice, white", 2), ("Soup", 1)]
    assert [f.share for f in foods] == pytest.approx([0.5, 0.4, 0.1])
    assert foods[1].kcal == Estimate(800, 720, 880)


def test_a_span_does_not_begin_before_the_calendar() -> None:
    assert span_until("0001-01-05", 30) == ("0001-01-01", "0001-01-05")
    assert trend_of([], *span_until("9999-12-31", 60)).points[-1].last == "9999-12-31"
    assert span_until(LAST, 30) == (FIRST, LAST)


@st.composite
def diaries(draw: st.DrawFn) -> list[DiaryEntry]:
    """Entries of a few foods on days in and around the span, in the order of days."""
    numbers = draw(st.lists(st.tuples(st.integers(-3, 33), st.integers(0, 2), st.floats(0, 3000)), max_size=25))
    day = date.fromisoformat(FIRST)
    return [
        replace(
            RICE,
            id=str(index),
            day=(day + timedelta(days=number)).isoformat(),
            food_id=str(food),
            grams=Estimate(grams, grams * 0.8, grams * 1.3),
            photo=draw(st.sampled_from([None, "p", "q"])),
            scale_error=draw(st.sampled_from([0.0, 0.1])),
        )
        for index, (number, food, grams) in enumerate(sorted(numbers))
    ]


@given(diaries(), st.booleans(), st.sampled_from(["", FIRST, "2026-11-15", LAST]))
def test_the_points_part_the_span_and_every_day_stands_on_one_side(
    entries: list[DiaryEntry], by_week: bool, today: str
) -> None:
    trend = trend_of(entries, FIRST, LAST, 2000, today, by_week)
    ends = [(date.fromisoformat(p.first), date.fromisoformat(p.last)) for p in trend.points]
    assert (trend.points[0].first, trend.points[-1].last) == (FIRST, LAST)
    assert all(b[0] - a[1] == timedelta(days=1) for a, b in pairwise(ends))
    inside = {e.day for e in entries if FIRST <= e.day <= LAST}
    assert trend.logged == len(inside) == sum(p.logged for p in trend.points)
    assert trend.under + trend.over + trend.open == trend.logged
    assert sum(food.entries for food in trend.foods) == sum(e.day in inside for e in entries)
    if trend.foods and any(f.kcal.value for f in trend.foods):
        assert sum(food.share for food in trend.foods) == pytest.approx(1)


@given(diaries())
def test_a_mean_is_at_least_as_uncertain_as_the_diary_says_and_at_most_as_all_errors_together(
    entries: list[DiaryEntry],
) -> None:
    trend: Trend = trend_of(entries, FIRST, LAST)
    inside = [e for e in entries if FIRST <= e.day <= LAST]
    if trend.mean is None:
        assert not inside
        return
    sums, mean, slack = totals_of(inside).kcal, trend.mean.kcal.scaled(trend.logged), 1e-6
    assert mean.value == pytest.approx(sums.value)
    assert mean.low <= sums.low + slack and sums.high <= mean.high + slack
    assert mean.low >= sum(e.kcal.low for e in inside) - slack
    assert mean.high <= sum(e.kcal.high for e in inside) + slack


@given(diaries())
def test_a_days_interval_is_that_of_the_diary(entries: list[DiaryEntry]) -> None:
    for point in trend_of(entries, FIRST, LAST).points:
        of_day = [e for e in entries if e.day == point.first]
        assert point.logged == bool(of_day)
        if of_day:
            assert point.totals == totals_of(of_day)
