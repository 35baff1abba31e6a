"""The official predictors of the sam2 package, run on the case of tests/unit/segmentation/sam2_case.py.

``SAM2ImagePredictor`` imports torchvision. PyPI's torchvision is built against a CUDA torch; beside a CPU-only torch
its compiled operators do not load, and registering their shapes (``torchvision._meta_registrations``) then fails the
import. The predictor uses only its transforms, which are Python over torch. So that one module, which nothing here
needs, is left out where the operators are missing; Resize, Normalize and ToTensor are torchvision's own.
"""

from __future__ import annotations

import sys
import types
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "unit" / "segmentation"))
import sam2_case as case  # noqa: E402


def allow_torchvision() -> str:
    """Make ``import torchvision`` work beside any torch; its version."""
    if not torch.cuda.is_available():
        name = "torchvision._meta_registrations"
        sys.modules[name] = types.ModuleType(name)
    import torchvision

    return str(torchvision.__version__)


def official_network(size: str, side: int, device: str = "cpu", *, video: bool = False) -> Any:
    """The official network with the case's weights."""
    from sam2.build_sam import build_sam2, build_sam2_video_predictor

    build = build_sam2_video_predictor if video else build_sam2
    network = build(case.CONFIGS[size], None, device, hydra_overrides_extra=[f"++model.image_size={side}"])
    network.load_state_dict(case.weights(network, case.SEEDS[size]))
    return network


def image_answers(network: Any) -> dict[str, tuple[NDArray[Any], NDArray[Any], NDArray[Any]]]:
    """For each case: masks M×H×W, predicted IoU M, logits M×256×256, by SAM2ImagePredictor."""
    from sam2.sam2_image_predictor import SAM2ImagePredictor

    predictor = SAM2ImagePredictor(network)
    # These are constants for 1024 there.
    predictor._bb_feat_sizes = [(network.image_size // stride,) * 2 for stride in (4, 8, 16)]
    predictor.set_image(case.photo())
    answers: dict[str, Any] = {}
    for name, prompts in case.CASES.items():
        points = prompts.get("points")
        answers[name] = predictor.predict(
            np.array([point[:2] for point in points]) if points else None,
            np.array([point[2] for point in points]) if points else None,
            np.array(prompts["box"]) if "box" in prompts else None,
            answers[prompts["previous"]][2][:1] if "previous" in prompts else None,
            multimask_output=prompts["multimask"],
        )
    masks, iou, logits = predictor.predict(box=np.array(case.BOXES), multimask_output=False)
    answers["boxes"] = (masks[:, 0], iou[:, 0], logits[:, 0])
    return answers


def write_frames(frames: list[NDArray[np.uint8]], folder: Path) -> None:
    """Frames as the official code wants them: NUMBER.jpg; within they are PNG, which Pillow sees and loses nothing."""
    for number, frame in enumerate(frames):
        Image.fromarray(frame).save(folder / f"{number}.jpg", format="PNG")


def video_answers(network: Any, folder: Path) -> list[NDArray[np.float32]]:
    """Logits N×H×W of the video case, step by step, by SAM2VideoPredictor on a folder of frames.

    Memories are stored in bf16; so that the official code runs in float32 they are cast back before they are attended.
    """
    network.memory_attention.register_forward_pre_hook(_in_one_precision, with_kwargs=True)
    state = network.init_state(str(folder))
    frame, item = 0, 1
    points = np.array([case.VIDEO_CLICK[:2]], dtype=np.float32)
    shown = [network.add_new_points_or_box(state, frame, item, points, np.array([1], np.int32))[2]]
    network.add_new_points_or_box(state, frame, 2, box=np.array(case.VIDEO_BOX, dtype=np.float32))
    shown += [logits for _, _, logits in network.propagate_in_video(state)]
    corrected = np.array([case.VIDEO_CORRECTION[:2]], dtype=np.float32)
    shown.append(network.add_new_points_or_box(state, case.FRAMES - 1, item, corrected, np.array([0], np.int32))[2])
    shown += [
        logits for _, _, logits in network.propagate_in_video(state, start_frame_idx=case.FRAMES - 1, reverse=True)
    ]
    return [logits[:, 0].numpy() for logits in shown]


def _in_one_precision(_: Any, arguments: Any, named: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    return arguments, {**named, "memory": named["memory"].to(named["curr"][0].dtype)}
