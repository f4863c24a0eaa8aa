"""Environments: one for each tool, so that none sees the packages of another."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.wheels import cache_folder

CHECKOUT = Path(__file__).parents[1]


def install_checkout() -> Path:
    """Install this checkout, as users do and not editable, and return the folder of its commands, which start."""
    commands = _install("ssot-lint", str(CHECKOUT))
    subprocess.run([str(commands / "ssot-lint"), "--version"], stdout=subprocess.DEVNULL, check=True)
    return commands


def install_pinned(requirement: str) -> Path:
    """Install a pinned requirement from PyPI, once per machine, and return the folder of its commands."""
    done = cache_folder() / "venvs" / requirement / "installed"
    if done.exists():
        return done.parent / "bin"
    commands = _install(requirement, requirement)
    done.touch()
    return commands


def install_from_npm(requirement: str) -> Path:
    """Install a pinned package of Node (``name@version``), once per machine, and return the folder of its commands."""
    folder = cache_folder() / "npm" / requirement
    commands = folder / "node_modules" / ".bin"
    if not commands.exists():
        folder.mkdir(parents=True, exist_ok=True)
        sys.stderr.write(f"installing {requirement}\n")
        npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), requirement]
        subprocess.run(npm, check=True)
    return commands


def version_of(commands: Path, package: str) -> str:
    """The version of an installed package."""
    code = f"from importlib.metadata import version; print(version({package!r}))"
    command = [str(commands / "python"), "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _install(name: str, requirement: str) -> Path:
    folder = cache_folder() / "venvs" / name
    if not (folder / "bin" / "pip").exists():
        venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    sys.stderr.write(f"installing {name}\n")
    subprocess.run([*pip, requirement], check=True)
    return folder / "bin"
