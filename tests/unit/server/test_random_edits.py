"""Random edits of real code: what a resident project says after them is what a scan of the same facts says."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
import pytest

import ssot_rules
from ssot_lint.scan.scan import Scan
from ssot_lint.scan.stopwatch import Stopwatch
from tests.unit.server.test_resident import resident_in

EDITS, EVERY = 60, 10
CONSTANTS = (
    "\nTIMEOUT_SECONDS = 30\n",
    "\nREGISTRY = {}\n\n\ndef register(key, value):\n    REGISTRY[key] = value\n",
    "\n_cache = None\n\n\ndef get_cache():\n    global _cache\n    _cache = _cache or dict()\n    return _cache\n",
)
TWO_ROOTS = {
    "backend/app/__init__.py": "",
    "backend/app/registry.py": "HANDLERS = {}\n",
    "backend/app/server.py": "from app.registry import HANDLERS\n",
    "jobs/all.py": "import jobs.nightly\nimport app.server\n",
    "jobs/nightly.py": "from backend.app.registry import HANDLERS\n",
}
"""One file under two names: what imports decide on source roots is shown by single edits."""
_DEFINITION = re.compile(r"^(?:@.*\n)*(?:async def|def|class) (\w+)(?:.*\n)(?:(?:[ \t)].*)?\n)+", re.MULTILINE)


class Editor:
    """Draws edits; ``definitions`` and ``imports`` are those of all files, to be copied from one to another."""

    def __init__(self, seed: int, definitions: Sequence[str], imports: Sequence[str]) -> None:
        self._rng = random.Random(seed)  # noqa: S311 - the same edits each time
        self._definitions, self._imports = definitions, imports
        self._kinds: Sequence[Callable[[str], str]] = (
            self.statement,
            self.copy,
            self.near_copy,
            self.drop,
            self.rename,
            self.comment,
            self.constant,
            self.call,
            self.fewer_imports,
            self.more_imports,
            self.broken,
        )

    def pick(self, texts: Mapping[str, str], recent: Sequence[str]) -> str:
        """The file to edit: mostly one of those that were edited last."""
        if self._rng.random() < 0.1:
            return self._rng.choice(sorted(TWO_ROOTS))
        return self._rng.choice(recent[-5:] if recent and self._rng.random() < 0.7 else sorted(texts))

    def edited(self, text: str) -> str:
        return self._rng.choice(self._kinds)(text)

    def statement(self, text: str) -> str:
        lines = text.split("\n")
        places = [place for place, line in enumerate(lines) if line.startswith("    return ")]
        for place in places[:1]:
            lines.insert(place, f"    {self._rng.choice(['added = 1', 'self.kept = {}', 'print(added)'])}")
        return "\n".join(lines)

    def copy(self, text: str) -> str:
        return f"{text}\n\n{self._rng.choice(self._definitions)}"

    def near_copy(self, text: str) -> str:
        return f"{text}\n\n{self.statement(self._rng.choice(self._definitions))}"

    def drop(self, text: str) -> str:
        found = [match[0] for match in _DEFINITION.finditer(text)]
        return text.replace(self._rng.choice(found), "", 1) if found else text

    def rename(self, text: str) -> str:
        found = [match[1] for match in _DEFINITION.finditer(text)]
        return re.sub(rf"\b{self._rng.choice(found)}\b", "renamed_thing", text) if found else text

    def comment(self, text: str) -> str:
        return f"# a comment\n{text}"

    def constant(self, text: str) -> str:
        return text + self._rng.choice(CONSTANTS)

    def call(self, text: str) -> str:
        name = _DEFINITION.search(self._rng.choice(self._definitions))
        return text if name is None else f"{text}\n\ndef added_call(value):\n    return {name[1]}(value)\n"

    def fewer_imports(self, text: str) -> str:
        lines = imports_in(text)
        return text.replace(f"{self._rng.choice(lines)}\n", "", 1) if lines else text

    def more_imports(self, text: str) -> str:
        return f"{text}\n{self._rng.choice(self._imports)}\n"

    def broken(self, text: str) -> str:
        return f"{text}\ndef broken(:\n"


def imports_in(text: str) -> list[str]:
    return [line for line in text.split("\n") if re.match(r"from \S+ import \w+$", line)]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("code") / "project"
    shutil.copytree(Path(ssot_rules.__file__).parent, folder / "ssot_rules", ignore=shutil.ignore_patterns("*.pyc"))
    (folder / "ssot-lint.toml").write_text("select = ['ALL']\n")
    for path, text in TWO_ROOTS.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_after_random_edits_of_real_code_a_scan_from_the_beginning_says_the_same(root: Path, seed: int) -> None:
    before = {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*.py")}
    definitions = [match[0] for text in before.values() for match in _DEFINITION.finditer(text)]
    imports = sorted({line for text in before.values() for line in imports_in(text)})
    editor, texts, recent = Editor(seed, sorted(definitions), imports), dict(before), list[str]()
    renewed = 0
    with resident_in(root) as resident:
        scan = resident.scan()
        for number in range(1, EDITS + 1):
            path = editor.pick(texts, recent)
            recent.append(path)
            is_broken = texts[path].endswith("(:\n")
            texts[path] = before[path] if is_broken else editor.edited(texts[path])
            resident.set_text(path, texts[path].encode())
            last, scan = scan, resident.scan(looks=False)
            report = scan.report
            assert not scan.result.crashes
            renewed += scan.project.resolver is last.project.resolver
            if number % EVERY == 0:
                anew = Scan.of_files(resident.request, scan.files, Stopwatch()).report
                assert msgspec.json.encode(report) == msgspec.json.encode(anew), (seed, number, path)
    assert renewed > EDITS / 2
