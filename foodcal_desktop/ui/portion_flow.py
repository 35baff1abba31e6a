"""What makes a portion surer than its clicks: a scale offered unasked, masks looked at closer, the one question."""

from __future__ import annotations

from foodcal_desktop.app.closer_looks import CloserLooks
from foodcal_desktop.app.scale_offer import ScaleOffer
from foodcal_desktop.app.sharpening import Sharpening
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_flow import AnnotateFlow
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.flow import Flow
from foodcal_desktop.ui.offer_flow import OfferFlow
from foodcal_desktop.ui.question_flow import QuestionFlow


class PortionFlow(Flow):
    """Puts them together, and passes on what they say."""

    def __init__(
        self, page: AnnotatePage, worker: WorkerClient, main: AnnotateFlow, closer: CloserLooks, actions: Actions
    ) -> None:
        super().__init__(page, actions)
        self.offer = ScaleOffer(worker, page.session, page.prompts, self)
        self.offer_flow = OfferFlow(page, self.offer, main, actions)
        self.closer = closer
        self.sharpening = Sharpening(worker, page.session, closer, self)
        self.questions = QuestionFlow(page, actions)
        for part in (self.offer_flow, self.sharpening, self.questions):
            part.said.connect(self.said)
