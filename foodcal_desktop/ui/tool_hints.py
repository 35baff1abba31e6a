"""What the drawing tool in hand will do, in one line at the head of the canvas."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from foodcal_desktop.ui.translatable import QT_TRANSLATE_NOOP

_ON_NONE = {
    "brush": QT_TRANSLATE_NOOP("hints", "Paints a new mask · right button erases · [ and ] size the brush"),
    "eraser": QT_TRANSLATE_NOOP("hints", "Select a mask to erase from it: Ctrl+click"),
    "lasso": QT_TRANSLATE_NOOP("hints", "Draw around a food for a new mask"),
    "reference": QT_TRANSLATE_NOOP("hints", "Click it, or drag a box around it"),
    "polygon": QT_TRANSLATE_NOOP("hints", "Click the corners of a new mask · double click or Enter closes"),
}
_ON_ONE = {
    "brush": QT_TRANSLATE_NOOP("hints", "Paints on {0} · right button erases · Esc: a new mask"),
    "eraser": QT_TRANSLATE_NOOP("hints", "Erases from {0}"),
    "lasso": QT_TRANSLATE_NOOP("hints", "Adds to {0} · Alt takes away · Esc: a new mask"),
    "reference": QT_TRANSLATE_NOOP("hints", "Click it, or drag a box around it"),
    "polygon": QT_TRANSLATE_NOOP("hints", "Drag a corner of {0}, Alt+click removes it · Esc: a new mask"),
}


def tool_hint(tool: str, name: str | None) -> str:
    """The line for a tool by its id, "" where it needs none; ``name`` is that of the selected item, None for none."""
    if name is None:
        return QCoreApplication.translate("hints", _ON_NONE[tool]) if tool in _ON_NONE else ""
    return QCoreApplication.translate("hints", _ON_ONE[tool]).format(name) if tool in _ON_ONE else ""
