"""What the page of a figure shows: boxes on the picture, the caption with the same names marked, tables of names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from figpath import ids
from figpath.corrections.verdict import verdict
from figpath.publish.overlay import EXPANDED, STYLES, drawn_entities
from figpath.record import MINIMUM_SCORE
from figpath.search.snippets import Pattern, matches
from figpath.search.spellings import forms, tokens
from figpath.serve.chain import chain, person

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from figpath.grounding.mention import Entity, Kind, Mention
    from figpath.record import Record, Relation

_KINDS: Final[tuple[Kind, ...]] = ("family", "chemical", "disease")
_GAP = 3  # pixels between a name and the line around it


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A box on the picture.

    Parameters
    ----------
    index
        Of the mention in the record.
    row
        Number of the row of the tables that tells of it.
    kind, text, meaning, chain, score, unsure
        What is said when it is pointed at.
    x, y, width, height
        Pixels of the stored image.
    lit
        Whether it has a gene that the address asks for.
    """

    index: int
    row: int
    kind: Kind
    text: str
    meaning: str
    chain: str
    score: float
    unsure: bool
    x: int
    y: int
    width: int
    height: int
    lit: bool

    @property
    def spoken(self) -> str:
        """All of it as one sentence."""
        doubt = ", uncertain" if self.unsure else ""
        return f"{self.text}: {STYLES[self.kind].name} {self.meaning}; score {self.score:.2f}{doubt}; {self.chain}"

    @property
    def corners(self) -> str:
        """The points of a box without its corners, the shape of diseases."""
        x0, y0, x1, y1 = self.x, self.y, self.x + self.width, self.y + self.height
        cut = max(3, min(self.width, self.height) // 5)
        points = (
            (x0 + cut, y0), (x1 - cut, y0), (x1, y0 + cut), (x1, y1 - cut),
            (x1 - cut, y1), (x0 + cut, y1), (x0, y1 - cut), (x0, y0 + cut),
        )  # fmt: skip
        return " ".join(f"{x},{y}" for x, y in points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the caption; `kind` and `row` are set where it is a name that the figure draws."""

    text: str
    kind: Kind | None = None
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """A drawn name with what it stands for, however often it is drawn.

    Parameters
    ----------
    number
        Of the row, in the order of the figure.
    mentions
        Indexes of the mentions.
    text, kind, score, unsure, chain, note
        Of the first of them.
    entities, members, alternatives
        What it stands for; the genes of a drawn family; what else it could mean.
    lit
        Whether it has a gene that the address asks for.
    person
        What a person did with it, in words; empty when nobody has.
    """

    number: int
    mentions: tuple[int, ...]
    text: str
    kind: Kind
    score: float
    unsure: bool
    chain: str
    note: str
    entities: tuple[Entity, ...]
    members: tuple[Entity, ...]
    alternatives: tuple[str, ...]
    lit: bool
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTable:
    """Rows of one kind; genes have one table a species.

    Parameters
    ----------
    title
        For people.
    kind
        Of the rows.
    taxon
        NCBI taxon id of the genes; None for anything else.
    rows
        In the order of the figure.
    """

    title: str
    kind: Kind
    taxon: int | None
    rows: tuple[NameRow, ...]

    def of(self, row: NameRow) -> tuple[Entity, ...]:
        """Return what a row stands for in this table."""
        return tuple(one for one in row.entities if self.taxon is None or one.taxon == self.taxon)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """A relation: the two names, its sign, and its points as SVG writes them; empty when they are not known."""

    source: str
    target: str
    sign: str
    score: float
    points: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """Everything that the page shows of a record."""

    record: Record
    title: str
    marks: tuple[Mark, ...]
    caption: tuple[Piece, ...]
    tables: tuple[NameTable, ...]
    lines: tuple[DrawnLine, ...]
    counts: dict[str, int]
    unsure: int
    lit: tuple[str, ...]


def figure_view(record: Record, *, lit: Collection[str] = (), rejected: bool = False) -> FigureView:
    """Return what the page of a record shows.

    Parameters
    ----------
    record
        The figure.
    lit
        Identifiers or symbols of genes to light up.
    rejected
        Whether names are shown of which a person says that they are not drawn.
    """
    gone = frozenset() if rejected else frozenset(n for n, m in enumerate(record.mentions) if verdict(m) == "reject")
    rows = tuple(_rows(record, {one.casefold() for one in lit}, gone))
    row_of = {index: row for row in rows for index in row.mentions}
    shown = [mention for n, mention in enumerate(record.mentions) if n not in gone]
    kinds = [mention.kind for mention in shown]
    return FigureView(
        record=record,
        title=record.figure.title or record.figure.paper.title or record.figid,
        marks=tuple(
            _mark(i, one, row_of[i]) for i, one in enumerate(record.mentions) if i in row_of and one.box is not None
        ),
        caption=caption_pieces(record.figure.caption, rows),
        tables=tuple(_tables(rows, record.organisms)),
        lines=tuple(
            _line(one, record.mentions)
            for one in record.relations
            if one.score >= MINIMUM_SCORE and one.source not in gone and one.target not in gone
        ),
        counts={kind: kinds.count(kind) for kind in STYLES if kind in kinds},
        unsure=sum(mention.score < MINIMUM_SCORE for mention in shown),
        lit=tuple(row.text for row in rows if row.lit),
    )


def caption_pieces(text: str, rows: Sequence[NameRow]) -> tuple[Piece, ...]:
    """Cut a caption where the names of the figure stand in it, however they are spelled there."""
    row_of: dict[tuple[str, ...], NameRow] = {}
    for row in rows:
        for form in () if row.unsure or not row.entities else forms(row.text):
            row_of.setdefault(form, row)
    pieces, end = [], 0
    for start, stop in matches(text, [Pattern(tokens=form) for form in row_of]):
        found = row_of.get(tokens(text[start:stop]))
        if found is None or _is_ordinary(text[start:stop], found):
            continue
        pieces += [Piece(text=text[end:start])] if start > end else []
        pieces.append(Piece(text=text[start:stop], kind=found.kind, row=found.number))
        end = stop
    return (*pieces, Piece(text=text[end:])) if end < len(text) else tuple(pieces)


def _is_ordinary(found: str, row: NameRow) -> bool:
    """Tell whether a word in small letters stands where the figure has a gene in capitals: "rest" and REST."""
    return row.kind in ("gene", "family") and found.islower() and found.isalpha() and not row.text.islower()


def _rows(record: Record, lit: Collection[str], gone: Collection[int]) -> Iterator[NameRow]:
    """One row for each name, meaning and what a person said of it; the rows are numbered from 1."""
    groups: dict[tuple[str, Kind, tuple[str, ...], str], list[int]] = {}
    for index, mention in enumerate(record.mentions):
        if index not in gone:
            key = (mention.text, mention.kind, tuple(entity.id for entity in mention.entities), person(mention))
            groups.setdefault(key, []).append(index)
    for number, indexes in enumerate(groups.values(), start=1):
        first = max((record.mentions[i] for i in indexes), key=lambda mention: mention.score)
        yield NameRow(
            number=number,
            mentions=tuple(indexes),
            text=first.text,
            kind=first.kind,
            score=first.score,
            unsure=first.score < MINIMUM_SCORE,
            chain=chain(first),
            note=first.note,
            entities=drawn_entities(first),
            members=tuple(entity for entity in first.entities if entity.source == EXPANDED),
            alternatives=tuple(f"{one.entity.symbol} ({one.score:.2f})" for one in first.alternatives[:3]),
            lit=any(one.id.casefold() in lit or one.symbol.casefold() in lit for one in first.entities),
            person=person(first),
        )


def _mark(index: int, mention: Mention, row: NameRow) -> Mark:
    x0, y0, x1, y1 = mention.box or (0, 0, 0, 0)
    meaning = ", ".join(f"{one.symbol} ({one.id})" for one in row.entities[:4]) or mention.note or "no entity"
    more = f" and {len(row.entities) - 4} more" if len(row.entities) > 4 else ""
    return Mark(
        index=index,
        row=row.number,
        kind=mention.kind,
        text=mention.text,
        meaning=meaning + more,
        chain=chain(mention),
        score=mention.score,
        unsure=mention.score < MINIMUM_SCORE,
        x=x0 - _GAP,
        y=y0 - _GAP,
        width=max(1, x1 - x0) + 2 * _GAP,
        height=max(1, y1 - y0) + 2 * _GAP,
        lit=row.lit,
    )


def _tables(rows: Sequence[NameRow], organisms: Sequence[int]) -> Iterator[NameTable]:
    genes = [row for row in rows if row.kind == "gene"]
    taxa = (one.taxon for row in genes for one in row.entities if one.taxon is not None)
    for taxon in dict.fromkeys((*organisms, *taxa)):
        own = tuple(row for row in genes if any(one.taxon == taxon for one in row.entities))
        if own:
            yield NameTable(title=f"Genes of {ids.taxon(taxon).name}", kind="gene", taxon=taxon, rows=own)
    without = tuple(row for row in genes if all(one.taxon is None for one in row.entities))
    if without:
        yield NameTable(title="Names of genes without a meaning here", kind="gene", taxon=None, rows=without)
    for kind in _KINDS:
        own = tuple(row for row in rows if row.kind == kind)
        if own:
            yield NameTable(title=STYLES[kind].plural.capitalize(), kind=kind, taxon=None, rows=own)


def _line(relation: Relation, mentions: Sequence[Mention]) -> DrawnLine:
    return DrawnLine(
        source=mentions[relation.source].text,
        target=mentions[relation.target].text,
        sign=relation.sign,
        score=relation.score,
        points=" ".join(f"{x},{y}" for x, y in relation.path),
    )
