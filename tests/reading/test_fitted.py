"""The recogniser with fitted layers is the same network with other numbers, in both engines."""

from __future__ import annotations

import numpy as np
import pytest

from figpath.errors import EngineError
from figpath.reading import fitted, network, weights
from figpath.reading.alphabet import alphabet


@pytest.fixture(scope="module")
def model() -> bytes:
    return weights.find().recogniser.read_bytes()


@pytest.fixture(scope="module")
def columns() -> tuple[int, ...]:
    return alphabet(weights.characters(weights.find().recogniser)).columns


def test_every_fitted_layer_has_its_place_in_the_network(model: bytes, columns: tuple[int, ...]) -> None:
    changed = fitted.with_layers(model, fitted.fitted_layers(), columns=columns)
    assert len(changed) == len(model)
    assert changed != model


def test_a_layer_that_is_put_in_changes_only_its_own_numbers(model: bytes, columns: tuple[int, ...]) -> None:
    bias = np.full(len(columns), 0.25, np.float32)
    changed = fitted.with_layers(model, {f"{fitted.LAST}.b_0": bias}, columns=columns)
    differing = np.flatnonzero(np.frombuffer(changed, np.uint8) != np.frombuffer(model, np.uint8))
    assert 0 < len(differing) <= 4 * len(columns)


def test_both_engines_answer_with_the_fitted_layers(model: bytes, columns: tuple[int, ...]) -> None:
    bias = np.zeros(len(columns), np.float32)
    bias[5] = 100.0
    changed = fitted.with_layers(model, {f"{fitted.LAST}.b_0": bias}, columns=columns)
    batch = np.zeros((1, 3, 48, 64), np.float32)
    for name in ("openvino", "onnxruntime"):
        (found,) = network.engine(name).load(changed, threads=1, columns=columns)([batch])
        assert set(found[0].argmax(axis=-1)) == {5}


@pytest.mark.parametrize(
    ("name", "said"),
    [("linear_99.w_0", "has no layer linear_99.w_0"), ("linear_0.b_0", "numbers for linear_0.b_0, not 3")],
)
def test_a_network_that_was_not_the_fitted_one_is_refused(
    model: bytes, columns: tuple[int, ...], name: str, said: str
) -> None:
    with pytest.raises(EngineError, match=said):
        fitted.with_layers(model, {name: np.zeros(3, np.float32)}, columns=columns)


@pytest.mark.parametrize("kept", [0, 1, 1000])
def test_a_network_that_is_cut_short_is_refused(model: bytes, columns: tuple[int, ...], kept: int) -> None:
    with pytest.raises(EngineError, match=r"damaged|has no layer"):
        fitted.with_layers(model[:kept], {f"{fitted.LAST}.b_0": np.zeros(len(columns), np.float32)}, columns=columns)


def test_a_last_layer_of_another_alphabet_is_refused(model: bytes, columns: tuple[int, ...]) -> None:
    with pytest.raises(EngineError, match="not the one that was fitted"):
        fitted.with_layers(model, {f"{fitted.LAST}.b_0": np.zeros(len(columns) + 1, np.float32)}, columns=columns)
