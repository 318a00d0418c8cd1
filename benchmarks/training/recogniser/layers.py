"""The layers of PP-OCRv6's recogniser above its convolutions, in PyTorch, under the names of the ONNX file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from onnx import numpy_helper
from torch import nn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_WIDTH = 120
_SHORT, _LONG, _ALONG = "57", "55", "56"  # normalisations of the three convolutions
_CONVOLUTIONS = {_SHORT: "conv2d_67.w_0", _LONG: "conv2d_65.w_0", _ALONG: "conv2d_66.w_0"}
_LAYER_NORM_EPS = (1e-5, 1e-5, 1e-5, 1e-5, 1e-6)
_BATCH_NORM_EPS = 1e-5
DROPOUT = 0.1


def parameters_of(model: Path) -> dict[str, NDArray[np.float32]]:
    """Return the numbers of an ONNX file by name."""
    return {one.name: np.array(numpy_helper.to_array(one)) for one in onnx.load(str(model)).graph.initializer}


class Layers(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """Two convolutions side by side, one of them followed by two blocks of attention, their sum, and a linear layer.

    Parameters
    ----------
    numbers
        Of the ONNX file.
    kept, others
        Columns of the last layer: those to fit, and some of those that stay, so that the kept ones compete with them.
    """

    def __init__(self, numbers: Mapping[str, NDArray[np.float32]], kept: Sequence[int], others: Sequence[int]) -> None:
        super().__init__()
        names = [*_CONVOLUTIONS.values()]
        names += [f"batch_norm2d_{n}.{part}" for n in _CONVOLUTIONS for part in ("w_0", "b_0")]
        names += [f"linear_{n}.{part}" for n in range(8) for part in ("w_0", "b_0")]
        names += [f"helper.reshape.{n}" for n in range(10)]
        self._names = {name: name.replace(".", "__") for name in names}
        for name, safe in self._names.items():
            setattr(self, safe, nn.Parameter(torch.tensor(numbers[name])))
        for n in _CONVOLUTIONS:
            self.register_buffer(f"mean{n}", torch.tensor(numbers[f"batch_norm2d_{n}.w_1"]))
            self.register_buffer(f"variance{n}", torch.tensor(numbers[f"batch_norm2d_{n}.w_2"]))
        self._heads, self._each = (int(n) for n in numbers["auto.cast.72"][3:5])
        weight, bias = numbers["linear_8.w_0"], numbers["linear_8.b_0"].reshape(-1)
        share = np.log((weight.shape[1] - len(kept)) / len(others))
        self.weight = nn.Parameter(torch.tensor(weight[:, kept]))
        self.bias = nn.Parameter(torch.tensor(bias[kept]))
        self.register_buffer("other_weight", torch.tensor(weight[:, others]))
        self.register_buffer("other_bias", torch.tensor(bias[others] + np.float32(share)))

    def forward(self, x: torch.Tensor, absent: torch.Tensor) -> torch.Tensor:
        """(N, T, 384) and (N, T), which is -10,000 where a line has ended, to (N, T, classes) log-odds."""
        x = self._dropped(x)
        short = F.silu(self._normed(x @ self[_CONVOLUTIONS[_SHORT]][:, :, 0, 0].T, _SHORT))
        long = F.silu(self._normed(x @ self[_CONVOLUTIONS[_LONG]][:, :, 0, 0].T, _LONG)) * (absent == 0)[:, :, None]
        kernel = self[_CONVOLUTIONS[_ALONG]][:, :, 0]
        along = F.conv1d(long.transpose(1, 2), kernel, padding=kernel.shape[-1] // 2, groups=_WIDTH).transpose(1, 2)
        seen = long + F.silu(self._normed(along, _ALONG))
        for block in range(2):
            seen = self._block(seen, block, absent)
        seen = self._layer_normed(seen, 4) + short
        own, other = seen @ self.weight + self.bias, seen @ self.other_weight + self.other_bias
        return torch.cat([own, other], dim=-1)

    def numbers(self) -> dict[str, NDArray[np.float32]]:
        """What is fitted, under the names of the ONNX file; of the last layer only the columns that are kept."""
        found = {name: getattr(self, safe) for name, safe in self._names.items()}
        found |= {"linear_8.w_0": self.weight, "linear_8.b_0": self.bias}
        return {name: value.detach().numpy().copy() for name, value in found.items()}

    def __getitem__(self, name: str) -> torch.Tensor:
        return getattr(self, self._names[name])

    def _block(self, x: torch.Tensor, block: int, absent: torch.Tensor) -> torch.Tensor:
        count, steps, _ = x.shape
        split = self._linear(self._layer_normed(x, 2 * block), 4 * block).reshape(
            count, steps, 3, self._heads, self._each
        )
        query, key, value = split.permute(2, 0, 3, 1, 4)
        weights = (query * self._each**-0.5) @ key.transpose(-1, -2) + absent[:, None, None, :]
        mixed = (weights.softmax(-1) @ value).transpose(1, 2).reshape(count, steps, _WIDTH)
        x = x + self._dropped(self._linear(mixed, 4 * block + 1))
        hidden = F.silu(self._linear(self._layer_normed(x, 2 * block + 1), 4 * block + 2))
        return x + self._dropped(self._linear(self._dropped(hidden), 4 * block + 3))

    def _linear(self, x: torch.Tensor, n: int) -> torch.Tensor:
        return x @ self[f"linear_{n}.w_0"] + self[f"linear_{n}.b_0"]

    def _layer_normed(self, x: torch.Tensor, n: int) -> torch.Tensor:
        gain, shift = self[f"helper.reshape.{2 * n}"], self[f"helper.reshape.{2 * n + 1}"]
        return F.layer_norm(x, (_WIDTH,), gain, shift, _LAYER_NORM_EPS[n])

    def _normed(self, x: torch.Tensor, n: str) -> torch.Tensor:
        gain = self[f"batch_norm2d_{n}.w_0"] / torch.sqrt(getattr(self, f"variance{n}") + _BATCH_NORM_EPS)
        return x * gain + (self[f"batch_norm2d_{n}.b_0"] - getattr(self, f"mean{n}") * gain)

    def _dropped(self, x: torch.Tensor) -> torch.Tensor:
        return F.dropout(x, DROPOUT, training=self.training)
