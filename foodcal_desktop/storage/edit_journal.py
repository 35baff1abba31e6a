"""What can be undone and redone, per photo or diary day: deep, bounded in bytes, and still there after a restart.

An edit and its line in the journal are one transaction, so that a program killed between two edits has a journal that
fits what is stored. A scope is a photo's sha256 or ``day:<ISO date>``.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass
from typing import Any

from foodcal_desktop.core.edit import Change, Edit, Row, amended
from foodcal_desktop.storage.store import EditConflict, Store, columns_of, row_of, table_of

SCOPE_BYTES = 32 * 1024**2
"""What one photo or day may keep: some ten thousand edits of ordinary masks."""
TOTAL_BYTES = 512 * 1024**2
"""What all of them may keep together; then the oldest edits are forgotten."""

# The sum over all scopes reads the whole index; the bound may be passed by this many edits.
_EDITS_BETWEEN_SUMS = 64
_DONE, _UNDONE = "done", "undone"


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of what undo would take back and redo make again, None where there is nothing."""

    undo: str | None
    redo: str | None


class EditJournal:
    """Commits edits to a store and takes them back. All methods raise DatabaseError where that cannot be used."""

    def __init__(self, store: Store, scope_bytes: int = SCOPE_BYTES, total_bytes: int = TOTAL_BYTES) -> None:
        self._store = store
        self._database = store.database
        self._scope_bytes = scope_bytes
        self._total_bytes = total_bytes
        self._count = 0

    def commit(self, edit: Edit, scope: str) -> None:
        """Make an edit and remember it; what was undone in the scope before is gone.

        Raises:
            EditConflict: another program changed a row since; nothing was written.
        """
        content = encode_edit(edit)
        with self._database.transaction():
            self._store.make_changes(edit)
            self._database.execute("DELETE FROM journal WHERE scope = ? AND state = ?", [scope, _UNDONE])
            self._database.execute(
                "INSERT INTO journal (scope, state, label, edit, bytes) VALUES (?, ?, ?, ?, ?)",
                [scope, _DONE, edit.label, content, len(content)],
            )
            self._forget_oldest("scope = ?", [scope], self._scope_bytes)
            self._count += 1
            if self._count % _EDITS_BETWEEN_SUMS == 1:
                self._forget_oldest("1", [], self._total_bytes)

    def amend(self, edit: Edit, scope: str) -> None:
        """Make an edit, a look at a mask again, as a part of the one that called for it, whatever was done since.

        That is the one that made the mask, or set the scale that measures it now. Alone where that one is forgotten.

        Raises:
            EditConflict: another program changed a row since; nothing was written.
        """
        lines = self._since_called_for(edit, scope)
        if not lines:
            self.commit(edit, scope)
            return
        contents = [encode_edit(one) for one in amended(list(lines.values()), edit)]
        with self._database.transaction():
            self._store.make_changes(edit)
            self._database.execute("DELETE FROM journal WHERE scope = ? AND state = ?", [scope, _UNDONE])
            for line, content in zip(lines, contents, strict=True):
                self._database.execute(
                    "UPDATE journal SET edit = ?, bytes = ? WHERE id = ?", [content, len(content), line]
                )

    def undo(self, scope: str) -> Edit | None:
        """Take the scope's last edit back; the edit that did so, or None where there is none.

        Raises:
            EditConflict: another program changed a row since, or the edit was written by another version of this one.
        """
        return self._turn(scope, _DONE, _UNDONE)

    def redo(self, scope: str) -> Edit | None:
        """Make the scope's last undone edit again; that edit, or None where there is none. Raises as ``undo``."""
        return self._turn(scope, _UNDONE, _DONE)

    def labels(self, scope: str) -> Labels:
        """What undo and redo would do in a scope."""
        done, undone = self._next(scope, _DONE), self._next(scope, _UNDONE)
        return Labels(done["label"] if done else None, undone["label"] if undone else None)

    def last(self, scope: str) -> tuple[int, Edit] | None:
        """The edit that undo would take back, with its number: over all scopes the later edit has the higher one."""
        line = self._next(scope, _DONE)
        return (int(line["id"]), decode_edit(self._content(line["id"]), line["label"])) if line else None

    def depth(self, scope: str) -> tuple[int, int]:
        """How many edits of a scope can be undone, and how many redone."""
        rows = self._database.query("SELECT state, count(*) AS n FROM journal WHERE scope = ? GROUP BY state", [scope])
        counts = {row["state"]: int(row["n"]) for row in rows}
        return counts.get(_DONE, 0), counts.get(_UNDONE, 0)

    def _since_called_for(self, edit: Edit, scope: str) -> dict[int, Edit]:
        """The scope's edits by their lines, from the one that called for a look on; none where that is forgotten."""
        found: dict[int, Edit] = {}
        for line in self._database.query(
            "SELECT id, label FROM journal WHERE scope = ? AND state = ? ORDER BY id DESC", [scope, _DONE]
        ):
            found[line["id"]] = decode_edit(self._content(line["id"]), line["label"])
            if any(found[line["id"]].calls_for_a_look(*rows) for rows in edit.looked_at):
                return dict(reversed(found.items()))
        return {}

    def _turn(self, scope: str, state: str, other: str) -> Edit | None:
        with self._database.transaction():
            line = self._next(scope, state)
            if line is None:
                return None
            stored = decode_edit(self._content(line["id"]), line["label"])
            edit = stored.inverse() if state == _DONE else stored
            self._store.make_changes(edit)
            self._database.execute("UPDATE journal SET state = ? WHERE id = ?", [other, line["id"]])
        return edit

    def _next(self, scope: str, state: str) -> dict[str, Any] | None:
        """The last of what is done; the first of what is undone."""
        way = "DESC" if state == _DONE else "ASC"
        rows = self._database.query(
            f"SELECT id, label FROM journal WHERE scope = ? AND state = ? ORDER BY id {way} LIMIT 1", [scope, state]
        )
        return rows[0] if rows else None

    def _content(self, line: int) -> bytes:
        return bytes(self._database.query("SELECT edit FROM journal WHERE id = ?", [line])[0]["edit"])

    def _forget_oldest(self, condition: str, values: list[str], bound: int) -> None:
        """Delete the oldest lines until the rest fits the bound; the newest one always stays."""
        size = self._database.query(f"SELECT sum(bytes) AS n FROM journal WHERE {condition}", values)[0]["n"]
        if (size or 0) <= bound:
            return
        self._database.execute(
            f"DELETE FROM journal WHERE {condition} AND id <= (SELECT max(id) FROM (SELECT id, sum(bytes)"
            f" OVER (ORDER BY id DESC) AS newer FROM journal WHERE {condition}) WHERE newer > ?)"
            " AND id < (SELECT max(id) FROM journal)",
            [*values, *values, bound],
        )


def encode_edit(edit: Edit) -> bytes:
    """An edit as compressed JSON: its changes' rows as the database has them, bytes in base 64."""
    changes = [
        {"table": table_of(c.row), "id": c.id, "before": _plain(c.before), "after": _plain(c.after)}
        for c in edit.changes
    ]
    return zlib.compress(json.dumps(changes).encode(), 1)


def decode_edit(content: bytes, label: str) -> Edit:
    """The edit of ``encode_edit``. Raises EditConflict where another version wrote it, or it is damaged."""
    try:
        return Edit(label, tuple(_change_of(value) for value in json.loads(zlib.decompress(content))))
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise EditConflict(
            f'"{label}" cannot be taken back or made again: another version of the program wrote it down.'
        ) from error


def _change_of(value: dict[str, Any]) -> Change:
    before, after = (_row_of(value["table"], value[side]) for side in ("before", "after"))
    return Change(value["id"], before, after)


def _row_of(table: str, row: dict[str, Any] | None) -> Row | None:
    return None if row is None else row_of(table, _unplain(row))


def _plain(row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    columns = columns_of(row).items()
    return {k: {"b64": base64.b64encode(v).decode()} if isinstance(v, bytes) else v for k, v in columns}


def _unplain(row: dict[str, Any]) -> dict[str, Any]:
    return {k: base64.b64decode(v["b64"]) if isinstance(v, dict) else v for k, v in row.items()}
