"""A corpus to be served under load: ``served_corpus.py corpus.db --figures 10000``.

The made-up figures of ``synthetic.py``, each with the text as it was recognised, a few drawn lines, a picture of some
80 kB and its thumbnail, so that a page costs what it costs with figures that were read.
"""

from __future__ import annotations

import argparse
import io
import itertools
import random
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw
from synthetic import BATCH, Maker
from synthetic_names import packaged_pool

from figpath.reading.document import Line, Word
from figpath.record import Record, Relation, from_json, to_json
from figpath.store import write_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figpath.entry import Entry

PICTURES: Final = 60  # that are drawn; figures share them, each with bytes of its own at the end
_WORDS = ("cell", "nucleus", "membrane", "activation", "cytoplasm", "receptor", "Figure", "ligand", "(A)", "growth")


def drawn_pictures(*, seed: int) -> tuple[tuple[bytes, bytes], ...]:
    """Return pictures with their thumbnails, as JPEG."""
    made = random.Random(seed)  # noqa: S311 - no secret
    return tuple(_drawn(made) for _ in range(PICTURES))


def _drawn(made: random.Random) -> tuple[bytes, bytes]:
    width, height = made.randint(500, 1200), made.randint(400, 1000)
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    for _ in range(25):
        x, y = made.randrange(width), made.randrange(height)
        color = tuple(made.randrange(120, 256) for _ in range(3))
        pen.rounded_rectangle((x, y, x + 90, y + 40), 12, fill=color, outline="black")
        pen.text((x + 10, y + 10), made.choice(_WORDS), fill="black")
        pen.line((x, y, made.randrange(width), made.randrange(height)), fill="black", width=2)
    small = image.copy()
    small.thumbnail((240, 240))
    return _jpeg(image, 75), _jpeg(small, 75)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format="JPEG", quality=quality)
    return stream.getvalue()


def entries(figures: int, *, seed: int = 1) -> Iterator[Entry]:
    """Yield figures with all that a read one has; equal arguments give equal figures."""
    made = random.Random(seed)  # noqa: S311 - no secret
    pictures = drawn_pictures(seed=seed)
    for entry in Maker(packaged_pool(), seed=seed).entries(figures):
        if entry.picture is None:
            yield entry
            continue
        data, thumbnail = made.choice(pictures)
        own = entry.picture.sha256.encode()
        picture = replace(entry.picture, data=data + own, thumbnail=thumbnail + own)
        yield replace(entry, record=to_json(_read(from_json(entry.record), made)), picture=picture)


def _read(record: Record, made: random.Random) -> Record:
    """The record with its text and some relations."""
    names = [(one.text, one.box or (0, 0, 9, 9)) for one in record.mentions]
    names += [(made.choice(_WORDS), (0, 20 * n, 80, 20 * n + 16)) for n in range(8)]
    lines = tuple(
        Line(text=text, box=box, score=0.98, words=tuple(Word(text=one, box=box, score=0.98) for one in text.split()))
        for text, box in names
    )
    count = len(record.mentions)
    relations = tuple(
        Relation(source=n, target=n + 1, sign="activates", score=0.9, path=((10 * n, 20), (10 * n + 90, 60)))
        for n in range(0, count - 1, 4)
    )
    return replace(record, lines=lines, relations=relations)


def write_corpus(path: Path, *, figures: int, seed: int = 1) -> None:
    """Make a corpus."""
    made = entries(figures, seed=seed)
    with write_store(path) as store:
        while batch := list(itertools.islice(made, BATCH)):
            store.put(batch)
        store.link_duplicates()


def main() -> None:
    """Make a corpus and tell how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="file to make")
    parser.add_argument("--figures", type=int, default=10_000)
    asked = parser.parse_args()
    start = time.perf_counter()
    write_corpus(asked.corpus, figures=asked.figures)
    size = asked.corpus.stat().st_size / 1e6
    print(f"{asked.corpus}: {asked.figures} figures, {size:.0f} MB, {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
