"""``diary trends``: what the window's place of that name shows, for a span of days."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from foodcal_desktop.commands import common

if TYPE_CHECKING:
    from foodcal_desktop.core.diary import Totals
    from foodcal_desktop.core.trends import FoodShare, Trend, TrendPoint


@click.command("trends")
@click.option("--days", type=click.IntRange(1, 3660), default=30, help="How many days; default: 30.")
@click.option("--until", type=common.Day(), default="today", help="The last of them; default: today.")
@click.option("--by", type=click.Choice(["day", "week"]), default=None, help="Default: weeks for more than 45 days.")
@click.option("--goal", type=common.Number(min=0), default=None, help="kcal a day, 0 for none; default: the setting.")
@click.option("--foods", type=click.IntRange(min=0), default=8, help="How many foods to list; default: 8.")
@common.json_option
def trends(days: int, until: str, by: str | None, goal: float | None, foods: int, as_json: bool) -> None:
    """Energy and macronutrients over days or weeks, against the goal, and the foods with most of the energy."""
    from datetime import date

    from foodcal_desktop.commands.diary import open_store
    from foodcal_desktop.core.trends import span_until, trend_of
    from foodcal_desktop.storage.settings import DAILY_KCAL_GOAL, Settings

    first, last = span_until(until, days)
    wanted = Settings.load().get(DAILY_KCAL_GOAL) if goal is None else goal
    with open_store() as store:
        entries = store.entries_between(first, last)
    by_week = None if by is None else by == "week"
    trend = trend_of(entries, first, last, wanted, date.today().isoformat(), by_week)
    if as_json:
        common.print_json(_trend_json(trend, foods))
    else:
        click.echo(_for_people(trend, foods))


def _trend_json(trend: Trend, foods: int) -> dict[str, Any]:
    return {
        "first": trend.first,
        "last": trend.last,
        "days": trend.days,
        "by": "week" if trend.by_week else "day",
        "goal": trend.goal or None,
        "logged": trend.logged,
        "counted": trend.counted,
        "under": trend.under,
        "over": trend.over,
        "open": trend.open,
        "mean": _totals_json(trend.mean) if trend.mean else None,
        "points": [_point_json(point) for point in trend.points],
        "foods": [{**asdict(share), "kcal": share.kcal.as_dict()} for share in trend.foods[:foods]],
    }


def _point_json(point: TrendPoint) -> dict[str, Any]:
    """A day or a week; its totals are a day's mean, or null where nothing is logged."""
    return {
        "first": point.first,
        "last": point.last,
        "logged": point.logged,
        "unfinished": point.unfinished,
        "totals": _totals_json(point.totals) if point.logged else None,
    }


def _totals_json(totals: Totals) -> dict[str, Any]:
    return {**asdict(totals), "kcal": totals.kcal.as_dict()}


def _for_people(trend: Trend, foods: int) -> str:
    if trend.mean is None:
        return f"{trend.first} to {trend.last}: nothing is logged; log a meal and its day appears here."
    header = ["week from" if trend.by_week else "day", "days", "kcal", "80 %", "protein", "carb", "fat"]
    rows = [[p.first, *_cells(p.logged, p.totals)] for p in trend.points if p.logged]
    rows.append(["mean of a day", *_cells(trend.counted, trend.mean)])
    parts = [common.table(rows, header), _sentence(trend)]
    if foods:
        parts.append(common.table([_food_cells(share) for share in trend.foods[:foods]], ["food", "share", "kcal"]))
    return "\n\n".join(parts)


def _cells(days: int, totals: Totals) -> list[str]:
    kcal = totals.kcal
    # Of the entries of which it is known, and so at least that much.
    least = "≥ " if totals.incomplete else ""
    known = (totals.protein_g, totals.carbohydrate_g, totals.fat_g)
    macros = ["–" if grams is None else f"{least}{grams:.0f} g" for grams in known]
    return [str(days), f"{kcal.value:.0f}", f"{kcal.low:.0f}–{kcal.high:.0f}", *macros]


def _food_cells(share: FoodShare) -> list[str]:
    return [share.name, f"{100 * share.share:.0f} %", f"{share.kcal.value:.0f}"]


def _sentence(trend: Trend) -> str:
    said = f"{trend.logged} of {trend.days} days logged"
    if trend.goal:
        said += (
            f"; surely under {trend.goal:.0f} kcal: {trend.under}, surely over: {trend.over}, undecided: {trend.open}"
        )
    return said + "."
