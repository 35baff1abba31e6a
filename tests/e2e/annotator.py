"""Annotates without end, writing down each action before and after: what test_kill_nine.py kills."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.edit import Change, Edit
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.edit_journal import EditJournal
from foodcal_desktop.storage.store import Store

PHOTO = Photo("f" * 64, 600, 400, "/photos/lunch.jpg")


@dataclass(frozen=True)
class Line:
    """An action as it was written down: the annotation and its mask afterwards (hexadecimal), None where it is gone."""

    annotation: str
    mask: str | None
    label: str
    done: bool

    def row(self) -> Annotation:
        """The annotation it leaves behind."""
        assert self.mask is not None
        return Annotation(self.annotation, PHOTO.sha256, Mask.from_bytes(bytes.fromhex(self.mask)), label=self.label)


def read_lines(log: Path) -> list[Line]:
    """What was written down. A line cut off by the kill belongs to an action that had not begun."""
    begun: list[Line] = []
    for text in log.read_text().splitlines(keepends=True) if log.exists() else []:
        if not text.endswith("\n"):
            break
        if text == "done\n":
            begun[-1] = Line(begun[-1].annotation, begun[-1].mask, begun[-1].label, done=True)
        else:
            annotation, mask, label = text.rstrip("\n").split("\t")
            begun.append(Line(annotation, mask or None, label, done=False))
    return begun


def annotate(database: Path, log: Path, seed: int) -> None:
    """Add, brush, delete and undo, until killed."""
    chance, pixels = random.Random(seed), np.random.default_rng(seed)
    with Database.open(database) as opened, log.open("a") as file:
        store = Store(opened)
        journal = EditJournal(store)
        while True:
            change = next_change(store, chance, pixels, str(seed))
            after = change.after if isinstance(change.after, Annotation) else None
            write(file.fileno(), f"{change.id}\t{after.mask.to_bytes().hex() if after else ''}\t{seed}\n")
            journal.commit(Edit("annotate", (change,)), PHOTO.sha256)
            write(file.fileno(), "done\n")


def next_change(store: Store, chance: random.Random, pixels: np.random.Generator, label: str) -> Change:
    """A new mask, one brushed over, or one deleted."""
    rows = store.annotations(PHOTO.sha256)
    action = chance.random()
    if rows and action < 0.25:
        row = chance.choice(rows)
        return Change(row.id, row, None)
    row = chance.choice(rows) if rows and action < 0.6 else None
    mask = row.mask if row else Mask.from_crop(pixels.random((120, 160)) < 0.4, 40, 50, PHOTO.height, PHOTO.width)
    size = chance.randint(5, 60)
    stroke = Mask.from_crop(np.ones((size, size)), chance.randint(0, 500), chance.randint(0, 300), 400, 600)
    brushed = mask.difference(stroke) if chance.random() < 0.3 else mask.union(stroke)
    name = row.id if row else f"{chance.getrandbits(64):x}"
    after = Annotation(name, PHOTO.sha256, brushed, label=label)
    return Change(name, row, after)


def write(file: int, text: str) -> None:
    """One call, so that the kill leaves whole lines."""
    os.write(file, text.encode())
