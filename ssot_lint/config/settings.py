"""The configuration: its keys, their types, their defaults and what they mean.

The descriptions are the only place where a key is explained: the JSON Schema and the documentation are
generated from them.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import msgspec
from msgspec import Meta

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Severity
from ssot_lint.model.source import Zone

PYTHON_FILES = ("*.py", "*.pyi")

MAX_FILE_SIZE = 1_000_000
"""Bytes. The parser needs up to 20 seconds and some GB for so much dense code."""


class FailLevel(Enum):
    """The least severity that fails the gate; ``NEVER`` for none."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NEVER = "never"

    @property
    def severity(self) -> Severity | None:
        """The severity at which the gate fails, None for never."""
        return None if self is FailLevel.NEVER else Severity(self.value)


class CodeLayout(Enum):
    """How the code is to be read: as one program, or as a core with plug-ins."""

    PROGRAM = "program"
    PLUGINS = "plugins"


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """Everything a scan can be told. In TOML the keys are written in kebab-case.

    Globs are gitignore patterns, relative to the project root. A rule is named by its
    code or its name; a selector may also be the beginning of codes (``SSOT1``) or ``ALL``.
    """

    include: Annotated[tuple[str, ...], Meta(description="globs of the files to scan", examples=[["*.py"]])] = (
        PYTHON_FILES
    )
    exclude: Annotated[
        tuple[str, ...],
        Meta(
            description="globs of files and folders to leave out, in place of the built-in ones",
            examples=[["build/", "dist/"]],
        ),
    ] = ()
    extend_exclude: Annotated[
        tuple[str, ...],
        Meta(description="further globs of files and folders to leave out", examples=[["third_party/"]]),
    ] = ()
    max_file_size: Annotated[
        int,
        Meta(
            ge=1,
            le=1_000_000_000,
            description="size in bytes; a larger file is not read, but reported",
            examples=[2_000_000],
        ),
    ] = MAX_FILE_SIZE
    respect_gitignore: Annotated[bool, Meta(description="leave out what .gitignore files name", examples=[False])] = (
        True
    )
    source_roots: Annotated[
        tuple[str, ...],
        Meta(
            description="folders that module names count from; found by themselves when empty",
            examples=[["src", "services/billing"]],
        ),
    ] = ()
    layout: Annotated[
        CodeLayout,
        Meta(
            description="plugins: hold definitions and factories of one plug-in never against those of another",
            examples=["plugins"],
        ),
    ] = CodeLayout.PROGRAM
    plugin_root: Annotated[
        str,
        Meta(
            description="where the plug-ins are, a path with globs: each folder or module that matches is a plug-in",
            examples=["shop/connectors/*"],
        ),
    ] = ""
    mirror_comments: Annotated[
        tuple[str, ...],
        Meta(
            description="comments that declare a copy, as texts with {target}, {renames} and optional parts in (...)?",
            examples=[["Copied from {target}( with {renames})?"]],
        ),
    ] = ()
    test_paths: Annotated[
        tuple[str, ...],
        Meta(description="globs of files that are test code, beside those known by their names", examples=[["qa/"]]),
    ] = ()
    zone_paths: Annotated[
        dict[Zone, tuple[str, ...]],
        Meta(
            description="globs of the files of a zone, whatever their names and imports say; the later zone wins",
            examples=[{"generated": ["shop/api/client/**"]}],
        ),
    ] = msgspec.field(default_factory=dict)
    distributions: Annotated[
        dict[str, tuple[str, ...]],
        Meta(
            description="folders that are distributions, each with the distributions or folders that it can use",
            examples=[{"services/billing": ["libs/common"]}],
        ),
    ] = msgspec.field(default_factory=dict)
    select: Annotated[
        tuple[str, ...],
        Meta(
            description="selectors of the rules to run, in place of those that are on by default",
            examples=[["SSOT1", "broken-import"]],
        ),
    ] = ()
    extend_select: Annotated[
        tuple[str, ...], Meta(description="selectors of further rules to run", examples=[["constant-drift"]])
    ] = ()
    ignore: Annotated[
        tuple[str, ...], Meta(description="selectors of rules not to run", examples=[["near-duplicate-function"]])
    ] = ()
    per_path_ignores: Annotated[
        dict[str, tuple[str, ...]],
        Meta(
            description="selectors of the rules whose sites do not count in files that match the glob",
            examples=[{"src/legacy/**": ["SSOT1"]}],
        ),
    ] = msgspec.field(default_factory=dict)
    severity: Annotated[
        dict[str, Severity],
        Meta(description="severity of a rule, in place of its own", examples=[{"growing-registry": "high"}]),
    ] = msgspec.field(default_factory=dict)
    fail_level: Annotated[
        FailLevel, Meta(description="fail when there is a violation of this severity or a worse one", examples=["high"])
    ] = FailLevel.LOW
    fail_under: Annotated[
        float, Meta(ge=0, le=100, description="fail when the score is lower than this, from 0 to 100", examples=[90])
    ] = 0.0
    baseline: Annotated[
        str,
        Meta(
            description="file of the known violations, in the project; without one that is named there need be none",
            examples=["ci/known.jsonl"],
        ),
    ] = "ssot-lint-baseline.jsonl"
    repository_url: Annotated[
        str,
        Meta(
            description="address of the files on the web: the path is added, or put in place of {path} and {line}",
            examples=["https://github.com/OWNER/NAME/blob/main"],
        ),
    ] = ""
    jobs: Annotated[
        int, Meta(ge=0, le=1024, description="number of worker processes; 0 for one per processor", examples=[4])
    ] = 0
    cache_dir: Annotated[
        str, Meta(description="folder of the cache, in the project", examples=[".cache/ssot-lint"])
    ] = ".ssot_lint_cache"
    executor: Annotated[
        str, Meta(description="where files are read: process, or another installed executor", examples=["dask"])
    ] = "process"
    plugins: Annotated[
        tuple[str, ...],
        Meta(
            description="Python files with rules of this repository; loaded with --allow-plugins only",
            examples=[["tools/our_rules.py"]],
        ),
    ] = ()
    components: Annotated[
        tuple[Component, ...],
        Meta(
            description="groups of names that are declared to be one thing",
            examples=[[{"name": "cart", "home": "shop.cart:Cart"}]],
        ),
    ] = ()
    rules: Annotated[
        dict[str, dict[str, object]],
        Meta(
            description="options of rules, one table per rule name",
            examples=[{"import-path-variant": {"facades": ["shop.api"]}}],
        ),
    ] = msgspec.field(default_factory=dict)

    def plain(self) -> object:
        """The same as dicts, lists and values of JSON, always in one order: to be compared, or hashed."""
        return msgspec.to_builtins(self, str_keys=True, order="deterministic")

    @property
    def all_zone_paths(self) -> dict[Zone, tuple[str, ...]]:
        """``zone_paths``, with ``test_paths`` among them."""
        test = (*self.test_paths, *self.zone_paths.get(Zone.TEST, ()))
        return self.zone_paths | ({Zone.TEST: test} if test else {})
