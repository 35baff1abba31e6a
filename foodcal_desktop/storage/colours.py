"""From any kind of pixels Pillow decodes to 8-bit sRGB."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

_SPACE_OF_MODE = {"CMYK": "CMYK", "RGB": "RGB "}
_SCALED_16_BIT = np.rint(np.arange(65536) / 257).astype(np.uint8)


def to_rgb(image: Image.Image) -> Image.Image:
    """A decoded image as RGB: deep pixels scaled, alpha composited on white, an embedded colour profile applied.

    Raises:
        ValueError: the pixels are of a kind that cannot be shown as RGB.
    """
    if image.mode.startswith("I") or image.mode == "F":
        return _scaled_deep(image).convert("RGB")
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        image = _on_white(image)
    elif image.mode == "P":
        image = image.convert("RGB")
    converted = _by_profile(image, profile) if isinstance(profile, bytes) and profile else None
    return converted or image.convert("RGB")


def _scaled_deep(image: Image.Image) -> Image.Image:
    """Greyscale of more than 8 bits as 8 bits; Pillow's own conversion would clip it."""
    values = np.asarray(image)
    if image.mode.startswith("I;16"):
        return Image.fromarray(_SCALED_16_BIT[values])
    deep = np.nan_to_num(values.astype(np.float32), nan=0.0, posinf=np.inf, neginf=0.0).clip(min=0)
    return Image.fromarray((deep * (255 / _white_of(image.mode, deep))).clip(0, 255).round().astype(np.uint8))


def _white_of(mode: str, values: NDArray[np.float32]) -> float:
    """The value that stands for white. Wide integers and floats do not say it: the usual ranges are tried."""
    finite = values[np.isfinite(values)]
    largest = float(finite.max()) if finite.size else 1.0
    usual = (1.0, 255.0, 65535.0) if mode == "F" else (255.0, 65535.0, 2.0**31 - 1)
    return next((white for white in usual if largest <= white), largest)


def _on_white(image: Image.Image) -> Image.Image:
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    paper.alpha_composite(layer)
    return paper.convert("RGB")


def _by_profile(image: Image.Image, data: bytes) -> Image.Image | None:
    """Converted by the embedded profile; None where it is sRGB already, of another colour space, or damaged."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        described = (profile.profile.profile_description or "").lower()
        if profile.profile.xcolor_space != _SPACE_OF_MODE.get(image.mode) or "srgb" in described:
            return None
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, profile, srgb, outputMode="RGB")
    except (OSError, ValueError, TypeError, ImageCms.PyCMSError):
        return None
