"""The labelled pictures that screening is fitted on, and copies of them as papers would have printed them."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from figpath.figure import Pixels

LOOK_ALIKES = {"workflow_flowchart", "experimental_design", "box_arrow_diagram_other", "network"}
COPIES = {"screen": 3, "gold": 3, "pfocr_more": 3, "drawn": 1}
WEIGHT = {"screen": 1.0, "gold": 0.5, "pfocr_more": 0.5, "drawn": 0.2}
_EVERY = 4  # of the drawn pathways, which are all of one kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A picture with its label: where it is, what it is, and whose it is."""

    path: Path
    collection: str
    owner: str
    kind: str
    pathway: bool
    borderline: bool = False

    @property
    def key(self) -> str:
        """Name of the picture among all."""
        return f"{self.collection}/{self.path.name}"

    @property
    def look_alike(self) -> bool:
        """Whether it is no pathway and looks like one."""
        return not self.pathway and self.kind in LOOK_ALIKES

    @property
    def weight(self) -> float:
        """How much it counts in fitting."""
        twice = 2.0 if self.collection == "screen" else 1.5
        return 0.0 if self.borderline else WEIGHT[self.collection] * (twice if self.look_alike else 1.0)


def labelled(bench: Path) -> list[Labelled]:
    """Return the open figures."""
    found = _listed(bench / "screen")
    for collection in ("gold", "pfocr_more"):
        for path in sorted((bench / collection / "figures").iterdir()):
            owner = path.stem.split("__")[0]
            found.append(Labelled(path=path, collection=collection, owner=owner, kind=collection, pathway=True))
    drawn = sorted(path for path in (bench / "wikipathways" / "open").iterdir() if path.suffix != ".json")
    for path in drawn[::_EVERY]:
        owner = path.stem.split("-")[0]
        found.append(Labelled(path=path, collection="drawn", owner=owner, kind="drawn", pathway=True))
    return found


def _listed(folder: Path) -> list[Labelled]:
    with (folder / "labels.tsv").open(encoding="utf-8", newline="") as stream:
        return [
            Labelled(
                path=folder / row["file"],
                collection="screen",
                owner=row["source"].split("/")[0],
                kind=row["class"],
                pathway=row["label"] == "pathway",
                borderline=row.get("borderline") == "1",
            )
            for row in csv.DictReader(stream, delimiter="\t")
        ]


def copy(pixels: Pixels, dice: random.Random) -> Pixels:
    """Return a copy cropped or framed, shrunk, recoloured or grey, mirrored at times, and compressed."""
    pixels = _framed(pixels, dice)
    longest, wanted = max(pixels.shape[:2]), dice.uniform(380, 1100)
    if wanted < longest:
        pixels = _scaled(pixels, wanted / longest)
    pixels = _recoloured(pixels, dice)
    if dice.random() < 0.15:
        pixels = np.ascontiguousarray(pixels[:, ::-1])
    written = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, int(dice.uniform(35, 95))])[1]
    return np.asarray(cv2.imdecode(written, cv2.IMREAD_COLOR), np.uint8)


def _framed(pixels: Pixels, dice: random.Random) -> Pixels:
    height, width = pixels.shape[:2]
    if dice.random() < 0.6:
        top, bottom, left, right = (dice.uniform(0, 0.1) for _ in range(4))
        return pixels[int(top * height) : height - int(bottom * height), int(left * width) : width - int(right * width)]
    if dice.random() < 0.5:
        above, below, left, right = (int(dice.uniform(0, 0.12) * max(height, width)) for _ in range(4))
        return np.pad(pixels, ((above, below), (left, right), (0, 0)), constant_values=255)
    return pixels


def _recoloured(pixels: Pixels, dice: random.Random) -> Pixels:
    if dice.random() < 0.25:
        return np.repeat(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    if dice.random() < 0.5:
        colours = cv2.cvtColor(pixels, cv2.COLOR_RGB2HSV).astype(np.float32)
        colours[..., 0] = (colours[..., 0] + dice.uniform(0, 180)) % 180
        colours[..., 1] = np.clip(colours[..., 1] * dice.uniform(0.5, 1.4), 0, 255)
        return np.asarray(cv2.cvtColor(colours.astype(np.uint8), cv2.COLOR_HSV2RGB), np.uint8)
    return pixels


def shrunk(pixels: Pixels, longest: int) -> Pixels:
    """Return the picture with its longer side at most that long."""
    return _scaled(pixels, longest / max(pixels.shape[:2])) if max(pixels.shape[:2]) > longest else pixels


def _scaled(pixels: Pixels, factor: float) -> Pixels:
    size = [max(16, int(side * factor)) for side in pixels.shape[1::-1]]
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
