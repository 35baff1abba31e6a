from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from foodcal_desktop.storage import database as module
from foodcal_desktop.storage import migrations
from foodcal_desktop.storage.database import Database, DatabaseError
from foodcal_desktop.storage.store import Store


def raw(path: Path, *statements: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return [row for statement in statements for row in connection.execute(statement).fetchall()]


def test_a_new_database_is_made_whole(data_dir: Path) -> None:
    with Database.open() as database:
        assert database.path == data_dir / "foodcal.db"
        assert database.check() == []
        tables = {
            row["name"]: row["sql"] for row in database.query("SELECT name, sql FROM sqlite_master WHERE sql != ''")
        }
        assert {"photos", "annotations", "scale_references", "diary_entries", "user_foods"} <= set(tables)
        assert database.query("PRAGMA journal_mode") == [{"journal_mode": "wal"}]
        assert database.query("PRAGMA foreign_keys") == [{"foreign_keys": 1}]
        assert database.query("PRAGMA synchronous") == [{"synchronous": 2}]
        strict = database.query("PRAGMA table_list")
    assert all(row["strict"] for row in strict if not row["name"].startswith("sqlite_"))
    assert not (data_dir / "backups").exists()


def test_opening_again_changes_nothing(data_dir: Path) -> None:
    Database.open().close()
    before = (data_dir / "foodcal.db").read_bytes()
    Database.open().close()
    assert (data_dir / "foodcal.db").read_bytes() == before


def test_strict_tables_refuse_the_wrong_kind(data_dir: Path) -> None:
    with Database.open() as database, pytest.raises(DatabaseError):
        database.execute("INSERT INTO photos (sha256, width, height, path) VALUES ('a', 'wide', 1, 'p')")


def test_a_day_is_a_date(data_dir: Path) -> None:
    with Database.open() as database, pytest.raises(DatabaseError):
        database.execute(
            "INSERT INTO diary_entries VALUES"
            " ('a', '22.11.2026', 'm', 'n', 1, 1, 1, 1, 1, 1, 1, 0, null, null, null, 'm', '')"
        )


ADDED = ("ALTER TABLE photos ADD COLUMN note TEXT", "CREATE TABLE extra (x INTEGER) STRICT")


def test_migrating_backs_up_first_and_keeps_the_rows(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Database.open() as database:
        database.execute("INSERT INTO photos (sha256, width, height, path) VALUES ('a', 1, 1, 'p')")
    monkeypatch.setattr(module, "MIGRATIONS", (*migrations.MIGRATIONS, ADDED))
    with Database.open() as database:
        assert database.query("SELECT sha256, note FROM photos") == [{"sha256": "a", "note": None}]
    (copy,) = (data_dir / "backups").iterdir()
    assert copy.name.startswith(f"foodcal-v{len(migrations.MIGRATIONS)}-")
    assert raw(copy, "SELECT sha256 FROM photos", "PRAGMA user_version") == [("a",), (len(migrations.MIGRATIONS),)]


def test_a_migration_that_fails_leaves_the_former_version(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Database.open().close()
    monkeypatch.setattr(module, "MIGRATIONS", (*migrations.MIGRATIONS, (*ADDED, "CREATE NONSENSE")))
    with pytest.raises(DatabaseError):
        Database.open()
    monkeypatch.undo()
    os.environ["FOODCAL_DATA_DIR"] = str(data_dir)
    with Database.open(data_dir / "foodcal.db") as database:
        assert database.query("SELECT * FROM photos") == []
        assert database.check() == []


def test_a_newer_database_is_refused_and_not_touched(data_dir: Path) -> None:
    Database.open().close()
    raw(data_dir / "foodcal.db", "PRAGMA user_version = 99")
    before = (data_dir / "foodcal.db").read_bytes()
    with pytest.raises(DatabaseError, match=r"newer foodcal-desktop.*version 99.*update"):
        Database.open()
    assert (data_dir / "foodcal.db").read_bytes() == before


def test_a_database_of_another_program_is_refused(data_dir: Path) -> None:
    raw(data_dir / "foodcal.db", "CREATE TABLE theirs (x)")
    with pytest.raises(DatabaseError, match="another program"):
        Database.open()
    assert raw(data_dir / "foodcal.db", "SELECT name FROM sqlite_master") == [("theirs",)]


def test_a_file_that_is_no_database(data_dir: Path) -> None:
    (data_dir / "foodcal.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(DatabaseError, match="damaged"):
        Database.open()


def test_a_folder_in_its_place(data_dir: Path) -> None:
    (data_dir / "foodcal.db").mkdir()
    with pytest.raises(DatabaseError, match="cannot be written"):
        Database.open()


def test_the_check_finds_damage(data_dir: Path) -> None:
    with Database.open() as database:
        for number in range(500):
            database.execute(
                "INSERT INTO photos (sha256, width, height, path) VALUES (?, 1, 1, ?)", [f"{number:064}", "p" * 50]
            )
    path = data_dir / "foodcal.db"
    raw(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[-3 * 4096 : -4096] = b"\xff" * (2 * 4096)
    path.write_bytes(data)
    with Database.open() as database:
        problems = database.check()
    assert problems
    assert all(p.endswith(".") and "foodcal.db" in p for p in problems)


def test_the_check_finds_rows_without_their_photo(data_dir: Path) -> None:
    Database.open().close()
    raw(
        data_dir / "foodcal.db",
        "PRAGMA foreign_keys = OFF",
        "INSERT INTO annotations VALUES ('a', 'gone', x'00', '', null, null, null, null, 0, '', null)",
    )
    with Database.open() as database:
        assert ["annotations" in p for p in database.check()] == [True]


def test_a_transaction_is_all_or_nothing(data_dir: Path) -> None:
    with Database.open() as database:
        with pytest.raises(RuntimeError), database.transaction():
            database.execute("INSERT INTO photos (sha256, width, height, path) VALUES ('a', 1, 1, 'p')")
            raise RuntimeError
        assert database.query("SELECT * FROM photos") == []
        with database.transaction():
            database.execute("INSERT INTO photos (sha256, width, height, path) VALUES ('a', 1, 1, 'p')")
        assert raw(database.path, "SELECT sha256 FROM photos") == [("a",)]


def test_another_programs_commit_is_noticed(data_dir: Path) -> None:
    with Database.open() as window, Database.open() as command:
        assert not window.changed_elsewhere()
        window.execute("INSERT INTO photos (sha256, width, height, path) VALUES ('a', 1, 1, 'p')")
        assert not window.changed_elsewhere()
        command.execute("INSERT INTO photos (sha256, width, height, path) VALUES ('b', 1, 1, 'p')")
        assert window.changed_elsewhere()
        assert not window.changed_elsewhere()


def test_a_writer_that_never_ends_gets_a_sentence(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    with Database.open() as first, Database.open() as second, first.transaction():
        assert second.query("SELECT * FROM photos") == []
        with pytest.raises(DatabaseError, match="Another program"), second.transaction():
            pytest.fail("two writers at once")


def test_a_connection_stays_in_its_thread(data_dir: Path) -> None:
    caught: list[BaseException] = []

    def elsewhere() -> None:
        try:
            database.query("SELECT 1")
        except sqlite3.ProgrammingError as error:
            caught.append(error)

    with Database.open() as database:
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
    assert caught


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from foodcal_desktop.storage.database import Database
with Database.open(Path(sys.argv[1])) as database:
    for number in range(int(sys.argv[3])):
        with database.transaction():
            for half in "ab":
                database.execute("INSERT INTO photos (sha256, width, height, path) VALUES (?, 1, 1, 'p')",
                                 [f"{sys.argv[2]}-{number}-{half}"])
        print(number, flush=True)
"""


def _writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(count)], stdout=subprocess.PIPE, text=True
    )


def test_several_programs_make_the_database_and_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    writers = [_writer(path, name, 20) for name in "xyz"]
    assert [w.communicate()[1] or w.returncode for w in writers] == [0, 0, 0]
    assert raw(path, "SELECT count(*) FROM photos") == [(120,)]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
@pytest.mark.parametrize("after", [0, 3, 11])
def test_kill_9_loses_at_most_the_action_in_flight(tmp_path: Path, after: int) -> None:
    path = tmp_path / "killed.db"
    writer = _writer(path, "k", 100_000)
    assert writer.stdout is not None
    last = -1
    while last < after:
        last = int(writer.stdout.readline())
    time.sleep(0.001 * after)
    writer.send_signal(signal.SIGKILL)
    told = [last, *(int(line) for line in writer.stdout.read().split())]
    writer.stdout.close()
    writer.wait()
    with Database.open(path) as database:
        assert database.check() == []
        stored = {row["sha256"] for row in database.query("SELECT sha256 FROM photos")}
    actions = {name.rpartition("-")[0] for name in stored}
    assert stored == {f"{action}-{half}" for action in actions for half in "ab"}
    assert {f"k-{n}" for n in range(max(told) + 1)} <= actions
    assert len(actions) <= max(told) + 2


def test_a_database_from_before_splits_opens_and_its_photos_have_none(data_dir: Path) -> None:
    """As the version before wrote it: the columns and the number of migrations of then."""
    path = data_dir / "foodcal.db"
    data_dir.mkdir(parents=True, exist_ok=True)
    old = [statement for migration in migrations.MIGRATIONS[:6] for statement in migration]
    raw(path, *old, "INSERT INTO photos VALUES ('a', 1, 1, 'p', NULL, 'done')", "PRAGMA user_version = 6")
    raw(path, f"PRAGMA application_id = {module.APPLICATION_ID}")
    with Database.open() as database:
        (photo,) = Store(database).photos()
        assert (photo.sha256, photo.state, photo.split) == ("a", "done", "")
        Store(database).add_photo(replace(photo, split="val"))
        Store(database).add_photo(replace(photo, split="train"))
        assert Store(database).photos() == [replace(photo, split="val")], "what was said first stays"
        with pytest.raises(DatabaseError):
            database.execute("UPDATE photos SET split = 'valid'")


def test_the_entries_of_a_database_from_before_unknown_nutrients_are_all_there(data_dir: Path) -> None:
    path = data_dir / "foodcal.db"
    data_dir.mkdir(parents=True, exist_ok=True)
    old = [statement for migration in migrations.MIGRATIONS[:7] for statement in migration]
    columns = "id, day, meal, name, grams, grams_low, grams_high, kcal_per_100g, protein_per_100g, fat_per_100g"
    columns += ", carbohydrate_per_100g, scale_error, food_id, method, logged_at, energy_spread"
    values = "'e', '2026-11-22', 'lunch', 'rice', 200, 150, 260, 130, 2.5, 0.3, 28, 0.1, 'f', 'typed', 't', 0.15"
    raw(path, *old, f"INSERT INTO diary_entries ({columns}) VALUES ({values})", "PRAGMA user_version = 7")
    raw(path, f"PRAGMA application_id = {module.APPLICATION_ID}")
    with Database.open() as database:
        (entry,) = Store(database).entries("2026-11-22")
        assert (entry.id, entry.name, entry.grams.high, entry.protein_per_100g) == ("e", "rice", 260, 2.5)
        assert (entry.scale_error, entry.energy_spread, entry.food_id, entry.photo) == (0.1, 0.15, "f", None)
        database.execute("UPDATE diary_entries SET fat_per_100g = NULL")
        assert Store(database).entries("2026-11-22") == [replace(entry, fat_per_100g=None)]
        assert database.check() == []
        indexes = {row["name"] for row in database.query("SELECT name FROM sqlite_schema WHERE type = 'index'")}
        assert {"diary_entries_of_day", "diary_entries_of_annotation"} <= indexes
