"""Pages of appeals: the list, filing one, and each with its steps, its evidence and its decision."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.text import Text
from quanheng.process.rounds.appeal import APPEAL
from quanheng.web.appeals.domain.appeals import (
    Filing,
    add_to_appeal,
    file_appeal,
    move_appeal,
    open_appeal_evidence,
)
from quanheng.web.appeals.domain.corrections import Correction, correct_figure
from quanheng.web.appeals.domain.subjects import subjects_of
from quanheng.web.appeals.models import AppealEvidence
from quanheng.web.appeals.queries.appeals import (
    OneAppeal,
    appeal_of,
    appeals_of,
    own_units,
    rounds_to_appeal_in,
)
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.held_files import as_download
from quanheng.web.base.looks import language_now
from quanheng.web.library.evidence import ENDINGS
from quanheng.web.library.typed import text_of
from quanheng.web.library.views.versions import whole_number
from quanheng.web.rounds.models import AskedItem
from quanheng.web.rounds.views.evidence import uploads_of
from quanheng.web.rounds.views.rounds import kept_round

_A_PAGE = 50


@open_to("office", "unit", "leader")
@require_GET
def appeals(request: HttpRequest) -> HttpResponse:
    """List the appeals that the one who asks may see, and where a unit can appeal now."""
    person = actor_of(request).person
    state = request.GET.get("state", "")
    page = Paginator(appeals_of(person, state), _A_PAGE).get_page(request.GET.get("page"))
    shown: dict[str, Any] = {
        "page": page,
        "state": state,
        "states": APPEAL.states.items(),
        "rounds": rounds_to_appeal_in(person, timezone.now()),
    }
    return render(request, "appeals/appeals.html", shown)


@open_to("unit")
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """File an appeal on a figure or a score of the own unit."""
    kept = kept_round(request, pk)
    actor = actor_of(request)
    units = own_units(actor.person, kept)
    if not units:
        raise Http404
    told = request.POST if request.method == "POST" else request.GET
    wanted = whole_number(told.get("unit"))
    unit = next((unit for unit in units if unit.pk == wanted), units[0])
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        filing = Filing(
            unit=wanted or unit.pk, about=told.get("about", ""), grounds=text_of(request.POST, "grounds")
        )
        key = told.get("key", "")
        try:
            filed = file_appeal(
                by=actor, at=timezone.now(), pk=pk, filing=filing, uploads=uploads_of(request), key=key
            )
        except FindingsError as refusal:
            findings = refusal.findings
        else:
            said = Text(zh="申诉已提出。", en="The appeal is filed.")
            messages.success(request, said.in_language(language_now()))
            return redirect("appeal", pk=filed.pk) if filed else redirect("appeals")
    items = AskedItem.objects.visible_to(actor.person).filter(round=kept)
    subjects = subjects_of(kept, unit, items)
    shown: dict[str, Any] = {
        "kept": kept,
        "units": units,
        "unit": unit,
        "figures": [subject for subject in subjects if subject.kind == "item"],
        "scores": [subject for subject in subjects if subject.kind == "node"],
        "about": told.get("about", ""),
        "grounds": told.get("grounds", ""),
        "findings": _records(findings),
        "key": secrets.token_urlsafe(12),
        **_limits(),
    }
    return render(request, "appeals/file.html", shown)


@open_to("office", "unit", "leader")
@require_GET
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an appeal."""
    return _page(request, _appeal(request, pk))


@open_to("office", "unit")
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Hear, decide, withdraw or finish an appeal."""
    found = _appeal(request, pk)
    wanted = request.POST.get("move", "")
    if wanted not in {each.code for each in APPEAL.moves}:
        raise Http404
    reason = text_of(request.POST, "reason")
    try:
        move_appeal(by=actor_of(request), at=timezone.now(), appeal=pk, move=wanted, reason=reason)
    except FindingsError as refusal:
        return _page(request, found, refusal.findings)
    name = APPEAL.move(wanted).name
    return _done(request, pk, Text(zh=f"已办理：{name.zh}。", en=f"Done: {name.en}."))


@open_to("office")
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a figure by an upheld appeal."""
    found = _appeal(request, pk)
    told = request.POST
    correction = Correction(
        item=whole_number(told.get("item")),
        written=told.get("written", ""),
        seen=whole_number(told.get("version")),
        note=text_of(told, "note"),
    )
    try:
        correct_figure(by=actor_of(request), at=timezone.now(), appeal=pk, correction=correction)
    except FindingsError as refusal:
        return _page(request, found, refusal.findings)
    return _done(request, pk, Text(zh="已更正，请重新计分。", en="Corrected; now run the score."))


@open_to("unit")
@require_POST
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep more evidence beside an appeal."""
    found = _appeal(request, pk)
    uploads, key = uploads_of(request), request.POST.get("key", "")
    try:
        add_to_appeal(by=actor_of(request), at=timezone.now(), appeal=pk, uploads=uploads, key=key)
    except FindingsError as refusal:
        return _page(request, found, refusal.findings)
    return _done(request, pk, Text(zh="已补充材料。", en="The evidence is kept."))


@open_to("office", "unit", "leader")
@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a file of an appeal that the one who asks may see."""
    try:
        found = open_appeal_evidence(by=actor_of(request), at=timezone.now(), evidence=pk)
    except AppealEvidence.DoesNotExist as absent:
        raise Http404 from absent
    return as_download(found)


def _appeal(request: HttpRequest, pk: int) -> OneAppeal:
    found = appeal_of(actor_of(request).person, pk, timezone.now())
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: OneAppeal, findings: tuple[Finding, ...] = ()) -> HttpResponse:
    person = actor_of(request).person
    shown: dict[str, Any] = {
        "found": found,
        "appeal": found.appeal,
        "kept": found.appeal.round,
        "is_office": person.may_act_as("office"),
        "can_add": found.is_own and found.appeal.state in ("filed", "heard"),
        "figures": [figure | _typed(request, figure["item"].pk) for figure in found.figures],
        "moves": [move | {"refused": _records(move["refused"])} for move in found.moves],
        "findings": _records(findings),
        "typed": request.POST,
        "key": secrets.token_urlsafe(12),
        **_limits(),
    }
    return render(request, "appeals/appeal.html", shown)


def _typed(request: HttpRequest, item: int) -> dict[str, str]:
    """Return what was typed into the form of a figure that could not be corrected."""
    told = request.POST if request.POST.get("item") == str(item) else {}
    return {"typed": told.get("written", ""), "noted": told.get("note", "")}


def _limits() -> dict[str, object]:
    return {"most_files": settings.EVIDENCE_FILES, "most_mebi": settings.EVIDENCE_MEBI, "endings": ENDINGS}


def _records(findings: Iterable[Finding]) -> list[dict[str, str]]:
    return [finding.as_record(language_now()) for finding in findings]


def _done(request: HttpRequest, pk: int, said: Text) -> HttpResponse:
    messages.success(request, said.in_language(language_now()))
    return redirect("appeal", pk=pk)
