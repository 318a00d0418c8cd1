"""How a drawn name came to what it stands for, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figpath.corrections.verdict import verdict

if TYPE_CHECKING:
    from figpath.grounding.mention import Mention


def chain(mention: Mention) -> str:
    """Return the string rules from what is drawn to the name that hit, and what a person said of it."""
    said = person(mention)
    if said and verdict(mention) != "accept":
        return said
    if not mention.match:
        return "no name of the lexicon"
    rules = mention.rewrites[: -1 if said else None]
    steps = [mention.text, *(rule.replace("_", " ") for rule in rules), mention.match]
    if steps[1:] == steps[:1]:
        return said or "found as drawn"
    found = " → ".join(steps)
    return f"{found}; {said}" if said else found


def person(mention: Mention) -> str:
    """Return what a person did with a mention; empty when nobody has set it."""
    return mention.rewrites[-1].replace("_", " ") if verdict(mention) else ""
