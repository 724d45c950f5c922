"""Pages of checking: what is in as a matrix, and many figures accepted at once."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Language, Text
from quanheng.process.rounds.reported import REPORTED
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.base.markup import options_of
from quanheng.web.library.typed import text_of
from quanheng.web.library.views.versions import whole_number
from quanheng.web.rounds.domain.review import Review, review_values
from quanheng.web.rounds.domain.values import Kept
from quanheng.web.rounds.headings import headings_of
from quanheng.web.rounds.matrix_table import body_of, counts_in_words, foot_of
from quanheng.web.rounds.models import KeptRound
from quanheng.web.rounds.queries.matrix import STANDING, Matrix, Wanted, matrix_of
from quanheng.web.rounds.views.places import place_of, seen_of
from quanheng.web.rounds.views.rounds import kept_round

_MOST_NAMED = 50


@open_to("office")
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is in of a round; accept figures, or say of them that there are none."""
    kept = kept_round(request, pk)
    wanted, part = _wanted(request), _part(request)
    if request.method == "GET":
        return _page(request, kept, wanted, part)
    actor, now = actor_of(request), timezone.now()
    move = request.POST.get("do", "")
    seen = seen_of(request)
    if move == "accept_all":
        shown = matrix_of(actor.person, kept, now, wanted, part).spots.values()
        chosen = {spot.place for spot in shown if spot.is_plain and spot.place in seen}
    else:
        chosen = {place for name in request.POST.getlist("c") if (place := place_of(name)) is not None}
    decided = "miss" if move == "miss" else "accept"
    reason = text_of(request.POST, "reason")
    decision = Review(
        move=decided, seen={place: seen.get(place, 0) for place in sorted(chosen)}, reason=reason
    )
    try:
        done = review_values(by=actor, at=now, pk=pk, review=decision, key=request.POST.get("key", ""))
    except FindingsError as refusal:
        findings = [finding.as_record(language_now()) for finding in refusal.findings]
        return _page(request, kept, wanted, part, findings=findings)
    if done.refused:
        return _page(request, kept, wanted, part, done=done)
    messages.success(request, _said(done, decided).in_language(language_now()))
    back = request.get_full_path().partition("?")[0]
    return redirect(f"{back}?{_asked_for(wanted, part)}")


def _page(
    request: HttpRequest,
    kept: KeptRound,
    wanted: Wanted,
    part: int,
    *,
    findings: list[dict[str, str]] | None = None,
    done: Kept | None = None,
) -> HttpResponse:
    language = language_now()
    matrix = matrix_of(actor_of(request).person, kept, timezone.now(), wanted, part)
    spots = matrix.spots.values()
    shown: dict[str, Any] = {
        "kept": kept,
        "matrix": matrix,
        "wanted": wanted,
        "body": body_of(matrix, language),
        "foot": foot_of(matrix, language),
        "headings": headings_of(matrix.items, language),
        "choices": _choices(matrix, wanted, language),
        "by_reporter": [
            (matrix.reporters.get(code), counts_in_words(counts, language))
            for code, counts in sorted(matrix.by_reporter.items())
        ],
        "seen": json.dumps(
            {spot.name: spot.version for spot in spots if spot.accept or spot.miss}, separators=(",", ":")
        ),
        "key": secrets.token_urlsafe(12),
        "plain": sum(spot.is_plain for spot in spots),
        "can_accept": any(spot.accept for spot in spots),
        "can_miss": any(spot.miss for spot in spots),
        "parts": [(number, _asked_for(wanted, number)) for number in range(1, matrix.parts + 1)],
        "findings": findings or [],
        "reason": text_of(request.POST, "reason"),
        "moved": done.moved if done else 0,
        "not_done": _not_done(done, matrix) if done else [],
    }
    return render(request, "rounds/review.html", shown)


def _choices(matrix: Matrix, wanted: Wanted, language: Language) -> dict[str, SafeString]:
    """Return what can be chosen to be shown alone, by the names of the form."""
    items = ((item.pk, item.name.in_language(language)) for item in matrix.all_items)
    units = ((unit.pk, unit.unit.name) for unit in matrix.all_units)
    reporters = sorted(matrix.reporters.items(), key=lambda pair: pair[1])
    standings = ((code, name.in_language(language)) for code, name in STANDING.items())
    return {
        "item": options_of(items, wanted.item),
        "unit": options_of(units, wanted.unit),
        "reporter": options_of(reporters, wanted.reporter),
        "standing": options_of(standings, wanted.standing),
    }


def _not_done(done: Kept, matrix: Matrix) -> list[dict[str, Any]]:
    items = {item.pk: item for item in matrix.all_items}
    units = {unit.pk: unit for unit in matrix.all_units}
    return [
        {
            "item": items[item].name,
            "unit": units[unit].unit.name,
            "findings": [finding.as_record(language_now()) for finding in found],
        }
        for (item, unit), found in list(done.refused.items())[:_MOST_NAMED]
    ]


def _said(done: Kept, move: str) -> Text:
    if done.again:
        return Text(zh="这张表单此前已收到，只计一次。", en="This form had come before; it counts once.")
    name = REPORTED.move(move).name
    return Text(zh=f"已{name.zh}{done.moved}项。", en=f"{name.en}: {done.moved}.")


def _wanted(request: HttpRequest) -> Wanted:
    told = request.POST if request.method == "POST" else request.GET
    standing = told.get("standing", "")
    return Wanted(
        item=whole_number(told.get("item")) or 0,
        unit=whole_number(told.get("unit")) or 0,
        reporter=told.get("reporter", "")[:64],
        standing=standing if standing in STANDING else "",
    )


def _part(request: HttpRequest) -> int:
    told = request.POST if request.method == "POST" else request.GET
    return whole_number(told.get("part")) or 1


def _asked_for(wanted: Wanted, part: int) -> str:
    """Return what stands behind the address of the matrix, so that the same part of it is shown."""
    told: dict[str, int | str] = {
        "item": wanted.item,
        "unit": wanted.unit,
        "reporter": wanted.reporter,
        "standing": wanted.standing,
        "part": part if part > 1 else 0,
    }
    return urlencode({name: value for name, value in told.items() if value})
