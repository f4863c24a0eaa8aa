"""Writes a new configuration, and adds it to a ``pyproject.toml``. Only here is TOML edited."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping

import msgspec
import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import Item, Table

from ssot_lint.config.convert import description_of, option_kinds
from ssot_lint.config.layers import PYPROJECT, TABLE, own_table, parse_toml
from ssot_lint.config.settings import Config
from ssot_lint.config.toml import toml_value
from ssot_lint.errors import ConfigError
from ssot_lint.model.component import Component
from ssot_lint.model.proposal import ComponentProposal, Proposals
from ssot_lint.text.sanitize import visible

_WIDTH = 110
_COMPONENTS = "components"
_HEADER = (
    "Written by `ssot-lint init`. Every key is optional: `ssot-lint config` prints all of them with their values. "
    "Keys that many projects come to need:"
)
_EXAMPLES: Mapping[str, object] = {
    "extend-exclude": ["generated/"],
    "ignore": ["thin-reexport-module"],
    "fail-level": "high",
}
_NO_COMPONENT = (
    "A component is a thing that is to have one home. Nothing that is not declared was found in so many editions, "
    "responsible classes or factories that it is clearly one. To declare one:"
)
_COMPONENT_EXAMPLE: Mapping[str, object] = {"name": "cart", "home": "shop.cart:Cart", "names": ["*Cart"]}


def configuration_text(proposals: Proposals, file_name: str) -> str:
    """The text of a new configuration: a file of its own, or for ``pyproject.toml`` the table to stand at its end.

    What is proposed is preceded by its evidence in comments, and by examples of useful keys, commented out. Ends with
    a newline.
    """
    document = tomlkit.document()
    if file_name != PYPROJECT:
        _fill(document, proposals, _COMPONENTS)
        return tomlkit.dumps(document)
    table = tomlkit.table()
    _fill(table, proposals, f"{TABLE}.{_COMPONENTS}")
    tool, own = TABLE.split(".")
    document.add(tool, tomlkit.table(is_super_table=True).add(own, table))
    return tomlkit.dumps(document)


def component_text(proposal: ComponentProposal) -> str:
    """A component as it is written, without the head of its table."""
    return tomlkit.dumps(_component(proposal))


def with_configuration(content: bytes, text: str, label: str) -> bytes:
    """``content`` of a ``pyproject.toml`` with ``text``, a :func:`configuration_text`, after it. Every byte of
    ``content`` stays; its newlines are used for what is added. ``label`` is the file's name in messages.

    Raises ConfigError for a file that no table can be added to.
    """
    newline = b"\r\n" if content.partition(b"\n")[0].endswith(b"\r") else b"\n"
    added = text.encode().replace(b"\n", newline)
    result = content + _gap(content, newline) + added
    try:
        is_read_back = own_table(parse_toml(result, label), label) == own_table(parse_toml(added, label), label)
    except ConfigError:
        is_read_back = False
    if not is_read_back:
        raise ConfigError(f"{label}: [{TABLE}] cannot be added", "Write what is under `tool` as [tool.name]")
    return result


def _gap(content: bytes, newline: bytes) -> bytes:
    """What separates a table from the content before it: one empty line."""
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        return b""
    return newline if content.endswith(b"\n") else newline * 2


def _fill(holder: Table | TOMLDocument, proposals: Proposals, components_table: str) -> None:
    """Add comments, settings and components to an empty table."""
    _add_comments(holder, [_HEADER])
    _add_examples(holder, _EXAMPLES, Config)
    for setting in proposals.settings:
        if setting.evidence:
            holder.add(tomlkit.nl())
        _add_comments(holder, setting.evidence)
        if setting.is_doubtful or isinstance(setting.value, dict):
            holder.add(tomlkit.comment(_assignment(setting.key, setting.value)))
        else:
            holder.add(setting.key, _item(setting.key, setting.value))
    holder.add(tomlkit.nl())
    if proposals.components:
        array = tomlkit.aot()
        for proposal in proposals.components:
            array.append(_component(proposal))
        holder.add(_COMPONENTS, array)
    else:
        _add_comments(holder, [_NO_COMPONENT, f"[[{components_table}]]"])
        _add_examples(holder, _COMPONENT_EXAMPLE, Component)


def _component(proposal: ComponentProposal) -> Table:
    table = tomlkit.table()
    _add_comments(table, proposal.evidence)
    for field in msgspec.structs.fields(Component):
        value = getattr(proposal.component, field.name)
        if value != field.default:
            item = _item(field.encode_name, value)
            if field.name in proposal.reasons:
                item.comment(visible(proposal.reasons[field.name]))
            table.add(field.encode_name, item)
    return table


def _item(key: str, value: str | bool | tuple[str, ...]) -> Item:
    if not isinstance(value, tuple):
        return tomlkit.item(value)
    array = tomlkit.array()
    array.extend(value)
    return array.multiline(len(_assignment(key, value)) > _WIDTH)


def _add_examples(holder: Table | TOMLDocument, examples: Mapping[str, object], table: type) -> None:
    """Assignments as comments, each with what its key means in ``table``."""
    kinds = option_kinds(table)
    width = max(len(_assignment(key, value)) for key, value in examples.items())
    for key, value in examples.items():
        holder.add(tomlkit.comment(f"{_assignment(key, value):{width}}  # {description_of(kinds[key])}"))


def _add_comments(holder: Table | TOMLDocument, sentences: Iterable[str]) -> None:
    for sentence in sentences:
        indent = " " * (len(sentence) - len(sentence.lstrip(" ")))
        text = visible(sentence)
        for line in textwrap.wrap(
            text, _WIDTH, subsequent_indent=indent and f"{indent}  ", break_long_words=False, break_on_hyphens=False
        ):
            holder.add(tomlkit.comment(line))


def _assignment(key: str, value: object) -> str:
    return f"{key} = {toml_value(value)}"
