"""Pages for what cannot be answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  Django calls it so
    """Answer that there is nothing at this address, for this reader."""
    return render(request, "site/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  Django calls it so
    """Answer that the request makes no sense."""
    return render(request, "site/bad_request.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django calls it so
    """Answer that a form was not ours, or too old."""
    return render(request, "site/old_form.html", status=403)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Answer that something went wrong here; without any query, since the database may be the reason."""
    return render(request, "site/went_wrong.html", status=500)
