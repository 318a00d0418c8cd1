"""``figpath serve``: it listens where it says, on this machine only, and says in one line what is wrong."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import pytest

from figpath.errors import InputError, StoreError
from figpath.store import write_store
from made_corpus import corpus_of, entry, gene

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


def test_it_tells_its_address_and_answers_there(tmp_path: Path) -> None:
    """A server of its own process at a free port of the loopback."""
    path = corpus_of(tmp_path / "corpus.db", entry("one", *map(gene, ("JAK2", "STAT3", "TNF"))))
    command = [sys.executable, "-m", "figpath", "serve", str(path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=os.environ) as server:
        try:
            assert server.stderr is not None
            line = server.stderr.readline()
            found = re.fullmatch(r"(http://127\.0\.0\.1:\d+/) shows .*corpus\.db; Ctrl\+C ends it\n", line)
            assert found, line
            transport = httpx.HTTPTransport(retries=5)
            with httpx.Client(base_url=found[1], transport=transport, trust_env=False, timeout=30) as client:
                assert client.get("/api/corpus").json()["data"]["figures"] == 1
                assert "server" not in client.get("/").headers
        finally:
            server.terminate()


def test_what_cannot_be_served_is_told(run: Run, tmp_path: Path) -> None:
    path = corpus_of(tmp_path / "corpus.db", entry("one", gene("JAK2")))
    (tmp_path / "short").write_text("abc Ada", encoding="utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for arguments, said in (
            ((tmp_path / "none.db",), "there is no corpus"),
            ((__file__,), "is no corpus of figpath"),
            ((path, "--port", 99999), "--port 99999 is no port"),
            ((path, "--threads", 0), "give at least 1"),
            ((path, "--port", port), f"cannot listen at 127.0.0.1 port {port}"),
            ((path, "--host", "host.invalid"), "cannot listen at host.invalid"),
            ((path, "--edit", "--host", "0.0.0.0"), "give each editor a token with --tokens FILE"),  # noqa: S104
            ((path, "--edit", "--name", "a.example"), "give each editor a token with --tokens FILE"),
            ((path, "--edit", "--tokens", tmp_path / "none"), "cannot read the tokens"),
            ((path, "--edit", "--tokens", tmp_path / "short"), "short line 1: the token of Ada is short"),
            ((path, "--tokens", tmp_path / "short"), "--tokens says who may correct figures, which --edit allows"),
        ):
            ran = run("serve", *arguments)
            assert ran.code == 2
            assert ran.out == b""
            assert said in ran.err
            assert ran.err.count("\n") == 1


def test_editors_come_from_a_file_or_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never from the command line, which everyone on the machine can read; a corpus that cannot be written is told."""
    from figpath.cli.serve import TOKENS, _check_writable, _editors

    path = corpus_of(tmp_path / "corpus.db", entry("one", gene("JAK2")))
    (tmp_path / "tokens").write_text("a-token-that-is-long Ada\n", encoding="utf-8")
    assert [one.who for one in _editors(tmp_path / "tokens")] == ["Ada"]
    assert _editors(None) == ()
    monkeypatch.setenv(TOKENS, "a-token-that-is-long Ada L.;another-token-as-long Grace")
    assert [one.who for one in _editors(None)] == ["Ada L.", "Grace"]
    monkeypatch.setenv(TOKENS, "short Ada")
    with pytest.raises(InputError, match="FIGPATH_TOKENS line 1: the token of Ada is short"):
        _editors(None)
    with write_store(path):
        _check_writable(path)
    with pytest.raises(StoreError, match="there is no corpus"):
        _check_writable(tmp_path / "none.db")
