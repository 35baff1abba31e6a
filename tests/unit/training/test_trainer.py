from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import torch

from foodcal_desktop.dataset.instances import read_coco
from foodcal_desktop.storage.training_runs import CANCEL, GO, PAUSE, command
from foodcal_desktop.training.averages import learning, rate_at, rate_groups
from foodcal_desktop.training.batches import Batch
from foodcal_desktop.training.control import Cancelled, Control, Stopped
from foodcal_desktop.training.errors import TrainingError
from foodcal_desktop.training.events import TrainingEvent
from foodcal_desktop.training.settings import Augmentation, Recipe
from foodcal_desktop.training.trainable import Trainable, load_trainable
from foodcal_desktop.training.trainer import Trainer
from tests.unit.training.training_case import bundled, cpu, write_dataset

QUICK = Recipe(
    epochs=2,
    batch=2,
    objects=2,
    views=1,
    steps=1,
    rounds=(1.0,),
    rate=1e-3,
    warm_up=0.0,
    augmentation=Augmentation(paste=0),
)


def _trainer(
    folder: Path, recipe: Recipe = QUICK, told: list[TrainingEvent] | None = None
) -> tuple[Trainable, Trainer]:
    dataset = folder / "set"
    if not dataset.exists():
        write_dataset(dataset, train=3, val=1)
    photos = [p for p in read_coco(dataset / "annotations.json", dataset / "images") if p.split == "train"]
    trainable = load_trainable(bundled(), cpu())
    (folder / "run").mkdir(exist_ok=True)
    tell = (told if told is not None else []).append
    return trainable, Trainer(trainable, photos, recipe, folder / "run", cpu(), tell, "identity")


def _watch(scores: list[float]) -> Any:
    """Gives one score after the other."""
    left = iter(scores)
    return lambda: {"miou": {"1": 0.5, "3": 0.5, "5": 0.5}, "box_miou": 0.5, "score": next(left)}


def _batch(trainer: Trainer) -> Batch:
    return next(iter(trainer._batches.epoch(0)))


def test_the_loss_of_one_batch_halves_and_the_encoder_stays_bit_identical(tmp_path: Path) -> None:
    """From heads that were shaken, for what the bundled ones know of this photo leaves little to learn."""
    trainable, trainer = _trainer(tmp_path, dataclasses.replace(QUICK, batch=1))
    shaking = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for parameter in trainer.parameters.values():
            parameter.add_(0.5 * parameter.std(correction=0) * torch.randn(parameter.shape, generator=shaking))
    before = {name: value.clone() for name, value in trainable.network.state_dict().items()}
    batch = _batch(trainer)
    losses = [trainer._stepped(batch)[0] for _ in range(14)]
    assert min(losses[-4:]) < losses[0] / 2
    after = trainable.network.state_dict()
    changed = {name for name, value in before.items() if not torch.equal(value, after[name])}
    assert changed
    assert all(trainable.is_head(name) for name in changed)


def test_a_whole_network_learns_with_lower_rates_towards_the_input(tmp_path: Path) -> None:
    recipe = dataclasses.replace(QUICK, encoder="trained", layer_decay=0.5)
    trainable, trainer = _trainer(tmp_path, recipe)
    before = {name: value.clone() for name, value in trainable.network.state_dict().items()}
    trainer._stepped(_batch(trainer))
    after = trainable.network.state_dict()
    changed = {name for name, value in before.items() if not torch.equal(value, after[name])}
    assert any(name.startswith("image_encoder.trunk.net.conv_stem") for name in changed)
    groups = rate_groups(trainable, learning(trainable, recipe), recipe)
    shares = [group["share"] for group in groups]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1.0
    assert shares[-1] == pytest.approx(0.5**9)


def test_parts_give_the_step_of_the_whole(tmp_path: Path) -> None:
    _, whole = _trainer(tmp_path)
    batch = _batch(whole)
    assert sum(len(part.targets) for part in batch.parts(3)) == len(batch.targets)
    rejoined = torch.cat([part.targets for part in batch.parts(3)])
    assert torch.equal(rejoined, batch.targets)
    for part in batch.parts(3):
        assert part.kept is not None
        assert int(part.owner.max()) + 1 == len(part.kept.emb)


def test_the_rate_warms_up_and_falls_to_nothing() -> None:
    recipe = Recipe(rate=1.0, warm_up=0.1)
    rates = [rate_at(progress, recipe) for progress in (0.01, 0.05, 0.1, 0.5, 1.0)]
    assert rates[0] < rates[1] < rates[2]
    assert rates[2] > rates[3] > rates[4]
    assert rates[4] < 1e-6


def test_the_best_epoch_is_returned(tmp_path: Path) -> None:
    told: list[TrainingEvent] = []
    _, trainer = _trainer(tmp_path, told=told)
    best = trainer.run(_watch([0.3, 0.6, 0.4]), Control(tmp_path / "run"))
    assert (trainer.best_epoch, trainer.best_score) == (1, 0.6)
    assert set(best) == set(trainer.parameters)
    assert any(not torch.equal(best[name], trainer.average.values[name]) for name in best)
    epochs = [event.values for event in told if event.kind == "epoch"]
    assert [one["best"] for one in epochs] == [True, True, False]
    assert {"epoch", "epochs", "loss", "miou", "box_miou", "seconds_left"} <= set(epochs[-1])


def test_the_last_epoch_is_returned_where_too_few_photos_tell_which_is_best(tmp_path: Path) -> None:
    _, trainer = _trainer(tmp_path)
    trainer.takes_last = True
    best = trainer.run(_watch([0.3, 0.6, 0.4]), Control(tmp_path / "run"))
    assert trainer.best_epoch == 2
    assert all(torch.equal(best[name], trainer.average.values[name]) for name in best)


def test_it_stops_when_nothing_gets_better(tmp_path: Path) -> None:
    _, trainer = _trainer(tmp_path, dataclasses.replace(QUICK, epochs=9, patience=1))
    trainer.run(_watch([0.5, 0.4, 0.4, 0.4, 0.4]), Control(tmp_path / "run"))
    assert trainer.epoch == 2


def test_a_run_gone_on_with_equals_one_without_a_break(tmp_path: Path) -> None:
    _, straight = _trainer(tmp_path)
    straight.run(_watch([0.1, 0.2, 0.3]), Control(tmp_path / "run"))
    control = Control(tmp_path / "run")
    _, broken = _trainer(tmp_path)
    broken._tell = lambda event: control._on_signal(0, None) if event.kind == "step" else None
    with pytest.raises(Stopped):
        broken.run(_watch([0.1, 0.2, 0.3]), control)
    assert (broken.epoch, broken.step) == (0, 1)
    _, again = _trainer(tmp_path)
    again.resume()
    assert (again.epoch, again.step) == (0, 1)
    again.run(_watch([0.2, 0.3]), Control(tmp_path / "run"))
    for name, value in straight.best.items():
        torch.testing.assert_close(again.best[name], value, atol=1e-4, rtol=1e-3)


def test_another_run_is_not_gone_on_with(tmp_path: Path) -> None:
    _, trainer = _trainer(tmp_path)
    trainer.save()
    trainer._identity = "other"
    with pytest.raises(TrainingError, match="another dataset"):
        trainer.resume()
    (tmp_path / "run" / "state.pt").write_bytes(b"half")
    with pytest.raises(TrainingError, match="no unfinished training"):
        trainer.resume()


def test_too_little_memory_halves_the_work_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[TrainingEvent] = []
    _, trainer = _trainer(tmp_path, told=told)
    batch = _batch(trainer)
    real = trainer._try_step

    def scarce(one: Batch) -> tuple[float, float]:
        if trainer.split < 2:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return real(one)

    monkeypatch.setattr(trainer, "_try_step", scarce)
    trainer._stepped(batch)
    assert trainer.split == 2
    assert [event.kind for event in told] == ["notice"]
    assert "2 parts" in told[0].values["text"]


def test_no_memory_at_all_is_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, trainer = _trainer(tmp_path)

    def scarce(_one: Batch) -> tuple[float, float]:
        raise MemoryError

    batch = _batch(trainer)
    monkeypatch.setattr(trainer, "_try_step", scarce)
    with pytest.raises(TrainingError, match="smaller"):
        trainer._stepped(batch)


def test_an_infinite_loss_is_an_end(tmp_path: Path) -> None:
    trainable, trainer = _trainer(tmp_path)
    with torch.no_grad():
        dict(trainable.network.named_parameters())["tok.weight"].fill_(float("nan"))
    with pytest.raises(TrainingError, match="smaller rate"):
        trainer._stepped(_batch(trainer))


def test_pause_go_and_cancel(tmp_path: Path) -> None:
    control = Control(tmp_path)
    control.check()
    command(tmp_path, PAUSE)
    assert control.is_paused
    command(tmp_path, GO)
    control.wait_while_paused()
    command(tmp_path, CANCEL)
    with pytest.raises(Cancelled):
        control.check()
    control.clear()
    control.check()


def test_a_paused_training_says_so_and_has_saved(tmp_path: Path) -> None:
    told: list[TrainingEvent] = []
    _, trainer = _trainer(tmp_path, told=told)
    control = Control(tmp_path / "run")
    command(tmp_path / "run", PAUSE)

    def go_on(event: TrainingEvent) -> None:
        told.append(event)
        if event.kind == "paused":
            assert (tmp_path / "run" / "state.pt").exists()
            command(tmp_path / "run", GO)

    trainer._tell = go_on
    trainer.run(_watch([0.1, 0.2, 0.3]), control)
    kinds = [event.kind for event in told]
    assert kinds.index("paused") + 1 == kinds.index("resumed")
