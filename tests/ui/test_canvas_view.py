from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from foodcal_desktop.ui.canvas_view import CanvasView, fitted

coordinate = st.floats(-2000, 2000)
scale = st.floats(0.01, 30)


@given(scale, coordinate, coordinate, coordinate, coordinate, st.floats(0.2, 5))
def test_zoom_keeps_the_photo_point_under_the_cursor(s, x, y, at_x, at_y, factor):
    view, at = CanvasView(s, x, y), QPointF(at_x, at_y)
    before = view.to_photo(at)
    after = view.zoomed(factor, at, 0.001).to_photo(at)
    assert abs(after.x() - before.x()) < 1e-6 * max(1, abs(before.x()))
    assert abs(after.y() - before.y()) < 1e-6 * max(1, abs(before.y()))


@given(scale, coordinate, coordinate, coordinate, coordinate)
def test_to_photo_is_the_inverse_of_to_widget(s, x, y, px, py):
    view = CanvasView(s, x, y)
    back = view.to_photo(view.to_widget(px, py))
    assert abs(back.x() - px) < 1e-6 * max(1, abs(px) + abs(x / s))
    assert abs(back.y() - py) < 1e-6 * max(1, abs(py) + abs(y / s))


@given(st.floats(10, 8000), st.floats(10, 8000), st.floats(320, 4000), st.floats(240, 2200))
def test_a_fitted_photo_lies_wholly_inside_the_canvas_and_in_its_middle(width, height, room_x, room_y):
    view = fitted(QSizeF(width, height), QSizeF(room_x, room_y), 60)
    first, last = view.to_widget(0, 0), view.to_widget(width, height)
    assert first.x() >= 0 and first.y() >= 0
    assert last.x() <= room_x and last.y() <= room_y - 60 + 1e-6
    assert abs(first.x() - (room_x - last.x())) < 1e-6


@given(scale, coordinate, coordinate)
def test_a_photo_cannot_be_lost_by_panning(s, dx, dy):
    photo, room = QSizeF(400, 300), QSizeF(800, 600)
    view = CanvasView(s, 0, 0).panned(dx * 100, dy * 100).kept_in_sight(photo, room)
    first, last = view.to_widget(0, 0), view.to_widget(400, 300)
    assert last.x() > 0 and first.x() < 800
    assert last.y() > 0 and first.y() < 600


def test_zoom_out_ends_at_the_smallest_scale():
    view = CanvasView(0.1, 0, 0).zoomed(0.0001, QPointF(0, 0), 0.05)
    assert view.scale == 0.05
