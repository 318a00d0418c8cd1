"""The search index of a static site, made by Pagefind out of the pages of the figures."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from figpath.errors import ResourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDS: Final = "no search on the site: pip install 'figpath[site]' brings Pagefind, then publish again"
_WANTED: Final = (".js", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter", ".pagefind", ".json")
_UNUSED: Final = ("pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight.")


def pagefind_version() -> str:
    """Return the version of Pagefind; empty when it is not installed."""
    try:
        return version("pagefind") if find_spec("pagefind") and find_spec("pagefind_bin") else ""
    except PackageNotFoundError:
        return ""


def index_files(site: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and contents of each file of the index of the figures' pages.

    Raises
    ------
    ResourceError
        When Pagefind fails.
    """
    with tempfile.TemporaryDirectory(prefix="figpath-") as folder:
        command = (
            sys.executable, "-m", "pagefind", "--site", str(site), "--glob", "figures/*.html",
            "--output-path", folder, "--force-language", "en", "--silent",
        )  # fmt: skip
        try:
            ran = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - the package of the same name
        except OSError as error:
            raise ResourceError(f"Pagefind cannot be started: {error}; install figpath[site] again") from error
        if ran.returncode:
            said = (ran.stderr or ran.stdout).decode("utf-8", "replace").strip()[-300:]
            raise ResourceError(f"Pagefind could not make the search index (it ended with {ran.returncode}): {said}")
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file() and path.suffix in _WANTED and not path.name.startswith(_UNUSED):
                yield path.relative_to(folder).as_posix(), path.read_bytes()
