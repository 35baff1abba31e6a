from __future__ import annotations

import contextlib
import io
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pycocotools.coco import COCO

from foodcal_desktop.core.annotation import PHOTO_STATES, SPLITS, Annotation
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.portion import Portion, Step
from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.dataset.coco import coco_document, export_coco
from foodcal_desktop.dataset.coco_reader import import_coco
from foodcal_desktop.dataset.formats import FORMATS, format_named
from foodcal_desktop.dataset.items import AnnotatedPhoto, DatasetError
from foodcal_desktop.storage import photos
from tests.unit.strategies import HEIGHT, WIDTH, annotations, scale_references

SIZE = (40, 60)


def pixels_of(number: int) -> np.ndarray:
    return np.random.default_rng(number).integers(0, 255, (*SIZE, 3), dtype=np.uint8)


def ring(top: int = 4) -> Mask:
    """A ring with a hole, and an island in the hole."""
    pixels = np.zeros(SIZE, dtype=bool)
    pixels[top : top + 20, 5:45] = True
    pixels[top + 4 : top + 16, 10:40] = False
    pixels[top + 8 : top + 12, 20:30] = True
    return Mask.from_array(pixels)


def photo_file(folder: Path, name: str, number: int = 0, **options: Any) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels_of(number)).save(path, **options)
    return path


def item(path: Path, *labels: str) -> AnnotatedPhoto:
    photo = photos.load(path).photo
    rows = tuple(
        Annotation(
            f"{photo.sha256[:30]}{i:02}", photo.sha256, ring(2 * i), label, order=i, created_at="2026-11-22T12:00"
        )
        for i, label in enumerate(labels or ("밥",))
    )
    return AnnotatedPhoto(photo, rows)


def document(out: Path) -> dict[str, Any]:
    return json.loads((out / "annotations.json").read_text(encoding="utf-8"))


def opened_by_pycocotools(out: Path) -> COCO:
    with contextlib.redirect_stdout(io.StringIO()):
        return COCO(str(out / "annotations.json"))


def test_pycocotools_reads_it_back_pixel_for_pixel(tmp_path: Path) -> None:
    items = [item(photo_file(tmp_path / "in", f"{n}.png", n), "밥", "국", "밥") for n in range(3)]
    done = export_coco(items, tmp_path / "out")
    assert (done.photos, done.annotations, done.notices) == (3, 9, ())
    coco = opened_by_pycocotools(tmp_path / "out")
    by_uuid = {a.id: a for row in items for a in row.annotations}
    assert len(coco.anns) == 9
    for row in coco.anns.values():
        mask = by_uuid[row["annotation_id"]].mask
        assert (coco.annToMask(row).astype(bool) == mask.to_array()).all()
        rows, columns = np.nonzero(mask.to_array())
        assert row["area"] == mask.area
        assert row["bbox"] == [columns.min(), rows.min(), np.ptp(columns) + 1, np.ptp(rows) + 1]
        assert coco.cats[row["category_id"]]["name"] == by_uuid[row["annotation_id"]].label
    assert sorted(c["name"] for c in coco.cats.values()) == ["국", "밥"]
    for image in coco.imgs.values():
        original = next(row.photo for row in items if row.photo.sha256 == image["sha256"])
        exported = np.asarray(Image.open(tmp_path / "out" / "images" / image["file_name"]).convert("RGB"))
        assert photos.pixel_hash(exported) == original.sha256
        assert image["split"] in ("train", "val")
    assert {image["split"] for image in coco.imgs.values()} == {"train", "val"}


@settings(max_examples=50)
@given(
    st.lists(annotations("x"), max_size=4, unique_by=lambda a: a.id),
    st.lists(scale_references("x"), max_size=2),
    st.sampled_from(PHOTO_STATES),
    st.sampled_from(SPLITS),
)
def test_exporting_then_importing_gives_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[Annotation],
    references: list[ScaleReference],
    state: str,
    split: str,
) -> None:
    folder = tmp_path_factory.mktemp("round")
    pixels = np.random.default_rng(len(rows)).integers(0, 255, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(folder / "사진.png")
    photo = replace(photos.load(folder / "사진.png").photo, state=state, split=split)
    finite = [
        replace(r, photo=photo.sha256, line=None if r.line is None or not np.isfinite(r.line).all() else r.line)
        for r in references
    ]
    wanted = [replace(a, photo=photo.sha256) for a in rows if a.mask.area]
    wanted = [
        a if a.predicted_iou is None or np.isfinite(a.predicted_iou) else replace(a, predicted_iou=0.5) for a in wanted
    ]
    export_coco([AnnotatedPhoto(photo, wanted, finite)], folder / "out")
    (found,) = import_coco(folder / "out")
    assert found.photo == replace(photo, path=found.photo.path)
    assert list(found.annotations) == wanted
    assert list(found.references) == finite


def test_what_the_diary_knows_goes_along(tmp_path: Path) -> None:
    row = item(photo_file(tmp_path, "a.png"))
    step = Step("area", Estimate(90.0, 80.0, 99.0), "cm²", "coin")
    portion = Portion(Estimate(210.0, 180.0, 250.0), "area × thickness × density", steps=(step,), scale_error=0.02)
    known = replace(row.annotations[0], portion=portion, food_id="usda-1", predicted_iou=0.91, checkpoint="lite")
    typed = replace(row.annotations[0], id="b" * 32, portion=Portion.typed_grams(95.5), food_id="mfds-2")
    coin = ScaleReference("c" * 32, row.photo.sha256, "coin-krw-500", ring(0))
    export_coco([AnnotatedPhoto(row.photo, (known, typed), (coin,))], tmp_path / "out")
    first, second = document(tmp_path / "out")["annotations"]
    assert (first["grams"], first["grams_low"], first["grams_high"], first["typed"]) == (210.0, 180.0, 250.0, False)
    assert (first["food_id"], first["predicted_iou"], first["checkpoint"]) == ("usda-1", 0.91, "lite")
    assert (second["grams"], second["grams_low"], second["typed"], second["food_id"]) == (95.5, 95.5, True, "mfds-2")
    assert document(tmp_path / "out")["images"][0]["scale_references"][0]["kind"] == "coin-krw-500"
    assert document(tmp_path / "out")["categories"][0]["food_ids"] == ["mfds-2", "usda-1"]
    (found,) = import_coco(tmp_path / "out")
    assert found.annotations == (known, typed)
    assert found.references == (coin,)


# The photos' files


@pytest.mark.parametrize(
    ("name", "options", "copied"),
    [
        ("plain.jpg", {"quality": 90}, True),
        ("plain.png", {}, True),
        ("turned.jpg", {"exif": b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"}, False),
        ("other.webp", {"lossless": True}, False),
        ("other.tif", {}, False),
        ("other.bmp", {}, False),
    ],
)
def test_a_file_is_copied_where_all_readers_agree_on_it(
    tmp_path: Path, name: str, options: dict[str, Any], copied: bool
) -> None:
    path = photo_file(tmp_path / "in", name, **options)
    photo = photos.load(path).photo
    mask = Mask.from_array(np.ones((photo.height, photo.width)))
    export_coco([AnnotatedPhoto(photo, (Annotation("a", photo.sha256, mask),))], tmp_path / "out")
    (written,) = (tmp_path / "out" / "images").iterdir()
    assert written.name == (name if copied else f"{path.stem}.png")
    assert (written.read_bytes() == path.read_bytes()) == copied
    stored = np.asarray(Image.open(written))
    assert photos.pixel_hash(stored) == photo.sha256


def test_alpha_and_depth_are_settled_by_a_png_of_what_was_seen(tmp_path: Path) -> None:
    Image.new("RGBA", (60, 40), (200, 10, 10, 100)).save(tmp_path / "alpha.png")
    Image.fromarray(np.full(SIZE, 30000, dtype=np.uint16)).save(tmp_path / "deep.png")
    export_coco([item(tmp_path / "alpha.png"), item(tmp_path / "deep.png")], tmp_path / "out")
    for row in import_coco(tmp_path / "out"):
        with Image.open(row.photo.path) as image:
            assert image.mode == "RGB"


def test_names_are_unique_and_safe_everywhere(tmp_path: Path) -> None:
    names = [
        "a/IMG 1.png",
        "b/img 1.png",
        "c/IMG 1.jpg",
        "d/con.png",
        "e/what?.png",
        "f/ .png",
        "g/" + "밥" * 80 + ".png",
    ]
    rows = [item(photo_file(tmp_path / "in", name, number)) for number, name in enumerate(names)]
    export_coco(rows, tmp_path / "out")
    written = {p.name for p in (tmp_path / "out" / "images").iterdir()}
    assert {"IMG 1.png", "img 1_2.png", "IMG 1_3.jpg", "photo_con.png", "what_.png"} <= written
    assert len({name.casefold() for name in written}) == len(names)
    assert {image["file_name"] for image in document(tmp_path / "out")["images"]} == written


def test_a_missing_and_a_changed_photo_are_left_out_with_a_sentence(tmp_path: Path) -> None:
    rows = [item(photo_file(tmp_path / "in", f"{n}.png", n)) for n in range(3)]
    (tmp_path / "in" / "0.png").unlink()
    photo_file(tmp_path / "in", "1.png", 77)
    done = export_coco(rows, tmp_path / "out")
    assert (done.photos, done.annotations) == (1, 1)
    assert "0.png does not exist" in done.notices[0]
    assert "1.png shows another photo" in done.notices[1]
    assert [p.name for p in (tmp_path / "out" / "images").iterdir()] == ["2.png"]


def test_an_annotation_without_pixels_is_left_out_with_a_sentence(tmp_path: Path) -> None:
    row = item(photo_file(tmp_path / "in", "a.png"))
    empty = replace(row.annotations[0], id="e" * 32, mask=Mask.empty(*SIZE))
    done = export_coco([row._replace(annotations=(*row.annotations, empty))], tmp_path / "out")
    assert done.annotations == 1
    assert "a.png" in done.notices[0]


# The folder


@pytest.fixture
def one(tmp_path: Path) -> list[AnnotatedPhoto]:
    return [item(photo_file(tmp_path / "in", "a.png"))]


def leftovers(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name.startswith("."))


def test_an_earlier_dataset_of_ours_is_replaced(tmp_path: Path, one: Sequence[AnnotatedPhoto]) -> None:
    export_coco([*one, item(photo_file(tmp_path / "in", "b.png", 2))], tmp_path / "out")
    (tmp_path / "out" / ".DS_Store").touch()
    export_coco(one, tmp_path / "out")
    assert [p.name for p in (tmp_path / "out" / "images").iterdir()] == ["a.png"]
    assert leftovers(tmp_path) == []


def test_a_dataset_can_be_exported_over_itself(tmp_path: Path, one: Sequence[AnnotatedPhoto]) -> None:
    export_coco(one, tmp_path / "out")
    again = list(import_coco(tmp_path / "out"))
    export_coco(again, tmp_path / "out")
    assert [row.annotations for row in import_coco(tmp_path / "out")] == [row.annotations for row in again]


@pytest.mark.parametrize("name", ["notes.txt", "annotations.json", "images/holiday.jpg"])
def test_what_is_not_ours_is_never_overwritten(tmp_path: Path, one: Sequence[AnnotatedPhoto], name: str) -> None:
    path = tmp_path / "out" / name
    path.parent.mkdir(parents=True)
    path.write_text("{}")
    with pytest.raises(DatasetError, match="would be lost"):
        export_coco(one, tmp_path / "out")
    assert path.read_text() == "{}"


def test_a_file_added_to_our_dataset_is_not_lost(tmp_path: Path, one: Sequence[AnnotatedPhoto]) -> None:
    export_coco(one, tmp_path / "out")
    (tmp_path / "out" / "images" / "mine.jpg").touch()
    with pytest.raises(DatasetError, match=r"mine\.jpg"):
        export_coco(one, tmp_path / "out")


def test_an_empty_folder_and_a_new_one_deep_down_are_fine(tmp_path: Path, one: Sequence[AnnotatedPhoto]) -> None:
    (tmp_path / "empty").mkdir()
    for out in (tmp_path / "empty", tmp_path / "deep" / "er" / "내 데이터"):
        assert export_coco(one, out).photos == 1
        assert (out / "annotations.json").is_file()


def test_a_file_in_its_place(tmp_path: Path, one: Sequence[AnnotatedPhoto]) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(DatasetError, match="is a file"):
        export_coco(one, tmp_path / "out")


def test_a_cancelled_export_leaves_the_earlier_one(tmp_path: Path, one: Sequence[AnnotatedPhoto]) -> None:
    export_coco(one, tmp_path / "out")
    before = (tmp_path / "out" / "annotations.json").read_bytes()

    def cancel(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_coco(one, tmp_path / "out", progress=cancel)
    assert (tmp_path / "out" / "annotations.json").read_bytes() == before
    assert leftovers(tmp_path) == []


def test_a_full_disk_gets_a_sentence(
    tmp_path: Path, one: Sequence[AnnotatedPhoto], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(DatasetError, match="No space left"):
        export_coco(one, tmp_path / "out")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in"]


def test_nothing_to_export(tmp_path: Path, one: Sequence[AnnotatedPhoto]) -> None:
    with pytest.raises(DatasetError, match="no annotations to export"):
        export_coco([], tmp_path / "out")
    Path(one[0].photo.path).unlink()
    with pytest.raises(DatasetError, match="None of the 1 photos"):
        export_coco(one, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_progress_is_told(tmp_path: Path, one: Sequence[AnnotatedPhoto]) -> None:
    told: list[tuple[int, int]] = []
    export_coco(one, tmp_path / "out", progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 1), (1, 1)]


# Reading


def test_a_dataset_of_another_program_gets_the_same_ids_each_time(tmp_path: Path) -> None:
    path = photo_file(tmp_path / "images", "x.png")
    rle = ring().to_coco()
    rows = [{"id": 5, "image_id": 9, "category_id": 3, "segmentation": rle, "iscrowd": 0}]
    images = [{"id": 9, "file_name": "x.png", "width": 60, "height": 40}]
    value = {"images": images, "annotations": rows, "categories": [{"id": 3, "name": "soup"}]}
    (tmp_path / "annotations.json").write_text(json.dumps(value))
    (first,), (second,) = import_coco(tmp_path), import_coco(tmp_path)
    assert first == second
    (found,) = first.annotations
    assert (found.label, found.mask, found.photo) == ("soup", ring(), photos.load(path).photo.sha256)


def test_polygons_of_another_program_are_drawn(tmp_path: Path) -> None:
    path = photo_file(tmp_path / "images", "a.png")
    polygons = [[5, 4, 25, 4, 25, 24, 5, 24], [40, 10, 50, 10, 50, 20]]
    value = {
        "images": [{"id": 1, "file_name": path.name, "height": SIZE[0], "width": SIZE[1]}],
        "annotations": [{"id": 7, "image_id": 1, "category_id": 3, "segmentation": polygons, "iscrowd": 0}],
        "categories": [{"id": 3, "name": "soup"}],
    }
    (tmp_path / "annotations.json").write_text(json.dumps(value))
    ((found,),) = [row.annotations for row in import_coco(tmp_path)]
    assert found.mask.to_array()[4:24, 5:25].all()
    assert found.mask.area == 400 + 45


def _broken(value: dict[str, Any], damage: str) -> object:
    row, image = value["annotations"][0], value["images"][0]
    if damage == "mask":
        row["segmentation"]["counts"] = "zzz"
    elif damage == "polygon":
        row["segmentation"] = [[1, 2, 3, 4, 5, 6, 7]]
    elif damage == "box":
        row["segmentation"] = []
    elif damage == "size":
        image["width"] = 61
    elif damage == "mask size":
        row["segmentation"] = Mask.empty(3, 3).to_coco()
    elif damage == "escape":
        image["file_name"] = "../../in/a.png"
    elif damage == "gone":
        image["file_name"] = "gone.png"
    elif damage == "category":
        del row["category_id"]
    elif damage == "image":
        del row["image_id"]
    elif damage == "list":
        return [value]
    return value


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("mask", "damaged"),
        ("polygon", "an x without its y"),
        ("box", "no outline"),
        ("size", "61×40"),
        ("mask size", "another size"),
        ("escape", "leads out"),
        ("gone", r"gone\.png"),
        ("category", "category_id"),
        ("image", "of no photo"),
        ("list", "no COCO instances file"),
    ],
)
def test_a_damaged_dataset_gets_a_sentence(
    tmp_path: Path, one: Sequence[AnnotatedPhoto], damage: str, said: str
) -> None:
    export_coco(one, tmp_path / "out")
    value = _broken(document(tmp_path / "out"), damage)
    (tmp_path / "out" / "annotations.json").write_text(json.dumps(value))
    with pytest.raises(DatasetError, match=said):
        list(import_coco(tmp_path / "out"))


@pytest.mark.parametrize("content", ["", "{", "\x00"])
def test_no_json(tmp_path: Path, content: str) -> None:
    with pytest.raises(DatasetError, match="cannot be read"):
        list(import_coco(tmp_path))
    (tmp_path / "annotations.json").write_text(content)
    with pytest.raises(DatasetError, match="no JSON"):
        list(import_coco(tmp_path))


def test_the_shared_dataset_is_read(shared: Path) -> None:
    rows = iter(import_coco(shared / "data" / "segmentation"))
    first = next(rows)
    assert first.annotations
    assert all(a.mask.area and a.label for a in first.annotations)


def test_categories_are_numbered_by_name_and_a_missing_label_is_food(tmp_path: Path) -> None:
    row = item(photo_file(tmp_path, "a.png"), "국", "", "apple")
    value = coco_document([("a.png", row)])
    assert [(c["id"], c["name"]) for c in value["categories"]] == [(1, "apple"), (2, "food"), (3, "국")]
    assert [a["label"] for a in value["annotations"]] == ["국", "", "apple"]


def test_formats_are_found_by_name() -> None:
    assert format_named("coco") is FORMATS[0]
    with pytest.raises(DatasetError, match="coco"):
        format_named("nonsense")


# Datasets of other programs


def _foreign(out: Path, *rows: dict[str, Any]) -> Path:
    """A dataset of one photo as another program writes it."""
    photo_file(out / "images", "a.png")
    image = {"id": 1, "file_name": "a.png", "width": SIZE[1], "height": SIZE[0]}
    one = {"image_id": 1, "category_id": 7, "segmentation": [[5, 4, 25, 4, 25, 24, 5, 24]]}
    value = {"images": [image], "annotations": [{**one, **row} for row in rows], "categories": [{"id": 7, "name": "x"}]}
    (out / "annotations.json").write_text(json.dumps(value))
    return out / "annotations.json"


@pytest.mark.parametrize("rows", [[{"id": 1}, {"id": 1}], [{}, {}], [{"id": 3}, {}]])
def test_annotations_that_share_an_id_or_have_none_are_all_read(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    _foreign(tmp_path, *rows)
    (first,), (again,) = list(import_coco(tmp_path)), list(import_coco(tmp_path))
    assert len({a.id for a in first.annotations}) == 2
    assert first == again


def test_what_is_of_no_use_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    useless = [{"segmentation": []}, {"iscrowd": 1}, {"segmentation": [[-9, -9, -5, -9, -5, -5]]}]
    file = _foreign(tmp_path, {"id": 0}, *({"id": i, **row} for i, row in enumerate(useless, 1)))
    value = json.loads(file.read_text())
    value["images"].insert(0, {"id": 2, "file_name": "gone.png", "width": 9, "height": 9})
    del value["images"][1]["width"]
    file.write_text(json.dumps(value))
    said: list[str] = []
    (row,) = import_coco(tmp_path, said.append)
    assert [a.label for a in row.annotations] == ["x"]
    assert "gone.png" in said[0]
    assert said[1:] == [
        "1 of 4 annotations of a.png left out: there is no outline; export masks or polygons, not boxes.",
        "1 of 4 annotations of a.png left out: a crowd is no single food.",
        "1 of 4 annotations of a.png left out: damaged (a mask has no pixels on its photo).",
    ]


@pytest.mark.parametrize(
    ("place", "image", "name"),
    [
        ("annotations.json", "images/b/김치.png", "b\\김치.png"),
        ("annotations.json", "images/김치.png", unicodedata.normalize("NFD", "김치.png")),
        ("annotations.json", "images/a.png", "images/a.png"),
        ("annotations/instances_default.json", "images/a.png", "a.png"),
        ("_annotations.coco.json", "a.png", "a.png"),
    ],
)
def test_files_are_found_where_other_programs_put_them(tmp_path: Path, place: str, image: str, name: str) -> None:
    value = json.loads(_foreign(tmp_path, {"id": 1}).read_text())
    (tmp_path / "annotations.json").unlink()
    (tmp_path / "images" / "a.png").unlink()
    photo_file(tmp_path, image)
    value["images"][0]["file_name"] = name
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text(json.dumps(value))
    assert len(list(import_coco(tmp_path))) == 1
    assert len(list(import_coco(tmp_path / place))) == 1
