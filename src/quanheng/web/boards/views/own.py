"""The board of a unit: lights, place, forecast, and the figures reported about it to confirm or to doubt."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.process.rounds.people import Person
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.boards.domain.saying import SAID_IN, confirm, doubt
from quanheng.web.boards.queries.own import doubts_in, own_figures
from quanheng.web.boards.queries.runs import run_that_counts
from quanheng.web.boards.views.charts import unit_figures
from quanheng.web.library.typed import text_of
from quanheng.web.library.views.versions import whole_number
from quanheng.web.results.models import Score
from quanheng.web.rounds.models import AskedUnit
from quanheng.web.rounds.views.rounds import kept_round


@open_to("unit")
@require_http_methods(["GET", "POST"])
def own_board(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a unit where it stands and the figures reported about it; with POST, take what it says."""
    kept, actor = kept_round(request, pk), actor_of(request)
    own = AskedUnit.objects.visible_to(actor.person).filter(round=pk, unit__in=sorted(actor.person.units))
    units = list(own.select_related("unit"))
    told = request.POST if request.method == "POST" else request.GET
    wanted = whole_number(told.get("unit"))
    unit = next((each for each in units if each.pk == wanted), None if wanted else next(iter(units), None))
    if unit is None:
        raise Http404
    shown: dict[str, Any] = {"kept": kept, "units": units, "unit": unit}
    if request.method == "POST":
        try:
            said = _say(request, pk, unit)
        except FindingsError as refusal:
            shown["findings"] = [finding.as_record(language_now()) for finding in refusal.findings]
            shown["message"] = told.get("message", "")
        else:
            messages.success(request, said.in_language(language_now()))
            return redirect(f"{reverse('own_board', args=[pk])}?unit={unit.pk}")
    figures = own_figures(actor.person, unit)
    doubted = whole_number(told.get("doubt"))
    shown |= {
        "figures": figures,
        "open": sum(figure.is_open for figure in figures),
        "can_say": kept.state in SAID_IN,
        "doubted": next((each for each in figures if each.cell.item_id == doubted), None),
    }
    return render(request, "boards/own.html", shown | _result(actor.person, pk, unit))


@open_to("office")
@require_GET
def doubts(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the office which figures units say look wrong."""
    kept = kept_round(request, pk)
    shown = {"kept": kept, "doubts": doubts_in(actor_of(request).person, pk)}
    return render(request, "boards/doubts.html", shown)


def _say(request: HttpRequest, pk: int, unit: AskedUnit) -> Text:
    actor, now, told = actor_of(request), timezone.now(), request.POST
    seen = dict(_pair(text) for text in told.getlist("seen"))
    only = whole_number(told.get("only"))
    if "doubt" in told:
        item = whole_number(told.get("doubt"))
        message = text_of(told, "message")
        doubt(by=actor, at=now, pk=pk, unit=unit.pk, figure=(item, seen.get(item, 0)), message=message)
        return Text(zh="已转告考核办。", en="The office is told.")
    wanted = {item: version for item, version in seen.items() if only in (0, item)}
    count = confirm(by=actor, at=now, pk=pk, unit=unit.pk, seen=wanted)
    return Text(zh=f"已确认{count}项。", en=f"Confirmed: {count}.")


def _pair(text: str) -> tuple[int, int]:
    item, _, version = text.partition(".")
    return whole_number(item), whole_number(version)


def _result(person: Person, pk: int, unit: AskedUnit) -> dict[str, Any]:
    """Return the place, lights and forecast of a unit, once results are shown to it."""
    from quanheng.web.boards.reading import lights_of  # noqa: PLC0415  who shows a list computes nothing

    run = run_that_counts(person, pk)
    if run is None:
        return {}
    score = Score.objects.visible_to(person).filter(run=run, level=0, unit=unit).first()
    try:
        lights, charts = lights_of(run, language_now()), unit_figures(person, run, unit)
    except FindingsError as refusal:
        return {"refused": [finding.as_record(language_now()) for finding in refusal.findings]}
    rows = lights.rows.get(str(unit.unit_id), ()) if lights else ()
    return {"score": score, "lights": rows, "at": lights.at if lights else "", "charts": charts}
