"""What commands share: how they print, and how they name a checkpoint."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from math import isfinite, nan
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import east_asian_width

import click

from foodcal_desktop.core.food import MOST_GRAMS

Function = TypeVar("Function", bound=Callable[..., Any])


class Day(click.ParamType[str]):
    """A day of the diary as an option: an ISO date, "today" or "yesterday"."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """An ISO date; "today" and "yesterday" too."""
        words = {"today": date.today(), "yesterday": date.today() - timedelta(days=1)}
        try:
            return (words[value] if value in words else date.fromisoformat(str(value))).isoformat()
        except ValueError:
            self.fail(f"'{value}' is no day; write it as 2026-01-31.", param, ctx)


class Number(click.FloatRange):
    """A finite number in a range as an option: nan lies in every range, and infinity in one without an end."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; a sentence for what is none."""
        try:
            number = float(value)
        except ValueError:
            number = nan
        if not isfinite(number):
            self.fail(f"'{value}' is no number.", param, ctx)
        return super().convert(value, param, ctx)


class Grams(Number):
    """A weight in g as an option."""

    def __init__(self) -> None:
        super().__init__(min=0, min_open=True, max=MOST_GRAMS)


def json_option(function: Function) -> Function:
    """``--json``: one JSON document on standard output and nothing else there."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(function)


def checkpoint_option(function: Function) -> Function:
    """``--checkpoint NAME``: a name of `checkpoints list`; by default the selected one."""
    return click.option("--checkpoint", default=None, help="A name of `checkpoints list`; default: the selected one.")(
        function
    )


def photo_argument(function: Function) -> Function:
    """``PHOTO``: a file; whether it is a photo is found when it is opened."""
    return click.argument("photo", type=click.Path(path_type=Path))(function)


def require_dataset(folder: Path | None) -> None:
    """Raises UsageError where a folder is given that holds no dataset."""
    from foodcal_desktop.dataset.formats import files_of_dataset

    if folder is not None and not files_of_dataset(folder):
        raise click.UsageError(
            f"{folder} holds no dataset of COCO or labelme; name a folder written by export, or another program's."
        )


def print_json(document: object) -> None:
    """One document on standard output."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    print()


def progress(sentence: str) -> None:
    """A line for people, on standard error."""
    click.echo(sentence, err=True)


def selected_checkpoint(name: str | None) -> str:
    """The named checkpoint, or the one the settings select."""
    from foodcal_desktop.storage.settings import CHECKPOINT, Settings

    return name or Settings.load().get(CHECKPOINT)


def table(rows: list[list[str]], header: list[str]) -> str:
    """Rows aligned in columns, the first to the left, the others to the right."""
    widths = [max(_cells(row[i]) for row in [header, *rows]) for i in range(len(header))]
    lines = []
    for row in [header, *rows]:
        blanks = [" " * (width - _cells(cell)) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join([row[0] + blanks[0], *(b + cell for b, cell in zip(blanks[1:], row[1:], strict=True))]))
    return "\n".join(line.rstrip() for line in lines)


def _cells(text: str) -> int:
    """How many cells of a terminal a text takes: a Korean syllable takes two (Unicode Standard Annex 11)."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
