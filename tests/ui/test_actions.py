from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QMenuBar

from foodcal_desktop.storage import paths
from foodcal_desktop.ui import action_table, translation
from foodcal_desktop.ui.action_table import ACTIONS
from foodcal_desktop.ui.actions import Actions, plain

PAGES = {
    "annotate": (action_table.WINDOW, action_table.ANNOTATE, action_table.CANVAS),
    "diary": (action_table.WINDOW, action_table.DIARY),
    "trends": (action_table.WINDOW, action_table.TRENDS),
}


def test_ids_are_unique_and_every_action_has_a_key():
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)
    assert all(spec.keys for spec in ACTIONS)


def test_no_key_means_two_things_on_one_page():
    for scopes in PAGES.values():
        keys = Counter(QKeySequence(k).toString() for s in ACTIONS if s.scope in scopes for k in s.keys)
        assert "" not in keys
        assert [key for key, count in keys.items() if count > 1] == []


def test_the_tooltip_names_the_key(qapp):
    parent = QObject()
    actions = Actions(parent)
    for spec, action in actions:
        native = QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
        assert native in action.toolTip()


def test_the_users_own_key_replaces_the_usual_one(qapp):
    parent = QObject()
    actions = Actions(parent, {"view.fit": "Ctrl+9"})
    assert [key.toString() for key in actions["view.fit"].shortcuts()] == ["Ctrl+9"]
    assert "Ctrl+9" in actions["view.fit"].toolTip()


def test_a_key_clashes_only_where_both_work(qapp):
    parent = QObject()
    actions = Actions(parent)
    clashing = {"diary.today": "Left", "trends.open": "Left", "view.fit": "Left", "app.quit": "PgUp"}
    found = {name: clash.id if (clash := actions.clash(name, key)) else "" for name, key in clashing.items()}
    expected = ["diary.previous", "trends.point_before", "", "photo.previous"]
    assert found == dict(zip(clashing, expected, strict=True))


def test_every_action_is_in_the_menu_bar(qtbot):
    bar = QMenuBar()
    qtbot.addWidget(bar)
    parent = QObject()
    actions = Actions(parent)
    actions.fill(bar)
    shown = [action for menu in bar.actions() for action in menu.menu().actions()]
    found = [action.objectName() for action in shown if not action.isSeparator()]
    assert sorted(found) == sorted(spec.id for spec in ACTIONS)


def test_quit_is_the_last_of_its_menu_and_lines_part_what_is_of_different_things(qtbot):
    bar = QMenuBar()
    qtbot.addWidget(bar)
    actions = Actions(bar)
    actions.fill(bar)
    menus = [action.menu() for action in bar.actions()]
    for menu in menus:
        rows = [action.objectName() for action in menu.actions()]
        assert rows[0] and rows[-1] and all(a or b for a, b in pairwise(rows)), "a line stands between two actions"
        of = [row.partition(".")[0] for row in rows]
        assert all(a == b for a, b in pairwise(of) if a and b)
    assert menus[0].actions()[-1].objectName() == "app.quit"


def test_no_module_but_the_theme_names_a_colour():
    for file in (paths.resources_dir().parent / "foodcal_desktop" / "ui").glob("*.py"):
        if file.name != "theme.py":
            assert not re.search(r"#[0-9A-Fa-f]{6}", file.read_text(encoding="utf-8")), file.name


def test_a_korean_reads_menus_without_their_letters_and_qts_own_words_in_korean(qapp):
    assert translation.install(qapp, "ko")
    try:
        assert plain("&Photo") == "사진" and plain("Ma&sks") == "마스크"
        edit = QKeySequenceEdit()
        assert edit.findChild(QLineEdit).placeholderText() not in ("", "Press shortcut")
    finally:
        translation.install(qapp, "en")
    assert plain("Ma&sks") == "Masks"
    assert QKeySequenceEdit().findChild(QLineEdit).placeholderText() == "Press shortcut"
