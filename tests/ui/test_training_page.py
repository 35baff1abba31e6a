"""Fine-tuning from its place in the window: a real small training to its end, and all that may come between."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from foodcal_desktop.app.training_process import IDLE, PAUSED
from foodcal_desktop.app.training_progress import TrainingProgress
from foodcal_desktop.storage import paths
from foodcal_desktop.storage.checkpoints import Catalogue
from foodcal_desktop.storage.settings import CHECKPOINT, Settings
from foodcal_desktop.storage.training_runs import Run, run_folder, unfinished, write_order
from foodcal_desktop.training.errors import TrainingError
from foodcal_desktop.training.parts import check_photos, read_parts
from foodcal_desktop.ui import sentences, training_words
from foodcal_desktop.ui.training_page import TrainingPage
from tests.ui.conftest import Home
from tests.ui.training_children import SMALL, SPOKEN, mark_photos
from tests.unit.storage.run_holder import holder
from tests.unit.training.training_case import write_dataset

WAIT_MS = 300_000


@pytest.fixture
def training_command(tmp_path: Path, request: pytest.FixtureRequest) -> list[str]:
    """A child that only speaks like a training, or the real one in small."""
    (tmp_path / "child.py").write_text(getattr(request, "param", SPOKEN))
    return [sys.executable, str(tmp_path / "child.py")]


@pytest.fixture
def page(make_home: Callable[[], Home], tmp_path: Path, data_dir: Path, qtbot: QtBot) -> TrainingPage:
    """The place, opened by its key, with four marked photos."""
    mark_photos(tmp_path, 4)
    return opened(make_home(), qtbot)


def opened(home: Home, qtbot: QtBot) -> TrainingPage:
    QTest.keyClick(home.window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    page = home.window.training_page
    qtbot.waitUntil(page.isVisible)
    return page


def click(button: QPushButton) -> None:
    assert button.isVisible() and button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def start(page: TrainingPage, name: str) -> None:
    page.form.name.setFocus()
    page.form.name.selectAll()
    QTest.keyClicks(page.form.name, name)
    click(page.form.button)


def over(page: TrainingPage) -> bool:
    return page.session.state == IDLE


def test_what_there_is_to_learn_from_is_counted(page: TrainingPage) -> None:
    assert [tile.number.text() for tile in page.counts] == ["4", "10", "12"]
    assert page.stack.currentWidget() is page.empty
    assert page.empty.texts()[0] == "4 photos to learn from"
    assert page.form.order.name == "lite-tuned"
    assert page.form.button.isEnabled()


def test_without_photos_the_page_says_what_to_do_and_starts_nothing(home: Home, qtbot: QtBot) -> None:
    page = opened(home, qtbot)
    assert "Accept masks on a few photos" in page.empty.texts()[1]
    assert not page.form.button.isEnabled()
    assert "fewer than two photos" in page.form.problem.text()


def test_a_name_that_is_taken_is_refused_while_it_is_typed(page: TrainingPage) -> None:
    page.form.name.clear()
    QTest.keyClicks(page.form.name, "lite")
    assert "already a checkpoint 'lite'" in page.form.problem.text()
    assert not page.form.button.isEnabled()
    QTest.keyClicks(page.form.name, "-2")
    assert page.form.button.isEnabled() and not page.form.problem.isVisible()


@pytest.mark.parametrize("training_command", [SMALL], indirect=True)
def test_a_real_training_from_start_to_keep_and_back(
    make_home: Callable[[], Home], tmp_path: Path, data_dir: Path, qtbot: QtBot
) -> None:
    mark_photos(tmp_path, 4)
    home = make_home()
    page = opened(home, qtbot)
    page.form.epochs.setValue(1)
    click(page.form.button)
    assert not page.form.isEnabled()
    qtbot.waitUntil(lambda: over(page), timeout=WAIT_MS)
    assert page.session.problem == ""
    assert page.view.headline.text().startswith("before ")
    assert [point.epoch for point in page.session.progress.points] == [0, 1]
    assert len(page.session.progress.losses) == page.session.progress.photos == 3
    assert Settings.load().get(CHECKPOINT) == "lite"
    click(page.view.keep)
    assert Settings.load().get(CHECKPOINT) == home.worker.checkpoint == "lite-tuned"
    assert Catalogue().get("lite-tuned").training["parent"] == "lite"
    click(page.view.back)
    assert Settings.load().get(CHECKPOINT) == home.worker.checkpoint == "lite"
    assert page.view.keep.hasFocus(), "not Discard, which is beside it"


@pytest.mark.parametrize("training_command", [SMALL], indirect=True)
def test_a_real_training_killed_in_its_second_epoch_is_gone_on_with_to_its_end(
    make_home: Callable[[], Home], tmp_path: Path, data_dir: Path, qtbot: QtBot
) -> None:
    mark_photos(tmp_path, 4)
    page = opened(make_home(), qtbot)
    page.form.epochs.setValue(2)
    click(page.form.button)
    qtbot.waitUntil(lambda: len(page.session.progress.points) == 2 and bool(unfinished()), timeout=WAIT_MS)
    os.kill(page.session._process._process.processId(), signal.SIGKILL)
    qtbot.waitUntil(lambda: over(page), timeout=WAIT_MS)
    assert page.unfinished.text.text() == "lite-tuned was interrupted after epoch 1; what it learned is kept."
    click(page.unfinished.go_on)
    qtbot.waitUntil(lambda: over(page), timeout=WAIT_MS)
    assert page.session.problem == ""
    assert [point.epoch for point in page.session.progress.points] == [0, 1, 2]
    assert page.view.keep.isVisible() and not run_folder("lite-tuned").exists()


def test_the_window_is_used_while_it_trains_paused_and_cancelled(page: TrainingPage, qtbot: QtBot) -> None:
    start(page, "waits")
    qtbot.waitUntil(lambda: page.view.headline.text() == "Epoch 1 of 3 · about 3 minutes left", timeout=WAIT_MS)
    assert page.view.tiles[0].value.text() == "0.500"
    page.view.pause.setFocus()
    QTest.keyClick(page.view.pause, Qt.Key.Key_Space)
    assert page.view.headline.text() == "Pausing…" and page.view.pause.hasFocus(), "not Cancel, which is beside it"
    qtbot.waitUntil(lambda: page.session.state == PAUSED, timeout=WAIT_MS)
    assert page.view.headline.text() == "Paused" and page.view.pause.text() == "Resume"
    assert "on the disk" in page.view.line.text()
    window = page.window()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.currentWidget() is window.diary_page
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    click(page.view.pause)
    qtbot.waitUntil(lambda: page.view.pause.text() == "Pause", timeout=WAIT_MS)
    click(page.view.cancel)
    qtbot.waitUntil(lambda: over(page), timeout=WAIT_MS)
    assert page.stack.currentWidget() is page.empty and page.form.isEnabled()
    assert "Cancelled" in window.status.text and page.session.problem == ""
    assert not run_folder("waits").exists() and not page.unfinished.isVisible()


def test_a_failure_is_one_sentence_on_the_page(page: TrainingPage, qtbot: QtBot) -> None:
    start(page, "fails")
    qtbot.waitUntil(lambda: over(page), timeout=WAIT_MS)
    assert page.problem.isVisible()
    assert page.problem.text() == "The loss became infinite; set a smaller rate in the recipe."
    assert page.form.button.isEnabled()


def test_what_is_not_better_is_refused_and_can_only_be_discarded(page: TrainingPage, qtbot: QtBot) -> None:
    start(page, "worse")
    qtbot.waitUntil(lambda: over(page), timeout=WAIT_MS)
    assert "Not better than lite beyond doubt" in page.view.line.text()
    assert "−0.10 to +1.20" in page.view.line.text()
    assert not page.view.keep.isVisible()
    assert page.form.name.text() == "worse", "the result's, for nothing else names it"
    click(page.view.discard)
    assert page.form.name.text() == "lite-tuned"
    assert not run_folder("worse").exists()
    assert page.stack.currentWidget() is page.empty and page.form.button.isEnabled()


def test_before_and_after_are_shown_and_what_is_discarded_is_gone(page: TrainingPage, qtbot: QtBot) -> None:
    start(page, "tuned")
    qtbot.waitUntil(lambda: over(page), timeout=WAIT_MS)
    assert page.view.headline.text() == "before 3.4 clicks · after 2.1 clicks per food (50 unseen photos)"
    assert "−2.00 to −0.60" in page.view.line.text()
    assert page.view.tiles[0].value.text() == "0.500 → 0.630"
    click(page.view.discard)
    assert [one.name for one in Catalogue().checkpoints() if one.origin == "own"] == []
    assert page.session.selected == "lite" and not page.back.isVisible()


def test_the_way_back_is_open_after_a_restart_too(
    page: TrainingPage, make_home: Callable[[], Home], qtbot: QtBot
) -> None:
    start(page, "tuned")
    qtbot.waitUntil(lambda: over(page), timeout=WAIT_MS)
    click(page.view.keep)
    click(page.view.again)
    assert page.form.base.currentText() == "tuned" and page.form.order.name == "tuned-tuned"
    later = make_home()
    again = opened(later, qtbot)
    assert again.used.text() == "In use: tuned" and again.back.text() == "Back to lite"
    click(again.back)
    assert Settings.load().get(CHECKPOINT) == later.worker.checkpoint == "lite"
    assert not again.back.isVisible()


def test_what_the_closing_window_interrupts_is_offered_and_gone_on_with(
    page: TrainingPage, make_home: Callable[[], Home], qtbot: QtBot
) -> None:
    start(page, "long")
    qtbot.waitUntil(lambda: len(page.session.progress.points) == 2 and unfinished() == ["long"], timeout=WAIT_MS)
    page.window().close()
    page.session.close()
    assert over(page)
    again = opened(make_home(), qtbot)
    assert again.unfinished.isVisible()
    assert "long was interrupted after epoch 1" in again.unfinished.text.text()
    again.form.name.clear()
    QTest.keyClicks(again.form.name, "long")
    assert "was interrupted" in again.form.problem.text()
    click(again.unfinished.go_on)
    assert [point.epoch for point in again.session.progress.points] == [0, 1]
    qtbot.waitUntil(lambda: over(again), timeout=WAIT_MS)
    assert again.session.result is not None and again.session.result["better"]
    assert again.session.order.resume and again.session.order.epochs == 3


def test_an_interrupted_training_is_thrown_away(page: TrainingPage, qtbot: QtBot) -> None:
    (run_folder("old")).mkdir(parents=True)
    (run_folder("old") / "state.pt").touch()
    page.refresh()
    assert "first epoch" in page.unfinished.text.text()
    click(page.unfinished.discard)
    assert not run_folder("old").exists() and not page.unfinished.isVisible()


def test_a_child_that_dies_is_said_and_the_window_lives(page: TrainingPage, qtbot: QtBot) -> None:
    start(page, "waits")
    qtbot.waitUntil(lambda: bool(page.session.progress.points), timeout=WAIT_MS)
    os.kill(page.session._process._process.processId(), signal.SIGKILL)
    qtbot.waitUntil(lambda: over(page), timeout=WAIT_MS)
    assert "unexpectedly" in page.problem.text() and "what it learned is kept" in page.problem.text()
    assert "waits ended early" in page.window().status.text
    assert page.unfinished.isVisible()


def test_what_is_gone_on_with_is_shown_as_that_and_cannot_be_thrown_away(page: TrainingPage, qtbot: QtBot) -> None:
    """The form says what is trained, not what it would propose next; the child does not hold its run at once."""
    folder = run_folder("waits")
    folder.mkdir(parents=True)
    (folder / "state.pt").touch()
    write_order(folder, Run("waits", "lite", "", str(paths.recipes_dir() / "heads.yaml"), 3))
    page.refresh()
    assert page.form.order.name == "lite-tuned"
    click(page.unfinished.go_on)
    assert not page.unfinished.isVisible() and page.problem.text() == ""
    form = page.form
    assert (form.name.text(), form.recipe.currentText(), form.epochs.value()) == ("waits", "heads", 3)
    qtbot.waitUntil(lambda: bool(page.session.progress.points), timeout=WAIT_MS)
    assert not page.unfinished.isVisible()
    page.session.close()
    assert page.unfinished.isVisible() and form.name.text() == "lite-tuned"


def test_a_child_that_dies_before_it_has_saved_leaves_nothing_behind(page: TrainingPage, qtbot: QtBot) -> None:
    start(page, "long")
    qtbot.waitUntil(lambda: unfinished() == ["long"], timeout=WAIT_MS)
    (run_folder("long") / "state.pt").unlink()
    os.kill(page.session._process._process.processId(), signal.SIGKILL)
    qtbot.waitUntil(lambda: over(page), timeout=WAIT_MS)
    assert "nothing saved yet" in page.problem.text()
    assert not run_folder("long").exists() and not page.unfinished.isVisible()


def test_a_recipe_for_hours_has_no_epochs_and_a_chosen_folder_is_named(page: TrainingPage, tmp_path: Path) -> None:
    form = page.form
    names = [Path(str(form.recipe.itemData(row))).stem for row in range(1, form.recipe.count() - 1)]
    assert names == ["full", "heads", "lite", "small"]
    form.recipe.setCurrentIndex(1 + names.index("lite"))
    form.recipe.activated.emit(form.recipe.currentIndex())
    assert not form.epochs.isEnabled() and form.order.recipe.endswith("lite.yaml")
    folder = write_dataset(tmp_path / "나의 set")
    form.choose_folder(str(folder))
    assert form.source.currentText() == "나의 set" and form.order.dataset == str(folder)
    assert form.button.isEnabled()
    (folder / "annotations.json").unlink()
    form.choose_folder(str(folder))
    assert "holds no dataset of COCO or labelme" in form.problem.text() and not form.button.isEnabled()
    form.choose_folder("")
    assert form.order.dataset == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (20, "less than a minute left"),
        (70, "about a minute left"),
        (600, "about 10 minutes left"),
        (7500, "about 2 h 5 min left"),
    ],
)
def test_the_time_left_is_said_in_words(seconds: float, words: str) -> None:
    assert training_words.time_left(seconds) == words


def test_an_epoch_has_begun_before_its_first_step_is_over() -> None:
    started = {"event": "started", "photos": 9, "val_photos": 3, "epochs": 3}
    iou = {"1": 0.5, "3": 0.6, "5": 0.7}
    base = {"event": "epoch", "epoch": 0, "epochs": 3, "loss": None, "miou": iou, "best": True}
    afresh, gone_on_with = TrainingProgress(), TrainingProgress()
    for values in ({**started, "epoch": 0}, base):
        afresh.hear(values)
    assert training_words.headline(afresh) == "Epoch 1 of 3"
    for values in (base, {**base, "epoch": 1}):
        gone_on_with.hear(values)
    assert training_words.headline(gone_on_with) == "Getting ready…"
    gone_on_with.hear({**started, "epoch": 1})
    assert training_words.headline(gone_on_with) == "Epoch 2 of 3"


def test_of_epochs_before_an_interruption_only_the_mean_loss_is_drawn() -> None:
    progress = TrainingProgress()
    iou = {"1": 0.5, "3": 0.6, "5": 0.7}
    for epoch, loss in ((0, None), (1, 0.6)):
        progress.hear({"event": "epoch", "epoch": epoch, "epochs": 2, "loss": loss, "miou": iou, "best": epoch == 0})
    progress.hear({"event": "step", "epoch": 2, "step": 1, "steps": 2, "loss": 0.4, "seconds_left": 5.0})
    progress.hear({"event": "epoch", "epoch": 2, "epochs": 2, "loss": 0.3, "miou": iou, "best": True})
    assert progress.losses == [(1.0, 0.6), (1.5, 0.4)]
    assert progress.best is not None and progress.best.epoch == 2


def test_what_a_terminal_trains_is_shown_as_running_and_free_once_it_is_killed(
    qtbot: QtBot, page: TrainingPage
) -> None:
    folder = run_folder("old")
    folder.mkdir(parents=True)
    (folder / "state.pt").write_bytes(b"")
    with holder("old") as child:
        page.refresh()
        assert "old is being trained in another process" in page.unfinished.text.text()
        assert not page.unfinished.go_on.isVisible() and not page.unfinished.discard.isVisible()
        page.session.drop(Run("old"))
        page.session.go_on_with(Run("old", base="lite"))
        assert folder.exists() and "another process" in page.session.problem
        child.kill()
        child.wait()
        qtbot.waitUntil(page.unfinished.go_on.isVisible, timeout=WAIT_MS)
    assert "was interrupted" in page.unfinished.text.text()
    assert not page.problem.isVisible(), "it can be gone on with now"
    click(page.unfinished.discard)
    assert not folder.exists()


def test_what_a_terminal_begins_is_seen_and_its_name_is_free_when_it_ends(qtbot: QtBot, page: TrainingPage) -> None:
    page.form.name.setFocus()
    page.form.name.selectAll()
    QTest.keyClicks(page.form.name, "theirs")
    assert page.form.button.isEnabled()
    with holder("theirs") as child:
        qtbot.waitUntil(lambda: not page.form.button.isEnabled(), timeout=WAIT_MS)
        assert "theirs is being trained in another process" in page.form.problem.text()
        folder = run_folder("theirs")
        folder.mkdir(parents=True)
        (folder / "state.pt").touch()
        qtbot.waitUntil(page.unfinished.isVisible, timeout=WAIT_MS)
        child.kill()
        child.wait()
        qtbot.waitUntil(page.unfinished.go_on.isVisible, timeout=WAIT_MS)
    assert QApplication.focusWidget() is page.form.name
    click(page.unfinished.discard)
    assert page.form.button.isEnabled()


@pytest.mark.parametrize(("val", "gone"), [(0, False), (1, True)])
def test_what_the_child_says_of_a_dataset_is_known_to_the_translations(tmp_path: Path, val: int, gone: bool) -> None:
    dataset = write_dataset(tmp_path / "set", train=1, val=val)
    if gone:
        (dataset / "images" / "plate 0.png").unlink()
    with pytest.raises(TrainingError) as told:
        check_photos(read_parts(dataset))
    assert any(sentences._pattern(one).fullmatch(str(told.value)) for one in sentences.SENTENCES)
