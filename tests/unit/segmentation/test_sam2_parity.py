"""Our SAM 2 against recorded answers of the official predictors (`make parity` records them), without torchvision.

All four configs run at side 256, tiny at the official 1024 too; `make parity` compares all of them at both.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
import sam2_case as case
import sam2_ours as ours

BOUND = 1e-4
DATA = Path(__file__).resolve().parents[2] / "data"


def recorded(name: str) -> dict[str, np.ndarray]:
    with np.load(DATA / f"{name}.npz") as file:
        return dict(file)


@pytest.fixture(scope="module", params=[*((size, case.SMALL) for size in case.CONFIGS), ("tiny", case.FULL)])
def run(request: pytest.FixtureRequest) -> tuple[ours.Sam2Segmenter, dict[str, np.ndarray]]:
    size, side = request.param
    return ours.segmenter(size, side), recorded(f"sam2_image_{size}_{side}")


def test_points_boxes_masks_and_multimask_are_the_official_ones(
    run: tuple[ours.Sam2Segmenter, dict[str, np.ndarray]],
) -> None:
    segmenter, official = run
    answers = ours.image_answers(segmenter)
    assert set(answers) == {*case.CASES, "boxes"}
    for name, (logits, iou) in answers.items():
        part = logits[..., :: case.STEP, :: case.STEP]
        assert ours.difference(part, official[f"{name} logits"]) < BOUND, name
        assert np.abs(iou - official[f"{name} iou"]).max() < BOUND, name


def test_the_recorded_masks_cover_neither_all_nor_nothing(
    run: tuple[ours.Sam2Segmenter, dict[str, np.ndarray]],
) -> None:
    _, official = run
    for name in [*case.CASES, "boxes"]:
        shares = (official[f"{name} logits"] > 0).mean(axis=(1, 2))
        assert (shares > 0.05).all() and (shares < 0.95).all(), name


def test_the_shown_masks_are_the_official_ones(run: tuple[ours.Sam2Segmenter, dict[str, np.ndarray]]) -> None:
    segmenter, official = run
    count = 3 * case.HEIGHT * case.WIDTH
    masks = np.unpackbits(official["click masks"], count=count).astype(bool).reshape(3, case.HEIGHT, case.WIDTH)
    order = np.argsort(-official["click iou"], kind="stable")
    candidates = ours.click_candidates(segmenter)
    for candidate, number in zip(candidates, order, strict=True):
        wrong = int((candidate.mask.to_array() != masks[number]).sum())
        assert wrong <= 2, "a pixel whose logit is 0 to the last bit may fall either way"
        assert candidate.predicted_iou == pytest.approx(float(official["click iou"][number]), abs=BOUND)


@pytest.mark.parametrize("size", list(case.CONFIGS))
def test_the_memory_gives_the_official_video_masks(size: str) -> None:
    official = recorded(f"sam2_video_{size}_{case.SMALL}")
    steps = ours.video_answers(ours.segmenter(size, case.SMALL))
    assert len(steps) == len(official)
    for number, step in enumerate(steps):
        part = ours.upscaled(step)[:, :: case.VIDEO_STEP, :: case.VIDEO_STEP]
        assert ours.difference(part, official[str(number)]) < BOUND, f"step {number}"


def test_torchvision_is_never_imported() -> None:
    code = (
        "import sys; sys.modules['torchvision'] = None\n"
        "import foodcal_desktop.segmentation.sam2_segmenter as s, foodcal_desktop.segmentation.sam2_memory\n"
        "from foodcal_desktop.segmentation.sam2_network import build_network\n"
        "build_network('configs/sam2.1/sam2.1_hiera_t.yaml', 256)\n"
        "print([m for m in sys.modules if m.startswith('torchvision.')])"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
