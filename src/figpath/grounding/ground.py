"""From a reading to its mentions: names of several words, over two lines, and several in one word."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from figpath.grounding.continuation import continued, greek_letters, nearby
from figpath.grounding.definitions import with_definitions
from figpath.grounding.lists import elements, hyphenated
from figpath.grounding.match import Match, match
from figpath.grounding.meaning import Meaning, meaning
from figpath.grounding.mention import Mention
from figpath.grounding.score import features, score
from figpath.grounding.span import Span, joined, part, spans_of, typed
from figpath.grounding.species import Scope, scope_of
from figpath.grounding.stacks import are_continuations, is_better_joined, stacked_lines
from figpath.grounding.text import fold, keys, trimmed
from figpath.grounding.viral import is_viral_name
from figpath.ids import HUMAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.figure import Figure
    from figpath.grounding.lexicon.lexicon import Names
    from figpath.reading.document import Alternative, Line, Reading

Scorer: TypeAlias = Callable[[Mapping[str, float], str], float]

_LONGEST_NAME = 6  # words
_CERTAIN = 0.15  # cost of rewrites up to which a match is taken before a name is read as a list
_SEVERAL_WORDS = 0.2  # dearer rewrites are not tried on names of several words
_TWO_SYMBOLS = 4  # capitals and digits that two symbols have at the least
_SHORTEST_MISREAD = 3  # characters; a shorter name is too easily found in other readings
_PLAIN = 0.9  # how well a name must be explained to be told from the word that it is glued to
_MISREAD, _MISREAD_SHORT = 0.3, 0.15  # what it costs to take another reading of the pixels, and more for a short name


def ground_figure(
    reading: Reading,
    figure: Figure,
    names: Names,
    *,
    taxa: Sequence[int] | None = None,
    known: Sequence[int] = (HUMAN,),
) -> tuple[Scope, tuple[Mention, ...]]:
    """Find the names on a figure and what they stand for, with title and caption as context.

    Parameters
    ----------
    reading
        What was read on its picture.
    figure
        What the paper says about it.
    names
        The lexicon.
    taxa
        NCBI taxon ids to ground to, the leading one first; None lets the figure decide.
    known
        Species whose genes the lexicon has.

    Returns
    -------
    tuple of Scope and tuple of Mention
        The species, and the mentions in the order of the lines.
    """
    drawn = [word.text for line in reading.lines for word in line.words]
    scope = scope_of(figure, drawn, known=known)
    if taxa is not None:
        scope = Scope(taxa=tuple(taxa), viral=scope.viral)
    texts = [figure.caption, *(line.text for line in reading.lines)]
    defined = with_definitions(names, texts, taxa=scope.taxa or (HUMAN,))
    context = f"{figure.title} {figure.caption} {figure.paper.title}"
    return scope, Grounder(defined, scope, caption=context).reading(reading)


def ground(reading: Reading, names: Names, *, scope: Scope | None = None) -> tuple[Mention, ...]:
    """Find the names on a picture and what they stand for.

    Parameters
    ----------
    reading
        What was read.
    names
        The lexicon.
    scope
        The species; human by default.

    Returns
    -------
    tuple of Mention
        In the order of the lines; a name drawn twice gives two mentions.
    """
    return Grounder(names, scope or Scope()).reading(reading)


def ground_text(text: str, names: Names, *, taxa: Sequence[int] = (HUMAN,)) -> tuple[Mention, ...]:
    """Find the names in one line of text that was typed rather than read; the mentions have no box."""
    return Grounder(names, Scope(taxa=tuple(taxa))).words(typed(text))


class Grounder:
    """Grounds the texts of one figure.

    Parameters
    ----------
    names
        The lexicon.
    scope
        The species.
    caption
        What the paper says about the figure: a name that it has, too, is surer.
    scorer
        From features and kind to a probability; another one serves to fit it.
    """

    def __init__(self, names: Names, scope: Scope, *, caption: str = "", scorer: Scorer = score) -> None:
        self._names = names
        self._scope = scope
        self._scorer = scorer
        self._caption = keys(caption)
        self._taxa = scope.taxa or (HUMAN,)  # out-of-scope names are recognised by the human ones they resemble

    def reading(self, reading: Reading) -> tuple[Mention, ...]:
        """Mentions of all lines, names that run over several lines joined."""
        lines = reading.lines
        found = {number: self.words(spans_of(line)) for number, line in enumerate(lines)}
        for numbers in stacked_lines(lines):
            whole = self._over_lines([lines[n] for n in numbers])
            if whole and is_better_joined([lines[n] for n in numbers], [found[n] for n in numbers], whole):
                found.update({numbers[0]: whole} | dict.fromkeys(numbers[1:], ()))
        letters = {number: line for number, line in enumerate(lines) if greek_letters(line.text)}
        named = [mention for number in found if number not in letters for mention in found[number]]
        found.update({number: self._continued(line, named) for number, line in letters.items()})
        return tuple(mention for number in sorted(found) for mention in found[number])

    def _continued(self, line: Line, named: Sequence[Mention]) -> tuple[Mention, ...]:
        """The names that lone Greek letters continue: α and β under IKKγ; by itself a letter is no name."""
        span, letters = joined(spans_of(line)), greek_letters(line.text)
        found = []
        for letter in letters:
            whole = (self._match(continued(mention.match, letter), dearest=0.0) for mention in nearby(named, line.box))
            match_of = next((one for one in whole if one and any(s.kind == "gene" for s in one.senses)), None)
            if match_of:
                found.append(self._element(span, letter, match_of))
        return tuple(found)

    def words(self, words: Sequence[Span]) -> tuple[Mention, ...]:
        """Cut a line into names, the longest that the lexicon knows first."""
        found: list[Mention] = []
        start = 0
        while start < len(words):
            for size in range(min(_LONGEST_NAME, len(words) - start), 0, -1):
                mentions = self._names_of(joined(words[start : start + size]))
                if mentions:
                    found += mentions
                    start += size
                    break
            else:
                start += 1
        return tuple(found)

    def _names_of(self, span: Span) -> tuple[Mention, ...]:
        """The names that a span is: one, the elements of a list, or none."""
        whole = self._match(span.text, dearest=_SEVERAL_WORDS if span.words > 1 else None)
        if whole and whole.cost <= _CERTAIN and (span.words == 1 or not self._is_phrase(span)):
            return (self._mention(span, self._better(span, whole) or whole),)
        listed = self._list(span)
        if listed or span.words > 1:
            return listed
        best = self._better(span, whole)
        if best is None or best.value < _PLAIN:
            glued = self._glued(span)
            if glued:
                return glued
        return (self._mention(span, best),) if best else ()

    def _glued(self, span: Span) -> tuple[Mention, ...]:
        """Two names that stand so close that they were read as one word: NAP1NAK."""
        if sum(c.isupper() or c.isdigit() for c in span.text) < _TWO_SYMBOLS:
            return ()
        halves = [(span.text[:at], span.text[at:]) for at in range(_SHORTEST_MISREAD, len(span.text) - 2)]
        found = [(pair, [self._match(half, dearest=0.0) for half in pair]) for pair in halves]
        good = [
            (min(one.value for one in ones if one), pair, ones)
            for pair, ones in found
            if all(one and one.value >= _PLAIN for one in ones)
        ]
        if not good:
            return ()
        _, pair, ones = max(good, key=lambda row: row[0])
        return tuple(self._element(span, half, one) for half, one in zip(pair, ones, strict=True) if one)

    def _match(self, text: str, *, dearest: float | None = None) -> Match | None:
        return match(text, self._names, taxa=self._taxa, dearest=dearest)

    def _is_phrase(self, span: Span) -> bool:
        """True for short ordinary words that only run together into a name: acts as."""
        words = [word.strip(".,;:()") for word in span.text.split()]
        if all(len(word) < 2 for word in words):
            return True
        return len(fold(span.text)) < 9 and all(w.islower() and self._names.frequency(w) > 0 for w in words)

    def _list(self, span: Span) -> tuple[Mention, ...]:
        """One mention for each element of a list that is a name; a list of several words must consist of names."""
        found = self._matched_elements(span.text, whole=span.words > 1)
        for other in span.alternatives:
            better = self._matched_elements(other.text, whole=True)
            if len(better) == len(found) and _worth(better) - _MISREAD - _misread(other) > _worth(found):
                span, found = replace(span, text=other.text, alternatives=()), better
        return tuple(self._element(span, text, one) for text, one in found)

    def _matched_elements(self, text: str, *, whole: bool) -> list[tuple[str, Match]]:
        """The elements of a list that are names; none when all must be names and one is not."""
        parts = elements(text)
        found = [(part_, self._match(part_)) for part_ in parts]
        if not parts:
            found = [(part_, self._match(part_, dearest=0.0)) for part_ in hyphenated(text)]
        if (whole or not parts) and not all(one for _, one in found):
            return []
        return [(part_, one) for part_, one in found if one]

    def _element(self, span: Span, text: str, found: Match) -> Mention:
        """A mention of one element: in its own words where it stands in full, else in those of the list."""
        own = part(span, text)
        rewrites = ("list_element", *found.rewrites)
        listed = Match(text=own.text, name=found.name, rewrites=rewrites, cost=found.cost, senses=found.senses)
        return self._mention(own, listed)

    def _better(self, span: Span, found: Match | None) -> Match | None:
        """The match that explains a word best, other readings of its pixels considered."""
        candidates = [found] if found else []
        for other in span.alternatives:
            match_of = self._match(other.text, dearest=_CERTAIN)
            if match_of and len(fold(match_of.name)) >= _SHORTEST_MISREAD and len(fold(span.text)) > 1:
                short = _MISREAD_SHORT if len(fold(match_of.name)) < 4 else 0.0
                cost = match_of.cost + _misread(other) + short
                rewrites = ("other_reading", *match_of.rewrites)
                candidates.append(replace(match_of, cost=cost, rewrites=rewrites))
        best = max(candidates, key=lambda one: one.value, default=None)
        if found and best and _is_plain(found) and _same_meaning(found, best):
            return found
        return best

    def _over_lines(self, lines: Sequence[Line]) -> tuple[Mention, ...]:
        """The names of lines that run into one another: one name, hyphenated or not, or a list: TRAF over 2/3/5."""
        whole = joined([joined(spans_of(line)) for line in lines])
        for glue in (" ", ""):
            text = glue.join(line.text.removesuffix("-") if glue == "" else line.text for line in lines)
            found = self._match(text, dearest=_CERTAIN)
            if found:
                return (self._mention(replace(whole, text=text), found),)
        if not are_continuations(lines[1:]):
            return ()
        bare = " ".join((lines[0].text, *(line.text.strip("()[] ") for line in lines[1:])))
        return self._list(replace(whole, text=bare))

    def _mention(self, span: Span, found: Match) -> Mention:
        what = meaning(found, taxa=self._taxa)
        mention = Mention(
            text=_as_drawn(span, found),
            kind=what.kind,
            box=span.box,
            score=self._score(span, found, what),
            entities=what.entities,
            match=found.name,
            rewrites=found.rewrites,
            alternatives=what.alternatives,
        )
        reason = self._out_of_scope(mention)
        return replace(mention, entities=(), alternatives=(), note=reason) if reason else mention

    def _score(self, span: Span, found: Match, what: Meaning) -> float:
        in_caption = fold(found.name) in self._caption
        x = features(found, what, self._names, reading=span.score, words=span.words, in_caption=in_caption)
        return self._scorer(x, what.kind)

    def _out_of_scope(self, mention: Mention) -> str:
        """Why a gene's name does not stand for the human gene that has it; empty when it does."""
        if mention.kind not in ("gene", "family"):
            return ""
        if self._scope.foreign:
            return f"the figure is about {self._scope.foreign}, whose genes the lexicon lacks"
        if self._scope.viral and (is_viral_name(mention.text) or is_viral_name(mention.match)):
            return "the name of a viral protein, in a figure about a virus"
        return ""


def _is_plain(found: Match) -> bool:
    """True when a match is cheap and takes no letter for another."""
    return found.cost <= _CERTAIN and not any(rule.startswith("lookalike") for rule in found.rewrites)


def _same_meaning(one: Match, other: Match) -> bool:
    """True when two matches share a meaning, so that nothing is gained by reading a word otherwise."""
    return not {s.entity.id for s in one.senses}.isdisjoint(s.entity.id for s in other.senses)


def _misread(other: Alternative) -> float:
    """What it costs to take another reading: more, the less likely the recogniser finds it."""
    return _MISREAD * min(1.0, 0.2 - math.log10(max(other.score, 1e-4)) / 4)


def _worth(found: Sequence[tuple[str, Match]]) -> float:
    return sum(one.value for _, one in found)


def _as_drawn(span: Span, found: Match) -> str:
    """The name as it is drawn: misread letters corrected where the match says how, marks around it dropped."""
    misread = [rule for rule in found.rewrites if rule.startswith("lookalike")]
    if misread and len(misread) == len(found.rewrites) - found.rewrites.count("trim_marks"):
        return found.name
    text = found.text if "other_reading" in found.rewrites else span.text
    return trimmed(text) or text
