"""The window put together: its values, sessions and widgets."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from foodcal_desktop.app.dataset_export import DatasetExport
from foodcal_desktop.app.diary_session import DiarySession
from foodcal_desktop.app.effort_log import EffortLog
from foodcal_desktop.app.food_search import FoodSearch
from foodcal_desktop.app.journal import Journal
from foodcal_desktop.app.late_accepts import LateAccepts
from foodcal_desktop.app.photo_library import PhotoLibrary
from foodcal_desktop.app.photo_queue import PhotoQueue
from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.app.prefetcher import Prefetcher
from foodcal_desktop.app.prompt_session import PromptSession
from foodcal_desktop.app.single_instance import SingleInstance
from foodcal_desktop.app.training_session import TrainingSession
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.storage import paths, queue_store
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.settings import CHECKPOINT, DEVICE, WORKER_PYTHON, Settings
from foodcal_desktop.storage.store import Store
from foodcal_desktop.ui.main_window import MainWindow

PATIENCE_MS = 1000
"""How long the workers wait for the first photo at most."""
LANDING_S = 30.0
"""How long a closed window waits for masks that were accepted before they were there, at most."""

# The status by which the event loop is left for a window in another language.
_REOPEN = 1000


class Program:
    """Everything the window needs, made in order and closed in reverse."""

    def __init__(self) -> None:
        self.settings = Settings.load()
        self.database = Database.open()
        self.store = Store(self.database)
        self.journal = Journal(self.store)
        self.foods = FoodSearch(self.store)
        self.library = PhotoLibrary(self.store)
        self.session = PhotoSession(self.journal, self.foods)
        self.worker = WorkerClient(self.settings.get(CHECKPOINT), self.settings.get(WORKER_PYTHON) or None)
        self.worker.device = self.settings.get(DEVICE)
        self.prompts = PromptSession(self.worker)
        self.late = LateAccepts(self.journal, self.foods, self.prompts, self.worker)
        self.diary = DiarySession(self.journal)
        self.queue = PhotoQueue(self.library, self.store)
        self.prefetcher = Prefetcher(self.library, self.queue, self.worker)
        self.effort = EffortLog(self.journal, self.session, self.prompts)
        self.export = DatasetExport()
        self.training = TrainingSession(self.database, self.settings)
        self.window = self._make_window()
        self._wire()

    def _make_window(self) -> MainWindow:
        return MainWindow(
            self.library,
            self.session,
            self.prompts,
            self.worker,
            self.diary,
            self.foods,
            self.settings,
            self.export.start,
            self.queue,
            self.effort,
            training=self.training,
        )

    def _wire(self) -> None:
        for part in (self.export, self.late):
            part.said.connect(self.window.status.say)
        self.library.opened.connect(self.session.open)
        self.library.opened.connect(lambda loaded: self.prompts.open(loaded.photo))
        self.library.opened.connect(lambda loaded: self.worker.embed(loaded.photo))
        # The workers and the food table would take the processor from the first photo.
        self._helpers = QTimer(singleShot=True)
        self._helpers.timeout.connect(self._start_helpers)
        for there in (self.library.opened, self.library.failed):
            there.connect(lambda _: self._hasten_helpers())

    def start(self, files: list[str]) -> None:
        """Show the window, then do what is slower: open what was asked for, read the queue, start the workers."""
        self.window.show()
        QTimer.singleShot(0, lambda: self._start_rest(files))

    def _start_rest(self, files: list[str]) -> None:
        reopening = not files and queue_store.last_open(self.database) is not None
        self._helpers.start(PATIENCE_MS if files or reopening else 0)
        self.library.open_paths(files)
        self.library.restore(reopen=not files, besides=files)

    def _hasten_helpers(self) -> None:
        if self._helpers.isActive():
            self._helpers.start(0)

    def _start_helpers(self) -> None:
        self.worker.start()
        self.foods.read_ahead()

    def come_forward(self, photos: list[str]) -> None:
        """Put the window in front and open photos: what a second start of the program asks for."""
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()
        if photos:
            self.library.open_paths(photos)

    def land_accepted(self) -> None:
        """Wait, unseen, for the masks that were accepted before they were there: their clicks are kept."""
        loop, looking, until = QEventLoop(), QTimer(interval=50), time.monotonic() + LANDING_S
        looking.timeout.connect(lambda: None if self._awaits_masks and time.monotonic() < until else loop.quit())
        if self._awaits_masks:
            looking.start()
            loop.exec()

    @property
    def _awaits_masks(self) -> bool:
        return self.worker.state != "broken" and bool(self.prompts.accepting or self.late.waiting)

    def close(self) -> None:
        """Stop the workers and close the database."""
        self._helpers.stop()
        self.library.close()
        self.window.sheets.work.close()
        self.window.flows.mask.finish()
        self.window.flows.imports.imports.stop()
        self.export.stop()
        self.training.close()
        self.worker.stop()
        self.effort.write()
        self.journal.stop()
        self.window.deleteLater()
        self.database.close()


def run_window(files: list[str]) -> int:
    """Open the window and return its exit status once it is closed."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("foodcal-desktop")
    application.setDesktopFileName("foodcal-desktop")
    application.setWindowIcon(QIcon(str(paths.resources_dir() / "icons" / "app.svg")))
    instance = SingleInstance(paths.data_dir())
    if instance.hand_over(files):
        return 0
    status, place = _run(application, instance, files)
    while status == _REOPEN:
        status, place = _run(application, instance, [], place)
    return status


def _run(application: QApplication, instance: SingleInstance, files: list[str], place: int = -1) -> tuple[int, int]:
    """One window until it is closed, or is to be opened anew: every edit is kept, and the open photo comes back.

    Opened anew it shows ``place``, and the settings in which that was asked for. Returns the event loop's status and
    which place was shown.
    """
    program = Program()
    if place >= 0:
        program.window.show_place(place)
        QTimer.singleShot(0, program.window.actions_table["app.settings"].trigger)
    asked = instance.asked.connect(program.come_forward)
    program.window.reopen_wanted.connect(lambda: application.exit(_REOPEN))
    program.start(files)
    status = 0
    try:
        status = application.exec()
    finally:
        shown = program.window.pages.currentIndex()
        QObject.disconnect(asked)
        if status == _REOPEN:
            # The last window's close would end the program.
            application.setQuitOnLastWindowClosed(False)
            program.window.close()
            application.setQuitOnLastWindowClosed(True)
        else:
            instance.close()
        program.land_accepted()
        program.close()
        QCoreApplication.sendPostedEvents(program.window, QEvent.Type.DeferredDelete.value)
    return status, shown
