"""The twelve hues of masks, the same in the window, in overlays and on contact sheets."""

from __future__ import annotations

MASK_HUES: tuple[str, ...] = (
    "#FF8516",
    "#56B2FD",
    "#ED7EC7",
    "#63C638",
    "#D982F3",
    "#4FC39C",
    "#B7AD60",
    "#DE948F",
    "#7BB1E1",
    "#93B876",
    "#D694B5",
    "#C597D4",
)
"""Twelve hues of OKLab lightness 0.74, as far apart as they can be for normal, protan, deutan and tritan eyes."""


def mask_rgb(index: int) -> tuple[int, int, int]:
    """The hue of the index-th mask as 8-bit RGB; the twelve are used in turn."""
    hue = MASK_HUES[index % len(MASK_HUES)].lstrip("#")
    return int(hue[0:2], 16), int(hue[2:4], 16), int(hue[4:6], 16)
