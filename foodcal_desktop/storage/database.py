"""The database is the document: opened, backed up, migrated, checked. Each transaction is on the disk when it ends.

A ``Database`` is one SQLite connection and belongs to the thread that opened it; another thread or process opens its
own on the same path (SQLite raises ProgrammingError otherwise). Write-ahead logging lets one write while others read;
a second writer waits up to BUSY_SECONDS.
"""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foodcal_desktop.storage import paths
from foodcal_desktop.storage.files import free_name
from foodcal_desktop.storage.migrations import MIGRATIONS

if TYPE_CHECKING:
    import sqlite_utils

BUSY_SECONDS = 5.0
APPLICATION_ID = 0x464F4F44
"""``PRAGMA application_id`` of our files: "FOOD" in ASCII."""

Parameters = Sequence[Any] | Mapping[str, Any]


class DatabaseError(Exception):
    """The database cannot be used; the message is one sentence for the user."""


class Database:
    """An open database; see the module for threads. ``db`` is sqlite-utils' view of it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self.db = _wrapped(connection)
        self._seen = self._pragma("data_version")

    @staticmethod
    def open(path: Path | None = None) -> Database:
        """Open the database at ``path`` (the user's own by default), made or migrated where needed.

        Raises:
            DatabaseError: it is damaged, no database of ours, written by a newer version, locked, or not writable.
        """
        path = path if path is not None else paths.database_path()
        with _explained(path):
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            try:
                _require_ours(connection, path)
                _configure(connection)
                _migrate(connection, path)
                return Database(path, connection)
            except BaseException:
                connection.close()
                raise

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection. All that was committed is on the disk already."""
        self._connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside are committed together at its end, or none where it raises. Not nestable.

        Raises:
            DatabaseError: another program writes for too long, or the disk is full or read-only.
        """
        with _explained(self.path):
            # At once, not at the first write: what is read inside is then what is written upon.
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with _explained(self.path):
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def query(self, sql: str, parameters: Parameters = ()) -> list[dict[str, Any]]:
        """The rows of a SELECT. Raises DatabaseError."""
        with _explained(self.path):
            return list(self.db.query(sql, parameters))

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run a statement, committed at once outside a transaction; the number of rows it changed.

        Raises:
            DatabaseError: as ``transaction``, or where a constraint of the tables forbids it.
        """
        with _explained(self.path):
            return int(self.db.execute(sql, parameters).rowcount)

    def execute_many(self, sql: str, rows: Sequence[Parameters]) -> None:
        """Run a statement once for each row, in a transaction of the caller. Raises DatabaseError as ``execute``."""
        with _explained(self.path):
            self._connection.executemany(sql, rows)

    def changed_elsewhere(self) -> bool:
        """Whether another connection has committed since this was last asked (or since opening)."""
        before, self._seen = self._seen, self._pragma("data_version")
        return before != self._seen

    def check(self) -> list[str]:
        """What is wrong with the file, as sentences; empty where all is well. Reads all of it."""
        try:
            found = [str(row["integrity_check"]) for row in self.db.query("PRAGMA integrity_check")]
            lost = list(self.db.query("PRAGMA foreign_key_check"))
        except sqlite3.DatabaseError as error:
            return [_sentence(self.path, error)]
        problems = [f"The database {self.path} is damaged: {text}." for text in found if text != "ok"]
        tables = sorted({str(row["table"]) for row in lost})
        return problems + [f"Rows of '{t}' in {self.path} belong to a photo that is missing." for t in tables]

    def backup(self, target: Path) -> None:
        """Copy the database as it is now to another file, whole or not at all. Raises DatabaseError."""
        with _explained(target):
            _copy(self._connection, target)

    def _pragma(self, name: str) -> int:
        return _pragma(self._connection, name)


def _wrapped(connection: sqlite3.Connection) -> sqlite_utils.Database:
    """sqlite-utils' view of a connection."""
    # It would import pandas where that is installed, to know its number types: half a second of the window's start.
    hidden = "sqlite_utils" not in sys.modules and "pandas" not in sys.modules
    if hidden:
        sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        import sqlite_utils
    finally:
        if hidden:
            del sys.modules["pandas"]
    return sqlite_utils.Database(connection, execute_plugins=False)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _require_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Before anything is written to the file."""
    is_empty = _pragma(connection, "schema_version") == 0
    if not is_empty and _pragma(connection, "application_id") != APPLICATION_ID:
        raise DatabaseError(f"{path} is a database of another program; choose another data folder.")
    version = _pragma(connection, "user_version")
    if version > len(MIGRATIONS):
        raise DatabaseError(
            f"{path} was written by a newer foodcal-desktop (its version {version}, this program knows "
            f"{len(MIGRATIONS)}); please update the program. Nothing was changed."
        )


def _configure(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    # FULL, not NORMAL: a committed edit also outlives a power cut.
    connection.execute("PRAGMA synchronous = FULL")
    # A path need not be UTF-8 on every system; what came in by surrogates goes out by them.
    connection.text_factory = _text


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    version = _pragma(connection, "user_version")
    if 0 < version < len(MIGRATIONS):
        _back_up(connection, path, version)
    while (version := _pragma(connection, "user_version")) < len(MIGRATIONS):
        _migrate_once(connection, version)


def _migrate_once(connection: sqlite3.Connection, version: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another program may have been quicker while this one waited for the lock.
        if _pragma(connection, "user_version") == version:
            for statement in MIGRATIONS[version]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> None:
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    _copy(connection, free_name(folder / f"{path.stem}-v{version}-{stamp}.db"))


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    unfinished = target.with_name(target.name + ".tmp")
    unfinished.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(unfinished)) as copy:
        connection.backup(copy)
    unfinished.replace(target)


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """SQLite's errors as sentences. A call from a wrong thread is a mistake in the program and stays as it is."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except (sqlite3.Error, OSError) as error:
        raise DatabaseError(_sentence(path, error)) from error


def _sentence(path: Path, error: Exception) -> str:
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return "Another program is writing to the diary for too long; please close it or try again."
    if "full" in text or "no space" in text:
        return f"The disk is full, so nothing was saved to {path}; please free some space and try again."
    if "readonly" in text or "unable to open" in text or "permission" in text:
        return f"{path} cannot be written; please check the permissions of its folder, or choose another data folder."
    if "malformed" in text or "not a database" in text:
        copies = path.parent / "backups"
        return f"The database {path} is damaged; please put a copy in its place, from {copies} or your own backup."
    return f"The database {path} could not be used ({error})."
