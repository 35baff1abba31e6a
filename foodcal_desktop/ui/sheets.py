"""Opens the sheets over the window, and takes over at once what is changed in them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from foodcal_desktop.app.checkpoint_work import CheckpointWork
from foodcal_desktop.app.effort_log import EffortLog
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.storage import settings as keys
from foodcal_desktop.storage.settings import Settings
from foodcal_desktop.ui import theme
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.checkpoints_dialog import CheckpointsDialog
from foodcal_desktop.ui.effort_dialog import EffortDialog
from foodcal_desktop.ui.settings_dialog import SettingsDialog
from foodcal_desktop.ui.sheet import Sheet
from foodcal_desktop.ui.shortcuts_dialog import ShortcutsDialog
from foodcal_desktop.ui.view_card import ViewDialog


class Sheets(QObject):
    """One sheet at a time. ``show_view`` takes over how the photo is shown, ``refresh`` all else."""

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        settings: Settings,
        worker: WorkerClient,
        effort: EffortLog | None,
        on_view: Callable[[], None],
        on_setting: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._window, self._actions, self._settings = window, actions, settings
        self._worker, self._effort = worker, effort
        self._on_view, self._on_setting = on_view, on_setting
        self.work = CheckpointWork(settings, self)
        self.open: Sheet | None = None
        makers: dict[str, Callable[[], Sheet]] = {
            "app.settings": self._make_settings,
            "app.shortcuts": lambda: ShortcutsDialog(actions, settings, window),
            "app.checkpoints": self._make_checkpoints,
            "app.effort": lambda: EffortDialog(effort.sums if effort else (), window),
            "view.adjust": self._make_view,
        }
        for action_id, maker in makers.items():
            self.offer(action_id, maker)

    def offer(self, action_id: str, maker: Callable[[], Sheet]) -> None:
        """Show a sheet, made by ``maker``, whenever an action is called."""
        self._actions[action_id].triggered.connect(lambda _=False: self._show(maker()))

    def _show(self, sheet: Sheet) -> None:
        if self.open is not None:
            self.open.close()
            self.open.deleteLater()
        self.open = sheet
        sheet.show()

    def _make_settings(self) -> Sheet:
        sheet = SettingsDialog(self._settings, self._window)
        sheet.changed.connect(self._on_changed)
        return sheet

    def _make_view(self) -> Sheet:
        sheet = ViewDialog(self._settings, self._window)
        sheet.changed.connect(self._on_view)
        return sheet

    def _make_checkpoints(self) -> Sheet:
        sheet = CheckpointsDialog(self.work, self._settings, self._window)
        sheet.selected.connect(self._worker.use_checkpoint)
        return sheet

    def _on_changed(self, name: str) -> None:
        application = QApplication.instance()
        if name == keys.THEME.name and isinstance(application, QApplication):
            theme.apply(application, self._settings.get(keys.THEME))
        elif name == keys.DEVICE.name:
            self._worker.use_device(self._settings.get(keys.DEVICE))
        elif name == keys.WORKER_PYTHON.name:
            self._worker.use_python(self._settings.get(keys.WORKER_PYTHON) or None)
        self._on_setting(name)
