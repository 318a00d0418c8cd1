"""Pictures of an enrichment: a dot for each figure, and which figure draws which gene."""

from __future__ import annotations

import io
import math
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from figpath.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Form: TypeAlias = Literal["svg", "png"]

MOST_FIGURES: Final = 25
MOST_GENES: Final = 40
_DRAWN, _EXPANDED, _GRID, _INK = "#0072b2", "#e69f00", "#d9d9d9", "#222222"  # of Okabe and Ito's palette
_LABEL = 58  # characters of a title
_DPI = 160
_LEAST_Q = 1e-300
_SALTED = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A figure as it is drawn.

    Parameters
    ----------
    id, title
        Of the figure.
    x
        Fold enrichment, or the normalised score of a ranked list.
    hits
        Things that are hit.
    q
        Adjusted p-value.
    drawn, expanded
        Symbols of the list that the figure draws, and that come with its families.
    """

    id: str
    title: str
    x: float
    hits: int
    q: float
    drawn: tuple[str, ...] = ()
    expanded: tuple[str, ...] = ()


def form_of(name: str) -> Form:
    """Return the form that the name of a file asks for.

    Raises
    ------
    InputError
        When it is neither SVG nor PNG.
    """
    if name.lower().endswith(".svg"):
        return "svg"
    if name.lower().endswith(".png"):
        return "png"
    raise InputError(f"{name} names no picture that can be written: let it end in .svg or .png")


def dot_plot(dots: Sequence[Dot], *, form: Form = "svg", x_label: str = "fold enrichment") -> bytes:
    """Draw a dot for each figure: how strong (across), how many things are hit (size), how sure (colour).

    Parameters
    ----------
    dots
        The best first; the first `MOST_FIGURES` are drawn.
    form
        ``svg`` or ``png``.
    x_label
        What `Dot.x` is.

    Raises
    ------
    InputError
        When there is nothing to draw.
    """
    shown = _checked(dots)
    figure, axes = _canvas(9.6, 1.5 + 0.36 * max(len(shown), 4))
    strength = [-math.log10(max(dot.q, _LEAST_Q)) for dot in shown]
    most = max(dot.hits for dot in shown)
    points = axes.scatter(
        [dot.x for dot in shown], range(len(shown)), s=[_area(dot.hits, most) for dot in shown], c=strength,
        cmap="cividis_r", vmin=0, vmax=max(max(strength), 1.3), edgecolors=_INK, linewidths=0.6, zorder=3,
    )  # fmt: skip
    _label_figures(axes, shown)
    axes.set_xlabel(x_label)
    low, high = min(0.0, *(dot.x for dot in shown)), max(0.0, *(dot.x for dot in shown))
    beside = 0.06 * (high - low or 1.0)  # room for the largest dot
    axes.set_xlim(low - beside * (low < 0), high + beside * (high > 0 or low == 0))
    if low < 0 < high:
        axes.axvline(0, color=_INK, linewidth=0.8)
    axes.grid(axis="x", color=_GRID, linewidth=0.6)
    bar = figure.colorbar(points, ax=axes, shrink=min(1.0, 2.2 / figure.get_figheight()), pad=0.03, anchor=(0, 0.0))
    bar.set_label("−log₁₀ q", color=_INK)
    bar.outline.set_visible(False)
    _size_legend(axes, most)
    return _written(figure, form)


def heat_map(
    dots: Sequence[Dot], *, form: Form = "svg", directions: dict[str, Literal["up", "down"]] | None = None
) -> bytes:
    """Draw which figure has which genes of the list, the genes that most figures have first.

    Parameters
    ----------
    dots
        The best first; the first `MOST_FIGURES` are drawn, with the first `MOST_GENES` genes.
    form
        ``svg`` or ``png``.
    directions
        Symbol to ``up`` or ``down``, for a list with signs.

    Raises
    ------
    InputError
        When there is nothing to draw.
    """
    from matplotlib.patches import Patch

    shown = _checked(dots)
    counts = Counter(symbol for dot in shown for symbol in (*dot.drawn, *dot.expanded))
    genes = sorted(counts, key=lambda symbol: (-counts[symbol], symbol))[:MOST_GENES]
    figure, axes = _canvas(4.6 + 0.27 * max(len(genes), 5), 1.7 + 0.3 * len(shown))
    column = {symbol: at for at, symbol in enumerate(genes)}
    for row, dot in enumerate(shown):
        for symbols, colour, size in ((dot.expanded, _EXPANDED, 0.5), (dot.drawn, _DRAWN, 0.84)):
            for symbol in symbols:
                if symbol in column:
                    axes.add_patch(_cell(column[symbol], row, size, colour))
    axes.set_xlim(-0.6, len(genes) - 0.4)
    axes.set_xticks(
        range(len(genes)), [_with_arrow(symbol, directions or {}) for symbol in genes], rotation=90, fontsize=8.5
    )
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0, pad=2)
    _label_figures(axes, shown)
    axes.set_xticks([at - 0.5 for at in range(1, len(genes))], minor=True)
    axes.set_yticks([at - 0.5 for at in range(1, len(shown))], minor=True)
    axes.grid(which="minor", color=_GRID, linewidth=0.6)
    axes.tick_params(which="minor", length=0)
    keys = [Patch(color=_DRAWN, label="drawn"), Patch(color=_EXPANDED, label="member of a drawn family")]
    figure.legend(handles=keys, loc="outside lower right", ncols=2, frameon=False, fontsize=8.5)
    return _written(figure, form)


def _checked(dots: Sequence[Dot]) -> Sequence[Dot]:
    if not dots:
        raise InputError("no figure shares a gene with the list, so that there is nothing to draw")
    return dots[:MOST_FIGURES]


def _canvas(width: float, height: float) -> tuple[Figure, Axes]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.spines[:].set_visible(False)
    axes.tick_params(colors=_INK, labelsize=9)
    axes.xaxis.label.set_color(_INK)
    return figure, axes


def _label_figures(axes: Axes, dots: Sequence[Dot]) -> None:
    """Write the titles of the figures at the left, the first one on top."""
    labels = [_short(dot) for dot in dots]
    several = {label for label, count in Counter(labels).items() if count > 1}
    labels = [f"{label} ({dot.id})" if label in several else label for label, dot in zip(labels, dots, strict=True)]
    axes.set_yticks(range(len(dots)), [label.replace("$", r"\$") for label in labels], fontsize=9)
    axes.set_ylim(len(dots) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)


def _short(dot: Dot) -> str:
    """A title cut at a word, for what stands beside the axis."""
    text = " ".join((dot.title or dot.id).split())
    if len(text) > _LABEL:
        text = f"{text[:_LABEL].rsplit(' ', 1)[0].rstrip(' ,;:.')} …"
    return text


def _area(hits: int, most: int) -> float:
    return 30 + 230 * hits / most


def _size_legend(axes: Axes, most: int) -> None:
    counts = sorted({1, math.ceil(most / 2), most})
    handles: list[Any] = [
        axes.scatter([], [], s=_area(n, most), facecolors="white", edgecolors=_INK, linewidths=0.8, label=str(n))
        for n in counts
    ]
    axes.legend(
        handles=handles, title="hits", loc="upper left", bbox_to_anchor=(1.02, 1.0), frameon=False, labelspacing=1.1,
        fontsize=9, title_fontsize=9, borderaxespad=0,
    )  # fmt: skip


def _cell(x: int, y: int, size: float, colour: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - size / 2, y - size / 2), size, size, facecolor=colour, linewidth=0)


def _with_arrow(symbol: str, directions: dict[str, Literal["up", "down"]]) -> str:
    arrow = {"up": " ↑", "down": " ↓"}.get(directions.get(symbol, ""), "")
    return f"{symbol}{arrow}"


def _written(figure: Figure, form: Form) -> bytes:
    """Write a picture; equal pictures have equal bytes."""
    import matplotlib as mpl

    stream = io.BytesIO()
    metadata = {"Date": None} if form == "svg" else {"Software": None}
    with _SALTED, mpl.rc_context({"svg.hashsalt": "figpath"}):  # the names of an SVG's parts are random otherwise
        figure.savefig(stream, format=form, dpi=_DPI, metadata=metadata)
    return stream.getvalue()
