"""Which run a board is about; who may not see it is told so by 404, and the log keeps that."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils import timezone

from quanheng.web.audit.actions import refuse
from quanheng.web.base.actor import actor_of
from quanheng.web.boards.queries.runs import run_that_counts
from quanheng.web.results.models import KeptRun


def run_or_404(request: HttpRequest, pk: int) -> KeptRun:
    """Return the run of a round that counts; where there is none for the one who asks, that is refused."""
    actor = actor_of(request)
    run = run_that_counts(actor.person, pk)
    if run is None:
        about = f"{request.method} {request.path}"
        refuse(by=actor, at=timezone.now(), action="open", about=about, reasons="404")
        raise Http404
    return run
