from __future__ import annotations

from pathlib import Path

import pytest

from foodcal_desktop.storage import paths
from foodcal_desktop.training.recipe import RecipeError, as_dict, is_whole, load_recipe, load_whole
from foodcal_desktop.training.settings import Recipe


@pytest.mark.parametrize("name", ["heads", "small", "full"])
def test_the_shipped_recipes_are_sound(name: str) -> None:
    recipe = load_recipe(paths.recipes_dir() / f"{name}.yaml")
    assert recipe.name == name
    assert (recipe.loss.focal, recipe.loss.dice, recipe.loss.iou) == (20.0, 1.0, 1.0)


def test_the_bundled_checkpoints_own_recipe_is_sound_and_for_it_alone(tmp_path: Path) -> None:
    path = paths.recipes_dir() / "lite.yaml"
    assert is_whole(path)
    assert not is_whole(paths.recipes_dir() / "heads.yaml")
    recipe = load_whole(path, "lite")
    assert recipe.sides == (448,)
    assert sum(recipe.side_shares) == pytest.approx(1)
    with pytest.raises(RecipeError, match=r"full\.yaml"):
        load_whole(path, "sam2")
    (tmp_path / "r.yaml").write_text("trainer: whole\nsides: [350]\nside_shares: [1.0]\n")
    with pytest.raises(RecipeError, match="multiples of 32"):
        load_whole(tmp_path / "r.yaml", "lite")


def test_settings_left_out_have_their_default(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text("epochs: 3\nloss: {dice: 2}\nrounds: [0.5, 0.5]\n")
    recipe = load_recipe(tmp_path / "r.yaml")
    assert (recipe.epochs, recipe.loss.dice, recipe.loss.focal) == (3, 2.0, 20.0)
    assert recipe.rounds == (0.5, 0.5)
    assert as_dict(Recipe())["loss"] == {"focal": 20.0, "dice": 1.0, "iou": 1.0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("epoch: 3", "unknown setting 'epoch'"),
        ("epochs: three", "must be a whole number"),
        ("epochs: 0", "between 1 and 10000"),
        ("epochs: true", "must be a whole number"),
        ("rate: -1", "rate must be between"),
        ("rounds: [0.5, 0.6]", "must sum to 1"),
        ("rounds: 1", "must be a list"),
        ("encoder: thawed", "one of frozen, trained"),
        ("loss: 3", "a group of settings"),
        ("loss: {focal: .nan}", "loss: focal must be a number, not nan"),
        ("loss: {dice: .inf}", "must be a number"),
        ("loss: {foca: 3}", "unknown setting 'foca'"),
        ("- 1", "holds no settings"),
        ("epochs: [", "no YAML"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "r.yaml").write_text(text)
    with pytest.raises(RecipeError, match=said) as caught:
        load_recipe(tmp_path / "r.yaml")
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="nowhere"):
        load_recipe(tmp_path / "nowhere.yaml")
