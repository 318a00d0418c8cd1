"""``figpath ask``: the bundled example, files of several forms, and questions that make no sense."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from figpath import mechanism
from figpath.figure import Figure
from figpath.grounding.mention import Entity, Mention
from figpath.record import Record, Relation, to_json

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

EDGES = "id\tsource\tsign\ttarget\ne1\tdrug\t-\tkinase\ne2\tkinase\t+\tgrowth\n"


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    path = tmp_path / "arrows.tsv"
    path.write_text(EDGES, encoding="utf-8")
    return path


def test_without_arguments_jak2_is_blocked_and_vessels_fall(run: Run) -> None:
    ran = run("ask")
    assert (ran.code, ran.err) == (0, "")
    assert "Under block of JAK2 activity, vessel density falls: all 15 paths lower it." in ran.text
    assert "This is a consequence of the drawn arrows, not a measurement." in ran.text
    assert "Known failures" in ran.text
    assert "and 9 longer paths, which --format json lists" in ran.text


def test_json_has_every_path_and_the_card(run: Run) -> None:
    found = json.loads(run("ask", "-b", "antiVEGF", "-w", "T_METAST", "-f", "json").out)
    assert found["verdict"] == "undetermined"
    assert (len(found["supporting"]), len(found["opposing"])) == (2, 16)
    assert found["hinges"][1] == {
        "edge": "e48", "arrow": "vessel density ⊣ tumour hypoxia", "level": "assumed", "without": "falls",
    }  # fmt: skip
    assert "not a measurement" in found["consequence"]
    assert found["card"] == mechanism.CARD
    assert "ensemble" not in found


def test_evidence_is_chosen(run: Run) -> None:
    question = ("ask", "-b", "antiVEGF", "-w", "T_METAST", "-f", "json", "--evidence")
    assert json.loads(run(*question, "lung, other,figure").out)["verdict"] == "falls"
    assert json.loads(run(*question, "caption").out)["verdict"] == "not in this figure"


def test_several_blocks_at_once_and_a_table_of_edges(run: Run, edges: Path) -> None:
    found = json.loads(run("ask", edges, "-b", "drug", "-w", "growth", "-f", "json").out)
    assert found["verdict"] == "rises"
    ran = run("ask", edges, "-b", "drug", "-b", "kinase", "-w", "growth")
    assert "Under block of drug and block of kinase, growth falls: the only path lowers it." in ran.text


def test_list_shows_what_can_be_asked(run: Run, edges: Path) -> None:
    assert "antiVEGF" in run("ask", "--list").text
    assert "27 nodes, 51 edges" in run("ask", "--list").text
    listed = json.loads(run("ask", edges, "--list", "-f", "json").out)
    assert [node["id"] for node in listed["nodes"]] == ["drug", "kinase", "growth"]


def test_the_graph_is_drawn(run: Run, tmp_path: Path) -> None:
    ran = run("ask", "--plot", tmp_path / "answer.svg")
    assert ran.err == f"drawn: {tmp_path / 'answer.svg'}\n"
    assert b"<svg" in (tmp_path / "answer.svg").read_bytes()


def test_an_ensemble_is_asked_the_same(run: Run, edges: Path) -> None:
    question = ("ask", edges, "-b", "drug", "-w", "growth", "--ensemble", "20")
    found = json.loads(run(*question, "-f", "json").out)["ensemble"]
    assert (found["members"], found["changes"][0]["rising"], found["changes"][0]["falling"]) == (20, 1.0, 0.0)
    ran = run(*question, "--bands", "bands.svg")
    assert "In 20 models of these arrows with other parameters each (seed 0):" in ran.text
    assert ran.err == "drawn: bands.svg\n"


def test_only_models_that_reproduce_what_was_seen_count(run: Run, edges: Path) -> None:
    question = ("ask", edges, "-b", "drug", "-w", "growth", "--ensemble", "20", "-f", "json", "--seen")
    assert json.loads(run(*question, "kinase, growth, falls").out)["ensemble"]["kept"] == 20
    ran = run(*question, "kinase, growth, rises")
    assert (ran.code, "none of 20 members reproduces kinase blocked, growth rises" in ran.err) == (2, True)
    ran = run(*question, "kinase growth")
    assert (ran.code, "cannot read --seen 'kinase growth': give a block, a node and falls" in ran.err) == (2, True)


def test_what_models_make_of_activators_without_a_gate_is_chosen_and_told(run: Run, tmp_path: Path) -> None:
    """Blocking one of two activators lowers less when the other suffices alone in every model."""
    path = tmp_path / "two.sif"
    path.write_text("A -> C\nB -> C\n", encoding="utf-8")
    question = ("ask", path, "-b", "A", "-w", "C", "--ensemble", "40")
    drawn = json.loads(run(*question, "-f", "json").out)["ensemble"]
    alone = json.loads(run(*question, "--gates", "or", "-f", "json").out)["ensemble"]
    assert (drawn["gates"], alone["gates"]) == ("sampled", "or")
    assert drawn["changes"][0]["low"] < alone["changes"][0]["low"] < 0
    assert "each model draws which are needed together" in run(*question).text
    path.write_text("A -> C\nC -> B\n", encoding="utf-8")
    assert "needed together" not in run(*question).text, "there is nothing to draw"


def test_models_in_which_the_watched_node_is_dead_are_told(run: Run, tmp_path: Path) -> None:
    """A and B wait for each other, so that B is dead in all models."""
    path = tmp_path / "dead.tsv"
    rows = ("A\t+\tB\tg", "X\t+\tB\tg", "B\t+\tA\th", "X\t+\tA\th")
    path.write_text("\n".join(("source\tsign\ttarget\tgate", *rows)) + "\n", encoding="utf-8")
    ran = run("ask", path, "-b", "X", "-w", "B", "--ensemble", "20")
    assert "B: shares of the 0 models where it is alive" in ran.text


def test_an_ensemble_is_not_asked_what_has_no_path(run: Run, edges: Path) -> None:
    question = ("ask", edges, "-b", "growth", "-w", "drug", "--ensemble", "20")
    assert "No ensemble was asked" in run(*question).text
    assert json.loads(run(*question, "-f", "json").out)["ensemble"] is None


def record(*relations: Relation) -> Record:
    mentions = tuple(
        Mention(text=text, kind="gene", score=0.9, entities=(Entity(id=id_, symbol=symbol, taxon=9606),))
        for text, id_, symbol in (("JAK2", "ncbigene:3717", "JAK2"), ("STAT-3", "ncbigene:6774", "STAT3"))
    )
    figure = Figure(figid="PMC1__F1", title="Two names")
    return Record(figid="PMC1__F1", figure=figure, mentions=mentions, relations=relations)


def test_a_record_is_asked_and_what_it_leaves_out_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "figure.json"
    arrow = Relation(source=0, target=1, sign="activates", score=0.9)
    line = Relation(source=0, target=1, sign="undirected", score=0.9)
    path.write_bytes(to_json(record(arrow, line)))
    ran = run("ask", path, "-b", "jak2", "-w", "STAT3")
    assert "Two names\n\nUnder block of JAK2, STAT-3 falls: the only path lowers it." in ran.text
    assert "left out 1 lines without a head and 0 less sure than 0.5" in ran.err
    path.write_bytes(b"[" + to_json(record(arrow)) + b"]")
    assert "STAT-3 falls" in run("ask", path, "-b", "jak2", "-w", "STAT3").text


def test_two_records_are_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "figures.jsonl"
    path.write_bytes(to_json(record()) + b"\n" + to_json(record()) + b"\n")
    ran = run("ask", path, "-b", "jak2", "-w", "STAT3")
    assert (ran.code, ran.err) == (2, f"figpath: {path} holds 2 records: give one figure at a time\n")


@pytest.mark.parametrize("question", [("-b", "JAK3", "-w", "E_VESSEL"), ("-b", "JAK2", "-w", "JAK3")])
def test_a_name_that_is_not_in_the_figure_is_answered(run: Run, question: tuple[str, ...]) -> None:
    """Also when an ensemble was asked: a script can go through a list of genes."""
    ran = run("ask", *question, "--ensemble", "20")
    assert (ran.code, ran.err) == (0, "")
    assert "'JAK3' is not in this figure: the nearest are F_JAK2 (JAK2 activity)" in ran.text
    assert json.loads(run("ask", *question, "-f", "json").out)["verdict"] == "not in this figure"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-b", "STAT3", "-w", "E_VESSEL"), "'STAT3' can be several things here: give the id of one of T_STAT3"),
        (("-b", "JAK2"), "nothing given for --watch: figpath ask --list shows the names"),
        (("-w", "JAK2"), "nothing given for --block: figpath ask --list shows the names"),
        (("-b", "JAK2", "-w", "E_VESSEL", "--evidence", "hearsay"), "no evidence level 'hearsay': give some of lung"),
        (("--plot", "answer.doc"), "answer.doc names no picture that can be written: let it end in .svg, .png, .pdf"),
        (("--ensemble", "20", "--bands", "bands"), "bands names no picture that can be written"),
        (("--plot", "none/answer.svg"), "there is no folder none; make it, or choose another place"),
        (("--bands", "bands.svg"), "--bands, --seen and --gates are about an ensemble: give --ensemble 1000, too"),
        (("--gates", "or"), "--bands, --seen and --gates are about an ensemble: give --ensemble 1000, too"),
        (("none.tsv", "-b", "A", "-w", "B"), "cannot read none.tsv"),
        (("arrows.tsv",), "nothing given for --block and --watch: figpath ask arrows.tsv --list shows the names"),
    ],
)
def test_a_question_that_makes_no_sense_is_told_in_one_line(
    run: Run, edges: Path, arguments: tuple[str, ...], message: str
) -> None:
    ran = run("ask", *arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert message in ran.err
    assert ran.err.count("\n") == 1


def test_a_raise_is_asked(run: Run) -> None:
    ran = run("ask", "--raise", "VEGF-A", "--watch", "vessel density", "--format", "json")
    assert json.loads(ran.out)["verdict"] == "rises"
    refused = run("ask", "--raise", "VEGF-A", "--watch", "E_VESSEL", "--ensemble", 10)
    assert (refused.code, "ask without --raise" in refused.err) == (2, True)


def test_a_list_of_names_is_blocked_together(run: Run) -> None:
    ran = run("ask", "--block", "F_JAK2,VEGF-A", "--watch", "vessel density", "--format", "json")
    assert json.loads(ran.out)["block"]["nodes"] == ["F_JAK2", "X_VEGFA"]
