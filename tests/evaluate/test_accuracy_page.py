"""docs/accuracy.md shows the numbers of the newest result files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_agrees_with_the_newest_result_files() -> None:
    """``python benchmarks/report.py`` writes the tables; here nothing is written."""
    command = [sys.executable, str(ROOT / "benchmarks" / "report.py"), "--check"]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
