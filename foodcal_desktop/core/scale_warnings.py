"""What may be wrong with a scale reference, as sentences for the user."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, radians, sin
from typing import TYPE_CHECKING

from foodcal_desktop.core.mask import Mask

if TYPE_CHECKING:
    from foodcal_desktop.core.scale import Scale, ScaleReference

MIN_REFERENCE_PX = 40
"""Under this width one pixel of error is more than 5 % of the weight."""

FAR_CHANGE = 0.08
"""A tilted camera sees the food at another distance than the reference; from this relative change of scale on (16 % of
the area) it is said: less can come from the tilt of a small coin, which is known to some 8 degrees."""

_EDGE_ON_RATIO = 0.5
_ROUNDNESS = 0.88


def of_mask(mask: Mask, name: str, size_px: float, axis_ratio: float, roundness: float) -> tuple[str, ...]:
    """Warnings of a coin, card or plate of that name, by its mask, its width in px and its fitted shape."""
    found = list(of_size(name, size_px))
    if axis_ratio < _EDGE_ON_RATIO:
        found.append(f"The {name} is seen almost on its edge; lay it flat beside the food.")
    x0, y0, x1, y1 = mask.box
    if x0 <= 0 or y0 <= 0 or x1 >= mask.width or y1 >= mask.height:
        found.append(f"The {name} touches the photo's border; if a part is cut off, the scale is wrong.")
    if roundness < _ROUNDNESS:
        found.append(f"The mask of the {name} has an odd shape; correct it with another click.")
    return tuple(found)


def of_size(name: str, size_px: float) -> tuple[str, ...]:
    """A warning where a reference is so small that a pixel counts."""
    if size_px >= MIN_REFERENCE_PX:
        return ()
    share = 200 / size_px
    sentence = (
        f"The {name} is only {size_px:.0f} px wide, and each pixel is {share:.0f} % of the weight; "
        "take the photo closer or use a larger reference."
    )
    return (sentence,)


def disagreement(small: str, large: str, apart: float) -> str:
    """Two references differ by ``apart`` in the logarithm of their mm per px."""
    return (
        f"The {small} and the {large} disagree by {100 * (exp(apart) - 1):.0f} % in length; "
        "check which coin, card or plate each one is."
    )


def far_from_food(scale: Scale, references: Iterable[ScaleReference], foods: Iterable[tuple[str, Mask]]) -> str:
    """A sentence about the food (name, mask) that lies farthest from the reference in depth; "" where none lies far.

    In a plane tilted by t, a way of d mm along the tilt changes the distance D to the camera by d · sin t, and with it
    the mm per px by d · sin t / D. Which way the plane falls, one ellipse does not tell: so nothing is corrected.
    """
    middles = [_middle(r.mask) for r in references if r.mask is not None and r.mask.area]
    if scale.distance_mm is None or not middles:
        return ""
    changes = [(_change(scale, middles, _middle(mask)), name) for name, mask in foods if mask.area]
    change, name = max(changes, default=(0.0, ""))
    if change < FAR_CHANGE:
        return ""
    return (
        f"{name} lies so much nearer to or farther from the camera than the scale reference that its weight may be off "
        f"by {200 * change:.0f} %; lay the reference beside it or hold the camera level."
    )


def _middle(mask: Mask) -> tuple[float, float]:
    x0, y0, x1, y1 = mask.box
    return (x0 + x1) / 2, (y0 + y1) / 2


def _change(scale: Scale, references: Iterable[tuple[float, float]], food: tuple[float, float]) -> float:
    """The relative change of mm per px from the nearest reference to a food."""
    assert scale.distance_mm is not None
    dx, dy = scale.minor_axis
    along = min(abs((food[0] - x) * dx + (food[1] - y) * dy) for x, y in references)
    # The way on the photo is foreshortened by the tilt's cosine, the depth by its sine: their ratio is its tangent.
    depth = along * scale.mm_per_px * sin(radians(scale.tilt_deg)) / max(sin(radians(90 - scale.tilt_deg)), 0.1)
    return depth / scale.distance_mm
