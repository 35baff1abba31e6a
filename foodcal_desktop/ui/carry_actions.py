"""The actions that carry items from photo to photo; they stand beside "Copy to the next photo"."""

from __future__ import annotations

from foodcal_desktop.ui.action_spec import ANNOTATE, MASKS, ActionSpec
from foodcal_desktop.ui.translatable import QT_TRANSLATE_NOOP

CARRY_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "carry.next",
        MASKS,
        QT_TRANSLATE_NOOP("actions", "Find these items in the next photo"),
        ("Ctrl+Shift+D",),
        "carry-next",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "The selected masks, or all of them; each find asks to be confirmed"),
    ),
    ActionSpec(
        "carry.through",
        MASKS,
        QT_TRANSLATE_NOOP("actions", "Carry the items through the series"),
        ("Ctrl+Shift+T",),
        "carry-through",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "Through a video's frames or the photos of this folder; a correction is followed"),
    ),
    ActionSpec(
        "carry.stop",
        MASKS,
        QT_TRANSLATE_NOOP("actions", "Stop carrying"),
        ("Ctrl+.",),
        "discard",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "What was found so far stays offered"),
    ),
)
