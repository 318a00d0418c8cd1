"""One corpus is served to all tests that only read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asking import Client

from figpath.serve import create_app
from made_site import site_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus of `made_site`."""
    return site_corpus(tmp_path_factory.mktemp("served") / "corpus.db")


@pytest.fixture(scope="session")
def client(corpus: Path) -> Iterator[Client]:
    """Asks a server about it."""
    with Client(create_app(corpus)) as made:
        yield made
