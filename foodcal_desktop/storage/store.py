"""One door to what the user made: photos, annotations, scale references, diary entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.diary import DiaryEntry
from foodcal_desktop.core.edit import Change, Edit, Row
from foodcal_desktop.core.meal_photos import ItemLink, PhotoLink
from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.core.weighing import Weighing
from foodcal_desktop.storage import annotation_store, diary_store, meal_store
from foodcal_desktop.storage.database import Database


class EditConflict(Exception):  # noqa: N818 — it is what happened, not a mistake
    """An edit does not fit what is stored; nothing was written. The message is one sentence for the user."""


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    to_row: Callable[[Any], dict[str, Any]]
    of_row: Callable[[dict[str, Any]], Row]


_TABLES: dict[type, _Table] = {
    Annotation: _Table("annotations", annotation_store.annotation_row, annotation_store.annotation_of),
    ScaleReference: _Table(
        "scale_references", annotation_store.scale_reference_row, annotation_store.scale_reference_of
    ),
    DiaryEntry: _Table("diary_entries", diary_store.diary_row, diary_store.diary_entry_of),
    Weighing: _Table("weighings", meal_store.weighing_row, meal_store.weighing_of),
    PhotoLink: _Table("photo_links", meal_store.photo_link_row, meal_store.photo_link_of),
    ItemLink: _Table("item_links", meal_store.item_link_row, meal_store.item_link_of),
}


def table_of(row: Row) -> str:
    """The name of the table that holds such rows."""
    return _TABLES[type(row)].name


def columns_of(row: Row) -> dict[str, Any]:
    """A row's columns, as they are stored."""
    return _TABLES[type(row)].to_row(row)


def row_of(table: str, columns: dict[str, Any]) -> Row:
    """The row of stored columns. Raises KeyError or ValueError where the columns are not such a row's."""
    return {t.name: t for t in _TABLES.values()}[table].of_row(columns)


class Store:
    """Reads and writes values; every ``apply`` is one transaction, on the disk when it returns.

    It lives in the thread of its database. All methods raise DatabaseError where the database cannot be used.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    # Photos

    def add_photo(self, photo: Photo) -> Photo:
        """Remember a photo, or where a known one was seen now; its stored form (an earlier state and split stay)."""
        row = annotation_store.photo_row(photo)
        self.database.execute(
            "INSERT INTO photos (sha256, width, height, path, taken_at, state, split)"
            " VALUES (:sha256, :width, :height, CAST(:path AS TEXT), :taken_at, :state, :split)"
            " ON CONFLICT (sha256) DO UPDATE SET path = excluded.path,"
            " taken_at = coalesce(excluded.taken_at, taken_at),"
            " split = iif(split = '', excluded.split, split)",
            row,
        )
        stored = self.photo(photo.sha256)
        return stored if stored is not None else photo

    def photo(self, sha256: str) -> Photo | None:
        """The photo of that hash, or None."""
        rows = self.database.query("SELECT * FROM photos WHERE sha256 = ?", [sha256])
        return annotation_store.photo_of(rows[0]) if rows else None

    def photo_at(self, path: str) -> Photo | None:
        """The photo last seen at a path, the one opened last where the file was replaced; or None."""
        rows = self.database.query(
            "SELECT * FROM photos WHERE path = CAST(? AS TEXT) ORDER BY rowid DESC LIMIT 1",
            [path.encode("utf-8", "surrogateescape")],
        )
        return annotation_store.photo_of(rows[0]) if rows else None

    def photos(self) -> list[Photo]:
        """All photos, in the order they were first opened."""
        return [annotation_store.photo_of(row) for row in self.database.query("SELECT * FROM photos ORDER BY rowid")]

    def set_photo_state(self, sha256: str, state: str) -> None:
        """Mark a photo as "todo", "done" or "review"."""
        self.database.execute("UPDATE photos SET state = ? WHERE sha256 = ?", [state, sha256])

    # Annotations and scale references

    def annotations(self, photo: str) -> list[Annotation]:
        """A photo's annotations in stacking order, the highest last."""
        return self._annotations("photo = ? ORDER BY position, created_at, id", photo)

    def annotation(self, annotation_id: str) -> Annotation | None:
        """The annotation of that id, or None."""
        return next(iter(self._annotations("id = ?", annotation_id)), None)

    def _annotations(self, condition: str, value: str) -> list[Annotation]:
        rows = self.database.query(f"SELECT * FROM annotations WHERE {condition}", [value])
        return [annotation_store.annotation_of(row) for row in rows]

    def lowest_predicted_iou(self) -> dict[str, float]:
        """For every photo with proposed annotations, the predicted IoU of the one the checkpoint is least sure of."""
        rows = self.database.query(
            "SELECT photo, min(predicted_iou) AS lowest FROM annotations WHERE predicted_iou IS NOT NULL GROUP BY photo"
        )
        return {row["photo"]: float(row["lowest"]) for row in rows}

    def scale_references(self, photo: str) -> list[ScaleReference]:
        """A photo's scale references, ordered by id, so that undoing a deletion brings back the same list."""
        rows = self.database.query("SELECT * FROM scale_references WHERE photo = ? ORDER BY id", [photo])
        return [annotation_store.scale_reference_of(row) for row in rows]

    def annotated_photos(self) -> Iterator[tuple[Photo, list[Annotation], list[ScaleReference]]]:
        """Each photo that has annotations, with them and its scale references; what an export writes."""
        rows = self.database.query(
            "SELECT * FROM photos WHERE sha256 IN (SELECT photo FROM annotations) ORDER BY rowid"
        )
        for row in rows:
            photo = annotation_store.photo_of(row)
            yield photo, self.annotations(photo.sha256), self.scale_references(photo.sha256)

    def links_of_meal(self, photo: str) -> list[PhotoLink]:
        """The links of all photos of the meal that this photo, main or further, shows; empty for a photo alone."""
        rows = self.database.query(
            "SELECT * FROM photo_links WHERE main = coalesce((SELECT main FROM photo_links WHERE id = ?), ?)"
            " ORDER BY id",
            [photo, photo],
        )
        return [meal_store.photo_link_of(row) for row in rows]

    def item_links(self, photo: str) -> list[ItemLink]:
        """Which items of a further photo are which of the main one, as the person said."""
        rows = self.database.query("SELECT * FROM item_links WHERE photo = ? ORDER BY id", [photo])
        return [meal_store.item_link_of(row) for row in rows]

    def weighings(self) -> list[Weighing]:
        """All weighings by the kitchen scale, the earliest first."""
        rows = self.database.query("SELECT * FROM weighings ORDER BY weighed_at, id")
        return [meal_store.weighing_of(row) for row in rows]

    # The diary

    def entries(self, day: str) -> list[DiaryEntry]:
        """The entries of a day (ISO date), in the order they were logged."""
        return self.entries_between(day, day)

    def entries_between(self, first: str, last: str) -> list[DiaryEntry]:
        """The entries from one day to another (ISO dates), both included, in the order of days and logging."""
        return self._entries("day BETWEEN ? AND ?", first, last)

    def entries_of_annotation(self, annotation_id: str) -> list[DiaryEntry]:
        """The entries logged from one annotation."""
        return self._entries("annotation = ?", annotation_id)

    def entry(self, entry_id: str) -> DiaryEntry | None:
        """The entry of that id, or None."""
        return next(iter(self._entries("id = ?", entry_id)), None)

    def _entries(self, condition: str, *values: str) -> list[DiaryEntry]:
        # What was logged at once has ids in its order.
        order = "ORDER BY day, logged_at, id"
        rows = self.database.query(f"SELECT * FROM diary_entries WHERE {condition} {order}", values)
        return [diary_store.diary_entry_of(row) for row in rows]

    def recent_food_ids(self, limit: int = 50) -> list[str]:
        """The foods of the last 500 entries and of the last 500 annotations, the latest first, each once."""
        # By rowid, not by time: rows hold masks, and a table of thousands would be read at every letter typed.
        rows = self.database.query(
            "SELECT food_id FROM (SELECT * FROM (SELECT food_id, day || substr(logged_at, 11) AS at FROM diary_entries"
            " ORDER BY day DESC, logged_at DESC LIMIT 500) UNION ALL SELECT * FROM (SELECT food_id, created_at"
            " FROM annotations ORDER BY rowid DESC LIMIT 500)) WHERE food_id IS NOT NULL"
            " GROUP BY food_id ORDER BY max(at) DESC, food_id LIMIT ?",
            [limit],
        )
        return [row["food_id"] for row in rows]

    def days_with_entries(self) -> list[str]:
        """All days (ISO dates) that have an entry, the earliest first."""
        return [row["day"] for row in self.database.query("SELECT DISTINCT day FROM diary_entries ORDER BY day")]

    # Questions

    def wave(self, photo: str, question: str) -> None:
        """Remember that a question about a photo is not to be asked again."""
        self.database.execute("INSERT OR IGNORE INTO waved (photo, question) VALUES (?, ?)", [photo, question])

    def waved(self, photo: str) -> frozenset[str]:
        """The questions about a photo that are not to be asked again."""
        return frozenset(r["question"] for r in self.database.query("SELECT * FROM waved WHERE photo = ?", [photo]))

    # Edits

    def apply(self, edit: Edit) -> None:
        """Make all changes of an edit, or none.

        Raises:
            EditConflict: a row is no longer what the edit says it was before; another program changed it since.
        """
        with self.database.transaction():
            self.make_changes(edit)

    def make_changes(self, edit: Edit) -> None:
        """As ``apply``, within a transaction of the caller, who has more to write with it."""
        for change in edit.changes:
            self._apply_change(edit, change)

    def _apply_change(self, edit: Edit, change: Change) -> None:
        table = _TABLES[type(change.row)]
        if self._stored(table, change.id) != change.before:
            raise EditConflict(
                f'"{edit.label}" cannot be done: another program has changed this since; what it made was kept.'
            )
        if not isinstance(change.row, DiaryEntry | Weighing) and self.photo(change.row.photo) is None:
            raise EditConflict(f'"{edit.label}" cannot be done: its photo was removed; please open the photo again.')
        self._write(table, change)

    def _stored(self, table: _Table, row_id: str) -> Row | None:
        rows = self.database.query(f"SELECT * FROM {table.name} WHERE id = ?", [row_id])
        return table.of_row(rows[0]) if rows else None

    def _write(self, table: _Table, change: Change) -> None:
        if change.after is None:
            self.database.execute(f"DELETE FROM {table.name} WHERE id = ?", [change.id])
            return
        row = table.to_row(change.after)
        if change.before is None:
            sql = f"INSERT INTO {table.name} ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"
        else:
            sql = f"UPDATE {table.name} SET {', '.join(f'{name} = :{name}' for name in row)} WHERE id = :id"
        self.database.execute(sql, row)
