"""SAM 2's memory: annotations of one frame carried through the frames of a video or a series of photos.

Built on sam2's ``SAM2VideoPredictor``, whose numbers it gives. What differs is around them: frames are read when they
are needed (the official code holds all as float32, 12 MB each), a frame encoded once is kept for corrections, frames
may differ in size, and no folder of JPEG files or decord is needed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from sam2.sam2_video_predictor import SAM2VideoPredictor
from torch import Tensor

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Prompts
from foodcal_desktop.segmentation.sam2_encoder import RGB, PhotoEncoder, normalised
from foodcal_desktop.segmentation.upsample import mask_of

# Encoded frames kept for corrections: 17 MB each.
_KEPT = 24
# Of SAM2VideoPredictor's state.
_EMPTY_TABLES = (
    "point_inputs_per_obj",
    "mask_inputs_per_obj",
    "cached_features",
    "constants",
    "obj_idx_to_id",
    "output_dict_per_obj",
    "temp_output_dict_per_obj",
    "frames_tracked_per_obj",
)


class Frames(Protocol):
    """Frames in their order; each is decoded when it is asked for."""

    def __len__(self) -> int: ...

    def __getitem__(self, number: int, /) -> RGB: ...


class MemoryNetwork(SAM2VideoPredictor):
    """SAM2VideoPredictor that asks the state for a frame's encoding instead of making it anew at each visit."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # The predicted IoU of each mask since this was emptied last; the official code throws it away.
        self.head_scores: list[float] = []
        # Memories are stored in bf16, which the official code can only attend to under bf16 autocast.
        self.memory_attention.register_forward_pre_hook(_in_one_precision, with_kwargs=True)

    def _get_image_feature(self, inference_state: Any, frame_idx: int, batch_size: int) -> tuple[Any, ...]:
        levels = inference_state["frames"].encoded(frame_idx)
        maps = {"backbone_fpn": list(levels), "vision_pos_enc": inference_state["frames"].positions(levels)}
        return (None, *self._prepare_backbone_features(maps))

    def _forward_sam_heads(self, *arguments: Any, **named: Any) -> tuple[Any, ...]:
        outputs: tuple[Any, ...] = super()._forward_sam_heads(*arguments, **named)
        self.head_scores.append(float(outputs[2].max()))
        return outputs


def _in_one_precision(_: Any, arguments: Any, named: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    return arguments, {**named, "memory": named["memory"].to(named["curr"][0].dtype)}


class _EncodedFrames:
    """Encodes frames on demand and keeps the latest; remembers each frame's size."""

    def __init__(self, network: Any, frames: Frames, device: torch.device, kept: int) -> None:
        self._network, self._frames, self._device, self._kept = network, frames, device, kept
        self._encoder = PhotoEncoder(network)
        self._encoded: OrderedDict[int, tuple[Tensor, ...]] = OrderedDict()
        self._positions: list[Tensor] = []
        self.sizes: dict[int, tuple[int, int]] = {}

    def encoded(self, number: int) -> tuple[Tensor, ...]:
        """The frame's levels from the finest to the coarsest, each 1×C×H×W."""
        if number not in self._encoded:
            rgb = self._frames[number]
            self.sizes[number] = (rgb.shape[0], rgb.shape[1])
            embedding, fine, finest = self._encoder.levels(frame_input(rgb, self._network.image_size, self._device))
            self._encoded[number] = (finest, fine, embedding)
        self._encoded.move_to_end(number)
        while len(self._encoded) > self._kept:
            self._encoded.popitem(last=False)
        return self._encoded[number]

    def positions(self, levels: Sequence[Tensor]) -> list[Tensor]:
        """Position encodings of the levels, made once; of the finer ones only the size is used, so they are thin."""
        if not self._positions:
            encoding = self._network.image_encoder.neck.position_encoding
            thin = [level[:, :1] for level in levels[:-1]]
            self._positions = [*thin, encoding(levels[-1]).to(levels[-1].dtype)]
        return self._positions

    def size(self, number: int) -> tuple[int, int]:
        """Height and width of a frame in pixels."""
        if number not in self.sizes:
            self.encoded(number)
        return self.sizes[number]


def frame_input(rgb: RGB, side: int, device: torch.device) -> Tensor:
    """H×W×3 RGB uint8 to 1×3×side×side as ``sam2.utils.misc`` does for frames: Pillow's bicubic resize, normalised."""
    small = np.array(Image.fromarray(rgb).resize((side, side)))
    return normalised(torch.from_numpy(small).permute(2, 0, 1)[None].contiguous().to(device, torch.float32).div_(255))


class MemoryTracker:
    """Carries items (named by any text) from the frames where they were prompted to the others.

    Prompt items on one or more frames, then ``carry``; where a carried mask is wrong, ``prompt`` that frame with what
    is right and carry again: frames after it (or before it, backwards) follow the correction.
    """

    @torch.no_grad()
    def __init__(self, segmenter: Any, frames: Frames, kept: int = _KEPT) -> None:
        """``segmenter`` is a Sam2Segmenter. Raises ValueError where there are no frames."""
        if not len(frames):
            raise ValueError("There are no frames to carry annotations through; choose a video or at least two photos.")
        self._network, self._device = segmenter.network, segmenter.device
        self._count = len(frames)
        self._frames = _EncodedFrames(self._network, frames, self._device.torch_device, kept)
        self._state = self._empty_state()
        # The IoU that the checkpoint predicts for each item of the frame given last; a frame's own prompts have none.
        self.predicted_iou: dict[str, float] = {}

    def restart(self) -> None:
        """Forget all prompts and what followed from them; encoded frames stay."""
        self._state = self._empty_state()

    def _empty_state(self) -> dict[str, Any]:
        """What SAM2VideoPredictor.init_state makes, but at the masks' own resolution, for frames may differ in size."""
        side, device = self._network.image_size // 4, self._device.torch_device
        return {
            "num_frames": self._count,
            "video_height": side,
            "video_width": side,
            "device": device,
            "storage_device": device,
            "obj_id_to_idx": OrderedDict(),
            "obj_ids": [],
            "frames": self._frames,
            **{name: {} for name in _EMPTY_TABLES},
        }

    @property
    def items(self) -> tuple[str, ...]:
        """The items prompted so far."""
        return tuple(self._state["obj_ids"])

    def prompt(self, frame: int, item: str, prompts: Prompts) -> Mask:
        """Say what the item is on a frame, with all its clicks there and its box; corrections included.

        Raises:
            ValueError: there is neither a click nor a box, or no such frame.
        """
        if prompts.is_empty:
            raise ValueError("There is neither a click nor a box; click on a food.")
        self._require_frame(frame)
        with self._device.encoding():
            height, width = self._frames.size(frame)
            scale = torch.tensor([width, height], dtype=torch.float32)
            _, ids, logits = self._network.add_new_points_or_box(
                self._state,
                frame,
                item,
                points=torch.tensor([[p.x, p.y] for p in prompts.points], dtype=torch.float32).reshape(-1, 2) / scale,
                labels=torch.tensor([int(p.positive) for p in prompts.points], dtype=torch.int32),
                box=None if prompts.box is None else _corners(prompts.box) / scale,
                normalize_coords=False,
            )
        return self._masks(frame, ids, logits)[item]

    def start_from(self, frame: int, item: str, mask: Mask) -> None:
        """Take an accepted annotation as what the item is on a frame. Raises ValueError for no such frame."""
        self._require_frame(frame)
        with self._device.encoding():
            self._network.add_new_mask(self._state, frame, item, torch.from_numpy(mask.to_array()))

    def carry(
        self, start: int | None = None, count: int | None = None, *, backwards: bool = False
    ) -> Iterator[tuple[int, Mapping[str, Mask]]]:
        """Frame by frame, each item's mask (empty where it is not seen), from ``start`` on or back.

        Args:
            start: the first frame; by default the earliest that was prompted.
            count: at most so many frames after the first; by default all.
            backwards: towards the first frame.

        Raises:
            ValueError: nothing was prompted.
        """
        if not self.items:
            raise ValueError("Nothing was prompted on any frame; click on a food first.")
        with self._device.encoding():
            self._network.propagate_in_video_preflight(self._state)
        steps = self._network.propagate_in_video(self._state, start, count, backwards)
        while True:
            self._network.head_scores.clear()
            with self._device.encoding():
                step = next(steps, None)
            if step is None:
                return
            frame, ids, logits = step
            self.predicted_iou = self._scores(frame, ids)
            yield frame, self._masks(frame, ids, logits)

    def forget(self, item: str) -> None:
        """Carry an item no longer."""
        with self._device.encoding():
            self._network.remove_object(self._state, item, need_output=False)

    def _scores(self, frame: int, ids: Sequence[str]) -> dict[str, float]:
        """By item, in the order in which the network has just gone through those not prompted on the frame."""
        outputs = self._state["output_dict_per_obj"]
        inferred = [item for place, item in enumerate(ids) if frame not in outputs[place]["cond_frame_outputs"]]
        return dict(zip(inferred, self._network.head_scores, strict=True))

    def _masks(self, frame: int, ids: Sequence[str], logits: Tensor) -> dict[str, Mask]:
        height, width = self._frames.size(frame)
        arrays: NDArray[np.float32] = logits[:, 0].float().cpu().numpy()
        return {item: mask_of(array, height, width) for item, array in zip(ids, arrays, strict=True)}

    def _require_frame(self, frame: int) -> None:
        if not 0 <= frame < self._count:
            raise ValueError(f"There is no frame {frame + 1}; there are {self._count}.")


def _corners(box: Any) -> Tensor:
    return torch.tensor([[box.x0, box.y0], [box.x1, box.y1]], dtype=torch.float32)
