"""What is painted over the photo: masks, candidates, prompts, the scale references and the pointer's mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import floor, log2

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import BoxPrompt, PointPrompt, Prompts
from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.ui import theme
from foodcal_desktop.ui.canvas_view import CanvasView
from foodcal_desktop.ui.mask_outline import mask_path

_MARK_RADIUS = 7.0
_PIXELS_SEEN_FROM = 3.0


@dataclass(frozen=True, slots=True)
class PaintedMask:
    """An accepted mask as the canvas shows it."""

    id: str
    mask: Mask
    hue: int
    label: str = ""


@dataclass(slots=True)
class Overlay:
    """Everything shown over the photo, as plain values."""

    masks: tuple[PaintedMask, ...] = ()
    selected: frozenset[str] = frozenset()
    candidate: Mask | None = None
    candidate_hue: int = 0
    waiting: bool = False
    prompts: Prompts = field(default_factory=Prompts)
    references: tuple[ScaleReference, ...] = ()
    kept: tuple[Prompts, ...] = ()
    proposals: tuple[Mask, ...] = ()
    proposal: Mask | None = None
    uncovered: Mask | None = None
    ghost: Mask | None = None
    offered: Mask | None = None
    opacity: float = theme.MASK_FILL
    outline_only: bool = False
    hidden: frozenset[str] = frozenset()


def paint(painter: QPainter, view: CanvasView, overlay: Overlay, device_ratio: float) -> None:
    """Paint the overlay in widget pixels; the painter's transform is the identity."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    shown = [m for m in overlay.masks if m.id not in overlay.hidden]
    if overlay.uncovered is not None:
        _paint_uncovered(painter, view, overlay.uncovered, device_ratio)
    for item in sorted(shown, key=lambda m: m.id in overlay.selected):
        _paint_mask(painter, view, item, device_ratio, overlay)
    _paint_references(painter, view, overlay.references, device_ratio)
    _paint_proposals(painter, view, overlay, device_ratio)
    if overlay.offered is not None:
        path = screen_path(overlay.offered, view, device_ratio)
        painter.strokePath(path, _pen(theme.color(theme.CANVAS, 0.7), 4.5))
        painter.strokePath(path, _dashes(theme.color(theme.CANVAS_ACCENT), 2.5))
    if overlay.ghost is not None:
        painter.strokePath(screen_path(overlay.ghost, view, device_ratio), _dashes(theme.color(theme.HALO, 0.8), 1.5))
    if overlay.candidate is not None:
        _paint_candidate(painter, view, overlay, device_ratio)
    for prompts in overlay.kept:
        _paint_prompts(painter, view, prompts, waiting=True)
    _paint_prompts(painter, view, overlay.prompts, overlay.waiting)


def screen_path(mask: Mask, view: CanvasView, device_ratio: float) -> QPainterPath:
    """A mask's outline in widget pixels, as fine as the screen shows it."""
    scale = view.scale * device_ratio
    step = 2 ** max(floor(-log2(scale)), 0) if scale < 1 else 1
    return view.transform().map(mask_path(mask, step, scale < _PIXELS_SEEN_FROM))


def _paint_mask(painter: QPainter, view: CanvasView, item: PaintedMask, ratio: float, overlay: Overlay) -> None:
    path = screen_path(item.mask, view, ratio)
    selected = item.id in overlay.selected
    if not overlay.outline_only:
        painter.fillPath(path, theme.mask_color(item.hue, fill_of(overlay.opacity, selected)))
    if selected:
        painter.strokePath(path, _pen(theme.color(theme.HALO, 0.95), theme.MASK_OUTLINE + 3))
    painter.strokePath(path, _pen(theme.mask_color(item.hue), theme.MASK_OUTLINE))


def fill_of(opacity: float, selected: bool) -> float:
    """The fill's opacity: the selected mask stands out by as much at any setting."""
    return min(opacity + theme.MASK_FILL_SELECTED - theme.MASK_FILL, 1.0) if selected else opacity


def _paint_uncovered(painter: QPainter, view: CanvasView, mask: Mask, ratio: float) -> None:
    """Food that no mask covers: hatched, so that it is no mask's colour."""
    path = screen_path(mask, view, ratio)
    painter.fillPath(path, theme.color(theme.CANVAS_WARN, 0.25))
    painter.fillPath(path, QBrush(theme.color(theme.CANVAS_WARN, 0.9), Qt.BrushStyle.BDiagPattern))


def _paint_proposals(painter: QPainter, view: CanvasView, overlay: Overlay, ratio: float) -> None:
    for mask in overlay.proposals:
        path = screen_path(mask, view, ratio)
        if mask is overlay.proposal:
            painter.fillPath(path, theme.color(theme.HALO, 0.25))
        painter.strokePath(path, _pen(theme.color(theme.CANVAS, 0.6), 3.5 if mask is overlay.proposal else 2.5))
        painter.strokePath(path, _dashes(theme.color(theme.HALO), 2.5 if mask is overlay.proposal else 1.5))


def _dashes(color: QColor, width: float) -> QPen:
    pen = _pen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([4, 3])
    return pen


def _paint_candidate(painter: QPainter, view: CanvasView, overlay: Overlay, ratio: float) -> None:
    assert overlay.candidate is not None
    hue, path = overlay.candidate_hue, screen_path(overlay.candidate, view, ratio)
    if not overlay.outline_only:
        painter.fillPath(path, theme.mask_color(hue, overlay.opacity))
    painter.strokePath(path, _pen(theme.color(theme.CANVAS, 0.6), theme.MASK_OUTLINE + 2))
    painter.strokePath(path, _pen(theme.mask_color(hue), theme.MASK_OUTLINE))


def _paint_references(painter: QPainter, view: CanvasView, references: Iterable[ScaleReference], ratio: float) -> None:
    for reference in references:
        pen = _pen(theme.color(theme.HALO), theme.MASK_OUTLINE)
        pen.setDashPattern([3, 3])
        if reference.mask is not None:
            painter.strokePath(screen_path(reference.mask, view, ratio), pen)
        if reference.line is not None:
            x0, y0, x1, y1 = reference.line
            paint_measure(painter, view.to_widget(x0, y0), view.to_widget(x1, y1))


def paint_measure(painter: QPainter, start: QPointF, end: QPointF) -> None:
    """A measured line with its two ends, from and to widget points."""
    normal = QLineF(start, end).normalVector()
    normal.setLength(6)
    tick = normal.p2() - normal.p1()
    lines = [QLineF(start, end), QLineF(start - tick, start + tick), QLineF(end - tick, end + tick)]
    for pen in (_pen(theme.color(theme.CANVAS, 0.7), 4), _pen(theme.color(theme.HALO), 2)):
        painter.setPen(pen)
        painter.drawLines(lines)


def _paint_prompts(painter: QPainter, view: CanvasView, prompts: Prompts, waiting: bool) -> None:
    if prompts.box is not None:
        paint_box(painter, box_on_screen(view, prompts.box))
    last = len(prompts.points) - 1
    for index, point in enumerate(prompts.points):
        paint_mark(painter, view, point, faint=waiting and index == last)


def box_on_screen(view: CanvasView, box: BoxPrompt) -> QRectF:
    """A box prompt in widget pixels."""
    return QRectF(view.to_widget(box.x0, box.y0), view.to_widget(box.x1, box.y1))


def paint_box(painter: QPainter, rect: QRectF) -> None:
    """A box prompt: a white line on a dark one, seen on any photo."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (_pen(theme.color(theme.CANVAS, 0.7), 3.5), _pen(theme.color(theme.HALO), 1.5)):
        painter.setPen(pen)
        painter.drawRoundedRect(rect, 2, 2)


def paint_mark(painter: QPainter, view: CanvasView, point: PointPrompt, faint: bool) -> None:
    """A small disc with + or −; a faint ring around it while its answer is awaited."""
    centre = view.to_widget(point.x, point.y)
    if faint:
        painter.setBrush(theme.color(theme.HALO, 0.25))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(centre, _MARK_RADIUS + 5, _MARK_RADIUS + 5)
    painter.setPen(_pen(theme.color(theme.HALO), 1.5))
    painter.setBrush(QColor(theme.LIGHT.accent if point.positive else theme.LIGHT.error))
    painter.drawEllipse(centre, _MARK_RADIUS, _MARK_RADIUS)
    arms = [QLineF(centre - QPointF(3.2, 0), centre + QPointF(3.2, 0))]
    if point.positive:
        arms.append(QLineF(centre - QPointF(0, 3.2), centre + QPointF(0, 3.2)))
    painter.drawLines(arms)


def dark_and_light(width: float) -> tuple[QPen, QPen]:
    """A line seen on any photo: the dark one below, the light one on it."""
    return _pen(theme.color(theme.CANVAS, 0.7), width + 2), _pen(theme.color(theme.HALO), width)


def _pen(color: QColor, width: float) -> QPen:
    return QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def topmost(masks: Sequence[PaintedMask], x: float, y: float) -> PaintedMask | None:
    """The last painted mask that holds a photo point."""
    return next((item for item in reversed(masks) if item.mask.contains(x, y)), None)
