"""What a served corpus stands: ``serve.py corpus.db [--rate 200] [--seconds 60]``, on a corpus of ``served_corpus.py``.

``figpath serve`` is started as anybody starts it and asked for a mix of pages at random moments (``serve_users.py``) by
locust, which is no dependency of figpath: ``pip install locust``, best into an environment of its own, and name its
program with ``--locust``. Then the same again, while ``figpath build`` reads pictures and takes over records into a
copy of the corpus that is being served. Told are times by the clock, which mean something on a machine that does
nothing else, and seconds of the processor, from which follows what a machine can bear. Linux only: they are read from
/proc.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from processes import memory, processor_seconds
from serve_mix import Mix
from served_corpus import drawn_pictures, write_corpus

from corpus import pfocr_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HERE = Path(__file__).parent
_SPARE = 14  # seconds: locust first makes its readers, and the last questions are answered
_NICE = ("nice", "-n", "15")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """How one kind of page did: times in milliseconds by the clock."""

    kind: str
    asked: int
    failed: int
    p50: int
    p95: int
    p99: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """One run.

    Parameters
    ----------
    what
        Happened meanwhile.
    rate
        Questions a second that were answered.
    new
        Share of the questions whose address nobody had asked for before.
    server_milliseconds, tool_milliseconds
        Of the processor, a question.
    busy
        Share of all cores that everything on the machine kept busy, and of it what was neither server nor tool.
    others
        Share of all cores that neither server nor tool kept busy.
    megabytes
        Of all processes of the server; what they share is counted once.
    rows
        All questions together, then each kind.
    """

    what: str
    rate: float
    new: float
    server_milliseconds: float
    tool_milliseconds: float
    busy: float
    others: float
    megabytes: float
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How is asked: questions a second, seconds, and the program of locust."""

    rate: int
    seconds: int
    locust: str


@contextmanager
def served(corpus: Path, options: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Serve a corpus; gives the number of the process and the address."""
    command = [sys.executable, "-m", "figpath", "serve", str(corpus), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            told = server.stderr.readline() if server.stderr else ""
            found = re.search(r"http://\S+[^/\s]", told)
            if found is None:
                raise SystemExit(f"the server did not start: {told}")
            yield server.pid, found[0]
        finally:
            server.terminate()


def asked(corpus: Path, load: Load, *, what: str, options: Sequence[str], beside: Sequence[Sequence[str]]) -> Numbers:
    """Ask for a mix of pages while other commands run, one after the other."""
    mix = Mix(corpus, seed=5)
    warm, questions = mix.questions(10 * load.rate), mix.questions(load.rate * load.seconds)
    with served(corpus, options) as (pid, address), tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "asked.json"
        _locust(load, address, listed, warm)
        others = subprocess.Popen(["sh", "-c", " && ".join(map(_quoted, beside))]) if beside else None
        before, tool, start, machine = processor_seconds(pid), _children_seconds(), time.perf_counter(), _machine()
        told = _locust(load, address, listed, questions)
        seconds, busy = time.perf_counter() - start, _machine() - machine
        server, tool = processor_seconds(pid) - before, _children_seconds() - tool
        if others is not None and others.wait():
            raise SystemExit("what ran beside failed")
        new = {address for _, address in questions} - {address for _, address in warm}
        return Numbers(
            what=what,
            rate=round(sum(one["num_requests"] for one in told) / _duration(told), 1),
            new=round(len(new) / len(questions), 2),
            server_milliseconds=round(1000 * server / len(questions), 2),
            tool_milliseconds=round(1000 * tool / len(questions), 2),
            busy=round(busy / seconds / (os.cpu_count() or 1), 2),
            others=round((busy - server - tool) / seconds / (os.cpu_count() or 1), 2),
            megabytes=round(memory(pid)),
            rows=tuple(_rows(told)),
        )


def _quoted(command: Sequence[str]) -> str:
    import shlex

    return f"{shlex.join((*_NICE, *command))} >&2"


def _locust(load: Load, address: str, listed: Path, questions: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Ask, and return what locust says of each kind."""
    listed.write_bytes(msgspec.json.encode(questions))
    users = str(2 * load.rate)
    command = [
        load.locust, "-f", str(_HERE / "serve_users.py"), "--headless", "--json", "-u", users, "-r", users,
        "--host", address, "--loglevel", "ERROR", "--exit-code-on-error", "0", "--stop-timeout", "30",
        "-t", str(len(questions) // load.rate + _SPARE),
    ]  # fmt: skip
    environment = {**os.environ, "FIGPATH_ASKED": str(listed)}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"locust failed: {done.stderr.decode(errors='replace')[-2000:]}")
    found: list[dict[str, Any]] = msgspec.json.decode(done.stdout)
    return found


def _duration(told: Sequence[dict[str, Any]]) -> float:
    return float(max(one["last_request_timestamp"] for one in told) - min(one["start_time"] for one in told))


def _rows(told: Sequence[dict[str, Any]]) -> Iterator[Row]:
    every: Counter[int] = Counter()
    for one in told:
        every.update(_times(one))
    failed = sum(one["num_failures"] for one in told)
    yield _row("all", every, failed)
    for one in sorted(told, key=lambda one: str(one["name"])):
        yield _row(one["name"], _times(one), one["num_failures"])


def _times(told: dict[str, Any]) -> Counter[int]:
    return Counter({int(float(time)): count for time, count in told["response_times"].items()})


def _row(kind: str, times: Counter[int], failed: int) -> Row:
    total = sum(times.values())

    def below(share: float) -> int:
        seen = 0
        for milliseconds in sorted(times):
            seen += times[milliseconds]
            if seen >= share * total:
                return milliseconds
        return 0

    return Row(kind=kind, asked=total, failed=failed, p50=below(0.5), p95=below(0.95), p99=below(0.99))


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _machine() -> float:
    """Seconds that all cores together were busy since the machine was started."""
    fields = Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0].split()[1:]
    user, nice, system, _, _, irq, soft, *_ = map(int, fields)
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")


def table(numbers: Numbers) -> str:
    """Return the numbers as text."""
    head = f"| {numbers.what} | asked | failed | median, ms | p95 | p99 |\n|---|---|---|---|---|---|\n"
    lines = [
        f"| {one.kind} | {one.asked} | {one.failed} | {one.p50} | {one.p95} | {one.p99} |\n" for one in numbers.rows
    ]
    return (
        f"{head}{''.join(lines)}\n{numbers.rate:.0f} questions a second, {numbers.new:.0%} for what nobody had asked "
        f"for; {numbers.server_milliseconds:.2f} ms of a processor a question for the server, "
        f"{numbers.tool_milliseconds:.2f} ms for the tool; the machine was {numbers.busy:.0%} busy, "
        f"{numbers.others:.0%} with other work; {numbers.megabytes:.0f} MB of memory.\n"
    )


def main() -> None:
    """Measure, print, and write a file when told to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="corpus of served_corpus.py; made with 10,000 figures if absent")
    parser.add_argument("--rate", type=int, default=200, help="questions a second")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--locust", default="locust", help="program of locust")
    parser.add_argument("--to", type=Path, help="JSON file to write")
    parser.add_argument("--alone", action="store_true", help="leave out what is built meanwhile")
    parser.add_argument("options", nargs="*", help="after --: options of figpath serve")
    chosen = parser.parse_args()
    if not chosen.corpus.exists():
        write_corpus(chosen.corpus, figures=10_000)
    load = Load(rate=chosen.rate, seconds=chosen.seconds, locust=chosen.locust)
    found = [asked(chosen.corpus, load, what="nothing else", options=chosen.options, beside=())]
    print(table(found[0]), flush=True)
    if not chosen.alone:
        found.append(while_built(chosen.corpus, load, chosen.options))
        print(table(found[1]))
    if chosen.to is not None:
        chosen.to.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")


def while_built(corpus: Path, load: Load, options: Sequence[str]) -> Numbers:
    """The same while pictures and records are built into the corpus; it is done to a copy."""
    copy = corpus.with_name(f"{corpus.stem}-built.db")
    shutil.copyfile(corpus, copy)
    try:
        with tempfile.TemporaryDirectory() as made:
            pages, pictures = Path(made) / "pfocr", Path(made) / "pictures"
            pfocr_pages(pages, 2000)
            pictures.mkdir()
            for number, (data, _) in enumerate(drawn_pictures(seed=8)[:3]):
                (pictures / f"built{number}.jpg").write_bytes(data)
            build = (sys.executable, "-m", "figpath", "build", "--to", str(copy), "--workers", "1")
            return asked(
                corpus=copy, load=load, what="while building", options=options,
                beside=((*build, str(pages)), (*build, str(pictures))),
            )  # fmt: skip
    finally:
        for path in copy.parent.glob(f"{copy.name}*"):
            path.unlink()


if __name__ == "__main__":
    main()
