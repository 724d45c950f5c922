"""Pages of tasks: the office assigns figures, a reporter sees what is due."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.web.audit.actions import codes_of, refuse
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.library.typed import text_of
from quanheng.web.library.uploads import Upload
from quanheng.web.people.models import Account
from quanheng.web.rounds.domain.tasks import Wish, assign, end_tasks
from quanheng.web.rounds.forms import TaskForm
from quanheng.web.rounds.models import AskedItem, AskedUnit, KeptRound
from quanheng.web.rounds.queries.tasks import due_of, questions_of, rows_of
from quanheng.web.rounds.task_sheet import read_task_sheet
from quanheng.web.rounds.views.rounds import kept_round


@open_to("reporter")
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """Show a reporter what is asked and what is to be reported: returned and late first, then by deadline."""
    person = actor_of(request).person
    questions = questions_of(person)
    rows = due_of(person, timezone.now(), questions)
    return render(request, "rounds/due.html", {"rows": rows, "questions": questions})


@open_to("office")
@require_http_methods(["GET", "POST"])
def tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who reports what in a round, and assign it: by a form, or by a workbook."""
    kept = kept_round(request, pk)
    actor = actor_of(request)
    items = list(AskedItem.objects.visible_to(actor.person).filter(round=kept))
    of_round = AskedUnit.objects.visible_to(actor.person).filter(round=kept)
    units = list(of_round.select_related("unit"))
    form = _form(request, items, units)
    findings: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            done = _do(request, kept, form)
        except FindingsError as refusal:
            findings = [finding.as_record(language_now()) for finding in refusal.findings]
        else:
            if done is not None:
                messages.success(request, done.in_language(language_now()))
                return redirect("tasks", pk=pk)
    shown = {
        "kept": kept,
        "form": form,
        "findings": findings,
        "typed": request.POST,
        **rows_of(actor.person, kept, items, units),
    }
    return render(request, "rounds/tasks.html", shown)


def _do(request: HttpRequest, kept: KeptRound, form: TaskForm) -> Text | None:
    """Do what was asked for, and return how to say so; None if the form is not filled in."""
    actor, now = actor_of(request), timezone.now()
    sent = request.FILES.get("file")
    if sent is not None:
        upload = Upload(name=sent.name or "", content=sent.read())
        try:
            wishes, remarks = read_task_sheet(upload, kept, actor.person)
        except FindingsError as refusal:
            about, reasons = f"{kept.code} {upload.plain_name}", codes_of(refusal.findings)
            refuse(by=actor, at=now, action="tasks.assign", about=about, reasons=reasons, chain=kept.chain)
            raise
        reason = text_of(request.POST, "reason")
        done = assign(by=actor, at=now, pk=kept.pk, wishes=wishes, reason=reason, file=upload.plain_name)
        for remark in remarks:
            said = remark.as_record(language_now())
            messages.warning(request, f"{said['place']} {said['message']} {said['hint']} ({said['code']})")
        return _said(done.new, done.changed)
    if not form.is_valid():
        return None
    told = form.cleaned_data
    items, units = frozenset(told["items"]), frozenset(told["units"])
    if request.POST.get("do") == "end":
        count = end_tasks(by=actor, at=now, pk=kept.pk, items=items, units=units, reason=told["reason"])
        return Text(zh=f"已撤销{count}项指派。", en=f"Assignments ended: {count}.")
    wish = Wish(items=items, units=units, reporter=told["reporter"], due=told["due"])
    done = assign(by=actor, at=now, pk=kept.pk, wishes=(wish,), reason=told["reason"])
    return _said(done.new, done.changed)


def _said(new: int, changed: int) -> Text:
    return Text(
        zh=f"新指派{new}项，转交或延期{changed}项。",
        en=f"Newly assigned: {new}; passed on or deferred: {changed}.",
    )


def _form(request: HttpRequest, items: list[AskedItem], units: list[AskedUnit]) -> TaskForm:
    person, language = actor_of(request).person, language_now()
    reporters = Account.objects.visible_to(person).filter(as_reporter=True, is_active=True)
    data: Any = request.POST if request.method == "POST" and not request.FILES else None
    return TaskForm(
        data,
        items=[(item.code, f"{item.code} {item.name.in_language(language)}") for item in items],
        units=[(unit.unit.code, f"{unit.unit.code} {unit.unit.name}") for unit in units],
        reporters=[(account.code, f"{account.name} ({account.code})") for account in reporters],
    )
