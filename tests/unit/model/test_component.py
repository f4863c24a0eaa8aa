from __future__ import annotations

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
