"""Pages of one run: its ranking, what differs from another run, what moved since the round before, why."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quanheng.findings.errors import QuanhengError
from quanheng.findings.finding import Finding, FindingsError
from quanheng.scheme.fields.codes import ROOT
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.results.models import KeptRun
from quanheng.web.results.queries.differences import differences
from quanheng.web.results.queries.ranking import ranking_of, run_before
from quanheng.web.rounds.models import AskedUnit

_MOST_SHOWN = 300
"""So many findings are shown; how many there are is said."""


@open_to("office")
@require_GET
def run(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show the ranking of a run with its tiers, what moved since the run before, and its findings."""
    person = actor_of(request).person
    found = kept_run(request, pk, number)
    before = run_before(person, found)
    others = KeptRun.objects.visible_to(person).filter(round=pk, state="ended").exclude(pk=found.pk)
    language = language_now()
    told = [
        {**record, "message": record[f"message_{language}"], "hint": record[f"hint_{language}"]}
        for record in found.findings
    ]
    shown = {
        "run": found,
        "before": before,
        "groups": ranking_of(person, found, before),
        "others": list(others.defer("files", "findings")),
        "told": told[:_MOST_SHOWN],
        "more": max(0, len(told) - _MOST_SHOWN),
        "workbook": any(name.endswith("/results.xlsx") for name in found.files),
    }
    return render(request, "results/run.html", shown)


@open_to("office")
@require_GET
def since(request: HttpRequest, pk: int, number: int, other: int) -> HttpResponse:
    """Show what differs between two runs: which figures changed, by whom and why, which scores moved."""
    person = actor_of(request).person
    runs = KeptRun.objects.visible_to(person).filter(round=pk, number__in=[number, other])
    both = list(runs.select_related("round", "scheme").defer("files", "findings").order_by("number"))
    if len(both) != len({number, other}) or number == other:
        raise Http404
    earlier, later = both
    found = differences(person, earlier, later)
    return render(request, "results/since.html", {"run": later, "before": earlier, "found": found})


@open_to("office")
@require_GET
def moves(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show what moved each unit since the round before, as the core tells it."""
    from quanheng.web.results.reading import moves_of  # noqa: PLC0415  who shows a ranking computes nothing

    found = kept_run(request, pk, number)
    language = language_now()
    try:
        moved = moves_of(found)
    except QuanhengError as error:
        return render(request, "results/moves.html", {"run": found, **_refused(error)})
    said = moved.sentences(language)
    rows = [{**row, "said": said.get(row["unit"], "")} for row in moved.moves.totals.iter_rows(named=True)]
    return render(request, "results/moves.html", {"run": found, "rows": rows, "before": moved.moves.before})


@open_to("office")
@require_GET
def workbook(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """Send the workbook of a run."""
    from quanheng.web.results.reading import workbook_of  # noqa: PLC0415  the same

    found = kept_run(request, pk, number)
    try:
        file = workbook_of(found)
    except FindingsError as refusal:
        raise Http404 from refusal
    if file is None:
        raise Http404
    name = f"{found.round.code}-{found.number}.xlsx"
    return FileResponse(file.open("rb"), as_attachment=True, filename=name)


@open_to("office", "leader")
@require_GET
def explain(request: HttpRequest, pk: int, number: int, unit: int) -> HttpResponse:
    """Show why a unit has its score, down to who reported which figure when."""
    from quanheng.web.results.queries.explaining import explanation_of  # noqa: PLC0415  the same

    person = actor_of(request).person
    found = kept_run(request, pk, number)
    of = AskedUnit.objects.visible_to(person).filter(round=pk, pk=unit).select_related("unit").first()
    if of is None or found.state != "ended":
        raise Http404
    shown: dict[str, object] = {"run": found, "unit": of, "office": person.may_act_as("office")}
    node = request.GET.get("node", ROOT)
    try:
        step = explanation_of(person, found, of, node=node, language=language_now(), alone=False)
    except FindingsError as refusal:
        return render(request, "results/explain.html", {**shown, **_refused(refusal)})
    except QuanhengError as error:
        raise Http404 from error
    return render(request, "results/explain.html", {**shown, "step": step})


def kept_run(request: HttpRequest, pk: int, number: int) -> KeptRun:
    """Return a run that the one who asks may see; to others it is not there."""
    runs = KeptRun.objects.visible_to(actor_of(request).person).select_related("round", "scheme")
    found = runs.filter(round=pk, number=number).first()
    if found is None:
        raise Http404
    return found


def _refused(error: QuanhengError) -> dict[str, object]:
    """Return what a page tells of an error of the core."""
    language = language_now()
    found: tuple[Finding, ...] = error.findings if isinstance(error, FindingsError) else ()
    records = [finding.as_record(language) for finding in found]
    return {"refused": records, "said": "" if records else error.text(language)}
