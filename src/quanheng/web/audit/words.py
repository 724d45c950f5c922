"""What actions and reasons are called where people read the log."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text
from quanheng.process.rounds.people import ROLES

ACTIONS: Final[dict[str, Text]] = {
    "log.export": Text(zh="导出日志", en="export the log"),
    "open": Text(zh="打开页面", en="open a page"),
}
"""The actions by their names in the log; a context adds its own with `name_actions`."""
REASONS: Final[dict[str, Text]] = {
    "400": Text(zh="请求有误", en="it made no sense"),
    "404": Text(zh="不对其开放", en="not open to them"),
    "factor": Text(zh="验证码不正确", en="wrong code of the second factor"),
    "locked": Text(zh="尝试次数过多", en="too many tries"),
    "unbound": Text(zh="外部账号未绑定", en="an account kept elsewhere that is bound to nobody"),
    "elsewhere": Text(zh="外部登录失败", en="signing in elsewhere failed"),
    "password": Text(zh="登录名或密码不正确", en="wrong code or password"),
}
"""Reasons that are no findings."""


def name_actions(names: dict[str, Text]) -> None:
    """Let the actions of a context be called by these words."""
    ACTIONS.update(names)


def action_words(name: str) -> Text:
    """Return what an action is called; its name, if nobody said.

    Examples:
        >>> action_words("open").en
        'open a page'
    """
    return ACTIONS.get(name, Text(zh=name, en=name))


def role_words(roles: str) -> Text:
    """Return what the roles of an entry are called.

    Examples:
        >>> role_words("leader office").zh
        '领导、考核办'
    """
    found = [text for role, text in ROLES.items() if role in roles.split()]
    found.sort(key=lambda text: text.en)
    return Text(zh="、".join(text.zh for text in found), en=", ".join(text.en for text in found))


def reason_words(reasons: str) -> Text:
    """Return the reasons of a refusal in words; codes of findings stay as they are.

    Examples:
        >>> reason_words("locked").en, reason_words("QH932 QH934").zh
        ('too many tries', 'QH932 QH934')
    """
    return REASONS.get(reasons, Text(zh=reasons, en=reasons))
