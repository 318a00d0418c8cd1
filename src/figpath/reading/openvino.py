"""Networks on OpenVINO, the faster of the two engines on most processors."""

from __future__ import annotations

import os
from importlib.metadata import version as installed
from typing import TYPE_CHECKING

import numpy as np
import openvino
from openvino import opset13

from figpath.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from figpath.reading.network import Floats, Layers

_STREAMS = 4  # more batches side by side take memory and gain nothing


def version() -> str:
    """Name and version of the engine."""
    return f"openvino {installed('openvino')}"


class OpenVinoNetwork:
    """A network compiled for the processor; see `figpath.reading.network.Network`."""

    def __init__(self, model: openvino.CompiledModel) -> None:
        self._queue = openvino.AsyncInferQueue(model)

    def __call__(self, batches: Sequence[Floats]) -> list[Floats]:
        """Return the output for each batch; several are computed side by side."""
        outputs: list[Floats] = [np.empty(0, np.float32)] * len(batches)

        def keep(request: openvino.InferRequest, place: int) -> None:
            outputs[place] = np.array(request.get_output_tensor().data, dtype=np.float32)

        self._queue.set_callback(keep)
        try:
            for place, batch in enumerate(batches):
                self._queue.start_async([batch], place, share_inputs=True)
            self._queue.wait_all()
        except RuntimeError as error:
            shapes = sorted({batch.shape for batch in batches})
            raise EngineError(f"openvino failed on inputs of shapes {shapes}: {error}") from error
        return outputs


def load(model: Path | bytes, *, threads: int | None = None, columns: Sequence[int] | None = None) -> OpenVinoNetwork:
    """Compile a network.

    Parameters
    ----------
    model
        An ONNX file, or what stands in one.
    threads
        Threads to compute with, each on a batch of its own: for many small batches that costs a quarter less
        than sharing each batch. None takes all processors that this process may use.
    columns
        Keep only these indices of the output's last axis.

    Raises
    ------
    EngineError
        When it cannot be read or compiled.
    """
    threads = threads or _processors()
    settings = {"INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": min(threads, _STREAMS), "ENABLE_CPU_PINNING": False}
    try:
        core = openvino.Core()
        graph = core.read_model(model)
        if columns is not None:
            graph = _keep_columns(graph, columns)
        compiled = core.compile_model(graph, "CPU", settings)
    except RuntimeError as error:
        raise EngineError(f"openvino cannot load a network: {error}; reinstall rapidocr and openvino") from error
    return OpenVinoNetwork(compiled)


def load_layers(path: Path, names: Sequence[str], *, threads: int | None = None) -> Layers:
    """Compile the network of an ONNX file up to some of its tensors; what lies behind them is left out.

    Parameters
    ----------
    path, threads
        As for `load`.
    names
        Names of tensors in the file.

    Raises
    ------
    EngineError
        When the file cannot be read or compiled, or has no such tensors.
    """
    settings = {
        "INFERENCE_NUM_THREADS": threads or _processors(),
        "NUM_STREAMS": 1,
        "ENABLE_CPU_PINNING": False,
        "INFERENCE_PRECISION_HINT": "f32",  # some processors would take 16 bits, and answer otherwise than the rest
    }
    try:
        core = openvino.Core()
        model = core.read_model(path)
        known = {name: node.output(0) for node in model.get_ordered_ops() for name in _names(node)}
        wanted = openvino.Model([known[name] for name in names], model.get_parameters())
        compiled = core.compile_model(wanted, "CPU", settings)
    except (RuntimeError, KeyError) as error:
        raise EngineError(f"openvino cannot load {path.name}: {error}; reinstall rapidocr and openvino") from error

    def layers(batch: Floats) -> list[Floats]:
        try:
            found = compiled([batch])
        except RuntimeError as error:
            raise EngineError(f"openvino failed on an input of shape {batch.shape}: {error}") from error
        return [np.array(found[place], dtype=np.float32) for place in range(len(names))]

    return layers


def _names(node: openvino.Node) -> frozenset[str]:
    """Return the names of a node's first output; none for a node without outputs."""
    return frozenset(node.output(0).names) if node.get_output_size() else frozenset()


def _processors() -> int:
    """Return the number of processors that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _keep_columns(model: openvino.Model, columns: Sequence[int]) -> openvino.Model:
    """The same model whose output has only `columns` of its last axis: less to copy out."""
    last = model.outputs[0].get_node().input_value(0)
    kept = opset13.gather(last, np.asarray(columns, np.int64), np.int64(len(last.get_partial_shape()) - 1))
    return openvino.Model([kept], model.get_parameters())
