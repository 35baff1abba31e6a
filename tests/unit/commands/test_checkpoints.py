"""The checkpoints command through the program's own entry, on real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from safetensors.torch import load_file, save_file

from foodcal_desktop.cli import run
from foodcal_desktop.storage import paths


@pytest.fixture(autouse=True)
def _home(data_dir: Path) -> None:
    """A data folder of its own for every test."""


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    """The bundled weights under another hash."""
    weights = load_file(paths.models_dir() / "lite.safetensors")
    path = tmp_path / "tuned.safetensors"
    save_file(weights, path, metadata={"tuned": "yes"})
    return path


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    """The JSON document of a command that must succeed with nothing else on standard output."""
    assert run(["checkpoints", *arguments, "--json"]) == 0
    document: dict[str, object] = json.loads(capsys.readouterr().out)
    return document


def failure(capsys: pytest.CaptureFixture[str], status: int, *arguments: str) -> str:
    """The one sentence of a command that must fail."""
    assert run(["checkpoints", *arguments]) == status
    captured = capsys.readouterr()
    assert captured.out == "" and "Traceback" not in captured.err
    return captured.err.strip()


def test_list_names_all_and_marks_the_selected_one(capsys: pytest.CaptureFixture[str]) -> None:
    document = answer(capsys, "list")
    assert document["selected"] == "lite"
    assert [one["state"] for one in document["checkpoints"]] == ["ready"] + ["missing"] * 4  # type: ignore[attr-defined]


def test_list_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["checkpoints", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("* lite") and "ready" in lines[1]
    assert "sam2.1-large" in lines[-1] and "898.1" in lines[-1]


def test_own_checkpoint_from_import_to_removal(capsys: pytest.CaptureFixture[str], own_file: Path) -> None:
    taken = answer(capsys, "import", str(own_file), "--name", "mine")
    assert (taken["name"], taken["kind"], taken["origin"]) == ("mine", "lite", "own")
    assert answer(capsys, "select", "mine")["selected"] is True
    assert answer(capsys, "list")["selected"] == "mine"
    answer(capsys, "remove", "mine")
    assert run(["checkpoints", "list", "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["selected"] == "lite"
    assert "bundled one is used instead" in captured.err


def test_verify_finds_the_wrong_byte(capsys: pytest.CaptureFixture[str], own_file: Path) -> None:
    path = Path(str(answer(capsys, "import", str(own_file))["path"]))
    wrong = bytearray(path.read_bytes())
    wrong[-1] ^= 1
    path.write_bytes(wrong)
    assert run(["checkpoints", "verify", "--json"]) == 1
    captured = capsys.readouterr()
    findings = {one["name"]: one["ok"] for one in json.loads(captured.out)["checkpoints"]}
    assert findings == {"lite": True, "tuned": False}
    assert captured.err.count("\n") == 1 and "import its file again" in captured.err


def test_failures_are_one_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "there are: lite" in failure(capsys, 1, "select", "nope")
    assert "checkpoints download sam2.1-tiny" in failure(capsys, 1, "select", "sam2.1-tiny")
    assert "no file" in failure(capsys, 1, "import", str(tmp_path / "gone.pt"))
    assert "belongs to the program" in failure(capsys, 1, "remove", "lite")
    assert "begin with https" in failure(capsys, 1, "download", "sam2.1-tiny", "--mirror", "somewhere")


def test_what_is_not_here_is_not_said_to_be_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["checkpoints", "remove", "sam2.1-tiny"]) == 0
    assert capsys.readouterr().out == "sam2.1-tiny is not on this computer.\n"


def test_wrong_arguments_have_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Missing argument 'NAME'" in failure(capsys, 2, "select")
    assert "--nonsense" in failure(capsys, 2, "verify", "--nonsense")


def test_the_bundled_one_needs_no_download(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "download", "lite")["state"] == "ready"
