"""Run the command line as ``python -m figpath``."""

from figpath.cli import main

if __name__ == "__main__":
    main()
