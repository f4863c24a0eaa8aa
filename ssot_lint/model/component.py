"""A component: a group of names the user declares to be one thing."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Annotated

import msgspec
from msgspec import Meta


class Component(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename="kebab"):
    """One ``[[tool.ssot-lint.components]]`` table. Globs are those of :mod:`fnmatch`, case-sensitive; those of paths
    mean what is in a folder that they match too."""

    name: Annotated[str, Meta(min_length=1, description="what the component is called in reports", examples=["cart"])]
    home: Annotated[
        str, Meta(description="the source of truth, as package.module:Name", examples=["shop.cart:Cart"])
    ] = ""
    factory: Annotated[
        str, Meta(description="the one way to build it, as package.module:name", examples=["shop.cart:open_cart"])
    ] = ""
    names: Annotated[
        tuple[str, ...], Meta(description="globs of class names that play this role", examples=[["*Cart"]])
    ] = ()
    methods: Annotated[
        tuple[str, ...],
        Meta(description="methods that make up the responsibility", examples=[["add_item", "remove_item"]]),
    ] = ()
    events: Annotated[
        tuple[str, ...],
        Meta(description="event names owned by this component", examples=[["cart_opened", "cart_closed"]]),
    ] = ()
    paths: Annotated[
        tuple[str, ...],
        Meta(description="globs of the files and folders its code belongs in", examples=[["shop/cart/**"]]),
    ] = ()
    replaces: Annotated[
        tuple[str, ...],
        Meta(
            description="functions and objects from outside that only its home may use, as os.getenv",
            examples=[["os.getenv", "os.environ"]],
        ),
    ] = ()
    allowed_in: Annotated[
        tuple[str, ...],
        Meta(
            description="globs of further files and folders that may use what it replaces", examples=[["shop/boot/*"]]
        ),
    ] = ()
    identity: Annotated[
        tuple[str, ...],
        Meta(
            description="where an instance says whom it belongs to: arguments or attribute paths; for the probe",
            examples=[["user_id", "context.user_id"]],
        ),
    ] = ()
    shared: Annotated[
        tuple[str, ...],
        Meta(
            description="globs of attribute paths, or classes as package.module:Name, shared by design; for the probe",
            examples=[["pool", "shop.bus:EventBus"]],
        ),
    ] = ()
    critical: Annotated[bool, Meta(description="raise its findings to critical", examples=[True])] = False

    def is_played_by(self, class_name: str) -> bool:
        """Whether a class of that name plays the role of the component."""
        return any(fnmatchcase(class_name, glob) for glob in self.names)

    def may_hold(self, path: str) -> bool:
        """Whether a file, POSIX and relative to the project root, is one that the component's code belongs in."""
        return any(is_at(path, glob) for glob in self.paths)

    def may_bypass(self, path: str) -> bool:
        """Whether a file, POSIX and relative to the project root, may use what the component replaces."""
        return self.may_hold(path) or any(is_at(path, glob) for glob in self.allowed_in)

    def replaced(self, name: str) -> str:
        """The one of ``replaces`` that a dotted name is, or is an attribute of; the longest, empty for none."""
        found = [each for each in self.replaces if name == each or name.startswith(f"{each}.")]
        return max(found, key=len, default="")


def is_at(path: str, glob: str) -> bool:
    """Whether a glob matches a path, or a folder around it."""
    return fnmatchcase(path, glob) or fnmatchcase(path, f"{glob.rstrip('/')}/*")
