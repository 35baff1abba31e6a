"""The stylesheet, written once with the theme's tokens in it."""

from __future__ import annotations

from foodcal_desktop.ui import theme
from foodcal_desktop.ui.theme import Tokens


def stylesheet(t: Tokens) -> str:
    """The application's stylesheet in the colours of one scheme."""
    return "\n".join((_surfaces(t), _text(t), _buttons(t), _fields(t), _lists(t), _canvas(), _scrollbars(t)))


def _surfaces(t: Tokens) -> str:
    return f"""
QMainWindow, QDialog {{ background: {t.ground}; }}
QWidget[role="ground"] {{ background: {t.ground}; }}
QWidget[role="raised"] {{ background: {t.raised}; }}
QWidget[role="rail"] {{ background: {t.sunken}; border-right: 1px solid {t.hairline}; }}
QWidget[role="queue"] {{ background: {t.ground}; border-right: 1px solid {t.hairline}; }}
QWidget[role="panel"] {{ background: {t.ground}; border-left: 1px solid {t.hairline}; }}
QFrame[role="card"] {{ background: {t.raised}; border: 1px solid {t.hairline}; border-radius: 10px; }}
QFrame[role="item"] {{ background: transparent; border: 1px solid transparent; border-radius: 10px; }}
QFrame[role="item"]:hover {{ background: {t.sunken}; }}
QFrame[role="item-open"] {{ background: {t.raised}; border: 1px solid {t.hairline}; border-radius: 10px; }}
QFrame[role="day"], QFrame[role="day-chosen"] {{ border: 1px solid transparent; border-radius: 10px; }}
QFrame[role="day"]:hover {{ background: {t.sunken}; }}
QFrame[role="day-chosen"] {{ background: {t.raised}; border: 1px solid {t.hairline}; }}
QFrame[role="hairline"] {{ background: {t.hairline}; border: none; max-height: 1px; min-height: 1px; }}
QToolTip {{ background: {t.raised}; color: {t.ink}; border: 1px solid {t.hairline}; padding: 4px 8px; }}
QMenuBar {{ background: {t.ground}; color: {t.soft_ink}; border-bottom: 1px solid {t.hairline}; }}
QMenuBar::item {{ background: transparent; padding: 5px 10px; }}
QMenuBar::item:selected {{ background: {t.sunken}; color: {t.ink}; border-radius: 6px; }}
QMenu {{ background: {t.raised}; color: {t.ink}; border: 1px solid {t.hairline}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 6px; }}
QMenu::item:selected {{ background: {t.sunken}; }}
QMenu::item:disabled {{ color: {t.soft_ink}; }}
QMenu::separator {{ height: 1px; background: {t.hairline}; margin: 4px 8px; }}
QMenu::icon {{ padding-left: 8px; }}
QProgressBar {{ background: {t.hairline}; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 2px; }}
"""


def _text(t: Tokens) -> str:
    return f"""
QLabel {{ background: transparent; color: {t.ink}; }}
QLabel[role="soft"] {{ color: {t.soft_ink}; }}
QLabel[role="caption"] {{ color: {t.soft_ink}; font-size: 12px; }}
QLabel[role="emphasis"] {{ font-size: 15px; font-weight: 600; }}
QLabel[role="title"] {{ font-size: 20px; font-weight: 600; }}
QLabel[role="display"] {{ font-size: 34px; font-weight: 600; }}
QLabel[role="warn"] {{ color: {t.ink}; font-size: 12px; }}
QLabel[role="caution"] {{ color: {t.warn}; font-size: 12px; }}
QLabel[role="item-name"] {{ font-weight: 500; }}
QLabel[role="item-kcal"] {{ font-size: 15px; font-weight: 600; }}
QLabel[role="error"] {{ color: {t.error}; font-size: 12px; }}
QLabel[role="status"] {{ color: {t.soft_ink}; font-size: 12px; padding: 0 12px; }}
"""


def _buttons(t: Tokens) -> str:
    return f"""
QToolButton {{ background: transparent; color: {t.soft_ink}; border: none; border-radius: 6px; padding: 4px; }}
QToolButton:hover {{ background: {t.hairline}; color: {t.ink}; }}
QToolButton:checked {{ color: {t.accent}; }}
QToolButton:focus {{ border: 1px solid {t.accent}; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton[role="place"] {{ font-size: 12px; padding: 6px 0; }}
QToolButton[role="place"]:checked {{ background: {t.raised}; color: {t.accent}; }}
QFrame[role="segments"] {{ background: {t.sunken}; border: none; border-radius: 6px; }}
QToolButton[role="segment"] {{ padding: 4px 10px; }}
QToolButton[role="segment"]:checked {{ background: {t.raised}; color: {t.accent}; }}
QToolButton[role="slot"] {{ color: {t.ink}; font-size: 15px; font-weight: 600; padding: 4px 6px 4px 0; }}
QToolButton[role="meal"] {{ font-size: 12px; padding: 2px 6px 2px 0; }}
QPushButton {{ background: {t.raised}; color: {t.ink}; border: 1px solid {t.hairline}; border-radius: 6px;
  padding: 6px 14px; }}
QPushButton:hover {{ background: {t.sunken}; }}
QPushButton:focus {{ border-color: {t.accent}; }}
QPushButton:disabled {{ color: {t.soft_ink}; background: {t.sunken}; }}
QPushButton[role="primary"] {{ background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent};
  font-size: 15px; font-weight: 600; padding: 9px 16px; }}
QPushButton[role="primary"]:focus {{ border-color: {t.ink}; }}
QPushButton[role="primary"]:disabled {{ background: {t.sunken}; color: {t.soft_ink}; border-color: {t.hairline}; }}
QPushButton[role="answer"] {{ padding: 3px 9px; font-size: 12px; }}
QPushButton[role="link"] {{ background: transparent; border: none; color: {t.accent}; padding: 2px 4px; }}
"""


def _fields(t: Tokens) -> str:
    return f"""
QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox {{ background: {t.raised}; color: {t.ink};
  border: 1px solid {t.hairline}; border-radius: 6px; padding: 4px 8px; min-height: 20px;
  selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {{ border-color: {t.accent}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ subcontrol-origin: border; width: 0px; border: none; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{ background: transparent; border: none; padding: 0 6px;
  min-height: 0; }}
QComboBox::drop-down {{ border: none; width: 18px; }}
QComboBox {{ combobox-popup: 0; }}
QComboBoxPrivateContainer {{ background: {t.raised}; border: none; }}
QComboBox QAbstractItemView {{ background: {t.raised}; color: {t.ink}; border: 1px solid {t.hairline}; outline: none;
  padding: 4px; }}
QComboBox QAbstractItemView::item {{ padding: 4px 8px; border: none; border-radius: 6px; color: {t.ink}; }}
QComboBox QAbstractItemView::item:selected {{ background: {t.hairline}; color: {t.ink}; }}
QLineEdit[role="chain"], QLineEdit[role="chain-typed"] {{ background: transparent; border: none; border-radius: 0;
  border-bottom: 1px solid {t.soft_ink}; padding: 0 2px; min-height: 20px; }}
QLineEdit[role="chain-typed"] {{ border-bottom: 2px solid {t.accent}; }}
QLineEdit[role="chain"]:focus, QLineEdit[role="chain-typed"]:focus {{ background: {t.sunken};
  border-bottom: 2px solid {t.accent}; }}
QAbstractSpinBox[role|="flat"] {{ background: transparent; border: 1px solid transparent; }}
QAbstractSpinBox[role|="flat"]:hover {{ border: 1px solid {t.hairline}; }}
QAbstractSpinBox[role|="flat"]:focus {{ border: 1px solid {t.accent}; background: {t.raised}; }}
QAbstractSpinBox[role="flat-kcal"] {{ font-size: 15px; font-weight: 600; }}
QAbstractSpinBox[role="flat-kcal"]:disabled {{ color: {t.ink}; }}
QSlider::groove:horizontal {{ height: 2px; background: {t.hairline}; border-radius: 1px; }}
QSlider::sub-page:horizontal {{ background: {t.accent}; border-radius: 1px; }}
QSlider::handle:horizontal {{ width: 11px; height: 11px; margin: -6px 0; border-radius: 7px;
  background: {t.raised}; border: 1.5px solid {t.accent}; }}
QLineEdit[role="search"] {{ font-size: 15px; border: none; background: transparent; padding: 8px 4px; }}
"""


def _lists(t: Tokens) -> str:
    return f"""
QListView {{ background: transparent; border: none; outline: none; color: {t.ink}; }}
QListWidget::item, QTreeWidget::item {{ padding: 6px 8px; border: none; color: {t.ink}; }}
QListWidget::item:selected, QTreeWidget::item:selected {{ background: {t.hairline}; color: {t.ink}; }}
QTreeWidget {{ background: {t.raised}; border: 1px solid {t.hairline}; border-radius: 6px; outline: none; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
"""


def _canvas() -> str:
    return f"""
QFrame[role="pill"] {{ background: {theme.CANVAS_CARD}; border: 1px solid {theme.CANVAS_HAIRLINE};
  border-radius: 10px; }}
QFrame[role="pill"] QLabel {{ color: {theme.CANVAS_SOFT_INK}; font-size: 12px; }}
QFrame[role="pill"] QLabel[role="warn"] {{ color: {theme.CANVAS_WARN}; }}
QFrame[role="pill"] QToolButton {{ color: {theme.CANVAS_SOFT_INK}; padding: 6px 0; }}
QFrame[role="pill"] QToolButton:hover {{ background: {theme.CANVAS_HAIRLINE}; color: {theme.CANVAS_INK}; }}
QFrame[role="pill"] QToolButton:checked {{ background: {theme.CANVAS_HAIRLINE}; color: {theme.CANVAS_ACCENT}; }}
QFrame[role="pill"] QLabel[role="pill-title"] {{ color: {theme.CANVAS_INK}; font-size: 13px; }}
QPushButton[role="pill"] {{ background: {theme.CANVAS}; color: {theme.CANVAS_INK}; padding: 4px 10px; font-size: 12px;
  border: 1px solid {theme.CANVAS_HAIRLINE}; border-radius: 6px; }}
QPushButton[role="pill"]:hover {{ background: {theme.CANVAS_HAIRLINE}; border-color: {theme.CANVAS_ACCENT}; }}
QFrame[role="pill-line"] {{ background: {theme.CANVAS_HAIRLINE}; border: none; }}
"""


def _scrollbars(t: Tokens) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
QScrollBar::handle {{ background: {t.hairline}; border-radius: 3px; min-height: 28px; min-width: 28px; }}
QScrollBar::handle:hover {{ background: {t.soft_ink}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: transparent; border: none; width: 0; height: 0; }}
"""
