from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from ssot_lint.config.edit import component_text, configuration_text, with_configuration
from ssot_lint.config.load import load_settings
from ssot_lint.config.settings import Config
from ssot_lint.errors import ConfigError
from ssot_lint.model.component import Component
from ssot_lint.model.proposal import ComponentProposal, Proposals, SettingProposal

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CART = Component(
    name="cart",
    home="shop.cart:Cart",
    factory="shop.cart:open_cart",
    names=("*Cart",),
    methods=("add_item", "remove_item", "empty_everything", "count_everything", "show_everything", "hide_everything"),
    paths=("shop/cart/**",),
)
PROPOSALS = Proposals(
    settings=(SettingProposal("source-roots", ("backend", "worker"), ("Names count from:", "  backend: 4 files")),),
    components=(
        ComponentProposal(CART, ("3 classes each keep `item` objects",), {"home": "imported by 4 modules"}),
        ComponentProposal(Component(name="till", home="shop.till:Till"), (), {}),
    ),
)

INTRODUCTION = """\
# Written by `ssot-lint init`. Every key is optional: `ssot-lint config` prints all of them with their values.
# Keys that many projects come to need:
# extend-exclude = ["generated/"]    # further globs of files and folders to leave out
# ignore = ["thin-reexport-module"]  # selectors of rules not to run
# fail-level = "high"                # fail when there is a violation of this severity or a worse one
"""

PROPOSED = f"""\
[tool.ssot-lint]
{INTRODUCTION}
# Names count from:
#   backend: 4 files
source-roots = ["backend", "worker"]

[[tool.ssot-lint.components]]
# 3 classes each keep `item` objects
name = "cart"
home = "shop.cart:Cart" # imported by 4 modules
factory = "shop.cart:open_cart"
names = ["*Cart"]
methods = [
    "add_item",
    "remove_item",
    "empty_everything",
    "count_everything",
    "show_everything",
    "hide_everything",
]
paths = ["shop/cart/**"]

[[tool.ssot-lint.components]]
name = "till"
home = "shop.till:Till"
"""

NOTHING = f"""\
{INTRODUCTION}
# A component is a thing that is to have one home. Nothing that is not declared was found in so many editions,
# responsible classes or factories that it is clearly one. To declare one:
# [[components]]
# name = "cart"            # what the component is called in reports
# home = "shop.cart:Cart"  # the source of truth, as package.module:Name
# names = ["*Cart"]        # globs of class names that play this role
"""


def load(folder: Path, name: str, content: bytes) -> Config:
    (folder / name).write_bytes(content)
    return load_settings(folder, options={}, environment={}).config


def test_a_table_of_pyproject_holds_all_that_is_proposed() -> None:
    assert configuration_text(PROPOSALS, "pyproject.toml") == PROPOSED


def test_a_file_of_its_own_holds_examples_where_nothing_is_proposed() -> None:
    assert configuration_text(Proposals(), "ssot-lint.toml") == NOTHING


def test_a_component_alone_is_its_keys() -> None:
    text = component_text(PROPOSALS.components[1])
    assert text == 'name = "till"\nhome = "shop.till:Till"\n'


@pytest.mark.parametrize("name", ["pyproject.toml", "ssot-lint.toml", ".ssot-lint.toml"])
def test_what_is_written_is_what_is_read(tmp_path: Path, name: str) -> None:
    config = load(tmp_path, name, configuration_text(PROPOSALS, name).encode())
    assert config.components == (CART, Component(name="till", home="shop.till:Till"))
    assert config.source_roots == ("backend", "worker")


@pytest.mark.parametrize("name", ["pyproject.toml", "ssot-lint.toml"])
def test_the_examples_are_valid_once_they_are_no_comments(tmp_path: Path, name: str) -> None:
    text = configuration_text(Proposals(), name)
    assert load(tmp_path, name, text.encode()) == Config()
    config = load(tmp_path, name, re.sub(r"^# (?=\[\[|[a-z-]+ = )", "", text, flags=re.MULTILINE).encode())
    assert config.extend_exclude == ("generated/",)
    assert config.ignore == ("thin-reexport-module",)
    assert config.components == (Component(name="cart", home="shop.cart:Cart", names=("*Cart",)),)


def test_names_from_the_tree_cannot_break_out_of_comments_and_texts() -> None:
    hostile = 'x"\n[tool.evil]\x1b\u202e'
    component = ComponentProposal(Component(name="a", home=hostile), (hostile,), {"home": hostile})
    setting = SettingProposal("test-paths", (hostile,), (hostile,))
    document = tomllib.loads(configuration_text(Proposals((setting,), (component,)), "ssot-lint.toml"))
    assert document == {"test-paths": [hostile], "components": [{"name": "a", "home": hostile}]}


BEFORE = b'# my project\n[project]\nname = "x"   # keep\n\n[tool.ruff]\nline-length = 100\n'


@pytest.mark.parametrize(
    ("content", "gap"),
    [
        (BEFORE, b"\n"),
        (BEFORE.rstrip(b"\n"), b"\n\n"),
        (BEFORE.replace(b"\n", b"\r\n"), b"\r\n"),
        (b"\xef\xbb\xbf" + BEFORE, b"\n"),
        (b"", b""),
        (b"\xef\xbb\xbf", b""),
        (b"tool.ruff.line-length = 100\n", b"\n"),
    ],
)
def test_every_byte_of_the_file_stays(tmp_path: Path, content: bytes, gap: bytes) -> None:
    text = configuration_text(PROPOSALS, "pyproject.toml")
    result = with_configuration(content, text, "pyproject.toml")
    newline = b"\r\n" if b"\r\n" in content else b"\n"
    assert result == content + gap + text.encode().replace(b"\n", newline)
    assert load(tmp_path, "pyproject.toml", result).components[0] == CART


@pytest.mark.parametrize(
    "content", [b"tool = {}\n", b"[[tool]]\na = 1\n", b"[tool.ssot-lint]\n", b"tool = 1\n", b"not toml\n"]
)
def test_a_file_that_no_table_can_be_added_to_is_refused(content: bytes) -> None:
    with pytest.raises(ConfigError) as raised:
        with_configuration(content, configuration_text(PROPOSALS, "pyproject.toml"), "pyproject.toml")
    assert str(raised.value) == (
        "pyproject.toml: [tool.ssot-lint] cannot be added. Write what is under `tool` as [tool.name]"
    )
