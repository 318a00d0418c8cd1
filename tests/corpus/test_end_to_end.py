"""Real published figures, as a folder with sidecars and as PMC packages, read as one by one.

Reads the open figures in ``../shared/bench/gold``; where that folder is absent, the example figures stand in for them.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from figpath.corpus.build import build
from figpath.corpus.read import ReadFigures
from figpath.corpus.workers import Processes
from figpath.examples import example_figures
from figpath.figure import Figure
from figpath.pipeline import Pipeline, Source
from figpath.source.discover import discover
from figpath.store import open_store, write_store
from made_papers import article, fig, front, tar_gz

GOLD = Path(__file__).parents[3] / "shared" / "bench" / "gold"


def published_figures() -> list[tuple[Path, dict[str, str]]]:
    """Pictures, each with the keys of the PFOCR record that are known of it."""
    if not GOLD.is_dir():
        return [(path, {"figid": f"PMC{n}__{path.stem}"}) for n, path in enumerate(example_figures(), start=1)]
    said = (GOLD / "captions.jsonl").read_text(encoding="utf-8").splitlines()
    known = {found["figid"]: found for found in map(json.loads, said)}
    return [(path, known[path.stem]) for path in sorted((GOLD / "figures").iterdir())]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each picture with a sidecar of its name."""
    made = tmp_path_factory.mktemp("folder")
    for path, known in published_figures():
        shutil.copy(path, made / f"{known['figid']}{path.suffix}")
        (made / f"{known['figid']}.json").write_text(json.dumps(known), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PMC package for each figure, of the article that it may have come from."""
    made = tmp_path_factory.mktemp("packages")
    for path, known in published_figures():
        pmcid, _, stem = known["figid"].partition("__")
        matter = front(pmcid=pmcid, title=known.get("papertitle", ""), date={"year": known.get("year", "")})
        text = fig(stem, label=known.get("number", ""), title=escape(known.get("figtitle", "")),
                   caption=escape(known.get("caption", "")))  # fmt: skip
        members = {
            f"{pmcid}/{pmcid}.nxml": article(text, matter=matter),
            f"{pmcid}/{stem}{path.suffix}": path.read_bytes(),
        }
        tar_gz(made / f"{known['figid']}.tar.gz", members)
    return made


@pytest.mark.slow
@pytest.mark.parametrize("form", ["folder", "packages"])
def test_one_command_gives_the_records_of_figures_read_one_by_one(
    form: str, pipeline: type[Pipeline], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place: Path = request.getfixturevalue(form)
    work = ReadFigures(threads=1)
    with write_store(tmp_path / "corpus.db") as store:
        summary = build(discover(place), store, Processes(work, count=2), fingerprint=work.fingerprint())
    sources = [found for found in discover(place) if isinstance(found, Source)]
    assert (summary.ok, summary.failed) == (len(published_figures()), 0)
    one_by_one = {record.figid: record for record in pipeline().read_all(sources)}
    with open_store(tmp_path / "corpus.db") as store:
        assert {record.figid: record for record in store.records()} == one_by_one
        assert sum(len(record.mentions) for record in store.records()) > len(one_by_one)


def test_a_sidecar_and_a_package_say_the_same_of_a_figure(folder: Path, packages: Path) -> None:
    """What decides how a figure is read: title, caption and the paper's title."""

    def told(found: object) -> Figure:
        assert isinstance(found, Source)
        return found.figure

    for one, other in zip(map(told, discover(folder)), map(told, discover(packages)), strict=True):
        assert one.figid == other.figid
        assert (one.caption, one.paper.pmcid) == (other.caption, other.paper.pmcid)
