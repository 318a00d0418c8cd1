"""Every address of the description, asked with whatever schemathesis makes of it: no error of the server."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from figpath.serve import Settings, create_app
from figpath.serve.editors import Editor

# What starlette's own client says of the httpx that schemathesis uses concerns neither of us.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:.*httpx2")

_CHECKS = [not_a_server_error, content_type_conformance, status_code_conformance]


_TOKEN = Editor(who="Ada", token="a-token-that-is-long")  # noqa: S106 - of this test only


@pytest.mark.slow
@pytest.mark.parametrize("edit", [False, True], ids=["to read", "to edit"])
def test_no_question_breaks_the_server(served_corpus: Path, tmp_path: Path, edit: bool) -> None:
    """Whatever is asked, the answer is one that the description names; also where figures can be corrected."""
    corpus = Path(shutil.copy(served_corpus, tmp_path / "corpus.db"))
    app = create_app(corpus, settings=Settings(names=("testserver",), edit=edit, editors=(_TOKEN,)))
    described = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    asked = 0
    for found in described.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
        )
        def ask(case: Case[Any]) -> None:
            case.call_and_validate(checks=_CHECKS, headers={"Authorization": f"Bearer {_TOKEN.token}"})

        ask()
        asked += 1
    app.state.site.correcting.close()
    app.state.site.desks.close()
    assert asked == sum(map(len, described.raw_schema["paths"].values()))
