"""What is said of broken photos, and what Qt says of files, is said in the user's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QFileInfo
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QLabel, QPushButton

from foodcal_desktop.core.references import best_reference
from foodcal_desktop.core.scale_warnings import disagreement, of_size
from foodcal_desktop.storage import photos
from foodcal_desktop.ui.sentences import sentence
from foodcal_desktop.ui.status_line import StatusLine


def _text(path: Path) -> None:
    path.write_text("no photo", encoding="utf-8")


def _truncated(path: Path) -> None:
    Image.effect_noise((400, 300), 80).save(path)
    path.write_bytes(path.read_bytes()[:9000])


def _large(path: Path) -> None:
    Image.new("L", (60, 50)).save(path)


@pytest.mark.parametrize("make", [_text, _truncated, _large, Path.touch, Path.mkdir, lambda path: None])
def test_the_foot_tells_in_korean_why_a_photo_cannot_be_opened(qtbot, korean: None, tmp_path: Path, make) -> None:
    path = tmp_path / "사진.jpg"
    make(path)
    with pytest.raises(photos.PhotoError) as told:
        photos.load(path, max_pixels=1000 if make is _large else photos.MAX_PIXELS)
    line = StatusLine()
    qtbot.addWidget(line)
    line.say(str(told.value))
    assert "사진.jpg" in line.text and " the " not in line.text and "; " not in line.text


def test_the_dialog_of_files_is_wholly_korean(qtbot, korean: None, tmp_path: Path) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    words = [part.text() for part in (*dialog.findChildren(QLabel), *dialog.findChildren(QPushButton))]
    assert words and all(re.search("[가-힣]", word) for word in words)
    assert QFileIconProvider().type(QFileInfo(str(tmp_path))) == "폴더"


def test_a_warning_names_coins_and_plates_in_korean(qtbot, korean: None) -> None:
    """The names came out of the core in English, in the middle of a Korean sentence."""
    told = disagreement("500 KRW coin", "plate of 230 mm", 1.0), *of_size("US quarter", 20.0)
    for text in map(sentence, told):
        assert not re.search("coin|plate|quarter|KRW", text) and re.search("동전", text)


def test_why_a_reference_is_refused_is_said_in_korean(qtbot, korean: None) -> None:
    for kind in ("plate-230", "coin-krw-500"):
        with pytest.raises(ValueError) as told:
            best_reference([], kind)
        assert re.search("[가-힣]", sentence(str(told.value)))
