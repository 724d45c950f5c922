"""The page that takes people in from a workbook."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from quanheng.findings.collector import each_once
from quanheng.findings.finding import Finding, FindingsError, has_errors, require_no_errors
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now, moment_in_words
from quanheng.web.people.domain.imports import Taken, check_import, import_people
from quanheng.web.people.domain.links import LATER
from quanheng.web.people.forms import WorkbookForm
from quanheng.web.people.staff import Staff, read_staff

_SHOWN = 200


@open_to("administrator")
@require_http_methods(["GET", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """Check a workbook of people, or take it in and show the one-time links of the new accounts."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    shown: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        workbook = form.cleaned_data["workbook"]
        staff, findings = read_staff(workbook.read(), file=workbook.name)
        try:
            shown |= _answer(request, staff, findings, workbook.name)
        except FindingsError as refusal:
            findings = tuple(each_once((*findings, *refusal.findings)))
            shown |= {"findings": _records(findings)}
    return render(request, "people/import.html", shown)


def _answer(
    request: HttpRequest, staff: Staff, findings: tuple[Finding, ...], file: str
) -> dict[str, object]:
    """Take `staff` in, unless it is only to be checked; return what is shown."""
    only_check = request.POST.get("do") != "import"
    found = tuple(each_once((*findings, *check_import(staff))))
    if only_check or has_errors(findings):
        require_no_errors(found)
        counts = {
            "units": len(staff.units),
            "people": len(staff.people),
            "responsibilities": len(staff.responsibilities),
        }
        return {"checked": counts, "warnings": _records(found)}
    now = timezone.now()
    taken = import_people(by=actor_of(request), at=now, staff=staff, file=file)
    until = moment_in_words(now + LATER)
    return {
        "taken": taken,
        "links": _links(request, taken),
        "until": until,
        "warnings": _records(found),
    }


def _links(request: HttpRequest, taken: Taken) -> list[dict[str, str]]:
    return [
        {
            "code": told.code,
            "name": told.name,
            "link": request.build_absolute_uri(reverse("link", args=[secret])),
        }
        for told, secret in taken.links
    ]


def _records(findings: tuple[Finding, ...]) -> list[dict[str, str]]:
    return [finding.as_record(language_now()) for finding in findings[:_SHOWN]]
