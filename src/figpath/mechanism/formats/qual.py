"""SBML-qual: a mechanism as an on-off model in SBML Level 3 with the package "qual" (Chaouiki et al. 2013).

Kept: nodes with names and compartments, signs, gates, who acts on whom. Lost: levels between on and off (a basal level
from 0.5 on is on), identifiers, paces, evidence and notes of edges, interventions.

Reading takes the sign of every input; gates come from the rule when it is written as `to_qual` writes it, and
otherwise every activator counts as sufficient. Inputs without a sign, or with both, are counted as lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from figpath.errors import EngineError, InputError
from figpath.mechanism.formats.imported import Exported, Imported, Loss
from figpath.mechanism.formats.names import identifiers, on_one_line
from figpath.mechanism.formats.rules import rules, warnings
from figpath.mechanism.formats.sbml import check, libsbml_module
from figpath.mechanism.graph import Edge, Graph, Node, Sign
from figpath.source.jats_tree import parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from figpath.mechanism.formats.rules import Rule

LOSS: Final = "levels between on and off, identifiers, evidence and notes of edges, interventions"
_SIGNS: Final = {"positive": Sign.plus, "negative": Sign.minus}


def to_qual(graph: Graph) -> Exported:
    """Return a mechanism as SBML-qual, with a warning where loops make on-off rules say little.

    Raises
    ------
    EngineError
        When libSBML is not installed or refuses the model.
    """
    libsbml = libsbml_module()
    document = libsbml.SBMLDocument(libsbml.QualPkgNamespaces(3, 1, 1))
    document.setPackageRequired("qual", True)
    model = document.createModel()
    model.setId("mechanism")
    if graph.name:
        model.setName(on_one_line(graph.name))
    qual = model.getPlugin("qual")
    names = identifiers([node.id for node in graph.nodes])
    places = identifiers(graph.compartments(), prefix="c_", taken=names.values())
    for name, id_ in places.items():
        place = model.createCompartment()
        place.setId(id_)
        place.setName(on_one_line(name) or "not given")
        place.setConstant(True)
    made = rules(graph)
    for node, rule in zip(graph.nodes, made, strict=True):
        species = qual.createQualitativeSpecies()
        species.setId(names[node.id])
        species.setName(on_one_line(node.name))
        species.setCompartment(places[node.compartment])
        species.setConstant(rule.free)
        species.setMaxLevel(1)
        species.setInitialLevel(int(rule.always))
    for rule in made:
        if not rule.free:
            _transition(libsbml, qual, graph, rule, names)
    # On and off have no unit, and the qual package gives no way to say so.
    document.setConsistencyChecks(libsbml.LIBSBML_CAT_UNITS_CONSISTENCY, False)
    check(libsbml, document)
    return Exported(data=libsbml.writeSBMLToString(document).encode(), warnings=warnings(graph))


def _transition(libsbml: Any, qual: Any, graph: Graph, rule: Rule, names: Mapping[str, str]) -> None:
    name = names[rule.node]
    transition = qual.createTransition()
    transition.setId(f"into_{name}")
    signs: dict[str, set[Sign]] = {}
    for edge in graph.into(rule.node):
        signs.setdefault(edge.source, set()).add(edge.sign)
    for source, found in signs.items():
        entry = transition.createInput()
        entry.setId(f"{names[source]}_to_{name}")
        entry.setQualitativeSpecies(names[source])
        entry.setTransitionEffect(libsbml.INPUT_TRANSITION_EFFECT_NONE)
        kinds = {Sign.plus: libsbml.INPUT_SIGN_POSITIVE, Sign.minus: libsbml.INPUT_SIGN_NEGATIVE}
        entry.setSign(libsbml.INPUT_SIGN_DUAL if len(found) > 1 else kinds[next(iter(found))])
    output = transition.createOutput()
    output.setId(f"of_{name}")
    output.setQualitativeSpecies(name)
    output.setTransitionEffect(libsbml.OUTPUT_TRANSITION_EFFECT_ASSIGNMENT_LEVEL)
    transition.createDefaultTerm().setResultLevel(0)
    term = transition.createFunctionTerm()
    term.setResultLevel(1)
    math = libsbml.parseL3Formula(_condition(rule, names))
    if math is None or term.setMath(math) != libsbml.LIBSBML_OPERATION_SUCCESS:
        raise EngineError(f"libSBML refuses the rule of {rule.node}")


def _condition(rule: Rule, names: Mapping[str, str]) -> str:
    ways = [" && ".join(f"({names[node]} == {int(on)})" for node, on in way) for way in rule.ways]
    driven = "true" if rule.always else " || ".join(f"({way})" for way in ways) or "false"
    blocked = [
        "!(" + " && ".join(f"({names[node]} == 1)" for node in nodes) + ")"
        if len(nodes) > 1
        else f"({names[nodes[0]]} == 0)"
        for nodes in rule.blockers
    ]
    return " && ".join([f"({driven})", *blocked])


def from_qual(data: bytes) -> Imported:
    """Return the mechanism of an SBML-qual file.

    Raises
    ------
    InputError
        When it is no SBML-qual.
    """
    root = parse_xml(data)
    species = [element for element in root.iter() if element.tag == "qualitativeSpecies"]
    if root.tag != "sbml" or not species:
        raise InputError("the file is no SBML with qualitative species")
    places = {one.get("id", ""): one.get("name", one.get("id", "")) for one in root.iter() if one.tag == "compartment"}
    moved = {output.get("qualitativeSpecies", "") for output in root.iter() if output.tag == "output"}
    nodes = tuple(
        Node(
            id=one.get("id", ""),
            label=one.get("name", ""),
            compartment=places.get(one.get("compartment", ""), ""),
            basal=_basal(one, free=one.get("id", "") not in moved),
        )
        for one in species
    )
    edges, lost = [], 0
    for transition in (element for element in root.iter() if element.tag == "transition"):
        found, unsigned = _edges(transition)
        edges += found
        lost += unsigned
    numbered = tuple(
        Edge(id=f"e{number}", source=source, target=target, sign=sign, gate=gate)
        for number, (source, target, sign, gate) in enumerate(dict.fromkeys(edges), 1)
    )
    model = next((element for element in root.iter() if element.tag == "model"), root)
    losses = (Loss(what="inputs whose sign is not said", count=lost),) if lost else ()
    return Imported(graph=Graph(nodes=nodes, edges=numbered, name=model.get("name", "")), losses=losses)


def _basal(species: Element, *, free: bool) -> float | None:
    """What an input is set to; nothing for the rest, whose level at the start is no drive."""
    level = species.get("initialLevel", "")
    return (1.0 if level != "0" else 0.0) if free and level.isdigit() else None


def _edges(transition: Element) -> tuple[list[tuple[str, str, Sign, str]], int]:
    """Source, target, sign and gate of each input for each output, and how many have no sign."""
    inputs = [
        (one.get("qualitativeSpecies", ""), one.get("sign", "")) for one in transition.iter() if one.tag == "input"
    ]
    outputs = [one.get("qualitativeSpecies", "") for one in transition.iter() if one.tag == "output"]
    gates = _gates(transition)
    edges, lost = [], 0
    for source, word in inputs:
        sign = _SIGNS.get(word)
        if sign is None:
            lost += 1
            continue
        edges += [(source, target, sign, gate) for target in outputs for gate in gates.get(source, [""])]
    return edges, lost


def _gates(transition: Element) -> dict[str, list[str]]:
    """The gates in which each source stands, with "" where it stands alone: and(or(way, way ...), blockers ...)."""
    math = next((one for one in transition.iter() if one.tag == "math" and len(one)), None)
    if math is None:
        return {}
    parts = list(math[0])[1:] if _is(math[0], "and") else [math[0]]
    either = next((part for part in parts if _is(part, "or")), None)
    groups = [_sources(part) for part in (*(either if either is not None else ()), *parts) if _is(part, "and")]
    groups += [_sources(part[-1]) for part in parts if _is(part, "not") and _is(part[-1], "and")]
    wanted = [source for part in parts if _is(part, "eq") and _is_on(part) for source in _sources(part)]
    if len(wanted) > 1:
        groups.append(wanted)
    found: dict[str, list[str]] = {}
    for part in either if either is not None else ():
        for source in _sources(part)[:1] if _is(part, "eq") else ():
            found.setdefault(source, []).append("")
    for number, group in enumerate(groups, 1):
        for source in group:
            found.setdefault(source, []).append(f"g{number}")
    return found


def _sources(element: Element) -> list[str]:
    return list(dict.fromkeys("".join(one.itertext()).strip() for one in element.iter() if one.tag == "ci"))


def _is(element: Element, operator: str) -> bool:
    return element.tag == "apply" and len(element) > 0 and element[0].tag == operator


def _is_on(comparison: Element) -> bool:
    return "".join(comparison[-1].itertext()).strip() == "1"
