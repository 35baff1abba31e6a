"""SAM 2 beside its official predictor: same weights, same process, same photo, in turns so that load falls on both.

    python -m benchmarks.bench_segmenters [--sizes tiny base-plus] [--rounds 5] [--device cpu] [--json OUT]

Prints, for each size: seconds to embed and to answer a click (median, and least CPU seconds), whether the masks are
equal, and the peak memory of each side by itself (in a process of its own). Needs torchvision (`make parity` gets it);
weights are random, for the time does not depend on them.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts" / "parity"), str(ROOT / "tests" / "unit" / "segmentation")]

PHOTO = (1000, 1500)
CLICK = (600.0, 420.5)


def photo() -> Any:
    """The parity photo at 1.5 megapixels."""
    import sam2_case as case
    from PIL import Image

    return np.array(Image.fromarray(case.photo()).resize((PHOTO[1], PHOTO[0])))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="*", default=["tiny", "base-plus"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, help="of torch; 1 makes CPU seconds independent of other load")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--peak", choices=["ours", "official"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peak:
        return print_peak(options.sizes[0], options.peak, options.device)
    rows = [bench(size, options.rounds, options.device, options.threads) for size in options.sizes]
    for row in rows:
        print_row(row)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1))
    return 0 if all(row["equal_masks"] for row in rows) else 1


def official_predictor(size: str, device: str) -> Any:
    import official

    official.allow_torchvision()
    from sam2.sam2_image_predictor import SAM2ImagePredictor

    return SAM2ImagePredictor(official.official_network(size, 1024, device))


def our_segmenter(size: str, device: str) -> Any:
    import sam2_ours

    return sam2_ours.segmenter(size, 1024, device)


def bench(size: str, rounds: int, device: str, threads: int | None) -> dict[str, Any]:
    """Both sides in turns; masks compared on the last round."""
    from foodcal_desktop.core.prompt import PointPrompt, Prompts

    rgb, click = photo(), Prompts((PointPrompt(*CLICK),))
    predictor, ours = official_predictor(size, device), our_segmenter(size, device)
    if threads:
        torch.set_num_threads(threads)
    embeds: dict[str, list[Any]] = {"official": [], "ours": []}
    clicks: dict[str, list[Any]] = {"official": [], "ours": []}
    for _ in range(rounds):
        embeds["official"].append(timed(lambda: predictor.set_image(rgb)))
        embeds["ours"].append(timed(lambda: ours.embed(rgb)))
    embedding = ours.embed(rgb)
    ours.predict(embedding, click)
    for _ in range(rounds * 4):
        clicks["official"].append(timed(lambda: predictor.predict(np.array([CLICK]), np.array([1]))))
        clicks["ours"].append(timed(lambda: ours.predict(embedding, click)))
    masks, iou, _ = predictor.predict(np.array([CLICK]), np.array([1]))
    candidates = ours.predict(embedding, click)
    wrong = [
        int((candidate.mask.to_array() != masks[number].astype(bool)).sum())
        for candidate, number in zip(candidates, np.argsort(-iou, kind="stable"), strict=True)
    ]
    return {
        "size": size,
        "photo": list(PHOTO),
        "embed": {side: summary(times) for side, times in embeds.items()},
        "predict": {side: summary(times) for side, times in clicks.items()},
        "pixels_different": wrong,
        "equal_masks": max(wrong) <= 3,
        "peak_mb": {side: peak(size, side, device) for side in ("official", "ours")},
    }


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def summary(times: list[tuple[float, float]]) -> dict[str, float]:
    """Median and least wall seconds, and the least CPU seconds, which a busy machine hardly changes."""
    walls, cpus = zip(*times, strict=True)
    return {"median": statistics.median(walls), "least": min(walls), "least_cpu": min(cpus)}


def peak(size: str, side: str, device: str) -> float:
    """Peak memory in MB of a process that embeds the photo and answers a click on one side."""
    command = [sys.executable, "-m", "benchmarks.bench_segmenters", "--sizes", size, "--peak", side, "--device", device]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return float(answer.stdout.split()[-1])


def print_peak(size: str, side: str, device: str) -> int:
    rgb = photo()
    if side == "official":
        predictor = official_predictor(size, device)
        forget_peak()
        predictor.set_image(rgb)
        predictor.predict(np.array([CLICK]), np.array([1]))
    else:
        from foodcal_desktop.core.prompt import PointPrompt, Prompts

        ours = our_segmenter(size, device)
        forget_peak()
        ours.predict(ours.embed(rgb), Prompts((PointPrompt(*CLICK),)))
    print(peak_mb())
    return 0


def forget_peak() -> None:
    """Let the peak be counted from here, where the kernel can: drawing the weights is no part of the comparison."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak_mb() -> float:
    """This process's peak; on Linux not by getrusage, which counts the parent's before the program was started."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1000


def print_row(row: dict[str, Any]) -> None:
    print(f"{row['size']}, photo {row['photo'][1]}×{row['photo'][0]}")
    for what in ("embed", "predict"):
        official, ours = row[what]["official"], row[what]["ours"]
        for side, times in (("official", official), ("ours", ours)):
            print(
                f"  {what:8} {side:9} {times['median']:.3f} s, least {times['least']:.3f}, CPU {times['least_cpu']:.3f}"
            )
        by_median, by_cpu = (official[key] / ours[key] for key in ("median", "least_cpu"))
        print(f"  {what:8} ours is {by_median:.2f}× as fast by median, {by_cpu:.2f}× by CPU time")
    print(f"  masks differ in {row['pixels_different']} pixels; peak memory {row['peak_mb']} MB")


if __name__ == "__main__":
    sys.exit(main())
