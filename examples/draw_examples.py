"""Draw the example figures that figpath carries, and their truth beside them.

    python examples/draw_examples.py [--to FOLDER] [--fonts FOLDER ...]

The pictures are committed, so only who changes them runs this. It needs three font families that have Greek
and may be used in pictures that are given away: Liberation Sans and Lato (SIL Open Font License 1.1) and Open
Sans (Apache-2.0); on Debian the packages fonts-liberation, fonts-lato and fonts-open-sans. They are looked
for in the system's usual font folders and in those given by ``--fonts``. The same fonts and the same Pillow
give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import cartoon_cytokines
import cartoon_exosomes
import map_insulin
import mouse_macrophage

if TYPE_CHECKING:
    from collections.abc import Callable

    from canvas import Canvas
from PIL import Image

FACES = (
    "LiberationSans-Regular",
    "LiberationSans-Bold",
    "LiberationSans-Italic",
    "LiberationSans-BoldItalic",
    "Lato-Regular",
    "Lato-Bold",
    "Lato-Italic",
    "OpenSans-Regular",
    "OpenSans-Semibold",
    "OpenSans-Bold",
)
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
FIGURES = (cartoon_exosomes, map_insulin, cartoon_cytokines, mouse_macrophage)
HERE = Path(__file__).resolve().parent
HOME = HERE.parent / "src" / "figpath" / "data" / "examples"


def find_fonts(folders: tuple[str, ...]) -> dict[str, Path]:
    """Return the file of each face that is drawn with, or say which are missing."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(Path(folder).expanduser().rglob("*.[ot]tf")):
            found.setdefault(path.stem, path)
    missing = [face for face in FACES if face not in found]
    if missing:
        sys.exit(f"draw_examples: no font file for {', '.join(missing)}; install them, or give --fonts FOLDER")
    return {face: found[face] for face in FACES}


def save(canvas: Canvas, *, about: dict[str, object], form: str, folder: Path) -> Path:
    """Write a finished picture and its truth."""
    path = folder / f"{about['figid']}.{form}"
    picture = canvas.finished()
    if form == "jpg":
        picture.save(path, quality=90, subsampling=0, optimize=True)
    else:
        picture.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    truth = {**about, "width": canvas.width, "height": canvas.height}
    truth |= {"mentions": canvas.mentions, "edges": canvas.edges}
    text = json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
    path.with_suffix(".json").write_text(text, encoding="utf-8", newline="\n")
    return path


def main() -> None:
    """Draw every figure."""
    parser = argparse.ArgumentParser(description="Draw the example figures and their truth.")
    parser.add_argument("--to", type=Path, default=HOME, help="folder to write to")
    parser.add_argument("--fonts", nargs="*", default=[], help="further folders to look for fonts in")
    given = parser.parse_args()
    fonts = find_fonts((*given.fonts, *FONT_FOLDERS))
    given.to.mkdir(parents=True, exist_ok=True)
    for figure in FIGURES:
        draw: Callable[[dict[str, Path]], Canvas] = figure.draw
        path = save(draw(fonts), about=figure.ABOUT, form=figure.FORM, folder=given.to)
        print(f"{path}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
