"""Bad input through the command line: one line on standard error, exit code 2, nothing printed or written.

Odd but honest pictures (CMYK, 16-bit, palette, animated, transparent) are read.
"""

from __future__ import annotations

import io
import json
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from conftest import drawn

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format=form, **options)
    return stream.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    """A PNG whose header promises more pixels than anything decodes; it has no data."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


BAD = {
    "empty.png": (b"", "it is empty (0 bytes)"),
    "text.png": (b"I am a picture", "found text"),
    "cut.jpg": (encoded(drawn("STAT3"), "JPEG")[:900], "cut short or damaged"),
    "tiny.png": (encoded(Image.new("RGB", (1, 1)), "PNG"), "1 x 1 pixels is too small"),
    "bomb.png": (png_of_size(30_000, 30_000), "is too large, at most 100 million are decoded"),
    "paper.pdf.png": (b"%PDF-1.7\n", "found a PDF document"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_picture_is_one_line(run: Run, tmp_path: Path, name: str) -> None:
    data, reason = BAD[name]
    (tmp_path / name).write_bytes(data)
    ran = run("read", name, "--overlay", "out.html")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith(f"figpath: cannot read figure {name}: ")
    assert reason in ran.err
    assert ran.err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_missing_picture_is_one_line(run: Run) -> None:
    ran = run("read", "absent.png")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err == "figpath: cannot read absent.png: there is no such file or folder; check the path\n"


def odd_pictures() -> dict[str, bytes]:
    image = drawn("STAT3")
    grey16 = Image.fromarray(np.asarray(image.convert("L"), dtype=np.uint16) * 257)
    clear = image.convert("RGBA")
    clear.putalpha(image.convert("L").point(lambda value: 255 - value))  # ink on nothing
    return {
        "cmyk.jpg": encoded(image.convert("CMYK"), "JPEG", quality=95),
        "grey16.png": encoded(grey16, "PNG"),
        "palette.gif": encoded(image.convert("P", palette=Image.Palette.ADAPTIVE), "GIF"),
        "animated.gif": encoded(image, "GIF", save_all=True, append_images=[drawn("JAK2")], duration=100),
        "transparent.png": encoded(clear, "PNG"),
    }


@pytest.mark.parametrize("name", odd_pictures())
def test_odd_picture_is_read(run: Run, tmp_path: Path, name: str) -> None:
    """STAT3 is found on it; of an animation on its first frame."""
    (tmp_path / name).write_bytes(odd_pictures()[name])
    ran = run("read", name, "-f", "jsonl")
    assert (ran.code, ran.err) == (0, "")
    assert [m["entities"][0]["symbol"] for m in json.loads(ran.out)["mentions"]] == ["STAT3"]


@pytest.mark.parametrize(
    "command", [("read", "small.png"), ("ground",), ("lexicon", "info"), ("lexicon", "find", "JAK2")]
)
def test_lexicon_of_another_version_is_one_line(
    run: Run, own_home: Path, tmp_path: Path, figure: Path, command: tuple[str, ...]
) -> None:
    """Every command that needs the lexicon names the file and what to do."""
    (tmp_path / "small.png").write_bytes(figure.read_bytes())
    old = own_home / "lexicon" / "7955.lexicon"
    old.parent.mkdir()
    old.write_bytes(struct.pack("<8sII", b"FIGPLEX\n", 999, 2) + b"{}")
    ran = run(*command, stdin=b"JAK2")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith(f"figpath: {old} has lexicon version 999, this figpath reads ")
    assert "compile it again" in ran.err
    assert ran.err.count("\n") == 1
