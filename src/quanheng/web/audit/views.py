"""The auditor's pages: the log, searched and exported."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from quanheng.web.audit.actions import Done, action
from quanheng.web.audit.forms import SearchForm
from quanheng.web.audit.models import DONE, Entry
from quanheng.web.audit.queries import COLUMNS, Wanted, entries, harmless
from quanheng.web.audit.words import action_words, reason_words, role_words
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import Actor, actor_of

_A_PAGE = 100


@open_to("auditor")
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Show the entries that are looked for, the newest first."""
    form = SearchForm(request.GET.dict())
    wanted = form.wanted() if form.is_valid() else Wanted()
    page = Paginator(entries(actor_of(request).person, wanted), _A_PAGE).get_page(request.GET.get("page"))
    rows = [_row(entry) for entry in page.object_list]
    return render(
        request,
        "audit/log.html",
        {"page": page, "rows": rows, "form": form, "query": request.GET.urlencode()},
    )


@open_to("auditor")
@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """Send the entries that are looked for as csv, as Excel and WPS read it; the export is an entry, too."""
    form = SearchForm(request.GET.dict())
    if not form.is_valid():  # the page says what is wrong; all entries are not what was asked for
        return redirect(f"{reverse('log')}?{request.GET.urlencode()}")
    wanted = form.wanted()
    actor = actor_of(request)
    _tell_export(by=actor, at=timezone.now(), wanted=wanted)
    rows = entries(actor.person, wanted).order_by("chain", "number").iterator()
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="log.csv"'
    return response


@action("log.export")
def _tell_export(*, by: Actor, at: dt.datetime, wanted: Wanted) -> Done[None]:  # noqa: ARG001  told as action
    asked = {name: getattr(wanted, name) for name in ("word", "who", "outcome", "since", "until")}
    return Done(None, about="log.csv", after={name: value for name, value in asked.items() if value})


def _lines(rows: Iterator[Entry]) -> Iterator[str]:
    yield "\ufeff" + _line(list(COLUMNS))
    for entry in rows:
        yield _line([_cell(getattr(entry, column)) for column in COLUMNS])


def _line(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([harmless(cell) for cell in cells])
    return written.getvalue()


def _cell(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict) else str(value)


def _row(entry: Entry) -> dict[str, object]:
    return {
        "entry": entry,
        "at": dt.datetime.fromisoformat(entry.at),
        "before": _cell(entry.before) if entry.before else "",
        "after": _cell(entry.after) if entry.after else "",
        "action": action_words(entry.action),
        "roles": role_words(entry.roles),
        "refused": entry.outcome != DONE,
        "reasons": reason_words(entry.reasons),
    }
