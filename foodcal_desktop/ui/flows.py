"""The flows of the annotate page put together: what the user does on a photo, each part by its own flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.closer_looks import CloserLooks
from foodcal_desktop.app.hover_preview import HoverPreview
from foodcal_desktop.app.proposal_session import ProposalSession
from foodcal_desktop.ui.annotate_flow import AnnotateFlow
from foodcal_desktop.ui.carry_flow import CarryFlow
from foodcal_desktop.ui.find_flow import FindFlow
from foodcal_desktop.ui.import_flow import ImportFlow
from foodcal_desktop.ui.mask_flow import MaskFlow
from foodcal_desktop.ui.meal_flow import MealFlow
from foodcal_desktop.ui.portion_flow import PortionFlow
from foodcal_desktop.ui.queue_flow import QueueFlow
from foodcal_desktop.ui.undo_flow import PhotoHistory
from foodcal_desktop.ui.view_flow import ViewFlow
from foodcal_desktop.ui.weighing_flow import WeighingFlow

if TYPE_CHECKING:
    from foodcal_desktop.app.worker_client import WorkerClient
    from foodcal_desktop.ui.actions import Actions
    from foodcal_desktop.ui.annotate_page import AnnotatePage


class Flows(QObject):
    """Every flow over one page. ``said(sentence)``: what any of them tells the user."""

    said = Signal(str)

    def __init__(self, page: AnnotatePage, worker: WorkerClient, actions: Actions) -> None:
        super().__init__(page)
        self.proposals = page.proposals = ProposalSession(worker, page.session, self)
        self.preview = page.preview = HoverPreview(worker, page.prompts, self)
        self.history = PhotoHistory(page, self.proposals)
        closer = CloserLooks(worker, page.prompts, page.session, self)
        self.annotate = AnnotateFlow(page, worker, actions)
        self.queue = QueueFlow(page, actions)
        self.find = FindFlow(page, self.proposals, self.annotate, actions, worker)
        self.carry = CarryFlow(page, self.proposals, actions, worker)
        self.imports = ImportFlow(page, actions)
        self.mask = MaskFlow(page, self.annotate, actions)
        self.portion = PortionFlow(page, worker, self.annotate, closer, actions)
        self.weighing = WeighingFlow(page, actions)
        self.meal = MealFlow(page, actions)
        self.view = ViewFlow(page, self.preview, actions)
        actions["prompt.back"].triggered.connect(self.history.take_click_back)
        talking = (self.annotate, self.queue, self.find, self.carry, self.mask, self.portion, self.weighing, self.meal)
        for flow in (*talking, self.imports):
            flow.said.connect(self.said)
