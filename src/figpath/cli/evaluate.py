"""``figpath evaluate``: scores of what was read against what experts saw."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from figpath.cli.output import TableFormat, print_rows, print_table, put
from figpath.cli.read import EngineChoice
from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from figpath.evaluate.bootstrap import Measure
    from figpath.evaluate.gold import GoldFigure
    from figpath.evaluate.mentions import FigureScore
    from figpath.evaluate.predictions import Prediction
    from figpath.evaluate.screen import LabelledFigure, Screened
    from figpath.pipeline import Pipeline
    from figpath.screen import PathwayScreen

app = typer.Typer(no_args_is_help=True, help="Scores of what was read against what experts saw, with 95 % intervals.")

_STANDARD_INPUT = Path("-")
_COLUMNS = ("measure", "value", "95 % interval", "n")


GoldFolder = Annotated[Path, typer.Argument(help="Folder of gold figures, one JSON file each.")]
Predictions = Annotated[Path, typer.Argument(help="What 'figpath read --format jsonl' printed; - is standard input.")]
Form = Annotated[TableFormat, typer.Option("--format", "-f", help="What to print.")]
Misses = Annotated[bool, typer.Option("--misses", help="List what was missed instead of the scores.")]


@app.command()
def mentions(
    gold: GoldFolder,
    predictions: Predictions,
    minimum_score: Annotated[float, typer.Option("--min-score", help="Names below this score are left out.")] = 0.5,
    misses: Misses = False,
    why: Annotated[bool, typer.Option("--why", help="Count the causes of misses; with --misses, list each.")] = False,
    form: Form = TableFormat.table,
) -> None:
    """Score the genes, chemicals and diseases that were named: precision, recall, F1."""
    from figpath.evaluate import mentions as scoring
    from figpath.evaluate.gold import read_gold

    figures = read_gold(gold)
    answers = _read_predictions(predictions, [figure.figid for figure in figures])
    scores = scoring.compare_all(figures, answers, minimum_score=minimum_score)
    if why:
        _print_causes(figures, scores, answers, each=misses, form=form)
    elif misses:
        rows = [(s.figid, f"{s.f1:.2f}", ", ".join(s.missed), ", ".join(s.invented)) for s in scores]
        print_rows("", ("figure", "F1", "missed", "invented"), rows, form)
    else:
        _print_measures(scoring.measures(scores), form)


@app.command()
def labels(
    truth: Annotated[Path, typer.Argument(help="Folder with the truth of drawn pathways, one JSON file each.")],
    predictions: Predictions,
    misses: Misses = False,
    form: Form = TableFormat.table,
) -> None:
    """Score the labels of drawn pathways: read letter for letter, and named by their NCBI Gene id."""
    from figpath.evaluate import labels as scoring

    figures = scoring.read_drawn(truth)
    answers = _read_predictions(predictions, [figure.id for figure in figures])
    scores = [scoring.compare(figure, answers.get(figure.id)) for figure in figures]
    if misses:
        missed = [miss for score in scores for miss in score.missed]
        rows = [(m.figid, m.text, "" if m.font_px is None else f"{m.font_px:g}", " | ".join(m.instead)) for m in missed]
        print_rows("", ("figure", "label", "font px", "read instead"), rows, form)
    else:
        _print_measures(scoring.measures(scores), form)


@app.command()
def crops(
    path: Annotated[Path, typer.Argument(help="TSV file with the columns file and text, one crop a line.")],
    misses: Misses = False,
    engine: Annotated[EngineChoice, typer.Option(help="Text recogniser.")] = EngineChoice.auto,
    form: Form = TableFormat.table,
) -> None:
    """Read crops, each as one line of text, and score them: exactly, and with case and symbols forgiven."""
    from figpath.evaluate import crops as scoring
    from figpath.pipeline import Pipeline

    reader = Pipeline(engine=engine.value).reader
    read = [
        scoring.ReadCrop(crop=crop, read=reader.read_line(scoring.load_crop(crop.picture)).text)
        for crop in scoring.read_crops(path)
    ]
    if misses:
        rows = [(one.crop.picture.name, one.crop.text, one.read) for one in read if not one.exact]
        print_rows("", ("crop", "text", "read instead"), rows, form)
    else:
        _print_measures(scoring.measures(read, prefix="crops."), form)


@app.command()
def screen(
    labels: Annotated[Path, typer.Argument(help="TSV file with the columns file, label, class, source, borderline.")],
    misses: Misses = False,
    unread: Annotated[bool, typer.Option("--before", help="Score pictures only; read no text.")] = False,
    engine: Annotated[EngineChoice, typer.Option(help="Text recogniser.")] = EngineChoice.auto,
    form: Form = TableFormat.table,
) -> None:
    """Score how well pathways are told from other figures, before and after their text is read, by class."""
    from figpath.evaluate import screen as scoring
    from figpath.pipeline import Pipeline
    from figpath.screen import PathwayScreen

    pipeline = Pipeline(engine=engine.value)
    figures = [one for one in scoring.read_labels(labels) if not one.borderline]
    screen = PathwayScreen(engine.value)
    screen.prepare()  # loading is not timed
    found = [_screened(one, screen, None if unread else pipeline) for one in figures]
    if misses:
        wrong = [one for one in found if ((one.before if unread else one.after) >= scoring.LEAST) != one.pathway]
        rows = [(one.file, one.kind, one.source, f"{one.before:.3f}", f"{one.after:.3f}") for one in wrong]
        print_rows("", ("file", "class", "source", "before", "after"), rows, form)
    else:
        _print_measures(scoring.measures(found, after=not unread), form)


def _screened(figure: LabelledFigure, screen: PathwayScreen, pipeline: Pipeline | None) -> Screened:
    """Score a figure before and, with a pipeline, after it is read; the first score is timed."""
    import time

    from figpath.evaluate.screen import Screened
    from figpath.figure import Figure
    from figpath.source.images import load_pixels, read_picture

    known = Figure(figid="figure")  # nothing but the picture is known
    pixels = load_pixels(read_picture(figure.picture), name=figure.picture.name)
    start = time.perf_counter()
    before = screen(pixels, known, None)
    seconds = time.perf_counter() - start
    after = None if pipeline is None else pipeline.read_pixels(known, pixels, sha256="").pathway_score
    return Screened(
        file=figure.picture.name,
        source=figure.source,
        kind=figure.kind,
        pathway=figure.pathway,
        before=before,
        after=before if after is None else after,
        seconds=seconds,
    )


@app.command()
def calibration(gold: GoldFolder, predictions: Predictions, form: Form = TableFormat.table) -> None:
    """Tell whether scores are probabilities: measures, then the share right of genes by score."""
    from figpath.evaluate import calibration as scoring
    from figpath.evaluate.gold import read_gold

    figures = read_gold(gold)
    answers = _read_predictions(predictions, [figure.figid for figure in figures])
    judged = scoring.judge_all(figures, answers)
    _print_measures(scoring.measures(judged), form)
    if form is TableFormat.table:
        genes = [one for some in judged for one in some if one.kind == "gene"]
        rows = [
            (f"{b.low:.1f} to {b.high:.1f}", str(b.count), f"{b.score:.3f}", f"{b.right:.3f}")
            for b in scoring.reliability(genes)
            if b.count
        ]
        print_table("genes", ("score", "names", "mean score", "share right"), rows)


def _read_predictions(path: Path, known: Collection[str]) -> dict[str, Prediction]:
    """Read predictions and warn of figures that only one side has."""
    from figpath.evaluate.documents import read_bytes
    from figpath.evaluate.predictions import coverage, parse_predictions

    data = sys.stdin.buffer.read() if path == _STANDARD_INPUT else read_bytes(path, what="predictions")
    found = parse_predictions(data, name="standard input" if path == _STANDARD_INPUT else str(path))
    sides = coverage(found, known)
    for figids, text in (
        (sides.unknown, "predicted figures are not in this folder and are left out"),
        (sides.absent, "figures have no prediction and count as figures in which nothing was found"),
    ):
        if figids:
            shown = ", ".join(figids[:3]) + (", ..." if len(figids) > 3 else "")
            typer.echo(f"figpath: {len(figids)} {text}: {shown}", err=True)
    return found


def _print_causes(
    figures: Sequence[GoldFigure],
    scores: Sequence[FigureScore],
    answers: Mapping[str, Prediction],
    *,
    each: bool,
    form: TableFormat,
) -> None:
    from collections import Counter

    from figpath.evaluate.causes import MEANING, causes
    from figpath.grounding.lexicon.lexicon import open_lexicon

    if not any(answer.lines for answer in answers.values()):
        raise InputError("these predictions have no lines of text: read with 'figpath read --format jsonl' for --why")
    lexicon = open_lexicon()
    missed = [
        miss
        for figure, score in zip(figures, scores, strict=True)
        for miss in causes(figure, score, answers.get(figure.figid), lexicon)
    ]
    if each:
        rows = [(miss.figid, miss.text, miss.cause.value, miss.evidence) for miss in missed]
        print_rows("", ("figure", "name", "cause", "evidence"), rows, form)
        return
    counted = Counter(miss.cause for miss in missed)
    total = max(1, len(missed))
    print_rows(
        "",
        ("cause", "missed", "share", "meaning"),
        [(c.value, str(counted[c]), f"{counted[c] / total:.0%}", text) for c, text in MEANING.items()],
        form,
    )


def _print_measures(measures: Sequence[Measure], form: TableFormat) -> None:
    if form is TableFormat.json:
        import msgspec

        put(msgspec.json.format(msgspec.json.encode(measures)) + b"\n")
        return
    rows = [(m.name, f"{m.value:.3f}", f"{m.low:.3f} to {m.high:.3f}", str(m.count)) for m in measures]
    print_rows("", _COLUMNS, rows, form)
