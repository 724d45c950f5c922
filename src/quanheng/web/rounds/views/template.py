"""The round's template: down, filled in with what a spreadsheet can do, and up again."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.web.audit.actions import codes_of, refuse
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.library.uploads import Upload
from quanheng.web.rounds.domain.figures import Place
from quanheng.web.rounds.domain.values import Entry, Kept, save_values, seen_at
from quanheng.web.rounds.models import AskedItem, AskedUnit, KeptRound, Task
from quanheng.web.rounds.template_sheet import read_template, write_template
from quanheng.web.rounds.views.rounds import kept_round

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_NAMED = 100


@open_to("reporter")
@require_GET
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the template with what is saved so far."""
    kept = _reported(request, pk)
    content = write_template(actor_of(request).person, kept, timezone.now(), language_now())
    response = HttpResponse(content, content_type=_XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(kept.code)}.xlsx"
    return response


@open_to("reporter")
@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what a template brings back; what is not taken is told by its unit and item."""
    kept = _reported(request, pk)
    actor, sent = actor_of(request), request.FILES.get("file")
    if sent is None:
        return redirect("fill", pk=pk)
    file = Upload(name=sent.name or "", content=sent.read())
    try:
        filled = read_template(file, kept, actor.person)
    except FindingsError as refusal:
        refuse(
            by=actor,
            at=timezone.now(),
            action="values.save",
            about=f"{kept.code} {file.plain_name}",
            reasons=codes_of(refusal.findings),
            chain=kept.chain,
        )
        told = [finding.as_record(language_now()) for finding in refusal.findings[:_MOST_NAMED]]
        return render(request, "rounds/not_taken.html", {"kept": kept, "findings": told})
    seen = seen_at(kept.pk, filled.downloaded)
    entries = tuple(
        Entry(place=place, written=text, seen=seen.get(place, 0)) for place, text in filled.texts.items()
    )
    done = save_values(
        by=actor, at=timezone.now(), pk=kept.pk, entries=entries, key="", file=file.plain_name[:150]
    )
    if not done.refused and not filled.remarks:
        said = Text(zh=f"已从文件保存{done.saved}项。", en=f"Saved from the file: {done.saved}.")
        messages.success(request, said.in_language(language_now()))
        return redirect("fill", pk=pk)
    shown = {"kept": kept, "saved": done.saved, "refused": _told(request, kept, done)}
    shown["remarks"] = [finding.as_record(language_now()) for finding in filled.remarks]
    return render(request, "rounds/not_taken.html", shown)


def _reported(request: HttpRequest, pk: int) -> KeptRound:
    """Return a round in which the one who asks reports something; to others it is not there."""
    kept = kept_round(request, pk)
    person = actor_of(request).person
    if not Task.objects.visible_to(person).filter(round=kept, reporter__code=person.code).exists():
        raise Http404
    return kept


def _told(request: HttpRequest, kept: KeptRound, done: Kept) -> list[dict[str, object]]:
    person, language = actor_of(request).person, language_now()
    items = {item.pk: item.name for item in AskedItem.objects.visible_to(person).filter(round=kept)}
    asked = AskedUnit.objects.visible_to(person).filter(round=kept).select_related("unit")
    units = {unit.pk: unit.unit.name for unit in asked}

    def row(place: Place) -> dict[str, object]:
        found = [finding.as_record(language) for finding in done.refused[place]]
        return {"unit": units.get(place[1], ""), "item": items.get(place[0], Text()), "findings": found}

    return [row(place) for place in list(done.refused)[:_MOST_NAMED]]
