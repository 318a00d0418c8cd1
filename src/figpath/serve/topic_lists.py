"""Lists of everything that a corpus has a page of, as pages that can be turned over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from figpath.search.fields import is_identifier
from figpath.search.spellings import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figpath.serve.addresses import Addresses
    from figpath.store.contents import Topic

SIZE: Final = 480
"""Topics of a page."""

_OTHER = "#"  # where names begin that begin with no letter
_NAMED: Final = ("organism", "journal", "year")  # kinds that have no identifier of a vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicList:
    """A list: its name in addresses, its title, what one of its rows is called, and what it is made of.

    Parameters
    ----------
    name, title, one, many
        In addresses; above the list; of one row, and of more.
    kinds
        Of its topics.
    facet
        Of a search by the same.
    lettered
        Whether it is ordered by name.
    """

    name: str
    title: str
    one: str
    many: str
    kinds: tuple[str, ...]
    facet: str
    lettered: bool = True


LISTS: Final = (
    TopicList(
        name="genes", title="Genes and families", one="gene or family", many="genes and families",
        kinds=("gene", "family"), facet="gene",
    ),
    TopicList(name="diseases", title="Diseases", one="disease", many="diseases", kinds=("disease",), facet="disease"),
    TopicList(
        name="organisms", title="Organisms", one="organism", many="organisms", kinds=("organism",), facet="organism",
        lettered=False,
    ),
    TopicList(name="journals", title="Journals", one="journal", many="journals", kinds=("journal",), facet="journal"),
    TopicList(name="years", title="Years", one="year", many="years", kinds=("year",), facet="year", lettered=False),
)  # fmt: skip
"""Every list, in the order in which pages name them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A topic, where it leads, and the letter that begins with it."""

    label: str
    figures: int
    address: str
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage:
    """A stretch of a list.

    Parameters
    ----------
    total, offset
        Topics of the list, and those before this page.
    hits
        The topics of this page.
    letters
        Each letter with the number of topics before the page on which it begins.
    """

    total: int
    offset: int
    hits: tuple[Row, ...]
    letters: tuple[tuple[str, int], ...]


def pages_of(topics: Sequence[Topic]) -> Iterator[Topic]:
    """Yield the topics that have a page; what figures draw needs an identifier that a query can ask for."""
    return (one for one in topics if one.kind in _NAMED or is_identifier(one.id))


def topic_page(chosen: TopicList, topics: Sequence[Topic], *, offset: int, at: Addresses) -> TopicPage:
    """Return the page of a list that begins at an offset.

    Parameters
    ----------
    chosen
        The list.
    topics
        All of a corpus.
    offset
        Topics before the page.
    at
        Addresses as the page writes them.
    """
    own = [one for one in pages_of(topics) if one.kind in chosen.kinds]
    begins = _begins(own) if chosen.lettered else {}
    rows = (
        Row(label=one.label, figures=one.figures, address=_address(one, at), letter=begins.get(place, ""))
        for place, one in enumerate(own[offset : offset + SIZE], start=offset)
    )
    letters = tuple((letter, place - place % SIZE) for place, letter in begins.items())
    return TopicPage(total=len(own), offset=offset, hits=tuple(rows), letters=letters)


def _begins(topics: Sequence[Topic]) -> dict[int, str]:
    """Where each letter begins."""
    begins: dict[str, int] = {}
    for place, one in enumerate(topics):
        first = plain(one.label[:1]).upper()
        begins.setdefault(first if "A" <= first <= "Z" else _OTHER, place)
    return {place: letter for letter, place in begins.items()}


def _address(topic: Topic, at: Addresses) -> str:
    return at.gene(topic.id) if topic.kind in ("gene", "family") else at.search(q=topic.query)
