"""What the queue was made of last time: the folders and files that were opened, and the photo that was open last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from foodcal_desktop.storage.database import Database

MAX_SOURCES = 10_000
"""Folders and files that are remembered; the ones opened last count."""


def remember_sources(database: Database, sources: Sequence[Path]) -> None:
    """Remember what was opened now as the last; what was known already comes to the end. Raises DatabaseError."""
    rows = [[_bytes(path)] for path in sources[-MAX_SOURCES:]]
    with database.transaction():
        database.execute_many("INSERT OR REPLACE INTO queue_sources (path) VALUES (CAST(? AS TEXT))", rows)
        database.execute(
            "DELETE FROM queue_sources WHERE position NOT IN"
            " (SELECT position FROM queue_sources ORDER BY position DESC LIMIT ?)",
            [MAX_SOURCES],
        )


def sources(database: Database) -> list[Path]:
    """What was opened, in that order. Raises DatabaseError."""
    return [Path(row["path"]) for row in database.query("SELECT path FROM queue_sources ORDER BY position")]


def forget_sources(database: Database, gone: Sequence[Path]) -> None:
    """List these no more. Raises DatabaseError."""
    with database.transaction():
        database.execute_many(
            "DELETE FROM queue_sources WHERE path = CAST(? AS TEXT)", [[_bytes(path)] for path in gone]
        )


def remember_removed(database: Database, photos: Iterable[Path]) -> None:
    """These stay out of the queue from now on, whatever folder they are in. Raises DatabaseError."""
    with database.transaction():
        database.execute_many(
            "INSERT OR IGNORE INTO queue_removed (path) VALUES (CAST(? AS TEXT))", [[_bytes(path)] for path in photos]
        )


def forget_removed(database: Database, photos: Iterable[Path]) -> None:
    """These may be in the queue again. Raises DatabaseError."""
    with database.transaction():
        database.execute_many(
            "DELETE FROM queue_removed WHERE path = CAST(? AS TEXT)", [[_bytes(path)] for path in photos]
        )


def removed(database: Database) -> frozenset[str]:
    """The files that stay out of the queue. Raises DatabaseError."""
    return frozenset(row["path"] for row in database.query("SELECT path FROM queue_removed"))


def annotated(database: Database) -> frozenset[str]:
    """The files of the photos that have masks. Raises DatabaseError."""
    rows = database.query("SELECT path FROM photos WHERE sha256 IN (SELECT photo FROM annotations)")
    return frozenset(row["path"] for row in rows)


def remember_open(database: Database, photo: Path) -> None:
    """Remember which photo is open. Raises DatabaseError."""
    database.execute("INSERT OR REPLACE INTO open_photo (id, path) VALUES (1, CAST(? AS TEXT))", [_bytes(photo)])


def last_open(database: Database) -> Path | None:
    """The photo that was open last, None where none ever was. Raises DatabaseError."""
    rows = database.query("SELECT path FROM open_photo")
    return Path(rows[0]["path"]) if rows else None


def _bytes(path: Path) -> bytes:
    """A path goes in as bytes, for it need not be valid UTF-8."""
    return str(path).encode("utf-8", "surrogateescape")
