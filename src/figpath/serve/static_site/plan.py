"""Which pages a corpus has, as units that are made together, each by one worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from figpath.serve.static_site.addresses import FOLDERS, Known
from figpath.serve.static_site.names import file_name
from figpath.serve.topic_lists import LISTS, pages_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.store import Store
    from figpath.store.contents import Topic

Kind: TypeAlias = Literal["figure", "gene", "list", "topics", "home", "browse", "search"]


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
    topics = tuple(pages_of(store.searcher().topics()))
    failed = {state.figid for state in store.states() if state.status == "failed"}
    figids = [state.figid for state in store.states(every=True) if state.figid not in failed]
    lists = [
        Unit(
            kind="list",
            key=f"{FOLDERS[one.kind]}/{file_name(one.id)}",
            query=one.query,
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
        *(Unit(kind="topics", key=f"{one.name}/index", title=one.title) for one in LISTS),
        *_largest_first(lists, topics),
        *(Unit(kind="gene", key=curie) for curie in known.genes),
        *(Unit(kind="figure", key=figid) for figid in figids),
    )
    return Plan(units=units, known=known, topics=topics)


def _largest_first(lists: Sequence[Unit], topics: Sequence[Topic]) -> list[Unit]:
    """Long lists begin early, so that no worker is left alone with one at the end."""
    sizes = {one.query: one.figures for one in topics}
    return sorted(lists, key=lambda unit: -sizes[unit.query])
