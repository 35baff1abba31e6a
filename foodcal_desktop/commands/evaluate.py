"""``foodcal-desktop evaluate``: how well a checkpoint segments, and how well portions are estimated."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import click

from foodcal_desktop.commands import common, evaluate_portions
from foodcal_desktop.commands.outputs import require_spare


@click.group("evaluate")
def command() -> None:
    """Measure segmentation or portions on photos whose answers are known."""


command.add_command(evaluate_portions.command)


@command.command("segmentation")
@click.argument("annotations", type=click.Path(path_type=Path))
@click.argument("images_dir", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--split", default="val", show_default=True, help='Photos of this split; "all" for every photo.')
@common.checkpoint_option
@click.option("--clicks", default=20, show_default=True, type=click.IntRange(1, 100), help="Clicks at most per object.")
@click.option("--jitter", default=0.0, show_default=True, type=common.Number(0), help="Clicks stray, sigma in px.")
@click.option("--limit", type=click.IntRange(1), help="The first N photos only.")
@click.option("--max-objects", default=4, show_default=True, type=click.IntRange(1), help="Largest objects per photo.")
@click.option("--plain", is_flag=True, help="Leave out the closer look, which the window takes after each answer.")
@click.option("--sheet", type=click.Path(path_type=Path, dir_okay=False), help="Write the worst objects to this PNG.")
@common.json_option
def segmentation(
    annotations: Path,
    images_dir: Path | None,
    split: str,
    checkpoint: str | None,
    clicks: int,
    jitter: float,
    limit: int | None,
    max_objects: int,
    plain: bool,
    sheet: Path | None,
    as_json: bool,
) -> None:
    """Click at the objects of a COCO file, or of a dataset's folder (COCO or labelme), as a patient person would.

    Each click is at the centre of the largest error. Boundary IoU is that after five clicks.
    """
    from foodcal_desktop.dataset.formats import files_of_dataset
    from foodcal_desktop.dataset.instances import read_coco_file, read_dataset
    from foodcal_desktop.training.evaluate import ClickProtocol, in_split

    _require(annotations, images_dir, sheet)
    read = read_coco_file(annotations, images_dir) if images_dir else read_dataset(annotations)
    if images_dir is not None and not any(_is_in(photo.path, images_dir) for photo in read.photos):
        raise click.UsageError(f"None of the photos of {annotations.name} is in {images_dir}; name their folder.")
    require_spare(sheet, *files_of_dataset(annotations), *(photo.path for photo in read.photos))
    photos, damaged = _sound(in_split(read.photos, "" if split == "all" else split, limit))
    if not photos:
        raise click.UsageError(f"{annotations.name} has no annotated photos of the split '{split}'; name another.")
    protocol = ClickProtocol(clicks=clicks, jitter=jitter, max_objects=max_objects, closer=not plain)
    left_out = dataclasses.replace(read.left_out, damaged=read.left_out.damaged + damaged)
    if left_out.sentence():
        common.progress(left_out.sentence())
    document = _evaluated(photos, protocol, common.selected_checkpoint(checkpoint), sheet)
    document["left_out"] = left_out.document()
    if as_json:
        common.print_json(document)
    else:
        click.echo(_for_people(document))


def _is_in(path: Path, folder: Path) -> bool:
    """Whether a photo was found in the folder that was named, and not beside the annotations in its stead."""
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())


def _sound(photos: list[Any]) -> tuple[list[Any], int]:
    """The photos with the masks that can be drawn, and how many cannot."""
    from foodcal_desktop.dataset.instances import drawn

    sound = [dataclasses.replace(photo, instances=tuple(one for one, _ in drawn(photo))) for photo in photos]
    damaged = sum(len(photo.instances) for photo in photos) - sum(len(photo.instances) for photo in sound)
    return [photo for photo in sound if photo.instances], damaged


def _require(annotations: Path, images_dir: Path | None, sheet: Path | None) -> None:
    """Raises UsageError for what is not there, before minutes are spent."""
    from foodcal_desktop.training.contact_sheet import SUFFIXES

    if not annotations.exists():
        raise click.UsageError(f"There is no file {annotations}.")
    if images_dir is not None and not images_dir.is_dir():
        raise click.UsageError(f"There is no folder {images_dir}.")
    if sheet is not None and sheet.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"A contact sheet is a .png or .jpg, not '{sheet.name}'.")
    if sheet is not None and not sheet.absolute().parent.is_dir():
        raise click.UsageError(f"There is no folder {sheet.absolute().parent} for the contact sheet.")


def _evaluated(photos: list[Any], protocol: Any, checkpoint: str, sheet: Path | None) -> dict[str, Any]:
    from foodcal_desktop.segmentation import devices
    from foodcal_desktop.segmentation.loading import load_checkpoint
    from foodcal_desktop.storage.checkpoints import Catalogue
    from foodcal_desktop.training.contact_sheet import write_sheet
    from foodcal_desktop.training.evaluate import evaluate
    from foodcal_desktop.training.figures import document

    def told(done: int) -> None:
        if done % 25 == 0 or done == len(photos):
            common.progress(f"{done} of {len(photos)} photos")

    catalogue = Catalogue()
    found = catalogue.resolve(checkpoint)
    catalogue.require_whole(found)
    # Without a smaller checkpoint to fall back to: the figures shall be this one's.
    segmenter: Any = load_checkpoint(found, devices.choose())
    evaluation = evaluate(segmenter, photos, protocol, progress=told)
    if sheet is not None:
        write_sheet(evaluation.objects, sheet)
    return document(evaluation, checkpoint)


def _for_people(document: dict[str, Any]) -> str:
    rows = [
        [name, _value(_at(document, path)), "–".join(_value(end) for end in _at(document["ci95"], path))]
        for name, path in _ROWS
        if _at(document, path) is not None
    ]
    seconds = document["seconds"]
    return "\n".join(
        [
            f"{document['checkpoint']}: {document['objects']} objects of {document['photos']} photos",
            common.table(rows, ["", "mean", "95 %"]),
            "",
            common.table(_group_rows(document["by_size"]), ["size", "objects", "IoU@1", "IoU@5", "box", "NoC@85"]),
            "",
            common.table(_group_rows(document["by_category"]), ["food", "objects", "IoU@1", "IoU@5", "box", "NoC@85"]),
            "",
            f"seconds: {seconds['embed']:.3f} per photo, {seconds['predict']:.3f} per click",
        ]
    )


_ROWS = (
    ("IoU after 1 click", "miou.1"),
    ("IoU after 3 clicks", "miou.3"),
    ("IoU after 5 clicks", "miou.5"),
    ("IoU by a box", "box_miou"),
    ("clicks to IoU 0.85", "noc85"),
    ("clicks to IoU 0.90", "noc90"),
    ("boundary IoU", "boundary_iou"),
)


def _at(document: dict[str, Any], path: str) -> Any:
    value: Any = document
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _value(number: float | None) -> str:
    return "–" if number is None else f"{number:.3f}"


def _group_rows(groups: dict[str, Any]) -> list[list[str]]:
    paths = ("miou.1", "miou.5", "box_miou", "noc85")
    return [[name, str(one["objects"]), *(_value(_at(one, path)) for path in paths)] for name, one in groups.items()]
