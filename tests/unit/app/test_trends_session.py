"""The span that is looked at, over a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from foodcal_desktop.app.journal import Journal
from foodcal_desktop.app.trends_session import TrendsSession
from foodcal_desktop.core.diary import logged
from foodcal_desktop.core.edit import created, deleted
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food, Nutrients, Serving, Source
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.settings import DAILY_KCAL_GOAL, Settings
from foodcal_desktop.storage.store import Store

SERVING = Serving("serving", "", 100.0)
FOOD = Food("f", "Soup", "", "soup", Nutrients(100, 5, 2, 10), SERVING, (SERVING,), None, Source("test", "1"))


@pytest.fixture
def journal(qapp: QCoreApplication, data_dir: Path) -> Iterator[Journal]:
    with Database.open() as database:
        made = Journal(Store(database))
        yield made
        made.stop()


def log(journal: Journal, days_ago: int, kcal: float) -> object:
    day = (date.today() - timedelta(days=days_ago)).isoformat()
    entry = logged(FOOD, Estimate.exact(kcal), day, "lunch", datetime.now())
    assert journal.commit(created(entry, "Log"), f"day:{day}")
    return entry


def test_the_span_ends_today_and_knows_the_goal(journal: Journal) -> None:
    settings = Settings.load()
    settings.set(DAILY_KCAL_GOAL, 1500.0)
    session = TrendsSession(journal, settings)
    log(journal, 0, 900)
    log(journal, 29, 1700)
    log(journal, 30, 5000)
    trend = session.trend()
    assert (trend.days, trend.last, trend.goal) == (30, date.today().isoformat(), 1500)
    assert (trend.logged, trend.over, trend.under) == (2, 1, 0)
    assert trend.points[-1].unfinished


def test_earlier_spans_follow_without_a_gap_and_none_is_later_than_today(journal: Journal) -> None:
    session = TrendsSession(journal, Settings.load())
    session.set_days(7)
    latest = session.trend()
    session.step(-1)
    earlier = session.trend()
    assert date.fromisoformat(latest.first) - date.fromisoformat(earlier.last) == timedelta(days=1)
    assert not session.is_latest
    session.step(1)
    assert session.is_latest
    session.step(1)
    assert session.trend().last == latest.last
    session.step(-1)
    session.set_days(90)
    assert session.is_latest and session.days == 90


def test_nobody_gets_before_the_beginning_of_the_calendar(journal: Journal) -> None:
    session = TrendsSession(journal, Settings.load())
    session.set_days(365)
    for _ in range(3):
        session.step(-1500)
    assert date.fromisoformat(session.trend().last) < date.today() - timedelta(days=365 * 1499)
    for _ in range(1500):
        session.step(-1)
    assert session.trend().first == "0001-01-01"


def test_it_announces_what_changes_it_and_nothing_else(journal: Journal) -> None:
    session = TrendsSession(journal, Settings.load())
    told: list[int] = []
    session.changed.connect(lambda: told.append(1))
    entry = log(journal, 1, 500)
    assert len(told) == 1
    session.step(1)
    assert len(told) == 1
    journal.commit(deleted([entry], "Delete"), "day")  # type: ignore[list-item]
    assert len(told) == 2 and session.trend().mean is None


def test_what_a_command_logs_is_announced(journal: Journal, data_dir: Path) -> None:
    session = TrendsSession(journal, Settings.load())
    told: list[int] = []
    session.changed.connect(lambda: told.append(1))
    with Database.open() as other:
        Store(other).apply(created(logged(FOOD, Estimate.exact(1), "2026-01-01", "lunch", datetime.now()), "Log"))
    journal.look()
    assert told
