"""Plain picture files: bytes to pixels, files and folders to figures.

Whatever the file holds (palette, CMYK, 16-bit grey, transparency, several frames, an orientation
mark), what leaves is one upright ``(H, W, 3)`` uint8 RGB array over white, or an `ImageError` of one line.
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from figpath.errors import ImageError, InputError
from figpath.ids import check_figure_id

if TYPE_CHECKING:
    from figpath.figure import Pixels

SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".webp")
"""File names that a folder is searched for, in lower case."""

MIN_SIDE = 16
"""Pixels; a picture with a shorter side cannot hold a legible word."""

MAX_PIXELS = 100_000_000
"""Width times height; a print page at 600 dpi has 35 million."""

MAX_BYTES = 400_000_000
"""Of one file: 100 million uncompressed RGB pixels and what surrounds them."""

_FORMATS = ("JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP")
_FORMATS_TEXT = "JPEG, PNG, GIF, TIFF, BMP or WebP"
_WHITE = (255, 255, 255, 255)
_UNSAFE = re.compile(r"[^\w.+()\[\]@=, -]|\.(?=\.)")
_MAGIC = (
    (b"\xff\xd8\xff", "a damaged JPEG file"),
    (b"\x89PNG", "a damaged PNG file"),
    (b"GIF8", "a damaged GIF file"),
    (b"II*\x00", "a damaged TIFF file"),
    (b"MM\x00*", "a damaged TIFF file"),
    (b"RIFF", "a damaged WebP file, or another RIFF file"),
    (b"%PDF", "a PDF document"),
    (b"<svg", "an SVG drawing"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFile:
    """A picture file and the figure id that it gives.

    Parameters
    ----------
    figid
        The file's stem; see `figures_of`.
    path
        Where the file is.
    """

    figid: str
    path: Path


def figures_of(path: Path) -> tuple[ImageFile, ...]:
    """Return the picture files that a path names: a file itself, or the pictures of a folder.

    A folder gives the files directly in it that have one of `SUFFIXES`, sorted by name; hidden files and
    folders inside it are left alone. A file is taken whatever its suffix: its content decides later.
    The figure id is the file's stem, characters that are unsafe in a file name replaced by ``_``. Where
    several files of a folder share a stem (also in another case), each is named by its whole file name.

    Parameters
    ----------
    path
        A file or a folder.

    Returns
    -------
    tuple of ImageFile
        At least one; figure ids are distinct, whatever their case.

    Raises
    ------
    ImageError
        When the path does not exist or cannot be listed.
    InputError
        When a folder has no picture, or two of its files cannot be told apart.
    """
    if not path.is_dir():
        if not path.exists():
            raise ImageError(f"cannot read {path}: there is no such file or folder; check the path")
        return (ImageFile(figid=figure_id_of(path.stem), path=path),)
    return _distinct(path, _pictures_in(path))


def _pictures_in(folder: Path) -> list[Path]:
    try:
        inside = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        raise ImageError(f"cannot list folder {folder}: {_reason(error)}") from error
    found = [p for p in inside if p.suffix.lower() in SUFFIXES and not p.name.startswith(".") and p.is_file()]
    if not found:
        raise InputError(f"no picture in folder {folder}: expected files that end in {', '.join(SUFFIXES)}")
    return found


def _distinct(folder: Path, paths: list[Path]) -> tuple[ImageFile, ...]:
    stems = Counter(figure_id_of(path.stem).casefold() for path in paths)
    files: dict[str, ImageFile] = {}
    for path in paths:
        stem = figure_id_of(path.stem)
        figid = stem if stems[stem.casefold()] == 1 else figure_id_of(path.name)
        other = files.setdefault(figid.casefold(), ImageFile(figid=figid, path=path)).path
        if other != path:
            raise InputError(
                f"{other.name} and {path.name} in folder {folder} would both be figure {figid}: rename one of them"
            )
    return tuple(files.values())


def figure_id_of(name: str) -> str:
    """Return the figure id that a name gives: characters that are unsafe in a file name become ``_``."""
    safe = _UNSAFE.sub("_", name)[:200].lstrip("_.+()[]@=, -")
    return check_figure_id(safe or "figure")


def image_sha256(data: bytes) -> str:
    """Return the SHA-256 of a picture file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_picture(source: Path | BinaryIO, *, name: str = "") -> bytes:
    """Return the bytes of a picture file, not yet decoded.

    Parameters
    ----------
    source
        A file's path, or an open binary stream such as standard input.
    name
        What errors call it; without it the path, or the stream's own name.

    Raises
    ------
    ImageError
        When it is missing, a folder, not readable, empty, or longer than `MAX_BYTES`.
    """
    name = name or _name_of(source)
    try:
        data = _read(source)
    except OSError as error:
        raise ImageError(f"cannot read figure {name}: {_reason(error)}") from error
    if not data:
        raise ImageError(f"cannot read figure {name}: it is empty (0 bytes); expected {_FORMATS_TEXT}")
    if len(data) > MAX_BYTES:
        raise ImageError(
            f"cannot read figure {name}: it has over {MAX_BYTES // 10**6} million bytes; save it compressed or smaller"
        )
    return data


def load_pixels(source: Path | bytes | BinaryIO, *, name: str = "") -> Pixels:
    """Decode a picture: its first frame, upright, over white, in RGB.

    Parameters
    ----------
    source
        A file's path, its bytes, or an open binary stream.
    name
        What errors call it; without it the path, or the stream's own name.

    Returns
    -------
    Pixels
        ``(H, W, 3)`` uint8, RGB, origin top left.

    Raises
    ------
    ImageError
        When it cannot be read (see `read_picture`), is not a JPEG, PNG, GIF, TIFF, BMP or WebP picture, is
        cut short, has a side under `MIN_SIDE` or more than `MAX_PIXELS`. Sizes are judged by the header,
        before anything is decoded.
    """
    name = name or ("of bytes" if isinstance(source, bytes) else _name_of(source))
    data = source if isinstance(source, bytes) and source else read_picture(_opened(source), name=name)
    with warnings.catch_warnings():
        # Pillow warns of odd palettes, metadata and sizes; what matters of these is an error below.
        warnings.simplefilter("ignore")
        image = _open(data, name)
        try:
            return _rgb(_upright(image))
        except Exception as error:  # a damaged file makes the decoders raise nearly anything
            raise ImageError(
                f"cannot read figure {name}: the {image.format} data is cut short or damaged "
                f"({_reason(error)}); fetch the file again"
            ) from error


def encode_png(pixels: Pixels) -> bytes:
    """Encode an (H, W, 3) uint8 RGB array as a PNG file."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, format="PNG")
    return stream.getvalue()


def _opened(source: Path | bytes | BinaryIO) -> Path | BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source


def _name_of(source: Path | BinaryIO) -> str:
    name = str(source) if isinstance(source, Path) else str(getattr(source, "name", "of a stream"))
    return "from standard input" if name == "<stdin>" else name


def _read(source: Path | BinaryIO) -> bytes:
    if not isinstance(source, Path):
        return source.read(MAX_BYTES + 1)
    if source.is_dir():
        # Windows says "permission denied" of a folder, which would mislead.
        raise IsADirectoryError(0, "it is a folder, expected a picture file")
    with source.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file; check the path"
    if isinstance(error, PermissionError):
        return "permission denied; make it readable"
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(text.split()) or type(error).__name__


def _open(data: bytes, name: str) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        found = re.search(r"\d+", str(error))
        raise _too_large(name, f"{int(found[0]):,} pixels" if found else "too many pixels") from error
    except UnidentifiedImageError as error:
        raise ImageError(
            f"cannot read figure {name}: expected {_FORMATS_TEXT}, found {_content(data)}; save it as PNG"
        ) from error
    except Exception as error:  # a damaged header makes the parsers raise nearly anything
        raise ImageError(f"cannot read figure {name}: its header is damaged ({_reason(error)})") from error
    _check_size(image.width, image.height, name)
    return image


def _check_size(width: int, height: int, name: str) -> None:
    if min(width, height) < MIN_SIDE:
        raise ImageError(
            f"cannot read figure {name}: {width} x {height} pixels is too small, "
            f"each side must have at least {MIN_SIDE}; use a larger copy"
        )
    if width * height > MAX_PIXELS:
        raise _too_large(name, f"{width:,} x {height:,} pixels")


def _too_large(name: str, found: str) -> ImageError:
    return ImageError(
        f"cannot read figure {name}: {found} is too large, "
        f"at most {MAX_PIXELS // 10**6} million are decoded; scale it down"
    )


def _content(data: bytes) -> str:
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, what in _MAGIC:
        if start.startswith(magic):
            return what
    if b"<svg" in start:
        return "an SVG drawing"
    try:
        data[:512].decode("utf-8")
    except UnicodeDecodeError:
        return "bytes of another kind"
    return "text" if b"\0" not in start else "bytes of another kind"


def _upright(image: Image.Image) -> Image.Image:
    image.load()
    if image.mode == "CMYK" and image.format in {"JPEG", "MPO"} and "adobe" not in image.info:
        # Adobe stores ink inverted and says so in its marker; Pillow takes every CMYK JPEG for Adobe's.
        image = ImageChops.invert(image)
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # unreadable metadata is no reason to refuse a readable picture
        return image


def _rgb(image: Image.Image) -> Pixels:
    if image.mode.startswith(("I", "F")):
        grey = _grey(image)
        return np.repeat(grey[:, :, None], 3, axis=2)
    if image.has_transparency_data:
        drawn = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", drawn.size, _WHITE), drawn)
    return np.array(image.convert("RGB"), dtype=np.uint8)


def _grey(image: Image.Image) -> Pixels:
    """Scale grey of more than 8 bits: 16-bit by its full range, wider numbers by the range that they use."""
    values = np.nan_to_num(np.array(image, dtype=np.float64))
    low, high = (0.0, 65535.0) if image.mode.startswith("I;16") else (values.min(), values.max())
    grey = np.rint((values - low) / max(high - low, 1e-12) * 255).clip(0, 255).astype(np.uint8)
    transparent = image.info.get("transparency")
    if isinstance(transparent, int):
        grey[values == transparent] = 255
    return grey
