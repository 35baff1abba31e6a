"""What there is to learn from, and the recipes to learn by."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.edit import Change, Edit
from foodcal_desktop.core.effort import Effort
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.effort_store import EffortStore
from foodcal_desktop.storage.holdings import Holdings, holdings
from foodcal_desktop.storage.recipe_files import RecipeFile, recipe_files
from foodcal_desktop.storage.store import Store


def test_only_what_is_still_there_counts(data_dir: Path) -> None:
    with Database.open() as database:
        assert holdings(database) == Holdings(0, 0, 0)
        store, efforts = Store(database), EffortStore(database)
        store.add_photo(Photo("a" * 64, 4, 4, "/a.png"))
        store.add_photo(Photo("b" * 64, 4, 4, "/without masks.png"))
        rows = [Annotation(name, "a" * 64, Mask.from_array(np.ones((4, 4), bool))) for name in ("one", "two")]
        store.apply(Edit("mark", tuple(Change(row.id, None, row) for row in rows)))
        efforts.add(Effort("one", "a" * 64, "lite", clicks=4, edits=2))
        efforts.add(Effort("two", "a" * 64, None, clicks=0, edits=1))
        efforts.add(Effort("gone", "a" * 64, "lite", clicks=9, edits=9))
        # Of four clicks the first one is no correction; a mask drawn by hand had none.
        assert holdings(database) == Holdings(1, 2, 3 + 2 + 1)
        store.apply(Edit("delete", (Change("one", rows[0], None),)))
        assert holdings(database) == Holdings(1, 1, 1)


def test_recipes_are_listed_and_what_is_none_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("encoder: frozen\nepochs: 3\n")
    (tmp_path / "long.yaml").write_text("trainer: whole\nminutes: 100\n")
    (tmp_path / "torn.yaml").write_text("{{")
    (tmp_path / "words.yaml").write_text("only words")
    assert recipe_files(tmp_path) == (
        RecipeFile("long", tmp_path / "long.yaml", whole=True),
        RecipeFile("mine", tmp_path / "mine.yaml", epochs=3),
    )
    assert {"heads", "small", "full", "lite"} <= {one.name for one in recipe_files()}
