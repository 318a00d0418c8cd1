"""The engine against libRoadRunner, which reads the same member from SBML and integrates it with CVODE."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from figpath import mechanism
from figpath.mechanism.course import course
from figpath.mechanism.formats.sbml import to_sbml
from figpath.mechanism.logic import wire
from figpath.mechanism.sampling import sample
from figpath.mechanism.settle import settle
from made_mechanisms import random_graph

if TYPE_CHECKING:
    from numpy.typing import NDArray

roadrunner = pytest.importorskip("roadrunner")
LEAST = 1e-4  # levels below it are compared as if they were it
RANDOM_GRAPHS = 200


def theirs(text: str, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """(times, nodes) levels."""
    model = roadrunner.RoadRunner(text)
    model.integrator.absolute_tolerance = 1e-13
    model.integrator.relative_tolerance = 1e-11
    return np.asarray(model.simulate(float(times[0]), float(times[-1]), len(times)))[:, 1:]


def largest_difference(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float((np.abs(one - other) / np.maximum(np.abs(other), LEAST)).max())


def compare(graph: mechanism.Graph, *, seed: int, member: int = 0) -> tuple[float, float]:
    """Largest relative difference on the way, and at rest where the member rests."""
    wiring = wire(graph)
    members = sample(graph, wiring, members=member + 1, seed=seed)
    one = members.take(slice(member, member + 1))
    text = to_sbml(graph, members, member=member).data.decode()
    times = np.linspace(0, 40, 5)
    way = largest_difference(course(wiring, one, one.basal, times, tolerance=1e-10)[:, :, 0], theirs(text, times))
    rest = settle(wiring, one, one.basal, close=1e-12)
    if not rest.settled[0]:
        return way, 0.0
    late = theirs(text, np.array([0.0, 20_000.0]))[-1]
    return way, largest_difference(rest.levels[:, 0], late)


def test_the_bundled_model_goes_the_same_way_to_the_same_rest() -> None:
    assert max(compare(mechanism.load(), seed=0)) < 1e-6


@pytest.mark.slow
def test_two_hundred_random_graphs_go_the_same_way_to_the_same_rest() -> None:
    """Loops, gates with inhibitors in them and inputs included."""
    found = [max(compare(random_graph(seed), seed=seed)) for seed in range(RANDOM_GRAPHS)]
    assert max(found) < 1e-6, int(np.argmax(found))
