"""The recogniser with its last layers fitted to figures: other numbers in the same network.

PP-OCRv6 was trained on pages and street signs. Figures have letters of 6 to 12 pixels, enlarged and compressed, and
the names of molecular biology. ``benchmarks/training/recogniser`` draws such words and fits the layers above the
convolutions to them; here the fitted numbers take the places of the old ones, so that both engines load a network of
the same shape.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from figpath.errors import EngineError
from figpath.reading.protobuf import fields

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from figpath.reading.network import Floats

_GRAPH, _INITIALIZER, _NAME, _RAW = 7, 5, 8, 9  # field numbers of onnx.ModelProto, GraphProto and TensorProto

_ADVICE = "run pip install --force-reinstall rapidocr==3.10.0"

LAST = "linear_8"
"""The last linear layer; only its columns for characters that figures hold are fitted."""


def fitted_layers() -> dict[str, Floats]:
    """Load the fitted numbers that come with figpath: each parameter of the network by its name."""
    with resources.files("figpath.data").joinpath("recogniser.npz").open("rb") as stream, np.load(stream) as file:
        return {name: np.asarray(file[name], np.float32) for name in file.files}


def with_layers(model: bytes, layers: Mapping[str, Floats], *, columns: Sequence[int]) -> bytes:
    """Return a network with other numbers in some of its layers.

    Parameters
    ----------
    model
        The recogniser as ONNX.
    layers
        Parameters by name, in the shapes that they have in the model; those of the last layer for `columns` only.
    columns
        Of the last layer, in the order of the alphabet.

    Returns
    -------
    bytes
        ONNX of the same length.

    Raises
    ------
    EngineError
        When the model lacks a parameter or has it in another size: it is not the one that was fitted.
    """
    changed = bytearray(model)
    try:
        places = _parameters(memoryview(changed))
        for name, values in layers.items():
            _put(places, name, values, list(columns))
    except (LookupError, ValueError, StopIteration) as error:
        raise EngineError(f"the recogniser is damaged, or not the one that was fitted: {_ADVICE}") from error
    return bytes(changed)


def _put(places: Mapping[str, Floats], name: str, values: Floats, columns: list[int]) -> None:
    place = _place(places, name)
    if name.startswith(LAST):
        place = place.reshape(-1, _place(places, f"{LAST}.b_0").size)
        place[:, columns] = values.reshape(-1, len(columns))
    elif place.size == values.size:
        place[:] = values.reshape(-1)
    else:
        raise EngineError(f"the recogniser has {place.size} numbers for {name}, not {values.size}: {_ADVICE}")


def _place(places: Mapping[str, Floats], name: str) -> Floats:
    if name not in places:
        raise EngineError(f"the recogniser has no layer {name}: {_ADVICE}")
    return places[name]


def _parameters(model: memoryview) -> dict[str, Floats]:
    """The parameters of an ONNX model as flat arrays that share its memory."""
    graph = next(payload for number, payload in fields(model) if number == _GRAPH)
    found: dict[str, Floats] = {}
    for number, payload in fields(graph):
        tensor = dict(fields(payload)) if number == _INITIALIZER else {}
        if _RAW in tensor and len(tensor[_RAW]) % 4 == 0:
            found[str(tensor[_NAME], "utf-8")] = np.frombuffer(tensor[_RAW], np.float32)
    return found
