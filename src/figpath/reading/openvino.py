"""Networks on OpenVINO, the faster of the two engines on most processors."""

from __future__ import annotations

from importlib.metadata import version as installed
from typing import TYPE_CHECKING

import numpy as np
import openvino
from openvino import opset13

from figpath.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from figpath.reading.network import Floats


def version() -> str:
    """Name and version of the engine."""
    return f"openvino {installed('openvino')}"


class OpenVinoNetwork:
    """A network compiled for the processor; see `figpath.reading.network.Network`."""

    def __init__(self, request: openvino.InferRequest) -> None:
        self._request = request

    def __call__(self, batch: Floats) -> Floats:
        """Return the output for a batch, as a copy that the next call leaves alone."""
        try:
            self._request.infer([batch], share_inputs=True)
        except RuntimeError as error:
            raise EngineError(f"openvino failed on an input of shape {batch.shape}: {error}") from error
        output: Floats = np.array(self._request.get_output_tensor().data, dtype=np.float32)
        return output


def load(path: Path, *, threads: int | None = None, columns: Sequence[int] | None = None) -> OpenVinoNetwork:
    """Compile the network of an ONNX file.

    Parameters
    ----------
    path
        The ONNX file.
    threads
        Threads to compute with; None leaves it to OpenVINO.
    columns
        Keep only these indices of the output's last axis.

    Raises
    ------
    EngineError
        When the file cannot be read or compiled.
    """
    settings: dict[str, object] = {"PERFORMANCE_HINT": "LATENCY"}
    if threads is not None:
        settings["INFERENCE_NUM_THREADS"] = threads
    try:
        core = openvino.Core()
        model = core.read_model(path)
        if columns is not None:
            model = _keep_columns(model, columns)
        request = core.compile_model(model, "CPU", settings).create_infer_request()
    except RuntimeError as error:
        raise EngineError(f"openvino cannot load {path.name}: {error}; reinstall rapidocr and openvino") from error
    return OpenVinoNetwork(request)


def _keep_columns(model: openvino.Model, columns: Sequence[int]) -> openvino.Model:
    """The same model whose output has only `columns` of its last axis: less to copy out."""
    last = model.outputs[0].get_node().input_value(0)
    kept = opset13.gather(last, np.asarray(columns, np.int64), np.int64(len(last.get_partial_shape()) - 1))
    return openvino.Model([kept], model.get_parameters())
