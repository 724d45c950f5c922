"""What if: a leader or the office tries other weights and figures; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from quanheng.findings.finding import Finding, FindingsError
from quanheng.scheme.fields.codes import ROOT
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.boards.findings import SCORED_ANEW
from quanheng.web.boards.views.access import run_or_404
from quanheng.web.library.views.versions import whole_number
from quanheng.web.rounds.models import AskedUnit

_LONGEST: Final = 200


@open_to("leader", "office")
@require_http_methods(["GET", "POST"])
def whatif(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what can be tried, and with POST the ranking that would come of what was typed."""
    from quanheng.web.boards.queries.trial import sheet_of  # noqa: PLC0415  who shows a list computes nothing

    person = actor_of(request).person
    run = run_or_404(request, pk)
    told = request.POST
    typed = {name: str(told[name]) for name in told if name[:1] in {"w", "f"} and name[1:2].isdigit()}
    dimension, unit = told.get("dimension", "")[:_LONGEST], whole_number(told.get("unit"))
    is_anew = request.method == "POST" and whole_number(told.get("run")) != run.number
    shown: dict[str, Any] = {
        "run": run,
        "office": person.may_act_as("office"),
        "units": AskedUnit.objects.visible_to(person).filter(round=pk).select_related("unit"),
        "dimension": dimension,
        "unit": unit,
        "findings": _records([SCORED_ANEW.at(run=run.number)]) if is_anew else [],
    }
    try:
        compute = "compute" in told and not is_anew
        sheet = sheet_of(person, run, typed, dimension=dimension, unit=unit, compute=compute)
    except FindingsError as refusal:
        return render(request, "boards/whatif.html", {**shown, "refused": _records(refusal.findings)})
    shown |= {"sheet": sheet, "dimensions": [part for part in sheet.all_weights if part.key != ROOT]}
    if sheet.is_faulty:
        shown["findings"] += _records(sheet.findings)
    else:
        shown["notes"] = _records(sheet.findings)
    return render(request, "boards/whatif.html", shown)


def _records(findings: Iterable[Finding]) -> list[dict[str, str]]:
    language = language_now()
    return [finding.as_record(language) for finding in findings]
