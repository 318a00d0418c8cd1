"""A picture scaled or compressed anew looks the same; another one does not."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

import figpath
from figpath.corpus.likeness import THUMBNAIL_SIDE, dhash, thumbnail
from figpath.source.images import load_pixels
from figpath.store.duplicates import NEAR, distance

EXAMPLES = figpath.example_figures()


def hash_of(data: bytes) -> int:
    found = dhash(load_pixels(data))
    assert found is not None
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize(("scale", "quality"), [(1, 30), (0.5, 80), (1.6, 90)])
def test_copies_of_a_picture_are_near(path: pytest.Item, scale: float, quality: int) -> None:
    image = Image.fromarray(load_pixels(path))  # type: ignore[arg-type]  # pytest gives the parameter's own type
    copy, stream = image.resize((int(image.width * scale), int(image.height * scale))), io.BytesIO()
    copy.save(stream, format="JPEG", quality=quality)
    found = dhash(np.asarray(image))
    assert found is not None
    assert distance(found, hash_of(stream.getvalue())) <= NEAR


def test_different_pictures_are_not() -> None:
    hashes = [hash_of(path.read_bytes()) for path in EXAMPLES]
    for n, one in enumerate(hashes):
        for other in hashes[:n]:
            assert distance(one, other) > NEAR


def test_a_blank_picture_is_like_no_other() -> None:
    assert dhash(np.full((300, 400, 3), 255, dtype=np.uint8)) is None


def test_a_thumbnail_is_small_and_always_the_same() -> None:
    pixels = load_pixels(EXAMPLES[0])
    data = thumbnail(pixels)
    height, width = load_pixels(data).shape[:2]
    assert max(height, width) == THUMBNAIL_SIDE
    assert len(data) < 40_000
    assert thumbnail(pixels) == data
