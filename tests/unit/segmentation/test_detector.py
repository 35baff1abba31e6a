from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import BoxPrompt, Candidate, Prompts
from foodcal_desktop.segmentation.detector import Detection, Detector, DetectorError, find_by_boxes, letterboxed
from foodcal_desktop.segmentation.segmenter import Embedding
from tests.unit.segmentation.onnx_file import write_onnx

pytest.importorskip("onnxruntime", reason="the extra 'detector' is not installed")
NAMES = "{0: 'apple', 1: 'bread'}"
# Centre x, centre y, width, height in the 64 px input, then the scores of apple and bread.
APPLE, AGAIN, BREAD, FAINT = (
    (20, 32, 16, 12, 0.9, 0.1),
    (21, 32, 16, 12, 0.2, 0.8),
    (50, 30, 8, 8, 0, 0.7),
    (5, 5, 4, 4, 0.1, 0),
)


def answer(*places: Sequence[float], extra: int = 0) -> np.ndarray:
    rows = np.array([[*place, *[7.0] * extra] for place in places], np.float32)
    return np.ascontiguousarray(rows.T[None])


def photo(height: int, width: int, value: int = 0) -> np.ndarray:
    return np.full((height, width, 3), value, np.uint8)


def test_boxes_come_back_in_photo_pixels_the_surest_first_and_once(tmp_path: Path) -> None:
    detector = Detector.load(write_onnx(tmp_path / "d.onnx", answer(FAINT, BREAD, AGAIN, APPLE), NAMES))
    # 128 × 64 in an input of 64 × 64: halved, with 16 px of grey above and below.
    found = detector.detect(photo(64, 128))
    assert [(d.label, round(d.score, 3)) for d in found] == [("apple", 0.9), ("bread", 0.7)]
    assert found[0].box == BoxPrompt(24, 20, 56, 44)
    assert found[1].box == BoxPrompt(92, 20, 108, 36)


def test_boxes_end_at_the_photos_edge(tmp_path: Path) -> None:
    detector = Detector.load(write_onnx(tmp_path / "d.onnx", answer((32, 32, 200, 200, 0.9, 0)), NAMES))
    assert detector.detect(photo(100, 200))[0].box == BoxPrompt(0, 0, 200, 100)


def test_a_segmentation_export_gives_its_boxes(tmp_path: Path) -> None:
    detector = Detector.load(write_onnx(tmp_path / "d.onnx", answer(APPLE, BREAD, extra=32), NAMES))
    assert [d.label for d in detector.detect(photo(64, 64))] == ["apple", "bread"]


def test_without_names_classes_have_numbers_and_an_open_input_size_is_640(tmp_path: Path) -> None:
    path = write_onnx(tmp_path / "d.onnx", answer((320, 320, 64, 64, 0.1, 0.6)), shape=(1, 3, "height", "width"))
    detector = Detector.load(path)
    assert (detector.height, detector.width) == (640, 640)
    (found,) = detector.detect(photo(320, 320))
    assert (found.label, found.box) == ("1", BoxPrompt(144, 144, 176, 176))


def test_the_detector_sees_the_photo_between_0_and_1_on_grey(tmp_path: Path) -> None:
    # The scores rise by the input's mean: white fills half of the input, grey (114 of 255) the other half.
    detector = Detector.load(write_onnx(tmp_path / "d.onnx", answer((32, 32, 9, 9, 0.1, 0)), NAMES, factor=1.0))
    (found,) = detector.detect(photo(32, 64, 255))
    assert found.score == pytest.approx(0.1 + (1 + 114 / 255) / 2, abs=0.01)


def test_the_photo_keeps_its_shape_in_the_input() -> None:
    rgb = photo(50, 200, 10)
    rgb[:, :100, 0] = 250
    image, letterbox = letterboxed(rgb, 64, 96)
    assert image.shape == (1, 3, 64, 96) and image.dtype == np.float32
    assert (letterbox.scale, letterbox.left, letterbox.top) == (0.48, 0, 20)
    assert image[0, 0, 30, 10] == pytest.approx(250 / 255, abs=0.01)
    assert image[0, 0, 30, 90] == pytest.approx(10 / 255, abs=0.01)
    assert image[0, 0, 5, 5] == pytest.approx(114 / 255, abs=0.01)


@pytest.mark.parametrize(
    "wrong", [np.zeros((1, 5, 7), np.float32), np.zeros((2, 6, 7), np.float32), answer((1, 1, 1, 1, 9, 9))]
)
def test_another_networks_answer_is_refused_in_words(tmp_path: Path, wrong: np.ndarray) -> None:
    detector = Detector.load(write_onnx(tmp_path / "other.onnx", wrong, NAMES))
    with pytest.raises(DetectorError, match=r"other\.onnx is no YOLOv8 or YOLO11 export"):
        detector.detect(photo(64, 64))


def test_a_file_that_is_no_network_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "d.onnx").write_bytes(b"something else")
    with pytest.raises(DetectorError, match=r"d\.onnx is no YOLOv8"):
        Detector.load(tmp_path / "d.onnx")
    with pytest.raises(DetectorError, match=r"gone\.onnx is not there any more"):
        Detector.load(tmp_path / "gone.onnx")


def test_where_onnxruntime_is_missing_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(DetectorError, match="pip install"):
        Detector.load(tmp_path / "d.onnx")


class Boxes:
    """A segmenter that fills each box, and knows nothing of boxes narrower than 3 px."""

    def predict_each(self, embedding: Embedding, each: Sequence[Prompts]) -> list[list[Candidate]]:
        return [[self._filled(embedding, prompts.box)] for prompts in each]

    def _filled(self, embedding: Embedding, box: Any) -> Candidate:
        size = (int(box.y1 - box.y0), int(box.x1 - box.x0))
        pixels = np.ones(size) if size[1] >= 3 else np.zeros(size)
        mask = Mask.from_crop(pixels, int(box.x0), int(box.y0), embedding.height, embedding.width)
        return Candidate(mask, 0.9, np.zeros((4, 4), np.float32))


def test_each_box_becomes_a_candidate_of_the_segmenter() -> None:
    embedding = Embedding({"nothing": torch.zeros(1)}, 60, 80)
    boxes = [BoxPrompt(10, 10, 30, 30), BoxPrompt(5, 5, 6, 20), BoxPrompt(40, 20, 70, 50)]
    found = find_by_boxes(Boxes(), embedding, [Detection(b, 0.9, "x") for b in boxes])  # type: ignore[arg-type]
    assert [c.mask.box for c in found] == [(10, 10, 30, 30), (40, 20, 70, 50)]
    assert find_by_boxes(Boxes(), embedding, []) == []  # type: ignore[arg-type]
