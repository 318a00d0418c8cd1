"""Everything that can go wrong, as one tree.

FigpathError
├── InputError                a file or a value given by the user cannot be used
│   ├── ImageError            not a picture, cut short, or too large to be one
│   ├── RecordError           a record (JSON or PFOCR form) breaks its format
│   └── TableError            a names table (gene_info, ...) breaks its format
├── LexiconError              the lexicon is absent, of another version, or has no such species
├── EngineError               the text recogniser cannot be started or failed
├── StoreError                a corpus is absent, of another version, no corpus, or the disk is full
│   └── BeingWrittenError     another program writes the corpus at the moment
└── ResourceError             a file from outside is absent, changed, or cannot be downloaded

A message says what was asked, what was found, and what to do next; the command line prints it as one line.
Errors of dependencies are wrapped, never passed on.
"""

from __future__ import annotations


class FigpathError(Exception):
    """Base of every error that figpath raises on purpose."""


class InputError(FigpathError):
    """A file or a value given by the user cannot be used."""


class ImageError(InputError):
    """The file is not a picture, is cut short, or is too large to be one."""


class RecordError(InputError):
    """A record, in JSON or in PFOCR form, breaks its format."""


class TableError(InputError):
    """A table of names breaks its format."""


class LexiconError(FigpathError):
    """The lexicon is absent, of another version, or lacks what was asked."""


class EngineError(FigpathError):
    """The text recogniser cannot be started, or failed on a picture."""


class StoreError(FigpathError):
    """A corpus is absent, no corpus, of another version, being written, or cannot be written."""


class BeingWrittenError(StoreError):
    """Another program writes the corpus at the moment."""


class ResourceError(FigpathError):
    """A file from outside is absent, changed, or cannot be downloaded."""
