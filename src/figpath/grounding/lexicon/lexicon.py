"""What a name can mean: look-up in one or several compiled lexicon files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

from figpath.grounding.lexicon.beginning import names_beginning, symbol_of
from figpath.grounding.lexicon.compile import KINDS
from figpath.grounding.lexicon.concept import Rank
from figpath.grounding.lexicon.file import crc, load
from figpath.grounding.mention import Entity
from figpath.grounding.text import fold
from figpath.resources import added_lexicons, packaged_lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from figpath.grounding.lexicon.file import LexiconFile
    from figpath.grounding.mention import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """One meaning of a name.

    Parameters
    ----------
    entity
        What it means; its source says which table and class of name the name comes from.
    kind
        ``gene``, ``family``, ``chemical`` or ``disease``.
    name
        The name as the table writes it.
    rank
        How often things of its class are drawn.
    related
        Member genes of a family; the same chemical or disease in another vocabulary.
    drawn
        In how many of some 500 published drawings it was counted.
    """

    entity: Entity
    kind: Kind
    name: str
    rank: Rank = Rank.PROTEIN
    related: tuple[Entity, ...] = ()
    drawn: int = 0


class Names(Protocol):
    """Anything that can say what a folded name means; grounding needs no more of a lexicon."""

    def find(self, key: str) -> tuple[Sense, ...]:
        """Return every meaning of a folded name."""
        ...

    def frequency(self, word: str) -> float:
        """Return the decimal logarithm of how often an English word occurs; 0 for what is no word."""
        ...


class Lexicon:
    """Compiled lexicon files, read as one.

    Parameters
    ----------
    paths
        Files, the packaged one first. A later file that holds the genes of a species replaces that species'
        genes of the earlier ones, except that genes known to both under one id keep the names of both.

    Raises
    ------
    LexiconError
        When a file is absent, damaged or of another version.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._files = tuple(load(path) for path in paths)
        self.fingerprint = "+".join(str(file.header["fingerprint"]) for file in self._files)
        self.taxa = tuple(dict.fromkeys(taxon for file in self._files for taxon in file.header["taxa"]))
        self._hidden = _hidden_prefixes(self._files)
        self.find = lru_cache(maxsize=1 << 16)(self._find)

    def names_by_source(self) -> dict[str, int]:
        """Count the names by table and class, over all files."""
        total: dict[str, int] = {}
        for file in self._files:
            for source, count in file.header["names"].items():
                total[source] = total.get(source, 0) + count
        return dict(sorted(total.items()))

    def concepts_by_kind(self) -> dict[str, int]:
        """Count the concepts by kind, genes by species too, over all files."""
        total: dict[str, int] = {}
        for file in self._files:
            for kind, count in file.header["concepts"].items():
                total[kind] = total.get(kind, 0) + count
        return dict(sorted(total.items()))

    def of_id(self, curie: str) -> Sense | None:
        """Return what an identifier names, under its own symbol or name; None when it is not known."""
        for file in self._files:
            symbol = symbol_of(file, curie)
            for sense in self.find(fold(symbol)) if symbol else ():
                if sense.entity.id == curie:
                    return sense
        return None

    def beginning(self, text: str, *, limit: int) -> tuple[str, ...]:
        """Return names that begin with a text, whatever its case, the shortest first."""
        found = {fold(name): name for file in self._files for name in names_beginning(file, text)}
        names = sorted(found.values(), key=lambda name: (len(name), name))
        return tuple(name for name in names if self.find(fold(name)))[:limit]

    def frequency(self, word: str) -> float:
        """Return the decimal logarithm of how often an English word occurs; 0 for what is no word.

        Notes
        -----
        Counts are those of SymSpell's English dictionary, out of about 1e12 words.
        """
        number = crc(word.lower())
        for file in self._files:
            keys = file.arrays["word"]
            at = int(np.searchsorted(keys, np.uint32(number)))
            if at < len(keys) and int(keys[at]) == number:
                return float(file.arrays["word_frequency"][at]) / 10
        return 0.0

    def _find(self, key: str) -> tuple[Sense, ...]:
        found: dict[str, Sense] = {}
        for number, file in enumerate(self._files):
            for sense in _senses(file, key):
                hidden = (sense.entity.taxon, sense.entity.id.partition(":")[0]) in self._hidden[number]
                if not hidden and sense.entity.id not in found:
                    found[sense.entity.id] = sense
        return tuple(found.values())


def _hidden_prefixes(files: Sequence[LexiconFile]) -> tuple[frozenset[tuple[int, str]], ...]:
    """For each file, the (taxon, id prefix) pairs that a later file's NCBI genes stand in for."""
    hidden = []
    for number in range(len(files)):
        later = {taxon for file in files[number + 1 :] for taxon in file.header["taxa"]}
        hidden.append(frozenset((taxon, prefix) for taxon in later for prefix in ("mgi", "rgd", "hgnc")))
    return tuple(hidden)


def _senses(file: LexiconFile, key: str) -> list[Sense]:
    """Every meaning that one file gives a folded name, in the file's order."""
    number = np.uint32(crc(key))
    keys = file.arrays["key"]
    low, high = np.searchsorted(keys, number, "left"), np.searchsorted(keys, number, "right")
    found = []
    for row in range(int(low), int(high)):
        (name,) = file.texts(int(file.arrays["name"][row]))
        if fold(name) == key:
            source = file.header["sources"][file.arrays["source"][row]]
            found.append(_sense(file, int(file.arrays["owner"][row]), name=name, source=source))
    return found


def _sense(file: LexiconFile, owner: int, *, name: str, source: str) -> Sense:
    packed = int(file.arrays["concept_class"][owner])
    kind = KINDS[packed & 3]
    start, end = (int(n) for n in file.arrays["related_start"][owner : owner + 2])
    related_source = "famplex_relations" if kind == "family" else source
    return Sense(
        entity=_entity(file, owner, source),
        kind=kind,
        name=name,
        rank=Rank(packed >> 2 & 3),
        related=tuple(_entity(file, int(n), related_source) for n in file.arrays["related"][start:end]),
        drawn=int(file.arrays["concept_drawn"][owner]),
    )


def _entity(file: LexiconFile, owner: int, source: str) -> Entity:
    curie, symbol = file.texts(int(file.arrays["concept_id"][owner]), 2)
    taxon = int(file.arrays["concept_class"][owner]) >> 4
    return Entity(id=curie, symbol=symbol, taxon=file.header["taxa"][taxon - 1] if taxon else None, source=source)


def open_lexicon() -> Lexicon:
    """Open the packaged lexicon together with the species that the user added.

    Raises
    ------
    LexiconError
        When one of the files is damaged or of another version.
    """
    return Lexicon((packaged_lexicon(), *added_lexicons()))
