"""The documentation cannot drift: its examples are run, its tables are made from the code, its links lead somewhere.

``make docs`` (which sets FIGPATH_REWRITE) writes what the code says now into the pages; CI refuses to see it set.
"""

from __future__ import annotations

import codecs
import contextlib
import functools
import io
import os
import re
import shlex
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from PIL import Image

import figpath
import generated_docs
from docs_corpus import write_docs_corpus
from figpath.publish.overlay import overlay_png
from figpath.serve import create_app
from figpath.serve.listening import listening
from figpath.source.images import load_pixels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Ran, Run

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
REWRITE = bool(os.environ.get("FIGPATH_REWRITE"))
PICTURE = ROOT / "docs" / "img" / "cytokine_signalling.png"
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
PRINTED = re.compile(r"(^```python\n(?P<code>.*?)^```\n\n```text\n)(?P<output>.*?)(^```$)", re.MULTILINE | re.DOTALL)
MADE = re.compile(r"(<!-- made from the code: (?P<name>\w+) -->\n)(?P<body>.*?)(\n<!-- end -->)", re.DOTALL)
NUMBERS = re.compile(r"\d+\.\d+|\d+(?:,\d+){3}")
SERVED = "http://127.0.0.1:8000"  # where pages say that a server is
SCORES, PIXELS = 0.03, 3.0  # by how much engines and processors may differ
MADE_BY: dict[str, Callable[[], str]] = {
    name: getattr(generated_docs, name)
    for name in ("sources", "species", "rules", "list_forms", "never_names", "mention_fields")
}


def page(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def agree(path: Path, expected: str) -> None:
    """Compare a page with what it should say, or make it say so."""
    if REWRITE:
        path.write_text(expected, encoding="utf-8", newline="\n")
    assert page(path) == expected, "run make docs, and look at what changes"


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def having(pattern: str) -> pytest.MarkDecorator:
    found = [path for path in PAGES if re.search(pattern, page(path), re.MULTILINE)]
    return pytest.mark.parametrize("path", found, ids=name)


@pytest.fixture
def figure_folder(tmp_path: Path) -> Iterator[Path]:
    """The examples of the pages run where figure.png is, an example figure, a folder of two, and a small corpus."""
    example = next(path for path in figpath.example_figures() if path.stem == PICTURE.stem)
    shutil.copy(example, tmp_path / "figure.png")
    (tmp_path / "figures").mkdir()
    for path in figpath.example_figures()[:2]:
        shutil.copy(path, tmp_path / "figures" / path.name)
    write_docs_corpus(tmp_path / "corpus.db")
    with contextlib.chdir(tmp_path):
        yield tmp_path


@pytest.fixture
def address(figure_folder: Path) -> Iterator[Callable[[], str]]:
    """The address of a server of the small corpus, which starts when a page first asks it."""
    with contextlib.ExitStack() as stack:
        yield functools.cache(lambda: stack.enter_context(served(figure_folder / "corpus.db")))


@contextlib.contextmanager
def served(corpus: Path) -> Iterator[str]:
    with listening("127.0.0.1", 0) as socket:
        server = uvicorn.Server(uvicorn.Config(create_app(corpus), log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


def test_ci_never_rewrites() -> None:
    assert not (REWRITE and os.environ.get("CI")), "FIGPATH_REWRITE is for people; CI compares"


@having(r"^```python$")
def test_python_prints_what_the_page_says(path: Path, pipeline: object, address: Callable[[], str]) -> None:
    """Each block of Python prints the block of text that follows it; a page's blocks share their names."""
    names: dict[str, object] = {}

    def printed(found: re.Match[str]) -> str:
        stream = io.StringIO()
        code = found["code"].replace(SERVED, address()) if SERVED in found["code"] else found["code"]
        with contextlib.redirect_stdout(stream):
            exec(compile(code, path.name, "exec"), names)  # noqa: S102 - our own pages
        output = found["output"] if alike(stream.getvalue(), found["output"]) else stream.getvalue()
        return f"{found[1]}{output}{found[4]}"

    text = page(path)
    assert len(PRINTED.findall(text)) == text.count("```python\n"), "each block of Python needs its output below it"
    agree(path, PRINTED.sub(printed, text))


@having(r"^```console$")
def test_commands_print_what_the_page_says(path: Path, run: Run, figure_folder: Path) -> None:
    """Each command prints what stands below it; a line of three dots stands for lines that are not shown."""

    def printed(found: re.Match[str]) -> str:
        if found["language"] != "console":
            return found[0]
        parts = re.split(r"^\$ (.*)\n", found["body"], flags=re.MULTILINE)[1:]
        shown = [f"$ {line}\n{told(run, line, below)}" for line, below in zip(parts[::2], parts[1::2], strict=True)]
        return f"```console\n{''.join(shown)}```"

    agree(path, FENCE.sub(printed, page(path)))


def told(run: Run, line: str, below: str) -> str:
    """What a command prints, as far as the page shows it; what the page says where that is the same."""
    ran = called(run, line)
    output = ran.text.strip("\n") + "\n" * bool(ran.text.strip()) + ran.err
    before, dots, after = below.partition("...\n")
    if dots:
        lines = output.splitlines(keepends=True)
        first, last = before.count("\n"), after.count("\n")
        output = "".join([*lines[:first], dots, *lines[len(lines) - last :]])
    return below if alike(output, below) else output


def alike(one: str, other: str) -> bool:
    """Tell whether two texts are the same but for the last digits of scores and boxes, and the order within a row."""
    one, other = ("\n".join(sorted(text.splitlines())) for text in (one, other))
    pairs = zip(NUMBERS.findall(one), NUMBERS.findall(other), strict=False)
    return NUMBERS.sub("#", one) == NUMBERS.sub("#", other) and all(
        abs(float(a) - float(b)) <= (PIXELS if "," in left else SCORES)
        for left, right in pairs
        for a, b in zip(left.split(","), right.split(","), strict=True)
    )


def called(run: Run, line: str) -> Ran:
    """Run ``figpath ...``, or ``printf ... | figpath ...``."""
    before, _, command = line.rpartition(" | ")
    words = shlex.split(command)
    assert words[0] == "figpath", line
    typed = codecs.decode(shlex.split(before)[1], "unicode_escape").encode("latin-1") if before else b""
    return run(*words[1:], stdin=typed)


@having("<!-- made from the code")
def test_tables_say_what_the_code_says(path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    made: dict[str, Callable[[], str]] = {**MADE_BY, "commands": lambda: generated_docs.commands(run)}
    agree(path, MADE.sub(lambda found: f"{found[1]}\n{made[found['name']]()}\n{found[4]}", page(path)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("IL6 0.98\n", "IL6 0.96\n", True),
        ("IL6 0.98\n", "IL6 0.90\n", False),
        ("1,2,30,40", "2,2,28,41", True),
        ("1,2,30,40", "1,2,30,50", False),
        ("IL6 0.98\nTNF 0.97\n", "TNF 0.97\nIL6 0.98\n", True),
        ("ncbigene:3569", "ncbigene:3570", False),
        ("IL6 0.98", "IL8 0.98", False),
    ],
)
def test_only_last_digits_may_differ(one: str, other: str, expected: bool) -> None:
    assert alike(one, other) is expected


def test_every_made_table_is_shown() -> None:
    shown = {found["name"] for path in PAGES for found in MADE.finditer(page(path))}
    assert shown == {*MADE_BY, "commands"}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    """Files that a page points to exist, and so do their headings."""
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", page(path), flags=re.DOTALL)):
        if not re.match(r"[a-z]+://", target):
            file, _, anchor = target.partition("#")
            found = path.parent / file if file else path
            assert found.exists(), target
            if anchor:
                headings = re.findall(r"^#+ (.*)$", page(found), re.MULTILINE)
                assert anchor in {re.sub(r"[^\w\- ]", "", h).lower().replace(" ", "-") for h in headings}, target


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_commands_and_targets_that_are_named_exist(path: Path) -> None:
    """Whatever a page calls ``figpath something`` or ``make something`` can be called."""
    targets = set(re.findall(r"^([a-z]+):", page(ROOT / "Makefile"), re.MULTILINE))
    paths = set(generated_docs.command_paths())
    code = "\n".join(re.findall(r"`([^`\n]+)`", page(path)) + [found["body"] for found in FENCE.finditer(page(path))])
    for target in re.findall(r"\bmake ([a-z]+)\b", code):
        assert target in targets, target
    for words in re.findall(r"(?<![\w/.-])figpath ((?:[a-z-]+)(?: [a-z-]+)?)", code):
        first, *_ = words.split()
        assert (first,) in paths or first.startswith("-") or "COMMAND" in code, words


def test_every_page_is_in_the_index() -> None:
    index = page(ROOT / "docs" / "README.md")
    assert [path.name for path in PAGES[2:] if path.name != "README.md" and f"({path.name})" not in index] == []


def test_the_readme_stays_short_and_its_first_screen_complete() -> None:
    """One sentence, one picture, Python, one line of shell and the two commands come first."""
    text = page(ROOT / "README.md")
    assert len(text.splitlines()) < 120
    marks = ["# figpath", "docs/img/", "```python", "```text", "```sh\nfigpath read", "make demo", "make test"]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)
    assert text[: places[-1]].count("\n") < 50


def test_the_picture_is_small_and_drawn_by_figpath(pipeline: Callable[..., figpath.Pipeline]) -> None:
    """The README's picture is the overlay of an example figure, with fewer colours."""
    example = next(path for path in figpath.example_figures() if path.stem == PICTURE.stem)
    if REWRITE:
        pixels = load_pixels(example)
        drawn = Image.open(io.BytesIO(overlay_png(pixels, figpath.read(example)))).convert("RGB")
        fewer = drawn.quantize(96, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        fewer.save(PICTURE, format="PNG", optimize=True)
    assert PICTURE.stat().st_size < 200_000
    height, width = load_pixels(example).shape[:2]
    assert load_pixels(PICTURE).shape == (2 * height, 2 * width, 3)
