"""Record: a figure, what was read and understood of it, and how; its JSON and the schema of that JSON.

A record is the durable unit: everything later (store, formats, pages) is derived from it. Its JSON is
canonical: keys in the order of the fields below, floats of at most four decimals, UTF-8 without blanks, so
equal records give equal bytes. Floats are rounded once, when a `Record` is made, and not when it is written,
so that what comes back from JSON equals what went in.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias, TypeVar

import msgspec

from figpath.errors import InputError, RecordError
from figpath.figure import Figure
from figpath.grounding.mention import Mention
from figpath.ids import check_figure_id
from figpath.reading.document import Line, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SCHEMA: Final = "figpath.record/1"
DECIMALS: Final = 4
MINIMUM_SCORE: Final = 0.5
"""Consumers take mentions and relations from this score up, unless they choose otherwise."""

Status: TypeAlias = Literal["ok", "partial", "failed"]
Sign: TypeAlias = Literal["activates", "inhibits", "undirected"]
Point: TypeAlias = tuple[int, int]
_Natural: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A drawn line between two mentions.

    Parameters
    ----------
    source, target
        Indexes of the two mentions in the record.
    sign
        ``activates`` (arrow), ``inhibits`` (bar) or ``undirected``.
    score
        Probability that the relation is right, in [0, 1].
    path
        Points ``(x, y)`` from source to target, in pixels of the stored image, origin top left.
    """

    source: _Natural
    target: _Natural
    sign: Sign
    score: float
    path: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the contents of a record come from: equal provenance and image give equal contents.

    Parameters
    ----------
    origin
        What read the figure: ``figpath``, or ``pfocr`` for a record taken over from PFOCR.
    version
        Version of figpath.
    engine
        Name and version of the text recogniser and its weights.
    lexicon
        Fingerprint of the lexicon.
    image_sha256
        SHA-256 of the image file, in hexadecimal digits.
    """

    origin: str = "figpath"
    version: str = ""
    engine: str = ""
    lexicon: str = ""
    image_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One figure as figpath knows it; the fields, in this order, are the keys of its JSON.

    Parameters
    ----------
    schema
        Name and version of the form.
    figid
        ``{PMCID}__{image stem}`` for a figure of PMC, the file stem for a plain picture.
    status
        ``ok``; ``partial`` when a stage failed but the rest is usable; ``failed`` when nothing is.
    reason
        Why the status is not ``ok``; else empty.
    width, height
        Size of the stored image in pixels; 0 when it could not be opened.
    pathway_score
        Probability in [0, 1] that the figure is a pathway; None when it was not screened.
    organisms
        NCBI taxon ids of the species that the mentions were grounded to.
    figure
        What the paper says about the figure.
    lines
        The text as recognised.
    mentions
        The drawn names and what they stand for.
    relations
        The drawn lines between mentions.
    provenance
        What made the record.

    Raises
    ------
    RecordError
        When a value is out of its range or a relation names a mention that is not there; the message has the
        path inside the document.
    """

    schema: Literal["figpath.record/1"] = SCHEMA
    figid: str
    status: Status = "ok"
    reason: str = ""
    width: _Natural = 0
    height: _Natural = 0
    pathway_score: float | None = None
    organisms: tuple[_Natural, ...] = ()
    figure: Figure
    lines: tuple[Line, ...] = ()
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)

    def __post_init__(self) -> None:
        _check_identity(self)
        screened, total = self.pathway_score, len(self.mentions)
        tidy = {
            "pathway_score": None if screened is None else _score(screened, "pathway_score"),
            "lines": tuple(_tidy_line(line, i) for i, line in enumerate(self.lines)),
            "mentions": tuple(_tidy_mention(mention, i) for i, mention in enumerate(self.mentions)),
            "relations": tuple(_tidy_relation(relation, i, total) for i, relation in enumerate(self.relations)),
        }
        for name, value in tidy.items():
            object.__setattr__(self, name, value)

    def taken(self, *, minimum_score: float = MINIMUM_SCORE) -> tuple[Mention, ...]:
        """Return the mentions that have a meaning and at least this score, in reading order."""
        return tuple(m for m in self.mentions if m.entities and m.score >= minimum_score)


def to_json(record: Record) -> bytes:
    """Return the canonical JSON of a record: one line of UTF-8 without a newline at its end.

    Raises
    ------
    RecordError
        When the record holds something that JSON cannot, such as a NumPy number or half a character.
    """
    try:
        return msgspec.json.encode(record)
    except (TypeError, ValueError, OverflowError) as error:
        raise RecordError(f"record {record.figid} cannot be written as JSON: {error}") from error


def to_json_lines(records: Iterable[Record]) -> Iterator[bytes]:
    r"""Yield one line a record, each with ``\n`` at its end (JSON Lines)."""
    for record in records:
        yield to_json(record) + b"\n"


def from_json(data: bytes | str) -> Record:
    """Return the record that a JSON document holds; keys that are not known are passed over.

    Raises
    ------
    RecordError
        When it is not JSON, has another schema version, or breaks the schema; the message has the path inside
        the document.
    """
    found = _decode(_header_decoder(), data).schema
    if found != SCHEMA:
        what = "names no schema" if found is None else f"has schema {found[:60]!r}"
        raise RecordError(f"the record {what}, expected {SCHEMA!r}: read the figure again, or update figpath")
    return _decode(_record_decoder(), data)


def from_json_lines(lines: Iterable[bytes | str]) -> Iterator[Record]:
    """Yield the record of each line that is not empty.

    Raises
    ------
    RecordError
        As `from_json`, with the number of the line, counted from 1.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield from_json(line)
            except RecordError as error:
                raise RecordError(f"line {number}: {error}") from error


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a record, as `from_json` enforces it."""
    found = msgspec.json.schema(Record)
    for value in found["$defs"].values():
        value["description"] = value["description"].partition("\n")[0]
    found["$defs"]["Record"]["required"].insert(0, "schema")  # it has a default in Python, but not on paper
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **found}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    schema: str | None = None


@cache
def _header_decoder() -> msgspec.json.Decoder[_Header]:
    return msgspec.json.Decoder(_Header)


@cache
def _record_decoder() -> msgspec.json.Decoder[Record]:
    return msgspec.json.Decoder(Record)


def _decode(decoder: msgspec.json.Decoder[_T], data: bytes | str) -> _T:
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise RecordError(f"not a record of schema {SCHEMA!r}: {error}") from error


def _check_identity(record: Record) -> None:
    """Refuse an id that cannot name a file, and one that contradicts the figure."""
    try:
        check_figure_id(record.figid)
    except InputError as error:
        raise RecordError(f"$.figid: {error}") from error
    if record.figure.figid != record.figid:
        raise RecordError(f"$.figure.figid is {record.figure.figid[:80]!r}, expected $.figid {record.figid!r}")


def _score(value: float, *where: str | int) -> float:
    """Check and round a probability; `where` is the path of its owner inside the document."""
    rounded = round(float(value), DECIMALS)  # first, so that a mean of 1.0000001 is still a probability
    if not 0 <= rounded <= 1:  # also true of NaN
        raise RecordError(f"{_path(where)}: {value} is no probability, expected a number from 0 to 1")
    return rounded + 0.0  # turns -0.0, which has other bytes, into 0.0


def _path(where: tuple[str | int, ...]) -> str:
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)


def _tidy_line(line: Line, index: int) -> Line:
    where = ("lines", index)
    words = tuple(_tidy_word(word, *where, "words", i) for i, word in enumerate(line.words))
    return replace(line, score=_score(line.score, *where, "score"), words=words)


def _tidy_word(word: Word, *where: str | int) -> Word:
    alternatives = tuple(
        replace(other, score=_score(other.score, *where, "alternatives", i, "score"))
        for i, other in enumerate(word.alternatives)
    )
    return replace(word, score=_score(word.score, *where, "score"), alternatives=alternatives)


def _tidy_mention(mention: Mention, index: int) -> Mention:
    where = ("mentions", index)
    alternatives = tuple(
        replace(other, score=_score(other.score, *where, "alternatives", i, "score"))
        for i, other in enumerate(mention.alternatives)
    )
    return replace(mention, score=_score(mention.score, *where, "score"), alternatives=alternatives)


def _tidy_relation(relation: Relation, index: int, mentions: int) -> Relation:
    where = ("relations", index)
    for name, end in (("source", relation.source), ("target", relation.target)):
        if not 0 <= end < mentions:
            raise RecordError(f"{_path((*where, name))}: no mention {end}, the record has {mentions}")
    return replace(relation, score=_score(relation.score, *where, "score"))
