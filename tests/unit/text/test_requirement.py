from __future__ import annotations

import json
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from ssot_lint.text.requirement import with_extras

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("origin", "command"),
    [
        (None, "pip install 'shop-lint[html,server]'"),
        ({"url": "file:///home/me/my%20shop", "dir_info": {}}, "pip install '/home/me/my shop[html,server]'"),
        (
            {"url": "file:///home/me/shop", "dir_info": {"editable": True}},
            "pip install -e '/home/me/shop[html,server]'",
        ),
        (
            {"url": "https://example.org/shop", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"pip install 'shop-lint[html,server] @ git+https://example.org/shop@{COMMIT}'",
        ),
        (
            {"url": "https://example.org/shop.whl", "archive_info": {}},
            "pip install 'shop-lint[html,server] @ https://example.org/shop.whl'",
        ),
    ],
)
def test_extras_come_from_where_the_package_came_from(tmp_path: Path, origin: object, command: str) -> None:
    folder = tmp_path / "shop_lint-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: shop-lint\nVersion: 1.0\n")
    if origin is not None:
        (folder / "direct_url.json").write_text(json.dumps(origin))
    assert with_extras(PathDistribution(folder), ["html", "server"]) == command
