"""The office's page of what stands in the book of a round beside its figures."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.text import Text
from quanheng.web.audit.actions import codes_of, refuse
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.library.uploads import Upload
from quanheng.web.results.domain.parts import current_parts, keep_parts, parts_of, withdraw_part
from quanheng.web.results.models import KeptPart
from quanheng.web.rounds.models import KeptRound
from quanheng.web.rounds.views.rounds import kept_round


@open_to("office")
@require_http_methods(["GET", "POST"])
def parts(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the parts of a round's book beside its figures, and take in others."""
    from quanheng.web.results.domain.checking import check_parts  # noqa: PLC0415  who looks at them computes nothing

    kept = kept_round(request, pk)
    sent = request.FILES.get("file")
    if request.method == "GET" or sent is None:
        return _page(request, kept, ())
    actor, now = actor_of(request), timezone.localtime()
    upload = Upload(name=sent.name or "", content=sent.read())
    name = upload.plain_name
    try:
        brought = parts_of(upload)
        told = check_parts(kept, brought)
    except FindingsError as refusal:
        reasons = codes_of(refusal.findings)
        refuse(
            by=actor,
            at=now,
            action="results.parts",
            about=f"{kept.code} {name}",
            reasons=reasons,
            chain=kept.chain,
        )
        return _page(request, kept, refusal.findings)
    try:
        count = keep_parts(by=actor, at=now, pk=pk, name=name, parts=brought)
    except FindingsError as refusal:
        return _page(request, kept, refusal.findings)
    said = Text(
        zh=f"已保存{count}个文件，提示{len(told)}条。", en=f"Files kept: {count}; findings: {len(told)}."
    )
    messages.success(request, said.in_language(language_now()))
    return _page(request, kept, (), told) if told else redirect("parts", pk=pk)


@open_to("office")
@require_POST
def withdraw(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Withdraw a part that was handed in for the round."""
    kept = kept_round(request, pk)
    found = KeptPart.objects.visible_to(actor_of(request).person).filter(
        pk=part, round=kept, withdrawn_at=None
    )
    if not found.exists():
        raise Http404
    try:
        withdraw_part(by=actor_of(request), at=timezone.localtime(), pk=pk, part=part)
    except FindingsError as refusal:
        return _page(request, kept, refusal.findings)
    messages.success(request, Text(zh="已撤回。", en="Withdrawn.").in_language(language_now()))
    return redirect("parts", pk=pk)


def _page(
    request: HttpRequest, kept: KeptRound, findings: tuple[Finding, ...], remarks: tuple[Finding, ...] = ()
) -> HttpResponse:
    """Return the page with what kept parts back, or what is to be said of those that were kept."""
    told, remarked = (
        [finding.as_record(language_now()) for finding in found] for found in (findings, remarks)
    )
    shown = {"kept": kept, "parts": current_parts(kept), "findings": told, "remarks": remarked}
    return render(request, "results/parts.html", shown)
