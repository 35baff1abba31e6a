"""The table of actions: names, keys, icons and places; nothing else in the program names a key."""

from __future__ import annotations

from foodcal_desktop.ui.action_spec import (
    ANNOTATE,
    CANVAS,
    DIARY,
    EDIT,
    HELP,
    MEAL,
    PHOTO,
    TOOLS,
    TRENDS,
    VIEW,
    WINDOW,
    ActionSpec,
)
from foodcal_desktop.ui.carry_actions import CARRY_ACTIONS
from foodcal_desktop.ui.diary_actions import DIARY_ACTIONS
from foodcal_desktop.ui.mask_actions import MASK_ACTIONS
from foodcal_desktop.ui.meal_actions import MEAL_ACTIONS
from foodcal_desktop.ui.translatable import QT_TRANSLATE_NOOP
from foodcal_desktop.ui.trends_actions import TRENDS_ACTIONS, TRENDS_PLACE

__all__ = ["ACTIONS", "ANNOTATE", "CANVAS", "DIARY", "TRENDS", "WINDOW", "ActionSpec"]

_DAILY: tuple[ActionSpec, ...] = (
    ActionSpec(
        "photo.open",
        PHOTO,
        QT_TRANSLATE_NOOP("actions", "Open photos…"),
        ("Ctrl+O",),
        "photos",
        WINDOW,
        QT_TRANSLATE_NOOP("actions", "Choose photos of meals"),
    ),
    ActionSpec(
        "photo.open_folder",
        PHOTO,
        QT_TRANSLATE_NOOP("actions", "Open a folder…"),
        ("Ctrl+Shift+O",),
        "open",
        WINDOW,
        QT_TRANSLATE_NOOP("actions", "Take all photos of a folder into the queue"),
    ),
    ActionSpec(
        "photo.paste",
        PHOTO,
        QT_TRANSLATE_NOOP("actions", "Paste a photo"),
        ("Ctrl+V",),
        "paste",
        WINDOW,
        QT_TRANSLATE_NOOP("actions", "Take the photo on the clipboard into the queue"),
    ),
    ActionSpec(
        "photo.previous", PHOTO, QT_TRANSLATE_NOOP("actions", "Previous photo"), ("A", "PgUp"), "chevron-up", ANNOTATE
    ),
    ActionSpec(
        "photo.next", PHOTO, QT_TRANSLATE_NOOP("actions", "Next photo"), ("D", "PgDown"), "chevron-down", ANNOTATE
    ),
    ActionSpec(
        "photo.next_todo", PHOTO, QT_TRANSLATE_NOOP("actions", "Next photo to do"), ("N",), "state-todo", ANNOTATE
    ),
    ActionSpec("photo.done", PHOTO, QT_TRANSLATE_NOOP("actions", "Mark as done"), ("X",), "state-done", ANNOTATE),
    ActionSpec(
        "photo.review", PHOTO, QT_TRANSLATE_NOOP("actions", "Mark for review"), ("R",), "state-review", ANNOTATE
    ),
    ActionSpec(
        "photo.remove",
        PHOTO,
        QT_TRANSLATE_NOOP("actions", "Remove from the queue"),
        ("Shift+Del",),
        "delete",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "Its masks and the diary stay; opening it again brings it back"),
    ),
    ActionSpec(
        "photo.remove_done",
        PHOTO,
        QT_TRANSLATE_NOOP("actions", "Remove what is done from the queue"),
        ("Ctrl+Shift+Del",),
        "delete",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "Masks and diary stay"),
    ),
    ActionSpec(
        "photo.import",
        PHOTO,
        QT_TRANSLATE_NOOP("actions", "Import a dataset…"),
        ("Ctrl+Shift+I",),
        "import",
        WINDOW,
        QT_TRANSLATE_NOOP("actions", "Take photos with their masks from a dataset of this or another program"),
    ),
    ActionSpec(
        "photo.export",
        PHOTO,
        QT_TRANSLATE_NOOP("actions", "Export as COCO…"),
        ("Ctrl+E",),
        "export",
        WINDOW,
        QT_TRANSLATE_NOOP("actions", "Write every accepted mask with its food and grams into a folder"),
    ),
    ActionSpec(
        "app.quit",
        PHOTO,
        QT_TRANSLATE_NOOP("actions", "Quit"),
        ("Ctrl+Q",),
        "quit",
        WINDOW,
        QT_TRANSLATE_NOOP("actions", "Everything is saved already"),
    ),
    ActionSpec("edit.undo", EDIT, QT_TRANSLATE_NOOP("actions", "Undo"), ("Ctrl+Z",), "undo"),
    ActionSpec("edit.redo", EDIT, QT_TRANSLATE_NOOP("actions", "Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    ActionSpec(
        "edit.delete", EDIT, QT_TRANSLATE_NOOP("actions", "Delete the mask"), ("Del", "Backspace"), "delete", ANNOTATE
    ),
    ActionSpec(
        "edit.previous_item",
        EDIT,
        QT_TRANSLATE_NOOP("actions", "Select the previous item"),
        ("[",),
        "previous",
        ANNOTATE,
    ),
    ActionSpec("edit.next_item", EDIT, QT_TRANSLATE_NOOP("actions", "Select the next item"), ("]",), "next", ANNOTATE),
    ActionSpec(
        "prompt.accept", EDIT, QT_TRANSLATE_NOOP("actions", "Accept the mask"), ("Return", "Enter"), "accept", CANVAS
    ),
    ActionSpec(
        "prompt.discard",
        EDIT,
        QT_TRANSLATE_NOOP("actions", "Discard the prompts"),
        ("Esc",),
        "discard",
        CANVAS,
        QT_TRANSLATE_NOOP("actions", "Accepted masks stay"),
    ),
    ActionSpec("prompt.cycle", EDIT, QT_TRANSLATE_NOOP("actions", "Next candidate"), ("Tab",), "cycle", CANVAS),
    ActionSpec(
        "prompt.cycle_back", EDIT, QT_TRANSLATE_NOOP("actions", "Previous candidate"), ("Shift+Tab",), "cycle", CANVAS
    ),
    ActionSpec(
        "tool.point",
        TOOLS,
        QT_TRANSLATE_NOOP("actions", "Point"),
        ("P",),
        "point",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "Left click adds, right click or Alt removes, drag makes a box"),
        "tool",
    ),
    ActionSpec(
        "tool.box",
        TOOLS,
        QT_TRANSLATE_NOOP("actions", "Box"),
        ("B",),
        "box",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "Drag a box around the food"),
        "tool",
    ),
    ActionSpec(
        "tool.select",
        TOOLS,
        QT_TRANSLATE_NOOP("actions", "Select"),
        ("V",),
        "select",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "Click a mask; Ctrl+click does so with any tool"),
        "tool",
    ),
    ActionSpec(
        "tool.hand",
        TOOLS,
        QT_TRANSLATE_NOOP("actions", "Move the photo"),
        ("H",),
        "hand",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "Space or the middle button does so with any tool"),
        "tool",
    ),
    ActionSpec(
        "tool.reference",
        TOOLS,
        QT_TRANSLATE_NOOP("actions", "Scale reference"),
        ("S",),
        "coin",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "Click the coin, card or plate; it gives the grams their scale"),
        "tool",
    ),
    ActionSpec(
        "scale.yes",
        TOOLS,
        QT_TRANSLATE_NOOP("actions", "It is the coin asked about"),
        ("Y",),
        "coin",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "Takes the first one offered as the scale reference"),
    ),
    ActionSpec(
        "scale.no",
        TOOLS,
        QT_TRANSLATE_NOOP("actions", "It is no coin"),
        ("Shift+Y",),
        "discard",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "Not asked again on this photo"),
    ),
    ActionSpec(
        "brush.smaller",
        TOOLS,
        QT_TRANSLATE_NOOP("actions", "Smaller brush"),
        (",",),
        "minus",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "With the brush in hand [ and the wheel with Ctrl do so too"),
    ),
    ActionSpec(
        "brush.larger",
        TOOLS,
        QT_TRANSLATE_NOOP("actions", "Larger brush"),
        (".",),
        "plus",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "With the brush in hand ] and the wheel with Ctrl do so too"),
    ),
    ActionSpec("view.fit", VIEW, QT_TRANSLATE_NOOP("actions", "Fit the photo"), ("0", "F"), "fit", ANNOTATE),
    ActionSpec("view.actual", VIEW, QT_TRANSLATE_NOOP("actions", "Actual size"), ("1",), "actual", ANNOTATE),
    ActionSpec("view.zoom_in", VIEW, QT_TRANSLATE_NOOP("actions", "Zoom in"), ("+", "="), "zoom-in", ANNOTATE),
    ActionSpec("view.zoom_out", VIEW, QT_TRANSLATE_NOOP("actions", "Zoom out"), ("-",), "zoom-out", ANNOTATE),
    ActionSpec(
        "place.annotate",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Annotate"),
        ("Ctrl+1",),
        "annotate",
        WINDOW,
        QT_TRANSLATE_NOOP("actions", "Mark foods on photos"),
        "place",
    ),
    ActionSpec(
        "place.diary",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Diary"),
        ("Ctrl+2",),
        "diary",
        WINDOW,
        QT_TRANSLATE_NOOP("actions", "What was eaten, day by day"),
        "place",
    ),
    TRENDS_PLACE,
    ActionSpec(
        "place.finetune",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Fine-tune"),
        ("Ctrl+4",),
        "finetune",
        WINDOW,
        QT_TRANSLATE_NOOP("actions", "Teach the checkpoint with your masks"),
        "place",
    ),
    ActionSpec(
        "meal.food",
        MEAL,
        QT_TRANSLATE_NOOP("actions", "Say what it is…"),
        ("F2", "L"),
        "food",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "Search the food table"),
    ),
    ActionSpec(
        "meal.log",
        MEAL,
        QT_TRANSLATE_NOOP("actions", "Log the meal"),
        ("Ctrl+Return", "Ctrl+Enter"),
        "log",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "Write the items of this photo into the diary"),
    ),
    *DIARY_ACTIONS,
    *TRENDS_ACTIONS,
    ActionSpec(
        "app.palette",
        HELP,
        QT_TRANSLATE_NOOP("actions", "All actions…"),
        ("Ctrl+K", "F1"),
        "palette",
        WINDOW,
        QT_TRANSLATE_NOOP("actions", "Find an action by its name, see its key"),
    ),
)

_COPY = next(place for place, action in enumerate(MASK_ACTIONS, 1) if action.id == "mask.copy_next")
ACTIONS: tuple[ActionSpec, ...] = (*_DAILY, *MASK_ACTIONS[:_COPY], *CARRY_ACTIONS, *MASK_ACTIONS[_COPY:], *MEAL_ACTIONS)
