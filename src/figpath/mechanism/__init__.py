"""From a drawn mechanism to an answer: the signed graph, what follows from it, and how sure that is.

``load`` gives a graph, ``ask`` says what follows when something in it is blocked.
"""

from __future__ import annotations

from figpath.mechanism.answer import ByEvidence, Hinge, SignAnswer, Verdict
from figpath.mechanism.ask import ask
from figpath.mechanism.card import CARD, CONSEQUENCE
from figpath.mechanism.graph import LEVELS, Edge, Graph, Intervention, Node, Sign
from figpath.mechanism.load import load, save
from figpath.mechanism.names import Block
from figpath.mechanism.paths import Path
from figpath.mechanism.sign import Side

__all__ = [
    "CARD",
    "CONSEQUENCE",
    "LEVELS",
    "Block",
    "ByEvidence",
    "Edge",
    "Graph",
    "Hinge",
    "Intervention",
    "Node",
    "Path",
    "Side",
    "Sign",
    "SignAnswer",
    "Verdict",
    "ask",
    "load",
    "save",
]
