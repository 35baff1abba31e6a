"""A dataset imported in the window: chosen by the mouse, beside the work on a photo, said in one sentence."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from pytestqt.qtbot import QtBot

from foodcal_desktop.app import queue_listing
from foodcal_desktop.app.dataset_import import DatasetImport, ImportResult
from foodcal_desktop.core.own_food import own_food
from foodcal_desktop.dataset.coco import export_coco
from foodcal_desktop.ui.import_sheet import ImportSheet, in_words
from tests.ui.conftest import Home
from tests.ui.hands import Ctrl, Key, click_and_wait, press
from tests.unit.dataset import test_labelme as labelme
from tests.unit.dataset.layouts import as_roboflow
from tests.unit.dataset.test_foods_travel import marked
from tests.unit.training.training_case import write_dataset

WAIT_MS = 30_000
Shift = Qt.KeyboardModifier.ShiftModifier


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())


def opened(home: Home, qtbot: QtBot) -> ImportSheet:
    press(home, Key.Key_I, Ctrl | Shift)
    sheet = home.window.sheets.open
    assert isinstance(sheet, ImportSheet)
    qtbot.waitUntil(sheet.isVisible)
    return sheet


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """What the system's dialog of files answers."""

    def choose(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))

    return choose


def ended(home: Home, qtbot: QtBot) -> ImportResult:
    imports = home.window.flows.imports.imports
    qtbot.waitUntil(lambda: imports.result is not None and not imports.running, timeout=WAIT_MS)
    assert imports.result is not None
    return imports.result


def names(home: Home) -> list[str]:
    return [item.path.name for item in home.library.items]


def test_a_dataset_comes_in_beside_the_open_photo(
    home: Home, qtbot: QtBot, tmp_path: Path, chosen: Callable[[Path], None]
) -> None:
    chosen(as_roboflow(tmp_path / "robo"))
    sheet = opened(home, qtbot)
    assert not sheet.progress.isVisible() and not sheet.summary.isVisible() and not sheet.list.isVisible()
    click(sheet.folder)
    assert sheet.progress.isVisible() and not sheet.folder.isEnabled() and home.window.flows.imports.bar.isVisible()
    click_and_wait(qtbot, home, 100, 100)
    assert home.prompts.candidates, "the photo is worked on meanwhile"
    result = ended(home, qtbot)
    assert (result.photos, result.annotations, result.left_out) == (4, 10, ())
    assert sheet.summary.text() == home.window.status.text == "10 masks of 4 photos came in."
    assert sheet.folder.isEnabled() and not home.window.flows.imports.bar.isVisible()
    qtbot.waitUntil(lambda: len(home.library) == 5)
    assert names(home) == ["점심 lunch.png", *(f"plate {n}.png" for n in range(4))]
    assert home.library.current == 0 and home.prompts.candidates, "what was begun is still there"
    home.library.select(names(home).index("plate 3.png"))
    qtbot.waitUntil(lambda: len(home.session.annotations) == 3)
    assert {photo.split for photo in home.session.store.photos()} == {"", "train", "val"}


def test_what_was_left_out_is_listed_and_importing_again_says_that_all_is_there(
    home: Home, qtbot: QtBot, tmp_path: Path, chosen: Callable[[Path], None]
) -> None:
    folder = write_dataset(tmp_path / "나의 set", train=3, val=1)
    (folder / "images" / "plate 1.png").unlink()
    file = folder / "annotations.json"
    document = json.loads(file.read_text())
    document["annotations"][0]["segmentation"]["counts"] = "zzz"
    file.write_text(json.dumps(document))
    chosen(file)
    sheet = opened(home, qtbot)
    click(sheet.file)
    result = ended(home, qtbot)
    assert (result.photos, result.annotations) == (3, 6)
    assert sheet.list.isVisible() and sheet.summary.text().endswith("Left out: 2.")
    said = sheet.list.toPlainText().splitlines()
    assert "1 of 2 annotations of plate 0.png left out: damaged" in said[0] and "plate 1.png does not exist" in said[1]
    click(sheet.file)
    assert not sheet.list.isVisible() and not sheet.summary.isVisible()
    result = ended(home, qtbot)
    assert (result.annotations, result.known) == (0, 6)
    assert sheet.summary.text() == "All 6 masks of 3 photos were there already. Left out: 2."
    sheet.close()
    home.window.activateWindow()
    qtbot.waitUntil(home.window.isActiveWindow)
    assert opened(home, qtbot).list.toPlainText().count("\n") == 1, "what came of the last one can be seen again"


def test_what_is_no_dataset_is_one_sentence(
    home: Home, qtbot: QtBot, tmp_path: Path, chosen: Callable[[Path], None]
) -> None:
    (tmp_path / "empty").mkdir()
    chosen(tmp_path / "empty")
    sheet = opened(home, qtbot)
    click(sheet.folder)
    result = ended(home, qtbot)
    assert result.problem == f"{tmp_path / 'empty'} cannot be read; name the folder of a COCO dataset, or its file."
    assert sheet.summary.text().replace("\u200b", "") == result.problem
    assert names(home) == ["점심 lunch.png"]
    unstartable = DatasetImport(["/nowhere/foodcal"])
    with qtbot.waitSignal(unstartable.ended) as told:
        unstartable.start("x")
    assert "cannot be started" in told.args[0].problem


def test_a_dialog_that_is_left_imports_nothing(home: Home, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    sheet = opened(home, qtbot)
    click(sheet.folder)
    assert not home.window.flows.imports.imports.running and sheet.folder.isEnabled()


_SLOW = """
import sys, time
from foodcal_desktop.commands import import_dataset
from foodcal_desktop.dataset import taking
from foodcal_desktop.__main__ import main
import_dataset.EVERY_S = 0
take = taking._take
def slowly(*arguments):
    time.sleep(0.2)
    return take(*arguments)
taking._take = slowly
sys.exit(main(sys.argv[1:]))
"""


def test_stopped_it_loses_nothing_and_goes_on_with_the_next(
    home: Home, qtbot: QtBot, tmp_path: Path, chosen: Callable[[Path], None]
) -> None:
    folder = write_dataset(tmp_path / "set", train=30, val=1)
    chosen(folder)
    flow = home.window.flows.imports
    usual, flow.imports._command = flow.imports._command, [sys.executable, "-c", _SLOW]
    sheet = opened(home, qtbot)
    click(sheet.folder)
    qtbot.waitUntil(lambda: flow.imports.done >= 3, timeout=WAIT_MS)
    assert sheet.step.text().endswith("of 31 photos") and sheet.bar.maximum() == 31
    assert flow.bar.text.text().startswith("Importing ")
    taken = flow.imports.done
    click(sheet.stop)
    assert ended(home, qtbot).stopped and not sheet.progress.isVisible()
    assert sheet.summary.text().startswith("Stopped. The photos taken so far are in;")
    known = home.session.store.photos()
    assert taken <= len(known) - 1 < 31
    assert all(home.session.store.annotations(photo.sha256) for photo in known[1:]), "each photo is whole"
    qtbot.waitUntil(lambda: len(home.library) == 32)
    flow.imports._command = usual
    click(sheet.folder)
    result = ended(home, qtbot)
    assert result.photos == 31 and result.known > 0 and result.annotations > 0


def test_a_foreign_food_is_found_at_once(
    home: Home, qtbot: QtBot, tmp_path: Path, chosen: Callable[[Path], None]
) -> None:
    food = own_food("엄마표 갈비찜", 250)
    export_coco([marked(tmp_path, food.id)], tmp_path / "out", foods=[food])
    assert home.session.foods.by_id(food.id) is None
    chosen(tmp_path / "out")
    click(opened(home, qtbot).folder)
    assert ended(home, qtbot).foods == 1
    assert home.session.foods.by_id(food.id) == food


def test_the_file_of_a_dataset_that_is_dropped_is_imported(home: Home, qtbot: QtBot, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=1, val=1)
    drop(home, folder / "annotations.json")
    assert isinstance(home.window.sheets.open, ImportSheet)
    assert ended(home, qtbot).photos == 2


def drop(home: Home, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    home.canvas.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys))


def test_a_folder_with_photos_and_masks_is_opened_and_its_masks_are_offered(
    home: Home, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = write_dataset(tmp_path / "set", train=3, val=1)
    document = json.loads((folder / "annotations.json").read_text())
    for image, state in zip(document["images"], ("done", "done", "review", "todo"), strict=True):
        image["state"] = state
        (folder / "images" / image["file_name"]).rename(folder / image["file_name"])
    (folder / "annotations.json").write_text(json.dumps(document))
    offer, imports = home.window.flows.imports.offer, home.window.flows.imports.imports
    drop(home, folder)
    qtbot.waitUntil(lambda: offer.isVisible() and len(home.library) == 5 and home.library.item(1).photo is not None)
    assert offer.text.text() == "set holds masks of its photos." and not imports.running
    assert home.window.sheets.open is None
    click(offer.wave)
    assert not offer.isVisible() and not imports.running
    drop(home, folder)
    qtbot.waitUntil(offer.isVisible)
    click(offer.take)
    assert not offer.isVisible() and home.window.flows.imports.bar.isVisible() and home.window.sheets.open is None
    assert ended(home, qtbot).annotations == 10
    states = ["todo", "done", "done", "review", "todo"]
    qtbot.waitUntil(lambda: [item.state for item in home.library.items] == states)
    qtbot.waitUntil(lambda: len(home.session.annotations) == 2)
    database = home.session.store.database.path
    items = queue_listing.found([folder], database).items
    assert len(items) == 4 and not queue_listing.datasets([folder], items, database), "all have masks by now"


def test_a_dataset_without_photos_beside_its_file_is_offered_instead_of_refused(
    home: Home, qtbot: QtBot, tmp_path: Path
) -> None:
    said: list[str] = []
    home.library.failed.connect(said.append)
    drop(home, write_dataset(tmp_path / "set"))
    offer = home.window.flows.imports.offer
    qtbot.waitUntil(offer.isVisible)
    click(offer.take)
    ended(home, qtbot)
    qtbot.waitUntil(lambda: len(home.library) == 7)
    assert not offer.isVisible() and not said


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (ImportResult(4, 10), "10 masks of 4 photos came in."),
        (
            ImportResult(4, 10, known=3, foods=2),
            "10 masks of 4 photos came in. 3 were there already. 2 foods came along.",
        ),
        (ImportResult(4), "4 photos came in; the dataset has no masks."),
        (ImportResult(1200, 4000), "4,000 masks of 1,200 photos came in."),
    ],
)
def test_what_came_in_is_one_sentence(result: ImportResult, words: str) -> None:
    assert in_words(result) == words


def test_a_folder_of_labelme_is_taken_as_it_is(
    home: Home, qtbot: QtBot, tmp_path: Path, chosen: Callable[[Path], None]
) -> None:
    labelme.write(tmp_path / "표시한 사진", labelme.shape(labelme.SQUARE, label="찌개"))
    chosen(tmp_path / "표시한 사진")
    click(opened(home, qtbot).folder)
    assert ended(home, qtbot).annotations == 1
    qtbot.waitUntil(lambda: len(home.library) == 2)
    home.library.select(1)
    qtbot.waitUntil(lambda: [one.label for one in home.session.annotations] == ["찌개"])
