"""The window: rail, place, status; all it does is to show the sessions and to forward what the user does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from foodcal_desktop.app.training_process import IDLE
from foodcal_desktop.app.trends_session import TrendsSession
from foodcal_desktop.storage import settings as keys
from foodcal_desktop.storage import videos
from foodcal_desktop.storage.photos import SUFFIXES
from foodcal_desktop.storage.settings import Key, Settings
from foodcal_desktop.ui import action_table, theme, translation, wording
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.command_palette import CommandPalette
from foodcal_desktop.ui.diary_page import DiaryPage
from foodcal_desktop.ui.flows import Flows
from foodcal_desktop.ui.photo_status import PhotoStatus
from foodcal_desktop.ui.rail import Rail
from foodcal_desktop.ui.sheets import Sheets
from foodcal_desktop.ui.status_line import StatusLine
from foodcal_desktop.ui.training_page import TrainingPage
from foodcal_desktop.ui.trends_page import TrendsPage
from foodcal_desktop.ui.undo_flow import PhotoHistory, UndoFlow

if TYPE_CHECKING:
    from foodcal_desktop.app.diary_session import DiarySession
    from foodcal_desktop.app.effort_log import EffortLog
    from foodcal_desktop.app.food_search import FoodSearch
    from foodcal_desktop.app.photo_library import PhotoLibrary
    from foodcal_desktop.app.photo_queue import PhotoQueue
    from foodcal_desktop.app.photo_session import PhotoSession
    from foodcal_desktop.app.prompt_session import PromptSession
    from foodcal_desktop.app.training_session import TrainingSession
    from foodcal_desktop.app.worker_client import WorkerClient

Exporter = Callable[[Path], str]


class MainWindow(QMainWindow):
    """The window over its sessions. ``exporter`` writes the dataset into a folder and returns a sentence about it.

    ``reopen_wanted()`` in another language, for every widget takes its words as it is made.
    """

    reopen_wanted = Signal()

    def __init__(
        self,
        library: PhotoLibrary,
        session: PhotoSession,
        prompts: PromptSession,
        worker: WorkerClient,
        diary: DiarySession,
        foods: FoodSearch,
        settings: Settings,
        exporter: Exporter | None = None,
        queue: PhotoQueue | None = None,
        effort: EffortLog | None = None,
        *,
        training: TrainingSession,
    ) -> None:
        super().__init__()
        self._apply_looks(settings)
        self.library, self.session, self.diary, self.settings = library, session, diary, settings
        self._exporter = exporter
        self.actions_table = self._actions_of_pages(settings)
        self.annotate = AnnotatePage(library, session, prompts, foods, settings, self.actions_table, queue)
        self.flows = Flows(self.annotate, worker, self.actions_table)
        self.diary_page = DiaryPage(diary, library, foods, settings, self.actions_table)
        self.trends_page = TrendsPage(TrendsSession(diary.journal, settings), foods, self.actions_table)
        self.training_page = TrainingPage(training)
        self._lay_out()
        self._wire_actions()
        self.undo = self._undo_flow(diary)
        refresh_view = self.flows.view.refresh
        self.sheets = Sheets(self, self.actions_table, settings, worker, effort, refresh_view, self._on_setting)
        self.sheets.offer("photo.import", lambda: self.flows.imports.sheet(self))
        self._on_setting(keys.DETECTOR.name)
        self.photo_status = PhotoStatus(self.status, self.annotate, worker)
        self._wire_status(worker)
        self._wire_places()
        self._open_place(self.annotate)
        self._restore_geometry()
        if settings.notice:
            self.status.say(settings.notice)

    @staticmethod
    def _apply_looks(settings: Settings) -> None:
        """Colours and language come first: every widget takes them as it is made."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application, settings.get(keys.THEME))
            translation.install(application, settings.get(keys.LANGUAGE))

    # What actions do

    def _actions_of_pages(self, settings: Settings) -> Actions:
        table = Actions(self, settings.get(keys.SHORTCUTS))
        for spec, action in table:
            # Before anything else hears of it: what an action does is seen on its page.
            action.triggered.connect(lambda _=False, scope=spec.scope: self._show_page_of(scope))
        return table

    def _undo_flow(self, diary: DiarySession) -> UndoFlow:
        histories: dict[QWidget, PhotoHistory | DiarySession] = {
            self.annotate: self.flows.history,
            self.diary_page: diary,
        }
        return UndoFlow(self.pages, self.actions_table, histories, diary.journal)

    def _wire_actions(self) -> None:
        a = self.actions_table
        handlers: dict[str, Callable[[], object]] = {
            "photo.open": self._choose_photos,
            "photo.open_folder": self._choose_folder,
            "photo.paste": self._paste,
            "photo.export": self._export,
            "app.quit": self.close,
            "app.palette": self._open_palette,
            "place.annotate": lambda: self._open_place(self.annotate),
            "place.diary": lambda: self._open_place(self.diary_page),
            "place.trends": lambda: self._open_place(self.trends_page),
            "place.finetune": lambda: self._open_place(self.training_page),
        }
        for action_id, handler in handlers.items():
            a[action_id].triggered.connect(lambda _=False, handler=handler: handler())
        a["photo.export"].setVisible(self._exporter is not None)
        a["tool.point"].setChecked(True)
        a.fill(self.menuBar())
        children = Qt.ShortcutContext.WidgetWithChildrenShortcut
        a.place(action_table.WINDOW, self, Qt.ShortcutContext.WindowShortcut)
        a.place(action_table.ANNOTATE, self.annotate, children)
        a.place(action_table.CANVAS, self.annotate.canvas, Qt.ShortcutContext.WidgetShortcut)
        a.place(action_table.DIARY, self.diary_page, children)
        a.place(action_table.TRENDS, self.trends_page, children)

    def _choose_photos(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in sorted({*SUFFIXES, *videos.SUFFIXES}))
        chosen, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Open photos"), self._last_folder(), self.tr("Photos and videos ({0})").format(kinds)
        )
        if chosen:
            self._open_paths(chosen)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Open a folder of photos"), self._last_folder())
        if folder:
            self._open_paths([folder])

    def _open_paths(self, files_and_folders: list[str]) -> None:
        first = Path(files_and_folders[0])
        self._remember(keys.LAST_FOLDER, str(first if first.is_dir() else first.parent))
        self._open_place(self.annotate)
        self.library.open_paths(files_and_folders)

    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        if not self.annotate.canvas.take(data.urls(), data.imageData()):
            self.status.say(self.tr("The clipboard holds no photo; copy one first."))

    def _export(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Export the dataset into an empty folder"))
        if folder and self._exporter is not None:
            self.status.say(self._exporter(Path(folder)))

    def _on_setting(self, name: str) -> None:
        """A setting was changed: what shows it follows."""
        if name == keys.DETECTOR.name:
            self.flows.proposals.detector = self.settings.get(keys.DETECTOR)
        elif name == keys.DAILY_KCAL_GOAL.name:
            self.diary_page.refresh()
            self.trends_page.refresh()
        elif name == keys.LANGUAGE.name and not self._is_at_work():
            self.reopen_wanted.emit()

    def _is_at_work(self) -> bool:
        """Whether something would be lost or interrupted by opening the window anew."""
        training = self.training_page.session.state != IDLE
        working = self.sheets.work.busy or self.flows.imports.imports.running
        return training or working or self.annotate.prompts.active

    def _open_palette(self) -> None:
        room = self._middle.width()
        self.palette_card.open_at(QPoint((room - self.palette_card.width()) // 2, 64))

    def _open_place(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.actions_table[self._place_of[page]].setChecked(True)
        (self.annotate.canvas if page is self.annotate else page).setFocus()
        self.photo_status.show_view()

    def show_place(self, index: int) -> None:
        """Show one of the four places, by its number."""
        self._open_place(list(self._place_of)[index])

    def _show_page_of(self, scope: str) -> None:
        """An action of the menu or the list of all actions may be of another page than the one shown."""
        annotate = self.annotate
        pages: dict[str, QWidget] = {action_table.ANNOTATE: annotate, action_table.CANVAS: annotate}
        pages |= {action_table.DIARY: self.diary_page, action_table.TRENDS: self.trends_page}
        page = pages.get(scope)
        if page is not None and self.pages.currentWidget() is not page:
            self._open_place(page)

    def _open_day(self, day: str) -> None:
        self.diary.set_day(day)
        self._open_place(self.diary_page)

    # What is said

    def _wire_status(self, worker: WorkerClient) -> None:
        for part in (self.flows, self.undo, self.diary_page, self.training_page):
            part.said.connect(self.status.say)
        for about_work in (worker.failed, worker.notices.notice):
            about_work.connect(lambda text: self.status.say(wording.sentence(text)))
        for bar in (self.flows.carry.bar, self.flows.find.bar, self.flows.imports.bar, self.flows.imports.offer):
            self.status.add(bar)
        self.training_page.session.checkpoint_chosen.connect(worker.use_checkpoint)

    def _wire_places(self) -> None:
        self.session.opened.connect(lambda: None if self.library.reopened else self._open_place(self.annotate))
        self.diary_page.photo_wanted.connect(self.library.select)
        self.trends_page.day_wanted.connect(self._open_day)
        canvas = self.annotate.canvas
        canvas.paths_dropped.connect(lambda paths: self.flows.imports.take(paths, self._open_paths))
        canvas.image_dropped.connect(self.library.open_image)
        canvas.take_drops_of(self)
        canvas.open_requested.connect(self._choose_photos)

    # The window itself

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "actions_table"):
            self.actions_table.refresh_icons()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the canvas more room in a small window."""
        self.annotate.set_narrow(self.width() < theme.NARROW_WINDOW)
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's place; everything else is saved already."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._remember(keys.WINDOW_GEOMETRY, geometry)
        super().closeEvent(event)

    def _remember(self, key: Key[str], value: str) -> None:
        """Keep a setting; a full disk is said, and stops nothing."""
        try:
            self.settings.set(key, value)
        except OSError as error:
            self.status.say(self.tr("The settings cannot be saved ({0}).").format(error))

    def _restore_geometry(self) -> None:
        # A laptop of 1366 × 768 pixels at 150 % has room for 910 × 512, less its bars.
        self.setMinimumSize(900, 440)
        stored = self.settings.get(keys.WINDOW_GEOMETRY)
        if not stored or not self.restoreGeometry(QByteArray.fromBase64(stored.encode("ascii"))):
            self.resize(first_size(self.screen().availableSize(), self.minimumSize()))

    def _last_folder(self) -> str:
        return self.settings.get(keys.LAST_FOLDER) or str(Path.home())

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("Food diary"))
        self.status, self.pages, self._middle = StatusLine(), QStackedWidget(), QWidget()
        pages = (self.annotate, self.diary_page, self.trends_page, self.training_page)
        places = ("place.annotate", "place.diary", "place.trends", "place.finetune")
        self._place_of: dict[QWidget, str] = dict(zip(pages, places, strict=True))
        for page in pages:
            self.pages.addWidget(page)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(Rail(self.actions_table, places, ("app.checkpoints", "app.settings")))
        row.addWidget(self.pages, 1)
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        self.setCentralWidget(self._middle)
        self.palette_card = CommandPalette(self._middle, self.actions_table)


def first_size(screen: QSize, least: QSize) -> QSize:
    """How large the window opens the first time: never larger than the screen, unless that cannot hold it at all."""
    usual = QSize(1280, 800)
    return usual.boundedTo(screen) if screen.boundedTo(least) == least else usual
