"""Pages of the office: the schemes, each version of them, and handing one in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.periods.period import parse_period
from quanheng.scheme.tree.scheme import Scheme
from quanheng.web.audit.actions import codes_of, refuse
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.library.domain.versions import changes_to, check_known, keep_version
from quanheng.web.library.items import asked_in
from quanheng.web.library.models import Version
from quanheng.web.library.reading import HandedIn, ListedUnit, check_listed, read_text, read_upload
from quanheng.web.library.uploads import Upload
from quanheng.web.people.models import Unit

_DIGITS = 9
_TABS = 2
_MOST_SHOWN = 300
"""So many findings, or changes, are shown; how many there are is said."""


@open_to("office")
@require_GET
def schemes(request: HttpRequest) -> HttpResponse:
    """List the schemes with all their versions, the newest first."""
    versions = Version.objects.visible_to(actor_of(request).person).defer("text", "units")
    return render(request, "library/schemes.html", {"versions": versions})


@open_to("office")
@require_GET
def scheme(request: HttpRequest, version: int) -> HttpResponse:
    """Show a version of a scheme, and what changed from the one before."""
    person = actor_of(request).person
    found = Version.objects.visible_to(person).filter(pk=version).first()
    if found is None:
        raise Http404
    handed = read_text(found.text)
    before = Version.objects.visible_to(person).filter(scheme=found.scheme, number=found.number - 1).first()
    last = Version.objects.visible_to(person).filter(scheme=found.scheme).defer("text", "units").first()
    shown = told(handed, before) | {"version": found, "before": before, "last": last}
    if handed.scheme is not None:
        shown |= _contents(handed.scheme)
    return render(request, "library/scheme.html", shown)


@open_to("office")
@require_http_methods(["GET", "POST"])
def add_scheme(request: HttpRequest) -> HttpResponse:
    """Take a scheme in: read a file, look at what is wrong and what changes, mend the text, keep it."""
    person = actor_of(request).person
    if request.method == "GET":
        base = Version.objects.visible_to(person).filter(pk=whole_number(request.GET.get("of"))).first()
        if base is None:
            return render(request, "library/add.html", {})
        handed = HandedIn(text=base.text, units=base.listed_units())
        return render(request, "library/add.html", _form(request, handed, base, base.file))
    sent = request.FILES.get("file")
    if sent is not None:
        upload = Upload(name=sent.name or "", content=sent.read())
        handed = read_upload(upload)
        if not handed.text:
            _refuse(request, handed, upload.plain_name)
        return _answer(request, handed, upload.plain_name)
    handed = _typed(request)
    if request.POST.get("do") == "keep" and not handed.is_sound:
        _refuse(request, handed, request.POST.get("name", ""))
    if request.POST.get("do") != "keep" or not handed.is_sound:
        return _answer(request, handed, request.POST.get("name", ""))
    try:
        version = keep_version(
            by=actor_of(request),
            at=timezone.now(),
            text=handed.text,
            units=handed.units,
            file=request.POST.get("name", "")[:150],
            seen=whole_number(request.POST.get("seen")),
        )
    except FindingsError as refusal:
        shown = _form(request, handed, _last(request, handed), request.POST.get("name", ""))
        shown["refused"] = [finding.as_record(language_now()) for finding in refusal.findings]
        return render(request, "library/add.html", shown)
    said = Text(zh=f"已保存为第{version.number}版。", en=f"Kept as version {version.number}.")
    messages.success(request, said.in_language(language_now()))
    return redirect("scheme", version=version.pk)


@open_to("office")
@require_POST
def check_scheme(request: HttpRequest) -> HttpResponse:
    """Tell what is wrong with a text that is being written, and what it changes; nothing is kept."""
    handed = _typed(request)
    return render(request, "library/told.html", told(_with_known(request, handed), _last(request, handed)))


def _refuse(request: HttpRequest, handed: HandedIn, name: str) -> None:
    """Tell in the log that a file was not taken, or an unsound scheme not kept."""
    found = [finding for finding in handed.findings if finding.severity == "error"]
    by, at = actor_of(request), timezone.now()
    refuse(by=by, at=at, action="scheme.keep", about=name, reasons=codes_of(found))


def _answer(request: HttpRequest, handed: HandedIn, name: str) -> HttpResponse:
    return render(request, "library/add.html", _form(request, handed, _last(request, handed), name))


def _form(request: HttpRequest, handed: HandedIn, last: Version | None, name: str) -> dict[str, Any]:
    """Return what the form shows, with the findings on the scheme that stands in it."""
    if handed.text and not handed.findings and handed.document is None:
        units = handed.units
        read = read_text(handed.text)
        handed = HandedIn(
            text=read.text, document=read.document, scheme=read.scheme, units=units, findings=read.findings
        )
    return told(_with_known(request, handed), last) | {
        "text": handed.text,
        "units": "\n".join(f"{unit.code}\t{unit.name}\t{unit.group}" for unit in handed.units),
        "count": len(handed.units),
        "name": name,
        "seen": last.number if last else 0,
        "unread": not handed.text,
    }


def _with_known(request: HttpRequest, handed: HandedIn) -> HandedIn:
    """Return it with a word on each unit that the site knows by another name."""
    units = Unit.objects.visible_to(actor_of(request).person)
    known = check_known(handed.units, dict(units.values_list("code", "name")))
    return replace(handed, findings=(*handed.findings, *known))


def told(handed: HandedIn, last: Version | None) -> dict[str, Any]:
    """Return what is told of a scheme that is no version yet: what is wrong, what it changes from `last`."""
    language = language_now()
    changes = changes_to(handed, last)
    found = sorted(handed.findings, key=lambda finding: "error warning note".index(finding.severity))
    return {
        "told": [finding.as_record(language) for finding in found[:_MOST_SHOWN]],
        "told_in_all": len(found),
        "errors": sum(finding.severity == "error" for finding in found),
        "changes": [change.text(language) for change in changes[:_MOST_SHOWN]],
        "changes_in_all": len(changes),
        "compared": last,
        "is_sound": handed.is_sound,
    }


def _contents(scheme: Scheme) -> dict[str, Any]:
    """Return the items that are reported and the nodes with their weights, for the page of a version."""
    period = parse_period(scheme.round)
    asked = [
        {
            "code": each.item.code,
            "name": each.name,
            "unit": each.item.measured_in,
            "from": each.item.department,
        }
        for each in asked_in(scheme, period)
    ]
    nodes = [
        {
            "code": node.code,
            "name": node.name,
            "weights": [f"{w:g}" for w in dict.fromkeys(node.weights.values())],
        }
        for node in scheme.nodes
    ]
    return {"asked": asked, "nodes": nodes, "round": scheme.round}


def _last(request: HttpRequest, handed: HandedIn) -> Version | None:
    if handed.document is None:
        return None
    versions = Version.objects.visible_to(actor_of(request).person)
    return versions.filter(scheme=handed.document.id).first()


def _typed(request: HttpRequest) -> HandedIn:
    """Return the scheme that a form brings back, with the units that came with its file."""
    read = read_text(request.POST.get("text", ""))
    lines = [
        line.split("\t") for line in request.POST.get("units", "").splitlines() if line.count("\t") == _TABS
    ]
    units = tuple(ListedUnit(code=code, name=name, group=group) for code, name, group in lines)
    findings = (*read.findings, *(check_listed(units, read.scheme) if read.scheme else ()))
    return HandedIn(
        text=read.text, document=read.document, scheme=read.scheme, units=units, findings=findings
    )


def whole_number(text: str | None) -> int:
    """Return the number that an address or a form names; 0 for what is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0
