"""Masks drawn and changed by hand, and how they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from foodcal_desktop.app.mask_editing import MaskEditing
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.storage.settings import OUTLINE_ONLY
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_flow import AnnotateFlow
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.flow import Flow

_BIGGER = 1.2


class MaskFlow(Flow):
    """Drawing tools work on the candidate, else on the selected mask, else on a new one."""

    def __init__(self, page: AnnotatePage, main: AnnotateFlow, actions: Actions) -> None:
        super().__init__(page, actions)
        self._main = main
        self._edit = MaskEditing(page.session)
        self._carried: tuple[Annotation, ...] = ()
        page.canvas.drawn.connect(self._on_drawn)
        page.session.opened.connect(self._on_opened)
        self.bind(self._drawing())
        self.bind(self._editing())

    def finish(self) -> None:
        """Let what is still worked on land, before the program ends."""
        self._edit.close()

    def _drawing(self) -> dict[str, Callable[[], object]]:
        canvas = self._page.canvas
        tools = {f"tool.{t}": partial(self._main.take_tool, t) for t in ("brush", "eraser", "lasso", "polygon")}
        return {
            **tools,
            "brush.smaller": lambda: canvas.set_radius(canvas.radius / _BIGGER),
            "brush.larger": lambda: canvas.set_radius(canvas.radius * _BIGGER),
            "view.outline": self._outline,
            "mask.refine": self._refine,
            "mask.redraw": self._redraw,
        }

    def _editing(self) -> dict[str, Callable[[], object]]:
        edit = self._edit
        several = {
            "mask.fill_holes": edit.fill_holes,
            "mask.drop_islands": edit.drop_islands,
            "mask.smooth": edit.smooth,
            "mask.split": edit.split,
            "mask.merge": edit.merge,
            "mask.add": edit.add,
            "mask.subtract": edit.subtract,
            "mask.intersect": edit.intersect,
        }
        return {
            **{action: partial(self._on_selected, change) for action, change in several.items()},
            "mask.up": partial(self._move, 1),
            "mask.down": partial(self._move, -1),
            "mask.copy_next": self._copy_next,
        }

    def _on_drawn(self, mask: Mask, how: str) -> None:
        chosen = self._page.selected_one()
        if self._prompts.candidate is not None:
            self._prompts.set_mask(mask)
        elif chosen is not None:
            if mask != chosen.mask:
                self.attempt(lambda: self._session.set_mask(chosen.id, mask, self._label(how)))
        elif mask.area:
            self.attempt(lambda: self._add(mask, how))

    def _label(self, how: str) -> str:
        names = {
            "brush": self.tr("Brush"),
            "erase": self.tr("Erase"),
            "lasso": self.tr("Lasso"),
            "polygon": self.tr("Move a corner"),
        }
        return names[how]

    def _add(self, mask: Mask, how: str) -> None:
        added = self._session.add(mask)
        self._page.select(added.id)
        # A brush stroke is seldom the last one; what was drawn around is whole and can be named.
        if how in ("lasso", "polygon"):
            self._main.name(added.id)

    def _on_selected(self, change: Callable[[Sequence[str]], object]) -> None:
        ids = self._page.selected_ids()
        if not ids:
            self.said.emit(self.tr("Select a mask first: V, or Ctrl+click."))
            return
        self.attempt(lambda: change(ids))

    def _move(self, steps: int) -> None:
        chosen = self._page.selected_one()
        if chosen is not None:
            self._edit.move(chosen.id, steps)

    def _refine(self) -> None:
        chosen = self._page.selected_one()
        if chosen is not None:
            self._main.correct(chosen.id)

    def _redraw(self) -> None:
        if self._prompts.candidate is None:
            self._refine()
        self._prompts.ask_again()

    def _outline(self) -> None:
        only = self._actions["view.outline"].isChecked()
        self.attempt(lambda: self._settings.set(OUTLINE_ONLY, only))
        self._page.refresh_overlay()

    def _copy_next(self) -> None:
        library = self._page.library
        ids = self._page.selected_ids() or [a.id for a in self._session.annotations]
        self._carried = tuple(a for a in self._session.annotations if a.id in ids)
        if not self._carried:
            self.said.emit(self.tr("There is no mask to copy."))
        elif library.current + 1 >= len(library):
            self._carried = ()
            self.said.emit(self.tr("This is the last photo."))
        else:
            library.select(library.current + 1)

    def _on_opened(self) -> None:
        carried, self._carried = self._carried, ()
        if carried:
            self._edit.paste(carried)
            one, more = (
                self.tr("1 mask copied. Ctrl+Z takes it back."),
                self.tr("{0} masks copied. Ctrl+Z takes them back."),
            )
            self.said.emit(one if len(carried) == 1 else more.format(len(carried)))
