from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.edit import Change, Edit, History, changed, created, deleted
from foodcal_desktop.core.mask import Mask
from tests.unit.strategies import annotations, diary_entries, ids, scale_references

rows = annotations("p1") | scale_references("p2") | diary_entries()
edits = st.builds(
    Edit,
    st.text(max_size=5),
    st.lists(rows.flatmap(lambda r: st.sampled_from([Change(r.id, None, r), Change(r.id, r, None)])), max_size=4).map(
        tuple
    ),
)


@given(edits)
def test_the_inverse_of_the_inverse_is_the_edit(edit: Edit) -> None:
    assert edit.inverse().inverse() == edit
    assert edit.inverse().size == edit.size


def _played(state: dict[str, object], edit: Edit) -> dict[str, object]:
    state = dict(state)
    for change in edit.changes:
        assert state.get(change.id) == change.before
        state.pop(change.id, None)
        if change.after is not None:
            state[change.id] = change.after
    return state


@given(annotations("p"), annotations("p"), annotations("p"))
def test_undo_after_do_is_nothing(first: Annotation, second: Annotation, third: Annotation) -> None:
    second, other = replace(second, id=first.id), replace(third, id=first.id + "x")
    edit = Edit(
        "several", (*created(first, "").changes, *changed(first, second, "").changes, *created(other, "").changes)
    )
    start: dict[str, object] = {}
    assert _played(_played(start, edit), edit.inverse()) == start


@given(diary_entries(), diary_entries())
def test_an_edit_tells_what_it_touches(before: object, after: object) -> None:
    after = replace(after, id=before.id)  # type: ignore[type-var, attr-defined]
    moved = changed(before, after, "move")  # type: ignore[arg-type]
    assert moved.days == {before.day, after.day}  # type: ignore[attr-defined]
    assert moved.photos == frozenset()


@given(annotations("photo 1"), scale_references("photo 2"))
def test_the_photos_of_an_edit(annotation: Annotation, reference: object) -> None:
    edit = deleted([annotation, reference], "clear")  # type: ignore[list-item]
    assert edit.photos == {"photo 1", "photo 2"}
    assert edit.days == frozenset()


def test_a_change_of_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="row"):
        _ = Change("x", None, None).row


def _edit(number: int) -> Edit:
    pixels = np.indices((60, 60)).sum(axis=0) % 2 == number % 2
    return created(Annotation(str(number), "p", Mask.from_array(pixels)), str(number))


def _undo_all(history: History) -> list[str]:
    labels = []
    while (edit := history.next_undo) is not None:
        labels.append(edit.label)
        history.mark_undone()
    return labels


def test_history_goes_back_and_forth() -> None:
    history = History()
    for number in range(3):
        history.push(_edit(number))
    assert _undo_all(history) == ["2", "1", "0"]
    assert history.next_redo == _edit(0)
    history.mark_redone()
    assert (history.next_undo, history.next_redo) == (_edit(0), _edit(1))


def test_a_new_edit_forgets_what_was_undone() -> None:
    history = History()
    history.push(_edit(0))
    history.mark_undone()
    history.push(_edit(1))
    assert history.next_redo is None
    assert _undo_all(history) == ["1"]


def test_history_is_bounded_in_bytes_and_forgets_the_oldest() -> None:
    size = _edit(0).size
    history = History(max_bytes=10 * size)
    for number in range(1000):
        history.push(_edit(number))
    assert _undo_all(history) == [str(n) for n in range(999, 989, -1)]


def test_the_bound_holds_when_undone_edits_are_replaced() -> None:
    size = _edit(0).size
    history = History(max_bytes=10 * size)
    for number in range(200):
        history.push(_edit(number))
        if number % 3 == 0:
            history.mark_undone()
    labels = _undo_all(history)
    assert 9 <= len(labels) <= 10


def test_one_edit_larger_than_the_bound_can_still_be_undone() -> None:
    history = History(max_bytes=1)
    history.push(_edit(0))
    assert history.next_undo == _edit(0)


def test_an_empty_history_has_nothing_to_mark() -> None:
    for mark in (History().mark_undone, History().mark_redone):
        with pytest.raises(IndexError):
            mark()


@given(ids)
def test_new_ids_differ(_: str) -> None:
    from foodcal_desktop.core.annotation import new_id

    assert len({new_id() for _ in range(50)}) == 50
