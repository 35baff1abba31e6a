"""The place Trends through the real window: real entries, the mouse over the days, a click into the diary."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget

from foodcal_desktop.core.diary import logged
from foodcal_desktop.core.edit import Change, Edit
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.storage.settings import DAILY_KCAL_GOAL
from foodcal_desktop.ui import theme
from foodcal_desktop.ui.span_chart import NO_POINT, SpanChart
from foodcal_desktop.ui.trends_page import TrendsPage
from tests.ui.conftest import Home
from tests.ui.hands import Ctrl, Key, Left, NoKeys, press

# Days ago: kcal. Between them are gaps.
EATEN = {0: 700, 1: 1500, 2: 2600, 3: 2000, 6: 1900, 40: 2400}


def day(ago: int) -> str:
    return (date.today() - timedelta(days=ago)).isoformat()


@pytest.fixture
def home(make_home) -> Home:
    made = make_home()
    food = made.window.annotate.food_picker.matches("rice")[0]
    changes = []
    for ago, kcal in EATEN.items():
        grams = Estimate.around(kcal / food.nutrients.kcal * 100, 0.05)
        entry = logged(food, grams, day(ago), "lunch", datetime.now())
        changes.append(Change(entry.id, None, entry))
    assert made.diary.journal.commit(Edit("Log", tuple(changes)), "day")
    return made


def opened(home: Home) -> TrendsPage:
    button = place_button(home)
    QTest.mouseClick(button, Left)
    assert home.window.pages.currentWidget() is home.window.trends_page
    return home.window.trends_page


def place_button(home: Home) -> QWidget:
    wanted = home.window.actions_table["place.trends"]
    return next(b for b in home.window.findChildren(QToolButton) if b.defaultAction() is wanted)


def hover(qtbot, page: TrendsPage, chart: SpanChart, ago: int) -> QPoint:
    index = len(page.trend.points) - 1 - ago
    at = QPoint(round(chart.x_of(index)), chart.height() // 2)
    QTest.mouseMove(chart, at - QPoint(2, 0))
    QTest.mouseMove(chart, at)
    qtbot.waitUntil(lambda: page.cursor_at == index)
    return at


def test_the_span_is_summed_up_without_today_which_is_not_over(home: Home):
    page = opened(home)
    assert page.head.number.text() == "2000"
    assert page.head.name.text() == "Mean of 4 days"
    text = page.head.sentence.text()
    assert text == "5 of 30 days logged · surely under 2000 kcal: 1 · surely over: 1 · undecided: 3"
    assert [line.percent.text() for line in page.foods.lines] == ["100 %"]


def test_the_mouse_shows_a_days_figures_and_a_click_opens_it_in_the_diary(qtbot, home: Home):
    page = opened(home)
    at = hover(qtbot, page, page.chart, 2)
    assert page.head.number.text() == "2600"
    assert page.head.sentence.text() == "Surely over the goal of 2000 kcal"
    assert page.accessibleName().startswith(page.head.name.text())
    grams = home.diary.summary_of(day(2)).totals.carbohydrate_g
    assert page.macros[1].text == f"{grams:.0f} g"
    hover(qtbot, page, page.chart, 4)
    assert (page.head.number.text(), page.head.sentence.text()) == ("–", "Nothing logged")
    hover(qtbot, page, page.chart, 2)
    QTest.mouseClick(page.chart, Left, NoKeys, at)
    assert home.window.pages.currentWidget() is home.window.diary_page
    assert home.diary.day == day(2)
    assert home.window.diary_page.cards


def test_the_pointer_that_leaves_brings_the_mean_back(qtbot, home: Home):
    page = opened(home)
    hover(qtbot, page, page.macros[0], 1)
    assert page.chart.cursor_at == page.macros[2].cursor_at == page.cursor_at
    assert page.head.number.text() == "1500"
    QTest.mouseMove(home.window.status, QPoint(5, 5))
    qtbot.waitUntil(lambda: page.cursor_at == NO_POINT)
    assert page.head.number.text() == "2000"


def test_the_keys_step_from_day_to_day_and_enter_opens_one(home: Home):
    press(home, Key.Key_3, Ctrl)
    page = home.window.trends_page
    assert page.isVisible() and home.window.actions_table["place.trends"].isChecked()
    press(home, Key.Key_Return)
    assert page.isVisible()
    press(home, Key.Key_Left)
    assert page.head.sentence.text() == "So far: the day is not over"
    press(home, Key.Key_Right)
    press(home, Key.Key_Left)
    assert page.head.number.text() == "1500"
    press(home, Key.Key_Escape)
    assert page.cursor_at == NO_POINT
    press(home, Key.Key_Left)
    press(home, Key.Key_Left)
    press(home, Key.Key_Return)
    assert home.window.diary_page.isVisible() and home.diary.day == day(1)


def test_spans_are_chosen_by_mouse_and_key_and_long_ones_are_weeks(home: Home):
    page = opened(home)
    wanted = home.window.actions_table["trends.90"]
    (button,) = (b for b in page.findChildren(QToolButton) if b.defaultAction() is wanted)
    assert button.text() == "90 days" and wanted.text() == "Trend of 90 days"
    QTest.mouseClick(button, Left)
    assert page.trend.by_week and page.trend.logged == len(EATEN) and wanted.isChecked()
    index = next(i for i, p in enumerate(page.trend.points) if p.first <= day(40) <= p.last)
    QTest.mouseClick(page.chart, Left, NoKeys, QPoint(round(page.chart.x_of(index)), 60))
    assert home.diary.day == day(40)
    press(home, Key.Key_3, Ctrl)
    press(home, Key.Key_1)
    assert len(page.trend.points) == 7
    press(home, Key.Key_PageUp)
    assert page.trend.last == day(7) and home.window.actions_table["trends.later"].isEnabled()
    press(home, Key.Key_PageDown)
    assert page.trend.last == day(0) and not home.window.actions_table["trends.later"].isEnabled()


def test_days_without_entries_say_what_to_do_until_something_is_logged(home: Home):
    page = opened(home)
    press(home, Key.Key_1)
    press(home, Key.Key_PageUp)
    assert page.empty.isVisible() and not page.foods.isVisible() and not page.chart.isVisible()
    assert page.accessibleName() == "Nothing is logged in these days"
    press(home, Key.Key_PageDown)
    assert page.chart.isVisible() and page.foods.isVisible()


def test_it_follows_the_diary_and_the_goal_while_it_is_shown(home: Home):
    page = opened(home)
    home.diary.set_day(day(5))
    home.diary.add(home.window.annotate.food_picker.matches("rice")[0], 100, "lunch")
    assert page.trend.logged == 6
    home.settings.set(DAILY_KCAL_GOAL, 0.0)
    home.window._on_setting(DAILY_KCAL_GOAL.name)
    assert page.head.sentence.text() == "6 of 30 days logged"


def test_the_band_the_gap_and_the_goal_are_painted(qtbot, home: Home):
    page = opened(home)
    press(home, Key.Key_1)
    chart = page.chart
    image = chart.grab().toImage()
    ratio = image.devicePixelRatio()

    def colour(x: float, y: float) -> str:
        return image.pixelColor(round(x * ratio), round(y * ratio)).name()

    place = chart.place_of(4)
    assert colour(place.x(), place.y()) == theme.tokens().accent.lower()
    beside = colour((chart.x_of(3) + chart.x_of(4)) / 2, (chart.place_of(3).y() + place.y()) / 2 + 8)
    plain = colour(chart.x_of(1), chart.plot().y() + 2)
    gap = {colour(chart.x_of(1), y) for y in range(30, round(chart.plot().bottom()) - 2)}
    assert beside != plain
    assert theme.tokens().accent.lower() not in gap


def test_it_fits_the_smallest_window(home: Home):
    home.window.resize(1024, 700)
    page = opened(home)
    assert home.window.size().width() == 1024
    for widget in (page.head.sentence, page.chart, *page.macros):
        right = widget.mapTo(page, QPoint(widget.width(), widget.height()))
        assert right.x() <= page.foods.x() and right.y() <= page.height()
    assert page.chart.height() >= 200


def test_a_breakfast_does_not_press_the_whole_days_together_and_no_figure_stands_on_the_goal(home: Home):
    page = opened(home)
    press(home, Key.Key_1)
    chart, area = page.chart, page.chart.plot()
    heights = [chart.place_of(i).y() for i, point in enumerate(page.trend.points) if point.logged]
    assert heights[-1] == area.bottom()
    assert max(heights[:-1]) - min(heights[:-1]) > area.height() / 2
    figures = chart._figures()
    assert [index for index, _ in figures] == [0, 3, 4, 5, 6]
    goal = chart._scale.y(page.trend.goal, area)
    assert all(abs(chart._figure_at(index, above).y() - goal) > 9 for index, above in figures)
