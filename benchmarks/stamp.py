"""What a measurement was made with: when, which commit, versions, and what kind of machine (never its name)."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from figpath.evaluate.bootstrap import Measure
from figpath.evaluate.results import Result

ROOT = Path(__file__).resolve().parents[1]

_PACKAGES = ("figpath", "openvino", "onnxruntime", "rapidocr", "numpy", "opencv-python-headless")


def stamped(measures: list[Measure], *, versions: dict[str, str]) -> Result:
    """Return measures as a result of this moment, this commit and this machine; `versions` are further ones."""
    installed = {name: found for name in _PACKAGES if (found := _version(name))}
    return Result(
        made=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        commit=_git("rev-parse", "HEAD"),
        changed=bool(_git("status", "--porcelain", "--untracked-files=no", "--", "src", "benchmarks")),
        versions={"python": platform.python_version(), **installed, **versions},
        machine={
            "processor": _processor(),
            "cores": str(os.cpu_count()),
            "system": f"{platform.system()} {platform.machine()}",
        },
        measures=tuple(measures),
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else "unknown"


def _processor() -> str:
    """Model of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or "unknown"
