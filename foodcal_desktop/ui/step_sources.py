"""Where the numbers of a portion's chain come from, as the user's language has it.

The core joins what it knows with commas and semicolons; each part is recognised by its shape. What a table or a
publication is called stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from foodcal_desktop.ui.sentences import sentence
from foodcal_desktop.ui.translatable import QT_TRANSLATE_NOOP
from foodcal_desktop.ui.wording import reference_name

_CONTEXT = "sources"

_PARTS: tuple[str, ...] = (
    QT_TRANSLATE_NOOP("sources", "the mask"),
    QT_TRANSLATE_NOOP("sources", "the usual serving, for the photo has no scale"),
    QT_TRANSLATE_NOOP("sources", "what was weighed of it before, for the photo has no scale"),
    QT_TRANSLATE_NOOP("sources", "area × thickness"),
    QT_TRANSLATE_NOOP("sources", "volume × density"),
    QT_TRANSLATE_NOOP("sources", "typed"),
    QT_TRANSLATE_NOOP("sources", "follows from the typed values"),
    QT_TRANSLATE_NOOP("sources", "{0}: {1} mm per px"),
    QT_TRANSLATE_NOOP("sources", "camera tilted by {0}°"),
    QT_TRANSLATE_NOOP("sources", "nearer to the camera than the reference by {0} mm"),
    QT_TRANSLATE_NOOP("sources", "{0} mm at this area"),
    QT_TRANSLATE_NOOP("sources", "drawn {0} toward a serving of {1} g"),
    QT_TRANSLATE_NOOP("sources", "{0}: rim {1} mm"),
    QT_TRANSLATE_NOOP("sources", "your kitchen scale"),
    QT_TRANSLATE_NOOP("sources", "grams × kcal per 100 g"),
    QT_TRANSLATE_NOOP("sources", "fat that a photo does not show"),
    QT_TRANSLATE_NOOP("sources", "{0} mm, as you said"),
    QT_TRANSLATE_NOOP("sources", "{0} servings, as you said"),
    QT_TRANSLATE_NOOP("sources", "oil: {0} g added to {1} g, as you said"),
    QT_TRANSLATE_NOOP("sources", "no oil, as you said"),
    QT_TRANSLATE_NOOP("sources", "{0} weighings"),
    QT_TRANSLATE_NOOP("sources", "{0} weighing"),
)


def step_source(source: str) -> str:
    """A step's source in the user's language; parts that are not known stay as they are."""
    whole = _part(source)
    if whole != source:
        return whole
    return "".join(_part(part) for part in re.split(r"([;,] )", source))


def _part(text: str) -> str:
    for template in _PARTS:
        found = _pattern(template).fullmatch(text)
        if found is not None:
            # A kind of scale reference among them is called as it is everywhere else.
            return QCoreApplication.translate(_CONTEXT, template).format(*map(reference_name, found.groups()))
    return sentence(text)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    # A part holds no comma or semicolon, which lie between parts.
    return re.compile("([^;,]+?)".join(re.escape(part) for part in re.split(r"\{\d\}", template)))
