"""``foodcal-desktop evaluate portions``: grams estimated against grams weighed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from foodcal_desktop.commands import common
from foodcal_desktop.commands.outputs import require_spare


@click.command("portions")
@click.argument("foods", metavar="FOODS.csv", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("boxes", metavar="BOXES.csv", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("images_dir", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--arm", default="boxes", show_default=True, type=click.Choice(["boxes", "clicks"]), help="How to prompt."
)
@click.option(
    "--views",
    default="top",
    show_default=True,
    type=click.Choice(["top", "top+side", "all-top", "all"]),
    help="What is used.",
)
@click.option("--freeze", type=click.Path(path_type=Path, dir_okay=False), help="Write the priors of all foods here.")
@click.option("--priors", type=click.Path(path_type=Path, dir_okay=False), help="Use these priors and fit nothing.")
@common.checkpoint_option
@common.json_option
def command(
    foods: Path,
    boxes: Path,
    images_dir: Path,
    arm: str,
    views: str,
    freeze: Path | None,
    priors: Path | None,
    checkpoint: str | None,
    as_json: bool,
) -> None:
    """Estimate weighed foods from their photos; what is fitted has never seen the food it is tested on."""
    from foodcal_desktop.segmentation.loading import load_segmenter
    from foodcal_desktop.training.evaluate_portions import evaluate_portions

    def told(done: int, total: int) -> None:
        if done % 25 == 0 or done == total:
            common.progress(f"{done} of {total} photos")

    require_spare(freeze, foods, boxes, images_dir, *([priors] if priors else []))
    segmenter = load_segmenter(common.selected_checkpoint(checkpoint))
    document = evaluate_portions(
        foods, boxes, images_dir, arm, views, segmenter=segmenter, freeze=freeze, priors=priors, told=told
    )
    if as_json:
        common.print_json(document)
    else:
        click.echo(_for_people(document))


def _for_people(document: dict[str, Any]) -> str:
    rows = [_row(name, section) for name, section in document["by_type"].items()]
    if document["size_varied"]:
        rows.append(_row("of varied size", document["size_varied"]))
    rows.append(_row("all", document))
    low, high = document["ci95"]
    header = ["food", "foods", "error", "median", "bias", "within 20 %", "in interval", *document["baselines"]]
    return f"{common.table(rows, header)}\nmean error {document['mape']:.1%} (95 %: {low:.1%} to {high:.1%})"


def _row(name: str, section: dict[str, Any]) -> list[str]:
    keys = ("mape", "median_ape", "bias", "within20", "coverage80")
    baselines = ["–" if value is None else f"{value:.0%}" for value in section["baselines"].values()]
    return [name, str(section["foods"]), *(f"{section[key]:.0%}" for key in keys), *baselines]
