"""``figpath harvest``: articles with their pictures from PMC into a folder, politely and resumably."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from figpath import __version__
from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from figpath.source.harvest import Harvested


def harvest(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="What to search PMC for, as on its site.")],
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the articles go; go on there, too.")],
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="First day of publication, 2026-01-31.")] = "",
    last: Annotated[str, typer.Option("--to-date", metavar="DAY", help="Last day of publication; else today.")] = "",
    date_type: Annotated[str, typer.Option(help="The date that counts: pdat, edat, mdat.")] = "pdat",
    everything: Annotated[
        bool, typer.Option("--all-articles", help="Also articles that are not open access; few have full text.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="NUMBER", help="At most so many articles this time.")
    ] = None,
    email: Annotated[str, typer.Option(help="How NCBI can reach you; they ask for it.")] = "",
    api_key: Annotated[str, typer.Option(envvar="NCBI_API_KEY", help="Of NCBI; allows 10 requests a second.")] = "",
    tries: Annotated[int, typer.Option(min=1, help="How often a file is asked for.")] = 5,
    eutils: Annotated[str, typer.Option(metavar="URL", help="A mirror of NCBI's E-utilities.")] = "",
    bucket: Annotated[str, typer.Option(metavar="URL", help="A mirror of NCBI's bucket of articles.")] = "",
    europe: Annotated[str, typer.Option(metavar="URL", help="A mirror of Europe PMC's articles.")] = "",
    europe_files: Annotated[str, typer.Option(metavar="URL", help="A mirror of Europe PMC's pictures.")] = "",
) -> None:
    """Fetch open articles with their figures from PMC; the folder can be read, built and harvested again.

    Exit code 0: every article is there, or no service gives it; 1: some failed, and are tried again the next time;
    2: the search failed, or the folder cannot be written.
    """
    from itertools import islice

    from figpath.source.fetch import Fetcher
    from figpath.source.harvest import harvest as fetch_all
    from figpath.source.pmc import Pmc, Query, Services

    days = _days(first, last)
    mirrors = {"eutils": eutils, "bucket": bucket, "europe": europe, "europe_files": europe_files}
    services = Services(**{name: address.rstrip("/") for name, address in mirrors.items() if address})
    pmc = Pmc(Fetcher(agent=f"figpath/{__version__}", email=email, tries=tries), services=services, key=api_key)
    text = query if everything else f'({query}) AND "open access"[filter]'
    found = pmc.search(Query(text=text, first=days[0], last=days[1], date_type=date_type))
    failed = _report(islice(fetch_all(found, pmc, to), limit), to)
    if failed:
        raise typer.Exit(1)


def _days(first: str, last: str) -> tuple[date | None, date | None]:
    if not first and not last:
        return None, None
    if not first:
        raise InputError(f"--to-date {last} needs --from: give the first day too")
    begin, end = _day("--from", first), _day("--to-date", last) if last else datetime.now().astimezone().date()
    if begin > end:
        raise InputError(f"--from {begin} is after --to-date {end}: exchange them")
    return begin, end


def _day(option: str, text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError as error:
        raise InputError(f"{option} {text}: expected a day such as 2026-01-31") from error


def _report(articles: Iterable[Harvested], folder: Path) -> int:
    """Tell of each article that failed, and at the end how many came; return how many failed."""
    counts = {"done": 0, "closed": 0, "failed": 0}
    figures = 0
    for number, article in enumerate(articles, start=1):
        counts[article.status] += 1
        figures += article.figures
        if article.status == "failed":
            typer.echo(f"figpath: {article.pmcid}: {' '.join(article.reason.split())}", err=True)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{number} articles, {figures} figures\r")
    again = " (run it again to try them again)" if counts["failed"] else ""
    typer.echo(
        f"harvested {counts['done']} articles with {figures} figures into {folder}; "
        f"{counts['closed']} without full text, {counts['failed']} failed{again}",
        err=True,
    )
    return counts["failed"]
