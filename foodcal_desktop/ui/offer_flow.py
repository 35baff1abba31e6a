"""What may be a coin: outlined with dashes, asked about in a small card, confirmed by a click or a key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSizeF, QTimer

from foodcal_desktop.app.scale_offer import ScaleOffer
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.storage.settings import LAST_REFERENCE
from foodcal_desktop.ui import theme
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_flow import AnnotateFlow
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.card_place import free_place
from foodcal_desktop.ui.flow import Flow
from foodcal_desktop.ui.offer_card import OfferCard, kinds_offered


class OfferFlow(Flow):
    """The offer is never in the way: it goes with the first click, and comes back once nobody clicks."""

    def __init__(self, page: AnnotatePage, offer: ScaleOffer, main: AnnotateFlow, actions: Actions) -> None:
        super().__init__(page, actions)
        self._offer, self._scale, self._before = offer, main.scale, main.before
        self.card = OfferCard(page.area)
        page.offer = offer
        # Two things asked at once are one too many, and the card would lie over the other.
        offer.waits = self._asks_other
        if page.proposals is not None:
            page.proposals.changed.connect(self.refresh)
        page.food_picker.installEventFilter(self)
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The name of an item comes first."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.refresh()
        return False

    def _asks_other(self) -> bool:
        proposals = self._page.proposals
        return self._page.food_picker.isVisible() or (proposals is not None and bool(proposals.shown))

    def _place(self) -> None:
        """Over neither what is asked about nor the items, where there is room; always wholly on the canvas."""
        offered, area, gap = self._offer.offered, self._page.area, theme.SPACE_8
        if offered is None:
            return
        room = QRectF(gap, gap, area.width() - 2 * gap, area.scale.y() - 2 * gap)
        items = [self._seen(annotation.mask) for annotation in self._page.session.annotations]
        hint = [QRectF(area.hint.geometry())] if area.hint.isVisible() else []
        place = free_place(QSizeF(self.card.size()), room, self._seen(offered.mask), [*items, *hint])
        self.card.move(place.toPoint())
        self.card.raise_()

    def _seen(self, mask: Mask) -> QRectF:
        """A mask's box on the canvas."""
        return self._page.canvas.view.transform().mapRect(QRectF(mask.x, mask.y, mask.w, mask.h))

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
