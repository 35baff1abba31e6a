"""What may be a coin: outlined with dashes, asked about in a small card, confirmed by a click or a key."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QTimer

from foodcal_desktop.app.scale_offer import ScaleOffer
from foodcal_desktop.storage.settings import LAST_REFERENCE
from foodcal_desktop.ui import theme
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_flow import AnnotateFlow
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.flow import Flow
from foodcal_desktop.ui.offer_card import OfferCard, kinds_offered


class OfferFlow(Flow):
    """The offer is never in the way: it goes with the first click, and comes back once nobody clicks."""

    def __init__(self, page: AnnotatePage, offer: ScaleOffer, main: AnnotateFlow, actions: Actions) -> None:
        super().__init__(page, actions)
        self._offer, self._scale, self._before = offer, main.scale, main.before
        self.card = OfferCard(page.area)
        page.offer = offer
        if (proposals := page.proposals) is not None:
            # Two things asked at once are one too many, and the card would lie over the proposals.
            offer.waits = lambda: bool(proposals.shown)
            proposals.changed.connect(self.refresh)
        offer.changed.connect(self.refresh)
        page.canvas.view_changed.connect(self._place)
        page.reference_picker.closed.connect(self._stop_asking)
        self.card.chosen.connect(self._take)
        self.card.refused.connect(self._refuse)
        self.card.other_wanted.connect(self._ask_other)
        main.before = self._first
        self.bind({"scale.yes": lambda: self._take(self.card.first), "scale.no": self._refuse})

    def refresh(self) -> None:
        """Show the offer, or none."""
        shown = self._offer.offered is not None and not self._page.pending_reference
        if shown:
            kinds = kinds_offered(self._settings.get(LAST_REFERENCE), self._settings.plates())
            keys = [self._actions[name].shortcut().toString() for name in ("scale.yes", "scale.no")]
            self.card.show_kinds(kinds, *keys)
            self._place()
        self.card.setVisible(shown)
        for name in ("scale.yes", "scale.no"):
            self._actions[name].setEnabled(shown)
        self._page.refresh_overlay()

    def _place(self) -> None:
        """Above an outline in the upper half, else below it, where there is room; always wholly on the canvas."""
        offered, area = self._offer.offered, self._page.area
        if offered is None:
            return
        mask, gap = offered.mask, theme.SPACE_12
        box = self._page.canvas.view.transform().mapRect(QRectF(mask.x, mask.y, mask.w, mask.h))
        last_x, last_y = area.width() - self.card.width() - gap, area.scale.y() - self.card.height() - gap
        below, above = box.bottom() + gap, box.top() - gap - self.card.height()
        x = min(max(box.center().x() - self.card.width() / 2, gap), max(last_x, gap))
        upper = box.center().y() < area.height() / 2
        y = above if above >= 4 and (upper or below > last_y) else below
        self.card.move(int(x), int(min(y, max(last_y, gap))))
        self.card.raise_()

    def _take(self, kind: str) -> None:
        if kind and self._offer.offered is not None:
            self.attempt(lambda: self._settings.set(LAST_REFERENCE, kind))
            self._scale.set_scale(kind, lambda: self._offer.take(kind))

    def _refuse(self) -> None:
        if self._offer.offered is not None:
            self._offer.refuse()
            self.said.emit(self.tr("Not asked again on this photo. S marks a scale reference."))

    def _ask_other(self) -> None:
        """The next kind chosen from the list is what is outlined."""
        self._scale.meant = self._take_other
        self._page.open_reference_picker()

    def _take_other(self, kind: str) -> bool:
        self._scale.meant = None
        if kind == "line" or self._offer.offered is None:
            return False
        self._take(kind)
        return True

    def _stop_asking(self) -> None:
        """Closing comes just before choosing, so what was chosen is asked first."""
        QTimer.singleShot(0, self._scale.forget_meant)

    def _first(self, what: str, x: float = 0.0, y: float = 0.0) -> bool:
        """Esc puts the offer aside while nothing else is under way."""
        if self._before(what, x, y):
            return True
        if what == "discard" and self._offer.offered is not None:
            self._offer.put_aside()
            return True
        return False
