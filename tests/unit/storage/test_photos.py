from __future__ import annotations

import io
import os
import struct
import threading
import zlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from foodcal_desktop.storage import photos
from foodcal_desktop.storage.photos import PhotoError, find_photos, load


def scene(height: int = 40, width: int = 60) -> NDArray[np.uint8]:
    """Four corners of different colours: no turn or flip of it equals another."""
    pixels = np.full((height, width, 3), 128, dtype=np.uint8)
    pixels[: height // 2, : width // 2] = (250, 10, 10)
    pixels[: height // 2, width // 2 :] = (10, 250, 10)
    pixels[height // 2 :, : width // 2] = (10, 10, 250)
    return pixels


def exif(orientation: int | None = None, taken: str | None = None) -> bytes:
    data = Image.Exif()
    if orientation is not None:
        data[0x0112] = orientation
    if taken is not None:
        data.get_ifd(0x8769)[0x9003] = taken
    return data.tobytes()


STORED_AS = {
    1: lambda p: p,
    2: lambda p: p[:, ::-1],
    3: lambda p: p[::-1, ::-1],
    4: lambda p: p[::-1],
    5: lambda p: p.transpose(1, 0, 2),
    6: lambda p: np.rot90(p, 1),
    7: lambda p: np.rot90(p, 2).transpose(1, 0, 2),
    8: lambda p: np.rot90(p, -1),
}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "tif"])
def test_every_exif_orientation_comes_in_upright(tmp_path: Path, suffix: str, orientation: int) -> None:
    path = tmp_path / f"photo.{suffix}"
    stored = np.ascontiguousarray(STORED_AS[orientation](scene()))
    options = {"quality": 100, "subsampling": 0} if suffix == "jpg" else {"lossless": True} if suffix == "webp" else {}
    Image.fromarray(stored).save(path, exif=exif(orientation), **options)
    pixels = load(path).pixels
    assert pixels.shape == (40, 60, 3)
    assert np.abs(pixels.astype(int) - scene()).mean() < (3 if suffix == "jpg" else 0.001)


def test_a_photo_is_known_by_its_upright_pixels(tmp_path: Path) -> None:
    Image.fromarray(scene()).save(tmp_path / "a.png")
    Image.fromarray(scene()).save(tmp_path / "copy.bmp")
    for orientation, turned in STORED_AS.items():
        stored = np.ascontiguousarray(turned(scene()))
        Image.fromarray(stored).save(tmp_path / f"turned{orientation}.png", exif=exif(orientation))
    assert len({load(p).photo.sha256 for p in tmp_path.iterdir()}) == 1


def test_photos_of_equal_bytes_but_another_shape_differ() -> None:
    flat = np.zeros((2, 6, 3), dtype=np.uint8)
    assert photos.pixel_hash(flat) != photos.pixel_hash(flat.reshape(6, 2, 3))


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "bmp", "gif", "heic"])
def test_every_kind_of_file(tmp_path: Path, suffix: str) -> None:
    if suffix == "heic":
        pytest.importorskip("pillow_heif").register_heif_opener()
    path = tmp_path / f"사진 1.{suffix.upper()}"
    Image.fromarray(scene(128, 192)).save(path)
    loaded = load(path)
    assert (loaded.photo.width, loaded.photo.height) == (192, 128)
    assert loaded.photo.path == str(path)
    assert loaded.pixels.dtype == np.uint8
    assert loaded.pixels.flags.c_contiguous
    assert np.abs(loaded.pixels.astype(int) - scene(128, 192)).mean() < 6


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_cmyk(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"cmyk.{suffix}"
    Image.fromarray(scene()).convert("CMYK").save(path)
    assert np.abs(load(path).pixels.astype(int) - scene()).mean() < 6


def _grey_ramp() -> NDArray[np.uint16]:
    return np.linspace(0, 65535, 64 * 4).astype(np.uint16).reshape(4, 64)


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_16_bit_grey_is_scaled_not_clipped(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"deep.{suffix}"
    Image.fromarray(_grey_ramp()).save(path)
    expected = (_grey_ramp() / 257).round()
    pixels = load(path).pixels
    assert np.abs(pixels[..., 0] - expected).max() <= 1
    assert (pixels[..., 0] == pixels[..., 2]).all()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, depth: int, colour: int, raw: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(raw)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _tiff_rgb48(pixels: NDArray[np.uint16]) -> bytes:
    height, width = pixels.shape[:2]
    data = pixels.astype("<u2").tobytes()
    tags = [(256, 4, width), (257, 4, height), (259, 3, 1), (262, 3, 2), (277, 3, 3), (278, 4, height)]
    tags += [(279, 4, len(data))]
    entries = len(tags) + 2
    after = 8 + 2 + entries * 12 + 4
    rows = [
        struct.pack("<HHIHH" if k == 3 else "<HHII", *((t, k, 1, v, 0) if k == 3 else (t, k, 1, v))) for t, k, v in tags
    ]
    rows.append(struct.pack("<HHII", 258, 3, 3, after))
    rows.append(struct.pack("<HHII", 273, 4, 1, after + 6))
    rows.sort(key=lambda row: struct.unpack("<H", row[:2]))
    return (
        b"II*\0" + struct.pack("<IH", 8, entries) + b"".join(rows) + bytes(4) + struct.pack("<HHH", 16, 16, 16) + data
    )


def test_48_bit_colour_png_and_tiff(tmp_path: Path) -> None:
    deep = np.stack([_grey_ramp(), _grey_ramp()[::-1], _grey_ramp()[:, ::-1]], axis=2)
    raw = b"".join(b"\0" + row.astype(">u2").tobytes() for row in deep)
    (tmp_path / "deep.png").write_bytes(_png(64, 4, 16, 2, raw))
    (tmp_path / "deep.tif").write_bytes(_tiff_rgb48(deep))
    for path in tmp_path.iterdir():
        assert np.abs(load(path).pixels - deep / 257).max() <= 1, path.name


@pytest.mark.parametrize(("top", "white"), [(0.8, 1.0), (200.0, 255.0), (60000.0, 65535.0)])
def test_float_tiff_is_scaled_by_its_usual_white(tmp_path: Path, top: float, white: float) -> None:
    values = np.linspace(0, top, 64, dtype=np.float32).reshape(8, 8)
    Image.fromarray(values).save(tmp_path / "float.tif")
    assert np.abs(load(tmp_path / "float.tif").pixels[..., 0] - values * (255 / white)).max() <= 1


@pytest.mark.parametrize("mode", ["L", "1"])
def test_greyscale(tmp_path: Path, mode: str) -> None:
    Image.fromarray(scene()).convert(mode).save(tmp_path / "grey.png")
    expected = np.asarray(Image.fromarray(scene()).convert(mode).convert("RGB"))
    assert (load(tmp_path / "grey.png").pixels == expected).all()


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_stands_on_white(tmp_path: Path, mode: str) -> None:
    layer = Image.new("RGBA", (8, 4), (0, 0, 0, 0))
    layer.paste((0, 0, 0, 255), (0, 0, 4, 4))
    layer.convert(mode).save(tmp_path / "alpha.png")
    pixels = load(tmp_path / "alpha.png").pixels
    assert (pixels[:, :4] == 0).all()
    assert (pixels[:, 4:] == 255).all()


def test_half_transparent_is_half_white(tmp_path: Path) -> None:
    Image.new("RGBA", (4, 4), (0, 0, 0, 128)).save(tmp_path / "half.png")
    assert np.abs(load(tmp_path / "half.png").pixels.astype(int) - 127).max() <= 1


def test_a_transparent_colour_of_a_grey_png(tmp_path: Path) -> None:
    Image.new("L", (4, 4), 7).save(tmp_path / "key.png", transparency=7)
    assert (load(tmp_path / "key.png").pixels == 255).all()


@pytest.mark.parametrize("suffix", ["gif", "webp", "png"])
def test_an_animation_gives_its_first_frame(tmp_path: Path, suffix: str) -> None:
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("#ff0000", "#00ff00", "#0000ff")]
    options = {"lossless": True} if suffix == "webp" else {}
    frames[0].save(tmp_path / f"film.{suffix}", save_all=True, append_images=frames[1:], **options)
    assert (load(tmp_path / f"film.{suffix}").pixels == (255, 0, 0)).all()


def test_the_colour_profile_is_applied_and_a_damaged_one_ignored(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB", 5000)).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for name, profile in (("lab", lab), ("srgb", srgb), ("damaged", srgb[:90]), ("nonsense", b"xyz")):
        Image.fromarray(scene()).save(tmp_path / f"{name}.png", icc_profile=profile)
        assert (load(tmp_path / f"{name}.png").pixels == scene()).all(), name


def _swapped_profile() -> bytes:
    """An RGB profile whose red and green primaries have changed places."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = data.index(b"rXYZ"), data.index(b"gXYZ")
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    for name in (b"s\0R\0G\0B", b"sRGB"):
        while name in data:
            at = data.index(name)
            data[at] = ord("x")
    return bytes(data)


def test_another_rgb_profile_is_converted_to_srgb(tmp_path: Path) -> None:
    Image.new("RGB", (4, 4), (255, 0, 0)).save(tmp_path / "swapped.png", icc_profile=_swapped_profile())
    red, green, blue = load(tmp_path / "swapped.png").pixels[0, 0].tolist()
    assert green > 240
    assert red < 30
    assert blue < 30


def test_the_time_it_was_taken(tmp_path: Path) -> None:
    for name, taken in (("good", "2026:11:22 13:45:07"), ("zeros", "0000:00:00 00:00:00"), ("words", "yesterday")):
        Image.fromarray(scene()).save(tmp_path / f"{name}.jpg", exif=exif(taken=taken))
    assert load(tmp_path / "good.jpg").photo.taken_at == "2026-11-22T13:45:07"
    assert load(tmp_path / "zeros.jpg").photo.taken_at is None
    assert load(tmp_path / "words.jpg").photo.taken_at is None


def test_damaged_exif_harms_nothing(tmp_path: Path) -> None:
    good = exif(6, "2026:11:22 13:45:07")
    for length in range(6, len(good), 5):
        Image.fromarray(scene()).save(tmp_path / "photo.jpg", exif=good[:length] + b"\xff" * 4)
        assert load(tmp_path / "photo.jpg").pixels.size == 40 * 60 * 3


def sentence(path: Path, **options: int) -> str:
    with pytest.raises(PhotoError) as caught:
        load(path, **options)
    text = str(caught.value)
    assert path.name in text
    assert text.endswith(".")
    assert "\n" not in text
    return text


def test_missing_folder_and_empty(tmp_path: Path) -> None:
    assert "does not exist" in sentence(tmp_path / "gone.jpg")
    assert "folder" in sentence(tmp_path)
    (tmp_path / "empty.jpg").touch()
    assert "empty" in sentence(tmp_path / "empty.jpg")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert "not a regular file" in sentence(tmp_path / "pipe.jpg")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    (tmp_path / "locked.jpg").write_bytes(b"x")
    (tmp_path / "locked.jpg").chmod(0)
    assert "permission" in sentence(tmp_path / "locked.jpg")


@pytest.mark.parametrize("content", [b"hello", b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x00" * 500, b"GIF89a"])
def test_what_is_no_photo(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "fake.jpg").write_bytes(content)
    assert sentence(tmp_path / "fake.jpg")


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "bmp", "gif", "heic"])
def test_truncated_at_any_length(tmp_path: Path, suffix: str) -> None:
    if suffix == "heic":
        pytest.importorskip("pillow_heif").register_heif_opener()
    noise = np.random.default_rng(1).integers(0, 255, (64, 96, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, {"jpg": "JPEG", "tif": "TIFF", "heic": "HEIF"}.get(suffix, suffix.upper()))
    whole = buffer.getvalue()
    path = tmp_path / f"cut.{suffix}"
    for share in (0.02, 0.1, 0.5, 0.9):
        path.write_bytes(whole[: int(len(whole) * share)])
        assert sentence(path)


def test_flipped_bytes_give_pixels_or_a_sentence_and_nothing_else(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    path = tmp_path / "flipped"
    for kind in ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF"):
        buffer = io.BytesIO()
        Image.fromarray(scene()).save(buffer, kind)
        for _ in range(40):
            data = np.frombuffer(buffer.getvalue(), np.uint8).copy()
            data[rng.integers(0, min(len(data), 200), 3)] = rng.integers(0, 256, 3)
            path.write_bytes(data.tobytes())
            try:
                assert load(path, max_pixels=10_000).pixels.ndim == 3
            except PhotoError as error:
                assert path.name in str(error)


def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(_png(60000, 60000, 8, 2, b""))
    text = sentence(tmp_path / "bomb.png")
    assert "60000×60000" in text
    assert "200 megapixels" in text


def test_the_bound_can_be_set(tmp_path: Path) -> None:
    Image.fromarray(scene()).save(tmp_path / "small.png")
    assert load(tmp_path / "small.png", max_pixels=2400).photo.width == 60
    assert "0.002399" in sentence(tmp_path / "small.png", max_pixels=2399)


def test_the_others_still_load_from_many_threads(tmp_path: Path) -> None:
    for i in range(8):
        Image.fromarray(np.roll(scene(), i, axis=1)).save(tmp_path / f"{i}.png")
        (tmp_path / f"{i}.jpg").write_bytes(b"broken")
    expected = {p.name: load(p).photo.sha256 for p in tmp_path.glob("*.png")}
    found: dict[str, str] = {}

    def work() -> None:
        for path in find_photos([tmp_path]):
            try:
                found[path.name] = load(path).photo.sha256
            except PhotoError:
                found[path.name] = "sentence"

    threads = [threading.Thread(target=work) for _ in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert found == expected | {f"{i}.jpg": "sentence" for i in range(8)}


def test_thumbnail_keeps_the_proportions_and_never_enlarges() -> None:
    assert photos.thumbnail(scene(400, 600), 96).shape == (64, 96, 3)
    assert (photos.thumbnail(scene(), 96) == scene()).all()


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("suffix", ["jpg", "png"])
def test_a_thumbnail_from_the_file_is_that_of_the_photo(tmp_path: Path, suffix: str, orientation: int) -> None:
    path = tmp_path / f"photo.{suffix}"
    stored = np.ascontiguousarray(STORED_AS[orientation](scene(1200, 1600)))
    Image.fromarray(stored).save(path, exif=exif(orientation))
    small = photos.load_thumbnail(path, 160)
    assert small.shape == (120, 160, 3)
    assert np.abs(small.astype(int) - photos.thumbnail(load(path).pixels, 160)).mean() < 4


def test_a_thumbnail_of_a_damaged_photo_says_so(tmp_path: Path) -> None:
    (tmp_path / "cut.jpg").write_bytes(b"nothing")
    with pytest.raises(PhotoError, match=r"cut\.jpg"):
        photos.load_thumbnail(tmp_path / "cut.jpg", 96)


def test_photos_of_a_folder_sorted_as_people_count(tmp_path: Path) -> None:
    names = ["IMG_10.jpg", "IMG_2.JPG", "img_1.heic", ".hidden.jpg", "notes.txt", "밥 3.png", "밥 12.png", "jpg"]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / "sub.jpg").mkdir()
    (tmp_path / "broken.jpg").symlink_to(tmp_path / "nothing")
    (tmp_path / "loop.png").symlink_to(tmp_path / "loop.png")
    found = [p.name for p in find_photos([tmp_path])]
    assert found == ["img_1.heic", "IMG_2.JPG", "IMG_10.jpg", "밥 3.png", "밥 12.png"]


def test_files_and_folders_mixed_keep_their_order_and_missing_ones_are_told(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "1.png").touch()
    given = [tmp_path / "z.jpg", tmp_path / "b", tmp_path / "a.txt"]
    assert list(find_photos(given)) == [tmp_path / "z.jpg", tmp_path / "b" / "1.png", tmp_path / "a.txt"]


def test_every_shared_photo_opens(shared: Path) -> None:
    found = list(find_photos([shared / "data" / "photos"]))
    assert len(found) >= 49
    assert len({load(path).photo.sha256 for path in found}) == len(found)
