"""The settings of accounts kept elsewhere, as the sign-in library reads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlsplit

from quanheng.findings.value import Value
from quanheng.web.people.by_code.services import SERVICES
from quanheng.web.site.kept.options import OutsideSignIn

_ORIGINS: Final = {
    "dingtalk": "https://login.dingtalk.com",
    "feishu": "https://open.feishu.cn",
}
"""Where those of a fixed place ask people to sign in."""


class SignInSettings(Value):
    """The ways to sign in elsewhere (id, kind, name), the library's settings, where forms are sent on to."""

    ways: tuple[tuple[str, str, str], ...]
    providers: dict[str, dict[str, Any]]
    origins: tuple[str, ...]


def sign_in_of(told: Iterable[OutsideSignIn]) -> SignInSettings:
    """Return the settings of the ways that an office wrote down.

    Examples:
        >>> sign_in_of([]).origins
        ()
    """
    providers: dict[str, dict[str, Any]] = {}
    origins = []
    ways = []
    for one in told:
        app: dict[str, Any] = {"client_id": one.client_id, "secret": one.secret, "name": one.name}
        if one.kind == "openid_connect":
            app |= {"provider_id": one.id, "settings": {"server_url": one.server}}
            origins.append(_origin(one.server))
        elif one.kind in SERVICES:
            app |= {"settings": {"agent": one.agent, "login": one.login, "server": one.server}}
            origins.append(_origin(one.login or SERVICES[one.kind].login))
        else:
            origins.append(_ORIGINS[one.kind])
        providers.setdefault(one.kind, {"APPS": []})["APPS"].append(app)
        ways.append((one.id, one.kind, one.name))
    return SignInSettings(ways=tuple(ways), providers=providers, origins=tuple(dict.fromkeys(origins)))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
