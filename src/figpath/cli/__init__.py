"""The command line: arguments, progress, exit codes; what a command does is imported when it runs."""

from figpath.cli.main import main

__all__ = ["main"]
