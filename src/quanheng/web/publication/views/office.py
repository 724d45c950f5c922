"""The office's page of what is published of a round: making, looking at, planning, publishing, dropping."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.text import Text
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.jobs.models import Job
from quanheng.web.publication.domain.asking import PUBLISHED, ask_publication
from quanheng.web.publication.domain.moves import changed_files, drop, lay_published, plan, publish
from quanheng.web.publication.findings import CHANGED_ON_DISK
from quanheng.web.publication.forms import PlanForm, SaidForm
from quanheng.web.publication.models import STANDING, KeptPublication
from quanheng.web.publication.served import name_of, sent
from quanheng.web.publication.words import MAKE
from quanheng.web.rounds.findings import NOT_A_MOMENT
from quanheng.web.rounds.models import KeptRound
from quanheng.web.rounds.views.rounds import kept_round

_HOUR: Final = dt.timedelta(hours=1)


@open_to("office")
@require_GET
def publications(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was made of a round to be published."""
    return _page(request, kept_round(request, pk), ())


@open_to("office")
@require_POST
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for what is published to be made."""
    kept = kept_round(request, pk)
    form = SaidForm(request.POST)
    form.is_valid()  # what is wrong with it the action says
    try:
        ask_publication(by=actor_of(request), at=timezone.localtime(), pk=pk, said=form.said())
    except FindingsError as refusal:
        return _page(request, kept, refusal.findings)
    said = Text(
        zh="正在生成发布文件，完成后显示在下方。", en="The files are being made; they will be shown below."
    )
    messages.success(request, said.in_language(language_now()))
    return redirect("publications", pk=pk)


@open_to("office")
@require_POST
def plan_one(request: HttpRequest, pk: int, publication: int) -> HttpResponse:
    """Plan a publication for the moment that was typed."""
    kept = kept_round(request, pk)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _page(request, kept, (NOT_A_MOMENT.at(text=request.POST.get("publish_at", "")),))
    moment = form.cleaned_data["publish_at"]

    def planned() -> None:
        plan(by=actor_of(request), at=timezone.localtime(), pk=publication, publish_at=moment)

    return _done(
        request, kept, publication, planned, Text(zh="已定时发布。", en="The publication is planned.")
    )


@open_to("office")
@require_POST
def publish_now(request: HttpRequest, pk: int, publication: int) -> HttpResponse:
    """Publish at once."""
    kept, now = kept_round(request, pk), timezone.localtime()

    def published() -> None:
        plan(by=actor_of(request), at=now, pk=publication, publish_at=now)
        publish(by=actor_of(request), at=now, pk=publication)
        lay_published()

    return _done(request, kept, publication, published, Text(zh="已对外发布。", en="It is published."))


@open_to("office")
@require_POST
def drop_one(request: HttpRequest, pk: int, publication: int) -> HttpResponse:
    """Drop a publication that is not published yet."""
    kept = kept_round(request, pk)
    reason = request.POST.get("reason", "")

    def dropped() -> None:
        drop(by=actor_of(request), at=timezone.localtime(), pk=publication, reason=reason)

    return _done(request, kept, publication, dropped, Text(zh="已放弃该次发布。", en="It is dropped."))


@open_to("office")
@require_GET
def made_file(request: HttpRequest, pk: int, publication: int, name: str) -> FileResponse:
    """Send a file as it was made, to look at before it is published."""
    found = _one(request, pk, publication)
    if name not in found.files:
        raise Http404
    return sent(settings.PUBLICATIONS_FOLDER / found.folder, name, found.files[name])


def _done(
    request: HttpRequest, kept: KeptRound, publication: int, deed: Callable[[], None], said: Text
) -> HttpResponse:
    _one(request, kept.pk, publication)
    try:
        deed()
    except FindingsError as refusal:
        return _page(request, kept, refusal.findings)
    messages.success(request, said.in_language(language_now()))
    return redirect("publications", pk=kept.pk)


def _one(request: HttpRequest, pk: int, publication: int) -> KeptPublication:
    person = actor_of(request).person
    found = KeptPublication.objects.visible_to(person).filter(round=pk, pk=publication).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, kept: KeptRound, findings: tuple[Finding, ...]) -> HttpResponse:
    person = actor_of(request).person
    found = list(KeptPublication.objects.visible_to(person).filter(round=kept).select_related("run", "round"))
    changed = {one.pk: changed_files(one) for one in found if one.state != "dropped"}
    told = [CHANGED_ON_DISK.at(names=", ".join(names)) for names in changed.values() if names]
    jobs = Job.objects.visible_to(person).filter(kind=MAKE, chain=kept.chain).order_by("-pk")[:5]
    offered = timezone.localtime().replace(minute=0, second=0, microsecond=0) + _HOUR
    shown = {
        "kept": kept,
        "findings": [each.as_record(language_now()) for each in (*findings, *told)],
        "publications": [
            {
                "one": one,
                "files": [(name, name_of(name)) for name in one.files],
                "changed": changed.get(one.pk),
                "publish_at": one.publish_at or offered,
            }
            for one in found
        ],
        "jobs": [job for job in jobs if job.is_open or job.state == "failed"],
        "can_make": kept.state in PUBLISHED and not any(one.state in STANDING for one in found),
        "form": SaidForm(
            request.POST if "licence" in request.POST else None, initial={"issued_by": settings.SITE_NAME}
        ),
    }
    return render(request, "publication/publications.html", shown)
