"""The start page, and the switches of language and care mode."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from quanheng.process.rounds.people import ROLES
from quanheng.web.base.access import ANYBODY, SIGNED_IN, open_to
from quanheng.web.base.actor import account_of, actor_of
from quanheng.web.base.looks import CARE_COOKIE, LANGUAGE_COOKIE
from quanheng.web.boards.queries.to_do import to_do

_YEAR = 365 * 24 * 3600


@open_to(SIGNED_IN)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what a person is here for, and what is to be done now."""
    account = account_of(request)
    roles = [ROLES[role] for role in sorted(account.roles)] if account else []
    shown = {"roles": roles, "to_do": to_do(actor_of(request).person, timezone.now())}
    return render(request, "site/home.html", shown)


@open_to(SIGNED_IN)
@require_POST
def stay(_: HttpRequest) -> HttpResponse:
    """Keep somebody signed in who asks for it: the request itself is what counts."""
    return HttpResponse(status=204)


@open_to(ANYBODY)
@require_POST
def change_looks(request: HttpRequest) -> HttpResponse:
    """Keep the language and the care mode that were chosen, and go back to the page."""
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    response = HttpResponseRedirect(back if safe else reverse("home"))
    for cookie, name, values in ((LANGUAGE_COOKIE, "language", "zh en"), (CARE_COOKIE, "care", "0 1")):
        chosen = request.POST.get(name)
        if chosen in values.split():
            response.set_cookie(
                cookie,
                chosen,
                max_age=_YEAR,
                samesite="Lax",
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
            )
    return response
