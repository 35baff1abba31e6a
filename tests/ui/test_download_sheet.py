"""The checkpoints sheet against a real local server, by real clicks: progress, stop, resume, mirror, wrong bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget

from foodcal_desktop.storage.checkpoints import Catalogue
from foodcal_desktop.storage.settings import CHECKPOINT, MIRROR_URL, Settings
from foodcal_desktop.ui.checkpoints_dialog import CheckpointsDialog
from tests.ui.conftest import Home
from tests.unit.storage.test_downloads import CONTENT, Handler, serving, url

Left, Ctrl = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
PATIENCE_MS = 60_000
HALF = len(CONTENT) // 2


@pytest.fixture(autouse=True)
def _no_system_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def open_sheet(home: Home, tmp_path: Path) -> Callable[[str], CheckpointsDialog]:
    """Opens the sheet on a catalogue whose one official checkpoint lies at an address."""

    def opened(address: str) -> CheckpointsDialog:
        models = tmp_path / "models"
        models.mkdir(exist_ok=True)
        entry = {"name": "big", "kind": "sam2", "origin": "official", "bytes": len(CONTENT), "url": address}
        entry |= {"sha256": hashlib.sha256(CONTENT).hexdigest(), "file": "big.pt"}
        (models / "catalog.json").write_text(json.dumps({"checkpoints": [entry]}))
        home.window.sheets.work.catalogue = Catalogue(models)
        home.canvas.setFocus()
        QTest.keyClick(home.canvas, Qt.Key.Key_M, Ctrl)
        sheet = home.window.sheets.open
        assert isinstance(sheet, CheckpointsDialog)
        choose_by_mouse(sheet.list, 0)
        return sheet

    return opened


def choose_by_mouse(rows: QListWidget, row: int) -> None:
    QTest.mouseClick(rows.viewport(), Left, pos=rows.visualItemRect(rows.item(row)).center())


def click(button) -> None:
    assert button.isVisible() and button.isEnabled()
    QTest.mouseClick(button, Left)


def test_a_download_is_stopped_by_its_button_and_resumed_where_it_was(qtbot, home: Home, open_sheet):
    def answer(handler: Handler) -> None:
        if handler.start:
            handler.send_rest()
        else:
            handler.send_rest(upto=HALF)
            handler.wfile.flush()
            handler.server.over.wait(60)

    with serving(answer) as server:
        sheet = open_sheet(url(server))
        assert not sheet.use.isEnabled() and not sheet.stop.isEnabled() and not sheet.bar.isVisible()
        click(sheet.fetch)
        assert sheet.bar.isVisible() and not sheet.fetch.isEnabled()
        qtbot.waitUntil(lambda: sheet.bar.value() >= 450, timeout=PATIENCE_MS)
        assert "of 3 MB" in sheet.note.text()
        with qtbot.waitSignal(home.window.sheets.work.failed, timeout=PATIENCE_MS):
            click(sheet.stop)
        assert "cancelled; it resumes where it was" in sheet.note.text()
        assert sheet.fetch.isEnabled() and not sheet.bar.isVisible()
        with qtbot.waitSignal(home.window.sheets.work.done, timeout=PATIENCE_MS):
            click(sheet.fetch)
        assert server.ranges[0] is None and server.ranges[-1] is not None, "the second asked for the rest only"
        assert "big is whole and right" in sheet.note.text()
        click(sheet.use)
        assert Settings.load().get(CHECKPOINT) == "big" and home.worker.checkpoint == "big"


def test_the_speed_stands_beside_the_progress(open_sheet, home: Home):
    sheet = open_sheet("http://127.0.0.1:9/big.pt")
    home.window.sheets.work.progress.emit(1_500_000, 3_000_000, 2_340_000.0)
    assert sheet.note.text() == "2 of 3 MB, 2.3 MB/s" and sheet.bar.value() == 500


def test_a_mirror_typed_into_the_sheet_is_asked_and_remembered(qtbot, home: Home, open_sheet):
    with serving(lambda handler: handler.send_rest()) as server:
        sheet = open_sheet("http://127.0.0.1:9/weights/big.pt")
        QTest.mouseClick(sheet.mirror, Left)
        QTest.keyClicks(sheet.mirror, url(server, "/mirror"))
        with qtbot.waitSignal(home.window.sheets.work.done, timeout=PATIENCE_MS):
            click(sheet.fetch)
        assert server.paths == ["/mirror/big.pt"]
        assert Settings.load().get(MIRROR_URL).endswith("/mirror")


def test_wrong_bytes_are_refused_with_a_sentence_and_can_be_fetched_again(qtbot, home: Home, open_sheet, monkeypatch):
    monkeypatch.setattr("foodcal_desktop.storage.downloads._Download._pause", lambda *_: None)
    with serving(lambda handler: handler.send(bytes(len(CONTENT)))) as server:
        sheet = open_sheet(url(server))
        with qtbot.waitSignal(home.window.sheets.work.failed, timeout=PATIENCE_MS):
            click(sheet.fetch)
        assert "big" in sheet.note.text() and sheet.fetch.isEnabled() and not sheet.use.isEnabled()


def test_a_sheet_closed_and_opened_again_shows_the_download_that_goes_on(qtbot, home: Home, open_sheet):
    def answer(handler: Handler) -> None:
        handler.send_rest(upto=HALF)
        handler.wfile.flush()
        handler.server.over.wait(60)

    with serving(answer) as server:
        sheet = open_sheet(url(server))
        click(sheet.fetch)
        qtbot.waitUntil(lambda: sheet.bar.value() >= 450, timeout=PATIENCE_MS)
        sheet.close()
        home.window.activateWindow()
        qtbot.waitUntil(home.window.isActiveWindow, timeout=PATIENCE_MS)
        again = open_sheet(url(server))
        assert again is not sheet and again.bar.isVisible() and again.stop.isEnabled()
        with qtbot.waitSignal(home.window.sheets.work.failed, timeout=PATIENCE_MS):
            click(again.stop)
        assert not again.bar.isVisible()
