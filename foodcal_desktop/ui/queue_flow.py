"""From photo to photo: next, previous, next to do, states, filter and order."""

from __future__ import annotations

from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.flow import Flow
from foodcal_desktop.ui.wording import sentence

_FILTERS = ("all", "todo", "review", "done")


class QueueFlow(Flow):
    """Moves through the queue as it is shown, and marks photos."""

    def __init__(self, page: AnnotatePage, actions: Actions) -> None:
        super().__init__(page, actions)
        self.bind(
            {
                "photo.next": lambda: self._step(1),
                "photo.previous": lambda: self._step(-1),
                "photo.next_todo": self._next_to_do,
                "photo.done": lambda: self._mark("done"),
                "photo.review": lambda: self._mark("review"),
                "photo.remove": lambda: self._remove([self._page.library.current]),
                "photo.remove_done": self._remove_done,
                "queue.filter": self._next_filter,
                "queue.sort": self._sort,
            }
        )
        page.queue.chosen.connect(page.library.select)
        page.queue.remove_wanted.connect(lambda row: self._remove([row]))
        page.library.broken.connect(self._show_broken)
        page.library.failed.connect(self._say_broken)

    def _step(self, by: int) -> None:
        order, library = self._page.order, self._page.library
        row = library.current + by if order is None else order.step(by)
        if row is not None:
            library.select(row)

    def _remove_done(self) -> None:
        items = enumerate(self._page.library.items)
        self._remove([i for i, item in items if item.state == "done" and not item.error and not item.removed])

    def _remove(self, rows: list[int]) -> None:
        """Out of the queue, and on to the photo that is next in it where the open one is among them."""
        library, order = self._page.library, self._page.order
        rows = [row for row in rows if row >= 0]
        if not rows or order is None:
            self.said.emit(self.tr("There is nothing to remove from the queue."))
            return
        here = order.position_of(library.current)
        left = [row for row in (*order.rows[max(here, 0) :], *reversed(order.rows[: max(here, 0)])) if row not in rows]
        was_open = library.current in rows
        library.remove(rows)
        if was_open:
            self._open_instead(left[0] if left else None)
        self.said.emit(self.tr("Removed from the queue; masks and diary stay. Opening it again brings it back."))

    def _open_instead(self, row: int | None) -> None:
        if row is not None:
            self._page.library.select(row)
            return
        self._session.open(None)
        self._prompts.open(None)

    def _show_broken(self, text: str) -> None:
        """The chosen row is no photo: what is said stands in its place, not the photo before."""
        if self._session.photo is not None:
            self._session.open(None)
            self._prompts.open(None)
        self._page.canvas.set_trouble(sentence(text))

    def _say_broken(self, text: str) -> None:
        """What stands in the photo's place needs no saying at the foot as well."""
        if sentence(text) != self._page.canvas.trouble:
            self.said.emit(text)

    def _next_to_do(self) -> None:
        found = self._page.order.next_to_do() if self._page.order is not None else None
        if found is None:
            self.said.emit(self.tr("No photo is left to do."))
        else:
            self._page.library.select(found)

    def _mark(self, state: str) -> None:
        row, library = self._page.current_row(), self._page.library
        if row is not None:
            library.set_state(row, "todo" if library.item(row).state == state else state)

    def _next_filter(self) -> None:
        order = self._page.order
        if order is not None:
            wanted = _FILTERS[(_FILTERS.index(order.filter) + 1) % len(_FILTERS)]
            order.show(wanted, order.sort)
            self._page.queue.set_title(self._name(wanted))

    def _name(self, state: str) -> str:
        names = {
            "all": self.tr("Photos"),
            "todo": self.tr("To do"),
            "review": self.tr("Needs review"),
            "done": self.tr("Done"),
        }
        return names[state]

    def _sort(self) -> None:
        order = self._page.order
        if order is not None:
            order.show(order.filter, "doubt" if self._actions["queue.sort"].isChecked() else "added")
