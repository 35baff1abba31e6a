"""A program for torchrun: the program's own door, with prompts that leave nothing to chance.

``python torchrun_case.py OUT [foodcal-desktop's arguments]`` also writes ``OUT/process-N.pt``: the weights that process
N ended with. With OUT_OF_MEMORY=N in the environment, process N's memory runs out while a step has fewer than four
parts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from foodcal_desktop.__main__ import main
from foodcal_desktop.segmentation.lite_network import POSITIVE, PointSet
from foodcal_desktop.training import distributed, finetune, prompted_loss, trainer
from foodcal_desktop.training.prompting import error_centre
from foodcal_desktop.training.settings import PromptMix


def centres(targets: Tensor, _mix: PromptMix, _random: np.random.Generator) -> tuple[PointSet, bool]:
    """A click in the middle of each object, whichever process asks."""
    middles = [error_centre(wanted)[:2] for wanted in (targets > 0.5).numpy()]
    coords = torch.tensor([[(column + 0.5) * 4, (row + 0.5) * 4] for row, column in middles])[:, None]
    return PointSet(coords, torch.full(coords.shape[:2], POSITIVE)), False


def prepare(out: Path, put: Callable[[object, str, Any], None]) -> None:
    """``put`` sets an attribute."""
    put(prompted_loss, "first_prompts", centres)
    put(finetune, "_COMPARE", finetune.ClickProtocol(clicks=5, max_objects=1))
    put(finetune, "_WATCH", finetune.ClickProtocol(clicks=3, max_objects=1))
    put(finetune, "is_better", lambda difference: True)
    real_run, real_part = trainer.Trainer.run, trainer.Trainer._learned

    def run(self: trainer.Trainer, *arguments: Any) -> Any:
        try:
            return real_run(self, *arguments)
        finally:
            weights = {name: p.detach() for name, p in self.parameters.items()}
            torch.save(weights, out / f"process-{distributed.rank()}.pt")

    def learned(self: trainer.Trainer, *arguments: Any, **named: Any) -> Any:
        if self.split < 4 and os.environ.get("OUT_OF_MEMORY") == str(distributed.rank()):
            raise torch.OutOfMemoryError("CUDA out of memory")
        return real_part(self, *arguments, **named)

    put(trainer.Trainer, "run", run)
    put(trainer.Trainer, "_learned", learned)


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), setattr)
    sys.exit(main(sys.argv[2:]))
