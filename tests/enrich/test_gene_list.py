"""Lists of genes as people keep them: any line ends, any separators, numbers or none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from figpath.enrich import GeneList, read_gene_list
from figpath.enrich.gene_list import gene_list_of
from figpath.errors import InputError


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"JAK2\nSTAT3\n", ("JAK2", "STAT3")),
        (b"JAK2\r\nSTAT3\r\n", ("JAK2", "STAT3")),
        (b"JAK2\rSTAT3", ("JAK2", "STAT3")),
        (b"JAK2, STAT3;IL6\tTNF", ("JAK2", "STAT3", "IL6", "TNF")),
        (b"\"JAK2\"\n'IL6'\n", ("JAK2", "IL6")),
        (b"# of our experiment\ngene\n\n JAK2 \n", ("JAK2",)),
        (b"\xef\xbb\xbfGene Symbol\nJAK2\n", ("JAK2",)),
        ("JAK2\nIFNγ".encode("utf-16"), ("JAK2", "IFNγ")),
        (b"3717,6774,7124", ("3717", "6774", "7124")),
        (b"3717\t6774\n7124\t3569\n", ("3717", "6774", "7124", "3569")),
        (b"symbol,entrez\nJAK2,3717\n", ("JAK2", "3717")),
    ],
)
def test_genes(data: bytes, names: tuple[str, ...]) -> None:
    found = read_gene_list(data)
    assert (found.names, found.values) == (names, ())


@pytest.mark.parametrize(
    ("data", "names", "values"),
    [
        (b"JAK2\t1.5\nIL6\t-2\n", ("JAK2", "IL6"), (1.5, -2.0)),
        (b"gene,logFC\r\nJAK2,1\r\nIL6,-3e-2\r\n", ("JAK2", "IL6"), (1.0, -0.03)),
        (b"whatever\tstat\nJAK2\t1\nIL6\t2", ("JAK2", "IL6"), (1.0, 2.0)),
        (b"3717\t-1.5\n6774\t0.5\n", ("3717", "6774"), (-1.5, 0.5)),
    ],
)
def test_genes_with_numbers(data: bytes, names: tuple[str, ...], values: tuple[float, ...]) -> None:
    found = read_gene_list(data)
    assert (found.names, found.values) == (names, values)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "genes.txt has no gene"),
        (b"\n \n# nothing\n", "genes.txt has no gene"),
        (b"gene\n", "genes.txt has no gene"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no text"),
        (b"JAK2\0IL6", "no text"),
        (b"JAK2\t1\nIL6\tnan\n", "line 2: 'IL6' has 'nan'"),
        (b"JAK2\t1\nIL6\tmuch\n", "line 2: 'IL6' has 'much'"),
        (b"JAK2\t1.0\t0.05\n", "has 3 columns"),
        (b"\t1.5\n", "no gene with a number"),
    ],
)
def test_what_is_no_list(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_gene_list(data, name="genes.txt")


@pytest.mark.parametrize(
    ("given", "names", "values"),
    [
        ("JAK2, IL6", ("JAK2", "IL6"), ()),
        ("gene\tlogFC\nJAK2\t-1", ("JAK2",), (-1.0,)),
        (["JAK2", " IL6 ", ""], ("JAK2", "IL6"), ()),
        ((name for name in ("JAK2", "IL6")), ("JAK2", "IL6"), ()),
        ([3717, np.int64(3569)], ("3717", "3569"), ()),
        ({"JAK2": 1, "IL6": -2.5}, ("JAK2", "IL6"), (1.0, -2.5)),
        (pd.Series([1.5, 2.5, -3.0], index=["JAK2", "IL6", "JAK2"]), ("JAK2", "IL6", "JAK2"), (1.5, 2.5, -3.0)),
        (pd.Series(["JAK2", "IL6"], index=[7, 9]), ("JAK2", "IL6"), ()),
        (GeneList(names=("JAK2",)), ("JAK2",), ()),
    ],
)
def test_a_list_may_be_given_in_many_ways(given: Any, names: tuple[str, ...], values: tuple[float, ...]) -> None:
    assert gene_list_of(given) == GeneList(names=names, values=values)


@pytest.mark.parametrize("column", [pd.Series([3717, 3569]), pd.Series([1.5, -2.0], index=[3717, 3569])])
def test_a_column_of_numbers_is_not_taken_for_names(column: Any) -> None:
    """Places of rows would pass for ids of NCBI Gene."""
    with pytest.raises(InputError, match="numbers for names: set its index to the names"):
        gene_list_of(column)


def test_numbers_are_one_for_each_gene_or_none() -> None:
    with pytest.raises(InputError, match="2 genes have 1 numbers"):
        GeneList(names=("JAK2", "IL6"), values=(1.0,))
