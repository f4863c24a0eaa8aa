"""Imports that do not run where the module is missing: on other platforms, where a file is not there, in skipped tests,
in templates and other files that are read only."""

from __future__ import annotations

import re

from ssot_lint.model.facts import Binding, Class, Decorator, Function, Import, StringContext, StringUse
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Branch, BranchKind, Exit, Guard
from ssot_lint.model.vocabulary import CONTRIBUTED_FOLDERS
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module
from ssot_lint.text.identifiers import last_part, words
from ssot_rules.analysis.imports import is_template
from ssot_rules.analysis.layout import file_stem, is_broken_on_purpose
from ssot_rules.analysis.vocabulary import LOG_METHODS, SKIPPING_CALLS, SKIPPING_DECORATORS
from ssot_rules.imports._guarded import handler_of

_PLATFORM = re.compile(
    r"\bos\.environ\b|\bgetenv\(|\bsys\.(?:platform|version_info)\b|\bos\.name\b|\bplatform\.\w+\(|\bPY[23]\b|^(?:False|0)$"
)
_FILE_TEST = re.compile(r"\b(?:exists|isfile|is_file|isdir|is_dir)\(")
_SKIP_MARK = re.compile(r"\bmark\.skip\b")
_BROKEN = "broken"
_LEFT_OUT = ("excluded", "omitted", "excludes", "omits")
# `header` is any word, `stub_header` is that file.
_WORDS_OF_A_FILE = 2
_OPENERS = ("open", "read_text", "read_bytes", "copyfile", "copy_file")
_FINDERS = frozenset({"find_spec", "find_loader"})
_FINDER = re.compile(rf"\b(?:{'|'.join(sorted(_FINDERS))})\(")


def is_unreached(project: Project, use: ImportReference) -> bool:
    """Whether an import is not meant to run here as the files stand, or says itself that it may fail."""
    module, fact = use.importer, use.fact
    return (
        _depends_on_platform(module, fact)
        or _is_looked_for(module, fact)
        or _is_beyond_a_flag(module, fact)
        or _is_skipped(module, fact)
        or is_template(project, module)
        or _is_read_as_text(project, module)
        or is_broken_on_purpose(module.path)
        or _is_logged(module, fact)
        or _is_left_out(project, use)
        or _is_redirected(project, use)
        or _lies_among_broken(module.path)
        or _is_folder_of_data(module, fact)
    )


def _is_read_as_text(project: Project, module: Module) -> bool:
    """Whether a file that nobody imports or starts is named by code that opens files: the head of a stub to be
    generated, which is right where it is put."""
    stem = file_stem(module)
    if len(words(stem)) < _WORDS_OF_A_FILE or any(call.guard & Guard.MAIN for call in module.facts.calls):
        return False
    naming = [each for each in project.mentioning(stem) if each is not module]
    return bool(naming) and not project.importers_of_module(module) and all(_opens(each, stem) for each in naming)


def _opens(module: Module, stem: str) -> bool:
    """Whether a module opens files, and has no string by which it could load a module of that name."""
    facts = module.facts
    is_loading = any(last_part(text.value.rpartition(":")[2]) == stem for text in facts.strings)
    return not is_loading and any(map(facts.mentions_name, _OPENERS))


def tests_of_contributions(project: Project) -> frozenset[Module]:
    """The test modules below a folder of contributions (``contrib``) of which nothing is production code: what they
    test is not judged either. For :meth:`Project.derived`."""
    held = {module: _contributions(module.path) for module in project.modules}
    judged = {held[module] for module in project.modules if module.zone is Zone.PRODUCTION}
    return frozenset(
        module for module, folder in held.items() if folder and folder not in judged and module.zone is Zone.TEST
    )


def _contributions(path: str) -> str:
    """The outermost folder of contributions around a file, empty for none."""
    *folders, _ = path.split("/")
    place = next((place for place, name in enumerate(folders) if name in CONTRIBUTED_FOLDERS), None)
    return "" if place is None else "/".join(folders[: place + 1])


def _depends_on_platform(module: Module, fact: Import) -> bool:
    return _PLATFORM.search(_condition(module, fact)) is not None


def _is_looked_for(module: Module, fact: Import) -> bool:
    """Whether the condition around an import asks if a file is there, or the very module:
    ``if os.path.exists("shop/local.py"): from shop.local import Order``."""
    test = _condition(module, fact)
    if _FINDER.search(test):
        return any(
            string.taker.rpartition(".")[2] in _FINDERS and string.value.startswith(fact.module.partition(".")[0])
            for string in module.facts.strings
        )
    return _FILE_TEST.search(test) is not None


def _is_beyond_a_flag(module: Module, fact: Import) -> bool:
    """Whether the file stops above an import where a flag of the package it imports from is not set:
    ``if not shop.__with_speedups__: raise ImportError``."""
    asked = re.compile(rf"\b{re.escape(fact.module.partition('.')[0])}\.\w")
    return not fact.level and any(
        branch.exit is Exit.RAISE
        and branch.kind is BranchKind.IF
        and (branch.scope, branch.parent) == (fact.scope, -1)
        and branch.line < fact.line
        and asked.search(branch.test)
        for branch in module.facts.branches
    )


def _condition(module: Module, fact: Import) -> str:
    """The text of the innermost condition around an import, empty without one."""
    if not fact.guard & (Guard.CONDITION | Guard.ELSE):
        return ""
    around = [branch for branch in module.facts.branches if branch.scope == fact.scope and branch.line <= fact.line]
    conditions = [branch for branch in around if branch.kind in (BranchKind.IF, BranchKind.ELSE)]
    return max(conditions, key=_line).test if conditions else ""


def _line(branch: Branch) -> int:
    return branch.line


def _is_skipped(module: Module, fact: Import) -> bool:
    """Whether a decorator of a function or class around skips the test, or the module stops before it gets there."""
    if any(_skips_without(string, fact) for string in module.facts.strings):
        return True
    if fact.scope != MODULE_SCOPE and any(map(_skips_all, module.facts.bindings)):
        return True
    scope = fact.scope
    while scope != MODULE_SCOPE:
        symbol = module.scope_symbol(scope)
        if symbol is not None and any(map(_skips, _decorators(symbol.fact))):
            return True
        scope = module.facts.scopes[scope].parent
    return any(
        call.scope == MODULE_SCOPE and call.guard is Guard.NONE and call.line < fact.line
        for call in module.facts.calls
        if call.callee in SKIPPING_CALLS
    )


def _skips_without(string: StringUse, fact: Import) -> bool:
    """``pytest.importorskip("shop.extra")``, above an import from there."""
    is_asked = string.taker.rpartition(".")[2] == "importorskip" and string.line < fact.line
    return is_asked and f"{fact.module}.{fact.name}.".startswith(f"{string.value}.")


def _skips_all(binding: Binding) -> bool:
    """``pytestmark = pytest.mark.skip(...)``, or a list with it: no test of the module runs."""
    if binding.name != "pytestmark" or binding.scope != MODULE_SCOPE or binding.value is None:
        return False
    return _SKIP_MARK.search(f"{binding.value.text} {binding.value.arguments_text}") is not None


def _decorators(fact: Class | Function) -> tuple[Decorator, ...]:
    return fact.decorators


def _skips(decorator: Decorator) -> bool:
    return decorator.name in SKIPPING_DECORATORS


def _is_logged(module: Module, fact: Import) -> bool:
    """Whether the handler of a failing import tells the log of it: a part that may be left out."""
    handler = handler_of(module, fact)
    if handler is None:
        return False
    place = module.facts.branches.index(handler)
    return any(
        call.branch == place and call.callee.rpartition(".")[2] in LOG_METHODS - {"exception", "error"}
        for call in module.facts.calls
    )


def _is_redirected(project: Project, use: ImportReference) -> bool:
    """Whether the front of a package around what is asked hands that name to a function, which may well make it:
    ``redirect("shop.old", "shop.new")``."""
    asked = project.resolver.index.absolute_name(use.importer, use.fact) or ""
    parts = asked.split(".")
    fronts = (
        project.resolver.index.find_module(use.importer, ".".join(parts[:place])) for place in range(1, len(parts))
    )
    return any(
        text.value == asked and text.context is StringContext.ARGUMENT
        for front in fronts
        if front is not None and front.source.is_package
        for text in front.facts.strings
    )


def _lies_among_broken(path: str) -> bool:
    """Whether a folder says of what is in it that it is broken: ``broken_models/vertex.py``."""
    return any(_BROKEN in words(folder) for folder in path.split("/")[:-1])


def _is_left_out(project: Project, use: ImportReference) -> bool:
    """Whether a package around the file says that the part was left out, and the import waits for who asks for it:
    ``# Copied without tokenizers/, which is excluded.``"""
    waits = use.fact.scope != MODULE_SCOPE or use.fact.guard & (Guard.CONDITION | Guard.ELSE)
    asked = project.resolver.index.absolute_name(use.importer, use.fact) or ""
    part = next((part for part in reversed(asked.split(".")) if part), "")
    packages = use.importer.source.package.split(".")
    around = (
        project.resolver.index.find_module(use.importer, ".".join(packages[:length]))
        for length in range(1, len(packages) + 1)
    )
    return bool(waits) and any(
        module is not None and module.facts.mentions_name(part) and any(map(module.facts.mentions_name, _LEFT_OUT))
        for module in around
    )


def _is_folder_of_data(module: Module, fact: Import) -> bool:
    """Whether a file asks what it imports only where that lies: ``open(images.__path__[0] + "/logo.png")``."""
    asked = re.compile(rf"\b{re.escape(fact.bound_name)}\.__path__\b")
    texts = (
        *(call.arguments_text for call in module.facts.calls),
        *(f"{each.value.text} {each.value.arguments_text}" for each in module.facts.bindings if each.value is not None),
    )
    return fact.scope == MODULE_SCOPE and any(map(asked.search, texts))
