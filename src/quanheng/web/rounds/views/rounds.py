"""Pages of the office: the rounds, making one, and each of them with its next moves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.process.rounds.people import Deed
from quanheng.process.rounds.reported import REPORTED
from quanheng.process.rounds.round import ROUND, Outlook, refused_round
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.base.markup import repeated
from quanheng.web.library.models import Version
from quanheng.web.library.reading import scheme_of
from quanheng.web.library.typed import text_of
from quanheng.web.rounds.domain.correcting import CORRECTED, correct_round
from quanheng.web.rounds.domain.rounds import change_deadline, count_asked, make_round, move_round, units_for
from quanheng.web.rounds.findings import NOT_A_MOMENT
from quanheng.web.rounds.forms import DeadlineForm, MoveForm, RoundForm
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, KeptRound, Task
from quanheng.web.rounds.models.assignment import STILL_REPORTS
from quanheng.web.rounds.models.round import OF_THOSE_THERE, name_of_item

_MOVES = ("open", "close", "extend")
"""The moves of a round that collecting figures takes; the others come with what they show."""
_ITEM: Final = (
    '<tr><td class="code">{}</td><th scope="row">{}</th><td>{}</td><td class="code">{}</td><td>{}</td></tr>'
)


@open_to("office")
@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """List the rounds, the newest first."""
    found = KeptRound.objects.visible_to(actor_of(request).person).select_related("scheme")
    return render(request, "rounds/rounds.html", {"rounds": found})


@open_to("office")
@require_http_methods(["GET", "POST"])
def add_round(request: HttpRequest) -> HttpResponse:
    """Make a round from a version of a scheme."""
    actor = actor_of(request)
    wanted = request.POST.get("scheme") or request.GET.get("of") or ""
    versions = Version.objects.visible_to(actor.person)
    version = versions.filter(pk=wanted).first() if wanted.isdecimal() else versions.first()
    if version is None:
        return render(request, "rounds/add.html", {"none": True})
    units = units_for(version)
    initial = {"scheme": str(version.pk), "units": [unit.code for unit in units]}
    initial |= {"period": scheme_of(version.text).round, "title": version.title.in_language(language_now())}
    initial["code"] = str(initial["period"])
    form = RoundForm(request.POST or None, by=actor.person, units=units, initial=initial)
    findings: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            kept = make_round(by=actor, at=timezone.now(), plan=form.plan())
        except FindingsError as refusal:
            findings = [finding.as_record(language_now()) for finding in refusal.findings]
        else:
            return redirect("round", pk=kept.pk)
    return render(request, "rounds/add.html", {"form": form, "findings": findings})


@open_to("office")
@require_GET
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a round: what is asked, how much is in, and what can be done next."""
    return _page(request, kept_round(request, pk), [])


@open_to("office")
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a round, close reporting, or extend it."""
    kept = kept_round(request, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        if "move" in form.errors:
            raise Http404
        slip = NOT_A_MOMENT.at(text=request.POST.get("due", ""))
        return _page(request, kept, [slip.as_record(language_now())])
    told = form.cleaned_data
    try:
        move_round(
            by=actor_of(request),
            at=timezone.now(),
            pk=kept.pk,
            move=told["move"],
            reason=text_of(request.POST, "reason"),
            due=told["due"],
        )
    except FindingsError as refusal:
        return _page(request, kept, [finding.as_record(language_now()) for finding in refusal.findings])
    done = ROUND.move(told["move"]).name
    said = Text(zh=f"已办理：{done.zh}。", en=f"Done: {done.en}.")
    messages.success(request, said.in_language(language_now()))
    return redirect("round", pk=pk)


@open_to("office")
@require_POST
def change_due(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a round another deadline."""
    kept = kept_round(request, pk)
    form = DeadlineForm(request.POST)
    if not form.is_valid():
        told = NOT_A_MOMENT.at(text=request.POST.get("due", ""))
        return _page(request, kept, [told.as_record(language_now())])
    try:
        change_deadline(by=actor_of(request), at=timezone.now(), pk=pk, due=form.cleaned_data["due"])
    except FindingsError as refusal:
        return _page(request, kept, [finding.as_record(language_now()) for finding in refusal.findings])
    said = Text(zh="已保存截止时间。", en="The deadline is kept.")
    messages.success(request, said.in_language(language_now()))
    return redirect("round", pk=pk)


@open_to("office")
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new version of a round that is final or published."""
    kept, reason = kept_round(request, pk), text_of(request.POST, "reason")
    try:
        new = correct_round(by=actor_of(request), at=timezone.now(), pk=pk, reason=reason)
    except FindingsError as refusal:
        return _page(request, kept, [finding.as_record(language_now()) for finding in refusal.findings])
    said = Text(zh="新版本已建立，请更正指标值。", en="The new version is there; correct the figures in it.")
    messages.success(request, said.in_language(language_now()))
    return redirect("round", pk=new.pk)


def kept_round(request: HttpRequest, pk: int) -> KeptRound:
    """Return a round that the one who asks may see; to others it is not there."""
    rounds = KeptRound.objects.visible_to(actor_of(request).person).select_related("scheme")
    found = rounds.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, kept: KeptRound, findings: list[dict[str, str]]) -> HttpResponse:
    actor = actor_of(request)
    items = list(
        AskedItem.objects.visible_to(actor.person)
        .filter(round=kept)
        .values_list("code", "names", "measured_in", "period", "department", "groups")
    )
    of_round = AskedUnit.objects.visible_to(actor.person).filter(round=kept)
    units = list(of_round.select_related("unit"))
    asked = count_asked((groups for *_, groups in items), units)
    tasks = Task.objects.visible_to(actor.person).filter(round=kept, state="given", **OF_THOSE_THERE)
    given = tasks.filter(**STILL_REPORTS).count()
    outlook = Outlook(unassigned=asked - given)  # no move of this page hangs on more
    deed = Deed(by=actor.person, at=timezone.now(), reason="-")
    moves: list[dict[str, Any]] = []
    for code in _MOVES:
        step = ROUND.move(code)
        if kept.state in step.before:
            refused = refused_round(code, kept.as_round(), deed, outlook)
            why = [finding.as_record(language_now()) for finding in refused]
            extends = code == "extend"
            moves.append(
                {"code": code, "name": step.name, "refused": [] if extends else why, "extends": extends}
            )
    by_state = dict(
        Cell.objects.visible_to(actor.person)
        .filter(round=kept, **OF_THOSE_THERE)
        .values_list("state")
        .annotate(count=Count("pk", distinct=True))
    )
    counts = [
        (REPORTED.states[state], by_state.get(state, 0)) for state in REPORTED.states if state != "empty"
    ]
    shown = {
        "kept": kept,
        "typed": request.POST,
        "can_correct": kept.state in CORRECTED,
        "moves": moves,
        "findings": findings,
        "asked": asked,
        "unassigned": outlook.unassigned,
        "counts": [(REPORTED.states["empty"], asked - sum(by_state.values())), *counts],
        "items": len(items),
        "rows": _rows(items),
        "units": [_named(unit) for unit in units],
    }
    return render(request, "rounds/round.html", shown)


def _rows(items: Iterable[tuple[str, dict[str, str], str, str, str, list[str]]]) -> SafeString:
    language = language_now()
    told = (
        (code, name_of_item(names, code).in_language(language), measured_in, period, department)
        for code, names, measured_in, period, department, _ in items
    )
    return repeated(_ITEM, told)


def _named(unit: AskedUnit) -> str:
    """Return the name of a unit, and why nothing is asked of it if that is so."""
    absence = unit.absence
    if absence is None:
        return unit.unit.name
    why = Text(zh=f"（{absence.zh}，不要求填报）", en=f"({absence.en}: nothing is asked)")
    said = why.in_language(language_now())
    return format_html('{} <span class="note">{}</span>', unit.unit.name, said)
