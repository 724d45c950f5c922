"""Bare Django views with one query, to measure the pages of the site by: to anybody, and to who signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path

from quanheng.web.people.models import Unit


def bare(request: HttpRequest) -> HttpResponse:
    """Name a few units."""
    del request
    names = Unit.objects.for_the_program().values_list("name", flat=True)[:20]
    return HttpResponse("".join(f"<li>{name}</li>" for name in names))


def signed_in(request: HttpRequest) -> HttpResponse:
    """Name a few units to somebody who has signed in."""
    return bare(request) if request.user.is_authenticated else HttpResponse(status=403)


def with_these_addresses(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let requests be for the addresses of this file; to anybody the only middleware of the bare site."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        setattr(request, "urlconf", __name__)  # noqa: B010  Django looks for it, its types do not know it
        return answer(request)

    return answered


DJANGO_S_OWN: Final = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
"""What a new project of Django begins with."""
urlpatterns = [path("bare/", bare), path("signed-in/", signed_in)]
