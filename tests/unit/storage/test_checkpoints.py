"""The catalogue on real files: the bundled checkpoint, made-up ones, half ones and wrong ones."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import zipfile
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from foodcal_desktop.storage import paths
from foodcal_desktop.storage.checkpoints import Catalogue, CheckpointError
from foodcal_desktop.storage.settings import CHECKPOINT, Settings
from foodcal_desktop.storage.weights_header import NotWeightsError, recognise

OFFICIAL = ("sam2.1-tiny", "sam2.1-small", "sam2.1-base-plus", "sam2.1-large")


def lite_names() -> dict[str, torch.Tensor]:
    return {name: torch.ones(2, 2) for name in ("maps.0.weight", "maps_hi.weight", "tok.weight")}


def sam2_names(blocks: int) -> dict[str, torch.Tensor]:
    names = [f"image_encoder.trunk.blocks.{number}.norm1.weight" for number in range(blocks)]
    return {name: torch.ones(3) for name in [*names, "sam_mask_decoder.iou_token.weight"]}


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A program folder whose catalogue has a small bundled checkpoint and a small official one."""
    folder = tmp_path / "models"
    folder.mkdir()
    save_file(lite_names(), folder / "lite.safetensors")
    torch.save({"model": sam2_names(12)}, tmp_path / "official.pt")
    entries = [
        _entry("lite", "lite", "bundled", folder / "lite.safetensors", "lite.safetensors"),
        _entry("sam2.1-tiny", "sam2", "official", tmp_path / "official.pt", "sam2.1_hiera_tiny.pt")
        | {"url": "https://host.example/sam2.1_hiera_tiny.pt", "config": "configs/sam2.1/sam2.1_hiera_t.yaml"},
    ]
    (folder / "catalog.json").write_text(json.dumps({"checkpoints": entries}))
    return folder


def _entry(name: str, kind: str, origin: str, path: Path, file: str) -> dict[str, object]:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return {"name": name, "kind": kind, "origin": origin, "file": file, "bytes": len(content), "sha256": digest}


@pytest.fixture
def catalogue(models: Path, data_dir: Path) -> Catalogue:
    return Catalogue(models)


@pytest.fixture
def official_file(models: Path) -> Path:
    return models.parent / "official.pt"


def test_the_shipped_catalogue_names_the_bundled_and_the_four_official_ones(data_dir: Path) -> None:
    every = Catalogue().checkpoints()
    assert [one.name for one in every] == ["lite", *OFFICIAL]
    assert every[0].state == "ready"
    assert all(one.state == "missing" and one.url.endswith(one.path.name) for one in every[1:])
    assert [one.bytes for one in every[1:]] == [156_008_466, 184_416_285, 323_606_802, 898_083_611]


def test_the_shipped_checkpoint_is_whole(data_dir: Path) -> None:
    assert Catalogue().verify("lite").path == paths.models_dir() / "lite.safetensors"


def test_an_unknown_name_lists_the_known_ones(catalogue: Catalogue) -> None:
    with pytest.raises(CheckpointError, match=r"no checkpoint 'x'; there are: lite, sam2\.1-tiny"):
        catalogue.get("x")


def test_an_official_file_is_known_by_its_hash_whatever_its_name(catalogue: Catalogue, official_file: Path) -> None:
    taken = catalogue.import_file(official_file)
    assert taken.name == "sam2.1-tiny" and taken.state == "ready"
    assert taken.path.name == "sam2.1_hiera_tiny.pt"
    assert catalogue.verify("sam2.1-tiny").sha256 == taken.sha256
    assert official_file.exists()


def test_half_an_official_file_is_refused_with_both_sizes(catalogue: Catalogue, official_file: Path) -> None:
    half = official_file.with_name("sam2.1_hiera_tiny.pt")
    half.write_bytes(official_file.read_bytes()[:500])
    with pytest.raises(CheckpointError, match=r"has 500 bytes instead of [\d,]+; fetch it again from https"):
        catalogue.import_file(half)


@pytest.mark.parametrize("suffix", [".pt", ".safetensors"])
def test_ones_own_checkpoint_is_recorded_with_kind_and_config(
    catalogue: Catalogue, tmp_path: Path, suffix: str
) -> None:
    source = tmp_path / f"내 모델 v2{suffix}"
    save_file(sam2_names(24), source) if suffix == ".safetensors" else torch.save(sam2_names(24), source)
    own = catalogue.import_file(source, note="decoder tuned on 80 photos")
    assert (own.name, own.kind, own.origin) == ("내-모델-v2", "sam2", "own")
    assert own.config == "configs/sam2.1/sam2.1_hiera_b+.yaml"
    assert own in Catalogue(catalogue._models).checkpoints()
    catalogue.remove(own.name)
    assert not own.path.exists() and own not in catalogue.checkpoints()


def test_a_name_is_given_once(catalogue: Catalogue, tmp_path: Path) -> None:
    save_file(lite_names() | {"more": torch.ones(1)}, tmp_path / "mine.safetensors")
    catalogue.import_file(tmp_path / "mine.safetensors")
    with pytest.raises(CheckpointError, match="another name"):
        catalogue.import_file(tmp_path / "mine.safetensors")
    assert catalogue.import_file(tmp_path / "mine.safetensors", name="second").name == "second"


def test_a_wrong_file_is_refused_with_what_to_do(catalogue: Catalogue, official_file: Path) -> None:
    official = catalogue.import_file(official_file)
    wrong = bytearray(official.path.read_bytes())
    wrong[len(wrong) // 2] ^= 1
    official.path.write_bytes(wrong)
    with pytest.raises(CheckpointError, match="remove it, then download it"):
        catalogue.require_whole(official)


def test_half_a_file_is_refused_with_both_sizes(catalogue: Catalogue, official_file: Path) -> None:
    official = catalogue.import_file(official_file)
    official.path.write_bytes(official.path.read_bytes()[:400])
    assert catalogue.get("sam2.1-tiny").state == "damaged"
    with pytest.raises(CheckpointError, match="400 bytes instead of"):
        catalogue.verify("sam2.1-tiny")


def test_a_missing_file_says_how_to_get_it(catalogue: Catalogue) -> None:
    with pytest.raises(CheckpointError, match=r"checkpoints download sam2\.1-tiny"):
        catalogue.verify("sam2.1-tiny")


def test_a_file_is_hashed_once_and_again_after_a_change(catalogue: Catalogue, official_file: Path) -> None:
    official = catalogue.import_file(official_file)
    read: list[int] = []
    catalogue.require_whole(official, lambda done, _: read.append(done))
    first = len(read)
    catalogue.require_whole(official, lambda done, _: read.append(done))
    assert first > 0 and len(read) == first
    os.utime(official.path, ns=(1, 1))
    catalogue.require_whole(official, lambda done, _: read.append(done))
    assert len(read) > first


def test_verify_reads_even_a_file_that_was_hashed_before(catalogue: Catalogue) -> None:
    catalogue.verify("lite")
    read: list[int] = []
    catalogue.verify("lite", lambda done, _: read.append(done))
    assert read


def test_a_damaged_memory_of_hashes_costs_only_time(catalogue: Catalogue) -> None:
    read: list[int] = []
    lite = catalogue.get("lite")
    catalogue.require_whole(lite)
    (catalogue.folder / "hashes.json").write_text("{half")
    catalogue.require_whole(lite, lambda done, _: read.append(done))
    assert read, "it is hashed again"


def test_the_bundled_one_stays(catalogue: Catalogue) -> None:
    with pytest.raises(CheckpointError, match="cannot be removed"):
        catalogue.remove("lite")


def test_selecting_is_kept_and_falls_back_when_the_file_goes(catalogue: Catalogue, official_file: Path) -> None:
    assert catalogue.selected().name == "lite"
    catalogue.import_file(official_file)
    catalogue.select("sam2.1-tiny")
    assert Settings.load().get(CHECKPOINT) == "sam2.1-tiny"
    assert catalogue.selected().name == "sam2.1-tiny"
    catalogue.remove("sam2.1-tiny")
    warnings: list[str] = []
    assert catalogue.selected(warn=warnings.append).name == "lite"
    assert "not on this computer any more" in warnings[0]


def test_what_is_not_there_cannot_be_selected(catalogue: Catalogue) -> None:
    with pytest.raises(CheckpointError, match="not on this computer yet"):
        catalogue.select("sam2.1-tiny")
    assert Settings.load().get(CHECKPOINT) == "lite"


def test_any_file_can_be_named_by_its_path(catalogue: Catalogue, tmp_path: Path, official_file: Path) -> None:
    found = catalogue.resolve(official_file)
    assert (found.name, found.path) == ("sam2.1-tiny", official_file)
    save_file(lite_names() | {"x": torch.zeros(1)}, tmp_path / "tuned.safetensors")
    tuned = catalogue.resolve(str(tmp_path / "tuned.safetensors"))
    assert (tuned.name, tuned.kind, tuned.origin) == ("tuned", "lite", "own")
    catalogue.require_whole(tuned)


def test_the_next_smaller_one_is_the_largest_below(catalogue: Catalogue, official_file: Path, tmp_path: Path) -> None:
    official = catalogue.import_file(official_file)
    smaller = catalogue.smaller_than(official)
    assert smaller is not None and smaller.name == "lite"
    assert catalogue.smaller_than(smaller) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pt", b""),
        ("empty.safetensors", b""),
        ("text.pt", b"<html>not found</html>"),
        ("text.safetensors", b"<html>not found</html>"),
        ("huge.safetensors", b"\xff" * 8 + b"{}"),
        ("legacy.pt", pickle.dumps({"a": 1})),
    ],
)
def test_what_is_no_weights_file_is_refused(catalogue: Catalogue, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CheckpointError, match="fetch it again"):
        catalogue.import_file(tmp_path / name)


def test_weights_of_another_program_are_refused(catalogue: Catalogue, tmp_path: Path) -> None:
    save_file({"conv.weight": torch.ones(1)}, tmp_path / "yolo.safetensors")
    with pytest.raises(CheckpointError, match="another program"):
        catalogue.import_file(tmp_path / "yolo.safetensors")


def test_another_kind_of_file_and_no_file(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(CheckpointError, match="no checkpoint"):
        catalogue.import_file(tmp_path / "photo.jpg")
    with pytest.raises(CheckpointError, match="no file"):
        catalogue.import_file(tmp_path / "gone.pt")


def test_a_damaged_list_of_own_ones_says_so(catalogue: Catalogue) -> None:
    (catalogue.folder / "own.json").write_text("[{")
    with pytest.raises(CheckpointError, match="delete it"):
        catalogue.checkpoints()


class _Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("exploded",)


def test_recognising_a_file_runs_nothing_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile(tmp_path / "bomb.pt", "w") as archive:
        archive.writestr("bomb/data.pkl", pickle.dumps({"maps.0.weight": _Bomb()}))
    with pytest.raises(NotWeightsError, match="another program"):
        recognise(tmp_path / "bomb.pt")
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize(("blocks", "letter"), [(12, "t"), (16, "s"), (24, "b+"), (48, "l")])
def test_the_config_is_told_by_the_number_of_blocks(tmp_path: Path, blocks: int, letter: str) -> None:
    torch.save({"model": sam2_names(blocks)}, tmp_path / "any.pth")
    assert recognise(tmp_path / "any.pth").config == f"configs/sam2.1/sam2.1_hiera_{letter}.yaml"
