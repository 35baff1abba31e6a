"""What the queue was made of, in a real database."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from foodcal_desktop.storage import queue_store
from foodcal_desktop.storage.database import Database


def test_sources_come_back_in_order_what_is_opened_again_at_the_end(data_dir: Path) -> None:
    odd = Path(os.fsdecode(b"/photos/caf\xe9"))
    with Database.open() as database:
        queue_store.remember_sources(database, [Path("/a"), odd, Path("/점심")])
        queue_store.remember_sources(database, [Path("/a")])
    with Database.open() as database:
        assert queue_store.sources(database) == [odd, Path("/점심"), Path("/a")]
        queue_store.forget_sources(database, [odd, Path("/unknown")])
        assert queue_store.sources(database) == [Path("/점심"), Path("/a")]


def test_sources_are_bounded_the_first_ones_go(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_store, "MAX_SOURCES", 3)
    with Database.open() as database:
        queue_store.remember_sources(database, [Path(f"/{i}") for i in range(5)])
        queue_store.remember_sources(database, [Path("/z")])
        assert queue_store.sources(database) == [Path("/3"), Path("/4"), Path("/z")]


def test_one_photo_was_open_last(data_dir: Path) -> None:
    with Database.open() as database:
        assert queue_store.last_open(database) is None
        for name in ("/a.jpg", "/b.jpg"):
            queue_store.remember_open(database, Path(name))
        assert queue_store.last_open(database) == Path("/b.jpg")
