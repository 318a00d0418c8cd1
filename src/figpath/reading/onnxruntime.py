"""Networks on onnxruntime, the engine that runs everywhere."""

from __future__ import annotations

from importlib.metadata import version as installed
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

from figpath.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from figpath.reading.network import Floats, Layers

_GRAPH, _OUTPUT, _NAME = 7, 12, 1  # field numbers of onnx.ModelProto, GraphProto and ValueInfoProto


def version() -> str:
    """Name and version of the engine."""
    return f"onnxruntime {installed('onnxruntime')}"


class OnnxRuntimeNetwork:
    """A network in an onnxruntime session; see `figpath.reading.network.Network`."""

    def __init__(self, session: onnxruntime.InferenceSession, columns: NDArray[np.int64] | None) -> None:
        self._session = session
        self._input = session.get_inputs()[0].name
        self._columns = columns

    def __call__(self, batches: Sequence[Floats]) -> list[Floats]:
        """Return the output for each batch."""
        return [self._run(batch) for batch in batches]

    def _run(self, batch: Floats) -> Floats:
        try:
            output: Floats = self._session.run(None, {self._input: batch})[0]
        except Exception as error:  # the exceptions of onnxruntime have no base class of their own
            raise EngineError(f"onnxruntime failed on an input of shape {batch.shape}: {error}") from error
        return output if self._columns is None else output[..., self._columns]


def load(
    model: Path | bytes, *, threads: int | None = None, columns: Sequence[int] | None = None
) -> OnnxRuntimeNetwork:
    """Load a network; parameters and errors as `figpath.reading.openvino.load`."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads or 0
    try:
        session = onnxruntime.InferenceSession(
            model if isinstance(model, bytes) else str(model), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # the exceptions of onnxruntime have no base class of their own
        raise EngineError(f"onnxruntime cannot load a network: {error}; reinstall rapidocr") from error
    return OnnxRuntimeNetwork(session, None if columns is None else np.asarray(columns, np.int64))


def load_layers(path: Path, names: Sequence[str], *, threads: int | None = None) -> Layers:
    """Load the network of an ONNX file to ask for some of its tensors; as `figpath.reading.openvino.load_layers`.

    The tensors are made outputs by appending to the file's bytes: protobuf merges a second `graph` into the first.
    """
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads or 0
    outputs = b"".join(_field(_OUTPUT, _field(_NAME, name.encode())) for name in names)
    try:
        model = path.read_bytes() + _field(_GRAPH, outputs)
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the exceptions of onnxruntime have no base class of their own
        raise EngineError(f"onnxruntime cannot load {path.name}: {error}; reinstall rapidocr") from error
    name = session.get_inputs()[0].name

    def layers(batch: Floats) -> list[Floats]:
        try:
            found: list[Floats] = session.run(list(names), {name: batch})
        except Exception as error:  # as above
            raise EngineError(f"onnxruntime failed on an input of shape {batch.shape}: {error}") from error
        return found

    return layers


def _field(number: int, payload: bytes) -> bytes:
    """Return a length-delimited field of a protobuf message."""
    return _varint(number << 3 | 2) + _varint(len(payload)) + payload


def _varint(value: int) -> bytes:
    head = bytearray()
    while value > 0x7F:
        head.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*head, value))
