"""Which class an annotation names."""

from __future__ import annotations

import pytest

from ssot_lint.model.annotations import annotated_class


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("Client", "Client"),
        ("shop.Client", "shop.Client"),
        ('"Client"', "Client"),
        ("Client | None", "Client"),
        ("None | Client", "Client"),
        ("Optional[Client]", "Client"),
        ('typing.Optional["shop.Client"]', "shop.Client"),
        ('"Client" | None', "Client"),
        ("Annotated[Client, Depends(get)]", "Client"),
        ("ClassVar[Box[int] | None]", "Box"),
        ("Box[Client, str]", "Box"),
        ("Client | Server", ""),
        ("Optional[Client | Server]", ""),
        ("Union[Client, Server]", "Union"),
        ("None", ""),
        ("...", ""),
        ("", ""),
    ],
)
def test_the_one_class_that_is_meant(annotation: str, expected: str) -> None:
    assert annotated_class(annotation) == expected
