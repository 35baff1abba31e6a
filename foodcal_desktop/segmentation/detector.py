"""Boxes by a detector of the user's own: any YOLOv8 or YOLO11 ONNX export, run by onnxruntime (extra ``detector``).

Such an export takes 1×3×S×S (RGB, 0 to 1, the photo letterboxed on grey) and answers 1×(4 + classes)×N: for each of N
places the box's centre x, centre y, width and height in input pixels, then a score for each class. A segmentation
export has 32 mask coefficients more and a second output; only its boxes are used, for the masks are the segmenter's.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core.prompt import BoxPrompt, Candidate, Prompts
from foodcal_desktop.segmentation.segmenter import Embedding, Segmenter

Array = NDArray[np.float32]
RGB = NDArray[np.uint8]

SIDE = 640
"""The input's side in px where the file leaves it open, as the exporter's default."""

MIN_SCORE, MAX_OVERLAP = 0.25, 0.6
_GREY = 114
_MASK_COEFFICIENTS = 32


class DetectorError(ValueError):
    """The detector cannot be used; the text is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Detection:
    """A box in photo pixels with its score (0 to 1) and the name of its class."""

    box: BoxPrompt
    score: float
    label: str


@dataclass(frozen=True, slots=True)
class Letterbox:
    """How a photo lies in the detector's input: scaled by ``scale``, its corner at (left, top) px."""

    scale: float
    left: int
    top: int


class Detector:
    """A loaded export. It is used from one thread at a time."""

    def __init__(self, session: Any, name: str) -> None:
        self._session = session
        self._name = name
        self._input = session.get_inputs()[0]
        self.names = _names(session.get_modelmeta().custom_metadata_map.get("names", ""))
        self.height, self.width = (_side(n) for n in self._input.shape[2:4])

    @staticmethod
    def load(path: Path) -> Detector:
        """Read an export.

        Raises:
            DetectorError: onnxruntime is missing, or the file is missing or no such export.
        """
        runtime = _runtime()
        if not path.is_file():
            raise DetectorError(f"The detector {path.name} is not there any more; choose its file again.")
        try:
            session = runtime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        except Exception as error:
            raise _unusable(path.name) from error
        shapes = [one.shape for one in session.get_inputs()]
        if len(shapes) != 1 or len(shapes[0]) != 4 or len(session.get_outputs()[0].shape) != 3:
            raise _unusable(path.name)
        return Detector(session, path.name)

    def detect(self, rgb: RGB, min_score: float = MIN_SCORE, max_overlap: float = MAX_OVERLAP) -> list[Detection]:
        """The boxes on an upright photo (H×W×3 RGB uint8), the surest first.

        Raises:
            DetectorError: the file's answer is not that of such an export.
        """
        image, letterbox = letterboxed(rgb, self.height, self.width)
        kind = np.float16 if "float16" in self._input.type else np.float32
        answer = self._session.run(None, {self._input.name: image.astype(kind)})[0]
        boxes, scores, classes = decoded(np.asarray(answer, np.float32), len(self.names), min_score, self._name)
        kept = without_doubles(boxes, scores, max_overlap)
        return [
            Detection(_box(boxes[i], letterbox, rgb.shape[0], rgb.shape[1]), float(scores[i]), self._label(classes[i]))
            for i in kept
        ]

    def _label(self, number: int) -> str:
        return self.names.get(int(number), str(int(number)))


def find_by_boxes(segmenter: Segmenter, embedding: Embedding, detections: Sequence[Detection]) -> list[Candidate]:
    """One candidate for each detected box, in their order; boxes that give no mask are left out."""
    answers = segmenter.predict_each(embedding, [Prompts(box=d.box) for d in detections]) if detections else []
    return [candidates[0] for candidates in answers if candidates and candidates[0].mask.area]


def letterboxed(rgb: RGB, height: int, width: int) -> tuple[Array, Letterbox]:
    """The photo as the detector's input, 1×3×height×width float32 0 to 1: scaled to fit, centred on grey."""
    scale = min(height / rgb.shape[0], width / rgb.shape[1])
    rows, columns = (max(round(n * scale), 1) for n in rgb.shape[:2])
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    left, top = (width - columns) // 2, (height - rows) // 2
    input_ = np.full((height, width, 3), _GREY, np.uint8)
    input_[top : top + rows, left : left + columns] = cv2.resize(rgb, (columns, rows), interpolation=way)
    planes = np.ascontiguousarray(input_.transpose(2, 0, 1)[None], np.float32) / np.float32(255)
    return planes, Letterbox(scale, left, top)


def decoded(answer: Array, classes: int, min_score: float, name: str) -> tuple[Array, Array, NDArray[np.int64]]:
    """Boxes N×4 (x0, y0, x1, y1 in input px), scores N and class numbers N of what scores at least min_score.

    Args:
        answer: 1×(4 + classes)×N, or 1×(4 + classes + 32)×N of a segmentation export.
        classes: how many the file names, 0 where it names none.

    Raises:
        DetectorError: the answer has another shape, or its scores are none.
    """
    known = classes or answer.shape[1] - 4
    if answer.shape[0] != 1 or known < 1 or answer.shape[1] not in (4 + known, 4 + known + _MASK_COEFFICIENTS):
        raise _unusable(name)
    rows = answer[0].T
    scores = rows[:, 4 : 4 + known]
    if scores.size and (not np.isfinite(rows).all() or scores.min() < -1e-3 or scores.max() > 1 + 1e-3):
        raise _unusable(name)
    best = scores.argmax(axis=1) if scores.size else np.zeros(0, np.int64)
    top = scores[np.arange(len(scores)), best]
    sure = top >= min_score
    centre, half = rows[sure, :2], rows[sure, 2:4] / 2
    return np.hstack([centre - half, centre + half]), top[sure], best[sure]


def without_doubles(boxes: Array, scores: Array, max_overlap: float) -> list[int]:
    """Greedy non-maximum suppression over all classes: indices, the surest first, none over max_overlap of IoU."""
    kept: list[int] = []
    for i in np.argsort(-scores, kind="stable").tolist():
        if all(_overlap(boxes[i], boxes[j]) <= max_overlap for j in kept):
            kept.append(i)
    return kept


def _overlap(one: Array, other: Array) -> float:
    low, high = np.maximum(one[:2], other[:2]), np.minimum(one[2:], other[2:])
    shared = float(np.prod(np.maximum(high - low, 0)))
    union = float(np.prod(one[2:] - one[:2]) + np.prod(other[2:] - other[:2])) - shared
    return shared / union if union > 0 else 0.0


def _box(box: Array, letterbox: Letterbox, height: int, width: int) -> BoxPrompt:
    """Input pixels to photo pixels, cut at the photo's edge."""
    x0, x1 = ((float(v) - letterbox.left) / letterbox.scale for v in box[[0, 2]])
    y0, y1 = ((float(v) - letterbox.top) / letterbox.scale for v in box[[1, 3]])
    return BoxPrompt(max(x0, 0.0), max(y0, 0.0), min(x1, float(width)), min(y1, float(height)))


def _names(text: str) -> dict[int, str]:
    """The classes' names as the exporter notes them: "{0: 'apple', 1: 'bread'}"; empty where there are none."""
    try:
        names = ast.literal_eval(text) if text else {}
    except (ValueError, SyntaxError):
        return {}
    if isinstance(names, list):
        names = dict(enumerate(names))
    return {int(k): str(v) for k, v in names.items()} if isinstance(names, dict) else {}


def _side(size: Any) -> int:
    return size if isinstance(size, int) and size > 0 else SIDE


def _runtime() -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise DetectorError(
            "A detector needs onnxruntime, which is not installed; run: pip install 'foodcal-desktop[detector]'."
        ) from error
    return onnxruntime


def _unusable(name: str) -> DetectorError:
    return DetectorError(f"{name} is no YOLOv8 or YOLO11 export; export the detector again with format=onnx.")
