"""Undo and redo over any sequence of edits, in a real database that is closed and opened in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.edit import Change, Edit, changed, created, deleted
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.edit_journal import EditJournal, Labels, decode_edit, encode_edit
from foodcal_desktop.storage.store import EditConflict, Store
from tests.unit.strategies import annotations, diary_entries, item_links, scale_references, weighings

PHOTO = "a" * 64
State = dict[str, object]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Database.open(tmp_path / "foodcal.db") as database:
        yield with_photo(Store(database))


def with_photo(store: Store) -> Store:
    store.add_photo(Photo(PHOTO, 60, 60, "p.jpg"))
    return store


def annotation(number: int, seed: int = 0, size: int = 60) -> Annotation:
    pixels = np.random.default_rng(number + 100 * seed).random((size, size)) < 0.3
    return Annotation(f"a{number}", PHOTO, Mask.from_array(pixels), label=f"food {number}")


def state_of(store: Store) -> State:
    rows = [
        *store.annotations(PHOTO),
        *store.scale_references(PHOTO),
        *store.entries_between("0001-01-01", "9999-12-31"),
    ]
    return {row.id: row for row in rows}


rows = annotations(PHOTO) | scale_references(PHOTO) | diary_entries() | item_links(PHOTO) | weighings()


@given(st.lists(rows.flatmap(lambda r: st.sampled_from([Change(r.id, None, r), Change(r.id, r, None)])), max_size=5))
def test_an_edit_comes_back_from_its_bytes_equal_to_the_last_bit(changes: list[Change]) -> None:
    edit = Edit("several things", tuple(changes))
    assert decode_edit(encode_edit(edit), edit.label) == edit


# An action creates, changes or deletes the annotation of a small number; or undoes, redoes, or restarts the program.
actions = st.lists(
    st.tuples(st.sampled_from(["create", "change", "delete", "undo", "redo", "restart"]), st.integers(0, 3)),
    max_size=30,
)


@settings(max_examples=40)
@given(actions)
def test_undo_and_redo_are_what_a_list_of_states_says(
    tmp_path_factory: pytest.TempPathFactory, todo: list[tuple[str, int]]
) -> None:
    path = tmp_path_factory.mktemp("journal") / "foodcal.db"
    database = Database.open(path)
    store = with_photo(Store(database))
    past: list[State] = [{}]
    future: list[State] = []
    for step, (action, number) in enumerate(todo):
        if action == "restart":
            database.close()
            database = Database.open(path)
            store = Store(database)
            continue
        journal = EditJournal(store)
        if action == "undo":
            assert (journal.undo(PHOTO) is not None) == (len(past) > 1)
            if len(past) > 1:
                future.insert(0, past.pop())
        elif action == "redo":
            assert (journal.redo(PHOTO) is not None) == bool(future)
            if future:
                past.append(future.pop(0))
        elif (edit := edit_of(action, number, step, past[-1])) is not None:
            journal.commit(edit, PHOTO)
            past.append(state_of(store))
            future.clear()
        assert state_of(store) == past[-1]
        assert journal.depth(PHOTO) == (len(past) - 1, len(future))
    while EditJournal(store).undo(PHOTO) is not None:
        pass
    assert state_of(store) == {}
    database.close()


def edit_of(action: str, number: int, seed: int, state: State) -> Edit | None:
    before = state.get(f"a{number}")
    after = annotation(number, seed + 1)
    if action == "create":
        return created(after, "create") if before is None else None
    if before is None:
        return None
    return changed(before, after, "change") if action == "change" else deleted([before], "delete")  # type: ignore[list-item, arg-type]


def test_labels_tell_what_comes_next_and_scopes_do_not_mix(store: Store) -> None:
    journal = EditJournal(store)
    journal.commit(created(annotation(1), "add one"), PHOTO)
    journal.commit(created(annotation(2), "add two"), "day:2026-11-22")
    journal.commit(created(annotation(3), "add three"), PHOTO)
    journal.undo(PHOTO)
    assert (journal.labels(PHOTO).undo, journal.labels(PHOTO).redo) == ("add one", "add three")
    assert (journal.labels("day:2026-11-22").undo, journal.labels("day:2026-11-22").redo) == ("add two", None)
    assert journal.labels("other") == journal.labels("another")


def test_what_another_program_changed_is_neither_undone_nor_redone(store: Store) -> None:
    journal = EditJournal(store)
    mine = annotation(1)
    journal.commit(created(mine, "add a mask"), PHOTO)
    theirs = replace(mine, label="named by a command")
    store.apply(changed(mine, theirs, "name"))
    with pytest.raises(EditConflict, match="add a mask"):
        journal.undo(PHOTO)
    assert store.annotation(mine.id) == theirs
    assert journal.depth(PHOTO) == (1, 0)


def test_an_edit_that_is_refused_leaves_no_line(store: Store) -> None:
    journal = EditJournal(store)
    with pytest.raises(EditConflict):
        journal.commit(deleted([annotation(1)], "delete what is not there"), PHOTO)
    assert journal.depth(PHOTO) == (0, 0)


def test_thousands_of_steps_can_be_undone(store: Store) -> None:
    journal = EditJournal(store)
    first = annotation(0, size=12)
    journal.commit(created(first, "0"), PHOTO)
    for number in range(1, 2000):
        second = replace(first, label=str(number))
        journal.commit(changed(first, second, str(number)), PHOTO)
        first = second
    assert journal.depth(PHOTO) == (2000, 0)
    for _ in range(2000):
        journal.undo(PHOTO)
    assert state_of(store) == {}


def test_a_scope_is_bounded_in_bytes_and_forgets_its_oldest_edit_first(store: Store) -> None:
    size = len(encode_edit(created(annotation(0), "0")))
    journal = EditJournal(store, scope_bytes=5 * size + size // 2)
    for number in range(40):
        journal.commit(created(annotation(number), str(number)), PHOTO)
    undone = 0
    while (edit := journal.undo(PHOTO)) is not None:
        assert edit.label == str(39 - undone)
        undone += 1
    assert undone in (4, 5, 6)
    assert len(store.annotations(PHOTO)) == 40 - undone


def test_all_scopes_together_are_bounded_too(store: Store) -> None:
    size = len(encode_edit(created(annotation(0), "0")))
    journal = EditJournal(store, total_bytes=10 * size)
    for number in range(129):
        journal.commit(created(annotation(number), str(number)), f"scope {number}")
    kept = store.database.query("SELECT count(*) AS n, max(label) AS newest FROM journal")[0]
    assert 5 < kept["n"] <= 11


def test_an_edit_larger_than_every_bound_can_still_be_undone(store: Store) -> None:
    journal = EditJournal(store, scope_bytes=1, total_bytes=1)
    journal.commit(created(annotation(1), "big"), PHOTO)
    assert journal.undo(PHOTO) is not None
    assert state_of(store) == {}


def test_a_line_that_another_version_wrote_is_refused_in_words(store: Store) -> None:
    journal = EditJournal(store)
    journal.commit(created(annotation(1), "add"), PHOTO)
    store.database.execute("UPDATE journal SET edit = ?", [b"something else"])
    with pytest.raises(EditConflict, match="another version"):
        journal.undo(PHOTO)
    assert len(state_of(store)) == 1


def test_a_finer_mask_becomes_a_part_of_the_edit_that_made_the_mask_whatever_was_done_meanwhile(store: Store) -> None:
    journal = EditJournal(store)
    other, coarse = annotation(2), replace(annotation(1), clicks=((3.0, 4.0),))
    named, finer = replace(coarse, label="apple"), annotation(1, seed=1).mask
    journal.commit(created(coarse, "Add"), PHOTO)
    journal.commit(changed(coarse, named, "Name it"), PHOTO)
    journal.commit(created(other, "Add another"), PHOTO)
    moved = Change(other.id, other, replace(other, order=7))
    look = Edit("Look again", (Change(named.id, named, replace(named, mask=finer, clicks=None)), moved))
    journal.amend(look, PHOTO)
    shown = [replace(named, mask=finer, clicks=None), replace(other, order=7)]
    assert store.annotations(PHOTO) == shown
    assert journal.labels(PHOTO) == Labels("Add another", None)
    journal.undo(PHOTO)
    assert store.annotations(PHOTO) == shown[:1], "what was done last goes, and nothing else changes"
    journal.undo(PHOTO)
    assert store.annotations(PHOTO) == [replace(coarse, mask=finer, clicks=None)], "the name goes, the finer mask stays"
    journal.undo(PHOTO)
    assert store.annotations(PHOTO) == []
    for _ in range(3):
        journal.redo(PHOTO)
    assert store.annotations(PHOTO) == shown


def test_a_mask_looked_at_again_for_its_scale_is_as_before_once_the_scale_is_undone(store: Store) -> None:
    journal = EditJournal(store)
    coarse, other = replace(annotation(1), clicks=((3.0, 4.0),)), annotation(2)
    finer = replace(coarse, mask=annotation(1, seed=1).mask, clicks=None)
    journal.commit(created(coarse, "Add"), PHOTO)
    journal.commit(created(ScaleReference("r" * 32, PHOTO, "coin-krw-500", other.mask), "Set the scale"), PHOTO)
    journal.commit(created(other, "Add another"), PHOTO)
    journal.amend(changed(coarse, finer, "Look again"), PHOTO)
    journal.undo(PHOTO)
    assert store.annotations(PHOTO) == [finer]
    journal.undo(PHOTO)
    assert store.annotations(PHOTO) == [coarse] and not store.scale_references(PHOTO)
    journal.redo(PHOTO)
    assert store.annotations(PHOTO) == [finer]


def test_a_mask_named_between_its_scale_and_the_look_goes_back_step_by_step(store: Store) -> None:
    journal = EditJournal(store)
    coarse = replace(annotation(1), clicks=((3.0, 4.0),))
    named, scale = replace(coarse, label="apple"), ScaleReference("r" * 32, PHOTO, "card", annotation(2).mask)
    finer = annotation(1, seed=1).mask
    journal.commit(created(coarse, "Add"), PHOTO)
    journal.commit(created(scale, "Set the scale"), PHOTO)
    journal.commit(changed(coarse, named, "Name it"), PHOTO)
    measured, unnamed = (replace(row, mask=finer, clicks=None) for row in (named, coarse))
    journal.amend(changed(named, measured, "Look again"), PHOTO)
    states = [[measured], [unnamed], [coarse], []]
    for state in states:
        assert store.annotations(PHOTO) == state
        journal.undo(PHOTO)
    for state in reversed(states[:-1]):
        journal.redo(PHOTO)
        assert store.annotations(PHOTO) == state


def test_of_a_forgotten_edit_an_amendment_stands_alone(store: Store) -> None:
    journal = EditJournal(store)
    store.make_changes(created(annotation(1), "by another way"))
    finer = replace(annotation(1), mask=annotation(1, seed=1).mask)
    journal.commit(created(annotation(2), "Add"), PHOTO)
    journal.amend(changed(annotation(1), finer, "Look again"), PHOTO)
    assert journal.labels(PHOTO).undo == "Look again"
    journal.undo(PHOTO)
    assert annotation(1) in store.annotations(PHOTO)


def test_a_question_waved_away_stays_so(store: Store) -> None:
    store.wave(PHOTO, "reference")
    store.wave(PHOTO, "reference")
    assert store.waved(PHOTO) == {"reference"}
    assert store.waved("another") == frozenset()
