"""The names of edits as undo shows them: in the language of now, also where they were written down in English.

The journal keeps a name as it was when the edit was made, be it by a command, which speaks English, or before the
language was changed.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

_CONTEXTS = (
    "PhotoSession",
    "MaskEditing",
    "DiarySession",
    "LateAccepts",
    "AnnotateFlow",
    "MaskFlow",
    "MealSession",
    "WeighingSession",
    "CarrySession",
)
_WITH_NAMES = (
    ("PhotoSession", "Name it {0}"),
    ("DiarySession", "Log {0}"),
    ("DiarySession", "Change the weight of {0}"),
)


def edit_label(label: str | None) -> str:
    """An edit's name in the user's language; as it is where there is no translation, "" for none."""
    text = label or ""
    for context in _CONTEXTS:
        translated = QCoreApplication.translate(context, text)
        if translated != text:
            return translated
    for context, template in _WITH_NAMES:
        found = _pattern(template).fullmatch(text)
        if found is not None:
            return QCoreApplication.translate(context, template).format(*found.groups())
    return text


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("(.+)".join(re.escape(part) for part in template.split("{0}")))
