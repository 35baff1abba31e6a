from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.diary import DiaryEntry
from foodcal_desktop.core.edit import Change, Edit, Row, changed, created, deleted
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.meal_photos import PhotoLink, View
from foodcal_desktop.core.portion import Portion, Step
from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.storage.annotation_store import portion_value
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.store import EditConflict, Store
from tests.unit.strategies import (
    HEIGHT,
    WIDTH,
    annotations,
    diary_entries,
    item_links,
    masks,
    scale_references,
    weighings,
)

PHOTO = Photo("a" * 64, WIDTH, HEIGHT, "/사진/밥 1.jpg", "2026-11-22T12:30:00")


@pytest.fixture
def store(data_dir: Path) -> Iterator[Store]:
    with Database.open() as database:
        store = Store(database)
        store.add_photo(PHOTO)
        yield store


def reopened(store: Store) -> Store:
    """What another program sees: only what is on the disk."""
    return Store(Database.open(store.database.path))


def all_rows(store: Store) -> dict[str, Row]:
    rows: list[Row] = [*store.annotations(PHOTO.sha256), *store.scale_references(PHOTO.sha256)]
    rows += [*store.entries_between("0001-01-01", "9999-12-31"), *store.item_links(PHOTO.sha256), *store.weighings()]
    return {row.id: row for row in rows}


def annotation(number: int = 1, **values: Any) -> Annotation:
    return Annotation(f"{number:032x}", PHOTO.sha256, Mask.from_array(np.eye(HEIGHT, WIDTH)), f"밥 {number}", **values)


def entry(number: int = 1, **values: Any) -> DiaryEntry:
    row = DiaryEntry(f"{number:032x}", "2026-11-22", "lunch", "밥", Estimate(210, 180, 250), 150.0, 2.5, 0.3, 33.0)
    return replace(row, **values)


# Photos


def test_a_photo_comes_back_and_its_path_follows_the_file(store: Store) -> None:
    assert store.photo(PHOTO.sha256) == PHOTO
    moved = replace(PHOTO, path="/elsewhere.jpg", taken_at=None)
    assert store.add_photo(moved) == replace(PHOTO, path="/elsewhere.jpg")
    assert store.photos() == [replace(PHOTO, path="/elsewhere.jpg")]
    assert store.photo("b" * 64) is None


def test_opening_again_keeps_the_state(store: Store) -> None:
    store.set_photo_state(PHOTO.sha256, "done")
    assert store.add_photo(PHOTO).state == "done"


def test_a_path_that_is_not_utf8(store: Store) -> None:
    odd = Photo("c" * 64, 2, 3, b"/\xff\xfe/photo.jpg".decode("utf-8", "surrogateescape"))
    assert store.add_photo(odd) == odd
    assert store.photo_at(odd.path) == odd


def test_photos_stand_in_the_order_they_were_opened(store: Store) -> None:
    for letter in "zbm":
        store.add_photo(Photo(letter * 64, 1, 1, f"{letter}.jpg"))
    store.add_photo(Photo("z" * 64, 1, 1, "z moved.jpg"))
    assert [p.sha256[0] for p in store.photos()] == ["a", "z", "b", "m"]


def test_the_photo_at_a_path_is_the_one_opened_last(store: Store) -> None:
    replaced = Photo("d" * 64, 5, 5, PHOTO.path)
    store.add_photo(replaced)
    assert store.photo_at(PHOTO.path) == replaced
    assert store.photo_at("/nowhere") is None


# Several photos of one meal


def test_each_photo_of_a_meal_knows_all_of_them(store: Store) -> None:
    side, left = Photo("b" * 64, 2, 2, "b.jpg"), Photo("c" * 64, 2, 2, "c.jpg")
    links = [PhotoLink(side.sha256, PHOTO.sha256, View.SIDE), PhotoLink(left.sha256, PHOTO.sha256, View.AFTER)]
    for photo, link in zip((side, left), links, strict=True):
        store.add_photo(photo)
        store.apply(created(link, "link"))
    for photo in (PHOTO, side, left):
        assert store.links_of_meal(photo.sha256) == links
    store.add_photo(Photo("d" * 64, 2, 2, "d.jpg"))
    assert store.links_of_meal("d" * 64) == []
    with pytest.raises(EditConflict, match="photo was removed"):
        store.apply(created(PhotoLink("e" * 64, PHOTO.sha256, View.TOP), "link"))


# Values


rows = annotations(PHOTO.sha256) | scale_references(PHOTO.sha256) | diary_entries()
rows |= item_links(PHOTO.sha256) | weighings()


@given(rows)
def test_what_is_read_equals_what_was_written(store: Store, row: Row) -> None:
    store.apply(created(row, "make"))
    assert all_rows(store) == {row.id: row}
    store.apply(deleted([row], "remove"))


@given(masks(None, None))
def test_a_mask_comes_back_pixel_for_pixel(store: Store, mask: Mask) -> None:
    row = replace(annotation(), mask=mask)
    store.apply(created(row, "make"))
    other = reopened(store)
    (found,) = other.annotations(PHOTO.sha256)
    other.database.close()
    store.apply(deleted([row], "remove"))
    assert found.mask == mask
    assert found.mask.iou(mask) == 1.0
    assert (found.mask.to_array() == mask.to_array()).all()


@pytest.mark.parametrize("value", [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -0.0, float("inf"), 1 / 3, 2**53 + 2.0])
def test_floats_come_back_bit_for_bit(store: Store, value: float) -> None:
    step = Step("area", Estimate(value, value, value), "cm²", "typed")
    grams = Estimate.exact(abs(value))
    row = annotation(predicted_iou=value, portion=Portion(grams, "m", steps=(step,), scale_error=abs(value)))
    store.apply(created(row, "make"))
    (found,) = store.annotations(PHOTO.sha256)
    assert found == row
    assert found.portion is not None
    assert found.portion.steps[0].value.value.hex() == value.hex()


def test_numbers_of_numpy_are_stored_as_their_value(store: Store) -> None:
    row = annotation(predicted_iou=np.float32(0.7), order=np.int64(3))
    store.apply(created(row, "make"))
    assert store.annotations(PHOTO.sha256) == [row]


@pytest.mark.parametrize("kind", [Annotation, ScaleReference, DiaryEntry, Photo])
def test_every_field_has_a_column(store: Store, kind: type) -> None:
    table = {"Annotation": "annotations", "ScaleReference": "scale_references", "DiaryEntry": "diary_entries"}
    columns = {row["name"] for row in store.database.query(f"PRAGMA table_info({table.get(kind.__name__, 'photos')})")}
    named = {"order": "position"}
    assert {named.get(f.name, f.name) for f in fields(kind)} <= columns


def test_every_field_of_a_portion_is_stored() -> None:
    value = portion_value(Portion.typed_grams(3))
    assert set(value) == {f.name for f in fields(Portion)}


# Order and lookups


def test_annotations_stand_in_stacking_order(store: Store) -> None:
    for number, order in ((1, 2), (2, 0), (3, 1)):
        store.apply(created(annotation(number, order=order), "make"))
    assert [a.order for a in store.annotations(PHOTO.sha256)] == [0, 1, 2]
    assert store.annotation(annotation(3).id) == annotation(3, order=1)
    assert store.annotation("none") is None
    assert store.annotations("b" * 64) == []


def test_the_diary_by_day_and_range(store: Store) -> None:
    rows = [entry(i, day=f"2026-11-{20 + i}", logged_at=f"2026-11-30T10:00:{59 - i}") for i in range(1, 5)]
    rows.append(entry(9, day="2026-11-22", logged_at="2026-11-21T00:00:00"))
    store.apply(Edit("log", tuple(Change(r.id, None, r) for r in rows)))
    assert store.entries("2026-11-22") == [rows[4], rows[1]]
    assert store.entries_between("2026-11-22", "2026-11-23") == [rows[4], rows[1], rows[2]]
    assert store.days_with_entries() == ["2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"]
    assert store.entry(rows[0].id) == rows[0]
    assert store.entry("none") is None


def test_the_foods_eaten_lately(store: Store) -> None:
    foods = ["rice", "soup", "rice", None, "egg", "soup"]
    for i, food in enumerate(foods):
        store.apply(created(entry(i, food_id=food, logged_at=f"2026-11-22T10:00:0{i}"), "log"))
    assert store.recent_food_ids() == ["soup", "egg", "rice"]
    assert store.recent_food_ids(limit=1) == ["soup"]


def test_an_entry_outlives_its_annotation_and_points_to_it_again_after_undo(store: Store) -> None:
    row = annotation()
    logged = entry(7, photo=PHOTO.sha256, annotation=row.id)
    store.apply(created(row, "make"))
    store.apply(created(logged, "log"))
    deletion = deleted([row], "delete")
    store.apply(deletion)
    assert store.entries(logged.day) == [logged]
    store.apply(deletion.inverse())
    assert store.entries_of_annotation(row.id) == [logged]


def test_what_an_export_gets(store: Store) -> None:
    store.add_photo(Photo("b" * 64, 4, 4, "without.jpg"))
    reference = ScaleReference("r", PHOTO.sha256, "line", line=(0.0, 1.5, 2.0, 3.0), length_mm=25.0)
    store.apply(Edit("both", (Change(annotation().id, None, annotation()), Change("r", None, reference))))
    assert list(store.annotated_photos()) == [(PHOTO, [annotation()], [reference])]


# Edits


@st.composite
def edit_sequences(draw: st.DrawFn) -> list[Edit]:
    """Sequences of edits, each fitting on what the ones before it left."""
    state: dict[str, Row] = {}
    ids = [f"{n:032x}" for n in range(4)]
    kinds: list[st.SearchStrategy[Any]] = [annotations(PHOTO.sha256)] * 2
    kinds += [scale_references(PHOTO.sha256), diary_entries()]
    strategy_of = dict(zip(ids, kinds, strict=True))
    edits = []
    for number in range(draw(st.integers(1, 6))):
        changes = []
        for name in draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3)):
            before = state.get(name)
            gone = before is not None and draw(st.booleans())
            after = None if gone else replace(draw(strategy_of[name]), id=name)
            changes.append(Change(name, before, after))
            state.pop(name, None)
            if after is not None:
                state[name] = after
        edits.append(Edit(f"step {number}", tuple(changes)))
    return edits


@settings(max_examples=40)
@given(edit_sequences())
def test_undo_after_do_is_identity_and_redo_does_it_again(store: Store, edits: list[Edit]) -> None:
    states = [all_rows(store)]
    for edit in edits:
        store.apply(edit)
        states.append(all_rows(store))
    for edit, before in zip(reversed(edits), reversed(states[:-1]), strict=True):
        store.apply(edit.inverse())
        assert all_rows(store) == before
    for edit, after in zip(edits, states[1:], strict=True):
        store.apply(edit)
        assert all_rows(store) == after
    for edit in reversed(edits):
        store.apply(edit.inverse())
    assert all_rows(store) == {}


def test_an_edit_is_on_the_disk_when_apply_returns(store: Store) -> None:
    store.apply(created(annotation(), "make"))
    other = reopened(store)
    assert other.annotations(PHOTO.sha256) == [annotation()]
    other.database.close()


def test_another_programs_change_is_noticed_and_nothing_is_written(store: Store) -> None:
    first, second = annotation(1), annotation(2)
    for row in (first, second):
        store.apply(created(row, "make"))
    other = reopened(store)
    theirs = replace(second, label="국")
    other.apply(changed(second, theirs, "rename"))
    other.database.close()
    ours = Edit("clear", (Change(first.id, first, None), Change(second.id, second, None)))
    with pytest.raises(EditConflict, match=r'"clear" .*another program'):
        store.apply(ours)
    assert store.annotations(PHOTO.sha256) == [first, theirs]


@pytest.mark.parametrize("row", [annotation(), entry()])
def test_making_what_exists_and_changing_what_does_not_are_conflicts(store: Store, row: Row) -> None:
    with pytest.raises(EditConflict):
        store.apply(deleted([row], "delete"))
    with pytest.raises(EditConflict):
        store.apply(changed(row, row, "change"))
    store.apply(created(row, "make"))
    with pytest.raises(EditConflict):
        store.apply(created(row, "make"))
    assert all_rows(store) == {row.id: row}


def test_an_annotation_of_an_unknown_photo_is_a_conflict(store: Store) -> None:
    with pytest.raises(EditConflict, match="open the photo again"):
        store.apply(created(replace(annotation(), photo="f" * 64), "make"))


def test_one_edit_may_touch_a_row_twice(store: Store) -> None:
    first, second = annotation(1), annotation(1, order=4)
    edit = Edit("twice", (*created(first, "").changes, *changed(first, second, "").changes))
    store.apply(edit)
    assert store.annotations(PHOTO.sha256) == [second]
    store.apply(edit.inverse())
    assert store.annotations(PHOTO.sha256) == []


def test_a_value_that_cannot_be_stored_leaves_no_half_edit(store: Store) -> None:
    broken = replace(entry(2), day="someday")
    with pytest.raises(Exception, match=r"\."):
        store.apply(Edit("log", (Change(entry(1).id, None, entry(1)), Change(broken.id, None, broken))))
    assert all_rows(store) == {}
