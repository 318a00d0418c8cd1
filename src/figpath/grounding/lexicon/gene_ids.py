"""Accessions of genes: HGNC, Ensembl, UniProt, MGI, RGD and NCBI Gene ids, compiled to a second small file.

The lexicon has what figures draw; a user's list of genes has what databases print. Layout: 8 bytes magic, 4 bytes
length of a JSON header, the header, then everything else compressed: for each section of the header an array of that
type and length. Keys are ascending, and stored as differences.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from figpath.errors import LexiconError
from figpath.grounding.text import fold
from figpath.ids import HUMAN, MOUSE, RAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

MAGIC: Final = b"FIGPIDS1"
_LENGTH = struct.Struct("<I")
_SPACES = ("ncbigene", "hgnc", "mgi", "rgd")
_TAXA = (HUMAN, MOUSE, RAT)
_NUMBERED: Final = {
    "ncbigene": re.compile(r"(?:ncbigene:|entrez:|geneid:|loc)?0*(\d{1,9})", re.IGNORECASE),
    "hgnc": re.compile(r"HGNC:0*(\d{1,9})", re.IGNORECASE),
    "mgi": re.compile(r"MGI:(?:MGI:)?0*(\d{1,9})", re.IGNORECASE),
    "rgd": re.compile(r"RGD:0*(\d{1,9})", re.IGNORECASE),
    "ensembl_9606": re.compile(r"ENSG0*(\d{1,9})(?:\.\d+)?", re.IGNORECASE),
    "ensembl_10090": re.compile(r"ENSMUSG0*(\d{1,9})(?:\.\d+)?", re.IGNORECASE),
    "ensembl_10116": re.compile(r"ENSRNOG0*(\d{1,9})(?:\.\d+)?", re.IGNORECASE),
}
_UNIPROT = re.compile(
    r"(?:uniprot:)?([OPQ]\d[A-Z0-9]{3}\d|[A-NR-Z]\d(?:[A-Z][A-Z0-9]{2}\d){1,2})(?:-\d+)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownGene:
    """A gene and the accessions under which databases have it.

    Parameters
    ----------
    id
        CURIE, the one that the lexicon has too.
    symbol
        Official symbol.
    taxon
        NCBI taxon id.
    accessions
        Such as ``HGNC:6192``, ``ENSG00000096968``, ``O60674``.
    names
        Former and other symbols that the lexicon leaves out, since no figure draws them.
    """

    id: str
    symbol: str
    taxon: int
    accessions: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class GeneIds:
    """The compiled accessions; `load` reads them.

    Parameters
    ----------
    arrays
        The sections of the file.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._arrays = arrays

    def __len__(self) -> int:
        return len(self._arrays["number"])

    def find(self, text: str) -> tuple[KnownGene, ...]:
        """Return the genes of an accession; nothing when it is unknown, or none."""
        text = text.strip()
        for space, pattern in _NUMBERED.items():
            if found := pattern.fullmatch(text):
                return self._genes(space, int(found[1]))
        if found := _UNIPROT.fullmatch(text):
            return self._genes("uniprot", found[1].upper().encode())
        return ()

    def find_name(self, text: str) -> tuple[KnownGene, ...]:
        """Return the genes of a former or other symbol that the lexicon leaves out."""
        return tuple(self._gene(at) for at in self._names.get(fold(text), ()))

    @cached_property
    def _names(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        owners = self._arrays["name_gene"].tolist()
        for name, owner in zip(_texts(self._arrays["name_text"]), owners, strict=True):
            found.setdefault(fold(name), []).append(owner)
        return found

    @cached_property
    def _symbols(self) -> list[str]:
        return _texts(self._arrays["symbol_text"])

    def _genes(self, space: str, key: int | bytes) -> tuple[KnownGene, ...]:
        keys = self._arrays[f"{space}_key"]
        wanted = np.array(key, keys.dtype)
        low, high = int(np.searchsorted(keys, wanted, "left")), int(np.searchsorted(keys, wanted, "right"))
        return tuple(self._gene(int(at)) for at in self._arrays[f"{space}_gene"][low:high])

    def _gene(self, at: int) -> KnownGene:
        space, taxon = divmod(int(self._arrays["kind"][at]), len(_TAXA))
        number = int(self._arrays["number"][at])
        return KnownGene(id=f"{_SPACES[space]}:{number}", symbol=self._symbols[at], taxon=_TAXA[taxon])


def dump(genes: Iterable[KnownGene]) -> bytes:
    """Lay out accessions as bytes; equal input gives equal bytes."""
    every = tuple(genes)
    arrays = _arrays(every)
    header = {name: [array.dtype.str, len(array)] for name, array in arrays.items()}
    text = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    packed = b"".join(_packed(name, arrays[name]) for name in sorted(arrays))
    return MAGIC + _LENGTH.pack(len(text)) + text + zlib.compress(packed, 9)


def load(path: Path) -> GeneIds:
    """Read compiled accessions.

    Raises
    ------
    LexiconError
        When the file is absent, damaged or of another version.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LexiconError(
            f"cannot open the accessions of genes {path}: {error.strerror}; run 'make lexicon'"
        ) from error
    if data[:8] != MAGIC:
        raise LexiconError(f"{path} has no accessions of genes, or those of another version: run 'make lexicon'")
    try:
        (length,) = _LENGTH.unpack_from(data, 8)
        header, packed = json.loads(data[12 : 12 + length]), zlib.decompress(data[12 + length :])
        arrays, offset = {}, 0
        for name in sorted(header):
            dtype, count = header[name]
            arrays[name] = _unpacked(name, np.frombuffer(packed, dtype, count, offset))
            offset += arrays[name].nbytes
    except (ValueError, KeyError, struct.error, zlib.error) as error:
        raise LexiconError(f"the accessions of genes {path} are cut short or damaged: run 'make lexicon'") from error
    return GeneIds(arrays)


def _arrays(genes: tuple[KnownGene, ...]) -> dict[str, NDArray[Any]]:
    split = [gene.id.split(":") for gene in genes]
    names = [(name, at) for at, gene in enumerate(genes) for name in gene.names]
    kinds = [
        _SPACES.index(space) * len(_TAXA) + _TAXA.index(gene.taxon)
        for (space, _), gene in zip(split, genes, strict=True)
    ]
    arrays: dict[str, NDArray[Any]] = {
        "number": np.array([int(number) for _, number in split], "<u4"),
        "kind": np.array(kinds, "u1"),
        "symbol_text": _text([gene.symbol for gene in genes]),
        "name_text": _text([name for name, _ in names]),
        "name_gene": np.array([at for _, at in names], "<u4"),
    }
    found: dict[str, list[tuple[int | bytes, int]]] = {space: [] for space in (*_NUMBERED, "uniprot")}
    for at, gene in enumerate(genes):
        for space, key in dict.fromkeys(filter(None, map(_key, (gene.id, *gene.accessions)))):
            found[space].append((key, at))
    for space, pairs in found.items():
        pairs.sort()
        arrays[f"{space}_key"] = np.array([key for key, _ in pairs], "S10" if space == "uniprot" else "<u4")
        arrays[f"{space}_gene"] = np.array([at for _, at in pairs], "<u4")
    return arrays


def _key(accession: str) -> tuple[str, int | bytes] | None:
    for space, pattern in _NUMBERED.items():
        if found := pattern.fullmatch(accession):
            return space, int(found[1])
    found = _UNIPROT.fullmatch(accession)
    return ("uniprot", found[1].upper().encode()) if found else None


def _packed(name: str, array: NDArray[Any]) -> bytes:
    if name.endswith("_key") and array.dtype.kind == "u":
        array = np.diff(array, prepend=array.dtype.type(0))
    return array.tobytes()


def _unpacked(name: str, array: NDArray[Any]) -> NDArray[Any]:
    return np.cumsum(array, dtype=array.dtype) if name.endswith("_key") and array.dtype.kind == "u" else array


def _text(texts: list[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def _texts(array: NDArray[np.uint8]) -> list[str]:
    return array.tobytes().decode().split("\n") if len(array) else []
