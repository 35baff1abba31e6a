"""Without a screen: the main job on the sample photo, from photo to grams, as the window would do it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from foodcal_desktop.storage import paths

# A click in the middle of the coffee.
SAMPLE_ITEM = "food=espresso;point=290,145"


def sample_photo() -> Path:
    """The photo that ships with the program."""
    return paths.resources_dir() / "sample" / "coffee.png"


def run_sample() -> int:
    """Estimate the sample photo and say that there is no display. Returns the command's exit status."""
    from foodcal_desktop.cli import run

    overlay = Path(tempfile.gettempdir()) / "foodcal-sample.png"
    print("There is no display, so no window opens; this is the same job on the sample photo:")
    print(f'foodcal-desktop estimate {sample_photo()} --item "{SAMPLE_ITEM}" --out {overlay}')
    status = run(["estimate", str(sample_photo()), "--item", SAMPLE_ITEM, "--out", str(overlay)])
    if status == 0:
        print(f"The photo with its mask is in {overlay}.")
    return status
