"""Trainings that were paused or killed, with what a person needs to choose among them."""

from __future__ import annotations

from dataclasses import dataclass

from foodcal_desktop.storage import run_lock, training_runs
from foodcal_desktop.storage.training_runs import Run


@dataclass(frozen=True, slots=True)
class Interrupted:
    """``epochs`` were over, ``saved`` is when its state was written last (seconds of the epoch).

    ``elsewhere``: another process trains it just now.
    """

    run: Run
    epochs: int
    saved: float
    elsewhere: bool

    @property
    def name(self) -> str:
        """What its checkpoint will be called."""
        return self.run.name


def interrupted(besides: str = "") -> list[Interrupted]:
    """All that can be gone on with, the latest first, but for the run of a name."""
    names = [name for name in training_runs.unfinished() if name != besides]
    saved = [(name, when) for name in names if (when := training_runs.saved_at(name)) is not None]
    return [_interrupted(name, when) for name, when in saved]


def runs_elsewhere(name: str) -> bool:
    """Whether a living process trains the run of this name."""
    try:
        return run_lock.is_held(name)
    except OSError:
        # Where that cannot be seen the training itself will say it.
        return False


def _interrupted(name: str, saved: float) -> Interrupted:
    epochs = max((int(one["epoch"]) for one in training_runs.noted_epochs(name)), default=0)
    return Interrupted(training_runs.read_order(name), epochs, saved, runs_elsewhere(name))
