"""A request reads its tables as the person who is signed in, and as nobody else."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from quanheng.web.base.actor import account_of
from quanheng.web.base.seeing import seen_by


def reads(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer each request with what its person may see; who has not signed in sees nothing here."""

    def answer(request: HttpRequest) -> HttpResponse:
        account = account_of(request)
        with seen_by(account.code if account else ""):
            return get_response(request)

    return answer
