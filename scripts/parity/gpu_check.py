"""What only a machine with a graphics card can show; `make gpu-check` runs this after parity on the card.

Speed of embedding and clicks, masks under bf16 against float32, the memory's video, and running out of memory.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "unit" / "segmentation"))
import sam2_case as case
import sam2_ours as ours

from foodcal_desktop.core.prompt import Candidate
from foodcal_desktop.segmentation import devices
from foodcal_desktop.segmentation.fallback import ResilientSegmenter
from foodcal_desktop.segmentation.sam2_segmenter import Sam2Segmenter
from foodcal_desktop.storage.checkpoints import Checkpoint


def main() -> int:
    kinds = [kind for kind in devices.available() if kind != "cpu"]
    if not kinds:
        print("There is no graphics card here that torch can use; run this on a machine that has one.", file=sys.stderr)
        return 1
    if "--only-look" in sys.argv:
        return 0
    checks: list[tuple[str, Callable[[str], bool]]] = [
        ("speed", speed),
        ("bf16 masks against float32", low_precision),
        ("video", video),
        ("out of memory", out_of_memory),
    ]
    results = {name: check(kinds[0]) for name, check in checks}
    for name, passed in results.items():
        print(f"{'ok   ' if passed else 'WRONG'}  {name}")
    return 0 if all(results.values()) else 1


def segmenter(size: str, kind: str, *, exact: bool = False) -> Sam2Segmenter:
    exactly = ours.segmenter(size, case.FULL, kind)
    return exactly if exact else Sam2Segmenter(exactly.network, size, "0" * 64, devices.choose(kind))


def speed(kind: str) -> bool:
    """Prints medians of ten; a card must embed in less time than the CPU answers a click."""
    embeds = {}
    for size in case.CONFIGS:
        one = segmenter(size, kind)
        embedding = one.embed(case.photo())
        embeds[size] = median(lambda one=one: one.embed(case.photo()), kind)
        click = ours.prompts_of("click", None)
        predict = median(lambda one=one, e=embedding, click=click: one.predict(e, click), kind)
        print(f"{size:9} {one.device.description}: embed {embeds[size]:.4f} s, click {predict:.4f} s", flush=True)
    return embeds["tiny"] < 1.0


def median(work: Callable[[], Any], kind: str) -> float:
    times = []
    for _ in range(10):
        started = time.perf_counter()
        work()
        if kind == "cuda":
            torch.cuda.synchronize()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def low_precision(kind: str) -> bool:
    """The same masks up to their edges: IoU of at least 0.95 each."""
    exact: list[Candidate] = ours.click_candidates(segmenter("tiny", kind, exact=True))
    quick = ours.click_candidates(segmenter("tiny", kind))
    best = [max(one.mask.iou(other.mask) for other in quick) for one in exact]
    print("IoU of masks:", ", ".join(f"{value:.3f}" for value in best))
    return min(best) >= 0.95


def video(kind: str) -> bool:
    """The video case runs in the card's own precision and every step has a mask."""
    steps = ours.video_answers(segmenter("tiny", kind))
    return all(bool((step > 0).any()) for step in steps)


class _Shelf:
    """A catalogue of one smaller checkpoint."""

    def __init__(self, smaller: Checkpoint) -> None:
        self._smaller = smaller

    def smaller_than(self, checkpoint: Checkpoint) -> Checkpoint | None:
        return self._smaller if checkpoint.name != self._smaller.name else None


def out_of_memory(kind: str) -> bool:
    """With a cap on the card's memory the large checkpoint gives way, with a sentence, and a photo is embedded."""
    if kind != "cuda":
        print("the memory of this kind of card cannot be capped; not tried")
        return True
    total = torch.cuda.get_device_properties(0).total_memory
    large = Checkpoint("large", "sam2", "official", Path("large"), 2, "0" * 64)
    tiny = replace(large, name="tiny", bytes=1)

    def load(checkpoint: Checkpoint, device: devices.Device) -> Sam2Segmenter:
        return segmenter(checkpoint.name, device.kind)

    torch.cuda.empty_cache()
    torch.cuda.set_per_process_memory_fraction(min(0.7e9 / total, 1.0))
    try:
        one = ResilientSegmenter(large, devices.choose(kind), _Shelf(tiny), load)  # type: ignore[arg-type]
        one.embed(case.photo())
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)
    print(*one.notices, sep="\n")
    return bool(one.notices) and (one.name, one.device.kind) != ("large", kind)


if __name__ == "__main__":
    sys.exit(main())
