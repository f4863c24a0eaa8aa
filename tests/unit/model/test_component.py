from __future__ import annotations

import pytest

from ssot_lint.model.component import Component


def test_globs_tell_who_plays_the_role_and_what_may_hold_the_code() -> None:
    component = Component(name="mail", names=("Mail*", "*Mailer"), paths=("shop/mail/**",))
    assert component.is_played_by("MailBox")
    assert component.is_played_by("OrderMailer")
    assert not component.is_played_by("mailbox")
    assert component.may_hold("shop/mail/deep/box.py")
    assert not component.may_hold("shop/mailing.py")
    assert not Component(name="mail").is_played_by("MailBox")
    assert not Component(name="mail").may_hold("shop/mail/box.py")


@pytest.mark.parametrize(
    "glob", ["shop/mail", "shop/mail/", "shop/mail/**", "shop/mail/*", "shop/mai?", "*/mail", "shop"]
)
def test_a_folder_means_what_is_in_it(glob: str) -> None:
    component = Component(name="mail", paths=(glob,))
    assert component.may_hold("shop/mail/box.py")
    assert component.may_hold("shop/mail/deep/box.py")
    assert not component.may_hold("shopping/mail.py")
    assert Component(name="mail", allowed_in=(glob,)).may_bypass("shop/mail/deep/box.py")


@pytest.mark.parametrize("glob", ["shop/mai", "mail", "shop/mail.py/box", "Shop/mail", "shop/mail/box"])
def test_a_part_of_a_name_means_no_folder(glob: str) -> None:
    assert not Component(name="mail", paths=(glob,)).may_hold("shop/mail/box.py")
