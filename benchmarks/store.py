"""Measurements are kept between runs, so that a part can be measured again without the others."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable
from pathlib import Path

import msgspec

from benchmarks.records import Result, Surroundings
from benchmarks.venvs import CHECKOUT, version_of
from benchmarks.wheels import cache_folder


def look_around(commands: Path, load_before: float) -> Surroundings:
    """What there is to say about this machine and the installed checkout."""
    git = ["git", "-C", str(CHECKOUT), "describe", "--always", "--dirty", "--exclude=*"]
    return Surroundings(
        revision=subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip(),
        python=platform.python_version(),
        libcst=version_of(commands, "libcst"),
        processor=_processor(),
        cpus=len(os.sched_getaffinity(0)),
        load=(load_before, load_now()),
    )


def load_now() -> float:
    """The load average of the last minute."""
    return round(os.getloadavg()[0], 2)


def store(part: str, result: Result) -> None:
    """Keep ``result`` for later documents."""
    _file(part).parent.mkdir(parents=True, exist_ok=True)
    _file(part).write_bytes(msgspec.json.encode(result))


def stored(parts: Iterable[str]) -> dict[str, Result]:
    """The results that are kept for ``parts``, in their order."""
    decoder: msgspec.json.Decoder[Result] = msgspec.json.Decoder(Result)
    return {part: decoder.decode(_file(part).read_bytes()) for part in parts if _file(part).exists()}


def _file(part: str) -> Path:
    return cache_folder() / "results" / f"{part}.json"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
