"""Names of edits and sources of numbers in Korean, whoever wrote them down in English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from foodcal_desktop.ui import translation
from foodcal_desktop.ui.edit_labels import edit_label
from foodcal_desktop.ui.step_sources import step_source


@pytest.fixture
def korean(qapp: QApplication) -> Iterator[None]:
    assert translation.install(qapp, "ko")
    yield
    translation.install(qapp, "en")


def test_a_name_kept_in_english_is_shown_in_korean(korean: None):
    assert edit_label("Add a mask") == "마스크 추가"
    assert edit_label("Name it Soup, tomato") != "Name it Soup, tomato"
    assert "Soup, tomato" in edit_label("Name it Soup, tomato")


def test_a_name_that_nobody_knows_and_none_stay(korean: None):
    assert edit_label("마스크 추가") == "마스크 추가"
    assert edit_label("Something else") == "Something else"
    assert edit_label(None) == ""


def test_each_part_of_a_source_is_translated_and_names_of_tables_stay(korean: None):
    source = "measured: ECUSTFD; 24 mm at this area, drawn 30% toward a serving of 200 g"
    assert step_source(source) == "measured: ECUSTFD; 이 면적에서 24 mm, 1회 제공량 200 g 쪽으로 30% 당김"
    assert step_source("coin-cny-1: 0.213 mm per px, camera tilted by 4°") == (
        "1위안 동전: 픽셀당 0.213 mm, 카메라 기울기 4°"
    )
    assert step_source("the usual serving, for the photo has no scale").startswith("사진에")


def test_in_english_they_stay_as_they_are(qapp: QApplication):
    translation.install(qapp, "en")
    assert edit_label("Name it Egg") == "Name it Egg"
    assert step_source("area × thickness") == "area × thickness"
