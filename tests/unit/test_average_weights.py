"""scripts/average_weights.py: what lies between two checkpoints."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch
from click.testing import CliRunner
from safetensors import safe_open
from safetensors.torch import load_file, save_file

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    monkeypatch.delitem(sys.modules, "average_weights", raising=False)
    return CliRunner()


def test_the_share_of_each_and_the_first_ones_metadata(run: CliRunner, tmp_path: Path) -> None:
    import average_weights  # type: ignore[import-not-found, unused-ignore]

    save_file({"w": torch.tensor([0.0, 4.0])}, tmp_path / "a", metadata={"size": "448"})
    save_file({"w": torch.tensor([1.0, 0.0])}, tmp_path / "b")
    result = run.invoke(average_weights.main, [*(str(tmp_path / n) for n in "abc"), "--share", "0.25"])
    assert result.exit_code == 0, result.output
    assert load_file(tmp_path / "c")["w"].tolist() == [0.25, 3.0]
    with safe_open(tmp_path / "c", framework="pt") as file:
        assert file.metadata() == {"size": "448"}


def test_two_structures_are_not_mixed(run: CliRunner, tmp_path: Path) -> None:
    import average_weights  # type: ignore[import-not-found, unused-ignore]

    save_file({"w": torch.zeros(2)}, tmp_path / "a")
    save_file({"w": torch.zeros(3)}, tmp_path / "b")
    result = run.invoke(average_weights.main, [str(tmp_path / n) for n in "abc"])
    assert result.exit_code == 1 and "different structures" in result.output
    assert not (tmp_path / "c").exists()
