"""SBML Level 3 Version 2: one member of the ensemble as rate rules, for any simulator of systems biology.

What is kept: nodes with names, compartments and identifiers, and the equations. What is lost: evidence, contexts,
citations and notes of edges, and the interventions; gates are inside the equations.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from figpath.errors import EngineError
from figpath.mechanism.formats.formulas import ARGUMENTS, CARRIED, equations
from figpath.mechanism.formats.imported import Exported
from figpath.mechanism.formats.names import on_one_line

if TYPE_CHECKING:
    from figpath.mechanism.formats.formulas import Equations
    from figpath.mechanism.graph import Graph
    from figpath.mechanism.logic import Members

LOSS: Final = "evidence, contexts, citations and notes of edges; interventions"
_NUMBER = re.compile(r"(?<![\w.])(\d+)(?![\w.])")
_NO_UNIT = "dimensionless"


def to_sbml(graph: Graph, members: Members | None = None, *, member: int = 0) -> Exported:
    """Return one member as an SBML file; without members, the typical one (Kraeutler et al. 2010).

    Time and levels have no unit: time is relative, levels are shares of the most there can be.

    Raises
    ------
    EngineError
        When libSBML is not installed or refuses the model.
    """
    libsbml = libsbml_module()
    said = equations(graph, members, member=member)
    document = libsbml.SBMLDocument(3, 2)
    model = document.createModel()
    model.setId("mechanism")
    if graph.name:
        model.setName(on_one_line(graph.name))
    for setter in (
        model.setTimeUnits, model.setSubstanceUnits, model.setExtentUnits,
        model.setVolumeUnits, model.setAreaUnits, model.setLengthUnits,
    ):  # fmt: skip
        setter(_NO_UNIT)
    _fill(libsbml, model, graph, said)
    check(libsbml, document)
    return Exported(data=libsbml.writeSBMLToString(document).encode())


def libsbml_module() -> Any:
    """Return the libSBML module.

    Raises
    ------
    EngineError
        When it is not installed.
    """
    try:
        import libsbml
    except ImportError as error:
        raise EngineError("SBML needs the package python-libsbml: pip install 'figpath[sbml]'") from error
    return libsbml


def check(libsbml: Any, document: Any) -> None:
    """Raise `EngineError` on any message of libSBML's consistency check above information."""
    document.checkConsistency()
    for place in range(document.getNumErrors()):
        found = document.getError(place)
        if found.getSeverity() > libsbml.LIBSBML_SEV_INFO:
            raise EngineError(f"libSBML refuses the model: {' '.join(found.getMessage().split())[:300]}")


def _fill(libsbml: Any, model: Any, graph: Graph, said: Equations) -> None:
    function = model.createFunctionDefinition()
    function.setId("carried")
    function.setMath(libsbml.parseL3Formula(f"lambda({', '.join(ARGUMENTS)}, {_with_units(CARRIED)})"))
    for name, id_ in said.compartments.items():
        place = model.createCompartment()
        place.setId(id_)
        place.setName(on_one_line(name) or "not given")
        place.setConstant(True)
        place.setSize(1)
        place.setSpatialDimensions(3)
        place.setUnits(_NO_UNIT)
    for id_, value in said.parameters.items():
        constant = model.createParameter()
        constant.setId(id_)
        constant.setValue(value)
        constant.setConstant(True)
        constant.setUnits(_NO_UNIT)
    for node, rate, start in zip(graph.nodes, said.rates, said.start, strict=True):
        species = model.createSpecies()
        species.setId(said.nodes[node.id])
        species.setName(on_one_line(node.name))
        species.setCompartment(said.compartments[node.compartment])
        species.setInitialAmount(start)
        species.setSubstanceUnits(_NO_UNIT)
        species.setHasOnlySubstanceUnits(True)
        species.setBoundaryCondition(False)
        species.setConstant(False)
        _identify(libsbml, species, node.entity)
        rule = model.createRateRule()
        rule.setVariable(said.nodes[node.id])
        rule.setMath(libsbml.parseL3Formula(_with_units(rate)))


def _identify(libsbml: Any, species: Any, entity: str) -> None:
    """Say what a species is (bqbiol:is), as an address of identifiers.org."""
    if ":" not in entity or not entity.isascii() or not entity.isprintable() or " " in entity:
        return
    species.setMetaId(f"meta_{species.getId()}")
    term = libsbml.CVTerm(libsbml.BIOLOGICAL_QUALIFIER)
    term.setBiologicalQualifierType(libsbml.BQB_IS)
    term.addResource(f"https://identifiers.org/{entity}")
    species.addCVTerm(term)


def _with_units(formula: str) -> str:
    """Numbers without a unit draw warnings."""
    return _NUMBER.sub(rf"\1 {_NO_UNIT}", formula)
