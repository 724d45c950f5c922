"""Where somebody is signed in is kept once a minute, not with every page: each keeping is a write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from quanheng.web.base.actor import account_of

_KEPT: Final = "quanheng-session-kept"
_NOT_EVERY_TIME: Final = dt.timedelta(seconds=60)


def sessions(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let the sign-in library keep the session of a request, unless it did so less than a minute ago."""
    keep: Callable[[HttpRequest], HttpResponse] = UserSessionsMiddleware(get_response)

    def answer(request: HttpRequest) -> HttpResponse:
        if account_of(request) is None:
            return get_response(request)
        now = timezone.now()
        key, moment = request.session.get(_KEPT, ("", ""))
        is_fresh = key == request.session.session_key and moment
        if is_fresh and abs(now - dt.datetime.fromisoformat(moment)) < _NOT_EVERY_TIME:
            return get_response(request)
        request.session[_KEPT] = (request.session.session_key, now.isoformat())
        return keep(request)

    return answer
