"""The picture of an ensemble's answer: the bands over relative time, the shares, and the edges it hangs on."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from figpath.errors import InputError
from figpath.mechanism.names import arrow

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from figpath.mechanism.ensemble_answer import Change, EnsembleAnswer

FORMS: Final = ("svg", "png", "pdf")
FALLING, RISING, UNCHANGED = "#0072B2", "#D55E00", "#C9CDD3"  # Okabe and Ito (2008): told apart by every eye
_INK, _SOFT = "#1F2933", "#52606D"
_MOST_HINGES: Final = 8
_WIDTH, _ROW, _TOP, _FOOT = 12.0, 3.6, 0.75, 0.3  # inches
_DPI: Final = 150
_LONGEST: Final = 44  # characters of a hinge's name


def draw(answer: EnsembleAnswer, *, form: str = "svg") -> bytes:
    """Return the picture as the bytes of an SVG, PNG or PDF file; equal answers give equal bytes.

    Raises
    ------
    InputError
        For another form.
    """
    if form not in FORMS:
        raise InputError(f"no picture of form {form[:20]!r}: end the file's name in .{', .'.join(FORMS)}")
    import matplotlib as mpl

    out = io.BytesIO()
    meta = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(form)
    with mpl.rc_context({"svg.hashsalt": "figpath", "svg.fonttype": "none"}):
        plot(answer).savefig(out, format=form, dpi=_DPI, metadata=meta)
    return out.getvalue()


def plot(answer: EnsembleAnswer) -> Figure:
    """Return the picture as a matplotlib figure: a row for each watched node."""
    from matplotlib.figure import Figure

    rows = len(answer.changes)
    height = _TOP + _ROW * rows + _FOOT
    figure = Figure(figsize=(_WIDTH, height), facecolor="white")
    figure.text(0.02, 1 - 0.3 / height, _title(answer), size=12.5, weight="bold", color=_INK, va="center")
    figure.text(0.02, 1 - 0.55 / height, _subtitle(answer), size=9, color=_SOFT, va="center")
    for row, change in enumerate(answer.changes):
        bottom, tall = (_FOOT + 0.95 + _ROW * (rows - 1 - row)) / height, (_ROW - 1.35) / height
        _bands(figure.add_axes((0.065, bottom, 0.33, tall)), answer, change)
        _shares(figure.add_axes((0.475, bottom, 0.115, tall)), change)
        _hinges(figure.add_axes((0.82, bottom, 0.155, tall)), answer, change)
    figure.text(0.02, 0.2 / height, answer.consequence, size=9, style="italic", color=_SOFT, va="center")
    return figure


def _title(answer: EnsembleAnswer) -> str:
    watched = ", ".join(answer.graph.node(change.node).name for change in answer.changes)
    blocked = [answer.graph.node(name).name if name in answer.graph else name for name in answer.block]
    return f"Block {' + '.join(blocked)}, watch {watched}"


def _subtitle(answer: EnsembleAnswer) -> str:
    kept = f"{answer.kept:,} of {answer.members:,} members" if answer.kept < answer.members else f"{answer.members:,}"
    unit = " reproduce the contrasts" if answer.kept < answer.members else " members"
    return f"{kept}{unit}, seed {answer.seed}; a change counts from {answer.threshold:.0%} on"


def _bands(axes: Any, answer: EnsembleAnswer, change: Change) -> None:
    lines = [[100 * value for value in line] for line in change.course]
    axes.axhline(0, color=_SOFT, linewidth=0.8)
    axes.fill_between(answer.times, lines[0], lines[4], color=FALLING, alpha=0.16, linewidth=0, label="5-95 %")
    axes.fill_between(answer.times, lines[1], lines[3], color=FALLING, alpha=0.34, linewidth=0, label="25-75 %")
    axes.plot(answer.times, lines[2], color=FALLING, linewidth=1.8, label="median")
    low, high = min(-5.0, *lines[0]), max(5.0, *lines[4])
    room = 0.06 * (high - low)
    axes.set_ylim(low - room, high + room)
    axes.set_xlim(0, answer.times[-1])
    axes.set_xlabel("relative time since the block", size=9, color=_SOFT)
    axes.set_ylabel("change from control, %", size=9, color=_SOFT)
    axes.set_title(answer.graph.node(change.node).name, size=10.5, loc="left", color=_INK)
    axes.legend(fontsize=8, frameon=False, loc="best")
    _plain(axes)


def _shares(axes: Any, change: Change) -> None:
    shown = (
        ("falls", change.falling, FALLING),
        ("unchanged", change.unchanged, UNCHANGED),
        ("rises", change.rising, RISING),
    )
    for place, (_, share, colour) in enumerate(shown):
        axes.barh(place, 100 * share, color=colour, height=0.62)
        axes.text(100 * share + 3, place, f"{share:.0%}", va="center", size=9, color=_INK)
    axes.set_yticks(range(len(shown)), [name for name, _, _ in shown], size=9)
    axes.invert_yaxis()
    axes.set_xlim(0, 128)
    axes.set_xticks([0, 50, 100])
    axes.set_xlabel("% of members", size=9, color=_SOFT)
    axes.set_title(f"{change.answering:,} answer", size=10, loc="left", color=_INK)
    _plain(axes)
    if change.null is not None:
        said = f"as strong in {change.null.as_strong:.0%} of\n{change.null.networks} rewired networks"
        axes.text(0, -0.29, said, transform=axes.transAxes, size=8, color=_SOFT, va="top")


def _hinges(axes: Any, answer: EnsembleAnswer, change: Change) -> None:
    axes.set_title("edges it hangs on", size=10, loc="right", color=_INK)
    _plain(axes)
    if not change.hinges:
        axes.set_axis_off()
        axes.text(0, 0.9, "none shifts the answer, or none was removed", size=9, color=_SOFT, va="top")
        return
    shown = change.hinges[:_MOST_HINGES]
    for place, hinge in enumerate(shown):
        axes.barh(place, 100 * hinge.shift, color=_SOFT, height=0.62)
    names = [_short(arrow(answer.graph, answer.graph.edge(hinge.edge))) for hinge in shown]
    axes.set_yticks(range(len(shown)), names, size=8)
    axes.invert_yaxis()
    axes.axvline(0, color=_SOFT, linewidth=0.8)
    most = 100 * max(abs(hinge.shift) for hinge in shown)
    axes.set_xlim(-1.1 * most, 1.1 * most)
    axes.set_xlabel("without it: falls less rises, points", size=9, color=_SOFT)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _plain(axes: Any) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color("#B8C0CC")
    axes.tick_params(colors=_SOFT, labelsize=8.5, length=3)
