"""The window over real sessions and a real database; only the worker, a process with torch in it, is replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QLocale, QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from foodcal_desktop.app.diary_session import DiarySession
from foodcal_desktop.app.effort_log import EffortLog
from foodcal_desktop.app.encoder_jobs import EncoderJobs
from foodcal_desktop.app.encoder_looks import EncoderLooks
from foodcal_desktop.app.food_search import FoodSearch
from foodcal_desktop.app.journal import Journal
from foodcal_desktop.app.photo_library import PhotoLibrary
from foodcal_desktop.app.photo_queue import PhotoQueue
from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.app.prompt_session import PromptSession
from foodcal_desktop.app.training_process import TrainingProcess
from foodcal_desktop.app.training_session import TrainingSession
from foodcal_desktop.app.worker_child import WorkerChild
from foodcal_desktop.app.worker_notices import WorkerNotices
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate, Prompts
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.settings import THEME, Settings
from foodcal_desktop.storage.store import Store
from foodcal_desktop.ui import translation
from foodcal_desktop.ui.main_window import MainWindow
from foodcal_desktop.ui.photo_canvas import PhotoCanvas

WIDTH, HEIGHT = 400, 300


class DiscWorker(QObject):
    """Answers each prompt, when told to, with discs around the last positive click: three for one click, else one."""

    predicted = Signal(int, object)
    predict_failed = Signal(int, str)
    failed = Signal(str)
    state_changed = Signal(str)
    found = Signal(str, object)
    find_progressed = Signal(str, float)
    find_failed = Signal(str, str)
    embedded = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._encoder = WorkerChild("encoder", None, self)
        self.jobs = EncoderJobs(self._encoder, self)
        self.looks = EncoderLooks(self._encoder, self)
        self.notices = WorkerNotices((self._encoder,), self)
        self.state = "ready"
        self.checkpoint = "lite"
        self.asked: list[Prompts] = []
        self.holds_back = False
        self.proposed: tuple[Candidate, ...] = ()
        self.finds_late, self.looking = False, ""

    def find(self, photo: Photo, detector: str = "") -> None:
        """Propose what the test has laid ready, at once or only when the test says so."""
        self.looking = photo.sha256
        if not self.finds_late:
            self.found.emit(photo.sha256, self.proposed)

    def leave_find(self) -> None:
        """Nothing is found any more."""
        self.looking = ""

    def has_embedding(self, sha256: str) -> bool:
        """Every photo is embedded, unless answers are held back."""
        return not self.holds_back and self.state == "ready"

    def use_checkpoint(self, name: str) -> None:
        """Take another name."""
        self.checkpoint = name

    def embed(self, photo: Photo) -> None:
        """Nothing to do."""

    def predict(self, sha256: str, prompts: Prompts, preview: bool = False) -> int:
        """Answer at once, or only with ``answer`` while it holds back."""
        self.asked.append(prompts)
        if not self.holds_back:
            number = len(self.asked)
            from PySide6.QtCore import QTimer

            QTimer.singleShot(0, lambda: self.answer(number))
        return len(self.asked)

    def answer(self, number: int | None = None) -> None:
        """Answer a request, by default the last."""
        number = number or len(self.asked)
        prompts = self.asked[number - 1]
        radii = (30, 45, 15) if prompts.is_ambiguous else (30,)
        self.predicted.emit(number, tuple(disc_candidate(prompts, r) for r in radii))


def disc_candidate(prompts: Prompts, radius: float) -> Candidate:
    """A disc around the last positive point, or around the middle of the box."""
    positive = [p for p in prompts.points if p.positive]
    if positive:
        x, y = positive[-1].x, positive[-1].y
    else:
        assert prompts.box is not None
        x, y = (prompts.box.x0 + prompts.box.x1) / 2, (prompts.box.y0 + prompts.box.y1) / 2
    return Candidate(disc(x, y, radius), 0.9, np.zeros((4, 4), np.float32))


def disc(x: float, y: float, radius: float, width: int = WIDTH, height: int = HEIGHT) -> Mask:
    """A disc as a mask."""
    rows, columns = np.mgrid[:height, :width] + 0.5
    return Mask.from_array(np.hypot(columns - x, rows - y) <= radius)


@dataclass
class Home:
    """Everything a test of the window touches."""

    window: MainWindow
    library: PhotoLibrary
    session: PhotoSession
    prompts: PromptSession
    worker: DiscWorker
    diary: DiarySession
    settings: Settings

    @property
    def canvas(self) -> PhotoCanvas:
        """The canvas."""
        return self.window.annotate.canvas

    def at(self, x: float, y: float) -> QPoint:
        """The widget point nearest to a photo point."""
        return self.canvas.view.to_widget(x, y).toPoint()


@pytest.fixture
def photo_file(tmp_path: Path) -> Path:
    """A photo in which every pixel differs from its neighbours."""
    rng = np.random.default_rng(7)
    path = tmp_path / "점심 lunch.png"
    Image.fromarray(rng.integers(0, 255, (HEIGHT, WIDTH, 3), dtype=np.uint8)).save(path)
    return path


@pytest.fixture
def training_command() -> list[str] | None:
    """What a fine-tuning runs; None: the program itself."""
    return None


@pytest.fixture
def make_home(qtbot: QtBot, data_dir: Path, training_command: list[str] | None) -> Iterator[Callable[[], Home]]:
    """Opens windows on the same data folder, each closed at the end of the test."""
    closers: list[Callable[[], None]] = []

    def make() -> Home:
        settings = Settings.load()
        settings.set(THEME, "light")
        database = Database.open()
        store = Store(database)
        journal, worker = Journal(store), DiscWorker()
        foods, library, prompts = FoodSearch(store), PhotoLibrary(store), PromptSession(worker)  # type: ignore[arg-type]
        session, diary = PhotoSession(journal, foods), DiarySession(journal)
        queue, effort = PhotoQueue(library, store), EffortLog(journal, session, prompts)
        training = TrainingSession(database, settings, TrainingProcess(command=training_command))
        window = MainWindow(  # type: ignore[arg-type]
            library, session, prompts, worker, diary, foods, settings, None, queue, effort, training=training
        )
        library.opened.connect(session.open)
        library.opened.connect(lambda loaded: prompts.open(loaded.photo))
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

        def close() -> None:
            library.close()
            training.close()
            window.sheets.work.close()
            effort.write()
            journal.stop()
            database.close()

        closers.append(close)
        return Home(window, library, session, prompts, worker, diary, settings)

    yield make
    for close in closers:
        close()


@pytest.fixture
def home(make_home: Callable[[], Home], photo_file: Path, qtbot: QtBot) -> Home:
    """A window with one photo open."""
    made = make_home()
    with qtbot.waitSignal(made.session.opened):
        made.library.open_paths([photo_file])
    return made


@pytest.fixture
def korean(qapp: QApplication) -> Iterator[None]:
    """The program in Korean; English again afterwards."""
    if not translation.install(qapp, "ko"):
        pytest.skip("the Korean translation is not compiled")
    yield
    translation.install(qapp, "en")
    QLocale.setDefault(QLocale("en"))
