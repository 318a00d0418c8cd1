"""The notebook runs, and prints what it shows; ``make docs`` (FIGPATH_REWRITE) stores what it prints now."""

from __future__ import annotations

import base64
import io
import re
import shutil
import time
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from nbclient import NotebookClient
from PIL import Image

from test_docs import REWRITE, ROOT, alike

if TYPE_CHECKING:
    from pathlib import Path

NOTEBOOK = ROOT / "docs" / "figpath.ipynb"
TABLE = ROOT / "docs" / "volcano.tsv"
SECONDS = 60
MEGABYTE = 1_000_000
COLOURS = 64  # of the stored pictures
MACHINE_PATHS = re.compile(r"/(?:home|root|tmp|work|usr|Users|private|var)/|[A-Za-z]:\\\\")


def stored() -> Any:
    return nbformat.reads(NOTEBOOK.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Proactor event loop:RuntimeWarning")  # of Jupyter's sockets on Windows
def test_the_notebook_prints_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a minute on two cores, in a folder that has its table and nothing else; pictures are only drawn."""
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.delenv("MPLBACKEND", raising=False)
    folder = tmp_path / "docs"
    folder.mkdir()
    shutil.copy(TABLE, folder)
    shown, ran = stored(), stored()
    start = time.perf_counter()
    NotebookClient(ran, timeout=SECONDS, record_timing=False, resources={"metadata": {"path": folder}}).execute()
    seconds = time.perf_counter() - start
    if REWRITE:
        shown = kept(shown, ran)
    for cell, now in zip(shown.cells, ran.cells, strict=True):
        assert [one.output_type for one in cell.get("outputs", ())] == [
            one.output_type for one in now.get("outputs", ())
        ]
        for before, after in zip(texts(cell), texts(now), strict=True):
            assert alike(before, after), f"run make docs, and look at what changes: {cell.id}\n{before}\n{after}"
    assert seconds < SECONDS


def test_what_is_stored_is_whole_small_and_of_no_machine() -> None:
    """Every cell was run in order, no picture is heavy, and no path of the machine that ran it shows."""
    text = NOTEBOOK.read_text(encoding="utf-8")
    nbformat.validate(stored())
    code = [cell for cell in stored().cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert len(text) < MEGABYTE
    assert MACHINE_PATHS.findall("\n".join(text for cell in code for text in texts(cell))) == []


def texts(cell: Any) -> list[str]:
    """What a cell prints: text and tables, no pictures."""
    found = []
    for output in cell.get("outputs", ()):
        data = output.get("data", {"text/plain": output.get("text", "")})
        found += [data[kind] for kind in ("text/plain", "text/html") if kind in data]
    return found


def kept(shown: Any, ran: Any) -> Any:
    """Store what cells print now, where it has changed; pictures with few colours."""
    for cell, now in zip(shown.cells, ran.cells, strict=True):
        if cell.cell_type == "code" and not same(cell, now):
            cell.outputs, cell.execution_count = [lighter(one) for one in now.outputs], now.execution_count
    text = nbformat.writes(shown, indent=1)  # type: ignore[no-untyped-call]  # nbformat has no types
    NOTEBOOK.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return stored()


def same(cell: Any, now: Any) -> bool:
    """Tell whether a cell was run before and prints the same; one with a picture is always stored anew."""
    pictures = any("image/png" in one.get("data", {}) for one in now.outputs)
    before, after = texts(cell), texts(now)
    counted = cell.execution_count == now.execution_count and len(before) == len(after)
    return counted and not pictures and all(map(alike, before, after))


def lighter(output: Any) -> Any:
    data = output.get("data", {})
    if "image/png" in data:
        picture = Image.open(io.BytesIO(base64.b64decode(data["image/png"]))).convert("RGB")
        stream = io.BytesIO()
        fewer = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        fewer.save(stream, format="PNG", optimize=True)
        data["image/png"] = base64.b64encode(stream.getvalue()).decode("ascii")
    return output
