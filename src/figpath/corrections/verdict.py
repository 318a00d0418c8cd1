"""How a mention says that a person has set it: the last of its rewrites tells.

A person's word is the last step from what is drawn to what it means, and it stands where the other steps stand. So
every reader of a record, those that know nothing of corrections among them, shows it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from figpath.corrections.correction import Action
    from figpath.grounding.mention import Mention

STEPS: Final[dict[Action, str]] = {
    "accept": "accepted_by_a_person",
    "reject": "rejected_by_a_person",
    "reassign": "assigned_by_a_person",
    "add": "added_by_a_person",
}
"""What stands last among the rewrites of a mention that a person has set."""

REJECTED: Final = "rejected by a person"
"""The note of a mention that is not drawn."""

PERSON: Final = "person"
"""`Entity.source` of a meaning that no table gives to the drawn name."""

_ACTIONS: Final[dict[str, Action]] = {step: action for action, step in STEPS.items()}


def verdict(mention: Mention) -> Action | None:
    """Return what a person did with a mention; None when nobody has set it."""
    return _ACTIONS.get(mention.rewrites[-1]) if mention.rewrites else None


def marked(mention: Mention, action: Action) -> Mention:
    """Return a mention with a person's word as its last step, and no other person's before it."""
    steps = tuple(step for step in mention.rewrites if step not in _ACTIONS)
    return replace(mention, rewrites=(*steps, STEPS[action]))


def accepted(mention: Mention) -> Mention:
    """Return a mention of which a person says that it is right."""
    return marked(replace(mention, score=1.0), "accept")


def rejected(mention: Mention) -> Mention:
    """Return a mention of which a person says that it is not drawn: it keeps its place, and stands for nothing."""
    return marked(replace(mention, score=0.0, entities=(), note=REJECTED), "reject")
