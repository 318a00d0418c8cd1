"""The picture on docs/enrich.md is drawn by figpath, from a small made collection of figures."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
from PIL import Image

from figpath.enrich import enrich, gene_sets
from figpath.enrich.plot import Dot, dot_plot
from made_sets import drawn, ids

PICTURE = Path(__file__).parents[2] / "docs" / "img" / "enrichment.png"
LIST = "jak2 stat3 stat1 il6 socs3 tyk2 ifng irf1 cxcl10 tnf nfkb1 mapk3"
FIGURES = {
    "JAK-STAT signalling downstream of interferon γ": "ifng jak2 jak1 stat1 irf1 socs1 socs3 cxcl10 JAK:tyk2,jak3",
    "Interleukin 6 in the acute-phase response": "il6 il6r il6st jak2 stat3 socs3 crp mapk3 ptpn11",
    "Tofacitinib and its targets": "JAK:jak2,jak1,tyk2,jak3 stat3 stat1 il2 il6",
    "NF-κB activation by tumour necrosis factor": "tnf tnfrsf1a traf2 ripk1 ikbkb ikbkg nfkbia nfkb1 rela",
    "Innate sensing of viral RNA": "ddx58 mavs tbk1 irf3 irf7 ifnb1 ifnar1 tyk2 stat1 stat2 isg15 cxcl10",
    "MAPK cascade in melanoma": "braf kras RAF:raf1,araf map2k1 map2k2 mapk1 mapk3 mitf dusp6",
    "Insulin signalling in adipocytes": "ins insr irs1 pik3ca pten AKT:akt1,akt2,akt3 mtor slc2a4 socs3",
    "Intrinsic apoptosis": "tp53 bax bak1 bcl2 apaf1 casp9 casp3 cycs",
    "Th17 differentiation": "il6 tgfb1 stat3 rorc il17a il23a il23r irf4",
    "Crosstalk of leptin and STAT3": "lep lepr jak2 stat3 socs3 pomc agrp ptpn1",
    "Cell cycle checkpoints": "tp53 cdkn1a cdk2 ccne1 rb1 e2f1 chek1 atm",
}


def example() -> tuple[Dot, ...]:
    """The list tested against the figures and as many of others as make them rare."""
    random = np.random.default_rng(0)
    picked = [random.choice(900, 12, replace=False) for _ in range(150)]
    others = {f"other{n:03d}": " ".join(f"g{gene}" for gene in genes) for n, genes in enumerate(picked)}
    found = enrich(gene_sets(drawn(FIGURES | others)).within(), ids(LIST))
    return tuple(
        Dot(id=row.id, title=row.id, x=row.fold, hits=row.overlap, q=row.q, drawn=row.drawn) for row in found.rows(10)
    )


def test_the_picture_is_small_and_drawn_by_figpath() -> None:
    data = dot_plot(example(), form="png")
    if os.environ.get("FIGPATH_REWRITE"):
        fewer = Image.open(io.BytesIO(data)).convert("RGB").quantize(96, dither=Image.Dither.NONE)
        fewer.save(PICTURE, format="PNG", optimize=True)
    assert PICTURE.stat().st_size < 100_000
    with Image.open(PICTURE) as shown, Image.open(io.BytesIO(data)) as made:
        assert abs(shown.width - made.width) < 0.1 * made.width
        assert abs(shown.height - made.height) < 0.1 * made.height
