from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QLocale

from foodcal_desktop.app import meal_time
from tests.unit.app.session_case import Case, case

__all__ = ["case"]


def test_undo_follows_the_order_in_which_photo_and_diary_changed_the_day(case: Case):
    case.logged()
    entry = case.diary.summary.entries[0]
    case.diary.set_grams(entry, 321)
    assert case.diary.undo_label == f"Change the weight of {entry.name}"
    assert case.diary.undo()
    assert case.diary.summary.entries == (entry,)
    assert case.diary.undo_label == "Log the meal"
    assert case.diary.undo() and case.diary.summary.entries == ()
    assert case.diary.redo() and case.diary.redo()
    assert [e.grams.value for e in case.diary.summary.entries] == [321]


def test_an_edit_of_the_photo_that_left_the_day_alone_is_not_taken_back_from_the_diary(case: Case):
    item = case.logged()
    case.session.delete([item])
    assert not case.diary.undo()
    assert case.session.annotations == () and len(case.diary.summary.entries) == 1


def test_another_days_changes_stay(case: Case):
    case.logged()
    case.diary.step(-1)
    assert not case.diary.undo()
    case.diary.step(1)
    assert len(case.diary.summary.entries) == 1


def test_what_was_taken_back_of_another_day_is_made_again_only_there(case: Case):
    case.logged()
    assert case.diary.undo()
    case.diary.step(-1)
    assert case.diary.redo_label is None and not case.diary.redo()
    case.diary.step(1)
    assert case.diary.summary.entries == () and case.diary.redo_label == "Log the meal"
    assert case.diary.redo() and len(case.diary.summary.entries) == 1


def test_an_entry_moved_to_another_day_is_there_and_undo_brings_it_back(case: Case):
    case.logged()
    entry, today = case.diary.summary.entries[0], case.diary.day
    case.diary.move([entry], "snack", "2026-01-02")
    assert case.diary.summary.entries == () and case.diary.summary_of("2026-01-02").entries[0].meal == "snack"
    assert case.diary.undo() and case.diary.summary_of(today).entries == (entry,)


def test_a_week_has_seven_days_from_monday_on(case: Case):
    case.diary.set_day("2026-11-22")
    assert [s.day for s in case.diary.week()][::6] == ["2026-11-16", "2026-11-22"]


def test_logging_a_meal_again_keeps_its_day_and_the_weight_typed_in_the_diary(case: Case):
    case.logged()
    entry, today = case.diary.summary.entries[0], case.diary.day
    case.diary.set_grams(entry, 321)
    case.diary.move(case.diary.summary.entries, "dinner", "2026-01-02")
    assert meal_time.meal_of(case.session) == ("2026-01-02", "dinner")
    case.session.log("snack", today)
    (again,) = case.diary.summary_of("2026-01-02").entries
    assert (again.meal, again.grams.value, again.method) == ("snack", 321, "typed")
    assert case.diary.summary_of(today).entries == ()


def test_a_copy_on_another_day_is_shown_and_undone_there_and_the_first_stays(case: Case):
    case.logged()
    entry, today = case.diary.summary.entries[0], case.diary.day
    case.diary.copy_to_day([entry], "2026-01-02")
    assert case.diary.day == "2026-01-02"
    (copy,) = case.diary.summary.entries
    assert (copy.name, copy.meal, copy.kcal) == (entry.name, entry.meal, entry.kcal)
    assert copy.id != entry.id and copy.photo is None and copy.annotation is None
    assert case.diary.summary_of(today).entries == (entry,)
    assert case.diary.undo() and case.diary.summary.entries == ()


def test_a_meal_moved_to_another_day_keeps_its_meals_and_comes_back(case: Case):
    case.logged()
    case.diary.move_to_day(case.diary.summary.entries, "2026-01-02")
    assert case.diary.summary.entries == () and case.diary.summary_of("2026-01-02").meals[0].slot == "lunch"
    assert case.diary.undo() and len(case.diary.summary.entries) == 1


def test_what_was_deleted_comes_back_where_it_stood(case: Case):
    """Undo puts it in last, and what was logged in one second has nothing but its ids to be ordered by."""
    case.logged()
    (entry,) = case.diary.summary.entries
    case.diary.copy_to_day([replace(entry, name=name) for name in "abcdef"], "2026-01-02")
    stood = case.diary.summary.entries
    assert [e.name for e in stood] == list("abcdef")
    for gone in (stood, stood[1:3]):
        case.diary.delete(gone)
        assert case.diary.undo() and case.diary.summary.entries == stood


def test_undo_names_foods_as_the_user_calls_them(case: Case):
    QLocale.setDefault(QLocale("ko"))
    try:
        case.logged("cooked rice")
        assert case.session.undo() and case.session.undo_label is not None and "밥" in case.session.undo_label
        assert case.session.redo()
        food = case.foods.by_id(case.session.annotations[0].food_id)
        assert food is not None
        case.diary.add(food, 100, "lunch")
        assert case.diary.undo_label == f"Log {food.name_ko}"
        case.diary.set_grams(case.diary.summary.entries[-1], 50, food.name_ko)
        assert case.diary.undo_label == f"Change the weight of {food.name_ko}"
    finally:
        QLocale.setDefault(QLocale("en"))
