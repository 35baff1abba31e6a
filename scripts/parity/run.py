"""Compare our SAM 2 with the official predictors, same weights, same photo and frames; ``make parity`` runs this.

For every config: points, boxes, masks, multimask and batched boxes against SAM2ImagePredictor, and a video with a
correction against SAM2VideoPredictor. The largest difference of logits, relative to the largest logit, must be below
1e-4. With --record the official answers are written to tests/data, where the tests replay them without torchvision.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
import official
from official import case

from foodcal_desktop.segmentation import devices

BOUND = 1e-4
DATA = official.ROOT / "tests" / "data"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="*", default=list(case.CONFIGS), choices=list(case.CONFIGS))
    parser.add_argument("--side", nargs="*", type=int, default=[case.SMALL, case.FULL])
    parser.add_argument("--video-side", nargs="*", type=int, default=[case.SMALL])
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--record", action="store_true", help="write the official answers to tests/data")
    options = parser.parse_args()
    if options.device != "cpu" and options.device not in devices.available():
        print(f"There is no {options.device} device here that torch can use; run this on a machine that has one.")
        return 1
    warnings.filterwarnings("ignore", message=".*Skipping the post-processing step.*")
    print("torchvision", official.allow_torchvision(), "beside torch", official.torch.__version__, flush=True)
    worst = 0.0
    for size in options.sizes:
        for side in options.side:
            worst = max(worst, compare_images(size, side, options.device, options.record))
        for side in options.video_side:
            worst = max(worst, compare_videos(size, side, options.device, options.record))
    print(f"largest relative difference {worst:.1e}, allowed {BOUND:.0e}")
    return 0 if worst <= BOUND else 1


def compare_images(size: str, side: int, device: str, record: bool) -> float:
    """The largest relative difference of all prompts' logits."""
    import sam2_ours as ours

    started = time.perf_counter()
    theirs = official.image_answers(official.official_network(size, side, device))
    mine = ours.image_answers(ours.segmenter(size, side, device))
    worst = 0.0
    for name, (masks, iou, logits) in theirs.items():
        difference = max(ours.difference(mine[name][0], logits), float(np.abs(mine[name][1] - iou).max()))
        worst = max(worst, difference)
        covered = ", ".join(f"{share:.0%}" for share in masks.reshape(len(masks), -1).mean(1))
        print(f"{size:9} {side:4} image {name:13} {difference:.1e}  masks cover {covered}", flush=True)
    if record:
        write(f"sam2_image_{size}_{side}", recorded_image(theirs))
    print(f"{size:9} {side:4} image: {time.perf_counter() - started:.0f} s", flush=True)
    return worst


def recorded_image(theirs: dict[str, Any]) -> dict[str, Any]:
    """Every STEP-th logit and all of the predicted IoU of each case, and the first click's masks in full."""
    arrays: dict[str, Any] = {"click masks": np.packbits(theirs["click"][0].astype(bool))}
    for name, (_, iou, logits) in theirs.items():
        arrays[f"{name} iou"] = iou.astype(np.float32)
        arrays[f"{name} logits"] = logits[..., :: case.STEP, :: case.STEP].astype(np.float32)
    return arrays


def compare_videos(size: str, side: int, device: str, record: bool) -> float:
    """The largest relative difference of all steps' logits at the frames' size."""
    import sam2_ours as ours

    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        official.write_frames(ours.frames(), Path(folder))
        theirs = official.video_answers(official.official_network(size, side, device, video=True), Path(folder))
    mine = ours.video_answers(ours.segmenter(size, side, device))
    differences = [ours.difference(ours.upscaled(a), b) for a, b in zip(mine, theirs, strict=True)]
    covered = ", ".join(f"{share:.0%}" for step in theirs for share in (step > 0).reshape(len(step), -1).mean(1))
    print(f"{size:9} {side:4} video {max(differences):.1e}  masks cover {covered}", flush=True)
    if record:
        every = {
            str(n): step[:, :: case.VIDEO_STEP, :: case.VIDEO_STEP].astype(np.float32) for n, step in enumerate(theirs)
        }
        write(f"sam2_video_{size}_{side}", every)
    print(f"{size:9} {side:4} video: {time.perf_counter() - started:.0f} s", flush=True)
    return max(differences)


def write(name: str, arrays: dict[str, Any]) -> None:
    """Compressed, below 300 kB."""
    DATA.mkdir(exist_ok=True)
    path = DATA / f"{name}.npz"
    np.savez_compressed(path, **arrays)
    print(f"wrote {path.relative_to(official.ROOT)}, {path.stat().st_size / 1000:.0f} kB", flush=True)


if __name__ == "__main__":
    sys.exit(main())
