"""The one place for colours, spacing, radii, type and icons; light and dark follow the system."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from foodcal_desktop.core.palette import MASK_HUES as MASK_HUES
from foodcal_desktop.storage import paths

SPACE_4, SPACE_8, SPACE_12, SPACE_16, SPACE_24, SPACE_32 = 4, 8, 12, 16, 24, 32
RADIUS_CONTROL, RADIUS_CARD = 6, 10
CAPTION, BODY, EMPHASIS, TITLE, DISPLAY = 12, 13, 15, 20, 34
ICON = 20
RAIL_WIDTH, QUEUE_WIDTH, PANEL_WIDTH = 72, 196, 304
QUEUE_WIDTH_NARROW, PANEL_WIDTH_NARROW, NARROW_WINDOW = 180, 272, 1160
# A page lower than this has little room, as on 1366 × 768 pixels at 150 %.
LOW_PAGE = 440
ROW_HEIGHT, THUMBNAIL = 52, 40

CANVAS = "#202124"
CANVAS_INK = "#F2F1EE"
CANVAS_SOFT_INK = "#B4B2AC"
CANVAS_CARD = "#E61C1D1F"
CANVAS_HAIRLINE = "#3A3B3F"
CANVAS_ACCENT = "#5CC48A"
CANVAS_WARN = "#E3B15A"
HALO = "#FFFFFF"
SHADOW = "#000000"
MASK_FILL, MASK_FILL_SELECTED, MASK_OUTLINE = 0.40, 0.55, 2.0


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, as ``#RRGGBB``; ``on_accent`` is text upon the accent."""

    ground: str
    raised: str
    sunken: str
    ink: str
    soft_ink: str
    hairline: str
    accent: str
    on_accent: str
    warn: str
    error: str


LIGHT = Tokens(
    "#FAFAF8", "#FFFFFF", "#F1F1EE", "#1D1D1B", "#6B6A66", "#E3E2DE", "#2F7D4F", "#FFFFFF", "#8F5D14", "#B3382C"
)
DARK = Tokens(
    "#161617", "#1F2022", "#0F0F10", "#F2F1EE", "#A3A19B", "#303134", "#5CC48A", "#0F0F10", "#E3B15A", "#F07167"
)

_UGLY_FALLBACKS = ("DejaVu Sans", "Bitstream Vera Sans", "Sans", "Sans Serif")
_BETTER_FAMILIES = ("Inter", "Cantarell", "Noto Sans", "Noto Sans CJK KR")


# What the user chose: "light", "dark", or "system". Some platforms cannot be told by setColorScheme.
_chosen = "system"


def tokens() -> Tokens:
    """The colours of the scheme that the user chose, or that the system is in now."""
    if _chosen != "system":
        return DARK if _chosen == "dark" else LIGHT
    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def color(value: str, alpha: float | None = None) -> QColor:
    """A token as a QColor, with another opacity from 0 to 1 if given."""
    out = QColor(value)
    if alpha is not None:
        out.setAlphaF(alpha)
    return out


def mask_color(index: int, alpha: float = 1.0) -> QColor:
    """The hue of the index-th mask; the twelve are used in turn."""
    return color(MASK_HUES[index % len(MASK_HUES)], alpha)


def font(size: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The application's font at a size in px, with tabular figures."""
    out = QFont(QApplication.font())
    out.setPixelSize(size)
    out.setWeight(weight)
    out.setFeature(QFont.Tag("tnum"), 1)
    return out


def system_font() -> QFont:
    """The system's own font; a Linux without a desktop has only a fallback, then a better family if there is one."""
    out = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if QFontInfo(out).family() in _UGLY_FALLBACKS:
        families = set(QFontDatabase.families())
        out.setFamilies([family for family in _BETTER_FAMILIES if family in families] or [out.family()])
    out.setPixelSize(BODY)
    out.setFeature(QFont.Tag("tnum"), 1)
    return out


def apply(app: QApplication, scheme: str = "system") -> None:
    """Dress the application in "light" or "dark", or as the system is now and whenever it changes."""
    global _chosen
    _chosen = scheme
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    hints = app.styleHints()
    if scheme in schemes:
        hints.setColorScheme(schemes[scheme])
    else:
        hints.unsetColorScheme()
    first = not app.property("follows_scheme")
    if first:
        app.setStyle("Fusion")
    app.setFont(system_font())
    _dress(app)
    if first:
        app.setProperty("follows_scheme", True)
        hints.colorSchemeChanged.connect(lambda _scheme: _dress(app))


def _dress(app: QApplication) -> None:
    # Late, for the stylesheet is written with this module's tokens.
    from foodcal_desktop.ui.stylesheet import stylesheet

    colors = tokens()
    app.setPalette(_palette(colors))
    sheet = stylesheet(colors)
    # Set again, the same sheet would have every widget polished anew.
    if sheet != app.styleSheet():
        app.setStyleSheet(sheet)


def _palette(t: Tokens) -> QPalette:
    role = QPalette.ColorRole
    pairs = {
        role.Window: t.ground,
        role.Base: t.raised,
        role.AlternateBase: t.sunken,
        role.Button: t.raised,
        role.WindowText: t.ink,
        role.Text: t.ink,
        role.ButtonText: t.ink,
        role.BrightText: t.error,
        role.PlaceholderText: t.soft_ink,
        role.Highlight: t.accent,
        role.HighlightedText: t.on_accent,
        role.ToolTipBase: t.raised,
        role.ToolTipText: t.ink,
        role.Link: t.accent,
        role.Mid: t.hairline,
        role.Dark: t.hairline,
        role.Light: t.raised,
    }
    out = QPalette()
    for key, value in pairs.items():
        out.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        out.setColor(QPalette.ColorGroup.Disabled, key, color(t.soft_ink, 0.6))
    return out


def icon(name: str, ink: str | None = None, checked: str | None = None) -> QIcon:
    """The icon ``resources/icons/<name>.svg`` in the ink of the scheme, or in another, at every scale of a screen.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    t = tokens()
    out = QIcon()
    inks = {
        (QIcon.Mode.Normal, QIcon.State.Off): ink or t.soft_ink,
        (QIcon.Mode.Active, QIcon.State.Off): ink or t.ink,
        (QIcon.Mode.Normal, QIcon.State.On): checked or t.accent,
        (QIcon.Mode.Active, QIcon.State.On): checked or t.accent,
        (QIcon.Mode.Disabled, QIcon.State.Off): _faded(ink or t.soft_ink),
    }
    for (mode, state), tint in inks.items():
        for ratio in (1, 2):
            out.addPixmap(icon_pixmap(name, ICON, tint, ratio), mode, state)
    return out


def _faded(value: str) -> str:
    return color(value, 0.4).name(QColor.NameFormat.HexArgb)


# All icons in their four inks at two scales are 600 pixmaps of a few kB, asked for again whenever the scheme changes.
@lru_cache(maxsize=2048)
def icon_pixmap(name: str, size: int, ink: str, ratio: float = 1.0) -> QPixmap:
    """An icon as a pixmap of ``size`` logical pixels at a device pixel ratio, tinted."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _renderer(name).render(painter, QRectF(pixmap.rect()))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), QColor(ink))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=128)
def _renderer(name: str) -> QSvgRenderer:
    source = (paths.resources_dir() / "icons" / f"{name}.svg").read_bytes()
    return QSvgRenderer(QByteArray(source.replace(b"currentColor", b"#000000")))


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget a role of the stylesheet, such as "title", "soft", "primary"; it may change while it is shown."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
