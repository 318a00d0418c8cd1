"""Where the networks' weights are: inside the installed wheel of rapidocr, which is never imported.

Importing rapidocr takes a second and pulls in its whole pipeline; only its files are wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from figpath.errors import EngineError
from figpath.reading.protobuf import fields

if TYPE_CHECKING:
    from collections.abc import Iterator

_DETECTOR, _RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_METADATA_PROPS, _KEY, _VALUE = 14, 1, 2  # field numbers of onnx.ModelProto and StringStringEntryProto


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The files of the two networks.

    Parameters
    ----------
    detector, recogniser
        ONNX files.
    version
        Name and version of the package that they come from.
    """

    detector: Path
    recogniser: Path
    version: str


def find() -> Weights:
    """Find the weights in the installed wheel of rapidocr.

    Raises
    ------
    EngineError
        When rapidocr is not installed or lacks the files.
    """
    spec = find_spec("rapidocr")
    if spec is None or not spec.submodule_search_locations:
        raise EngineError("the weights of the text recogniser are absent: run pip install rapidocr==3.10.0")
    folder = Path(spec.submodule_search_locations[0]) / "models"
    for name in (_DETECTOR, _RECOGNISER):
        if not (folder / name).is_file():
            raise EngineError(f"rapidocr has no {name}: run pip install --force-reinstall rapidocr==3.10.0")
    try:
        version = f"rapidocr {installed('rapidocr')}"
    except PackageNotFoundError:
        version = "rapidocr"
    made = f"PP-OCRv6 small of {version}, fitted to figures"
    return Weights(detector=folder / _DETECTOR, recogniser=folder / _RECOGNISER, version=made)


def characters(recogniser: Path) -> tuple[str, ...]:
    """Return what each column of the recogniser's output stands for.

    Parameters
    ----------
    recogniser
        The ONNX file; its metadata holds the characters, one a line.

    Returns
    -------
    tuple of str
        The blank of CTC as an empty string, the characters of the metadata, and the space.

    Raises
    ------
    EngineError
        When the file has no such metadata.
    """
    try:
        found = dict(_metadata(memoryview(recogniser.read_bytes())))["character"]
    except (OSError, KeyError, IndexError, UnicodeDecodeError) as error:
        raise EngineError(f"{recogniser.name} does not say its characters: reinstall rapidocr==3.10.0") from error
    return ("", *found.split("\n"), " ")


def _metadata(model: memoryview) -> Iterator[tuple[str, str]]:
    """The key-value pairs of an ONNX model, without the onnx package."""
    for number, payload in fields(model):
        if number == _METADATA_PROPS:
            entry = dict(fields(payload))
            yield str(entry[_KEY], "utf-8"), str(entry[_VALUE], "utf-8")
