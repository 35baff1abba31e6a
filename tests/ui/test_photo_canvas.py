from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.ui.canvas_overlay import Overlay, PaintedMask
from foodcal_desktop.ui.photo_canvas import PhotoCanvas
from tests.ui.conftest import HEIGHT, WIDTH, disc

Left, Right, Middle = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NoKeys = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def canvas(qtbot: QtBot) -> PhotoCanvas:
    made = PhotoCanvas()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.set_photo(np.random.default_rng(3).integers(0, 255, (HEIGHT, WIDTH, 3), dtype=np.uint8))
    return made


def at(canvas: PhotoCanvas, x: float, y: float) -> QPoint:
    return canvas.view.to_widget(x, y).toPoint()


def drag(canvas: PhotoCanvas, start: QPoint, end: QPoint, button: Qt.MouseButton = Left) -> None:
    QTest.mousePress(canvas, button, NoKeys, start)
    for share in (0.2, 0.6, 1.0):
        point = start + (end - start) * share
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(point),
            canvas.mapToGlobal(QPointF(point)),
            Qt.MouseButton.NoButton,
            button,
            NoKeys,
        )
        QApplication.sendEvent(canvas, move)
    QTest.mouseRelease(canvas, button, NoKeys, end)


def wheel(canvas: PhotoCanvas, where: QPoint, angle: int, pixels: QPoint | None = None, keys=NoKeys) -> None:
    event = QWheelEvent(
        QPointF(where),
        canvas.mapToGlobal(QPointF(where)),
        pixels or QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_a_left_click_adds_at_the_photo_point_under_it(qtbot, canvas):
    place = at(canvas, 123.5, 87.5)
    with qtbot.waitSignal(canvas.point_added) as caught:
        QTest.mouseClick(canvas, Left, NoKeys, place)
    x, y, positive = caught.args
    expected = canvas.view.to_photo(QPointF(place))
    assert (x, y, positive) == (expected.x(), expected.y(), True)
    assert abs(x - 123.5) < 1 and abs(y - 87.5) < 1


@pytest.mark.parametrize(("button", "keys"), [(Right, NoKeys), (Left, Qt.KeyboardModifier.AltModifier)])
def test_a_right_click_or_alt_removes(qtbot, canvas, button, keys):
    with qtbot.waitSignal(canvas.point_added) as caught:
        QTest.mouseClick(canvas, button, keys, at(canvas, 50, 50))
    assert caught.args[2] is False


def test_a_drag_makes_a_box_whatever_its_direction(qtbot, canvas):
    with qtbot.waitSignal(canvas.box_drawn) as caught:
        drag(canvas, at(canvas, 200, 150), at(canvas, 60, 40))
    assert np.allclose(caught.args, (60, 40, 200, 150), atol=1)


def test_a_box_is_cut_at_the_edge_of_the_photo(qtbot, canvas):
    with qtbot.waitSignal(canvas.box_drawn) as caught:
        drag(canvas, at(canvas, 300, 200), QPoint(799, 599))
    assert caught.args[2:] == [WIDTH, HEIGHT]


def test_a_trembling_click_is_still_a_click(qtbot, canvas):
    place = at(canvas, 100, 100)
    with qtbot.assertNotEmitted(canvas.box_drawn), qtbot.waitSignal(canvas.point_added):
        drag(canvas, place, place + QPoint(2, 1))


def test_a_click_beside_the_photo_is_none(qtbot, canvas):
    with qtbot.assertNotEmitted(canvas.point_added):
        QTest.mouseClick(canvas, Left, NoKeys, QPoint(2, 2))


def test_two_quick_clicks_are_two_points(canvas):
    points = []
    canvas.point_added.connect(lambda *args: points.append(args))
    QTest.mouseClick(canvas, Left, NoKeys, at(canvas, 100, 100))
    QTest.mouseDClick(canvas, Left, NoKeys, at(canvas, 102, 100))
    QTest.mouseRelease(canvas, Left, NoKeys, at(canvas, 102, 100))
    assert len(points) == 2


def test_the_second_button_takes_the_drag_of_the_first_back(qtbot, canvas):
    with qtbot.assertNotEmitted(canvas.box_drawn), qtbot.assertNotEmitted(canvas.point_added):
        QTest.mousePress(canvas, Left, NoKeys, at(canvas, 50, 50))
        QTest.mousePress(canvas, Right, NoKeys, at(canvas, 150, 120))
        QTest.mouseRelease(canvas, Right, NoKeys, at(canvas, 150, 120))
        QTest.mouseRelease(canvas, Left, NoKeys, at(canvas, 150, 120))


def test_the_box_tool_makes_boxes_only(qtbot, canvas):
    canvas.set_tool("box")
    with qtbot.assertNotEmitted(canvas.point_added):
        QTest.mouseClick(canvas, Left, NoKeys, at(canvas, 50, 50))
    with qtbot.waitSignal(canvas.box_drawn):
        drag(canvas, at(canvas, 20, 20), at(canvas, 90, 80))


def test_the_line_tool_draws_a_line(qtbot, canvas):
    canvas.set_tool("line")
    with qtbot.waitSignal(canvas.line_drawn) as caught:
        drag(canvas, at(canvas, 30, 40), at(canvas, 130, 40))
    assert np.allclose(caught.args, (30, 40, 130, 40), atol=1)


def test_the_select_tool_and_ctrl_pick_the_topmost_mask(qtbot, canvas):
    canvas.set_overlay(Overlay((PaintedMask("low", disc(100, 100, 50), 0), PaintedMask("top", disc(120, 100, 20), 1))))
    with qtbot.waitSignal(canvas.picked) as caught:
        QTest.mouseClick(canvas, Left, Qt.KeyboardModifier.ControlModifier, at(canvas, 120, 100))
    assert caught.args == ["top", False]
    canvas.set_tool("select")
    with qtbot.waitSignal(canvas.picked) as caught:
        QTest.mouseClick(canvas, Left, Qt.KeyboardModifier.ShiftModifier, at(canvas, 70, 100))
    assert caught.args == ["low", True]
    with qtbot.waitSignal(canvas.picked) as caught:
        QTest.mouseClick(canvas, Left, NoKeys, at(canvas, 300, 250))
    assert caught.args == ["", False]


def test_the_wheel_zooms_and_keeps_the_pixel_under_the_cursor(canvas):
    place = QPoint(260, 333)
    before = canvas.view.to_photo(QPointF(place))
    scale = canvas.view.scale
    for angle in (120, 120, 240, -120, 360):
        wheel(canvas, place, angle)
    after = canvas.view.to_photo(QPointF(place))
    assert canvas.view.scale > scale * 2
    assert abs(after.x() - before.x()) < 1e-6 and abs(after.y() - before.y()) < 1e-6


def test_the_zoomed_canvas_shows_the_pixel_that_it_reports(canvas):
    canvas.zoom_to(8.0, QPointF(canvas.view.to_widget(200.5, 150.5)))
    QApplication.processEvents()
    shown = canvas.grab().toImage()
    place = canvas.view.to_widget(200.5, 150.5).toPoint()
    expected = np.random.default_rng(3).integers(0, 255, (HEIGHT, WIDTH, 3), dtype=np.uint8)[150, 200]
    colour = shown.pixelColor(place)
    assert (colour.red(), colour.green(), colour.blue()) == tuple(expected)


def test_a_touchpad_pans_and_with_ctrl_it_zooms(canvas):
    before = canvas.view
    wheel(canvas, QPoint(400, 300), 20, QPoint(15, -20))
    assert (canvas.view.x - before.x, canvas.view.y - before.y, canvas.view.scale) == (15, -20, before.scale)
    wheel(canvas, QPoint(400, 300), 60, QPoint(0, 30), Qt.KeyboardModifier.ControlModifier)
    assert canvas.view.scale > before.scale


def test_the_middle_button_pans_with_any_tool(qtbot, canvas):
    before = canvas.view
    with qtbot.assertNotEmitted(canvas.box_drawn):
        drag(canvas, QPoint(300, 300), QPoint(340, 270), Middle)
    assert abs(canvas.view.x - before.x - 40) < 1e-6 and abs(canvas.view.y - before.y + 30) < 1e-6


def test_space_pans_while_it_is_held(qtbot, canvas):
    canvas.setFocus()
    before = canvas.view
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    with qtbot.assertNotEmitted(canvas.box_drawn):
        drag(canvas, QPoint(300, 300), QPoint(360, 300))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.view.x - before.x == pytest.approx(60)
    with qtbot.waitSignal(canvas.box_drawn):
        drag(canvas, at(canvas, 50, 50), at(canvas, 150, 150))


def test_fit_shows_the_whole_photo_again_and_follows_the_window(canvas):
    canvas.zoom_by(7.0)
    canvas.fit()
    first = canvas.view.to_widget(0, 0)
    assert first.x() >= 0 and first.y() >= 0
    canvas.resize(500, 400)
    last = canvas.view.to_widget(WIDTH, HEIGHT)
    assert last.x() <= 500 and last.y() <= 400


def test_actual_size_is_one_photo_pixel_on_one_screen_pixel(canvas):
    canvas.actual_size()
    assert canvas.view.scale * canvas.devicePixelRatioF() == pytest.approx(1.0)


def test_a_mask_is_painted_in_its_hue_and_its_hole_is_not(canvas):
    canvas.set_photo(np.full((HEIGHT, WIDTH, 3), 128, np.uint8))
    ring = disc(200, 150, 60).difference(disc(200, 150, 25))
    canvas.set_overlay(Overlay((PaintedMask("ring", ring, 0),)))
    shown = canvas.grab().toImage()
    outside, inside, hole = (shown.pixelColor(at(canvas, x, 150)) for x in (100, 242, 200))
    assert outside.getRgb() == hole.getRgb() == (128, 128, 128, 255)
    assert inside.red() > 170 and inside.blue() < 100


def test_the_selected_mask_has_a_white_halo(canvas):
    canvas.set_photo(np.full((HEIGHT, WIDTH, 3), 128, np.uint8))
    canvas.set_overlay(Overlay((PaintedMask("a", disc(200, 150, 60), 0),), frozenset("a")))
    shown = canvas.grab().toImage()
    edge = canvas.view.to_widget(260, 150).x()
    line = [shown.pixelColor(round(edge) + d, at(canvas, 0, 150).y()) for d in range(-6, 7)]
    assert max(min(c.red(), c.green(), c.blue()) for c in line) > 220


def test_a_large_mask_far_zoomed_out_is_painted(canvas):
    canvas.set_photo(np.full((3000, 4000, 3), 128, np.uint8))
    mask = Mask.from_crop(np.ones((1000, 1000), bool), 1500, 1000, 3000, 4000)
    canvas.set_overlay(Overlay((PaintedMask("a", mask, 0),)))
    shown = canvas.grab().toImage()
    assert shown.pixelColor(at(canvas, 2000, 1500)).red() > 170
    assert shown.pixelColor(at(canvas, 1300, 1500)).red() == 128


def drop(canvas: PhotoCanvas, data: QMimeData) -> None:
    place, copy = QPointF(100, 100), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place.toPoint(), copy, data, Left, NoKeys)
    QApplication.sendEvent(canvas, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(canvas, QDropEvent(place, copy, data, Left, NoKeys))


def test_dropped_files_and_folders_are_forwarded(qtbot, canvas, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "음식.jpg")), QUrl.fromLocalFile(str(tmp_path))])
    with qtbot.waitSignal(canvas.paths_dropped) as caught:
        drop(canvas, data)
    assert caught.args == [[str(tmp_path / "음식.jpg"), str(tmp_path)]]


def test_a_dropped_image_without_a_file_is_forwarded(qtbot, canvas):
    data = QMimeData()
    data.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    with qtbot.waitSignal(canvas.image_dropped) as caught:
        drop(canvas, data)
    assert caught.args[0].width() == 4


def test_text_is_not_welcome(canvas):
    data = QMimeData()
    data.setText("hello")
    enter = QDragEnterEvent(QPoint(10, 10), Qt.DropAction.CopyAction, data, Left, NoKeys)
    enter.ignore()
    QApplication.sendEvent(canvas, enter)
    assert not enter.isAccepted()


def test_a_click_on_the_empty_canvas_asks_for_a_photo(qtbot, canvas):
    canvas.set_photo(None)
    canvas.grab()
    with qtbot.waitSignal(canvas.open_requested):
        QTest.mouseClick(canvas, Left, NoKeys, QPoint(300, 300))
