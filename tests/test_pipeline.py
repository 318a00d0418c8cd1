"""From picture to record: the bundled examples are read well enough, equally each time, in the right species."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import figpath
from figpath.errors import ImageError, LexiconError
from figpath.pipeline import Pipeline, Source, sources_of
from figpath.record import to_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from figpath.reading.reader import Reader
    from figpath.record import Record

RECALL, PRECISION = 0.95, 0.9
EXAMPLES = figpath.example_figures()


def truth_of(path: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return truth


def source_of(path: Path) -> Source:
    """The figure with what its paper says about it."""
    truth = truth_of(path)
    known = figpath.Figure(figid="figure", title=truth["title"], caption=truth["caption"])
    (source,) = sources_of([path], figure=known)
    return source


def drawn(path: Path) -> list[tuple[str, set[str]]]:
    """The names of genes and families that are drawn, each with the symbols it stands for, in lower case."""
    return [
        (mention["text"], {symbol.lower() for symbol in mention["symbols"]})
        for mention in truth_of(path)["mentions"]
        if mention["kind"] in {"gene", "family"}
    ]


def symbols(record: Record) -> list[tuple[str, set[str]]]:
    """What was found: drawn name, and the symbols of its genes in lower case."""
    return [
        (mention.text, {entity.symbol.lower() for entity in mention.entities if entity.taxon is not None})
        for mention in record.taken()
        if mention.kind in {"gene", "family"}
    ]


@pytest.fixture(scope="module")
def records(reader: Reader) -> dict[str, Record]:
    """The examples, read in the species of each."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("figpath.pipeline.Reader", lambda engine, threads: reader)
        for path in EXAMPLES:
            pipeline = Pipeline(taxa=(truth_of(path)["species"],))
            found[path.stem] = pipeline.read(source_of(path))
    return found


def test_the_drawn_genes_are_found(records: dict[str, Record]) -> None:
    """At least 95 of 100 drawn names of genes are found with one of their symbols."""
    total, missed = 0, []
    for path in EXAMPLES:
        found = set().union(*(names for _, names in symbols(records[path.stem])))
        names = drawn(path)
        total += len(names)
        missed += [(path.stem, text) for text, expected in names if not expected & found]
    assert 1 - len(missed) / total >= RECALL, missed


def test_what_is_found_is_drawn(records: dict[str, Record]) -> None:
    """At least 90 of 100 found names of genes stand for a gene that is drawn."""
    total, wrong = 0, []
    for path in EXAMPLES:
        expected = set().union(*(names for _, names in drawn(path)))
        found = symbols(records[path.stem])
        total += len(found)
        wrong += [(path.stem, text, sorted(names)) for text, names in found if not names & expected]
    assert 1 - len(wrong) / total >= PRECISION, wrong


def test_a_mention_stands_where_its_name_is_drawn(records: dict[str, Record]) -> None:
    """The middle of each box found for a name that is drawn once lies inside the box of the truth, or the reverse."""
    apart, total = [], 0
    for path in EXAMPLES:
        found = {mention.text: mention.box for mention in records[path.stem].taken()}
        for mention in truth_of(path)["mentions"]:
            box = found.get(mention["text"])
            if box is not None and mention["occurrences"] == 1:
                total += 1
                if not (inside(box, mention["box"]) or inside(mention["box"], box)):
                    apart.append((path.stem, mention["text"]))
    assert total > 50
    assert len(apart) <= 0.02 * total, apart


def inside(box: tuple[int, ...], other: tuple[int, ...]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= x <= other[2] and other[1] <= y <= other[3]


def test_equal_inputs_give_equal_bytes() -> None:
    """Two recognisers, loaded apart, give the same record to the last byte."""
    smallest = min(EXAMPLES, key=lambda path: path.stat().st_size)
    first, second = (to_json(Pipeline().read(source_of(smallest))) for _ in range(2))
    assert first == second


def test_provenance_says_what_made_the_record(records: dict[str, Record]) -> None:
    """Version, engine with its weights, lexicon and the picture's checksum; none changes from run to run."""
    for path in EXAMPLES:
        made = records[path.stem].provenance
        assert made.version == figpath.__version__
        assert "PP-OCR" in made.engine
        assert made.lexicon
        assert len(made.image_sha256) == 64


def test_title_and_caption_decide_the_species(pipeline: Callable[..., Pipeline], figure: Path) -> None:
    """Human where the paper says nothing; what the user asks for comes first."""
    said = figpath.Figure(figid="figure", title="Macrophages of mice")
    assert pipeline().read(*sources_of([figure])).organisms == (9606,)
    assert 10090 in pipeline().read(*sources_of([figure], figure=said)).organisms
    assert pipeline(taxa=(10116,)).read(*sources_of([figure], figure=said)).organisms == (10116,)


def test_a_species_that_the_lexicon_lacks_is_refused(pipeline: Callable[..., Pipeline], figure: Path) -> None:
    """Rather than finding nothing, it says how to add the species."""
    with pytest.raises(LexiconError, match=r"no genes of Danio rerio \(7955\): add them with 'figpath lexicon add"):
        pipeline(taxa=(9606, 7955)).read(*sources_of([figure]))


def test_bytes_are_a_picture_as_a_file_is(pipeline: Callable[..., Pipeline], figure: Path) -> None:
    (source,) = sources_of([figure])
    loaded = Source(figure=source.figure, picture=figure.read_bytes())
    assert pipeline().read(loaded) == pipeline().read(source)


def test_one_figure_that_fails_does_not_stop_the_others(
    pipeline: Callable[..., Pipeline], figure: Path, tmp_path: Path
) -> None:
    """It becomes a record of status failed that says why."""
    broken = tmp_path / "broken.png"
    broken.touch()
    failed, ok = pipeline().read_all(sources_of([broken, figure]))
    assert (failed.figid, failed.status, failed.mentions) == ("broken", "failed", ())
    assert "it is empty" in failed.reason
    assert (ok.figid, ok.status, ok.reason) == ("small", "ok", "")


def test_the_short_ways(pipeline: Callable[..., Pipeline], figure: Path) -> None:
    """``figpath.read`` takes a path as text, ``figpath.ground`` one name or several."""
    record = figpath.read(str(figure), species=[10090], title="A title")
    assert [mention.entities[0].symbol for mention in record.taken()] == ["Jak2", "Stat3", "Tnf"]
    assert record.figure.title == "A title"
    assert figpath.ground("JAK2") == figpath.ground(["JAK2"])
    assert [m.entities[0].taxon for m in figpath.ground(["JAK2"], species=[10090])] == [10090]
    assert figpath.ground(["", "nothing known"]) == ()
    with pytest.raises(ImageError, match="there is no such file"):
        figpath.read("absent.png")
