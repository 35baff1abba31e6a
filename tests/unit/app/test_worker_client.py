"""The workers as the window knows them: real processes, the bundled checkpoint, and a kill -9."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.looks import CLOSER
from foodcal_desktop.core.prompt import BoxPrompt, PointPrompt, Prompts
from foodcal_desktop.headless import sample_photo
from foodcal_desktop.storage import paths, photos

WAIT_MS = 120_000
CLICK = Prompts((PointPrompt(290, 145),))


@pytest.fixture
def coffee() -> Photo:
    return photos.load(sample_photo()).photo


def answered(qtbot: QtBot, worker: WorkerClient, sha256: str, prompts: Prompts) -> tuple[int, Any]:
    with qtbot.waitSignal(worker.predicted, timeout=WAIT_MS) as answer:
        request = worker.predict(sha256, prompts)
    assert answer.args is not None
    assert answer.args[0] == request
    return request, answer.args[1]


def test_a_click_asked_before_anything_is_ready_is_answered_and_the_workers_end_with_the_window(
    qtbot: QtBot, data_dir: Path, coffee: Photo
) -> None:
    client = WorkerClient()
    client.start()
    try:
        assert client.state == "starting"
        client.embed(coffee)
        _, candidates = answered(qtbot, client, coffee.sha256, CLICK)
        pids = list(client.pids.values())
    finally:
        client.stop()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert len(candidates) == 3
    assert candidates[0].predicted_iou >= candidates[1].predicted_iou >= candidates[2].predicted_iou
    assert candidates[0].mask.contains(290, 145)
    assert (candidates[0].mask.height, candidates[0].mask.width) == (400, 600)


def test_a_box_and_a_correction_have_one_candidate(qtbot: QtBot, worker: WorkerClient, coffee: Photo) -> None:
    worker.embed(coffee)
    _, three = answered(qtbot, worker, coffee.sha256, CLICK)
    correction = CLICK.with_point(PointPrompt(360, 285, positive=False)).with_previous(three[0].logits)
    _, one = answered(qtbot, worker, coffee.sha256, correction)
    assert len(one) == 1
    _, boxed = answered(qtbot, worker, coffee.sha256, Prompts(box=BoxPrompt(170, 15, 410, 200)))
    assert len(boxed) == 1


def test_a_killed_decoder_is_restarted_and_the_click_answered(
    qtbot: QtBot, worker: WorkerClient, coffee: Photo
) -> None:
    worker.embed(coffee)
    _, before = answered(qtbot, worker, coffee.sha256, CLICK)
    killed = worker.pids["decoder"]
    with qtbot.waitSignal(worker.predicted, timeout=WAIT_MS) as answer:
        request = worker.predict(coffee.sha256, CLICK)
        os.kill(killed, signal.SIGKILL)
    assert answer.args is not None
    assert answer.args[0] == request
    assert answer.args[1][0].mask == before[0].mask
    qtbot.waitUntil(lambda: worker.pids["decoder"] not in (0, killed), timeout=WAIT_MS)


def test_a_killed_encoder_embeds_the_photo_after_all(qtbot: QtBot, worker: WorkerClient, tmp_path: Path) -> None:
    Image.fromarray(np.random.default_rng(3).integers(0, 255, (60, 80, 3), np.uint8)).save(tmp_path / "new.png")
    new = photos.load(tmp_path / "new.png").photo
    qtbot.waitUntil(lambda: worker.state == "ready", timeout=WAIT_MS)
    assert not worker.has_embedding(new.sha256)
    with qtbot.waitSignal(worker.embedded, timeout=WAIT_MS):
        worker.embed(new)
        os.kill(worker.pids["encoder"], signal.SIGKILL)
    assert answered(qtbot, worker, new.sha256, Prompts((PointPrompt(40, 30),)))[1]


def test_of_many_clicks_the_last_one_is_answered(qtbot: QtBot, worker: WorkerClient, coffee: Photo) -> None:
    worker.embed(coffee)
    answered(qtbot, worker, coffee.sha256, CLICK)
    answers: list[int] = []
    worker.predicted.connect(lambda request, _: answers.append(request))
    last = [worker.predict(coffee.sha256, Prompts((PointPrompt(100 + i, 200),))) for i in range(30)][-1]
    qtbot.waitUntil(lambda: last in answers, timeout=WAIT_MS)
    assert len(answers) < 30


def test_an_emptied_cache_is_filled_again(qtbot: QtBot, worker: WorkerClient, coffee: Photo) -> None:
    worker.embed(coffee)
    answered(qtbot, worker, coffee.sha256, CLICK)
    for file in paths.embeddings_dir().iterdir():
        file.unlink()
    assert answered(qtbot, worker, coffee.sha256, CLICK)[1]
    assert list(paths.embeddings_dir().glob("*.safetensors"))


def test_after_a_change_of_checkpoint_the_open_photo_is_clicked_at_as_before(
    qtbot: QtBot, worker: WorkerClient, coffee: Photo
) -> None:
    worker.embed(coffee)
    answered(qtbot, worker, coffee.sha256, CLICK)
    worker.use_checkpoint("lite")
    assert not worker.has_embedding(coffee.sha256)
    assert answered(qtbot, worker, coffee.sha256, CLICK)[1]


def test_a_photo_that_is_gone_is_one_sentence(
    qtbot: QtBot, worker: WorkerClient, coffee: Photo, tmp_path: Path
) -> None:
    lost = Photo("0" * 64, coffee.width, coffee.height, str(tmp_path / "gone.jpg"))
    with qtbot.waitSignal(worker.failed, timeout=WAIT_MS) as failure:
        worker.embed(lost)
    assert failure.args is not None
    assert "gone.jpg" in failure.args[0]
    worker.embed(coffee)
    assert answered(qtbot, worker, coffee.sha256, CLICK)[1]


def test_a_candidate_is_looked_at_closer_by_the_encoder(qtbot: QtBot, worker: WorkerClient, coffee: Photo) -> None:
    worker.embed(coffee)
    boxed = Prompts(box=BoxPrompt(170, 15, 410, 200))
    _, (coarse,) = answered(qtbot, worker, coffee.sha256, boxed)
    with qtbot.waitSignal(worker.looks.looked, timeout=WAIT_MS) as answer:
        worker.looks.look_closer(coffee, "7", boxed, coarse)
    assert answer.args is not None
    looked = answer.args[0]
    assert (looked.what, looked.photo, looked.item) == (CLOSER, coffee.sha256, "7")
    (finer,) = looked.candidates
    assert finer.mask != coarse.mask and finer.mask.iou(coarse.mask) > 0.6
    assert (finer.logits == coarse.logits).all()


def test_a_newer_question_takes_the_place_of_one_that_waits(qtbot: QtBot, worker: WorkerClient, coffee: Photo) -> None:
    worker.embed(coffee)
    boxed = Prompts(box=BoxPrompt(170, 15, 410, 200))
    _, (coarse,) = answered(qtbot, worker, coffee.sha256, boxed)
    items: list[str] = []
    worker.looks.looked.connect(lambda looked: items.append(looked.item))
    for number in range(1, 5):
        worker.looks.look_closer(coffee, str(number), boxed, coarse, instead_of=str(number - 1))
    qtbot.waitUntil(lambda: "4" in items, timeout=WAIT_MS)
    assert items == ["1", "4"]
