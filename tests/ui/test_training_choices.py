"""What is chosen for a fine-tuning by the mouse: a recipe of one's own, a folder, which training to go on with."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from foodcal_desktop.storage.training_runs import Run, note_epoch, run_folder, write_order
from foodcal_desktop.ui import training_words
from foodcal_desktop.ui.training_page import TrainingPage
from tests.ui.conftest import Home
from tests.ui.test_training_page import WAIT_MS, click, opened, over, start
from tests.ui.training_children import SPOKEN, mark_photos
from tests.unit.storage.run_holder import holder
from tests.unit.training.training_case import write_dataset

NOW = 1_790_000_000.0


@pytest.fixture
def training_command(tmp_path: Path) -> list[str]:
    """A child that only speaks like a training; what is chosen is read by the real command."""
    (tmp_path / "child.py").write_text(SPOKEN)
    return [sys.executable, str(tmp_path / "child.py")]


@pytest.fixture
def page(make_home: Callable[[], Home], tmp_path: Path, data_dir: Path, qtbot: QtBot) -> TrainingPage:
    """The place, opened by its key, with four marked photos."""
    mark_photos(tmp_path, 4)
    return opened(make_home(), qtbot)


def choose(box: QComboBox, text: str) -> None:
    """Open the list by a click and click on an entry."""
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() // 2, box.height() // 2))
    index = box.model().index(box.findText(text), 0)
    assert index.isValid(), text
    box.view().scrollTo(index)
    at = box.view().visualRect(index).center()
    QTest.mouseMove(box.view().viewport(), at)
    # A list that has only just opened takes the release of the opening click for no choice.
    QTest.qWait(QApplication.doubleClickInterval() + 50)
    QTest.mouseClick(box.view().viewport(), Qt.MouseButton.LeftButton, pos=at)


def answer_dialog(path: Path | None) -> list[str]:
    """Name a file or a folder in the dialog that opens next, or cancel it; returns its title once it was there."""
    titles: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, answer)
            return
        titles.append(dialog.windowTitle())
        button = QDialogButtonBox.StandardButton.Cancel
        if path is not None:
            name = dialog.findChild(QLineEdit, "fileNameEdit")
            assert name is not None
            name.setText(str(path))
            button = QDialogButtonBox.StandardButton.Open
        box = dialog.findChild(QDialogButtonBox)
        assert box is not None
        click(box.button(button))

    QTimer.singleShot(0, answer)
    return titles


def recipe(folder: Path, text: str, name: str = "나의 recipe.yaml") -> Path:
    (folder / name).write_text(text)
    return folder / name


def interrupt(name: str, ago: float, epochs: int = 0, dataset: str = "", now: float = NOW) -> Path:
    """The folder of a training that was killed ``ago`` seconds before ``now``."""
    folder = run_folder(name)
    folder.mkdir(parents=True)
    write_order(folder, Run(name, "lite", dataset, "", 3))
    for epoch in range(epochs + 1 if epochs else 0):
        values = {"epoch": epoch, "epochs": 3, "loss": 0.5, "miou": {"1": 0.5, "3": 0.6, "5": 0.7}, "best": True}
        note_epoch(folder, values)
    (folder / "state.pt").touch()
    os.utime(folder / "state.pt", (now - ago, now - ago))
    return folder


def test_a_recipe_of_ones_own_is_chosen_trained_by_and_stays_in_the_list(
    page: TrainingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    form, mine = page.form, recipe(tmp_path, "encoder: trained\nepochs: 2\n")
    titles = answer_dialog(mine)
    choose(form.recipe, "A file of your own…")
    assert len(titles) == 1 and form.recipe.currentText() == "The usual one"
    assert form.recipe.aim.text() == "Reading 나의 recipe.yaml…" and form.recipe.aim.isVisible()
    assert not form.button.isEnabled(), "what it would be trained by is not known yet"
    qtbot.waitUntil(form.button.isEnabled, timeout=WAIT_MS)
    assert form.recipe.currentText() == "나의 recipe.yaml" and form.recipe.aim.text() == "Your own, read and checked"
    assert form.order.recipe == str(mine)
    choose(form.recipe, "heads")
    assert form.order.recipe.endswith("heads.yaml")
    choose(form.recipe, "나의 recipe.yaml")
    start(page, "tuned")
    qtbot.waitUntil(lambda: over(page), timeout=WAIT_MS)
    order = page.session.order
    assert order is not None and order.arguments()[-2:] == ["--recipe", str(mine)]
    click(page.view.discard)
    assert form.recipe.findText("나의 recipe.yaml") > 0 and form.order.recipe == str(mine)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rates: 0.1\n", "나의 recipe.yaml has the unknown setting 'rates'; there are: name, encoder, epochs"),
        ("rate: 0.1: 2\n", "The recipe 나의 recipe.yaml is no YAML in line 1; write a setting a line"),
        ("epochs: 0\n", "나의 recipe.yaml: epochs must be between 1 and 10000, not 0."),
    ],
)
def test_a_wrong_recipe_is_one_sentence_and_the_choice_before_stays(
    page: TrainingPage, tmp_path: Path, qtbot: QtBot, text: str, words: str
) -> None:
    form = page.form
    choose(form.recipe, "heads")
    answer_dialog(recipe(tmp_path, text))
    choose(form.recipe, "A file of your own…")
    qtbot.waitUntil(lambda: words in form.recipe.trouble.text(), timeout=WAIT_MS)
    assert form.recipe.trouble.isVisible() and form.recipe.aim.text().startswith("Only the decoder")
    assert form.recipe.currentText() == "heads" and form.order.recipe.endswith("heads.yaml")
    assert form.button.isEnabled() and form.recipe.findText("나의 recipe.yaml") < 0
    page.refresh()
    assert form.recipe.trouble.isVisible(), "until something else is chosen"
    choose(form.recipe, "small")
    assert form.recipe.aim.text().startswith("All of the bundled") and not form.recipe.trouble.isVisible()


def test_what_is_wrong_with_a_recipe_is_scrolled_into_sight(page: TrainingPage, qtbot: QtBot) -> None:
    for number in range(4):
        interrupt(f"long-{number}", number)
    page.window().resize(1024, 500)
    page.refresh()
    trouble, said = page.form.recipe.trouble, f"mine.yaml has the unknown setting 'x'; there are: {'rate, ' * 60}."
    page.session.recipes.refused.emit(said)
    qtbot.waitUntil(lambda: trouble.height() > 100, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: trouble.visibleRegion().boundingRect().height() == trouble.height(), timeout=10_000)


def test_a_dialog_that_is_cancelled_changes_nothing(page: TrainingPage, tmp_path: Path, qtbot: QtBot) -> None:
    form, folder = page.form, write_dataset(tmp_path / "set")
    choose(form.recipe, "small")
    answer_dialog(None)
    choose(form.recipe, "A file of your own…")
    assert form.order.recipe.endswith("small.yaml") and form.recipe.currentText() == "small"
    form.choose_folder(str(folder))
    answer_dialog(None)
    choose(form.source, "An exported dataset…")
    assert form.order.dataset == str(folder) and form.source.currentText() == "set"


def test_a_recipe_for_the_bundled_checkpoint_alone_is_listed_for_it_alone(
    page: TrainingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    form = page.form
    answer_dialog(recipe(tmp_path, "trainer: whole\nminutes: 5\n", "short.yml"))
    choose(form.recipe, "A file of your own…")
    qtbot.waitUntil(lambda: form.recipe.currentText() == "short.yml", timeout=WAIT_MS)
    assert not form.epochs.isEnabled()
    form.recipe.fill("sam2.1-tiny", is_lite=False)
    assert form.recipe.findText("short.yml") < 0 and form.order.recipe == ""
    form.recipe.fill("lite", is_lite=True)
    assert form.recipe.findText("short.yml") > 0


def test_a_chosen_folder_is_counted_as_the_training_would_use_it(
    page: TrainingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = write_dataset(tmp_path / "나의 set", train=5, val=3)
    document = json.loads((folder / "annotations.json").read_text())
    document["annotations"][0]["iscrowd"] = 1
    (folder / "annotations.json").write_text(json.dumps(document))
    answer_dialog(folder)
    choose(page.form.source, "An exported dataset…")
    assert [tile.number.text() for tile in page.counts] == ["–", "–", "–"], "the window does not wait"
    assert page.empty.texts()[0] == "Counting the photos of 나의 set…"
    assert page.form.button.isEnabled()
    qtbot.waitUntil(lambda: page.counts[0].number.text() == "5", timeout=WAIT_MS)
    assert [tile.number.text() for tile in page.counts] == ["5", "11", "–"]
    assert page.empty.texts()[0] == "5 photos to learn from"
    said = "5 photos teach, 3 are held out. Annotations left out: 1 of crowds, 0 without an outline."
    assert page.form.holds.text() == said and page.form.holds.isVisible()
    choose(page.form.source, "Everything marked so far")
    assert [tile.number.text() for tile in page.counts] == ["4", "10", "12"]
    assert page.empty.texts()[0] == "4 photos to learn from" and not page.form.holds.isVisible()


def test_a_folder_written_again_is_counted_again(page: TrainingPage, tmp_path: Path, qtbot: QtBot) -> None:
    folder = write_dataset(tmp_path / "set", train=2, val=1)
    page.form.choose_folder(str(folder))
    qtbot.waitUntil(lambda: page.counts[0].number.text() == "2", timeout=WAIT_MS)
    (tmp_path / "more").mkdir()
    more = write_dataset(tmp_path / "more" / "set", train=3, val=1)
    (folder / "annotations.json").write_bytes((more / "annotations.json").read_bytes())
    qtbot.waitUntil(lambda: page.counts[0].number.text() == "3", timeout=WAIT_MS)


def test_a_folder_that_cannot_be_read_is_one_sentence(page: TrainingPage, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "no set"
    folder.mkdir()
    (folder / "annotations.json").write_text('{"images": []')
    page.form.choose_folder(str(folder))
    qtbot.waitUntil(lambda: "is no COCO instances file" in page.form.problem.text(), timeout=WAIT_MS)
    assert not page.form.button.isEnabled()
    assert page.empty.texts()[0] == "no set cannot be learned from"
    assert [tile.number.text() for tile in page.counts] == ["–", "–", "–"]
    page.form.choose_folder("")
    assert page.form.button.isEnabled() and not page.form.problem.isVisible()


def test_one_interrupted_training_is_a_sentence_without_a_list(page: TrainingPage) -> None:
    interrupt("pantry", 60, epochs=2)
    page.refresh()
    assert page.unfinished.text.text() == "pantry was interrupted after epoch 2; what it learned is kept."
    assert not page.unfinished.list.isVisible() and not page.unfinished.title.isVisible()


def test_the_button_that_starts_is_in_sight_under_many_interrupted_trainings_in_a_small_window(
    page: TrainingPage, qtbot: QtBot
) -> None:
    for name in ("one", "two", "three", "four"):
        interrupt(name, 60, epochs=1)
    window = page.window()
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: window.height() == 700)
    page.refresh()
    assert page.unfinished.list.isVisible()
    assert page.form.button.visibleRegion().boundingRect() == page.form.button.rect()


def test_each_of_several_interrupted_trainings_can_be_discarded_or_gone_on_with(
    page: TrainingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    dataset = write_dataset(tmp_path / "shelf")
    interrupt("pantry", 7200, epochs=2, dataset=str(dataset))
    interrupt("long", 60, epochs=1)
    interrupt("oldest", 90_000)
    page.refresh()
    card = page.unfinished
    names = [one.name for one in card.model.values]
    assert names == ["long", "pantry", "oldest"], "the latest first"
    assert card.title.text() == "3 trainings were interrupted" and card.title.isVisible() and card.list.isVisible()
    assert card.text.text().startswith("long was interrupted after epoch 1")
    pick(page, 2)
    assert card.text.text().startswith("oldest was interrupted in its first epoch")
    click(card.discard)
    assert not run_folder("oldest").exists() and run_folder("pantry").exists() and run_folder("long").exists()
    pick(page, 1)
    page.refresh()
    assert card.run.name == "pantry", "looking again leaves the choice"
    click(card.go_on)
    order = page.session.order
    assert order is not None and (order.name, order.dataset, order.resume) == ("pantry", str(dataset), True)
    assert [point.epoch for point in page.session.progress.points][:3] == [0, 1, 2]
    assert not card.isVisible()
    qtbot.waitUntil(lambda: over(page), timeout=WAIT_MS)
    click(page.view.discard)
    assert card.isVisible() and card.run.name == "long" and not card.list.isVisible(), "one is left"


def test_the_folder_of_a_training_gone_on_with_is_counted_while_it_runs(
    page: TrainingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    interrupt("waits", 60, epochs=1, dataset=str(write_dataset(tmp_path / "shelf", train=7, val=1)))
    page.refresh()
    click(page.unfinished.go_on)
    qtbot.waitUntil(lambda: page.counts[0].number.text() == "7", timeout=WAIT_MS)
    assert not over(page) and page.form.source.currentText() == "shelf"
    page.session.close()


def pick(page: TrainingPage, row: int) -> None:
    view = page.unfinished.list
    QCoreApplication.processEvents()
    at = view.visualRect(page.unfinished.model.index(row)).center()
    assert view.viewport().rect().contains(at)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_of_several_the_one_that_a_terminal_goes_on_with_has_no_buttons(page: TrainingPage, qtbot: QtBot) -> None:
    interrupt("theirs", 60, epochs=1)
    interrupt("mine", 120)
    with holder("theirs"):
        page.refresh()
        assert "theirs is being trained in another process" in page.unfinished.text.text()
        assert not page.unfinished.discard.isVisible()
        pick(page, 1)
        assert page.unfinished.discard.isVisible() and page.unfinished.run.name == "mine"


def test_rows_say_what_was_learned_from_how_far_and_when(qapp: QApplication) -> None:
    assert training_words.learned_from(Run("a", "lite", "/my/shelf")) == "shelf"
    assert training_words.learned_from(Run("a", "lite")) == "everything marked"
    assert training_words.learned_from(Run("a")) == ""
    assert training_words.when(NOW).count(":") == 0
