"""COCO files of other programs, as training and evaluation read them: polygons, crowds, boxes without an outline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycocotools import mask as coco

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.dataset.coco_masks import coco_mask, has_outline
from foodcal_desktop.dataset.instances import LeftOut, read_coco_file
from foodcal_desktop.dataset.quality import check_folder

HEIGHT, WIDTH = 40, 60
SQUARE = [5, 4, 25, 4, 25, 24, 5, 24]


def _file(folder: Path, *rows: dict[str, Any]) -> Path:
    document = {
        "images": [{"id": 1, "file_name": "a.png", "height": HEIGHT, "width": WIDTH}],
        "annotations": [{"id": n, "image_id": 1, "category_id": 3, **row} for n, row in enumerate(rows)],
        "categories": [{"id": 3, "name": "soup"}],
    }
    (folder / "annotations.json").write_text(json.dumps(document))
    return folder / "annotations.json"


def test_polygons_are_read_and_what_is_of_no_use_is_counted(tmp_path: Path) -> None:
    crowd = Mask.from_array(np.ones((HEIGHT, WIDTH))).to_coco()
    path = _file(
        tmp_path,
        {"segmentation": [SQUARE], "area": 400, "iscrowd": 0},
        {"segmentation": SQUARE},
        {"segmentation": crowd, "iscrowd": 1, "area": 2400},
        {"segmentation": [], "area": 9, "bbox": [1, 1, 3, 3]},
        {"segmentation": [[1, 1, 2, 2]], "area": 1},
        {"area": 9, "bbox": [1, 1, 3, 3]},
        {"image_id": 2, "segmentation": [SQUARE], "area": 400},
    )
    read = read_coco_file(path, tmp_path)
    (photo,) = read.photos
    assert [one.id for one in photo.instances] == [0, 1]
    for one in photo.instances:
        assert (one.area, one.mask().area, one.mask().width) == (400, 400, WIDTH)
        assert one.mask().to_array()[4:24, 5:25].all()
    assert read.left_out == LeftOut(crowds=1, without_outline=3, damaged=1)
    assert read.damaged == ("Annotations of no photo that the dataset lists: 1.",)
    sentence = "Annotations left out: 1 of crowds, 3 without an outline, 1 damaged."
    assert {sentence, *read.damaged} <= set(check_folder(tmp_path).notices)
    assert LeftOut(1, 3).sentence() == "Annotations left out: 1 of crowds, 3 without an outline."
    assert LeftOut(1, 3).document() == {"crowds": 1, "without_outline": 3}, "as it was before damaged ones were counted"
    assert LeftOut().sentence() == ""


corner = st.tuples(st.integers(0, 4 * WIDTH), st.integers(0, 4 * HEIGHT)).map(lambda one: (one[0] / 4, one[1] / 4))


@given(st.lists(st.lists(corner, min_size=3, max_size=5), min_size=1, max_size=3))
def test_polygons_are_drawn_as_pycocotools_does_but_for_their_edge(polygons: list[list[tuple[float, float]]]) -> None:
    flat = [[float(number) for point in polygon for number in point] for polygon in polygons]
    ours = coco_mask(flat, HEIGHT, WIDTH).to_array()
    theirs = coco.decode(coco.merge(coco.frPyObjects(flat, HEIGHT, WIDTH))).astype(bool)
    edge = np.zeros_like(theirs)
    for polygon in polygons:
        for (x0, y0), (x1, y1) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
            for share in np.linspace(0, 1, 400):
                x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
                edge[max(int(y - 1.5), 0) : int(y + 1.5) + 1, max(int(x - 1.5), 0) : int(x + 1.5) + 1] = True
    assert not ((ours != theirs) & ~edge).any()


@pytest.mark.parametrize(
    "damaged",
    [
        [[1, 2, 3, 4, 5, 6, 7]],
        [[1, 2, 3, None, 5, 6]],
        [["a", 2, 3, 4, 5, 6]],
        [[1, 2, float("inf"), 4, 5, 6]],
        [[1, 2, float("nan"), 4, 5, 6]],
    ],
)
def test_a_damaged_polygon_is_a_value_error(damaged: list[Any]) -> None:
    assert has_outline(damaged)
    with pytest.raises(ValueError, match="polygon"):
        coco_mask(damaged, HEIGHT, WIDTH)
