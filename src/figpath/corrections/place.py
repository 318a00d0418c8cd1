"""Where on a figure a correction belongs: the mention that has the drawn text, or stands in the box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from figpath.corrections.correction import Anchor
from figpath.grounding.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.corrections.correction import Correction
    from figpath.grounding.mention import Mention
    from figpath.reading.document import Box

TOUCHING: Final = 0.3
"""Share of the smaller of two boxes that must lie in the other for one name to be the same in both."""

SAME_PLACE: Final = 0.5
"""Common area of two boxes, as a share of both together, from which other letters were read of the same name."""


class Places:
    """The mentions of a figure while corrections are laid over them one after the other.

    Parameters
    ----------
    mentions
        As the machine read them.
    standing
        The corrections. A mention that has the text of one of them is not given to another one.
    """

    def __init__(self, mentions: Sequence[Mention], standing: Sequence[Correction]) -> None:
        self.mentions = list(mentions)
        self._anchors = [one.anchor for one in standing if one.anchor is not None]

    def find(self, one: Correction) -> int | None:
        """Return the place of the mention that a correction is about; None when there is none."""
        anchor = one.anchor
        if anchor is None:
            return None
        by_text = [anchor] if one.after is None else [anchor, Anchor(text=one.after.text, box=anchor.box)]
        for wanted in by_text:  # the text that was corrected, then the right one, which may be read by now
            same = [(_likeness(m, wanted), -n) for n, m in enumerate(self.mentions) if is_same(m, wanted)]
            if same:
                return -max(same)[1]
        if one.action in ("reject", "add") or anchor.box is None:
            return None  # other letters are not what was rejected, and what was added stands beside them
        others = [
            (shared, -n)
            for n, m in enumerate(self.mentions)
            if (shared := _common(m.box, anchor.box)) >= SAME_PLACE and not any(is_same(m, a) for a in self._anchors)
        ]
        return -max(others)[1] if others else None


def is_same(mention: Mention, anchor: Anchor) -> bool:
    """Tell whether a mention is the name that an anchor means, give or take a little of its place."""
    if mention.text != anchor.text and (not (key := fold(anchor.text)) or fold(mention.text) != key):
        return False
    if mention.box is None or anchor.box is None:
        return mention.box is anchor.box
    return mention.box == anchor.box or _touching(mention.box, anchor.box) >= TOUCHING


def _likeness(mention: Mention, anchor: Anchor) -> tuple[float, bool]:
    return _common(mention.box, anchor.box), mention.text == anchor.text


def _touching(one: Box, other: Box) -> float:
    smaller = min(_area(one), _area(other))
    return _overlap(one, other) / smaller if smaller else 0.0


def _common(one: Box | None, other: Box | None) -> float:
    """Area that two boxes share, by the area that they cover together."""
    if one is None or other is None:
        return 0.0
    if one == other:
        return 1.0
    shared = _overlap(one, other)
    return shared / (_area(one) + _area(other) - shared) if shared else 0.0


def _overlap(one: Box, other: Box) -> int:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(0, across) * max(0, down)


def _area(box: Box) -> int:
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])
