"""The page of one figure: value, notes, questions and every change; it is returned and asked about here."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.text import Text
from quanheng.process.rounds.reported import REPORTED
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.library.evidence import ENDINGS
from quanheng.web.library.typed import text_of
from quanheng.web.library.views.versions import whole_number
from quanheng.web.rounds.domain.questions import answer as answer_question
from quanheng.web.rounds.domain.questions import ask as ask_question
from quanheng.web.rounds.domain.review import Return, return_value
from quanheng.web.rounds.domain.values import Entry, save_values
from quanheng.web.rounds.findings import NOT_A_MOMENT
from quanheng.web.rounds.forms import DeadlineForm
from quanheng.web.rounds.models import Question
from quanheng.web.rounds.queries.figure import OneFigure, figure_of


@open_to("office", "reporter", "unit", "leader")
@require_GET
def history(request: HttpRequest, pk: int, item: int, unit: int) -> HttpResponse:
    """Show a figure: what stands, what is asked, and every version of it: who, when, from which file."""
    return figure_page(request, figure_or_404(request, pk, item, unit))


@open_to("office")
@require_POST
def send_back(request: HttpRequest, pk: int, item: int, unit: int) -> HttpResponse:
    """Return a figure with a message, and with a deadline if one is given."""
    figure = figure_or_404(request, pk, item, unit)
    due = None
    if request.POST.get("due"):
        form = DeadlineForm(request.POST)
        if not form.is_valid():
            return figure_page(request, figure, (NOT_A_MOMENT.at(text=request.POST["due"]),))
        due = form.cleaned_data["due"]
    wish = Return(place=(item, unit), seen=_seen(request), message=text_of(request.POST, "message"), due=due)
    try:
        return_value(by=actor_of(request), at=timezone.now(), pk=pk, wish=wish)
    except FindingsError as refusal:
        return figure_page(request, figure, refusal.findings)
    return _done(request, figure, Text(zh="已退回填报人。", en="Returned to who reports it."))


@open_to("office")
@require_POST
def ask(request: HttpRequest, pk: int, item: int, unit: int) -> HttpResponse:
    """Ask about a figure; it stays as it is."""
    figure = figure_or_404(request, pk, item, unit)
    key = request.POST.get("key", "")
    try:
        ask_question(
            by=actor_of(request),
            at=timezone.now(),
            pk=pk,
            place=(item, unit),
            text=text_of(request.POST, "question"),
            key=key,
        )
    except FindingsError as refusal:
        return figure_page(request, figure, refusal.findings)
    return _done(request, figure, Text(zh="已向填报人提问。", en="Who reports it is asked."))


@open_to("reporter")
@require_POST
def answer(request: HttpRequest, pk: int, item: int, unit: int, question: int) -> HttpResponse:
    """Answer a question of the office."""
    figure = figure_or_404(request, pk, item, unit)
    if question not in {asked.pk for asked in figure.questions}:
        raise Http404
    try:
        answer_question(
            by=actor_of(request),
            at=timezone.now(),
            pk=pk,
            question=question,
            text=text_of(request.POST, f"answer-{question}"),
        )
    except FindingsError as refusal:
        return figure_page(request, figure, refusal.findings)
    return _done(request, figure, Text(zh="已答复。", en="Answered."))


@open_to("reporter")
@require_POST
def note(request: HttpRequest, pk: int, item: int, unit: int) -> HttpResponse:
    """Keep a note beside a figure."""
    figure = figure_or_404(request, pk, item, unit)
    written = figure.cell.written if figure.cell else ""
    entry = Entry(
        place=(item, unit), written=written, seen=_seen(request), note=text_of(request.POST, "note")
    )
    key = request.POST.get("key", "")
    done = save_values(by=actor_of(request), at=timezone.now(), pk=pk, entries=(entry,), key=key)
    found = [finding for each in done.refused.values() for finding in each]
    if found:
        return figure_page(request, figure, tuple(found))
    return _done(request, figure, Text(zh="已保存备注。", en="The note is kept."))


def figure_page(request: HttpRequest, figure: OneFigure, findings: tuple[Finding, ...] = ()) -> HttpResponse:
    """Return the page of a figure, with what was not done."""
    person, language = actor_of(request).person, language_now()
    is_office = person.may_act_as("office")
    moves = {move: not figure.refused(move) for move in ("accept", "miss", "return", "save")}
    why = figure.refused("accept") if is_office and figure.reported.state == "submitted" else ()
    shown: dict[str, Any] = {
        "kept": figure.kept,
        "figure": figure,
        "state": REPORTED.states[figure.reported.state],
        "is_office": is_office,
        "is_report": figure.is_own,
        "can": moves,
        "why": [finding.as_record(language) for finding in why],
        "takes": figure.setting.round.takes_corrections,
        "doubts": [doubt.finding.as_record(language) for doubt in figure.doubts] if is_office else [],
        "doubted": () if is_office else [doubt.words for doubt in figure.doubts],
        "questions": [
            {
                "asked": asked,
                "is_open": not _is_answered(asked),
                "typed": request.POST.get(f"answer-{asked.pk}", ""),
            }
            for asked in figure.questions
        ],
        "findings": [finding.as_record(language) for finding in findings],
        "typed": request.POST,
        "note": request.POST.get("note", figure.cell.note if figure.cell else ""),
        "standing": [held for held in figure.evidence if held.withdrawn_at is None],
        "withdrawn": [held for held in figure.evidence if held.withdrawn_at is not None],
        "most_files": settings.EVIDENCE_FILES,
        "most_mebi": settings.EVIDENCE_MEBI,
        "endings": ENDINGS,
        "key": secrets.token_urlsafe(12),
    }
    return render(request, "rounds/figure.html", shown)


def _is_answered(question: Question) -> bool:
    return hasattr(question, "answer")


def figure_or_404(request: HttpRequest, pk: int, item: int, unit: int) -> OneFigure:
    """Return a figure that the one who asks may see; to others it is not there."""
    found = figure_of(actor_of(request).person, pk, (item, unit), timezone.now())
    if found is None:
        raise Http404
    return found


def _done(request: HttpRequest, figure: OneFigure, said: Text) -> HttpResponse:
    messages.success(request, said.in_language(language_now()))
    return redirect("history", pk=figure.kept.pk, item=figure.item.pk, unit=figure.unit.pk)


def _seen(request: HttpRequest) -> int:
    return whole_number(request.POST.get("version"))
