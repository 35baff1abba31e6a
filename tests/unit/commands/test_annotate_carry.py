"""``annotate --carry`` by the real command: a series of photos, a video, and what is refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from foodcal_desktop.__main__ import main
from foodcal_desktop.core.annotation import Annotation, new_id
from foodcal_desktop.core.edit import Change, Edit
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.storage import photos
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.store import Store

HEIGHT, WIDTH = 240, 320


def picture(x: int) -> Image.Image:
    """A red disc on a grey table, x pixels from the left."""
    rng = np.random.default_rng(5)
    rgb = np.full((HEIGHT, WIDTH, 3), 150, np.uint8) + rng.integers(0, 12, (HEIGHT, WIDTH, 1), np.uint8)
    rgb[disc(x).to_array()] = (200, 40, 30)
    return Image.fromarray(rgb)


def disc(x: int) -> Mask:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    return Mask.from_array(np.hypot(columns - x, rows - 120) < 50)


def mark(path: Path, x: int) -> None:
    """The disc is marked on a photo."""
    photo = photos.load(path).photo
    row = Annotation(new_id(), photo.sha256, disc(x), label="tomato", checkpoint=None, created_at="2026-01-01T12:00:00")
    with Database.open() as database:
        store = Store(database)
        store.add_photo(photo)
        store.apply(Edit("Add a mask", (Change(row.id, None, row),)))


class Run:
    """The command's exit status and what it wrote."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.status = main(["annotate", str(folder), "--carry", "--json"])
        written = capsys.readouterr()
        self.document = json.loads(written.out) if written.out else {}
        self.error = written.err


def test_what_is_marked_on_the_first_photo_is_found_on_the_others(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "밥 series"
    folder.mkdir()
    for number, x in enumerate((100, 130, 180)):
        picture(x).save(folder / f"{number}.png")
    mark(folder / "0.png", 100)
    result = Run(capsys, folder)
    document = result.document
    assert result.status == 0, result.error
    assert (document["photos"], document["annotations"], document["by_memory"]) == (2, 2, False)
    assert "no memory of frames" in result.error
    with Database.open() as database:
        store = Store(database)
        for number, x in ((1, 130), (2, 180)):
            photo = store.photo_at(str(folder / f"{number}.png"))
            assert photo is not None and photo.state == "review"
            (row,) = store.annotations(photo.sha256)
            assert row.label == "tomato" and row.checkpoint == "lite" and row.mask.iou(disc(x)) > 0.7
    (folder / "1 broken.png").write_bytes((folder / "1.png").read_bytes()[:2000])
    again = Run(capsys, folder).document
    assert len(again["failed"]) == 1 and "1 broken.png" in again["failed"][0], (
        "the others are carried on to all the same"
    )
    assert (again["photos"], again["skipped"]) == (0, 2), "what is there is left alone"


def test_a_video_is_a_series(data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("av")
    video = tmp_path / "a.gif"
    frames = [picture(x) for x in (100, 140)]
    frames[0].save(video, save_all=True, append_images=frames[1:], duration=500)
    refused = Run(capsys, video)
    assert refused.status == 1 and "mark the foods of the first one" in refused.error
    folder = next((data_dir / "frames").iterdir())
    first = min(folder.iterdir())
    mark(first, 100)
    document = Run(capsys, video).document
    assert (document["photos"], document["annotations"]) == (1, 1)


def test_without_pyav_a_sentence_says_how_to_install_it(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    (tmp_path / "a.mp4").write_bytes(b"x")
    result = Run(capsys, tmp_path / "a.mp4")
    assert result.status == 1 and 'pip install "foodcal-desktop[video]"' in result.error
