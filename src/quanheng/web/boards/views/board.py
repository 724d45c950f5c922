"""The board of a round for leaders: headline figures, the ranking with what moved, lights."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quanheng.findings.finding import FindingsError
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.boards.views.access import run_or_404
from quanheng.web.boards.views.charts import board_figures
from quanheng.web.results.queries.ranking import ranking_of


@open_to("leader", "office")
@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole round at a glance."""
    from quanheng.web.boards.reading import heads_of, lights_of, since_of  # noqa: PLC0415  who shows a list computes nothing

    person, language = actor_of(request).person, language_now()
    run = run_or_404(request, pk)
    shown: dict[str, Any] = {"run": run}
    groups = ranking_of(person, run)
    try:
        since, lights = since_of(run, language), lights_of(run, language)
        shown["heads"], shown["figures"] = heads_of(run), board_figures(run)
    except FindingsError as refusal:
        shown["refused"] = [finding.as_record(language) for finding in refusal.findings]
        return render(request, "boards/board.html", shown)
    shown |= {"since": since, "lights": lights}
    shown["groups"] = [
        {
            "name": group.name,
            "rows": [
                {
                    "now": row.now,
                    "moved": since.totals.get(str(row.now.unit.unit_id)) if since else None,
                    "said": since.said.get(str(row.now.unit.unit_id), "") if since else "",
                    "lights": lights.counts(str(row.now.unit.unit_id)) if lights else (),
                }
                for row in group.rows
            ],
        }
        for group in groups
    ]
    return render(request, "boards/board.html", shown)
