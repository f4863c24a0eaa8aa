"""Writes what is generated from the code: the pages of the built-in rules, the table of the questions they ask in
docs/analysis.md, that of the rooms in docs/architecture.md, the keys in docs/configuration.md and those among the
settings of the extension for VS Code, the JSON Schemas of the configuration and of the report, and the sentence of the
README on how long a scan takes.

    python scripts/gen_docs.py            write them
    python scripts/gen_docs.py --check    say which are not up to date, and fail if any is
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from ssot_lint.config.layers import parse_toml
from ssot_lint.reporters import report_schema
from ssot_lint.rules import config_reference, config_schema
from ssot_lint.rules.docs import document, render_page, render_table
from ssot_lint.rules.registry import installed_packs, load_rules
from ssot_lint.rules.rule import Rule
from ssot_rules import analysis

ROOT = Path(__file__).parents[1]
RULES_FOLDER = Path("docs", "rules")
CONFIGURATION = Path("docs", "configuration.md")
ARCHITECTURE = Path("docs", "architecture.md")
ANALYSIS = Path("docs", "analysis.md")
BENCHMARKS, README = Path("docs", "benchmarks.md"), Path("README.md")
EXTENSION = Path("editors", "vscode", "package.json")
PYPROJECT = Path("pyproject.toml")
PROJECT_ONLY = {"components", "plugins", "rules"}
"""Keys that an editor has no setting for: they say what the project is, or run code."""
REFERENCE_BLOCK, ROOMS, QUESTIONS, SPEED = "reference", "rooms", "analysis", "speed"
REFERENCE = re.compile(r":[a-z]+:`~?([^`]+)`")
PARAGRAPH = "\n\n"
INDEX_TITLE = "# Rules\n\nGenerated from the code of the rules by `scripts/gen_docs.py`.\n\n"
ROOMS_HEAD = "| floor | room | what it is | open to packs | libraries |\n| --: | --- | --- | --- | --- |\n"


class Contract(msgspec.Struct, frozen=True):
    """What the table of rooms takes from a contract of import-linter."""

    id: str
    layers: list[str] = []
    ignore_imports: list[str] = []


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Write the generated documentation.")
    parser.add_argument("--check", action="store_true", help="write nothing, fail if something is stale")
    is_check = parser.parse_args(arguments).check
    stale = find_stale(ROOT, generated(ROOT, builtin_rules()))
    for path, text in stale.items():
        if not is_check:
            write(ROOT / path, text)
        sys.stdout.write(f"{'stale' if is_check else 'written' if text is not None else 'removed'}: {path}\n")
    return 1 if is_check and stale else 0


def builtin_rules() -> list[type[Rule]]:
    packs = [pack for pack in installed_packs() if pack.name == "builtin"]
    return [each.rule for each in load_rules(packs).rules]


def generated(root: Path, rules: Iterable[type[Rule]]) -> dict[Path, str]:
    """All generated files, by their path in the repository."""
    rules = list(rules)
    docs = [document(rule) for rule in rules]
    files = {RULES_FOLDER / doc.file_name: render_page(doc) for doc in docs}
    files[RULES_FOLDER / "index.md"] = INDEX_TITLE + render_table(docs, folder="")
    files[Path("ssot_lint", config_schema.FILE_NAME)] = config_schema.render_schema(rules)
    files[Path("ssot_lint", "reporters", report_schema.FILE_NAME)] = report_schema.render_report_schema()
    files[Path("ssot_lint", "reporters", report_schema.FILES_FILE_NAME)] = report_schema.render_files_schema()
    files[Path("ssot_lint", "reporters", report_schema.ANSWER_FILE_NAME)] = report_schema.render_answer_schema()
    files[Path("ssot_lint", "reporters", report_schema.PROBE_FILE_NAME)] = report_schema.render_probe_schema()
    files[ANALYSIS] = with_block(read(root / ANALYSIS), QUESTIONS, render_analysis_table())
    architecture = read(root / ARCHITECTURE)
    _, rooms, _ = cut(architecture, ROOMS)
    files[ARCHITECTURE] = with_block(architecture, ROOMS, rooms_table(contracts(root / PYPROJECT), rooms))
    reference = config_reference.render_reference(rules)
    files[CONFIGURATION] = with_block(read(root / CONFIGURATION), REFERENCE_BLOCK, reference)
    _, speed, _ = cut(read(root / BENCHMARKS), SPEED)
    files[README] = with_block(read(root / README), SPEED, f"{speed.partition(PARAGRAPH)[0]}\n")
    files[EXTENSION] = with_settings(read(root / EXTENSION), json.loads(config_schema.render_schema(rules)))
    return files


def with_settings(manifest: str, schema: Mapping[str, Any]) -> str:
    """The manifest of the extension with a setting for each key of the configuration, in its last section."""
    package = json.loads(manifest)
    package["contributes"]["configuration"][-1]["properties"] = {
        f"ssot-lint.{key}": {**inlined(of_key, schema["$defs"]), "scope": "resource"}
        for key, of_key in schema["properties"].items()
        if key not in PROJECT_ONLY
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def inlined(schema: Any, definitions: Mapping[str, Any]) -> Any:
    """A schema without references: an editor follows none."""
    if isinstance(schema, list):
        return [inlined(each, definitions) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" not in schema:
        return {key: inlined(each, definitions) for key, each in schema.items()}
    named = {key: each for key, each in definitions[schema["$ref"].rpartition("/")[2]].items() if key != "title"}
    own = {key: each for key, each in schema.items() if key != "$ref"}
    return inlined({**named, **own}, definitions)


def contracts(pyproject: Path) -> dict[str, Contract]:
    """The contracts of import-linter, by id."""
    linter = parse_toml(pyproject.read_bytes(), pyproject.name)["tool"]["importlinter"]
    return {each.id: each for each in msgspec.convert(linter["contracts"], list[Contract])}


def rooms_table(contracts: Mapping[str, Contract], old: str) -> str:
    """The rooms of the engine, from the top. The contracts know all but what a room is: that sentence is kept from the
    ``old`` table. Raises ValueError for a room without one."""
    rows = [[cell.strip() for cell in line.split("|")] for line in old.splitlines()]
    sentences = {row[2].strip("`"): row[3] for row in rows}
    floors = contracts["stages"].layers
    table = ROOMS_HEAD
    for floor, layer in zip(range(len(floors), 0, -1), floors, strict=True):
        for room in layer.split(" | "):
            if not sentences.get(room):
                raise ValueError(f"{ARCHITECTURE}: say what `{room}` is, in a row of the table of rooms")
            opened = ", ".join(sorted(open_modules(contracts["public"], room)))
            libraries = ", ".join(sorted(libraries_of(contracts.values(), room)))
            table += f"| {floor} | `{room}` | {sentences[room]} | {opened} | {libraries} |\n"
    return table


def open_modules(public: Contract, room: str) -> set[str]:
    """What rule packs may import of a room: all of it, or some modules."""
    imported = {each.partition(" -> ")[2].removeprefix("ssot_lint.") for each in public.ignore_imports}
    of_room = {name for name in imported if name.split(".")[0] == room}
    return {"yes" if name == f"{room}.**" else f"`{name}`" for name in of_room}


def libraries_of(contracts: Iterable[Contract], room: str) -> set[str]:
    """The libraries that a room is let import, where a contract forbids it to others."""
    links = [link.split(" -> ") for contract in contracts for link in contract.ignore_imports]
    return {
        f"`{imported}`"
        for importer, imported in links
        if importer.split(".")[:2] == ["ssot_lint", room] and not imported.startswith("ssot_lint")
    }


def render_analysis_table() -> str:
    """One row for each public function and class, by module and in the order in which they stand there."""
    rows = [
        f"| `{module.__name__.rpartition('.')[2]}` | `{name}` | {first_paragraph(inspect.getdoc(thing) or '')} |"
        for module in analysis_modules()
        for name, thing in public_names(module)
    ]
    return "\n".join(["| module | question | answer |", "| --- | --- | --- |", *rows]) + "\n"


def analysis_modules() -> Iterator[ModuleType]:
    """The modules of ``ssot_rules.analysis``, by name."""
    for info in sorted(pkgutil.iter_modules(analysis.__path__), key=lambda info: info.name):
        yield importlib.import_module(f"{analysis.__name__}.{info.name}")


def public_names(module: ModuleType) -> Iterator[tuple[str, object]]:
    """The functions and classes that a module defines for others."""
    for name, thing in vars(module).items():
        is_own = getattr(thing, "__module__", "") == module.__name__
        if is_own and not name.startswith("_") and (inspect.isfunction(thing) or inspect.isclass(thing)):
            yield name, thing


def first_paragraph(docstring: str) -> str:
    """The first paragraph of a docstring as a cell of a Markdown table."""
    text = " ".join(docstring.partition("\n\n")[0].split())
    return REFERENCE.sub(r"`\1`", text).replace("``", "`").replace("|", "\\|")


def with_block(text: str, name: str, block: str) -> str:
    """``text`` with ``block`` between the two markers called ``name``. Raises ValueError if they are not there."""
    before, _, after = cut(text, name)
    return f"{before}{block}{after}"


def cut(text: str, name: str) -> tuple[str, str, str]:
    """``text`` up to the end of the first marker called ``name``, between both, and from the second one on.

    Raises ValueError if they are not there.
    """
    begin, end = f"<!-- {name}:begin -->\n", f"<!-- {name}:end -->"
    before, opened, rest = text.partition(begin)
    between, closed, after = rest.partition(end)
    if not (opened and closed):
        raise ValueError(f"the lines {begin.strip()} and {end} are missing")
    return before + begin, between, end + after


def find_stale(root: Path, files: Mapping[Path, str]) -> dict[Path, str | None]:
    """What has to change: the new text of a file, or None for a page of a rule that is gone."""
    stale: dict[Path, str | None] = {
        path: text for path, text in files.items() if not (root / path).is_file() or read(root / path) != text
    }
    pages = sorted((root / RULES_FOLDER).glob("*.md"))
    gone = [page.relative_to(root) for page in pages if page.relative_to(root) not in files]
    return {**stale, **dict.fromkeys(gone)}


def read(path: Path) -> str:
    return path.read_bytes().decode()


def write(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
