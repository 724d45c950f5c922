"""A bare Django view with one query, to measure the pages of the site by."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path

from quanheng.web.people.models import Unit


def bare(request: HttpRequest) -> HttpResponse:
    """Name a few units."""
    del request
    names = Unit.objects.for_the_program().values_list("name", flat=True)[:20]
    return HttpResponse("".join(f"<li>{name}</li>" for name in names))


def with_these_addresses(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let requests be for the addresses of this file; the only middleware of the bare site."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        setattr(request, "urlconf", __name__)  # noqa: B010  Django looks for it, its types do not know it
        return answer(request)

    return answered


urlpatterns = [path("bare/", bare)]
