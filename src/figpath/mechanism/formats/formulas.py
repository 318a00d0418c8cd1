"""The equations of one member as text, the same for SBML and Antimony.

The function ``carried(x, w, n, EC50)`` is the normalised-Hill function of `figpath.mechanism.logic`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from figpath.mechanism.formats.names import identifiers
from figpath.mechanism.logic import wire
from figpath.mechanism.sampling import typical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.mechanism.graph import Graph
    from figpath.mechanism.logic import Groups, Members, Wiring

_LEAST: Final = 1e-300  # readers of XML refuse smaller numbers
ARGUMENTS: Final = ("x", "w", "n", "EC50")
CARRIED: Final = "w * (1 - EC50^n) * max(x, 0)^n / (EC50^n + (1 - 2 * EC50^n) * max(x, 0)^n)"
_RESERVED: Final = (
    "carried", "time", "avogadro", "pi", "exponentiale", "true", "false", "infinity", "nan", "max", "min", "abs",
    "model", "end", "function", "compartment", "species", "reaction", "event", "at", "after", "in", "is", "has", "to",
    "from", "const", "var", "unit", "formula", "gene", "DNA", "import", "delete", "substanceOnly", "priority",
    "trigger", "persistent", "t0", "maximize", "minimize", "constraint", "with", "and", "or", "not", "xor", "e", "i",
    "exp", "log", "ln", "sin", "cos", "tan", "sqrt", "power", "root", "ceil", "floor", "factorial", "piecewise",
    "rateOf", "delay", "quotient", "rem", "implies", "plus", "minus", "times", "divide", "inf", "sign", "operator",
    "sbml", "sbo", "notanumber", "inaccurate", "simulation", "module", "cvterm", "identity", "notes", "mean",
    "normal", "uniform", "poisson", "gamma", "binomial", "exponential", "extinctionCoefficient", "sec", "csc", "cot",
    "part", "encodes", "taxon", "hasPart", "isPartOf", "property", "container", "creator", "created", "modified",
    "eq", "neq", "gt", "lt", "geq", "leq", "ceiling", "pow", "sqr", "log10", "ext", "substance", "acos",
    "acosh", "acot", "acoth", "acsc", "acsch", "arccos", "arccosh", "arccot", "arccoth", "arccsc", "arccsch",
    "arcsec", "arcsech", "arcsin", "arcsinh", "arctan", "arctanh", "asec", "asech", "asin", "asinh", "atan",
    "atanh", "cosh", "coth", "csch", "sech", "sinh", "tanh", "bernoulli", "cauchy", "chisquare", "laplace",
    "lognormal", "rayleigh", "truncatedNormal",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Equations:
    """One member in words that programs read.

    Parameters
    ----------
    nodes, compartments
        Name in the equations by id of the node, and by compartment.
    parameters
        Every constant with its value.
    rates
        Of each node, in order, what ``dy/dt`` is.
    start
        Of each node, in order, its level at time 0: its own drive.
    """

    nodes: dict[str, str]
    compartments: dict[str, str]
    parameters: dict[str, float]
    rates: tuple[str, ...]
    start: tuple[float, ...]


def equations(graph: Graph, members: Members | None = None, *, member: int = 0) -> Equations:
    """Return the equations of one member.

    Parameters
    ----------
    graph
        The mechanism.
    members
        Members of it; the typical member when None.
    member
        Which of them.
    """
    wiring = wire(graph)
    all_members = typical(graph, wiring) if members is None else members
    one = all_members.take(slice(member, member + 1))
    nodes = identifiers([node.id for node in graph.nodes], taken=_RESERVED)
    parameters: dict[str, float] = {}
    taken = [*_RESERVED, *nodes.values()]
    tags = identifiers([edge.id for edge in graph.edges])
    short = [f"{tags[graph.edges[place].id]}" for place in wiring.edge]
    names = identifiers([f"{kind}_{tag}" for tag in short for kind in ("w", "n", "EC50")], taken=taken)
    carried = []
    for slot, tag in enumerate(short):
        w, n, half = (names[f"{kind}_{tag}"] for kind in ("w", "n", "EC50"))
        hill = float(one.hill[slot, 0])
        parameters |= {w: float(one.weight[slot, 0]), n: hill, half: float(one.half[slot, 0]) ** (1 / hill)}
        text = f"carried({nodes[graph.nodes[wiring.source[slot]].id]}, {w}, {n}, {half})"
        carried.append(f"(1 - {text})" if slot in wiring.absent else text)
    own = [level if level >= _LEAST else 0.0 for level in one.basal[:, 0].tolist()]
    of_nodes = identifiers(
        [f"{kind}_{name}" for name in nodes.values() for kind in ("tau", "basal", "ymax")],
        taken=[*taken, *names.values()],
    )
    rates = []
    for place, drive in enumerate(_drives(wiring, one, carried)):
        name = nodes[graph.nodes[place].id]
        tau, basal, top = (of_nodes[f"{kind}_{name}"] for kind in ("tau", "basal", "ymax"))
        parameters |= {tau: float(one.tau[place, 0]), basal: own[place], top: float(one.top[place, 0])}
        rates.append(f"({top} * {drive.format(basal=basal)} - {name}) / {tau}")
    return Equations(
        nodes=nodes,
        compartments=identifiers(graph.compartments(), prefix="c_", taken=[*taken, *parameters]),
        parameters=parameters,
        rates=tuple(rates),
        start=tuple(own),
    )


def _drives(wiring: Wiring, one: Members, carried: Sequence[str]) -> list[str]:
    """What drives each node, with ``{basal}`` in it."""
    terms = [" * ".join(carried[place] for place in rows) for rows in _rows(wiring.terms, len(carried))]
    drives = ["{basal}"] * wiring.nodes
    for node, rows in zip(wiring.raised, _rows(wiring.raising, wiring.activating), strict=True):
        together = [terms[row] for row in rows if one.together[row, 0]]
        alone = [terms[row] for row in rows if not one.together[row, 0]]
        ways = [*([" * ".join(together)] if together else []), *alone]
        drives[node] = "(1 - (1 - {basal})" + "".join(f" * (1 - {way})" for way in ways) + ")"
    below = terms[wiring.activating :]
    for node, rows in zip(wiring.lowered, _rows(wiring.lowering, len(below)), strict=True):
        drives[node] += "".join(f" * (1 - {below[row]})" for row in rows)
    return drives


def _rows(groups: Groups, count: int) -> list[range]:
    ends = [*groups.firsts.tolist(), count]
    return [range(first, last) for first, last in pairwise(ends)]
