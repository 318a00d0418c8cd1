"""Make the table of ``docs/figpath.ipynb``: what an experiment with cytokines might have measured. Nobody measured it.

    python examples/make_volcano.py [--to docs/volcano.tsv]

The genes are those of the human example figures and others that are often drawn. Some that the figure of the
cytokines draws went up, some that the figure of insulin draws went down, and so did 25 others in each direction; all
else is noise. One symbol is old and one was turned into a date by a spreadsheet, as happens. Equal seeds give equal
tables.
"""

from __future__ import annotations

import argparse
import json
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import t

from figpath.examples import example_figures
from figpath.grounding.lexicon import gene_ids
from figpath.resources import packaged_gene_ids

UP = "CXCL8 IL6 CCL2 SOCS3 SERPINE1 BCL2L1 MCL1 NFKBIA TRAF6 IL1B MYD88 IRAK1 STAT3 TNFRSF1A TGFB1".split()
DOWN = "IRS1 INSR SLC2A4 GYS1 AKT1 MAPK1 FOXO1 RPTOR".split()
WRITTEN = {"CXCL8": "IL8", "SEPTIN7": "7-Sep"}
OTHERS, OTHERS_CHANGED = 1800, 25
ERROR, FREEDOM = 0.3, 8  # of a log2 fold change; degrees of freedom of its estimate


def example_genes() -> set[str]:
    """Symbols of the human genes in the example figures."""
    truths = [json.loads(path.with_suffix(".json").read_text(encoding="utf-8")) for path in example_figures()]
    return {
        symbol
        for truth in truths
        if truth["species"] == 9606
        for mention in truth["mentions"]
        if mention["kind"] in ("gene", "family")
        for symbol in mention["symbols"]
    }


def often_drawn() -> list[str]:
    """Symbols of human genes that published figures draw, the most frequent ones first."""
    accessions = gene_ids.load(packaged_gene_ids())
    lines = resources.files("figpath.data").joinpath("drawn_counts.tsv").read_text(encoding="utf-8").splitlines()
    found = [accessions.find(line.split("\t")[0]) for line in lines[1:] if line.startswith("ncbigene:")]
    return [genes[0].symbol for genes in found if genes and genes[0].taxon == 9606]


def volcano(seed: int = 1) -> pd.DataFrame:
    """Return the table: gene, log2FC, p."""
    random = np.random.default_rng(seed)
    drawn = example_genes()
    others = [symbol for symbol in often_drawn() if symbol not in drawn and symbol != "SEPTIN7"][:OTHERS]
    genes = sorted({*drawn, *others, "SEPTIN7"})
    changed = random.choice(others, 2 * OTHERS_CHANGED, replace=False).tolist()
    shift = dict.fromkeys([*UP, "SEPTIN7", *changed[:OTHERS_CHANGED]], 1.9)
    shift |= dict.fromkeys([*DOWN, *changed[OTHERS_CHANGED:]], -1.7)
    effect = np.array([shift.get(gene, 0.0) for gene in genes])
    fold = effect * random.uniform(0.8, 1.4, len(genes)) + random.normal(0, ERROR, len(genes))
    error = ERROR * np.sqrt(random.chisquare(FREEDOM, len(genes)) / FREEDOM)
    return pd.DataFrame(
        {
            "gene": [WRITTEN.get(gene, gene) for gene in genes],
            "log2FC": fold.round(3),
            "p": [float(f"{p:.3g}") for p in 2 * t.sf(abs(fold) / error, FREEDOM)],
        }
    )


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=Path(__file__).parents[1] / "docs" / "volcano.tsv")
    volcano().to_csv(parser.parse_args().to, sep="\t", index=False, lineterminator="\n", encoding="utf-8")


if __name__ == "__main__":
    main()
