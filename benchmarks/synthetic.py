"""A corpus as large as PFOCR, made up: ``synthetic.py corpus.db --figures 110000 [--seed 1]``.

Genes, families, chemicals and diseases are those of the packaged lexicon, drawn under any of their names. How often a
gene is drawn falls with its rank as in Zipf's law, modules of genes are drawn together, families are expanded as
figpath does it, papers have one to four figures, and one figure in thirty is nearly the picture of an earlier one.
Everything goes through the store's own ``put``; equal arguments give an equal corpus.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import random
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from synthetic_names import Pool, Thing, packaged_pool, popularity
from synthetic_text import Subject, Writer

from figpath.entry import Entry, Key, Picture
from figpath.figure import Figure, Paper
from figpath.grounding.mention import Mention
from figpath.record import Provenance, Record, to_json
from figpath.store import write_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figpath.grounding.mention import Entity

BATCH: Final = 1000  # figures a transaction
MODULES: Final = 600
_DRAWN_GENES: Final = 16_000  # genes that figures ever draw
_COPIES = 1 / 30  # share of figures that have nearly the picture of an earlier one
_FAILED = 1 / 500
_SPECIES = ((9606,), (9606, 10090), (10090,), (9606, 10116), (10116,))
_SPECIES_SHARES = (0.80, 0.09, 0.06, 0.03, 0.02)
_YEARS = tuple(range(1998, 2026))
_NUMBERS = ("F1", "F2", "F3", "F4", "F5", "F6", "S1", "S2", "SF1", "GA1")
_NUMBER_SHARES = (20, 20, 16, 12, 10, 8, 5, 2, 4, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A figure that later ones may copy."""

    mentions: tuple[Mention, ...]
    organisms: tuple[int, ...]
    title: str
    picture: Picture


class Maker:
    """Makes figures up.

    Parameters
    ----------
    pool
        What they draw.
    seed
        Of everything that is left to chance.
    """

    def __init__(self, pool: Pool, *, seed: int) -> None:
        self._pool = pool
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self._arrays = np.random.default_rng(seed)
        self._writer = Writer(self._random)
        genes = min(_DRAWN_GENES, len(pool.genes))
        self._gene_shares = popularity(genes, exponent=1.1, flat=5.0)
        self._modules = self._made_modules(genes)
        self._module_shares = popularity(MODULES, exponent=0.8, flat=5.0)
        self._family_shares = popularity(len(pool.families), exponent=1.05, flat=3.0)
        self._chemical_shares = popularity(len(pool.chemicals), exponent=1.1, flat=10.0)
        self._disease_shares = popularity(len(pool.diseases), exponent=1.0, flat=20.0)
        self._diseases = list(pool.diseases)
        self._random.shuffle(self._diseases)
        self._recent: list[_Made] = []

    def entries(self, count: int) -> Iterator[Entry]:
        """Yield figures, paper by paper."""
        made = 0
        for number in itertools.count(1_000_001):
            paper = self._paper(number)
            for place in range(min(count - made, self._random.choices((1, 2, 3, 4), (70, 20, 7, 3))[0])):
                yield self._entry(paper, place)
                made += 1
            if made == count:
                return

    def _made_modules(self, genes: int) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
        """Genes that are drawn together: each module has a few popular genes and many that are its own."""
        flatter = popularity(genes, exponent=0.85, flat=8.0)
        sizes = self._arrays.integers(8, 45, MODULES)
        return [self._arrays.choice(genes, size=size, replace=False, p=flatter) for size in sizes]

    def _paper(self, number: int) -> Paper:
        shares = [(year - 1995) ** 1.6 for year in _YEARS]
        year = self._random.choices(_YEARS, shares)[0]
        journal = self._writer.journal()
        title = self._writer.title(self._subject(()))
        return Paper(
            pmcid=f"PMC{number}",
            title=title,
            reference=f"{title}. {journal}. {year}.",
            year=str(year),
            doi=f"10.9999/made.{number}",
            journal=journal,
            keywords=self._writer.keywords(self._subject(())),
        )

    def _entry(self, paper: Paper, place: int) -> Entry:
        figid = f"{paper.pmcid}__fig{place + 1}"
        if self._random.random() < _FAILED:
            record = Record(figid=figid, status="failed", reason="no picture", figure=Figure(figid=figid, paper=paper))
            return _entry_of(record, None)
        made = self._copy() if self._recent and self._random.random() < _COPIES else self._new(figid)
        figure = Figure(
            figid=figid,
            number=self._random.choices(_NUMBERS, _NUMBER_SHARES)[0],
            title=made.title,
            caption=self._writer.caption(self._subject(made.mentions)),
            filename=f"fig{place + 1}.jpg",
            paper=paper,
        )
        record = Record(
            figid=figid,
            width=made.picture.width,
            height=made.picture.height,
            pathway_score=round(self._random.betavariate(9, 1), 4),
            organisms=made.organisms,
            figure=figure,
            mentions=made.mentions,
            provenance=Provenance(image_sha256=made.picture.sha256),
        )
        return _entry_of(record, made.picture)

    def _new(self, figid: str) -> _Made:
        species = self._random.choices(_SPECIES, _SPECIES_SHARES)[0]
        mentions = self._mentions(species)
        picture = Picture(
            sha256=hashlib.sha256(figid.encode()).hexdigest(),
            width=self._random.randint(400, 1200),
            height=self._random.randint(300, 1000),
            dhash=self._random.getrandbits(64),
        )
        title = self._writer.title(self._subject(mentions))
        made = _Made(mentions=mentions, organisms=species, title=title, picture=picture)
        if len(self._recent) < 2000:
            self._recent.append(made)
        else:
            self._recent[self._random.randrange(2000)] = made
        return made

    def _copy(self) -> _Made:
        """Another paper's figure again: nearly the same picture and nearly the same names."""
        first = self._random.choice(self._recent)
        dhash = (first.picture.dhash or 0) ^ sum(1 << bit for bit in self._random.sample(range(64), 2))
        sha256 = hashlib.sha256(self._random.randbytes(8)).hexdigest()
        kept = tuple(mention for mention in first.mentions if self._random.random() < 0.95)
        return replace(first, mentions=kept, picture=replace(first.picture, sha256=sha256, dhash=dhash))

    def _mentions(self, species: tuple[int, ...]) -> tuple[Mention, ...]:
        pool, arrays = self._pool, self._arrays
        size = int(np.clip(arrays.lognormal(2.76, 0.75), 1, 220))
        families = arrays.choice(len(pool.families), size=int(arrays.poisson(size / 7)), p=self._family_shares)
        chemicals = arrays.choice(len(pool.chemicals), size=int(arrays.poisson(2.0)), p=self._chemical_shares)
        diseases = arrays.choice(len(self._diseases), size=int(arrays.poisson(0.6)), p=self._disease_shares)
        things = [
            *(pool.genes[n] for n in self._genes(size)),
            *(pool.families[n] for n in dict.fromkeys(families.tolist())),
            *(pool.chemicals[n] for n in dict.fromkeys(chemicals.tolist())),
            *(self._diseases[n] for n in dict.fromkeys(diseases.tolist())),
        ]
        self._random.shuffle(things)
        found = (self._mention(thing, species) for thing in things)
        return tuple(mention for mention in found if mention is not None)

    def _genes(self, size: int) -> list[int]:
        """Mostly the genes of one or two modules, the rest from all."""
        arrays = self._arrays
        chosen: dict[int, None] = {}
        for n in arrays.choice(MODULES, size=1 + int(size > 12), p=self._module_shares).tolist():
            module = self._modules[n]
            chosen.update(dict.fromkeys(module[arrays.random(len(module)) < 0.7].tolist()))
        inside = list(chosen)[: int(size * 0.65) or 1]
        outside = arrays.choice(len(self._gene_shares), size=size - len(inside), p=self._gene_shares).tolist()
        return list(dict.fromkeys((*inside, *outside)))

    def _mention(self, thing: Thing, species: tuple[int, ...]) -> Mention | None:
        name, source = thing.names[0] if self._random.random() < 0.6 else self._random.choice(thing.names)
        entities = _entities(thing, source, species, self._pool)
        if not entities:
            return None
        x, y = self._random.randrange(0, 1000, 2), self._random.randrange(0, 800, 2)
        return Mention(
            text=name,
            kind=thing.kind,
            score=round(1 - abs(self._random.gauss(0, 0.18)) % 1, 4),
            box=(x, y, x + 10 * len(name), y + 16),
            entities=entities,
            match=name,
        )

    def _subject(self, mentions: Sequence[Mention]) -> Subject:
        """What the text is about: what is drawn, and something popular where a kind is not drawn."""

        def names(kind: str, things: Sequence[Thing], spread: int) -> list[str]:
            found = [mention.text for mention in mentions if mention.kind == kind][:4]
            return found or [self._random.choice(things[: max(2, self._random.randrange(spread))]).names[0][0]]

        return Subject(
            genes=names("gene", self._pool.genes, 1500),
            chemicals=names("chemical", self._pool.chemicals, 500),
            diseases=names("disease", self._diseases, 500),
        )


def _entities(thing: Thing, source: str, species: tuple[int, ...], pool: Pool) -> tuple[Entity, ...]:
    """What a drawn name stands for in the species of the figure."""
    if thing.kind in ("chemical", "disease"):
        return (replace(thing.entity, source=source), *thing.related)
    itself = (replace(thing.entity, source=source),)
    genes = itself if thing.kind == "gene" else thing.related
    found: tuple[Entity, ...] = () if thing.kind == "gene" else itself
    for taxon in species:
        found += genes if taxon == 9606 else _others(genes, pool.orthologs[taxon])
    return found


def _others(genes: Sequence[Entity], known: dict[str, Entity]) -> tuple[Entity, ...]:
    pairs = ((gene, known.get(gene.symbol.upper())) for gene in genes)
    return tuple(replace(other, source=gene.source) for gene, other in pairs if other is not None)


def _entry_of(record: Record, picture: Picture | None) -> Entry:
    key = Key(picture=picture.sha256 if picture else "", figure="", fingerprint="synthetic", location="")
    return Entry(
        figid=record.figid,
        status=record.status,
        reason=record.reason,
        origin="figpath",
        record=to_json(record),
        key=key,
        picture=picture,
    )


def write_corpus(path: Path, *, figures: int, seed: int = 1) -> None:
    """Make a corpus."""
    maker = Maker(packaged_pool(), seed=seed)
    with write_store(path) as store:
        entries = maker.entries(figures)
        while batch := list(itertools.islice(entries, BATCH)):
            store.put(batch)
        store.link_duplicates()


def main() -> None:
    """Make a corpus and tell how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="file to make")
    parser.add_argument("--figures", type=int, default=110_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    start = time.perf_counter()
    write_corpus(asked.corpus, figures=asked.figures, seed=asked.seed)
    size = asked.corpus.stat().st_size / 1e6
    print(f"{asked.corpus}: {asked.figures} figures, {size:.0f} MB, {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
