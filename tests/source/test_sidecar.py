"""What stands beside pictures: every form gives the same figure; what cannot be used is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import figpath
from figpath.figure import Figure, Paper
from figpath.source.discover import discover
from figpath.source.found import Source, Unusable
from made_papers import jpeg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import Run

FIELDS: dict[str, Any] = {
    "figid": "PMC1__f1",
    "pmcid": "PMC1",
    "number": "Figure 2",
    "figtitle": "Signalling by NO",
    "caption": "NO acts: on TGF-β",
    "papertitle": "A paper.",
    "reftext": "Lei Yin, et al. J Transl Med. 2021;19:312.",
    "year": "2021",
    "doi": "10.1/x",
    "journal_title": "Journal",
    "journal_nlm_ta": "J",
    "publisher_name": "Publisher",
    "keywords": "one | two",
    "figlink": "/pmc/articles/PMC1/figure/F2/",
    "organisms": ["Mus musculus", "Homo sapiens"],
    "licence": "CC-BY-4.0",
}
FIGURE = Figure(
    figid="PMC1__f1",
    number="F2",
    title="Signalling by NO",
    caption="NO acts: on TGF-β",
    filename="f1.jpg",
    link="/pmc/articles/PMC1/figure/F2/",
    paper=Paper(
        pmcid="PMC1",
        title="A paper.",
        reference="Lei Yin, et al. J Transl Med. 2021;19:312.",
        year="2021",
        doi="10.1/x",
        journal="Journal",
        journal_abbreviation="J",
        publisher="Publisher",
        licence="CC-BY-4.0",
        keywords=("one", "two"),
        organisms=("Mus musculus", "Homo sapiens"),
    ),
)
YAML = yaml.safe_dump(FIELDS, allow_unicode=True)


def beside(folder: Path, name: str, text: str | bytes) -> list[Source | Unusable]:
    """What is found in a folder with one picture and one file beside it."""
    (folder / "f1.jpg").write_bytes(jpeg())
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(discover(folder))


def the_figure(found: Sequence[Source | Unusable]) -> Figure:
    (source,) = found
    assert isinstance(source, Source)
    assert isinstance(source.picture, Path)
    return source.figure


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("f1.yaml", YAML),
        ("f1.yml", YAML),
        ("f1.yml", f"---\n{YAML}---\n"),
        ("f1.md", f"---\n{YAML}---\n"),
        ("f1.json", json.dumps({**FIELDS, "year": 2021, "keywords": ["one", "two"], "ndex": None})),
        ("captions.jsonl", json.dumps({**FIELDS, "figid": "PMC1__f1", "filename": "f1.jpg"}) + "\n"),
    ],
)
def test_every_form_gives_the_same_figure(name: str, text: str, tmp_path: Path) -> None:
    """A name stays text (NO is no truth value); a picture alone is described as one of a folder is."""
    if name == "captions.jsonl":  # keyed by the id, so the picture has its name
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / "PMC1__f1.jpg").write_bytes(jpeg())
        assert the_figure(list(discover(tmp_path))) == FIGURE
        return
    assert the_figure(beside(tmp_path, name, text)) == FIGURE
    assert the_figure(list(discover(tmp_path / "f1.jpg"))) == FIGURE


def test_missing_fields_are_empty_and_a_missing_title_comes_from_the_caption(tmp_path: Path) -> None:
    figure = the_figure(beside(tmp_path, "f1.yaml", "caption: JAK2 activates STAT3. More.\n"))
    assert figure == Figure(
        figid="f1",
        title="JAK2 activates STAT3",
        caption="JAK2 activates STAT3. More.",
        filename="f1.jpg",
        number="F1",
    )


def test_files_of_another_kind_are_no_sidecars(tmp_path: Path) -> None:
    """The truth beside an example figure, a README, a file without front matter."""
    example = figpath.example_figures()[0]
    (source,) = discover(example)
    assert source.figure == Figure(figid=example.stem, filename=example.name)
    assert the_figure(beside(tmp_path, "f1.md", "# A heading\n")).title == ""
    assert the_figure(beside(tmp_path, "f1.json", '{"boxes": 3}')).title == ""


def test_what_the_user_says_comes_first(tmp_path: Path) -> None:
    (tmp_path / "f1.jpg").write_bytes(jpeg())
    (tmp_path / "f1.yaml").write_text(YAML, encoding="utf-8")
    (found,) = discover(tmp_path, known=Figure(figid="figure", caption="Said."))
    assert (found.figure.caption, found.figure.title) == ("Said.", "Signalling by NO")


BAD: dict[str, tuple[str, str | bytes, str]] = {
    "a slash in the id": ("f1.yaml", 'figid: "../../evil"\n', "cannot be a figure id"),
    "100 MB of YAML": ("f1.yaml", b"a: b\n" * 20_000_000, "over 1,000,000 bytes"),
    "aliases": ("f1.yaml", "figtitle: &a [x]\ncaption: [*a, *a]\n", "alias"),
    "a list for a text": ("f1.yaml", "figtitle: [a, b]\n", "figtitle: expected a text"),
    "an object in Python": ("f1.yaml", "figtitle: !!python/object/apply:os.system [ls]\n", "expected a text"),
    "broken YAML": ("f1.yaml", "figtitle: 'x\n", "broken YAML"),
    "broken JSON": ("f1.json", '{"figtitle": ', "broken JSON"),
    "deep JSON": ("f1.json", '{"figtitle":' + "[" * 100_000, "broken JSON"),
    "a list in JSON": ("f1.json", "[1]", "expected an object"),
    "not text": ("f1.yaml", b"figtitle: \xff\xfe\n", "f1.yaml beside it: "),
    "front matter without an end": ("f1.md", "---\nfigtitle: x\n", "without an end"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_sidecar_that_cannot_be_used_is_one_line(name: str, tmp_path: Path) -> None:
    """It names the picture and the file, and the other pictures of the folder come."""
    file, text, says = BAD[name]
    (tmp_path / "f2.jpg").write_bytes(jpeg())
    failure, other = beside(tmp_path, file, text)
    assert isinstance(failure, Unusable)
    assert isinstance(other, Source)
    assert failure.reason.startswith(f"cannot read figure {tmp_path / 'f1.jpg'}: {file} beside it")
    assert says in failure.reason
    assert "\n" not in failure.reason


def test_broken_lines_of_a_table_are_named(tmp_path: Path) -> None:
    """Each by its number; the other lines count."""
    good = json.dumps({"figid": "f1", "caption": "JAK2."})
    broken, deep = '{"figid": ', '{"figid":' + "[" * 100_000
    first, second, figure = beside(tmp_path, "metadata.jsonl", f"{broken}\n{deep}\n\n{good}\n")
    assert isinstance(first, Unusable)
    assert isinstance(second, Unusable)
    assert "metadata.jsonl, line 1: broken JSON" in first.reason
    assert "metadata.jsonl, line 2: broken JSON" in second.reason
    assert figure.figure.caption == "JAK2."


def test_a_line_without_an_end_is_not_read_whole(tmp_path: Path) -> None:
    failure, figure = beside(tmp_path, "captions.jsonl", b"x" * 5_000_000)
    assert isinstance(failure, Unusable)
    assert "line 1: it has over 1,000,000 bytes" in failure.reason
    assert isinstance(figure, Source)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.binary(max_size=200), name=st.sampled_from(["f1.yaml", "f1.json", "f1.md", "captions.jsonl", "f1.nxml"]))
def test_any_bytes_beside_a_picture_are_a_value(data: bytes, name: str, tmp_path: Path) -> None:
    for file in tmp_path.iterdir():
        file.unlink()
    for found in beside(tmp_path, name, data):
        assert isinstance(found, Source) or "\n" not in found.reason


def test_reading_a_folder_with_sidecars(run: Run, tmp_path: Path, figure: Path) -> None:
    """The command reads what can be read, and names what cannot be; the caption decides the species."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "small.png").write_bytes(figure.read_bytes())
    (folder / "small.yaml").write_text("figid: PMC1__a\ncaption: Macrophages of the mouse.\n", encoding="utf-8")
    (folder / "other.png").write_bytes(figure.read_bytes())
    (folder / "other.yaml").write_text("figid: a/b\n", encoding="utf-8")
    ran = run("read", folder, "-f", "jsonl")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "cannot be a figure id" in ran.err
    failed, read = map(json.loads, ran.text.splitlines())
    assert (failed["status"], read["figid"], read["status"]) == ("failed", "PMC1__a", "ok")
    assert 10090 in read["organisms"]
