from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foodcal_desktop.app import meal_time
from foodcal_desktop.app.mask_editing import MaskEditing
from foodcal_desktop.core.annotation import Photo
from tests.unit.app.session_case import Case, case, square

__all__ = ["case"]


def test_an_empty_mask_is_refused_and_an_emptied_one_is_deleted(case: Case):
    with pytest.raises(ValueError, match="empty"):
        case.session.add(square(0, 0, 0))
    item = case.session.add(square(5, 5, 10))
    case.session.set_mask(item.id, square(0, 0, 0))
    assert case.session.annotations == ()


def test_typed_grams_stay_when_the_mask_changes_and_the_diary_follows_an_estimate(case: Case):
    item = case.logged()
    case.session.set_grams(item, 300)
    assert case.diary.summary.entries[0].grams.value == 300
    case.session.set_mask(item, square(0, 0, 30))
    assert case.session.annotations[0].portion.grams.value == 300


def test_a_pixel_counts_for_the_upper_mask_only(case: Case):
    lower, upper = case.session.add(square(5, 5, 10)), case.session.add(square(5, 5, 10))
    rice = case.foods.search("rice")[0]
    for item in (lower, upper):
        case.session.set_food(item.id, rice)
    assert [a.portion is None for a in case.session.annotations] == [True, False]
    MaskEditing(case.session).move(lower.id, 1)
    portions = {a.id: a.portion for a in case.session.annotations}
    assert portions[upper.id] is None and portions[lower.id] is not None


ACTIONS = ("add", "fill_holes", "smooth", "split", "merge", "subtract", "move", "delete")


@settings(max_examples=25)
@given(steps=st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 5)), max_size=8))
def test_undo_after_any_sequence_of_edits_brings_each_state_back_and_redo_the_last(case: Case, steps):
    # The examples share one database: a new edit ends what the one before could redo.
    case.session.add(square(12, 12, 6))
    states = [case.session.annotations]
    for action, number in steps:
        _do(case, action, number)
        if case.session.annotations != states[-1]:
            states.append(case.session.annotations)
    for state in reversed(states[:-1]):
        while case.session.annotations != state:
            assert case.session.undo()
    while case.session.redo():
        pass
    assert case.session.annotations == states[-1]


def _do(case: Case, action: str, number: int) -> None:
    edit, ids = MaskEditing(case.session), [a.id for a in case.session.annotations]
    if action == "add":
        case.session.add(square(3 * number, 2 * number, 8).union(square(30, 30, number)))
    elif action == "delete":
        case.session.delete(ids[:1])
    elif action == "move" and ids:
        edit.move(ids[number % len(ids)], number - 2)
    elif action != "move":
        try:
            getattr(edit, action)(ids[:2])
        except ValueError:
            assert action in ("merge", "subtract")


def test_a_recent_photos_meal_is_logged_to_its_day_and_an_old_ones_to_today():
    today = date.today()
    photo = Photo("c" * 64, 1, 1, "c.png", taken_at=f"{today - timedelta(days=3)}T12:30:00")
    assert meal_time.day_of(photo) == (today - timedelta(days=3)).isoformat()
    assert meal_time.slot_of(photo) == "lunch"
    old = replace(photo, taken_at=f"{today - timedelta(days=300)}T12:30:00")
    assert meal_time.day_of(old) == today.isoformat()
