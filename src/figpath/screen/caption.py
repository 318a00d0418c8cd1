"""What title and caption say about the kind of a figure, by judgement: nothing here was fitted.

No open collection has captions of figures that are no pathways, so these weights are set by hand, small, and bounded:
a caption can tip a doubtful figure, and cannot overrule a clear picture.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from figpath.figure import Figure

MOST: Final = 1.0  # log-odds by which a caption moves a score at most
_SIGNS: Final = (
    (0.8, r"pathways?\b"),
    (0.6, r"signall?ing|cascades?\b|crosstalk|biosynthesis|regulatory network"),
    (0.5, r"schematic|proposed (?:model|mechanism)|working model|model (?:of|for|showing)|mechanisms? (?:of|by|for)"),
    (-0.6, r"work[- ]?flow|flow[- ]?chart|flow diagram|study design|experimental design|pipeline|prisma\b"),
    (-0.6, r"western blot|immunoblot|representative images?|scale bars?|error bars?|h&e|staining"),
    (-0.5, r"\bn\s*=\s*\d|p\s*<\s*0|\*\s*p\b|kaplan|scatter|histogram|box ?plot|heat ?map|forest plot|roc curve"),
)


def log_odds(figure: Figure) -> float:
    """Return by how much title and caption move the log-odds of a figure, in [-`MOST`, `MOST`]; 0 without any."""
    said = f"{figure.title}\n{figure.caption}"
    moved = sum(weight for weight, sign in _signs() if sign.search(said))
    return max(-MOST, min(MOST, moved))


@cache
def _signs() -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((weight, re.compile(text, re.IGNORECASE)) for weight, text in _SIGNS)
