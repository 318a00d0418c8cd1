"""The page of mechanisms and its API: block or raise something, watch something, see what follows from the arrows."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel, Field

from figpath.errors import InputError
from figpath.mechanism.card import CARD
from figpath.mechanism.formats.registry import FORMS
from figpath.record import to_json
from figpath.serve.answers import Envelope, success, tagged
from figpath.serve.failures import FAILURES
from figpath.serve.mechanism_room import BUNDLED, Asked, MechanismRoom, Told
from figpath.serve.site import site_of

router = APIRouter(responses=FAILURES)

EXAMPLES: Final = (
    ("F_JAK2", "E_VESSEL", "Block JAK2 in the fibroblast: what happens to the vessels?"),
    ("antiVEGF", "T_METAST", "Give an antibody against VEGF-A: does the tumour spread less?"),
    ("GW4869", "T_STAT3", "Stop the release of exosomes: what does STAT3 in the tumour do?"),
)
"""Questions to the bundled example."""

FORM_NAMES: Final = (("", "as it begins"), *((one.endings[-1].lstrip("."), one.name) for one in FORMS if one.read))
"""Forms of mechanisms that are read, with what people call them."""

Name = Annotated[str, Field(max_length=200)]
Names = Annotated[list[Name], Field(max_length=64)]
Text = Annotated[str, Field(max_length=1_000_000)]
_OWN: Final = "your mechanism"


class Question(BaseModel, extra="forbid"):
    """What is asked: what to block and to raise, the node to watch, and the levels of evidence that count."""

    block: Names = []
    raised: Names = []
    watch: Name = ""
    evidence: Names = []


class MechanismRequest(Question):
    """A question to a mechanism: its text in any form that is read, a figure of the corpus, or the bundled example."""

    mechanism: Text = ""
    form: str = Field(default="", max_length=20)
    figure: str = Field(default="", max_length=200)


async def question_of(
    block: Annotated[Names, Query()] = [],  # noqa: B006 - FastAPI copies it
    raised: Annotated[Names, Query()] = [],  # noqa: B006
    watch: Annotated[Name, Query()] = "",
    evidence: Annotated[Names, Query()] = [],  # noqa: B006
) -> Question:
    """Return the question that an address holds."""
    return Question(block=block, raised=raised, watch=watch, evidence=evidence)


@router.get("/mechanism", include_in_schema=False)
async def page(
    request: Request,
    question: Annotated[Question, Depends(question_of)],
    figure: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The bundled example, or what a figure draws, with a question or without; the address holds it."""
    return await _answered(request, question, figure=figure)


@router.post("/mechanism", include_in_schema=False)
async def sent(
    request: Request,
    text: Annotated[str, Form(max_length=1_000_000)] = "",
    form: Annotated[str, Form(max_length=20)] = "",
    file: Annotated[UploadFile | None, File()] = None,
    block: Annotated[Names, Form()] = [],  # noqa: B006
    raised: Annotated[Names, Form()] = [],  # noqa: B006
    watch: Annotated[Name, Form()] = "",
    evidence: Annotated[Names, Form()] = [],  # noqa: B006
) -> Response:
    """A mechanism that somebody pastes or sends as a file."""
    question = Question(block=block, raised=raised, watch=watch, evidence=evidence)
    if file is not None and file.filename:
        text = (await file.read()).decode("utf-8-sig", "replace")
        form = form or _ending(file.filename)
    missing = "" if text.strip() else "no mechanism was sent: paste one, or choose a file"
    return await _answered(request, question, text=text, form=form, error=missing)


@router.post("/api/mechanism/ask", response_model=Envelope, tags=["mechanism"])
async def ask(request: Request, asked: MechanismRequest) -> Response:
    """Tell what follows from the arrows of a mechanism when something is blocked or raised: as `figpath ask` does."""
    if not asked.watch:
        raise InputError("nothing to watch: give the name of a node")
    told = await _told(request, asked, text=asked.mechanism, form=asked.form, figure=asked.figure)
    return success(request, told.answer)


async def _answered(
    request: Request,
    question: Question,
    *,
    text: str = "",
    form: str = "",
    figure: str = "",
    error: str = "",
) -> Response:
    """Return the page of a question; what is wrong with it is told on the page, beside the mechanism."""
    told = None
    if not error:
        try:
            told = await _told(request, question, text=text, form=form, figure=figure)
        except InputError as wrong:
            error = str(wrong)
    if told is None:
        told = await _without_question(request, text=text, form=form, figure=figure)
    body = site_of(request).page(
        request, "mechanism.html", told=told, error=error, question=question, text=text, form=form, figure=figure,
        card=_card(), examples=EXAMPLES, form_names=FORM_NAMES,
    )  # fmt: skip
    if error:
        return Response(body, status_code=400, media_type="text/html")
    return tagged(request, body, "text/html; charset=utf-8")


async def _told(request: Request, question: Question, *, text: str, form: str, figure: str) -> Told:
    data, said = text.encode("utf-8", "replace"), _OWN
    if figure and text:
        raise InputError("give a mechanism or a figure, not both")
    if figure:
        data = await site_of(request).desks.ask(lambda desk: to_json(desk.record(figure)))
        said = f"the figure {figure}"
    asked = Asked(
        data=data,
        said=said if data else BUNDLED,
        form="" if figure else form,
        block=tuple(question.block),
        raised=tuple(question.raised),
        watch=question.watch,
        evidence=tuple(question.evidence),
    )
    room: MechanismRoom = request.app.state.mechanisms
    return await room.ask(asked)


async def _without_question(request: Request, *, text: str, form: str, figure: str) -> Told | None:
    """Return a mechanism whose question is wrong; None when it is wrong itself."""
    try:
        return await _told(request, Question(), text=text, form=form, figure=figure)
    except InputError:
        return None


def _ending(name: str) -> str:
    """Return the ending of a file's name, when it is that of a form that is read."""
    plain = name.lower()
    endings = [ending for one in FORMS if one.read for ending in one.endings if plain.endswith(ending)]
    return max(endings, key=len).lstrip(".") if endings else ""


def _card() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the model card as headings, each with its sentences."""
    parts: list[tuple[str, list[str]]] = []
    for line in CARD.splitlines():
        text = line.strip()
        if not line.startswith(" "):
            parts.append((text, []))
        elif text.startswith("- ") or not parts[-1][1]:
            parts[-1][1].append(text.removeprefix("- "))
        else:
            parts[-1][1][-1] += f" {text}"
    return tuple((heading, tuple(sentences)) for heading, sentences in parts)
