"""Files of evidence beside a figure: handing in, withdrawing, and downloading."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.held_files import as_download
from quanheng.web.base.looks import language_now
from quanheng.web.library.uploads import MEBI, Upload
from quanheng.web.rounds.domain.evidence import add_evidence, open_evidence, withdraw_evidence
from quanheng.web.rounds.models import Evidence
from quanheng.web.rounds.views.figure import figure_or_404, figure_page


@open_to("reporter")
@require_POST
def add(request: HttpRequest, pk: int, item: int, unit: int) -> HttpResponse:
    """Keep files beside a figure."""
    figure = figure_or_404(request, pk, item, unit)
    key = request.POST.get("key", "")
    try:
        add_evidence(
            by=actor_of(request),
            at=timezone.now(),
            pk=pk,
            place=(item, unit),
            uploads=uploads_of(request),
            key=key,
        )
    except FindingsError as refusal:
        return figure_page(request, figure, refusal.findings)
    said = Text(zh="已上传证明材料。", en="The evidence is kept.")
    messages.success(request, said.in_language(language_now()))
    return redirect("history", pk=pk, item=item, unit=unit)


@open_to("reporter")
@require_POST
def withdraw(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """Withdraw a file."""
    seen = Evidence.objects.visible_to(actor_of(request).person).filter(round=pk, pk=evidence)
    found = seen.first()
    if found is None:
        raise Http404
    figure = figure_or_404(request, pk, found.item_id, found.unit_id)
    try:
        withdraw_evidence(by=actor_of(request), at=timezone.now(), pk=pk, evidence=evidence)
    except FindingsError as refusal:
        return figure_page(request, figure, refusal.findings)
    said = Text(zh="已撤下。", en="Withdrawn.")
    messages.success(request, said.in_language(language_now()))
    return redirect("history", pk=pk, item=found.item_id, unit=found.unit_id)


@open_to("office", "reporter", "unit", "leader")
@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a file that the one who asks may see."""
    try:
        found = open_evidence(by=actor_of(request), at=timezone.now(), evidence=pk)
    except Evidence.DoesNotExist as absent:
        raise Http404 from absent
    return as_download(found)


def uploads_of(request: HttpRequest) -> tuple[Upload, ...]:
    """Return the files of a form; of one that is too large, no more than shows that it is."""
    most = int(settings.EVIDENCE_MEBI) * MEBI
    return tuple(
        Upload(name=sent.name or "", content=sent.read(most + 1)) for sent in request.FILES.getlist("files")
    )
