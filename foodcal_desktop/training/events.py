"""What a training tells while it runs: one JSON line each, for the window and for scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

STARTED, NOTICE, STEP, EPOCH, PAUSED, RESUMED, COMPARING, FINISHED = (
    "started",
    "notice",
    "step",
    "epoch",
    "paused",
    "resumed",
    "comparing",
    "finished",
)


@dataclass(frozen=True, slots=True)
class TrainingEvent:
    """``kind`` is one of the above; values by kind:

    started: photos, objects, val_photos, epochs, device, trained (parameters) · notice: text · step: epoch, step,
    steps, loss, iou, seconds_left · epoch: epoch, epochs, loss, miou {"1","3","5"}, box_miou, score, best, seconds_left
    · paused, resumed · comparing: done, total · finished: the document of ``finetune --json``.
    """

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def to_line(self) -> str:
        """One JSON line, without its end."""
        return json.dumps({"event": self.kind, **self.values}, ensure_ascii=False, allow_nan=False)

    def for_people(self) -> str:
        """One sentence or line of figures; "" for what people need not see."""
        values = self.values
        match self.kind:
            case "started":
                return (
                    f"{values['photos']} photos with {values['objects']} objects to learn from, {values['val_photos']} "
                    f"held out; {values['epochs']} epochs on {values['device']}."
                )
            case "notice":
                return str(values["text"])
            case "epoch":
                return _epoch_line(values)
            case "paused":
                return "Paused."
            case "resumed":
                return "Going on."
        return ""


def _epoch_line(values: Mapping[str, Any]) -> str:
    miou = values["miou"]
    figures = f"IoU@1 {miou['1']:.3f}  @3 {miou['3']:.3f}  @5 {miou['5']:.3f}  box {values['box_miou']:.3f}"
    loss = "before" if values["loss"] is None else f"loss {values['loss']:.3f}"
    best = "  best" if values["best"] else ""
    return f"epoch {values['epoch']}/{values['epochs']}  {loss}  {figures}  {values['seconds_left']:.0f} s left{best}"


Tell = Callable[[TrainingEvent], None]
