"""Averages the weights of two checkpoints of one structure, of which one was trained on from the other.

    python scripts/average_weights.py FIRST.safetensors SECOND.safetensors OUT.safetensors [--share 0.5]

Weights between two ends of one training often segment better than either (Wortsman et al. 2022, "Model soups").
"""

from __future__ import annotations

from pathlib import Path

import click
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor


def averaged(first: dict[str, Tensor], second: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """``share`` of the second's weights and the rest of the first's. Raises ValueError where names or shapes differ."""
    if {n: t.shape for n, t in first.items()} != {n: t.shape for n, t in second.items()}:
        raise ValueError("The checkpoints have different structures; average two of the same kind.")
    return {name: first[name].lerp(second[name], share) for name in first}


@click.command(help=__doc__)
@click.argument("first", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("second", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--share", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="What counts of SECOND.")
def main(first: Path, second: Path, out: Path, share: float) -> None:
    """Write OUT, with the first's metadata."""
    with safe_open(first, framework="pt") as file:
        metadata = file.metadata()
    try:
        weights = averaged(load_file(first), load_file(second), share)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    save_file(weights, out, metadata=metadata)


if __name__ == "__main__":
    main()
