"""The language of the interface: compiled translations beside the icons, English where there is none."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from foodcal_desktop.storage import paths
from foodcal_desktop.ui.translatable import QT_TRANSLATE_NOOP

_installed: list[QTranslator] = []

# Words of Qt's dialog of files that its own Korean lacks; ours are asked first.
QT_WORDS = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
)


def install(app: QApplication, language: str = "system") -> bool:
    """Use ``resources/i18n/foodcal_<language>.qm``; "system" asks the system for its language.

    Returns whether there is such a translation. It holds for the texts made from now on.
    """
    while _installed:
        app.removeTranslator(_installed.pop())
    locale = QLocale.system() if language == "system" else QLocale(language)
    QLocale.setDefault(locale)
    # Qt's own words stand in fields, their menus and the dialogs of files.
    _load(app, locale, "qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return _load(app, locale, "foodcal", str(paths.resources_dir() / "i18n"))


def _load(app: QApplication, locale: QLocale, name: str, folder: str) -> bool:
    translator = QTranslator(app)
    if not translator.load(locale, name, "_", folder):
        return False
    app.installTranslator(translator)
    _installed.append(translator)
    return True
