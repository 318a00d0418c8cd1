"""The web page and the JSON API of a corpus: everything here asks the store and hands values on."""

from figpath.serve.app import create_app
from figpath.serve.settings import Settings

__all__ = ["Settings", "create_app"]
