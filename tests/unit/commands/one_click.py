"""One click in place of a grid of them: what is found matters less than who finds it, and a grid takes seconds.

As the main module of a test process, it is also that of the processes which ``annotate --workers`` starts from it.
"""

from __future__ import annotations

from typing import Any

from foodcal_desktop.core.prompt import PointPrompt, Prompts
from foodcal_desktop.training import preannotate


def found_in_the_middle(segmenter: Any, embedding: Any) -> list[Any]:
    """The likeliest candidate of a click in the middle of a photo."""
    click = PointPrompt(embedding.width / 2, embedding.height / 2, True)
    candidates: list[Any] = segmenter.predict(embedding, Prompts(points=(click,)))
    return candidates[:1]


if __name__ == "__mp_main__":
    preannotate.find_foods = found_in_the_middle
