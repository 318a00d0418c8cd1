"""What a reader found, as ``figpath read --format jsonl`` prints it; other programs may leave keys out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from figpath.errors import InputError
from figpath.evaluate.documents import lines_of
from figpath.ids import HUMAN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LooseBox: TypeAlias = tuple[float, float, float, float]
"""``(x0, y0, x1, y1)`` in pixels of the picture, origin top left."""

GENE_KINDS = frozenset({"gene", "family"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedEntity:
    """What a predicted mention stands for; without a taxon it is human."""

    symbol: str = ""
    id: str = ""
    taxon: int | None = HUMAN


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedAlternative:
    """What else a predicted mention may stand for."""

    entity: PredictedEntity


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedMention:
    """A predicted name; without a score it counts as certain."""

    text: str
    kind: str = ""
    score: float = 1.0
    box: LooseBox | None = None
    entities: tuple[PredictedEntity, ...] = ()
    alternatives: tuple[PredictedAlternative, ...] = ()

    def human_symbols(self) -> frozenset[str]:
        """Return the symbols of its human genes; none when it is no gene or family."""
        if self.kind not in GENE_KINDS:
            return frozenset()
        return frozenset(entity.symbol for entity in self.entities if entity.taxon == HUMAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedLine:
    """A recognised line of text."""

    text: str
    box: LooseBox | None = None
    angle: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What was found on one figure."""

    figid: str
    organisms: tuple[int, ...] = ()
    lines: tuple[PredictedLine, ...] = ()
    mentions: tuple[PredictedMention, ...] = ()


def parse_predictions(data: bytes, *, name: str) -> dict[str, Prediction]:
    """Return the prediction of each figure of a JSON Lines file.

    Parameters
    ----------
    data
        One JSON object a line.
    name
        What errors call the file.

    Raises
    ------
    InputError
        When a line is no such object, or names a figure that stood before; the message has its number.
    """
    found: dict[str, Prediction] = {}
    for number, prediction in lines_of(data, Prediction, name=name):
        if prediction.figid in found:
            raise InputError(f"{name} line {number}: figure {prediction.figid} stands here twice: keep one of the two")
        found[prediction.figid] = prediction
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Which figures of the truth have a prediction, and the other way round.

    Parameters
    ----------
    unknown
        Predicted figures that the truth does not have: left out.
    absent
        Figures of the truth without a prediction: scored as figures in which nothing was found.
    """

    unknown: tuple[str, ...]
    absent: tuple[str, ...]


def coverage(predictions: Mapping[str, Prediction], known: Collection[str]) -> Coverage:
    """Compare the figures of predictions with those of the truth.

    Raises
    ------
    InputError
        When they have no figure in common.
    """
    if not set(predictions) & set(known):
        example = next(iter(predictions), "none at all")
        raise InputError(
            f"no predicted figure is one of the {len(known)} of the truth (predicted: {example}; known: "
            f"{min(known)}): give the predictions that belong to this folder"
        )
    return Coverage(
        unknown=tuple(sorted(set(predictions) - set(known))), absent=tuple(sorted(set(known) - set(predictions)))
    )
