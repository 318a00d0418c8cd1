"""The fingerprint changes with everything that a record depends on, and with nothing else."""

from __future__ import annotations

from figpath.corpus.fingerprint import digest_of, importing_fingerprint, reading_fingerprint
from figpath.corpus.read import ReadFigures
from figpath.figure import Figure


def test_engine_lexicon_and_options_count() -> None:
    made = [
        reading_fingerprint(engine=engine, lexicon=lexicon, options=options)
        for engine, lexicon, options in (
            ("a", "b", {}),
            ("c", "b", {}),
            ("a", "c", {}),
            ("a", "b", {"taxa": (9606,)}),
        )
    ]
    assert len(set(made)) == 4
    assert all(len(one) == 16 for one in made)
    assert importing_fingerprint() not in made


def test_what_changes_no_record_does_not_count() -> None:
    """Threads and what is kept of pictures; species do."""
    plain = ReadFigures().fingerprint()
    assert ReadFigures(threads=2, images="paths").fingerprint() == plain
    assert ReadFigures(taxa=(10090,)).fingerprint() != plain


def test_what_is_known_about_a_figure_counts() -> None:
    assert digest_of(Figure(figid="a")) == digest_of(Figure(figid="a"))
    assert digest_of(Figure(figid="a")) != digest_of(Figure(figid="a", caption="b"))
