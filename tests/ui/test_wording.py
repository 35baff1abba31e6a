from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QLocale

from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food, Nutrients, Serving, Source
from foodcal_desktop.core.scale import REFERENCES
from foodcal_desktop.ui import translation, wording

FOOD = Food(
    "mfds:tteokbokki",
    "Tteokbokki",
    "떡볶이",
    "rice_cake",
    Nutrients(158, 4, 2, 31),
    Serving("serving", "1인분", 300),
    (Serving("serving", "1인분", 300),),
    None,
    Source("MFDS", "1"),
)


@pytest.fixture
def locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("value", "text"),
    [(260.4, "260"), (38.21, "38.2"), (24.0, "24"), (0.7212, "0.72"), (7.5, "7.50"), (1234.5, "1234")],
)
def test_numbers_have_about_three_figures(value, text):
    assert wording.significant(value) == text


def test_an_exact_value_has_no_interval():
    assert wording.interval(Estimate.exact(300)) == ""
    assert wording.interval(Estimate(742, 610, 880)) == "610–880"


def test_days_are_named():
    today = date.today()
    assert wording.day_name(today.isoformat()) == "Today"
    assert wording.day_name((today - timedelta(days=1)).isoformat()) == "Yesterday"
    assert str((today - timedelta(days=9)).day) in wording.day_name((today - timedelta(days=9)).isoformat())


def test_references_are_named():
    assert wording.reference_name("coin-cny-1") == "coin 1 CNY"
    assert wording.reference_name("plate-270") == "plate 270 mm"
    assert wording.reference_name("coin-cny-1 + card") == "coin 1 CNY + bank card"


@pytest.mark.parametrize(
    ("language", "first"),
    [("ko", "coin-krw-500"), ("en_US", "coin-usd-25"), ("de", "coin-eur-1"), ("C", "coin-cny-1")],
)
def test_the_coins_of_ones_own_money_come_first(locale, language, first):
    QLocale.setDefault(QLocale(language))
    assert wording.references()[0] == first and sorted(wording.references()) == sorted(REFERENCES)


def test_a_korean_reads_the_korean_name_first(qapp, locale):
    assert (wording.food_name(FOOD), wording.other_name(FOOD)) == ("Tteokbokki", "떡볶이")
    translation.install(qapp, "ko")
    assert (wording.food_name(FOOD), wording.other_name(FOOD)) == ("떡볶이", "Tteokbokki")


def test_a_language_without_a_translation_leaves_english(qapp, locale):
    assert translation.install(qapp, "mi") is False
    assert wording.slot_name("lunch") == "Lunch"
    assert wording.slot_name("second breakfast") == "second breakfast"


def test_a_count_that_is_nearly_plain_is_shown_plain_and_quarters_stay():
    cup = Serving("cup", "1컵", 240)
    shown = [wording.servings(count, cup) for count in (0.98, 1.53, 0.25, 2.25, 0.33, 0.004)]
    assert shown == ["1 cup", "1.5 cup", "0.25 cup", "2.25 cup", "0.33 cup", "0 cup"]


def test_servings_are_counted_in_their_own_words():
    cup, cakes = Serving("cup", "1컵", 240), Serving("2 cakes", "", 18)
    apple = Serving('medium (3" dia)', "중간 것 1개", 182)
    assert [wording.servings(n, s) for n, s in ((1.5, cup), (1.5, cakes), (1, apple))] == [
        "1.5 cup",
        "3 cakes",
        '1 medium (3" dia)',
    ]
    QLocale.setDefault(QLocale("ko"))
    try:
        half = Serving("half block", "반 모", 150)
        shown = [
            wording.servings(n, s) for n, s in ((1.5, cup), (1.2, apple), (0.5, Serving("x", "6조각", 90)), (2, half))
        ]
        assert shown == ["1.5컵", "중간 것 1.2개", "3조각", "반 모 × 2"]
    finally:
        QLocale.setDefault(QLocale("en"))
