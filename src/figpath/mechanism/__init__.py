"""From a drawn mechanism to an answer: the signed graph, what follows from it, and how sure that is.

``load`` gives a graph, ``ask`` says what follows from its arrows when something in it is blocked, ``ensemble`` in how
many models of these arrows it does.
"""

from __future__ import annotations

from figpath.mechanism.answer import ByEvidence, Hinge, SignAnswer, Verdict
from figpath.mechanism.ask import ask
from figpath.mechanism.card import CARD, CONSEQUENCE
from figpath.mechanism.ensemble import ensemble
from figpath.mechanism.ensemble_answer import Contrast, EnsembleAnswer
from figpath.mechanism.graph import LEVELS, Edge, Graph, Intervention, Node, Sign
from figpath.mechanism.load import load, load_with_losses, save
from figpath.mechanism.names import Block
from figpath.mechanism.paths import Path
from figpath.mechanism.sign import Side

__all__ = [
    "CARD",
    "CONSEQUENCE",
    "LEVELS",
    "Block",
    "ByEvidence",
    "Contrast",
    "Edge",
    "EnsembleAnswer",
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
    "ensemble",
    "load",
    "load_with_losses",
    "save",
]
