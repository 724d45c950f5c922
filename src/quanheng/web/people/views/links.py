"""The page of a one-time link: it sets a password, and signs nobody in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.web.base.access import ANYBODY, open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.people.domain.links import account_behind, use_link
from quanheng.web.people.findings import LINK_OVER
from quanheng.web.people.forms import FirstAdministratorForm, PasswordForm


@open_to(ANYBODY)
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask for the password of the account behind a link, and for the first administrator's name."""
    now = timezone.now()
    works, whose = account_behind(secret, now)
    if not works:
        over = [LINK_OVER.at().as_record(language_now())]
        return render(request, "people/link.html", {"works": False, "findings": over}, status=404)
    kind = PasswordForm if whose else FirstAdministratorForm
    form = kind(request.POST or None)
    findings: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            use_link(
                by=actor_of(request),
                at=now,
                secret=secret,
                password=told["password"],
                code=told.get("code", ""),
                name=told.get("name", ""),
            )
        except FindingsError as refusal:
            findings = [finding.as_record(language_now()) for finding in refusal.findings]
        else:
            said = Text(zh="密码已设置，请登录。", en="The password is set. Sign in.")
            messages.success(request, said.in_language(language_now()))
            return redirect("account_login")
    shown = {"works": True, "first": whose is None, "whose": whose, "form": form, "findings": findings}
    return render(request, "people/link.html", shown)
