"""What synthetic figures draw: genes, families, chemicals and diseases of the packaged lexicon, each with its names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from figpath.grounding.lexicon.compile import KINDS
from figpath.grounding.lexicon.file import load
from figpath.grounding.mention import Entity
from figpath.resources import packaged_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figpath.grounding.lexicon.file import LexiconFile
    from figpath.grounding.mention import Kind

_LONGEST = 14  # characters of a name that is drawn
_WIDEST = 60  # members of a family that is drawn
_OFFICIAL = ("hgnc_symbol", "mgi_symbol", "rgd_symbol")
_WORN: Final = frozenset({"hgnc_name", "ncbigene_name"})  # whole names, which figures seldom draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something that can be drawn.

    Parameters
    ----------
    kind
        As in a mention.
    entity
        Its identifier.
    names
        Short names with their sources, the official one first.
    related
        Members of a family, or the same thing in another vocabulary.
    drawn
        In how many of some 500 published drawings it was counted.
    """

    kind: Kind
    entity: Entity
    names: tuple[tuple[str, str], ...]
    related: tuple[Entity, ...] = ()
    drawn: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Everything that can be drawn, the most often drawn first.

    Parameters
    ----------
    genes
        Of human.
    orthologs
        By taxon, then symbol in capitals: the genes of mouse and rat.
    families, chemicals, diseases
        The others.
    """

    genes: tuple[Thing, ...]
    orthologs: dict[int, dict[str, Entity]]
    families: tuple[Thing, ...]
    chemicals: tuple[Thing, ...]
    diseases: tuple[Thing, ...]


def packaged_pool() -> Pool:
    """Return what the packaged lexicon has."""
    file = load(packaged_lexicon())
    by_kind: dict[tuple[str, int], list[Thing]] = {}
    names = _names(file)
    for owner in range(len(file.arrays["concept_id"])):
        thing = _thing(file, owner, names.get(owner, []))
        by_kind.setdefault((thing.kind, thing.entity.taxon or 0), []).append(thing)
    for things in by_kind.values():
        things.sort(key=lambda one: (-one.drawn, one.entity.id))
    named = {key: tuple(one for one in things if one.names) for key, things in by_kind.items()}
    return Pool(
        genes=tuple(one for one in named["gene", 9606] if one.entity.id.startswith("ncbigene:")),
        orthologs={
            taxon: {one.entity.symbol.upper(): one.entity for one in by_kind["gene", taxon]} for taxon in (10090, 10116)
        },
        families=tuple(one for one in named["family", 0] if 2 <= len(one.related) <= _WIDEST),
        chemicals=named["chemical", 0],
        diseases=named["disease", 0],
    )


def _names(file: LexiconFile) -> dict[int, list[tuple[str, str]]]:
    """Short names of each concept with their sources."""
    found: dict[int, list[tuple[str, str]]] = {}
    sources = file.header["sources"]
    rows: Iterator[tuple[int, int, int]] = zip(
        file.arrays["owner"].tolist(), file.arrays["name"].tolist(), file.arrays["source"].tolist(), strict=True
    )
    for owner, offset, number in rows:
        (name,) = file.texts(offset)
        if sources[number] not in _WORN and len(name) <= _LONGEST:
            found.setdefault(owner, []).append((name, sources[number]))
    return found


def _thing(file: LexiconFile, owner: int, names: list[tuple[str, str]]) -> Thing:
    packed = int(file.arrays["concept_class"][owner])
    kind = KINDS[packed & 3]
    start, end = (int(n) for n in file.arrays["related_start"][owner : owner + 2])
    source = "famplex_relations" if kind == "family" else f"{kind}_name"
    return Thing(
        kind=kind,
        entity=_entity(file, owner, names[0][1] if names else source),
        names=tuple(sorted(dict.fromkeys(names), key=lambda name: name[1] not in _OFFICIAL)),
        related=tuple(_entity(file, int(n), source) for n in file.arrays["related"][start:end]),
        drawn=int(file.arrays["concept_drawn"][owner]),
    )


def _entity(file: LexiconFile, owner: int, source: str) -> Entity:
    curie, symbol = file.texts(int(file.arrays["concept_id"][owner]), 2)
    taxon = int(file.arrays["concept_class"][owner]) >> 4
    return Entity(id=curie, symbol=symbol, taxon=file.header["taxa"][taxon - 1] if taxon else None, source=source)


def popularity(count: int, *, exponent: float, flat: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the shares of things by rank, as Zipf and Mandelbrot have them: ``1 / (rank + flat) ** exponent``."""
    weights = 1.0 / (np.arange(1, count + 1) + flat) ** exponent
    shares: np.ndarray[tuple[int], np.dtype[np.float64]] = weights / weights.sum()
    return shares
