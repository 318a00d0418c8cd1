"""Which pages a corpus has, as units that are made together, each by one worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from figpath.search.fields import is_identifier
from figpath.serve.static_site.addresses import FOLDERS, Known
from figpath.serve.static_site.names import file_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.store import Store
    from figpath.store.contents import Topic

Kind: TypeAlias = Literal["figure", "gene", "list", "topics", "home", "browse", "search"]

_NUMBERED: Final = ("organism", "year")
INDEXES: Final = (
    ("genes", "Genes and families", ("gene", "family")),
    ("diseases", "Diseases", ("disease",)),
    ("organisms", "Organisms", ("organism",)),
    ("years", "Years", ("year",)),
)
"""Folder, title and kinds of the lists of what has pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Pages that are made together.

    Parameters
    ----------
    kind
        What they show.
    key
        Of which: a figid, an identifier, or the name of the file without its ending.
    query, title, about
        Of a list: what it asks for, and what stands above it.
    """

    kind: Kind
    key: str
    query: str = ""
    title: str = ""
    about: str = ""

    @property
    def name(self) -> str:
        """Of the unit in the manifest."""
        return f"{self.kind} {self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All units of a site, and what all of them need to know."""

    units: tuple[Unit, ...]
    known: Known
    topics: tuple[Topic, ...]


def plan_of(store: Store) -> Plan:
    """Return what a corpus's site consists of; figures that failed have no page."""
    topics = tuple(one for one in store.searcher().topics() if one.kind in _NUMBERED or is_identifier(one.id))
    failed = {state.figid for state in store.states() if state.status == "failed"}
    figids = [state.figid for state in store.states(every=True) if state.figid not in failed]
    lists = [
        Unit(
            kind="list",
            key=f"{FOLDERS[one.kind]}/{file_name(one.id)}",
            query=f"{one.kind}:{one.id}",
            title=one.label,
            about=one.kind.capitalize(),
        )
        for one in topics
        if one.kind in FOLDERS
    ]
    known = Known(
        thumbnails=store.with_thumbnail(),
        genes={one.id: one.label for one in topics if one.kind in ("gene", "family")},
        lists={one.query: one.key for one in lists},
    )
    units = (
        Unit(kind="home", key="index"),
        Unit(kind="browse", key="browse"),
        Unit(kind="search", key="search"),
        Unit(kind="list", key="figures/index", title="All figures"),
        *(Unit(kind="topics", key=f"{folder}/index", title=title) for folder, title, _ in INDEXES),
        *_largest_first(lists, topics),
        *(Unit(kind="gene", key=curie) for curie in known.genes),
        *(Unit(kind="figure", key=figid) for figid in figids),
    )
    return Plan(units=units, known=known, topics=topics)


def _largest_first(lists: Sequence[Unit], topics: Sequence[Topic]) -> list[Unit]:
    """Long lists begin early, so that no worker is left alone with one at the end."""
    sizes = {f"{one.kind}:{one.id}": one.figures for one in topics}
    return sorted(lists, key=lambda unit: -sizes[unit.query])
