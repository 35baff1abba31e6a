"""``estimate`` by its real entry point, with the bundled checkpoint and the sample photo."""

from __future__ import annotations

import errno
import json
import re
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as coco

from foodcal_desktop.__main__ import main
from foodcal_desktop.core.prompt import Candidate
from foodcal_desktop.headless import sample_photo
from foodcal_desktop.segmentation import proposals
from foodcal_desktop.segmentation.segmenter import Embedding, Segmenter
from foodcal_desktop.storage import overlay

ESPRESSO = "food=espresso;point=290,145"

_find_foods = proposals.find_foods
_found: dict[bytes, list[Candidate]] = {}


@pytest.fixture(autouse=True)
def _looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each estimate looks for all foods, to say what is not covered: for seconds, and mostly on the same photo."""

    def find_foods(segmenter: Segmenter, embedding: Embedding) -> list[Candidate]:
        key = b"".join(tensor.numpy().tobytes() for tensor in embedding.tensors.values())
        if key not in _found:
            _found[key] = _find_foods(segmenter, embedding)
        return _found[key]

    monkeypatch.setattr(proposals, "find_foods", find_foods)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["estimate", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def estimated(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    status, out, err = run(capsys, *arguments, "--json")
    assert status == 0, err
    document: dict[str, Any] = json.loads(out)
    return document


def test_a_cache_that_cannot_be_used_is_done_without_and_said(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data_dir.mkdir(parents=True, exist_ok=True)
    (data_dir / "cache").write_text("no folder")
    status, out, err = run(capsys, str(sample_photo()), "--item", ESPRESSO, "--json")
    assert status == 0
    assert json.loads(out)["items"][0]["area_px"] > 0
    assert "without the cache" in err and str(data_dir / "cache") in err


def test_the_document_has_the_contracts_keys(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = estimated(capsys, str(sample_photo()), "--item", ESPRESSO)
    assert set(document["photo"]) == {"sha256", "width", "height"}
    assert (document["photo"]["width"], document["photo"]["height"]) == (600, 400)
    (item,) = document["items"]
    expected = {"food", "mask", "area_px", "area_cm2", "predicted_iou", "grams", "kcal", "method"}
    assert expected | {"protein_g", "fat_g", "carbohydrate_g"} == set(item)
    assert set(item["food"]) == {"id", "name", "source"}
    assert document["scale"] is None
    assert item["area_cm2"] is None
    assert document["checkpoint"] == "lite"
    assert set(document["seconds"]) >= {"embed", "predict"}
    assert 0 <= document["uncovered"] <= 1


def test_the_mask_holds_the_click_and_is_cocos(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (item,) = estimated(capsys, str(sample_photo()), "--item", ESPRESSO)["items"]
    pixels = coco.decode(item["mask"])
    assert pixels.shape == (400, 600)
    assert pixels[145, 290] == 1
    assert pixels.sum() == item["area_px"]
    assert 0.002 < pixels.mean() < 0.8


def test_without_a_scale_it_says_so_and_is_wide(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (item,) = estimated(capsys, str(sample_photo()), "--item", ESPRESSO)["items"]
    assert "no scale" in item["method"]
    assert item["grams"]["high"] / item["grams"]["low"] > 2


def test_a_line_gives_a_scale_and_area(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = "line;from=80,200;to=480,200;mm=130"
    document = estimated(capsys, str(sample_photo()), "--item", ESPRESSO, "--reference", line)
    assert document["scale"]["mm_per_px"] == pytest.approx(130 / 400)
    (item,) = document["items"]
    assert item["area_cm2"] is not None
    assert item["grams"]["low"] < item["grams"]["value"] < item["grams"]["high"]
    assert item["kcal"]["value"] / item["grams"]["value"] < 9.1


def test_typed_grams_are_kept_exactly(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (item,) = estimated(capsys, str(sample_photo()), "--item", ESPRESSO + ";grams=31")["items"]
    assert item["grams"] == {"value": 31, "low": 31, "high": 31}


def test_two_items_never_share_a_pixel(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    items = ["--item", ESPRESSO, "--item", "food=bread;box=80,10,480,390"]
    first, second = estimated(capsys, str(sample_photo()), *items)["items"]
    assert not np.logical_and(coco.decode(first["mask"]), coco.decode(second["mask"])).any()
    again, last = estimated(capsys, str(sample_photo()), *items[2:], *items[:2])["items"]
    assert (last["mask"], again["mask"]) == (first["mask"], second["mask"]), "the order they are named in says nothing"


def test_the_total_sums_the_items(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    items = ["--item", ESPRESSO + ";grams=30", "--item", "food=white sugar;point=360,285;grams=5"]
    document = estimated(capsys, str(sample_photo()), *items)
    assert document["total"]["kcal"]["value"] == pytest.approx(sum(i["kcal"]["value"] for i in document["items"]))


def test_the_overlay_is_the_photo_with_the_mask(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "overlay.png"
    (item,) = estimated(capsys, str(sample_photo()), "--item", ESPRESSO, "--out", str(out))["items"]
    changed = (np.asarray(Image.open(out)) != np.asarray(Image.open(sample_photo()).convert("RGB"))).any(axis=2)
    assert not changed[coco.decode(item["mask"]) == 0].any()
    assert changed.sum() > 0.9 * item["area_px"]


def test_the_photo_itself_is_never_written_over(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo, link = tmp_path / "점심 1.png", tmp_path / "link.png"
    photo.write_bytes(sample_photo().read_bytes())
    link.symlink_to(photo)
    for out in (photo, link):
        status, printed, err = run(capsys, str(photo), "--item", ESPRESSO, "--out", str(out))
        assert (status, printed) == (2, "")
        assert "would be lost" in err
    assert photo.read_bytes() == sample_photo().read_bytes()


def test_an_overlay_that_cannot_be_written_leaves_the_former_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "overlay.png"
    out.write_bytes(b"the former one")

    def no_room(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", no_room)
    with pytest.raises(OSError, match=r"overlay\.png"):
        overlay.draw_overlay(np.zeros((8, 8, 3), np.uint8), [], out)
    assert [file.name for file in tmp_path.iterdir()] == ["overlay.png"]
    assert out.read_bytes() == b"the former one"


def test_find_proposes_items_without_a_food(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = estimated(capsys, str(sample_photo()), "--find")
    assert document["items"]
    assert all(item["food"] is None and item["grams"] is None for item in document["items"])


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["PHOTO"], 2, "--item"),
        (["PHOTO", "--item", "food=egg"], 2, "shows nothing"),
        (["PHOTO", "--item", "food=qqqqzzzz;point=5,5"], 1, "food table"),
        (["PHOTO", "--item", "food=egg;point=900,5"], 1, "outside the photo"),
        (["PHOTO", "--item", ESPRESSO, "--reference", "line;from=1,1;to=9000,1;mm=50"], 1, "outside the photo"),
        (["PHOTO", "--item", ESPRESSO, "--reference", "coin-zzz;point=1,1"], 2, "no known scale reference"),
        (["PHOTO", "--item", ESPRESSO, "--checkpoint", "nonesuch"], 1, "nonesuch"),
        (["missing.jpg", "--item", ESPRESSO], 1, "missing.jpg"),
        (["PHOTO", "--item", ESPRESSO, "--colour"], 2, "--colour"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_a_status(
    data_dir: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, says: str
) -> None:
    given = [str(sample_photo()) if a == "PHOTO" else a for a in arguments]
    code, out, err = run(capsys, *given, "--json")
    assert (code, out) == (status, "")
    assert says in err
    assert "Traceback" not in err
    assert len(re.findall(r"\n", err.strip())) == 0


def test_a_coin_gives_the_scale_on_a_real_photo(
    shared: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = shared / "data" / "portion" / "images" / "apple003t_1.jpg"
    coin = "coin-cny-1;point=677,86"
    document = estimated(capsys, str(photo), "--item", "food=apple;point=472,345", "--reference", coin)
    assert document["scale"]["mm_per_px"] == pytest.approx(25 / 65, rel=0.1)  # its box is 65 px wide
    assert document["items"][0]["grams"]["value"] == pytest.approx(219, rel=0.5)  # foods.csv: 219.0 g


def test_a_food_far_from_a_tilted_coin_is_warned_of(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = np.full((900, 600, 3), (60, 90, 140), np.uint8)
    cv2.ellipse(photo, (300, 820), (52, 36), 0, 0, 360, (225, 225, 230), -1, cv2.LINE_AA)
    cv2.ellipse(photo, (300, 120), (100, 70), 0, 0, 360, (240, 150, 40), -1, cv2.LINE_AA)
    path = tmp_path / "tilted.png"
    Image.fromarray(photo).save(path)
    arguments = [str(path), "--item", "food=orange raw;point=300,120", "--reference", "coin-krw-500;point=300,820"]
    status, out, err = run(capsys, *arguments, "--json")
    assert status == 0, err
    document = json.loads(out)
    (warning,) = [text for text in document["scale"]["warnings"] if "farther from the camera" in text]
    assert warning.startswith(document["items"][0]["food"]["name"]) and warning in err
    near = [*arguments[:2], "food=orange raw;box=248,784,352,856", *arguments[3:]]
    assert "farther from the camera" not in run(capsys, *near, "--json")[2]
