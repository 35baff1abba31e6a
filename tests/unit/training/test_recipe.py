from __future__ import annotations

from pathlib import Path

import pytest

from foodcal_desktop.storage import paths
from foodcal_desktop.training.recipe import Recipe, RecipeError, as_dict, load_recipe


@pytest.mark.parametrize("name", ["heads", "full"])
def test_the_shipped_recipes_are_sound(name: str) -> None:
    recipe = load_recipe(paths.recipes_dir() / f"{name}.yaml")
    assert recipe.name == name
    assert (recipe.loss.focal, recipe.loss.dice, recipe.loss.iou) == (20.0, 1.0, 1.0)


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
