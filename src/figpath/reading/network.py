"""The one interface behind which the OCR engines stand: arrays in, arrays out."""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from figpath.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float32]

EngineName: TypeAlias = Literal["auto", "openvino", "onnxruntime"]

_ENGINES: tuple[EngineName, ...] = ("openvino", "onnxruntime")


class Network(Protocol):
    """A loaded neural network of one input and one output."""

    def __call__(self, batches: Sequence[Floats]) -> list[Floats]:
        """Return the output for each batch: (N, 3, H, W) float32 in, its first axis N out."""
        ...


class Layers(Protocol):
    """A loaded neural network that is asked for what some of its inner layers answer."""

    def __call__(self, batch: Floats) -> list[Floats]:
        """Return the output of each layer, (N, C, H', W') float32, for (N, 3, H, W) float32."""
        ...


class Engine(Protocol):
    """What each engine's file offers."""

    def version(self) -> str:
        """Name and version of the engine."""
        ...

    def load(self, model: Path | bytes, *, threads: int | None = None, columns: Sequence[int] | None = None) -> Network:
        """Load a network from an ONNX file or its bytes; `columns` keeps these of the output's last axis."""
        ...

    def load_layers(self, path: Path, names: Sequence[str], *, threads: int | None = None) -> Layers:
        """Load the network of an ONNX file up to the tensors of these names."""
        ...


def engine(name: EngineName = "auto") -> Engine:
    """Return the engine of that name; ``auto`` takes the fastest that is installed.

    Parameters
    ----------
    name
        ``openvino``, ``onnxruntime``, or ``auto`` for the first of these that can be imported.

    Returns
    -------
    Engine
        The engine's file as a module.

    Raises
    ------
    EngineError
        When the name is unknown, or no engine can be imported.
    """
    if name != "auto" and name not in _ENGINES:
        raise EngineError(f"no engine {name!r}: use auto, {' or '.join(_ENGINES)}")
    wanted = _ENGINES if name == "auto" else (name,)
    reasons = []
    for candidate in wanted:
        try:
            return importlib.import_module(f"figpath.reading.{candidate}")
        except ImportError as error:
            reasons.append(f"{candidate} ({error})")
    raise EngineError(f"no OCR engine can be loaded: {'; '.join(reasons)}; run: pip install {wanted[-1]}")
