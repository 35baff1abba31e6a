"""Items found again in the next photo, carried through a series, corrected and stopped; videos; with real events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from foodcal_desktop.core.carrying import CarriedFrame, CarryRequest, frame_message, no_logits, request_of
from foodcal_desktop.core.messages import Message
from foodcal_desktop.core.prompt import Candidate
from foodcal_desktop.storage import photos, videos
from tests.ui.conftest import HEIGHT, WIDTH, Home, disc

Left = Qt.MouseButton.LeftButton
NoKeys, Ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
PATIENCE_MS = 60_000
CtrlShift = Ctrl | Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


class FarEncoder:
    """The encoder's end of the pipe: what it was sent, and what it answers when the test says so."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.sent: list[Message] = []
        home.worker._encoder.send = self.sent.append  # type: ignore[method-assign]
        self.say(Message("ready", {"checkpoint": "lite", "hash": "h", "notices": []}))

    def say(self, message: Message) -> None:
        self._home.worker._encoder.received.emit(message)

    @property
    def request(self) -> CarryRequest:
        return request_of([message for message in self.sent if message.kind == "carry"][-1])

    def begin(self, by_memory: bool) -> None:
        values = {"job": self.request.job, "by_memory": by_memory, "checkpoint": "lite", "total": 1}
        self.say(Message("carry_began", values))

    def found(self, number: int, *discs: tuple[str, float, float]) -> None:
        """The encoder has found items, as discs around points, on the so manieth frame after the start."""
        request = self.request
        path = request.paths[request.start + number]
        pairs = tuple((item, Candidate(disc(x, y, 30), 0.8, no_logits())) for item, x, y in discs)
        total = len(request.paths) - 1 - request.start
        photo = photos.load(path).photo.sha256
        self.say(frame_message(CarriedFrame(request.job, photo, path, number, total, pairs)))

    def end(self) -> None:
        self.say(Message("job_ended", {"job": self.request.job, "stopped": False}))


@pytest.fixture
def series(qtbot, make_home: Callable[[], Home], tmp_path: Path) -> Home:
    """A folder of three photos, the first one open."""
    folder = tmp_path / "연속 series"
    folder.mkdir()
    for number in range(3):
        pixels = np.random.default_rng(number).integers(0, 255, (HEIGHT, WIDTH, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"{number}.png")
    home = make_home()
    with qtbot.waitSignal(home.session.opened, timeout=PATIENCE_MS):
        home.library.open_paths([folder])
    home.canvas.setFocus()
    return home


@pytest.fixture
def far(series: Home) -> FarEncoder:
    return FarEncoder(series)


def press(home: Home, key: Qt.Key, keys: Qt.KeyboardModifier = NoKeys) -> None:
    QTest.keyClick(QApplication.focusWidget() or home.canvas, key, keys)


def marked(home: Home, x: float, y: float, label: str) -> str:
    """An annotation with a name; its id."""
    added = home.session.add(disc(x, y, 30))
    home.session.change({added.id: replace(added, label=label)}, "Name it")
    home.canvas.setFocus()
    return added.id


def is_open(home: Home, name: str) -> Callable[[], bool]:
    return lambda: home.session.photo is not None and home.session.photo.path.endswith(name)


def test_items_of_the_open_photo_are_looked_for_in_the_next_and_confirmed(qtbot, series: Home, far: FarEncoder):
    egg, rice = marked(series, 100, 100, "egg"), marked(series, 250, 150, "rice")
    press(series, Key.Key_D, CtrlShift)
    assert not far.request.by_memory and far.request.start == 0
    assert [(one.frame, one.item) for one in far.request.known] == [(0, egg), (0, rice)]
    qtbot.waitUntil(is_open(series, "1.png"), timeout=PATIENCE_MS)
    far.begin(by_memory=False)
    far.found(1, (egg, 120, 100), (rice, 270, 150))
    far.end()
    assert "Found again: 2, on 1 of 1 photos" in series.window.status.text
    assert "egg? 1 of 2" in series.window.annotate.area.hint.text
    assert series.session.annotations == (), "nothing counts before it is confirmed"
    press(series, Key.Key_Return)
    assert [(a.label, a.checkpoint) for a in series.session.annotations] == [("egg", "lite")]
    series.canvas.setFocus()
    press(series, Key.Key_Delete)
    assert len(series.session.annotations) == 1 and series.window.flows.proposals.shown == ()
    press(series, Key.Key_Z, Ctrl)
    assert len(series.session.annotations) == 1 and len(series.window.flows.proposals.shown) == 1
    press(series, Key.Key_Z, Ctrl)
    assert series.session.annotations == ()


def test_what_is_carried_anew_is_offered_whatever_was_rejected_before(series: Home):
    """A proposal is told from others by its identity, which a later one may get: here it is the same object."""
    marked(series, 100, 100, "egg")
    (egg,), photo = series.session.annotations, series.session.photo
    assert photo is not None
    proposals, carried = series.window.flows.proposals, Candidate(disc(250, 150, 30), 0.9, no_logits())
    proposals.offer(photo.sha256, [(carried, egg)])
    proposals.reject()
    assert proposals.shown == ()
    proposals.offer(photo.sha256, [(carried, egg)])
    assert proposals.shown == (carried,)
    proposals.put_aside()
    assert proposals.shown == ()


def test_only_the_selected_items_are_looked_for(qtbot, series: Home, far: FarEncoder):
    marked(series, 100, 100, "egg")
    rice = marked(series, 250, 150, "rice")
    QTest.mouseClick(series.canvas, Left, Ctrl, series.at(250, 150))
    press(series, Key.Key_D, CtrlShift)
    assert [one.item for one in far.request.known] == [rice]


def test_a_click_corrects_what_was_carried_and_its_name_stays(qtbot, series: Home, far: FarEncoder):
    egg = marked(series, 100, 100, "egg")
    press(series, Key.Key_D, CtrlShift)
    qtbot.waitUntil(is_open(series, "1.png"), timeout=PATIENCE_MS)
    far.found(1, (egg, 120, 100))
    QTest.mouseClick(series.canvas, Left, NoKeys, series.at(125, 105))
    assert series.worker.asked[-1].previous is not None, "the mask that was carried is the prompt"
    qtbot.waitUntil(lambda: series.prompts.candidate is not None and not series.prompts.waiting, timeout=PATIENCE_MS)
    press(series, Key.Key_Return)
    assert [a.label for a in series.session.annotations] == ["egg"]
    assert not series.window.annotate.food_picker.isVisible()


def test_all_that_was_carried_is_accepted_at_once_with_names(qtbot, series: Home, far: FarEncoder):
    egg, rice = marked(series, 100, 100, "egg"), marked(series, 250, 150, "rice")
    press(series, Key.Key_D, CtrlShift)
    qtbot.waitUntil(is_open(series, "1.png"), timeout=PATIENCE_MS)
    far.found(1, (egg, 120, 100), (rice, 270, 150))
    press(series, Key.Key_F, CtrlShift)
    assert {a.label for a in series.session.annotations} == {"egg", "rice"}


def test_without_masks_or_at_the_last_photo_a_sentence_says_so(qtbot, series: Home, far: FarEncoder):
    press(series, Key.Key_D, CtrlShift)
    assert "mark a food first" in series.window.status.text and far.sent == []
    series.library.select(2)
    qtbot.waitUntil(is_open(series, "2.png"), timeout=PATIENCE_MS)
    marked(series, 100, 100, "egg")
    press(series, Key.Key_D, CtrlShift)
    assert "last photo" in series.window.status.text
    press(series, Key.Key_T, CtrlShift)
    assert "No photo of this folder comes after" in series.window.status.text and far.sent == []


def test_a_series_is_carried_corrected_on_a_frame_and_carried_on_from_there(qtbot, series: Home, far: FarEncoder):
    egg = marked(series, 100, 100, "egg")
    press(series, Key.Key_T, CtrlShift)
    assert far.request.by_memory and len(far.request.paths) == 3
    bar = series.window.flows.carry.bar
    far.begin(by_memory=True)
    far.found(1, (egg, 120, 100))
    assert bar.isVisible() and "1 of 2" in bar.text.text() and bar.bar.value() == 1
    far.found(2, (egg, 300, 200))
    far.end()
    assert not bar.isVisible()
    press(series, Key.Key_D)
    qtbot.waitUntil(is_open(series, "1.png"), timeout=PATIENCE_MS)
    QTest.mouseClick(series.canvas, Left, NoKeys, series.at(125, 105))
    qtbot.waitUntil(lambda: series.prompts.candidate is not None and not series.prompts.waiting, timeout=PATIENCE_MS)
    first = far.request.job
    press(series, Key.Key_Return)
    assert far.request.job > first and far.request.start == 1
    assert [(one.frame, one.item) for one in far.request.known] == [(0, egg), (1, egg)]
    far.found(1, (egg, 150, 90))
    far.end()
    press(series, Key.Key_D)
    qtbot.waitUntil(is_open(series, "2.png"), timeout=PATIENCE_MS)
    (carried,) = series.window.flows.proposals.shown
    assert carried.mask.contains(150, 90) and not carried.mask.contains(300, 200)


def test_an_item_confirmed_on_a_frame_is_not_offered_there_again(qtbot, series: Home, far: FarEncoder):
    egg = marked(series, 100, 100, "egg")
    press(series, Key.Key_D, CtrlShift)
    qtbot.waitUntil(is_open(series, "1.png"), timeout=PATIENCE_MS)
    far.found(1, (egg, 120, 100))
    far.end()
    press(series, Key.Key_Return)
    series.library.select(0)
    qtbot.waitUntil(is_open(series, "0.png"), timeout=PATIENCE_MS)
    series.canvas.setFocus()
    press(series, Key.Key_D, CtrlShift)
    qtbot.waitUntil(is_open(series, "1.png"), timeout=PATIENCE_MS)
    far.found(1, (egg, 300, 200))
    assert series.window.flows.proposals.shown == ()


def test_a_checkpoint_without_memory_goes_by_likeness_and_says_so(series: Home, far: FarEncoder):
    marked(series, 100, 100, "egg")
    press(series, Key.Key_T, CtrlShift)
    far.begin(by_memory=False)
    assert "The checkpoint lite has no memory of frames" in series.window.status.text


def test_the_button_stops_carrying_and_what_was_found_stays(qtbot, series: Home, far: FarEncoder):
    egg = marked(series, 100, 100, "egg")
    press(series, Key.Key_T, CtrlShift)
    far.begin(by_memory=True)
    far.found(1, (egg, 120, 100))
    bar = series.window.flows.carry.bar
    assert series.window.actions_table["carry.stop"].isEnabled()
    QTest.mouseClick(bar.stop, Left)
    assert far.sent[-1].kind == "stop" and not bar.isVisible()
    far.found(2, (egg, 300, 200))
    for name, offered in (("1.png", 1), ("2.png", 0)):
        press(series, Key.Key_D)
        qtbot.waitUntil(is_open(series, name), timeout=PATIENCE_MS)
        assert len(series.window.flows.proposals.shown) == offered


def test_a_failure_ends_the_job_and_is_said(series: Home, far: FarEncoder):
    marked(series, 100, 100, "egg")
    press(series, Key.Key_T, CtrlShift)
    far.say(Message("failed", {"about": "job", "job": far.request.job, "sentence": "It failed."}))
    assert not series.window.flows.carry.carrying.running and not series.window.flows.carry.bar.isVisible()


def test_a_worker_that_dies_ends_the_job(series: Home, far: FarEncoder):
    marked(series, 100, 100, "egg")
    press(series, Key.Key_T, CtrlShift)
    series.worker._encoder.died.emit()
    assert not series.window.flows.carry.carrying.running


def test_a_notice_of_the_workers_is_shown_once(series: Home, far: FarEncoder):
    text = "The memory of the graphics card is too small for the checkpoint sam2.1-large; sam2.1-tiny is used instead."
    far.say(Message("embedded", {"photo": "0" * 64, "embedding": "", "notices": [text]}))
    assert series.window.status.text == text
    series.window.status.say("Something else.")
    far.say(Message("embedded", {"photo": "1" * 64, "embedding": "", "notices": [text]}))
    assert series.window.status.text == "Something else."


def test_a_video_opens_as_photos_of_the_queue(qtbot, series: Home, far: FarEncoder, tmp_path: Path):
    video = tmp_path / "점심.gif"
    frames = [Image.fromarray(np.full((40, 60, 3), 60 * n, np.uint8)) for n in range(3)]
    frames[0].save(video, save_all=True, append_images=frames[1:], duration=500)
    series.window._open_paths([str(video)])
    qtbot.waitUntil(lambda: any(message.kind == "sample" for message in far.sent), timeout=PATIENCE_MS)
    job = far.sent[-1].values["job"]
    assert far.sent[-1].values["video"] == str(video)
    bar = series.window.flows.carry.bar
    far.say(Message("sampled", {"job": job, "number": 1, "folder": ""}))
    assert bar.isVisible() and "점심.gif: 1" in bar.text.text()
    folder = videos.frames_dir(video)
    folder.mkdir(parents=True)
    for number, frame in enumerate(frames, 1):
        frame.save(folder / f"점심-{number:04d}.png")
    with qtbot.waitSignal(series.session.opened, timeout=PATIENCE_MS):
        far.say(Message("sampled", {"job": job, "number": 3, "folder": str(folder)}))
    far.say(Message("job_ended", {"job": job, "stopped": False}))
    assert len(series.library) == 6 and is_open(series, "점심-0001.png")() and not bar.isVisible()
    sent = len(far.sent)
    with qtbot.waitSignal(series.session.opened, timeout=PATIENCE_MS):
        series.window._open_paths([str(video)])
    assert len(far.sent) == sent and len(series.library) == 6, "a video that was read before is not read again"
