"""Pictures of every usual kind become upright RGB pixels; what is no picture is refused in one line."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageChops

from figpath.errors import ImageError, InputError
from figpath.source.images import (
    MAX_PIXELS,
    MIN_SIDE,
    ImageFile,
    figures_of,
    image_sha256,
    load_pixels,
    read_picture,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

RED, BLUE = (220, 30, 40), (20, 60, 200)


def two_halves(width: int = 40, height: int = 24) -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format=kind, **options)
    return stream.getvalue()


def close(pixel: object, colour: tuple[int, int, int], within: int = 12) -> bool:
    return bool(np.abs(np.asarray(pixel, dtype=int) - np.array(colour)).max() <= within)


def png_header(width: int, height: int) -> bytes:
    """Return a PNG file whose header announces a size and whose data is missing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP"])
def test_every_usual_format_is_read(kind: str, tmp_path: Path) -> None:
    """A path, bytes and a stream give the same (H, W, 3) uint8 RGB pixels."""
    data = encoded(two_halves(), kind, **({"quality": 95} if kind in {"JPEG", "WEBP"} else {}))
    path = tmp_path / "figure.bin"
    path.write_bytes(data)
    pixels = load_pixels(path)
    assert pixels.shape == (24, 40, 3)
    assert pixels.dtype == np.uint8
    assert close(pixels[12, 5], RED)
    assert close(pixels[12, 35], BLUE)
    assert np.array_equal(pixels, load_pixels(data))
    assert np.array_equal(pixels, load_pixels(io.BytesIO(data)))


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "YCbCr", "I;16"])
def test_every_usual_mode_of_tiff_or_png_is_read(mode: str) -> None:
    """White stays white and black stays black in each mode."""
    image = Image.new("L", (32, 32), 255)
    image.paste(0, (0, 0, 16, 32))
    if mode == "I;16":
        wide = Image.fromarray(np.array(image).astype(np.uint16) * 257)
    else:
        wide = (image.convert("RGB") if mode in {"CMYK", "YCbCr"} else image).convert(mode)
    pixels = load_pixels(encoded(wide, "TIFF" if mode in {"CMYK", "YCbCr"} else "PNG"))
    assert close(pixels[8, 4], (0, 0, 0), within=2)
    assert close(pixels[8, 28], (255, 255, 255), within=2)


def test_cmyk_jpeg_is_read_with_and_without_adobe_marker() -> None:
    """Adobe's inverted ink and plain ink both come out in the drawn colours."""
    ink = two_halves().convert("CMYK")
    adobe = encoded(ink, "JPEG", quality=95)
    other = encoded(ImageChops.invert(ink), "JPEG", quality=95)
    start = other.index(b"\xff\xee")
    length = struct.unpack(">H", other[start + 2 : start + 4])[0]
    plain = other[:start] + other[start + 2 + length :]
    for data in (adobe, plain):
        assert close(load_pixels(data)[12, 5], RED, within=20)
        assert close(load_pixels(data)[12, 35], BLUE, within=20)


def test_sixteen_bit_grey_is_scaled_not_clipped() -> None:
    """Half of full range is mid grey."""
    values = np.full((20, 30), 32768, dtype=np.uint16)
    values[:, 15:] = 65535
    for kind in ("PNG", "TIFF"):
        pixels = load_pixels(encoded(Image.fromarray(values), kind))
        assert pixels[5, 5].tolist() == [128, 128, 128]
        assert pixels[5, 25].tolist() == [255, 255, 255]


@pytest.mark.parametrize("dtype", [np.int32, np.float32])
def test_wider_grey_is_scaled_by_its_own_range(dtype: type) -> None:
    values: NDArray[np.generic] = np.full((20, 30), 7, dtype=dtype)
    values[:, 15:] = 900_000
    pixels = load_pixels(encoded(Image.fromarray(values), "TIFF"))
    assert (pixels[5, 5, 0], pixels[5, 25, 0]) == (0, 255)
    flat = load_pixels(encoded(Image.fromarray(np.full((20, 30), 7, dtype=dtype)), "TIFF"))
    assert flat.shape == (20, 30, 3)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "RGB", "L"])
def test_transparent_parts_are_white(mode: str) -> None:
    """Alpha, a transparent palette entry and a transparent colour all show the white beneath."""
    image = Image.new("RGBA", (32, 32), (0, 0, 0, 0))
    image.paste((10, 10, 10, 255), (16, 0, 32, 32))
    options: dict[str, object] = {}
    if mode in {"RGB", "L"}:
        options["transparency"] = (0, 0, 0) if mode == "RGB" else 0
    if mode == "P":
        image = image.quantize()
    pixels = load_pixels(encoded(image.convert(mode), "PNG", **options))
    assert pixels[8, 4].tolist() == [255, 255, 255]
    assert pixels[8, 28].max() < 40


def test_transparent_value_of_sixteen_bit_grey_is_white() -> None:
    values = np.full((20, 30), 500, dtype=np.uint16)
    values[:, 15:] = 20_000
    pixels = load_pixels(encoded(Image.fromarray(values), "PNG", transparency=500))
    assert pixels[5, 5, 0] == 255
    assert pixels[5, 25, 0] == round(20_000 / 257)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "TIFF"])
def test_first_frame_of_an_animation_is_read(kind: str) -> None:
    frames = [Image.new("RGB", (32, 32), colour) for colour in (RED, BLUE)]
    options = {"lossless": True} if kind == "WEBP" else {}
    data = encoded(frames[0], kind, save_all=True, append_images=frames[1:], **options)
    assert close(load_pixels(data)[5, 5], RED)


def test_orientation_mark_of_a_camera_is_applied() -> None:
    """Orientation 6 (turn clockwise) makes the left half the upper half."""
    exif = Image.Exif()
    exif[0x0112] = 6
    pixels = load_pixels(encoded(two_halves(), "JPEG", exif=exif, quality=95))
    assert pixels.shape == (40, 24, 3)
    assert close(pixels[5, 12], RED, within=25)
    assert close(pixels[35, 12], BLUE, within=25)


def test_damaged_metadata_does_not_hide_a_readable_picture() -> None:
    data = encoded(two_halves(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff garbage", quality=95)
    assert load_pixels(data).shape == (24, 40, 3)


REFUSED = {
    "missing.png": (None, "no such file"),
    "folder.png": ("folder", "it is a folder"),
    "empty.png": (b"", "it is empty"),
    "note.png": (b"dear reader,\nthis is no picture", "found text"),
    "paper.png": (b"%PDF-1.7 ...", "found a PDF document"),
    "vector.png": (b"<?xml version='1.0'?>\n<svg xmlns=''/>", "found an SVG drawing"),
    "noise.png": (b"\x00\x01\x02\xfe\xff" * 40, "found bytes of another kind"),
    "magic.jpg": (b"\xff\xd8\xff", "found a damaged JPEG"),
    "cut.jpg": (encoded(two_halves(300, 300), "JPEG")[:-900], "JPEG data is cut short"),
    "cut.png": (encoded(two_halves(300, 300), "PNG")[:300], "PNG data is cut short"),
    "dot.png": (encoded(Image.new("RGB", (1, 1)), "PNG"), "1 x 1 pixels is too small"),
    "thin.png": (encoded(Image.new("RGB", (900, MIN_SIDE - 1)), "PNG"), "900 x 15 pixels is too small"),
    "bomb.png": (png_header(30_000, 30_000), "900,000,000 pixels is too large"),
    "large.png": (png_header(10_001, 10_000), "10,001 x 10,000 pixels is too large"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    """The error is an ImageError that names the file and what was found, on one line; no warning leaks."""
    content, says = REFUSED[name]
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    with pytest.raises(ImageError) as caught:
        load_pixels(path)
    assert name in str(caught.value)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("length", [2, 8, 30, 60, 120, 400])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP"])
def test_only_image_errors_leave_however_a_file_is_cut(kind: str, length: int) -> None:
    noise = Image.fromarray(np.random.default_rng(7).integers(0, 255, (40, 40, 3), dtype=np.uint8))
    with pytest.raises(ImageError):
        load_pixels(encoded(noise, kind)[:length])


def test_unreadable_file_says_permission(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Shown by a stand-in, as a test run by an administrator may read everything."""
    path = tmp_path / "secret.png"
    path.write_bytes(b"x")

    def denied(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(ImageError, match="permission denied"):
        load_pixels(path)


def test_empty_bytes_and_streams_are_named() -> None:
    with pytest.raises(ImageError, match="figure of bytes: it is empty"):
        load_pixels(b"")
    with pytest.raises(ImageError, match="figure of a stream: it is empty"):
        read_picture(io.BytesIO())
    with pytest.raises(ImageError, match=r"figure upload\.png: expected"):
        load_pixels(b"text", name="upload.png")


def test_size_limit_is_taken_from_the_header_before_decoding() -> None:
    """A picture just inside the limit gets as far as its missing data."""
    side = int(MAX_PIXELS**0.5)
    with pytest.raises(ImageError, match="cut short"):
        load_pixels(png_header(side, side))


def test_folder_gives_its_pictures_sorted(tmp_path: Path) -> None:
    """Only known suffixes, no hidden files, no folders inside."""
    for name in ("b.PNG", "a.jpg", "notes.txt", ".hidden.png", "c.tiff"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "sub.png").mkdir()
    assert [file.figid for file in figures_of(tmp_path)] == ["a", "b", "c"]


def test_single_file_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    path = tmp_path / "Fig 3 (b).figure"
    path.write_bytes(b"x")
    assert figures_of(path) == (ImageFile(figid="Fig 3 (b)", path=path),)


def test_same_stem_twice_gives_two_figures(tmp_path: Path) -> None:
    for name in ("a.png", "a.jpg", "B.png", "b.jpg", "c.png"):
        (tmp_path / name).write_bytes(b"x")
    assert {file.figid for file in figures_of(tmp_path)} == {"a.png", "a.jpg", "B.png", "b.jpg", "c"}


def test_files_that_cannot_be_told_apart_are_refused(tmp_path: Path) -> None:
    """The whole name of one file may be the stem of another."""
    for name in ("a.png", "a.jpg", "a.png.gif"):
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(InputError, match=r"a\.png.* rename one of them"):
        figures_of(tmp_path)


@pytest.mark.parametrize(
    ("stem", "figid"),
    [
        ("PMC1__fig1", "PMC1__fig1"),
        ("Fig#3&4", "Fig_3_4"),
        ("_draft", "draft"),
        ("a..b", "a_.b"),
        ("###", "figure"),
        ("NF-κB", "NF-κB"),
        ("x" * 240, "x" * 200),
    ],
)
def test_figure_id_is_the_stem_made_safe(stem: str, figid: str, tmp_path: Path) -> None:
    path = tmp_path / f"{stem}.png"
    path.write_bytes(b"x")
    assert figures_of(path)[0].figid == figid


def test_missing_path_and_folder_without_pictures_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="no such file or folder"):
        figures_of(tmp_path / "nowhere")
    with pytest.raises(InputError, match="no picture in folder"):
        figures_of(tmp_path)


def test_sha256_is_that_of_the_bytes() -> None:
    assert image_sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
