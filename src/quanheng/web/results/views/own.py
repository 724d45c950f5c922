"""Results as leaders and units see them: once they are provisional, the run that counts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from quanheng.findings.finding import FindingsError
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.results.models import KeptRun, Score
from quanheng.web.results.models.run import SHOWN
from quanheng.web.results.queries.ranking import ranking_of


@open_to("leader", "unit")
@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """List the rounds whose results are shown."""
    person = actor_of(request).person
    runs = KeptRun.objects.visible_to(person).select_related("round").defer("files", "findings")
    found = runs.filter(round__state__in=SHOWN).order_by("-round__made_at", "-number")
    latest = list({run.round_id: run for run in reversed(found)}.values())
    roles = {"leader": person.may_act_as("leader"), "of_unit": person.may_act_as("unit")}
    return render(request, "results/results.html", {"runs": latest[::-1], **roles})


@open_to("leader")
@require_GET
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the ranking of a round."""
    run = _shown(request, pk)
    groups = ranking_of(actor_of(request).person, run)
    return render(request, "results/ranking.html", {"run": run, "groups": groups})


@open_to("unit")
@require_GET
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a unit its own score, place and tier, and why; of one with several units, the one asked for."""
    from quanheng.web.results.queries.explaining import explanation_of  # noqa: PLC0415  to say why computes

    person = actor_of(request).person
    run = _shown(request, pk)
    scores = Score.objects.visible_to(person).filter(run=run, level=0, unit__unit__in=sorted(person.units))
    mine = {str(score.unit.unit_id): score for score in scores.select_related("unit__unit")}
    if not mine:
        raise Http404
    score = mine.get(request.GET.get("unit", ""), next(iter(mine.values())))
    kept = run.round.as_round()
    is_open = kept.window is not None and kept.window.is_open(timezone.localtime())
    shown: dict[str, object] = {
        "run": run,
        "score": score,
        "mine": mine.values(),
        "open": is_open,
        "appeal_of": f"{reverse('file_appeal', args=[pk])}?unit={score.unit_id}" if is_open else "",
    }
    language = language_now()
    try:
        shown["step"] = explanation_of(person, run, score.unit, language=language, alone=True)
    except FindingsError as refusal:
        shown["refused"] = [finding.as_record(language) for finding in refusal.findings]
    return render(request, "results/own.html", shown)


def _shown(request: HttpRequest, pk: int) -> KeptRun:
    """Return the run of a round that counts, if its results are shown to the one who asks."""
    runs = KeptRun.objects.visible_to(actor_of(request).person).select_related("round", "scheme")
    good = runs.filter(round=pk, round__state__in=SHOWN, state="ended", is_preview=False)
    found = good.order_by("-number").first()
    if found is None:
        raise Http404
    return found
