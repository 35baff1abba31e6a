"""The official SAM 2.1 networks, built from the configs that the sam2 package ships, without torchvision."""

from __future__ import annotations

from importlib import resources
from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

_FILLS = (Tensor.uniform_, Tensor.normal_, Tensor.erfinv_, Tensor.mul_, Tensor.add_, Tensor.clamp_)
_FILLS_BY_NAME = (nn.init.kaiming_uniform_, nn.init.uniform_)
# What sam2.build_sam switches on for inference ("apply_postprocessing"): where the single mask is not stable, the best
# of the three is taken instead.
_DECODER_ARGUMENTS = {
    "dynamic_multimask_via_stability": True,
    "dynamic_multimask_stability_delta": 0.05,
    "dynamic_multimask_stability_thresh": 0.98,
}
# The same for videos: clicked masks enter the memory as binary masks, as the user saw them.
# (Its filling of small holes needs a CUDA extension that no wheel brings; without it the official code skips it too.)
_VIDEO_ARGUMENTS = {
    "_target_": "foodcal_desktop.segmentation.sam2_memory.MemoryNetwork",
    "binarize_mask_from_pts_for_mem_enc": True,
}


def build_network(config: str, side: int = 1024) -> Any:
    """A SAM 2.1 network for photos and videos whose weights are yet to be loaded, in evaluation mode.

    Args:
        config: the config's path within the sam2 package, such as "configs/sam2.1/sam2.1_hiera_t.yaml".
        side: of the square that photos are resized to, in pixels; the official weights are for 1024.

    Raises:
        ValueError: sam2 ships no such config.
    """
    from hydra.utils import instantiate
    from omegaconf import OmegaConf

    file = resources.files("sam2").joinpath(config)
    if not file.is_file():
        raise ValueError(f"The sam2 package has no config '{config}'; install it again (see docs/checkpoints.md).")
    settings = OmegaConf.create(file.read_text(encoding="utf-8")).model
    settings.sam_mask_decoder_extra_args = _DECODER_ARGUMENTS
    settings.merge_with({**_VIDEO_ARGUMENTS, "image_size": side})
    with torch.no_grad(), _NoRandomFill():
        network: nn.Module = instantiate(settings, _recursive_=True)
    return network.eval()


class _NoRandomFill(TorchFunctionMode):
    """Leaves weights unset that are loaded next anyway: drawing 224 million of them takes four seconds."""

    def __torch_function__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        target = args[0] if args else (kwargs or {}).get("tensor")
        if function in (*_FILLS, *_FILLS_BY_NAME) and isinstance(target, nn.Parameter):
            return target
        return function(*args, **(kwargs or {}))
