from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.edit import Change, Edit, changed, created, deleted
from tests.unit.strategies import annotations, diary_entries, ids, item_links, scale_references, weighings

rows = annotations("p1") | scale_references("p2") | diary_entries() | item_links("p3") | weighings()
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


@given(ids)
def test_new_ids_differ(_: str) -> None:
    from foodcal_desktop.core.annotation import new_id

    assert len({new_id() for _ in range(50)}) == 50
