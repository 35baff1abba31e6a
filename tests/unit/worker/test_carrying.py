"""Items carried through a series by the encoder: by likeness, by memory, corrected, interrupted, stopped."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from foodcal_desktop.core.carrying import CarryRequest, Known, carry_message, frame_of
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.messages import Message
from foodcal_desktop.segmentation.loading import load_segmenter
from foodcal_desktop.storage import photos, videos
from foodcal_desktop.worker.service import Encoder

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "segmentation"))
import sam2_case as case
import sam2_ours as ours


class Pipe:
    """What the encoder sends; ``before`` may say that something else waits."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.waiting: Callable[[], bool] = lambda: False

    def send(self, message: Message) -> None:
        self.sent.append(message)

    @property
    def is_waited_for(self) -> bool:
        return self.waiting()

    @property
    def kinds(self) -> list[str]:
        return [message.kind for message in self.sent]


def encoder(segmenter: Any) -> tuple[Encoder, Pipe]:
    pipe = Pipe()
    made = Encoder(pipe)  # type: ignore[arg-type]
    made._segmenter = segmenter
    return made, pipe


@pytest.fixture(scope="module")
def lite() -> Any:
    return load_segmenter("lite", device="cpu")


@pytest.fixture(scope="module")
def tiny() -> Any:
    """An official network with random weights."""
    return ours.segmenter("tiny", case.SMALL)


@pytest.fixture
def series(data_dir: Path, tmp_path: Path) -> tuple[str, ...]:
    """The same photo moving to the left."""
    found = []
    for number in range(4):
        path = tmp_path / f"밥 {number}.png"
        Image.fromarray(case.photo(6 * number)).save(path)
        found.append(str(path))
    return tuple(found)


def square(x: int = 100, y: int = 60) -> Mask:
    pixels = np.zeros((case.HEIGHT, case.WIDTH), bool)
    pixels[y : y + 90, x : x + 100] = True
    return Mask.from_array(pixels)


def asked(series: tuple[str, ...], *known: Known, start: int = 0, by_memory: bool = True, job: int = 1) -> Message:
    return carry_message(CarryRequest(job, series, start, known or (Known(0, "red", square()),), by_memory))


def test_by_likeness_each_photo_is_searched_and_its_embedding_kept(lite: Any, series: tuple[str, ...]) -> None:
    one, pipe = encoder(lite)
    began = one.on_carry(asked(series, by_memory=True))
    assert began.values["by_memory"] is False and began.values["total"] == 3, "the bundled checkpoint has no memory"
    one.go_on()
    assert pipe.kinds == ["carried"] * 3 + ["job_ended"]
    frames = [frame_of(message) for message in pipe.sent[:3]]
    assert [frame.number for frame in frames] == [1, 2, 3] and {frame.total for frame in frames} == {3}
    assert frames[0].photo == photos.load(series[1]).photo.sha256
    for shift, frame in zip((6, 12, 18), frames, strict=True):
        (item, candidate) = frame.found[0]
        assert item == "red"
        assert candidate.mask.intersection(square(100 - shift)).area > 0.5 * candidate.mask.area
    answer = one.on_embed(Message("embed", {"photo": frames[2].photo, "path": "not looked at"}))
    assert Path(answer.values["embedding"]).is_file()


def test_by_memory_every_frame_has_each_item_and_a_correction_changes_what_follows(
    tiny: Any, series: tuple[str, ...]
) -> None:
    one, pipe = encoder(tiny)
    red, blue = Known(0, "red", square()), Known(0, "blue", square(230, 180))
    assert one.on_carry(asked(series, red, blue)).values["by_memory"] is True
    one.go_on()
    first = [frame_of(message) for message in pipe.sent[:-1]]
    assert [frame.path for frame in first] == list(series[1:])
    assert all({item for item, _ in frame.found} <= {"red", "blue"} for frame in first)
    assert any(frame.found for frame in first)
    assert all(0 <= c.predicted_iou <= 1.01 for frame in first for _, c in frame.found)

    encoded = one._memory._tracker._frames.encoded  # type: ignore[union-attr]
    correction = Known(1, "red", square(20, 20))
    pipe.sent.clear()
    kept = one._memory
    one.on_carry(asked(series, red, blue, correction, start=1, job=2))
    one.go_on()
    second = [frame_of(message) for message in pipe.sent[:-1]]
    assert one._memory is kept and encoded(0) is not None, "frames are not encoded anew for a correction"
    assert [frame.path for frame in second] == list(series[2:])
    assert _masks(first[-1]) != _masks(second[-1])


def _masks(frame: Any) -> dict[str, bytes]:
    return {item: candidate.mask.to_bytes() for item, candidate in frame.found}


def test_what_is_more_urgent_comes_between_two_frames_and_a_stopped_job_sends_no_more(
    lite: Any, series: tuple[str, ...]
) -> None:
    one, pipe = encoder(lite)
    one.on_carry(asked(series, job=7))
    pipe.waiting = lambda: len(pipe.sent) >= 1
    one.go_on()
    assert pipe.kinds == ["carried"], "one frame, then the message that waits"
    assert one.on_stop(Message("stop", {"job": 6})).values["stopped"]
    pipe.waiting = lambda: len(pipe.sent) >= 2
    one.go_on()
    assert pipe.kinds == ["carried"] * 2, "another job's stop changes nothing"
    one.on_stop(Message("stop", {"job": 7}))
    pipe.waiting = lambda: False
    one.go_on()
    assert pipe.kinds == ["carried"] * 2


def test_a_photo_that_cannot_be_opened_ends_the_job_with_a_sentence(lite: Any, series: tuple[str, ...]) -> None:
    Path(series[2]).write_bytes(b"no photo")
    one, pipe = encoder(lite)
    one.on_carry(asked(series))
    one.go_on()
    assert pipe.kinds == ["carried", "failed"]
    failed = pipe.sent[-1].values
    assert failed["about"] == "job" and failed["job"] == 1 and "no photo" in failed["sentence"]


def test_too_little_memory_is_said_in_a_sentence(
    tiny: Any, series: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from foodcal_desktop.segmentation.sam2_memory import MemoryTracker

    def full(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(MemoryTracker, "start_from", full)
    one, pipe = encoder(tiny)
    one.on_carry(asked(series))
    one.go_on()
    assert "smaller checkpoint" in pipe.sent[-1].values["sentence"]


def write_gif(path: Path, pictures: int = 3) -> Path:
    frames = [Image.fromarray(case.photo(12 * number)) for number in range(pictures)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=500)
    return path


def test_a_video_becomes_a_folder_of_photos_whole_or_not_at_all(lite: Any, data_dir: Path, tmp_path: Path) -> None:
    pytest.importorskip("av")
    video = write_gif(tmp_path / "점심.gif")
    assert videos.is_video(video) and videos.stored_frames(video) is None
    one, pipe = encoder(lite)
    one.on_sample(Message("sample", {"job": 3, "video": str(video)}))
    pipe.waiting = lambda: len(pipe.sent) >= 2
    one.go_on()
    assert videos.stored_frames(video) is None, "half of a video is none"
    pipe.waiting = lambda: False
    one.go_on()
    folder = videos.stored_frames(video)
    assert folder is not None and str(folder) == pipe.sent[-2].values["folder"]
    assert len(list(photos.find_photos([folder]))) == 3
    assert pipe.kinds[-1] == "job_ended"


def test_a_stopped_video_leaves_nothing_behind(lite: Any, data_dir: Path, tmp_path: Path) -> None:
    pytest.importorskip("av")
    video = write_gif(tmp_path / "a.gif")
    one, pipe = encoder(lite)
    one.on_sample(Message("sample", {"job": 3, "video": str(video)}))
    pipe.waiting = lambda: len(pipe.sent) >= 1
    one.go_on()
    one.on_stop(Message("stop", {"job": 3}))
    assert list(videos.frames_dir(video).parent.iterdir()) == []


def test_a_gif_of_one_picture_is_a_photo_and_what_is_missing_no_video(tmp_path: Path) -> None:
    assert not videos.is_video(write_gif(tmp_path / "one.gif", 1))
    assert not videos.is_video(tmp_path / "gone.mp4") and not videos.is_video(tmp_path / "gone.gif")
    (tmp_path / "text.gif").write_text("text")
    assert not videos.is_video(tmp_path / "text.gif")
    (tmp_path / "a.MOV").write_bytes(b"x")
    assert videos.is_video(tmp_path / "a.MOV")


def test_without_pyav_one_sentence_says_how_to_install_it(
    lite: Any, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    one, pipe = encoder(lite)
    one.on_sample(Message("sample", {"job": 3, "video": str(write_gif(tmp_path / "a.gif"))}))
    one.go_on()
    assert pipe.kinds == ["failed"]
    assert pipe.sent[0].values["sentence"] == 'Videos need PyAV; install it: pip install "foodcal-desktop[video]".'


def test_the_decoder_keeps_as_many_embeddings_as_the_setting_allows(
    lite: Any, data_dir: Path, tmp_path: Path, series: tuple[str, ...]
) -> None:
    from foodcal_desktop.core.messages import predict_message
    from foodcal_desktop.core.prompt import PointPrompt, Prompts
    from foodcal_desktop.segmentation.embedding_cache import EmbeddingCache
    from foodcal_desktop.storage.settings import MEMORY_CACHE_BYTES, Settings
    from foodcal_desktop.worker.service import Decoder

    one, _ = encoder(lite)
    stored = []
    for path in series:
        sha256 = photos.load(path).photo.sha256
        stored.append(one.on_embed(Message("embed", {"photo": sha256, "path": path})).values["embedding"])
    each = EmbeddingCache().read(Path(stored[0])).nbytes

    def kept(max_bytes: int) -> int:
        Settings.load().set(MEMORY_CACHE_BYTES, max_bytes)
        decoder = Decoder(None)  # type: ignore[arg-type]
        decoder._segmenter = lite
        for embedding in stored:
            decoder.on_predict(predict_message(1, embedding, Prompts((PointPrompt(20, 20),))))
        return len(decoder._open)

    assert (kept(10 * each), kept(2 * each + 1), kept(0)) == (4, 2, 1)
