"""Finding foods through the real worker processes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.prompt import PointPrompt, Prompts
from foodcal_desktop.headless import sample_photo
from foodcal_desktop.storage import photos
from tests.unit.segmentation.onnx_file import write_onnx

WAIT_MS = 300_000


@pytest.fixture
def plain(tmp_path: Path, request: pytest.FixtureRequest) -> Photo:
    """Another photo, to be opened meanwhile, that no other test has seen."""
    pixels = np.random.default_rng(len(request.node.name)).integers(0, 255, (60, 80, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(tmp_path / "other.png")
    return photos.load(tmp_path / "other.png").photo


def test_foods_are_found_while_clicks_are_answered_and_another_photo_is_opened(
    qtbot: QtBot, worker: WorkerClient, plain: Photo
) -> None:
    coffee = photos.load(sample_photo()).photo
    order: list[str] = []
    worker.found.connect(lambda sha, _: order.append(f"found {sha[:4]}"))
    worker.predicted.connect(lambda *_: order.append("click"))
    worker.embedded.connect(lambda sha: order.append(f"embedded {sha[:4]}"))
    worker.find(coffee)
    with qtbot.waitSignal(worker.embedded, timeout=WAIT_MS):
        worker.embed(coffee)
    qtbot.waitUntil(lambda: worker.state == "finding", timeout=WAIT_MS)
    worker.predict(coffee.sha256, Prompts((PointPrompt(290, 145),)))
    worker.embed(plain)
    with qtbot.waitSignal(worker.found, timeout=WAIT_MS) as signal:
        pass
    sha, candidates = signal.args
    assert sha == coffee.sha256
    assert all((c.mask.height, c.mask.width) == (400, 600) and c.mask.area > 0 for c in candidates)
    assert [c.stability is not None for c in candidates] == [True] * len(candidates)
    # Both came before the foods, which were left for them and found afterwards.
    assert set(order[1:3]) == {"click", f"embedded {plain.sha256[:4]}"}
    assert order[-1] == f"found {sha[:4]}"


def test_a_search_tells_how_far_it_is_and_is_left_when_nobody_wants_it(
    qtbot: QtBot, worker: WorkerClient, plain: Photo
) -> None:
    coffee = photos.load(sample_photo()).photo
    shares: list[float] = []
    found: list[str] = []
    worker.find_progressed.connect(lambda _, share: shares.append(share))
    worker.found.connect(lambda sha, _: found.append(sha))
    worker.find(coffee)
    worker.embed(coffee)
    qtbot.waitUntil(lambda: len(shares) >= 2, timeout=WAIT_MS)
    assert worker.state == "finding" and 0 < shares[0] < shares[1] < 1
    worker.leave_find()
    assert worker.state == "ready"
    with qtbot.waitSignal(worker.embedded, timeout=WAIT_MS):
        worker.embed(plain)
    assert found == [] and worker.state == "ready"


def test_a_detectors_boxes_are_the_prompts_where_one_is_chosen(
    qtbot: QtBot, worker: WorkerClient, tmp_path: Path
) -> None:
    pytest.importorskip("onnxruntime", reason="the extra 'detector' is not installed")
    coffee = photos.load(sample_photo()).photo
    worker.embed(coffee)
    # The cup, at (170, 15) to (410, 200) of 600 × 400, in an input of 64 × 64 with 11 px of grey above and below.
    cup = (30.9, 22.5, 25.6, 19.7, 0.9)
    answer = np.array(cup, np.float32).reshape(1, 5, 1)
    with qtbot.waitSignal(worker.found, timeout=WAIT_MS) as signal:
        worker.find(coffee, str(write_onnx(tmp_path / "cup.onnx", answer, "{0: 'cup'}")))
    (found,) = signal.args[1]
    # Only the box can have led there: the mask lies in the cup's box and fills most of it.
    x0, y0, x1, y1 = found.mask.box
    width, height = min(x1, 410) - max(x0, 170), min(y1, 200) - max(y0, 15)
    assert width * height > 0.9 * (x1 - x0) * (y1 - y0)
    assert width * height > 0.6 * (410 - 170) * (200 - 15)
    with qtbot.waitSignal(worker.find_failed, timeout=WAIT_MS) as failure:
        worker.find(coffee, str(tmp_path / "gone.onnx"))
    assert "gone.onnx is not there" in failure.args[1]
