"""A corpus as files that any web server hands out."""

from figpath.serve.static_site.publishing import Published, publish

__all__ = ["Published", "publish"]
