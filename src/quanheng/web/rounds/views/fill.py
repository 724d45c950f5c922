"""The reporter's grid: figures are typed, saved at any time, submitted, and withdrawn before the deadline."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.contrib import messages
from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from quanheng.data.cells.number_texts import text_of_number
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.process.rounds.reported import REPORTED
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.library.views.versions import whole_number
from quanheng.web.rounds.blocks import Change, preview_of, rows_of_block
from quanheng.web.rounds.domain.values import Entry, Kept, move_values, save_values
from quanheng.web.rounds.findings import each_once
from quanheng.web.rounds.headings import headings_of
from quanheng.web.rounds.models import KeptRound
from quanheng.web.rounds.queries.grid import Grid, grid_of
from quanheng.web.rounds.table import Typed, rows_of
from quanheng.web.rounds.views.places import place_of, seen_of
from quanheng.web.rounds.views.rounds import kept_round

_MOVES = ("submit", "withdraw")
_FEW = 3
_MOST_NAMED = 20
_NATURES = {
    "missing": Text(zh="（空）", en="(empty)"),
    "not_applicable": Text(zh="不适用", en="does not apply"),
}


@open_to("reporter")
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a part of the grid; save what was typed, and submit or withdraw."""
    kept = kept_round(request, pk)
    if request.method == "GET":
        return _page(request, kept, Typed(), [])
    actor, now = actor_of(request), timezone.now()
    entries = _entries(request)
    move = request.POST.get("do", "")
    key = request.POST.get("key", "")
    done = save_values(by=actor, at=now, pk=pk, entries=tuple(entries), key=key)
    moved = Kept()
    findings: list[dict[str, str]] = []
    if move in _MOVES and not done.refused and not done.again:
        try:
            moved = move_values(by=actor, at=now, pk=pk, move=move)
        except FindingsError as refusal:
            findings = [finding.as_record(language_now()) for finding in refusal.findings]
    if done.again or not (done.refused or findings):
        messages.success(request, _said(done, moved, move).in_language(language_now()))
        return redirect(f"{reverse('fill', args=[pk])}?part={_part(request)}")
    texts = {entry.place: entry.written for entry in entries if entry.place in done.refused}
    typed = Typed(texts=texts, refused=done.refused, conflicts=done.conflicts)
    return _page(request, kept, typed, findings, saved=done.saved)


@open_to("reporter")
@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a block that is pasted changes, cell by cell; nothing is kept."""
    kept = kept_round(request, pk)
    grid = grid_of(actor_of(request).person, kept, timezone.now(), _part(request))
    at = place_of(request.POST.get("at", ""))
    if at is None or at not in grid.boxes:
        raise Http404
    found = preview_of(grid, rows_of_block(request.POST.get("block", "")), at, request.POST.dict())
    language = language_now()
    shown = {
        "preview": found,
        "rows": [_preview_row(change) for change in found.changes],
        "fewer": sum(change.has_fewer for change in found.changes),
        "left_out": [finding.as_record(language) for finding in found.left_out[:_MOST_NAMED]],
        "more": max(0, len(found.left_out) - _MOST_NAMED),
    }
    return render(request, "rounds/preview.html", shown)


def _preview_row(change: Change) -> dict[str, Any]:
    meant, language = change.meant, language_now()
    words = Text() if meant.finding else _NATURES.get(meant.nature)
    is_number = meant.nature == "value" and meant.number is not None and change.item.kind != "date"
    shown = text_of_number(meant.number) if is_number and meant.number is not None else meant.written
    return {
        "name": change.box.name,
        "unit": change.unit.unit.name,
        "item": change.item.name,
        "before": change.before,
        "text": meant.written,
        "fault": meant.finding.message(language) if meant.finding else "",
        "meaning": words.in_language(language) if words else shown,
        "decimals": meant.decimals if is_number else None,
        "own": change.own_decimals,
    }


def _page(
    request: HttpRequest, kept: KeptRound, typed: Typed, findings: list[dict[str, str]], saved: int = 0
) -> HttpResponse:
    grid = grid_of(actor_of(request).person, kept, timezone.now(), _part(request))
    if not grid.boxes:
        raise Http404
    shown: dict[str, Any] = {
        "kept": kept,
        "grid": grid,
        "headings": headings_of(grid.items, language_now()),
        "rows": rows_of(grid, language_now(), typed),
        "seen": _seen(grid),
        "key": secrets.token_urlsafe(12),
        "findings": findings,
        "kept_now": request.method == "POST" or bool(get_messages(request)),
        "refused": len(typed.refused),
        "saved": saved,
        "why": _why(grid),
        "can_save": any(not box.refused for box in grid.boxes.values()) or bool(typed.texts),
        "can_withdraw": any(box.state == "submitted" for box in grid.boxes.values()),
        "parts": range(1, grid.parts + 1),
        "due": min(box.due for box in grid.boxes.values()),
    }
    return render(request, "rounds/fill.html", shown)


def _why(grid: Grid) -> list[dict[str, str]]:
    """Return why nothing can be written, if it is so for all that is still to be reported."""
    boxes = [box for box in grid.boxes.values() if box.state in ("empty", "saved", "returned")]
    if not boxes or any(not box.refused for box in boxes):
        return []
    found = each_once(finding for box in boxes for finding in box.refused)
    return [finding.as_record(language_now()) for finding in found[:_FEW]]


def _seen(grid: Grid) -> str:
    return json.dumps(
        {box.name: box.version for box in grid.boxes.values() if box.version}, separators=(",", ":")
    )


def _entries(request: HttpRequest) -> list[Entry]:
    """Return what the form brings; a figure that two have written is chosen, left to the other, or open."""
    seen = seen_of(request)
    entries = []
    for name, text in request.POST.items():
        place = place_of(name)
        if place is None:
            continue
        version = seen.get(place, 0)
        pick = request.POST.get(f"p{name}")
        if pick == "theirs":
            continue
        if pick == "":
            version = -1
        entries.append(Entry(place=place, written=str(text), seen=version, chosen=pick == "mine"))
    return entries


def _part(request: HttpRequest) -> int:
    return whole_number(request.POST.get("part") or request.GET.get("part")) or 1


def _said(done: Kept, moved: Kept, move: str) -> Text:
    if done.again:
        return Text(zh="这张表单此前已收到，只计一次。", en="This form had come before; it counts once.")
    parts = [Text(zh=f"已保存{done.saved}项", en=f"saved: {done.saved}")]
    if moved.moved:
        name = REPORTED.move(move).name
        parts.append(Text(zh=f"已{name.zh}{moved.moved}项", en=f"{name.en}: {moved.moved}"))
    if moved.refused:
        parts.append(
            Text(
                zh=f"未办{len(moved.refused)}项（已过截止时间）",
                en=f"not done: {len(moved.refused)} (too late)",
            )
        )
    return Text(zh="，".join(part.zh for part in parts) + "。", en="; ".join(part.en for part in parts) + ".")
