"""The language of the interface: compiled translations beside the icons, English where there is none."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from foodcal_desktop.storage import paths

_installed: list[QTranslator] = []


def install(app: QApplication, language: str = "system") -> bool:
    """Use ``resources/i18n/foodcal_<language>.qm``; "system" asks the system for its language.

    Returns whether there is such a translation. It holds for the texts made from now on.
    """
    while _installed:
        app.removeTranslator(_installed.pop())
    locale = QLocale.system() if language == "system" else QLocale(language)
    QLocale.setDefault(locale)
    translator = QTranslator(app)
    if not translator.load(locale, "foodcal", "_", str(paths.resources_dir() / "i18n")):
        return False
    app.installTranslator(translator)
    _installed.append(translator)
    return True
