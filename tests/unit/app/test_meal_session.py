"""Several photos of one meal: the median of tops, the height by a side view, what was eaten, logged once."""

from __future__ import annotations

import numpy as np
import pytest

from foodcal_desktop.app.meal_session import MealSession
from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.meal_photos import View
from foodcal_desktop.core.meal_portion import Counted
from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.storage.photos import LoadedPhoto
from tests.unit.app.session_case import SIDE, Case, case, square

__all__ = ["case"]

MAIN = "b" * 64


def show(case: Case, letter: str, scaled: bool = True) -> PhotoSession:
    """Open a photo of its own letter, with a line of 40 mm over 40 px as its scale."""
    photo = case.session.store.add_photo(Photo(letter * 64, SIDE, SIDE, f"/photos/{letter}.png"))
    case.session.open(LoadedPhoto(photo, np.zeros((SIDE, SIDE, 3), np.uint8)))
    if scaled and not case.session.references:
        line = ScaleReference(f"line {letter}", photo.sha256, "line", line=(0, 0, 40, 0), length_mm=400.0)
        case.session.add_reference(line)
    return case.session


def mark(case: Case, name: str, side: int, x: int = 2, y: int = 2) -> str:
    item = case.session.add(square(x, y, side))
    case.session.set_food(item.id, case.foods.search(name)[0])
    return item.id


def join(case: Case, letter: str, view: View, scaled: bool = True) -> MealSession:
    show(case, letter, scaled)
    meal = MealSession(case.session)
    assert meal.join(MAIN, view)
    return meal


def counted(case: Case, item: str) -> Counted:
    return case.session.items()[item].counted


def entries(case: Case) -> list[tuple[str, float]]:
    return [(e.annotation, e.grams.value) for e in case.journal.store.entries(case.diary.day)]


def test_the_median_of_three_views_from_above_counts_and_says_so(case: Case) -> None:
    show(case, "b")
    item = mark(case, "rice", 10)
    alone = counted(case, item).eaten.grams
    grams = [alone.value]
    for letter, side in (("c", 11), ("d", 20)):
        join(case, letter, View.TOP)
        mark(case, "rice", side)
        grams.append(case.session.annotations[0].portion.grams.value)
    show(case, "b")
    found = counted(case, item)
    assert found.eaten.grams.value == pytest.approx(sorted(grams)[1])
    assert found.eaten.grams.spread < alone.spread
    assert found.sources == ("median of 3 photos: b.png, c.png, d.png",)
    assert "median of 3 photos" in found.plate.step("area").source
    assert case.session.annotations[0].portion.grams == alone


def test_a_side_view_gives_the_height_in_place_of_the_usual_thickness(case: Case) -> None:
    show(case, "b")
    item = mark(case, "tteokbokki", 10)
    before = counted(case, item).plate
    join(case, "c", View.SIDE)
    mark(case, "tteokbokki", 14)
    show(case, "b")
    found = counted(case, item)
    assert found.sources == ("140 mm high on c.png",)
    assert "140 mm high on c.png" in found.plate.step("thickness").source
    assert found.plate.grams.value > 1.2 * before.grams.value
    assert found.plate.grams.spread < before.grams.spread
    case.session.set_step(item, "thickness", 20)
    assert counted(case, item).plate.step("thickness").value.value == 20


def test_what_is_eaten_is_before_less_after_and_is_logged_once(case: Case) -> None:
    show(case, "b")
    item = mark(case, "rice", 20)
    bread = mark(case, "white bread", 6, 30, 30)
    plate = counted(case, item).plate.grams.value
    join(case, "c", View.AFTER)
    mark(case, "rice", 10)
    found = counted(case, item)
    # A smaller heap is lower too.
    assert 0.15 * plate < found.left.grams.value < 0.25 * plate
    assert found.eaten.grams.value == pytest.approx(plate - found.left.grams.value)
    assert 0 < found.eaten.grams.low < found.eaten.grams.value < found.eaten.grams.high < plate * 2
    assert counted(case, bread).left is None
    assert case.session.log("lunch", case.diary.day) == 2
    wanted = [(item, found.eaten.grams.value), (bread, counted(case, bread).eaten.grams.value)]
    assert sorted(entries(case)) == sorted(wanted)
    show(case, "b")
    assert case.session.log("lunch", case.diary.day) == 0


def test_more_left_than_there_was_is_nothing_eaten(case: Case) -> None:
    show(case, "b")
    item = mark(case, "rice", 10)
    join(case, "c", View.AFTER)
    mark(case, "rice", 20)
    found = counted(case, item)
    assert (found.eaten.grams.low, found.eaten.grams.value) == (0, 0)
    assert "More is left" in found.missing[0]


def test_weighed_leftovers_are_taken_as_they_are(case: Case) -> None:
    show(case, "b")
    item = mark(case, "rice", 20)
    case.session.set_grams(item, 300)
    join(case, "c", View.AFTER, scaled=False)
    left = mark(case, "rice", 10)
    assert "c.png has no scale" in counted(case, item).missing[0]
    case.session.set_grams(left, 80)
    found = counted(case, item)
    assert found.eaten.grams.value == 220 and found.eaten.grams.is_exact
    assert found.sources == ("80 g left, typed on c.png",)


def test_the_diary_follows_when_photos_are_put_together_and_taken_apart(case: Case) -> None:
    show(case, "b")
    item = mark(case, "rice", 20)
    case.session.log("lunch", case.diary.day)
    alone = entries(case)
    show(case, "c")
    left = mark(case, "rice", 10)
    case.session.log("lunch", case.diary.day)
    assert {row[0] for row in entries(case)} == {item, left}
    meal = MealSession(case.session)
    meal.join(MAIN, View.AFTER)
    (row,) = entries(case)
    assert row[0] == item and row[1] < alone[0][1]
    meal.set_view(View.TOP)
    (row,) = entries(case)
    assert row[0] == item and row[1] < alone[0][1]
    assert case.session.undo() and case.session.undo()
    assert {row[0] for row in entries(case)} == {item, left}
    assert case.session.redo()
    assert meal.part()
    assert entries(case) == alone
    assert meal.link is None


def test_a_weight_typed_in_the_diary_is_never_overwritten(case: Case) -> None:
    show(case, "b")
    mark(case, "rice", 20)
    case.session.log("lunch", case.diary.day)
    (entry,) = case.diary.summary.entries
    case.diary.set_grams(entry, 123)
    join(case, "c", View.AFTER)
    mark(case, "rice", 10)
    assert entries(case)[0][1] == 123


def test_of_two_alike_the_person_says_which(case: Case) -> None:
    show(case, "b")
    first, second = mark(case, "boiled egg", 8), mark(case, "boiled egg", 8, 20, 20)
    meal = join(case, "c", View.AFTER)
    left = mark(case, "boiled egg", 4)
    assert counted(case, first).left is None and counted(case, second).left is None
    assert meal.choose(left, second)
    assert counted(case, first).left is None and counted(case, second).left is not None
    case.session.undo()
    assert counted(case, second).left is None
    nameless = case.session.add(square(30, 30, 5))
    meal.choose(nameless.id, first)
    named = next(a for a in case.session.annotations if a.id == nameless.id)
    assert named.food_id == case.journal.store.annotations(MAIN)[0].food_id
    assert counted(case, first).left is not None


def test_a_food_that_only_another_view_shows_counts_too(case: Case) -> None:
    show(case, "b")
    item = mark(case, "rice", 20)
    join(case, "c", View.TOP)
    mark(case, "rice", 20)
    kimchi = mark(case, "kimchi", 8, 30, 30)
    assert set(case.session.items()) == {item, kimchi}
    show(case, "b")
    assert set(case.session.items()) == {item, kimchi}
    assert case.session.log("lunch", case.diary.day) == 2


def test_a_photo_joins_the_first_photo_of_the_meal_and_brings_its_own_along(case: Case) -> None:
    show(case, "b")
    show(case, "c")
    show(case, "d")
    meal = MealSession(case.session)
    meal.join("c" * 64, View.SIDE)
    show(case, "c")
    meal.join(MAIN, View.TOP)
    assert {(link.id[0], link.main[0]) for link in case.session.store.links_of_meal(MAIN)} == {("c", "b"), ("d", "b")}
    show(case, "b")
    meal.join("c" * 64, View.AFTER)
    links = case.session.store.links_of_meal(MAIN)
    assert {(link.id[0], link.main[0], link.view) for link in links} == {("b", "c", "after"), ("d", "c", "side")}
    with pytest.raises(ValueError, match="another photo"):
        meal.join(MAIN, View.TOP)


def test_undo_in_the_diary_takes_back_what_the_leftovers_changed(case: Case) -> None:
    show(case, "b")
    mark(case, "rice", 20)
    case.session.log("lunch", case.diary.day)
    logged = entries(case)
    join(case, "c", View.AFTER)
    mark(case, "rice", 10)
    assert entries(case) != logged
    assert case.diary.undo_label == case.session.undo_label
    assert case.diary.undo()
    assert entries(case) == logged
    assert case.diary.redo()
    assert entries(case) != logged
