"""For authors of rules: projects made of a few lines of source, and rules run over them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path, PurePosixPath

from ssot_lint.config.load import load_settings
from ssot_lint.config.settings import Config
from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding
from ssot_lint.model.report import JudgedFinding
from ssot_lint.project.project import Project
from ssot_lint.rules.registry import Registered, RuleSet
from ssot_lint.rules.rule import Rule
from ssot_lint.rules.selection import ALL, activate
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Scan
from ssot_lint.scan.stopwatch import Stopwatch
from ssot_lint.scan.unused_settings import config_file
from ssot_lint.workers.extract_files import WorkerPool
from ssot_lint.workers.inline import open_inline


def project_at(root: Path, components: tuple[Component, ...] = (), plugin_root: str = "") -> Project:
    """The project in a folder, read in this process: for trusted sources only. As in an editor, it could be renewed."""
    with _opened(Request(root, [root], Config(components=components, plugin_root=plugin_root), (), "", {})) as scan:
        return Scan.of_files(scan.request, scan.files, Stopwatch(), stays=True).project


def project_from(sources: Mapping[str, str], components: tuple[Component, ...] = (), plugin_root: str = "") -> Project:
    """The project made of these files: POSIX path to source text.

    Folders are not packages by themselves: add ``pkg/__init__.py`` where one is meant.
    """
    with _written(sources) as root:
        return project_at(root, components, plugin_root)


def findings(
    rule: Rule, sources: Mapping[str, str], components: tuple[Component, ...] = (), plugin_root: str = ""
) -> list[Finding]:
    """What one rule finds in :func:`project_from`, ordered by subject. A ScanRule finds nothing there: see
    :func:`scan_of`."""
    return sorted(rule.check(project_from(sources, components, plugin_root)), key=lambda finding: finding.subject)


def scan_at(root: Path, rules: Iterable[type[Rule]]) -> list[JudgedFinding]:
    """What a scan of a folder reports if these are all rules there are and all of them are selected, read in this
    process: with the configuration file in the folder and the suppressions in its code. A rule that raises, raises.
    """
    settings = load_settings(root, options={"select": [ALL]}, environment={})
    known = RuleSet(tuple(Registered(rule, "tests") for rule in rules))
    request = Request(
        root=root,
        paths=[root],
        config=settings.config,
        rules=activate(known, settings),
        command="",
        codes=known.codes(),
        file=config_file(root, known, settings),
    )
    with _opened(request) as scan:
        if scan.checked.crashes:
            raise RuntimeError(scan.checked.crashes[0].traceback)
        return list(scan.findings)


def scan_of(sources: Mapping[str, str], rules: Iterable[type[Rule]]) -> list[JudgedFinding]:
    """What :func:`scan_at` reports for a folder with these files; one of them may be ``ssot-lint.toml``."""
    with _written(sources) as root:
        return scan_at(root, rules)


def example_files(text: str) -> dict[str, str]:
    """The files of an example in a rule's docstring: each begins with a line ``# path/to/file.py``, or ``.toml``.

    Every folder gets an ``__init__.py``, so that examples stay short.
    """
    files: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        path = line.removeprefix("# ")
        if line.startswith("# ") and path.endswith((".py", ".toml")) and " " not in path:
            current = files.setdefault(path, [])
        else:
            current.append(line)
    folders = {folder.as_posix() for path in files for folder in PurePosixPath(path).parents} - {"."}
    packages = {f"{folder}/__init__.py": "" for folder in folders}
    return packages | {path: "\n".join(lines) + "\n" for path, lines in files.items()}


def _opened(request: Request) -> AbstractContextManager[Scan]:
    return Scan.open(request, pool=WorkerPool(open_inline, 1))


@contextmanager
def _written(sources: Mapping[str, str]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ssot-lint-") as folder:
        root = Path(folder)
        for path, text in sources.items():
            file = root / PurePosixPath(path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        yield root
