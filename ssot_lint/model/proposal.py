"""What ``ssot-lint init`` proposes to write into the configuration, and why."""

from __future__ import annotations

import msgspec

from ssot_lint.model.component import Component


class SettingProposal(msgspec.Struct, frozen=True):
    """A key of the configuration and its value. ``evidence`` is one sentence a line. ``is_doubtful``: it is for
    somebody to decide, and written as a comment."""

    key: str
    value: str | tuple[str, ...] | dict[str, tuple[str, ...]]
    evidence: tuple[str, ...]
    is_doubtful: bool = False


class ComponentProposal(msgspec.Struct, frozen=True):
    """A component to declare. ``evidence`` is one sentence a line, ``reasons`` says of its keys why they have the
    value they have, in a few words each."""

    component: Component
    evidence: tuple[str, ...]
    reasons: dict[str, str]


class Proposals(msgspec.Struct, frozen=True):
    """Everything to write, the best first."""

    settings: tuple[SettingProposal, ...] = ()
    components: tuple[ComponentProposal, ...] = ()
