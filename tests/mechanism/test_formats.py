"""Mechanisms in the forms of other programs: what is kept comes back, what is lost is what each form says."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_files import graphs

from figpath import mechanism
from figpath.errors import InputError
from figpath.mechanism import Edge, Graph, Node, Sign
from figpath.mechanism.formats import antimony, bnet, cx2, qual, sbml, sif
from figpath.mechanism.formats.names import identifiers
from figpath.mechanism.formats.registry import FORMS, form_of, read_file, write_file
from figpath.mechanism.formats.rules import has_negative_loop
from made_mechanisms import drawn, random_graph


def arrows(graph: Graph) -> list[tuple[str, Sign, str]]:
    """Who acts on whom, by label, each pair once."""
    return sorted({(graph.node(e.source).name, e.sign, graph.node(e.target).name) for e in graph.edges})


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_forms_without_loss_give_the_same_graph(graph: Graph) -> None:
    """Every field of every node, edge and intervention comes back from TSV, JSON and CX2."""
    for form in FORMS:
        if not form.loss:
            assert read_file(f"x{form.endings[0]}", write_file(f"x{form.endings[0]}", graph).data).graph == graph


def test_forms_with_loss_say_what_they_lose_and_only_tables_lose_nothing() -> None:
    assert [form.name for form in FORMS if not form.loss] == ["figpath's TSV", "figpath's JSON", "CX2"]
    assert all(form.read or form.write for form in FORMS)


@given(st.integers(0, 10**6))
def test_sif_keeps_ids_and_signs(seed: int) -> None:
    """Everything else goes: labels, gates, levels, compartments."""
    graph = random_graph(seed)
    back = sif.from_sif(sif.to_sif(graph).data).graph
    assert {node.id for node in back.nodes} == {node.id for node in graph.nodes}
    assert [(e.source, e.sign, e.target) for e in back.edges] == [(e.source, e.sign, e.target) for e in graph.edges]
    assert {edge.gate for edge in back.edges} <= {""}


@pytest.mark.parametrize("name", ["TNF alpha", "a b c"])
@pytest.mark.parametrize("others", ["x", ""])
def test_a_node_alone_keeps_the_blanks_of_its_name_in_sif(name: str, others: str) -> None:
    loop = tuple(Edge(id="e", source=x, target=x, sign=Sign.plus) for x in others)
    graph = Graph(nodes=(*(Node(id=x) for x in others), Node(id=name)), edges=loop)
    assert {node.id for node in sif.from_sif(sif.to_sif(graph).data).graph.nodes} == {*others, name}


def test_an_inhibitor_from_sif_multiplies_and_never_switches_on() -> None:
    """``A activates C, B inhibits C`` is A and not B in every form: never A or not B."""
    graph = sif.from_sif(b"A\tactivates\tC\nB\tinhibits\tC\n").graph
    assert bnet.to_bnet(graph).data.decode().splitlines() == ["targets, factors", "A, A", "C, A & !B", "B, B"]


def test_words_of_sif_that_have_no_sign_are_counted() -> None:
    found = sif.from_sif(b"A pp B C\nA -> B\nD\n\nA -| B\n")
    assert [str(loss) for loss in found.losses] == ["relations that say neither up nor down: 2"]
    assert [(edge.id, edge.sign) for edge in found.graph.edges] == [("e1", Sign.plus), ("e2", Sign.minus)]
    assert [node.id for node in found.graph.nodes] == ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.sif", b"A B\n", "line 1 of the SIF file has 2 words"),
        ("a.sif", b"", "empty"),
        ("a.sif", b"\xff\xfe", "not UTF-8"),
        ("a.tsv", b"\xff\xfe", "not UTF-8"),
        ("a.cx2", b"{", "not JSON"),
        ("a.cx2", b"[]", "does not begin as CX2 does"),
        ("a.cx2", b'[{"CXVersion":"2.0"},{"nodes":[{"id":"x"}]}]', "nodes without a number"),
        ("a.cx2", b'[{"CXVersion":"2.0"},{"nodes":[{"id":1}]},{"edges":[{"s":1,"t":2,"v":{"interaction":"+"}}]}]',
         "joins a node that is not there"),
        ("a.cx2", b'[{"CXVersion":"2.0"},{"networkAttributes":[{"form":"figpath.mechanism"}]},{"nodes":[{"id":1}]}]',
         "interventions of the CX2 file are damaged"),
        ("a.cx2", b'[{"CXVersion":"2.0"},{"nodes":[{"id":1,"v":null}]}]', "nodes of the CX2 file are damaged"),
        ("a.cx2", b'[{"CXVersion":"2.0"},{"nodes":[{"id":1}]},{"edges":[{"s":1,"t":1,"v":3}]}]',
         "edges of the CX2 file are damaged"),
        ("a.cx2", b'[{"CXVersion":"2.0"},{"nodes":[{"id":1}]},{"edges":[{"s":[1],"t":1,"v":{"interaction":"+"}}]}]',
         "joins a node that is not there"),
        ("a.cx2", b'[{"CXVersion":"2.0"},{"attributeDeclarations":[{"edges":[]}]},{"nodes":[{"id":1}]}]',
         "attributeDeclarations of the CX2 file are damaged"),
        ("a.cx2", (b'[{"CXVersion":"2.0"},{"nodes":[{"id":1}]},{"networkAttributes":[{"form":"figpath.mechanism",'
                   b'"interventions":"[{\\"id\\":3,\\"targets\\":[\\"1\\"]}]"}]}]'),
         "interventions of the CX2 file are damaged"),
        ("a.qual", b"<sbml/>", "no SBML with qualitative species"),
        ("a.qual", b"<sbml", "damaged"),
        ("a.gpml", b"<html/>", "no GPML"),
        ("a.gpml", b'<!DOCTYPE x [<!ENTITY a "b">]><Pathway>&a;</Pathway>', "declares entities"),
        ("a.bnet", b"A, B", "can only be written"),
        ("a.doc", b"", "not known by its ending"),
    ],
)  # fmt: skip
def test_files_that_are_not_what_they_say_are_refused(name: str, data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_file(name, data)


def test_the_longest_ending_decides() -> None:
    assert form_of("a.qual.xml").name == "SBML-qual"
    assert form_of("A.XML").name == "SBML"


def test_cx2_is_read_by_ndex2() -> None:
    """The library of NDEx finds every node with its attributes, and no warning."""
    import json

    from ndex2.cx2 import RawCX2NetworkFactory

    graph = mechanism.load()
    network = RawCX2NetworkFactory().get_cx2network(json.loads(cx2.to_cx2(graph).data))
    assert (len(network.get_nodes()), len(network.get_edges())) == (27, 51)
    assert {node["v"]["id"] for node in network.get_nodes().values()} == {node.id for node in graph.nodes}


def test_a_foreign_cx2_file_gives_its_signed_edges() -> None:
    """Names become ids, two of one name get a number, defaults of attributes count, other words are lost."""
    text = b"""[{"CXVersion":"2.0"},
      {"attributeDeclarations":[{"edges":{"interaction":{"d":"string","v":"activates"}}}]},
      {"networkAttributes":[{"name":"found"}]},
      {"nodes":[{"id":1,"v":{"name":"TP53"}},{"id":2,"v":{"name":"TP53"}},{"id":3,"v":{}}]},
      {"edges":[{"id":0,"s":1,"t":2,"v":{"interaction":"Inhibits"}},{"id":1,"s":1,"t":3},
                {"id":2,"s":2,"t":3,"v":{"interaction":"binds"}}]}]"""
    found = cx2.from_cx2(text)
    assert [node.id for node in found.graph.nodes] == ["TP53", "TP53 (2)", "3"]
    assert [(e.source, e.sign, e.target) for e in found.graph.edges] == [
        ("TP53", Sign.minus, "TP53 (2)"), ("TP53", Sign.plus, "3"),
    ]  # fmt: skip
    assert [loss.count for loss in found.losses] == [1]
    assert found.graph.name == "found"


def bnet_value(text: str, state: dict[str, bool]) -> bool:
    words = text.replace("&", " and ").replace("|", " or ").replace("!", " not ")
    return bool(eval(words, {"__builtins__": {}}, dict(state)))  # noqa: S307 - a rule that this package has just written


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_bnet_rules_are_on_when_the_graph_says_so(seed: int) -> None:
    """Checked in every state: driven by itself, by one activator or a whole gate, and no inhibitor on."""
    graph = random_graph(seed, nodes=4)
    lines = [line for line in bnet.to_bnet(graph).data.decode().splitlines() if not line.startswith("#")][1:]
    said = dict(line.split(", ", 1) for line in lines)
    for values in product((False, True), repeat=4):
        state = dict(zip(said, values, strict=True))
        for node in graph.nodes:
            into = graph.into(node.id)
            if not into:
                assert said[node.id] == node.id
                continue
            groups = [[e for e in into if e.gate == gate] for gate in {e.gate for e in into if e.gate}]
            groups += [[e] for e in into if not e.gate]
            raising = [g for g in groups if any(e.sign is Sign.plus for e in g)]
            lowering = [g for g in groups if all(e.sign is Sign.minus for e in g)]
            on = not raising if node.basal is None else node.basal >= 0.5
            on = on or any(all(state[e.source] == (e.sign is Sign.plus) for e in g) for g in raising)
            on = on and not any(all(state[e.source] for e in g) for g in lowering)
            assert bnet_value(said[node.id], state) == on


@pytest.mark.parametrize(
    ("graph", "warned"),
    [
        (drawn("A -> B", "B -> A"), False),
        (drawn("A -| B", "B -| A"), False),
        (drawn("A -| B", "B -> A"), True),
        (drawn("A -| A"), True),
        (drawn("A -> B", "A -| B", "B -> A"), True),
        (drawn("A -> B", "A -| B"), False),
        (drawn("A -| B", "B -> C", "C -> D", "D -> B", "D -| A"), False),
    ],
)
def test_on_off_forms_warn_of_loops_with_an_odd_number_of_inhibitions(graph: Graph, warned: bool) -> None:
    assert has_negative_loop(graph) is warned
    assert bool(bnet.to_bnet(graph).warnings) is warned


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_qual_keeps_signs_gates_and_places(seed: int) -> None:
    """libSBML finds nothing to complain of; a second reading of a second writing is the same as the first."""
    pytest.importorskip("libsbml")
    graph = random_graph(seed)
    once = qual.from_qual(qual.to_qual(graph).data)
    dual = sum(
        len({edge.sign for edge in graph.into(node.id) if edge.source == source}) > 1
        for node in graph.nodes
        for source in {edge.source for edge in graph.into(node.id)}
    )
    assert sum(loss.count for loss in once.losses) == dual
    if not dual:
        assert arrows(once.graph) == arrows(graph)
        places = {node.id: node.compartment or "not given" for node in graph.nodes}
        assert {node.id: node.compartment for node in once.graph.nodes} == places


@pytest.mark.parametrize("condition", ["<apply><not/></apply>", "<apply><or/><apply><eq/></apply></apply>"])
def test_a_condition_of_qual_without_operands_has_no_gates(condition: str) -> None:
    text = (
        '<sbml><model><qualitativeSpecies id="a"/><qualitativeSpecies id="b"/><transition>'
        '<input qualitativeSpecies="a" sign="positive"/><output qualitativeSpecies="b"/>'
        f"<math>{condition}</math></transition></model></sbml>"
    )
    found = qual.from_qual(text.encode()).graph
    assert [(edge.source, edge.target, edge.gate) for edge in found.edges] == [("a", "b", "")]


def test_qual_gives_gates_back() -> None:
    pytest.importorskip("libsbml")
    graph = drawn(
        "A -> D", "B -> D", "C -| D", "A -> D", "A -> E", "B -> E", "C -> F", gates={0: "x", 1: "x", 4: "y", 5: "y"}
    )
    back = qual.from_qual(qual.to_qual(graph).data).graph
    found = sorted((e.source, e.target, bool(e.gate)) for e in back.edges)
    assert found == sorted((e.source, e.target, bool(e.gate)) for e in graph.edges)


def test_names_that_are_words_of_antimony_are_changed() -> None:
    reader = pytest.importorskip("antimony")
    words = (
        "eq neq gt lt geq leq ceiling pow sqr log10 ext substance arcsinh acoth tanh lognormal cauchy rayleigh at is"
    )
    graph = Graph(nodes=tuple(Node(id=word) for word in words.split()))
    reader.clearPreviousLoads()
    assert reader.loadAntimonyString(antimony.to_antimony(graph).data.decode()) >= 0, reader.getLastError()


@settings(max_examples=15, deadline=None)
@given(graphs())
def test_sbml_and_antimony_take_any_names(graph: Graph) -> None:
    """libSBML has no message above information (it is asked while writing), and Antimony reads its text."""
    pytest.importorskip("libsbml")
    reader = pytest.importorskip("antimony")
    assert sbml.to_sbml(graph).data.startswith(b"<?xml")
    reader.clearPreviousLoads()
    code = reader.loadAntimonyString(antimony.to_antimony(graph).data.decode())
    assert code >= 0, reader.getLastError()


def test_antimony_and_sbml_are_the_same_model() -> None:
    """What Antimony makes of our text has the values of our SBML: parameters, starts and speeds."""
    libsbml = pytest.importorskip("libsbml")
    reader = pytest.importorskip("antimony")
    graph = mechanism.load()
    reader.clearPreviousLoads()
    assert reader.loadAntimonyString(antimony.to_antimony(graph).data.decode()) >= 0, reader.getLastError()
    theirs = libsbml.readSBMLFromString(reader.getSBMLString("mechanism")).getModel()
    ours = libsbml.readSBMLFromString(sbml.to_sbml(graph).data.decode()).getModel()
    for count in ("getNumSpecies", "getNumParameters", "getNumRules", "getNumCompartments"):
        assert getattr(theirs, count)() == getattr(ours, count)()
    for place in range(ours.getNumParameters()):
        one = ours.getParameter(place)
        assert theirs.getParameter(one.getId()).getValue() == one.getValue()


def test_names_for_strict_formats_are_different_and_begin_with_a_letter() -> None:
    found = identifiers(["a-b", "a+b", "A b", "1", "β", "time"], taken=["time"])
    assert list(found.values()) == ["a_b", "a_b_2", "A_b_3", "n_1", "n_", "time_2"]


def test_an_exported_mechanism_needs_sbml_libraries_only_for_sbml(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from figpath.errors import EngineError

    monkeypatch.setitem(sys.modules, "libsbml", None)
    graph = Graph(nodes=(Node(id="A"),))
    assert write_file("a.ant", graph).data
    for name in ("a.sbml", "a.qual"):
        with pytest.raises(EngineError, match="python-libsbml"):
            write_file(name, graph)
