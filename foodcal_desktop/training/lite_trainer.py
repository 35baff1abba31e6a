"""Trains the bundled network whole, trunk and heads, for a given time; what it learned survives a kill."""

from __future__ import annotations

import copy
import json
import math
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor

from foodcal_desktop.dataset.instances import DatasetPhoto
from foodcal_desktop.segmentation.lite_network import Encoded, LiteNetwork
from foodcal_desktop.training.losses import total_loss, true_iou
from foodcal_desktop.training.prompted_loss import chosen_logits
from foodcal_desktop.training.prompting import corrected, first_prompts, shown
from foodcal_desktop.training.samples import Sample, Sampler
from foodcal_desktop.training.settings import LiteRecipe
from foodcal_desktop.training.trainable import normalised


class LiteTrainer:
    """One run over photos; ``run`` yields a dictionary of figures every few steps."""

    def __init__(self, network: LiteNetwork, photos: Sequence[DatasetPhoto], recipe: LiteRecipe, folder: Path) -> None:
        self.network: LiteNetwork = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.recipe = recipe
        self.folder = folder
        self.random = np.random.default_rng(recipe.seed)
        self.average = copy.deepcopy(network).requires_grad_(False)
        self.seconds = 0.0
        self.steps = 0
        self._photos = photos
        self._freeze()
        self._optimizer = self._make_optimizer()

    def _freeze(self) -> None:
        trunk: Any = self.network.image_encoder.trunk.net
        for part in (trunk.conv_stem, *list(trunk.blocks)[: self.recipe.frozen_stages]):
            part.requires_grad_(False)

    def _make_optimizer(self) -> torch.optim.Optimizer:
        named = [(n, p) for n, p in self.network.named_parameters() if p.requires_grad]
        trunk = [p for n, p in named if n.startswith("image_encoder.trunk")]
        heads = [p for n, p in named if not n.startswith("image_encoder.trunk")]
        groups = [{"params": trunk, "share": self.recipe.trunk_rate_share}, {"params": heads, "share": 1.0}]
        return torch.optim.AdamW(groups, lr=self.recipe.rate, weight_decay=self.recipe.weight_decay, fused=True)

    @property
    def progress(self) -> float:
        """Share of the run's time that is over, 0 to 1."""
        return min(self.seconds / (60 * self.recipe.minutes), 1.0)

    def _side(self) -> int:
        passed = 0.0
        for side, share in zip(self.recipe.sides, self.recipe.side_shares, strict=True):
            passed += share
            if self.progress < passed:
                return side
        return self.recipe.sides[-1]

    def _set_rate(self) -> None:
        warm = min(self.progress / self.recipe.warm_up_share, 1.0)
        rate = self.recipe.rate * warm * (0.5 + 0.5 * math.cos(math.pi * self.progress)) + 1e-7
        for group in self._optimizer.param_groups:
            group["lr"] = rate * group["share"]

    def run(self, report_every: int = 25, save_seconds: float = 300.0) -> Iterator[dict[str, float]]:
        """Train until the time is over. The state is saved now and then, whole or not at all."""
        started, before, saved = time.monotonic(), self.seconds, time.monotonic()
        figures: list[tuple[float, float]] = []
        for batch in self._batches():
            self._set_rate()
            figures.append(self._step(batch))
            self.steps += 1
            self.seconds = before + time.monotonic() - started
            if self.steps % report_every == 0:
                yield self._report(figures)
                figures.clear()
            if time.monotonic() - saved > save_seconds or self.progress >= 1:
                self.save()
                saved = time.monotonic()
            if self.progress >= 1:
                return

    def _report(self, figures: list[tuple[float, float]]) -> dict[str, float]:
        loss, iou = np.mean(figures, axis=0)
        return {
            "step": self.steps,
            "side": self._side(),
            "loss": round(float(loss), 4),
            "iou": round(float(iou), 4),
            "progress": round(self.progress, 4),
        }

    def _batches(self) -> Iterator[list[Sample]]:
        """Batches drawn one ahead in a thread; OpenCV lets the interpreter go."""
        sampler = Sampler(self._photos, self.recipe.objects, self.recipe.augmentation, self.random)

        def draw(side: int) -> list[Sample]:
            return [sampler.draw(side) for _ in range(self.recipe.batch)]

        with ThreadPoolExecutor(1) as pool:
            ahead: Future[list[Sample]] = pool.submit(draw, self._side())
            while True:
                ready = ahead.result()
                ahead = pool.submit(draw, self._side())
                yield ready

    def _step(self, batch: list[Sample]) -> tuple[float, float]:
        """One optimiser step; returns its loss and the mean IoU after the last round."""
        self.network.train()
        self.network.set_side(batch[0].rgb.shape[0])
        encoded = self._encode(batch)
        targets = torch.from_numpy(np.concatenate([s.targets for s in batch]))
        owner = torch.repeat_interleave(torch.arange(len(batch)), torch.tensor([len(s.targets) for s in batch]))
        each = Encoded(*(t.index_select(0, owner) for t in encoded))
        loss, iou = self._rounds(each, targets)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        self._optimizer.step()
        self._follow()
        return float(loss.detach()), iou

    def _encode(self, batch: list[Sample]) -> Encoded:
        image = normalised([s.rgb for s in batch]).contiguous(memory_format=torch.channels_last)
        encoded: Encoded = self.network.encode(image)
        return encoded

    def _rounds(self, encoded: Encoded, targets: Tensor) -> tuple[Tensor, float]:
        """A first prompt and its corrections, each with its loss, as a person would go on clicking."""
        points, are_boxes = first_prompts(targets, self.recipe.prompts, self.random)
        previous: Tensor | None = None
        losses: list[Tensor] = []
        count = 1 + int(self.random.choice(len(self.recipe.rounds), p=self.recipe.rounds))
        for i in range(count):
            multimask = i == 0 and not are_boxes
            logits, predicted = self.network.decode(encoded, points, previous, multimask)
            losses.append(total_loss(logits, predicted, targets, self.recipe.loss))
            chosen = chosen_logits(logits.detach(), predicted.detach())
            previous = shown(chosen, self.recipe.prompts, self.random)
            if i + 1 < count:
                points = corrected(points, chosen, targets, self.recipe.prompts, self.random)
        return torch.stack(losses).mean(), float(true_iou(chosen[:, None], targets).mean())

    def _follow(self) -> None:
        """The average follows slowly, and quickly at the start."""
        keep = min(self.recipe.ema, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            for mine, theirs in zip(self.average.parameters(), self.network.parameters(), strict=True):
                mine.lerp_(theirs, 1 - keep)

    def save(self) -> None:
        """State to go on from, and the averaged weights as a checkpoint file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        state = {
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }
        part = self.folder / "state.part"
        torch.save(state, part)
        numbers = {"seconds": self.seconds, "steps": self.steps, "recipe": asdict(self.recipe)}
        save_weights(self.average, self.folder / "weights.part")
        part.replace(self.folder / "state.pt")
        (self.folder / "weights.part").replace(self.folder / "weights.safetensors")
        (self.folder / "progress.json").write_text(json.dumps(numbers))

    def resume(self) -> None:
        """Go on from the last saved state. Raises OSError where there is none."""
        state = torch.load(self.folder / "state.pt", weights_only=True)
        numbers = json.loads((self.folder / "progress.json").read_text())
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self._optimizer.load_state_dict(state["optimizer"])
        self.seconds, self.steps = numbers["seconds"], numbers["steps"]
        self.random = np.random.default_rng([self.recipe.seed, self.steps])


def save_weights(network: LiteNetwork, path: Path) -> None:
    """The network's weights as a safetensors file."""
    tensors = {name: tensor.detach().contiguous().clone() for name, tensor in network.state_dict().items()}
    save_file(tensors, path, metadata={"d": "128", "size": "448"})
