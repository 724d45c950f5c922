"""Signing in by an account kept elsewhere: it never makes a person, it only finds the one it is bound to."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from requests.adapters import HTTPAdapter

from quanheng.web.audit.actions import refuse
from quanheng.web.base.actor import actor_of


class OutsideAdapter(DefaultSocialAccountAdapter):
    """Nobody comes in whom the administrator has not bound to an account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002  the library's form
        """Return that no account is made."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:  # noqa: ANN401  the library has no types
        """Refuse an account that is bound to nobody, and tell the log; nobody binds one by himself."""
        if sociallogin.is_existing and sociallogin.state.get("process", "login") == "login":
            return
        outside = sociallogin.account
        _refuse(request, f"{outside.provider}:{outside.uid}", "unbound")
        raise ImmediateHttpResponse(render(request, "socialaccount/unbound.html", status=403))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_: object) -> None:  # noqa: ANN401  the same
        """Tell the log that signing in elsewhere failed."""
        _refuse(request, str(provider.sub_id), "elsewhere")

    def get_requests_session(self) -> requests.Session:
        """Return what asks other servers: never one of this machine or a private network, unless listed."""
        session: requests.Session = super().get_requests_session()
        for scheme in ("https://", "http://"):
            session.mount(scheme, _Outward())
        return session


class _Outward(HTTPAdapter):
    """Asks public addresses only, and hosts that the office lists; also where an answer sends it on."""

    def send(self, request: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401  as the library has it
        """Send `request`, if its host may be asked."""
        host = urlsplit(request.url).hostname or ""
        if host not in settings.INTERNAL_HOSTS and not is_public(host):
            raise requests.ConnectionError(f"{host!r} is no public address, and not listed in internal_hosts")
        return super().send(request, *args, **options)


def is_public(host: str) -> bool:
    """Return whether all addresses of `host` are public ones.

    Examples:
        >>> is_public("127.0.0.1"), is_public("10.1.2.3"), is_public("::1"), is_public("8.8.8.8")
        (False, False, False, True)
    """
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    return bool(found) and all(ipaddress.ip_address(str(address)).is_global for address in found)


def outside_of(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001  Django calls it so
    """Return the ways to sign in elsewhere, for templates."""
    return {
        "outside": [
            {"name": name, "address": _address(code, kind)} for code, kind, name in settings.OUTSIDE_SIGN_IN
        ]
    }


def _address(code: str, kind: str) -> str:
    return reverse(f"{kind}_login", args=[code] if kind == "openid_connect" else [])


def _refuse(request: HttpRequest, about: str, reason: str) -> None:
    refuse(by=actor_of(request), at=timezone.now(), action="sign_in", about=about, reasons=reason)
