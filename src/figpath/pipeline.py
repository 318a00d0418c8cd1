"""From a picture to its record: decode, read, ground, with what made each step kept as provenance."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from figpath import __version__
from figpath.errors import FigpathError, InputError, LexiconError
from figpath.figure import Figure
from figpath.grounding.ground import ground_figure, ground_text
from figpath.grounding.lexicon.lexicon import Lexicon, open_lexicon
from figpath.grounding.species import Scope
from figpath.ids import taxon
from figpath.reading.reader import Reader
from figpath.record import Provenance, Record
from figpath.screen import PathwayScreen
from figpath.source.discover import discover
from figpath.source.found import Source, Unusable
from figpath.source.images import image_sha256, load_pixels, read_picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from figpath.figure import Pixels
    from figpath.grounding.mention import Mention
    from figpath.reading.document import Line, Reading
    from figpath.reading.network import EngineName

__all__ = ["Pipeline", "Screen", "Source", "ground", "read", "sources_of"]


class Screen(Protocol):
    """Anything that can tell pathways from other figures."""

    def __call__(
        self, pixels: Pixels, figure: Figure, lines: Sequence[Line] | None, mentions: Sequence[Mention]
    ) -> float:
        """Return the probability, in [0, 1], that a figure is a pathway.

        `lines` is None before the figure is read; `mentions` are the names that were found in its lines.
        """
        ...


class Pipeline:
    """Reads figures one after the other; the recogniser and the lexicon are loaded once, when first needed.

    Parameters
    ----------
    engine
        ``auto``, ``openvino`` or ``onnxruntime``.
    threads
        Of the recogniser; None for one a core.
    taxa
        NCBI taxon ids to ground to; None lets each figure's title and caption decide.
    lexicon
        In place of the packaged one and the user's species.
    screen
        Tells pathways from other figures: ``auto`` is the packaged `figpath.screen.PathwayScreen`; None reads every
        figure and gives it no score.
    least_score
        Figures that the screen scores lower before they are read are not read; 0 reads every figure.
    """

    def __init__(
        self,
        *,
        engine: EngineName = "auto",
        threads: int | None = None,
        taxa: Sequence[int] | None = None,
        lexicon: Lexicon | None = None,
        screen: Screen | Literal["auto"] | None = "auto",
        least_score: float = 0.0,
    ) -> None:
        self._engine = engine
        self._threads = threads
        self._taxa = None if taxa is None else tuple(taxa)
        self._given_lexicon = lexicon
        self._given_screen = screen
        self.least_score = least_score

    @cached_property
    def reader(self) -> Reader:
        """The text recogniser."""
        return Reader(self._engine, self._threads)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The names and what they mean; LexiconError when it lacks a species that was asked for."""
        found = self._given_lexicon or open_lexicon()
        _check_species(self._taxa or (), found.taxa)
        return found

    @cached_property
    def screen(self) -> Screen | None:
        """What tells pathways from other figures; None when nothing does."""
        return PathwayScreen(self._engine) if self._given_screen == "auto" else self._given_screen

    def read(self, source: Source) -> Record:
        """Read one figure.

        Returns
        -------
        Record
            With status ``ok``.

        Raises
        ------
        ImageError
            When the picture cannot be used.
        EngineError, LexiconError
            When the recogniser or the lexicon cannot be loaded.
        """
        data = source.picture if isinstance(source.picture, bytes) else read_picture(source.picture)
        pixels = load_pixels(data, name=source.figure.filename or source.figure.figid)
        return self.read_pixels(source.figure, pixels, sha256=image_sha256(data))

    def read_pixels(self, figure: Figure, pixels: Pixels, *, sha256: str, least_score: float | None = None) -> Record:
        """Read one figure that is decoded.

        Parameters
        ----------
        figure
            What is known about it.
        pixels
            ``(H, W, 3)`` uint8 RGB.
        sha256
            Of the picture file, in hexadecimal.
        least_score
            In place of the pipeline's own.

        Returns
        -------
        Record
            With status ``ok``; ``partial``, with the text but without names, when grounding fails on this figure.
            A figure that screening finds unlikely to be a pathway has its score and nothing else.

        Raises
        ------
        EngineError, LexiconError
            When the recogniser or the lexicon cannot be loaded.
        """
        height, width = pixels.shape[:2]
        made = Provenance(version=__version__, image_sha256=sha256)
        least = self.least_score if least_score is None else least_score
        if least > 0 and self.screen is not None:
            score = self.screen(pixels, figure, None, ())
            if score < least:
                return Record(
                    figid=figure.figid, width=width, height=height, pathway_score=score, figure=figure, provenance=made
                )
        reading = self.reader.read(pixels)
        scope, found, reason = self._grounded(reading, figure)
        return Record(
            figid=figure.figid,
            status="partial" if reason else "ok",
            reason=reason,
            width=width,
            height=height,
            pathway_score=None if self.screen is None else self.screen(pixels, figure, reading.lines, found),
            organisms=scope.taxa,
            figure=figure,
            lines=reading.lines,
            mentions=found,
            provenance=replace(made, engine=reading.engine, lexicon=self.lexicon.fingerprint),
        )

    def _grounded(self, reading: Reading, figure: Figure) -> tuple[Scope, tuple[Mention, ...], str]:
        """Return species and mentions, or neither and why."""
        lexicon = self.lexicon
        try:
            return *ground_figure(reading, figure, lexicon, taxa=self._taxa, known=lexicon.taxa), ""
        except Exception as error:  # the text is worth keeping whatever is wrong with its names
            return Scope(taxa=()), (), f"the names could not be grounded: {type(error).__name__}: {error}"

    def read_all(self, sources: Iterable[Source | Unusable]) -> Iterator[Record]:
        """Read figures one after the other; one that fails becomes a record of status ``failed`` with its reason."""
        for source in sources:
            if isinstance(source, Unusable):
                yield Record(figid=source.figure.figid, status="failed", reason=source.reason, figure=source.figure)
                continue
            try:
                yield self.read(source)
            except FigpathError as error:
                yield Record(figid=source.figure.figid, status="failed", reason=str(error), figure=source.figure)

    def ground(self, names: Iterable[str]) -> tuple[Mention, ...]:
        """Ground names that were typed, one or several a line; see `figpath.grounding.ground.ground_text`."""
        taxa = self._taxa or Scope().taxa
        return tuple(mention for name in names for mention in ground_text(name, self.lexicon, taxa=taxa))


def _check_species(wanted: Sequence[int], known: Sequence[int]) -> None:
    missing = [taxon(number) for number in wanted if number not in known]
    if missing:
        names = ", ".join(f"{one.name} ({one.id})" for one in missing)
        raise LexiconError(
            f"the lexicon has no genes of {names}: add them with 'figpath lexicon add --taxon {missing[0].id}'"
        )


def sources_of(paths: Iterable[Path], *, figure: Figure | None = None) -> tuple[Source, ...]:
    """Find the figures that paths name, all of which must be usable; `discover` gives those that are.

    Parameters
    ----------
    paths
        Pictures, papers and folders; see `figpath.source.discover.discover`.
    figure
        What is known about figures that come without a paper; each gets its own id and file name.

    Raises
    ------
    InputError
        When a path does not exist, or holds something that cannot be used.
    """
    sources = []
    for found in (found for path in paths for found in discover(path, known=figure)):
        if isinstance(found, Unusable):
            raise InputError(found.reason)
        sources.append(found)
    return tuple(sources)


def read(path: str | Path, *, species: Sequence[int] | None = None, title: str = "", caption: str = "") -> Record:
    """Read one figure: the short way for a script or a notebook.

    Parameters
    ----------
    path
        A picture file.
    species
        NCBI taxon ids to ground to; by default title and caption decide, and human where they say nothing.
    title, caption
        What the paper says about the figure.

    Returns
    -------
    Record
        Lines, mentions and provenance.

    Raises
    ------
    FigpathError
        When the picture cannot be used or something that reading needs cannot be loaded.

    Examples
    --------
    >>> record = read("figure.png")  # doctest: +SKIP
    >>> [mention.text for mention in record.taken()]  # doctest: +SKIP
    ['JAK2', 'STAT3']
    """
    (source,) = sources_of([Path(path)], figure=Figure(figid="figure", title=title, caption=caption))
    return Pipeline(taxa=species).read(source)


def ground(names: str | Iterable[str], *, species: Sequence[int] | None = None) -> tuple[Mention, ...]:
    """Ground names that were typed: the short way for a script or a notebook.

    Parameters
    ----------
    names
        One text or several; each may hold one name or a list such as ``JAK1/TYK2``.
    species
        NCBI taxon ids to ground to, the leading one first; by default human.

    Returns
    -------
    tuple of Mention
        In the order of the names, without boxes. A text that names nothing gives no mention.

    Raises
    ------
    LexiconError
        When a lexicon file is damaged or of another version.

    Examples
    --------
    >>> [mention.entities[0].symbol for mention in ground(["p-STAT3", "TLR7/8"])]
    ['STAT3', 'TLR7', 'TLR8']
    """
    return Pipeline(taxa=species).ground([names] if isinstance(names, str) else names)
