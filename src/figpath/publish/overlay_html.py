"""Overlay page: one HTML file that needs nothing else, on which each drawn name can be hovered and focused.

The page works without scripts: a name's card opens by hover or focus, its box links to its row of the table and
back. A few lines of script light the two together and let Escape close a card.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import quote

from figpath.errors import InputError
from figpath.ids import split_curie, taxon
from figpath.publish.overlay import EXPANDED, STYLES, drawn_entities
from figpath.record import MINIMUM_SCORE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from figpath.grounding.mention import Entity, Mention
    from figpath.reading.document import Box
    from figpath.record import Record

_MEDIA_TYPES = ((b"\x89PNG", "image/png"), (b"\xff\xd8", "image/jpeg"), (b"GIF8", "image/gif"))
# identifiers.org wants these prefixes as their home writes them.
_PREFIXES = {"chebi": "CHEBI", "doid": "DOID"}
_SHOWN_ALTERNATIVES = 3


def overlay_html(picture: bytes, record: Record) -> str:
    """Return a page of a figure with its mentions on it.

    Parameters
    ----------
    picture
        The file of the picture that the boxes were measured on, upright: PNG, JPEG or GIF.
    record
        The figure's record; used are its figid, figure, width, height and mentions.

    Returns
    -------
    str
        HTML with picture, style and script inside. Equal inputs give equal text.

    Raises
    ------
    InputError
        When the picture is of a format that browsers do not show, or the record has no picture's size.
    """
    if not (record.width and record.height):
        raise InputError(f"record {record.figid} has no picture size: read the figure before drawing on it")
    title = record.figure.title or record.figid
    script = _asset("overlay.js")
    marks = "".join(_mark(i, m, m.box, record) for i, m in enumerate(record.mentions) if m.box is not None)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{_policy(script)}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} - figpath</title>\n<style>\n{_colours()}{_asset('overlay.css')}</style>\n"
        f"</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n{_caption(record)}{_legend(record.mentions)}"
        f'<div class="split">\n<figure class="frame">\n<div class="picture" style="--natural: {record.width}px">'
        f'\n<img src="{_data_address(picture, record.figid)}" width="{record.width}" height="{record.height}" '
        f'alt="Figure {escape(record.figid)}; the names found on it are in the table.">\n{marks}</div>\n</figure>\n'
        f"{_table(record)}</div>\n{_foot(record)}</main>\n<script>{script}</script>\n</body>\n</html>\n"
    )


def _asset(name: str) -> str:
    return (resources.files("figpath.publish") / name).read_text(encoding="utf-8")


def _policy(script: str) -> str:
    """Forbid the page everything but its own picture, style and script, whatever a paper's text holds."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    rules = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}">\n'


def _colours() -> str:
    light = "".join(f".{k} {{ --on-white: {s.colour}; --kind: {s.colour}; }}\n" for k, s in STYLES.items())
    dark = "".join(f".{k} {{ --kind: {s.on_dark}; }}\n" for k, s in STYLES.items())
    return f"{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"


def _data_address(picture: bytes, figid: str) -> str:
    for magic, media_type in _MEDIA_TYPES:
        if picture.startswith(magic):
            return f"data:{media_type};base64,{base64.b64encode(picture).decode('ascii')}"
    raise InputError(f"the picture of figure {figid} is no PNG, JPEG or GIF file, which browsers show: give it as PNG")


def _caption(record: Record) -> str:
    text = record.figure.caption
    return f'<p class="caption">{escape(text)}</p>\n' if text else ""


def _legend(mentions: Iterable[Mention]) -> str:
    """Return the kinds that occur, with their line and count."""
    kinds = [mention.kind for mention in mentions]
    items = "".join(
        f'<li class="{kind}"><span class="{kind} swatch"></span>{_count(kinds.count(kind), style.name, style.plural)}'
        "</li>\n"
        for kind, style in STYLES.items()
        if kind in kinds
    )
    return f'<ul class="legend" aria-label="Kinds of name">\n{items}</ul>\n' if items else ""


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


# ---- on the picture


def _mark(index: int, mention: Mention, box: Box, record: Record) -> str:
    x0, y0, x1, y1 = box
    across, down = 100 / record.width, 100 / record.height
    place = (
        f"left: {x0 * across:.3f}%; top: {y0 * down:.3f}%; "
        f"width: {(x1 - x0) * across:.3f}%; height: {(y1 - y0) * down:.3f}%"
    )
    classes = ["mention", mention.kind]
    classes += ["unsure"] if mention.score < MINIMUM_SCORE else []
    classes += ["back"] if (x0 + x1) * across > 100 else []
    classes += ["up"] if (y0 + y1) * down > 110 else []
    return (
        f'<div class="{" ".join(classes)}" id="box-{index}" data-mention="{index}" style="{place}">'
        f'<a class="box" href="#row-{index}" tabindex="0" aria-label="{_spoken(mention)}"></a>'
        f'<div class="card"><p class="what">{escape(mention.text)} {_kind(mention)}</p>'
        f"{_meaning(mention, record, in_card=True)}"
        f'<p class="soft">Score {mention.score:.2f}{_doubt(mention)}</p></div></div>\n'
    )


def _spoken(mention: Mention) -> str:
    names = ", ".join(f"{entity.symbol} ({entity.id})" for entity in drawn_entities(mention))
    parts = (mention.text, STYLES[mention.kind].name, names or "no entity", f"score {mention.score:.2f}")
    return escape(", ".join(parts))


def _doubt(mention: Mention) -> str:
    return f", under {MINIMUM_SCORE:g}: uncertain" if mention.score < MINIMUM_SCORE else ""


def _kind(mention: Mention) -> str:
    return f'<span class="kind {mention.kind}">{STYLES[mention.kind].name}</span>'


# ---- what a name stands for, on the card and in the table


def _meaning(mention: Mention, record: Record, *, in_card: bool) -> str:
    species = {e.taxon for m in record.mentions for e in m.entities if e.taxon is not None}
    items = [f"<li>{_entity(e, species, in_card=in_card)}</li>" for e in drawn_entities(mention)]
    parts = [f"<ul>{''.join(items)}</ul>"] if items else []
    parts.append(_members(mention, species, in_card=in_card))
    parts.append(f'<p class="soft">{_chain(mention)}</p>')
    parts += [f'<p class="soft">{escape(mention.note)}</p>'] if mention.note else []
    parts.append(_alternatives(mention))
    return "".join(parts)


def _entity(entity: Entity, species: set[int], *, in_card: bool) -> str:
    whose = f" {taxon(entity.taxon).common}" if entity.taxon is not None and len(species) > 1 else ""
    return f"{escape(entity.symbol)}{escape(whose)} {_link(entity.id, in_card=in_card)}"


def _link(curie: str, *, in_card: bool) -> str:
    """Return an identifier as a link to its page; cards leave the keyboard's path to the table's links."""
    try:
        prefix, local = split_curie(curie)
    except InputError:
        return f'<span class="id">{escape(curie)}</span>'
    address = f"https://identifiers.org/{quote(_PREFIXES.get(prefix, prefix))}:{quote(local, safe='')}"
    path = ' tabindex="-1"' if in_card else ""
    return f'<a class="id" href="{escape(address)}" rel="noreferrer"{path}>{escape(curie)}</a>'


def _members(mention: Mention, species: set[int], *, in_card: bool) -> str:
    members = [entity for entity in mention.entities if entity.source == EXPANDED]
    if not members:
        return ""
    count = _count(len(members), "member gene", "member genes")
    if in_card:
        return f'<p class="soft">{count}</p>'
    items = "".join(f"<li>{_entity(e, species, in_card=in_card)}</li>" for e in members)
    return f"<details><summary>{count}</summary><ul>{items}</ul></details>"


def _chain(mention: Mention) -> str:
    steps = [mention.text, *(rule.replace("_", " ") for rule in mention.rewrites), mention.match]
    if not mention.match:
        return "no name of the lexicon"
    if len(steps) == 2 and steps[0] == steps[1]:
        return "found as drawn"
    return " → ".join(escape(step) for step in steps)


def _alternatives(mention: Mention) -> str:
    shown = mention.alternatives[:_SHOWN_ALTERNATIVES]
    names = ", ".join(f"{escape(a.entity.symbol)} ({a.score:.2f})" for a in shown)
    return f'<p class="soft">or {names}</p>' if names else ""


# ---- the table


def _table(record: Record) -> str:
    if not record.mentions:
        return '<p class="none">No names of genes, chemicals or diseases were found on this figure.</p>\n'
    rows = "".join(_row(i, mention, record) for i, mention in enumerate(record.mentions))
    return (
        f"<section>\n<table>\n<caption>{_count(len(record.mentions), 'name', 'names')} found</caption>\n"
        '<thead><tr><th scope="col">Drawn</th><th scope="col">Stands for</th><th scope="col">Score</th></tr></thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table>\n</section>\n"
    )


def _row(index: int, mention: Mention, record: Record) -> str:
    name = escape(mention.text)
    drawn = f'<a href="#box-{index}">{name}</a>' if mention.box is not None else name
    doubt = '<br><span class="soft">uncertain</span>' if mention.score < MINIMUM_SCORE else ""
    return (
        f'<tr id="row-{index}" data-mention="{index}"><th scope="row">{drawn}<br>{_kind(mention)}</th>'
        f"<td>{_meaning(mention, record, in_card=False)}</td><td>{mention.score:.2f}{doubt}</td></tr>\n"
    )


def _foot(record: Record) -> str:
    paper = record.figure.paper
    source = " ".join(part for part in (paper.title, paper.reference) if part)
    licence = f" Licence of the figure: {escape(paper.licence)}." if paper.licence else ""
    about = f"{escape(source)}{licence}<br>" if source or licence else ""
    return f"<footer>{about}Figure {escape(record.figid)}, read by figpath.</footer>\n"
