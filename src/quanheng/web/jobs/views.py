"""Pages of the office: what is done in the background, and stopping it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.jobs.domain.asking import stop_job
from quanheng.web.jobs.models import Job
from quanheng.web.jobs.work import kind_words

_A_PAGE = 50


@open_to("office")
@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """List the jobs, the newest first."""
    return _page(request, [])


@open_to("office")
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a job that waits or runs."""
    actor = actor_of(request)
    if not Job.objects.visible_to(actor.person).filter(pk=pk).exists():
        raise Http404
    try:
        stop_job(by=actor, at=timezone.localtime(), pk=pk)
    except FindingsError as refusal:
        return _page(request, [finding.as_record(language_now()) for finding in refusal.findings])
    messages.success(request, Text(zh="已取消。", en="Stopped.").in_language(language_now()))
    return redirect("jobs")


def _page(request: HttpRequest, findings: list[dict[str, str]]) -> HttpResponse:
    found = Job.objects.visible_to(actor_of(request).person)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    rows = [{"job": job, "kind": kind_words(job.kind)} for job in page.object_list]
    return render(request, "jobs/jobs.html", {"page": page, "rows": rows, "findings": findings})
