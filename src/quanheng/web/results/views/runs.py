"""The office's page of the runs of a round: running the score, and moving the round on by it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.process.rounds.people import Deed
from quanheng.process.rounds.round import ROUND, Window, refused_round
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.jobs.models import Job
from quanheng.web.library.typed import text_of
from quanheng.web.results.domain.asking import PREVIEWED, SCORED, ask_score
from quanheng.web.results.domain.moves import MOVES, move_by_results
from quanheng.web.results.domain.outlook import outlook_with_results, with_marks_now
from quanheng.web.results.forms import MoveForm
from quanheng.web.results.models import KeptRun
from quanheng.web.results.words import RUN_SCORE
from quanheng.web.rounds.models import KeptRound
from quanheng.web.rounds.views.rounds import kept_round

_BEGUN = Text(zh="已开始计分，完成后显示在下表。", en="The score is being run; the table below will show it.")
_AGAIN = Text(
    zh="正在计分；完成后将按届时的指标值再次计分。",
    en="The score is being run; it is run once more after that, by the figures as they are then.",
)
_A_MOMENT = dt.timedelta(minutes=1)
_DAYS = dt.timedelta(days=5)
"""So long a window is, unless the office says otherwise."""


@open_to("office")
@require_GET
def runs(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the runs of a round, the newest first, and what can be done next."""
    return _page(request, kept_round(request, pk), [])


@open_to("office")
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the score to be run."""
    kept = kept_round(request, pk)
    preview = request.POST.get("preview") == "yes"
    try:
        job = ask_score(by=actor_of(request), at=timezone.localtime(), pk=pk, preview=preview)
    except FindingsError as refusal:
        return _page(request, kept, [finding.as_record(language_now()) for finding in refusal.findings])
    messages.success(request, (_AGAIN if job.again_by else _BEGUN).in_language(language_now()))
    return redirect("runs", pk=pk)


@open_to("office")
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Show provisional results, take them back, or make them final."""
    kept = kept_round(request, pk)
    form = MoveForm(request.POST)
    if not form.is_valid() and "move" in form.errors:
        raise Http404
    told = form.cleaned_data
    try:
        move_by_results(
            by=actor_of(request),
            at=timezone.localtime(),
            pk=pk,
            move=told["move"],
            reason=text_of(request.POST, "reason"),
            window=form.window() if form.is_valid() else None,
        )
    except FindingsError as refusal:
        return _page(request, kept, [finding.as_record(language_now()) for finding in refusal.findings])
    done = ROUND.move(told["move"]).name
    said = Text(zh=f"已办理：{done.zh}。", en=f"Done: {done.en}.")
    messages.success(request, said.in_language(language_now()))
    return redirect("runs", pk=pk)


def _page(request: HttpRequest, kept: KeptRound, findings: list[dict[str, str]]) -> HttpResponse:
    person, now = actor_of(request).person, timezone.localtime()
    found = with_marks_now(KeptRun.objects.visible_to(person).filter(round=kept), kept)
    jobs = Job.objects.visible_to(person).filter(kind=RUN_SCORE, chain=kept.chain)
    runs_shown = list(found.defer("files", "findings"))
    counting = next((run for run in runs_shown if run.state == "ended" and not run.is_preview), None)
    outlook = outlook_with_results(kept, counting)
    deed = Deed(by=person, at=now, reason="-")
    window = Window(begins=now, ends=now + _A_MOMENT)  # what was typed is looked at when it comes
    moves: list[dict[str, Any]] = []
    for code in MOVES:
        step = ROUND.move(code)
        if kept.state in step.before:
            refused = refused_round(code, kept.as_round(), deed, outlook, window)
            why = [finding.as_record(language_now()) for finding in refused]
            moves.append({"code": code, "name": step.name, "refused": why, "reason": step.reason})
    shown = {
        "kept": kept,
        "findings": findings,
        "typed": request.POST,
        "runs": runs_shown,
        "jobs": [job for job in jobs.order_by("-pk")[:5] if job.is_open or job.state == "failed"],
        "moves": moves,
        "whatif": counting is not None,
        "current": outlook.has_current_run,
        "can_run": kept.state in SCORED,
        "can_preview": kept.state in PREVIEWED,
        "begins": now,
        "ends": now + _DAYS,
    }
    return render(request, "results/runs.html", shown)
