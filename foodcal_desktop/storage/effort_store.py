"""The effort log: one row an annotation, summed where it is read."""

from __future__ import annotations

from foodcal_desktop.core.effort import Effort, EffortSum, sums_by_checkpoint
from foodcal_desktop.storage.database import Database


class EffortStore:
    """Reads and adds efforts. All methods raise DatabaseError where the database cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, effort: Effort) -> None:
        """Note what was done to an annotation, on top of what is noted of it."""
        self._database.execute(
            "INSERT INTO efforts (annotation, photo, checkpoint, clicks, seconds, edits, finished_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (annotation) DO UPDATE SET"
            " checkpoint = excluded.checkpoint, clicks = clicks + excluded.clicks,"
            " seconds = seconds + excluded.seconds, edits = edits + excluded.edits,"
            " finished_at = excluded.finished_at",
            [
                effort.annotation,
                effort.photo,
                effort.checkpoint,
                effort.clicks,
                float(effort.seconds),
                effort.edits,
                effort.finished_at,
            ],
        )

    def of_annotation(self, annotation_id: str) -> Effort | None:
        """What is noted of one annotation, or None."""
        return next(iter(self._efforts("annotation = ?", [annotation_id])), None)

    def efforts(self, photo: str | None = None) -> list[Effort]:
        """The efforts of the annotations that are still there, of one photo or of all, the latest last."""
        kept = "annotation IN (SELECT id FROM annotations)"
        return self._efforts(f"{kept} AND photo = ?", [photo]) if photo else self._efforts(kept, [])

    def sums(self) -> tuple[EffortSum, ...]:
        """The efforts of the annotations that are still there by checkpoint, that of most annotations first."""
        return sums_by_checkpoint(self.efforts())

    def _efforts(self, condition: str, values: list[str]) -> list[Effort]:
        rows = self._database.query(f"SELECT * FROM efforts WHERE {condition} ORDER BY finished_at, annotation", values)
        return [Effort(**row) for row in rows]
