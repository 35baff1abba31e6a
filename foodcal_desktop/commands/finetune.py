"""``foodcal-desktop finetune``: a checkpoint that has learned from corrections, taken only if it is better."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import shutil
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

import click

from foodcal_desktop.commands import common, finetune_check


@click.command("finetune")
@click.argument("dataset", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--base", default=None, help="The checkpoint to start from; default: the selected one.")
@click.option("--name", required=True, help="What the new checkpoint will be called.")
@click.option("--recipe", "recipe_file", type=click.Path(path_type=Path, dir_okay=False), help="A file of settings.")
@click.option("--epochs", type=click.IntRange(1, 10_000), help="Instead of the recipe's.")
@click.option("--device", default=None, help="auto, cuda, mps or cpu; default: as set.")
@click.option("--resume", is_flag=True, help="Go on with the unfinished training of this name.")
@click.option("--select", is_flag=True, help="Use the new checkpoint from now on, if it is better.")
@click.option("--check", is_flag=True, help="Only read DATASET and recipe, and say what they hold or what is wrong.")
# The window's: a training that is paused would outlive it for ever, and hold its run, where the window is killed.
@click.option("--ends-with-input", is_flag=True, hidden=True, help="Save and stop when standard input ends.")
@common.json_option
def command(
    dataset: Path | None,
    base: str | None,
    name: str,
    recipe_file: Path | None,
    epochs: int | None,
    device: str | None,
    resume: bool,
    select: bool,
    check: bool,
    ends_with_input: bool,
    as_json: bool,
) -> None:
    """Fine-tune on DATASET (a folder written by export), or without one on all corrections so far.

    Progress goes to standard error, with --json as one JSON event a line. The file `control` in the run's folder pauses
    ("pause"), goes on ("go") or gives up ("cancel"). Under torchrun all processes train together.
    """
    from foodcal_desktop.storage.training_runs import Run

    common.require_dataset(dataset)
    start = common.selected_checkpoint(base)
    if check:
        finetune_check.report(dataset, recipe_file, lambda file: _recipe(file, epochs, "", start), as_json)
        return
    chosen = _device(device)
    recipe = _recipe(recipe_file, epochs, chosen.kind, start)
    order = Run(name, start, str(dataset.resolve()) if dataset else "", _full(recipe_file), epochs or 0)
    _train(order, recipe, chosen, resume, ends_with_input, select, as_json)


def _train(
    order: Any, recipe: Any, device: Any, resume: bool, ends_with_input: bool, select: bool, as_json: bool
) -> None:
    """In one process or, under torchrun, in all of them; the first one tells what came of it."""
    from foodcal_desktop.storage.checkpoints import Catalogue
    from foodcal_desktop.training import distributed
    from foodcal_desktop.training.control import Cancelled, Stopped

    with distributed.group():
        try:
            distributed.alike(lambda: Catalogue().require_free(order.name))
            with _alone(order.name):
                document = _run(order, recipe, device, resume, ends_with_input, as_json)
        except Stopped as stopped:
            raise _ended("Stopped; --resume goes on where it was.") from stopped
        except Cancelled as cancelled:
            raise _ended("Cancelled; nothing was kept.") from cancelled
        except distributed.RefusedElsewhereError as refused:
            raise click.exceptions.Exit(1) from refused
        if distributed.is_first():
            _report(document, select, as_json)


@contextlib.contextmanager
def _alone(name: str) -> Iterator[None]:
    """Hold the run, so that no other process goes on with it, or throws it away, meanwhile."""
    from foodcal_desktop.storage.run_lock import RunLock
    from foodcal_desktop.training import distributed

    lock = RunLock(name)
    if not distributed.first_says(not distributed.is_first() or lock.take()):
        raise _ended(f"The training {name} runs already in another process; wait for its end, or take another --name.")
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _nothing_left(name: str) -> Iterator[None]:
    """Of a training that failed before it had learned anything no folder stays."""
    from foodcal_desktop.storage import training_runs
    from foodcal_desktop.training import distributed
    from foodcal_desktop.training.control import Stopped

    try:
        yield
    except Stopped:
        raise
    except Exception:
        if distributed.is_first() and training_runs.saved_at(name) is None:
            shutil.rmtree(training_runs.run_folder(name), ignore_errors=True)
        raise


def _ended(sentence: str) -> Exception:
    """All processes of a training end so together, and the first one says it."""
    from foodcal_desktop.training import distributed

    return click.ClickException(sentence) if distributed.is_first() else click.exceptions.Exit(1)


def _device(name: str | None) -> Any:
    from foodcal_desktop.segmentation import devices
    from foodcal_desktop.storage.settings import DEVICE, Settings

    return devices.choose(name or Settings.load().get(DEVICE))


def _recipe(file: Path | None, epochs: int | None, device: str, base: str) -> Any:
    """The recipe of a file; else full on a GPU, small for the bundled checkpoint's kind and heads for the others."""
    from foodcal_desktop.storage import paths
    from foodcal_desktop.storage.checkpoints import Catalogue
    from foodcal_desktop.training.recipe import RecipeError, is_whole, load_recipe, load_whole

    kind = Catalogue().resolve(base).kind
    usual = "full" if device != "cpu" else "small" if kind == "lite" else "heads"
    path = file or paths.recipes_dir() / f"{usual}.yaml"
    try:
        if is_whole(path):
            if epochs is not None:
                raise click.UsageError(f"{path.name} goes by its minutes and has no epochs; leave out --epochs.")
            return load_whole(path, kind)
        recipe = load_recipe(path)
    except RecipeError as error:
        raise click.UsageError(str(error)) from error
    return recipe if epochs is None else dataclasses.replace(recipe, epochs=epochs)


def _full(path: Path | None) -> str:
    return str(path.resolve()) if path else ""


def _run(order: Any, recipe: Any, device: Any, resume: bool, ends_with_input: bool, as_json: bool) -> dict[str, Any]:
    from foodcal_desktop.storage import training_runs
    from foodcal_desktop.storage.checkpoints import Catalogue
    from foodcal_desktop.training import distributed
    from foodcal_desktop.training.control import Control
    from foodcal_desktop.training.finetune import FineTuning
    from foodcal_desktop.training.full_disk import said_plainly

    catalogue = Catalogue()
    checkpoint = catalogue.resolve(order.base)
    catalogue.require_whole(checkpoint)
    tell = _teller(as_json, training_runs.run_folder(order.name))
    folder = _run_folder(order, resume, {one.name for one in catalogue.checkpoints()}, tell)
    control = Control(folder)
    if distributed.is_first():
        control.clear()
    if ends_with_input:
        control.stop_at_end_of_input()
    source = Path(order.dataset) if order.dataset else folder / "dataset"
    with _nothing_left(order.name), said_plainly(folder), control.on_signals():
        if not order.dataset and distributed.is_first():
            _corrections(folder, resume)
        distributed.wait_for_all()
        tuning = distributed.alike(lambda: FineTuning(source, checkpoint, order.name, recipe, device, tell, folder))
        return tuning.run(catalogue, control, resume)


def _run_folder(order: Any, resume: bool, taken: Container[str], tell: Any) -> Path:
    """The run's folder, empty unless it is gone on with, and in it what was asked."""
    from foodcal_desktop.storage import training_runs
    from foodcal_desktop.training import distributed

    folder = training_runs.run_folder(order.name)
    if distributed.is_first() and not resume:
        if order.name in training_runs.unfinished():
            _keep_aside(order.name, taken, tell)
        shutil.rmtree(folder, ignore_errors=True)
    distributed.wait_for_all()
    folder.mkdir(parents=True, exist_ok=True)
    if distributed.is_first() and not resume:
        training_runs.write_order(folder, order)
    return folder


def _keep_aside(name: str, taken: Container[str], tell: Any) -> None:
    """A forgotten --resume costs nothing."""
    from foodcal_desktop.storage import training_runs
    from foodcal_desktop.training.events import NOTICE, TrainingEvent

    other = training_runs.set_aside(name, taken)
    text = f"The unfinished training {name} is kept as {other}; --name {other} --resume goes on with it."
    tell(TrainingEvent(NOTICE, {"text": text}))


def _corrections(folder: Path, resume: bool) -> None:
    """All corrections so far as a dataset in the run's folder; a training gone on with keeps the ones it began with."""
    from foodcal_desktop.dataset.coco import export_coco
    from foodcal_desktop.dataset.items import AnnotatedPhoto
    from foodcal_desktop.storage.database import Database
    from foodcal_desktop.storage.store import Store

    out = folder / "dataset"
    if not (resume and out.is_dir()):
        with Database.open() as database:
            items = [AnnotatedPhoto(*row) for row in Store(database).annotated_photos()]
            export_coco(items, out)


def _teller(as_json: bool, folder: Path) -> Any:
    from foodcal_desktop.storage.training_runs import note_epoch
    from foodcal_desktop.training.events import EPOCH, FINISHED, TrainingEvent

    def tell(event: TrainingEvent) -> None:
        if event.kind == EPOCH:
            note_epoch(folder, event.values)
        line = event.to_line() if as_json else event.for_people()
        if line and not (as_json and event.kind == FINISHED):
            common.progress(line)

    return tell


def _report(document: dict[str, Any], select: bool, as_json: bool) -> None:
    from foodcal_desktop.storage.checkpoints import Catalogue

    document["selected"] = bool(select and document["better"])
    if document["selected"]:
        Catalogue().select(document["name"])
    if as_json:
        common.print_json(json.loads(json.dumps(document)))
    else:
        click.echo(_for_people(document))


_ROWS = (("IoU@1", "miou.1"), ("IoU@3", "miou.3"), ("IoU@5", "miou.5"), ("box", "box_miou"), ("NoC@85", "noc85"))


def _for_people(document: dict[str, Any]) -> str:
    rows = []
    for title, path in _ROWS:
        before, after, change = (_at(document[part], path) for part in ("before", "after", "difference"))
        interval = f"{change['value']:+.3f} ({change['low']:+.3f} to {change['high']:+.3f})"
        rows.append([title, f"{before:.3f}", f"{after:.3f}", interval])
    compared = document["compared"]
    head = f"On {compared['objects']} objects of {compared['photos']} photos held out:"
    return "\n".join([head, common.table(rows, ["", "before", "after", "difference (95 %)"]), _verdict(document)])


def _at(values: Any, path: str) -> Any:
    for key in path.split("."):
        values = values[key]
    return values


def _verdict(document: dict[str, Any]) -> str:
    if not document["better"]:
        return f"Not better than {document['base']} beyond doubt and so not added; correct more photos and try again."
    if document["selected"]:
        return f"Better. {document['name']} is used from now on; select {document['base']} to go back."
    return f"Better. Use it with: foodcal-desktop checkpoints select {document['name']}"
