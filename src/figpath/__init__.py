"""Reads published pathway figures back into data that biologists can search, test and question."""

from __future__ import annotations

__version__ = "0.1.0"
