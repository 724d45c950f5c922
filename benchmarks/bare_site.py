"""Bare Django views with one query, to measure the pages of the site by: to anybody, and to who signed in.

Two show as many figures as the pages that show hundreds of them, by a plain template.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import engines
from django.urls import path

from quanheng.web.people.models import Unit
from quanheng.web.rounds.models import Task


def bare(request: HttpRequest) -> HttpResponse:
    """Name a few units."""
    del request
    names = Unit.objects.for_the_program().values_list("name", flat=True)[:20]
    return HttpResponse("".join(f"<li>{name}</li>" for name in names))


def signed_in(request: HttpRequest) -> HttpResponse:
    """Name a few units to somebody who has signed in."""
    return bare(request) if request.user.is_authenticated else HttpResponse(status=403)


def cells(request: HttpRequest) -> HttpResponse:
    """Show who reports each figure of a round, in a table of units and items."""
    return _table(request, "<td>{{ reporter }}</td>")


def inputs(request: HttpRequest) -> HttpResponse:
    """Show a table of units and items with an input for each figure of a round."""
    return _table(request, '<td><input name="{{ item }}.{{ unit }}" value="" title="{{ reporter }}"></td>')


def _table(request: HttpRequest, cell: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    tasks = Task.objects.for_the_program().filter(round=1).order_by("unit__place", "item__place")
    found = tasks.values_list("unit__unit__name", "unit_id", "item_id", "reporter__name")
    rows = [(name, list(figures)) for name, figures in groupby(found, key=itemgetter(0))]
    return HttpResponse(_page_of(cell).render({"rows": rows}))


@cache
def _page_of(cell: str) -> Any:  # noqa: ANN401  each engine has its own kind of template
    """Return the page with a table of such cells; it is read once, as Django reads files of templates."""
    across = f"{{% for _, unit, item, reporter in figures %}}{cell}{{% endfor %}}"
    row = f'<tr><th scope="row">{{{{ name }}}}</th>{across}</tr>'
    rows = f"{{% for name, figures in rows %}}{row}{{% endfor %}}"
    return engines["django"].from_string(f"<table>{rows}</table>")


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
urlpatterns = [
    path("bare/", bare),
    path("signed-in/", signed_in),
    path("cells/", cells),
    path("inputs/", inputs),
]
