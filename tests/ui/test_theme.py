from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from foodcal_desktop.storage import paths
from foodcal_desktop.ui import theme
from foodcal_desktop.ui.action_table import ACTIONS
from foodcal_desktop.ui.theme import DARK, LIGHT, Tokens

# Björn Ottosson, "A perceptual color space for image processing" (2020).
TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
BLINDNESS = {
    "none": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def linear(hexadecimal: str) -> np.ndarray:
    c = np.array(QColor(hexadecimal).getRgbF()[:3])
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def luminance(hexadecimal: str) -> float:
    return float(linear(hexadecimal) @ [0.2126, 0.7152, 0.0722])


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("t", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_on_every_ground(t: Tokens):
    for ground in (t.ground, t.raised, t.sunken):
        for ink in (t.ink, t.soft_ink, t.warn):
            assert contrast(ink, ground) >= 4.5
    assert contrast(t.error, t.ground) >= 4.5
    assert contrast(t.on_accent, t.accent) >= 4.5


def test_text_on_the_canvas_is_readable():
    for ink in (theme.CANVAS_INK, theme.CANVAS_SOFT_INK, theme.CANVAS_ACCENT, theme.CANVAS_WARN):
        assert contrast(ink, theme.CANVAS) >= 4.5


def test_the_mask_hues_are_equally_light():
    lightness = [(np.cbrt(linear(hue) @ TO_LMS.T) @ TO_LAB.T)[0] for hue in theme.MASK_HUES]
    assert len(theme.MASK_HUES) == 12
    assert max(lightness) - min(lightness) < 0.01


@pytest.mark.parametrize("eyes", BLINDNESS)
def test_the_mask_hues_are_told_apart_by_all_eyes(eyes: str):
    seen = [np.clip(BLINDNESS[eyes] @ linear(hue), 0, 1) for hue in theme.MASK_HUES]
    lab = np.array([np.cbrt(rgb @ TO_LMS.T) @ TO_LAB.T for rgb in seen])
    apart = np.linalg.norm(lab[:, None] - lab[None], axis=2)[~np.eye(12, dtype=bool)]
    # 0.02 in OKLab is about the just noticeable difference of two neighbouring patches.
    assert apart.min() > 0.02


def test_every_action_has_its_icon_drawn_in_the_one_stroke(qapp):
    folder = paths.resources_dir() / "icons"
    for spec in ACTIONS:
        assert spec.icon
        assert not theme.icon(spec.icon).isNull()
    for file in set(folder.glob("*.svg")) - {folder / "app.svg"}:
        text = file.read_text()
        assert 'viewBox="0 0 24 24"' in text and 'stroke-width="1.5"' in text and "currentColor" in text


def test_an_icon_is_tinted_and_sharp_on_a_hidpi_screen(qapp):
    pixmap = theme.icon_pixmap("point", 20, "#FF0000", 2.0)
    assert pixmap.width() == 40 and pixmap.devicePixelRatio() == 2.0
    image = pixmap.toImage()
    inks = {image.pixelColor(x, y).name() for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() > 200}
    assert inks == {"#ff0000"}


def test_the_scheme_can_be_chosen(qapp):
    theme.apply(qapp, "dark")
    assert theme.tokens() is DARK
    assert qapp.palette().window().color().name().upper() == DARK.ground
    theme.apply(qapp, "light")
    assert theme.tokens() is LIGHT
    assert LIGHT.ground in qapp.styleSheet() and DARK.ground not in qapp.styleSheet()
