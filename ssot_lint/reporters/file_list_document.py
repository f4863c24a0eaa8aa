"""The document that ``ssot-lint files -f json`` writes: one struct per object, its fields in the order of their keys.

``files.schema.json`` beside this file is made from these structs. Paths are POSIX and relative to the project root,
which is the empty string.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ssot_lint.model.source import Zone

FILES_SCHEMA_VERSION: Literal[1] = 1


class ReasonsJson(Struct, frozen=True, forbid_unknown_fields=True):
    """What decided."""

    zone: str
    source_root: str
    distribution: str


class FileJson(Struct, frozen=True, forbid_unknown_fields=True):
    """A file, and what was decided about it."""

    path: str
    zone: Zone
    module: Annotated[str, Meta(description="Dotted name, counted from the source root.")]
    source_root: str
    distribution: Annotated[str, Meta(description="Folder of one of the distributions.")]
    why: ReasonsJson
    unread: Annotated[str, Meta(description="Why it could not be read, with the line; empty where it was.")]


class DistributionJson(Struct, frozen=True, forbid_unknown_fields=True):
    """What is built, installed or run as one."""

    folder: str
    name: Annotated[str, Meta(description="Normalised (PEP 503); empty without one.")]
    declared_in: Annotated[str, Meta(description="Path of the file that declares it; empty where none does.")]
    requires: list[str]
    required_folders: list[str]


class FilesJson(Struct, frozen=True, forbid_unknown_fields=True):
    """What `ssot-lint files -f json` writes, schema version 1."""

    schema_version: Literal[1]
    files: list[FileJson]
    symlinks: Annotated[list[str], Meta(description="Not followed: what they lead to is listed where it lies.")]
    distributions: list[DistributionJson]
