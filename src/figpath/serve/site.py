"""Site: what all pages of a server share, the templates among it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from figpath import __version__, ids
from figpath.publish.overlay import STYLES
from figpath.serve.addresses import Addresses, entity_address
from figpath.serve.topic_lists import LISTS

if TYPE_CHECKING:
    from fastapi import Request

    from figpath.serve.correcting import CorrectingDesk
    from figpath.serve.desk import Desks
    from figpath.serve.front import Reads
    from figpath.serve.settings import Settings


class Site:
    """A corpus that is served.

    Parameters
    ----------
    desks
        Where questions about it are answered.
    room
        Where figures that are sent are read.
    name
        What pages call the corpus.
    settings
        How it is served.
    correcting
        Where figures are corrected, whether or not it is open.
    """

    def __init__(self, desks: Desks, room: Reads, *, name: str, settings: Settings, correcting: CorrectingDesk) -> None:
        self.desks, self.room, self.name, self.settings = desks, room, name, settings
        self.correcting = correcting
        self._templates = environment(self)

    def page(self, request: Request, template: str, /, **values: Any) -> bytes:
        """Return a page as UTF-8; every value is escaped."""
        at = addresses_of(request)
        here = str(request.url.replace(fragment=""))
        return self._templates.get_template(template).render(at=at, here=here, **values).encode()


def addresses_of(request: Request) -> Addresses:
    """Return the addresses of this server, under the path at which it is mounted."""
    return Addresses(str(request.scope.get("root_path", "")).rstrip("/"))


def environment(site: object, *, live: bool = True, policy: str = "") -> Environment:
    """Return the templates of pages.

    Parameters
    ----------
    site
        What pages call ``site``: its `name` and `settings`.
    live
        Whether a server answers; a static site has no forms that need one.
    policy
        The content policy, where it has to stand in the page.
    """
    made = Environment(
        loader=PackageLoader("figpath.serve"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # it would look at the files of each page again
    )
    made.globals.update(
        site=site, live=live, policy=policy, version=__version__, styles=STYLES, entity_address=entity_address,
        species=_species, lists=LISTS,
    )  # fmt: skip
    made.filters["count"] = _count
    return made


def _species(number: int) -> str:
    return ids.taxon(number).name


def _count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 figure, 2,000 figures."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def site_of(request: Request) -> Site:
    """Return the site that a request came to."""
    site: Site = request.app.state.site
    return site
