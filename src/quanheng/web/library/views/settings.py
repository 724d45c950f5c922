"""The page on which titles, weights and what is published are set by a form; kept as a new version."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.scheme.document.document import Document
from quanheng.scheme.files.yaml_editing import Edited
from quanheng.web.audit.actions import codes_of, refuse
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.library.domain.versions import keep_version
from quanheng.web.library.models import Version
from quanheng.web.library.reading import HandedIn, read_text
from quanheng.web.library.settings import Filled, beside, choices_of, edited_by, rows_of
from quanheng.web.library.views.versions import told, whole_number

_PAGE: Final = "library/settings.html"


@open_to("office")
@require_http_methods(["GET", "POST"])
def scheme_settings(request: HttpRequest, version: int) -> HttpResponse:
    """Show the form of a version, tell what is wrong with what was filled in, keep it as a new version."""
    versions = Version.objects.visible_to(actor_of(request).person)
    base = versions.filter(pk=version).select_related("scheme").first()
    if base is None:
        raise Http404
    last = versions.filter(scheme=base.scheme).first() or base
    before = read_text(base.text)
    if before.document is None:
        return redirect("scheme", version=base.pk)
    if request.method == "GET":
        return render(request, _PAGE, _shown(base, last, before.document, before, None))
    filled = dict(request.POST.lists())
    edited = edited_by(base.text, before.document, filled)
    handed = read_text(edited.text)
    shown = _shown(base, last, before.document, handed, filled) | {"in_place": edited.in_place}
    if request.headers.get("HX-Request"):
        return render(request, "library/settings_told.html", shown)
    if request.POST.get("do") != "keep":
        return render(request, _PAGE, shown)
    if not handed.is_sound:
        reasons = codes_of([finding for finding in handed.findings if finding.severity == "error"])
        refuse(
            by=actor_of(request), at=timezone.now(), action="scheme.keep", about=base.file, reasons=reasons
        )
        return render(request, _PAGE, shown)
    return _keep(request, base, edited, shown)


def _keep(request: HttpRequest, base: Version, edited: Edited, shown: dict[str, Any]) -> HttpResponse:
    try:
        kept = keep_version(
            by=actor_of(request),
            at=timezone.now(),
            text=edited.text,
            file=base.file,
            seen=whole_number(request.POST.get("seen")),
        )
    except FindingsError as refusal:
        shown["refused"] = [finding.as_record(language_now()) for finding in refusal.findings]
        return render(request, _PAGE, shown)
    said = Text(zh=f"已保存为第{kept.number}版。", en=f"Kept as version {kept.number}.")
    messages.success(request, said.in_language(language_now()))
    return redirect("scheme", version=kept.pk)


def _shown(
    base: Version, last: Version, document: Document, handed: HandedIn, filled: Filled | None
) -> dict[str, Any]:
    """Return what the page shows: the fields, what is wrong beside each, and what changes."""
    language = language_now()
    rows = rows_of(document, read_text(base.text).scheme, filled)
    about = beside(handed.findings, rows, handed.text)
    lines = [
        {
            "row": row,
            "number": number,
            "told": [finding.as_record(language) for finding in about.get(row.code, ())],
        }
        for number, row in enumerate(rows)
    ]
    return told(handed, last) | {
        "base": base,
        "last": last,
        "seen": last.number,
        "lines": lines,
        "choices": choices_of(document, filled),
        "in_place": True,
    }
