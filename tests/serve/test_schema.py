"""Every address of the description, asked with whatever schemathesis makes of it: no error of the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from figpath.serve import Settings, create_app

if TYPE_CHECKING:
    from pathlib import Path

# What starlette's own client says of the httpx that schemathesis uses concerns neither of us.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:.*httpx2")

_CHECKS = [not_a_server_error, content_type_conformance, status_code_conformance]


@pytest.mark.slow
def test_no_question_breaks_the_server(served_corpus: Path) -> None:
    """Whatever is asked, the answer is one that the description names."""
    app = create_app(served_corpus, settings=Settings(names=("testserver",)))
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
            case.call_and_validate(checks=_CHECKS)

        ask()
        asked += 1
    app.state.site.desks.close()
    assert asked == sum(map(len, described.raw_schema["paths"].values()))
