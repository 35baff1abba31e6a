"""Sampling real little videos, made here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from foodcal_desktop.segmentation.video import PhotoSeries, VideoError, _upright, samples

av = pytest.importorskip("av")


def grey(value: int, height: int = 48, width: int = 64) -> np.ndarray:
    return np.full((height, width, 3), value, np.uint8)


def write_video(path: Path, frames: int, rate: int = 10) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=rate)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(frames):
            picture = av.VideoFrame.from_ndarray(grey(10 * number), format="rgb24")
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    return path


def levels(paths: list[Path]) -> list[int]:
    """The mean grey of each photo, to the nearest ten."""
    return [round(float(np.asarray(Image.open(path)).mean()) / 10) * 10 for path in paths]


@pytest.mark.parametrize("suffix", [".mp4", ".mov"])
def test_frames_are_taken_at_even_times(tmp_path: Path, suffix: str) -> None:
    video = write_video(tmp_path / f"밥 one{suffix}", 20)
    assert levels(list(samples(video, tmp_path / "out", seconds=0.5))) == [0, 50, 100, 150]


def test_every_frame_where_no_time_is_asked(tmp_path: Path) -> None:
    video = write_video(tmp_path / "a.mp4", 6)
    paths = list(samples(video, tmp_path / "out", seconds=0))
    assert levels(paths) == [0, 10, 20, 30, 40, 50]
    assert [path.name for path in paths][:2] == ["a-0001.png", "a-0002.png"]


def test_a_long_video_is_left_after_so_many(tmp_path: Path) -> None:
    assert len(list(samples(write_video(tmp_path / "a.mp4", 20), tmp_path / "out", 0, max_frames=3))) == 3


def test_gif(tmp_path: Path) -> None:
    frames = [Image.fromarray(grey(60 * number)) for number in range(4)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], duration=500)
    assert levels(list(samples(tmp_path / "a.gif", tmp_path / "out", seconds=0.5))) == [0, 60, 120, 180]


def test_a_turned_video_comes_upright() -> None:
    class Turned:
        rotation = -90

        def to_ndarray(self, format: str) -> np.ndarray:
            assert format == "rgb24"
            pixels = np.zeros((2, 3, 3), np.uint8)
            pixels[0, 0] = 255
            return pixels

    upright = _upright(Turned())
    assert upright.shape == (3, 2, 3)
    assert upright[0, 1, 0] == 255, "turned clockwise, the top left corner comes to the top right"


@pytest.mark.parametrize("content", [b"", b"not a video at all", b"\x00\x00\x00\x18ftypmp42" + bytes(200)])
def test_what_is_no_video_gets_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.mp4").write_bytes(content)
    with pytest.raises(VideoError, match=r"a\.mp4 (cannot be decoded|has no pictures)"):
        list(samples(tmp_path / "a.mp4", tmp_path / "out"))


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(VideoError, match="no file"):
        list(samples(tmp_path / "gone.mp4", tmp_path / "out"))


def test_half_a_video_gives_a_sentence_or_its_first_frames(tmp_path: Path) -> None:
    video = write_video(tmp_path / "a.mov", 20)
    video.write_bytes(video.read_bytes()[: video.stat().st_size // 2])
    with pytest.raises(VideoError):
        list(samples(video, tmp_path / "out"))


def test_a_series_decodes_each_photo_when_asked(tmp_path: Path) -> None:
    paths = []
    for number in range(3):
        paths.append(tmp_path / f"{number}.png")
        Image.fromarray(grey(40 * number, 10 + number, 20)).save(paths[-1])
    series = PhotoSeries(paths)
    assert len(series) == 3
    assert series[2].shape == (12, 20, 3) and series[2].mean() == 80
