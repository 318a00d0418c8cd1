"""Is this figure a pathway? A score in [0, 1] from the picture, and a better one once its text is read."""

from figpath.screen.pathway import PathwayScreen

__all__ = ["PathwayScreen"]
