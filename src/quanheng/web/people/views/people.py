"""Pages of the administrator: the accounts, and each of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.process.rounds.people import ROLES, Role
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now, moment_in_words
from quanheng.web.people.domain.accounts import (
    Particulars,
    add_account,
    change_account,
    particulars_of,
    set_active,
)
from quanheng.web.people.domain.links import LATER, make_link
from quanheng.web.people.domain.outside import bind_outside, bound_to, unbind_outside
from quanheng.web.people.forms import PersonForm
from quanheng.web.people.models import Account
from quanheng.web.people.roles import KEPT

_A_PAGE = 50


@open_to("administrator")
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """List the accounts, by a part of the name or of the code."""
    search = request.GET.get("search", "").strip()
    accounts = Account.objects.visible_to(actor_of(request).person).prefetch_related("units")
    if search:
        accounts = accounts.filter(Q(code__icontains=search) | Q(name__icontains=search))
    page = Paginator(accounts, _A_PAGE).get_page(request.GET.get("page"))
    rows = [_row(account) for account in page.object_list]
    return render(request, "people/people.html", {"page": page, "rows": rows, "search": search})


@open_to("administrator")
@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    actor = actor_of(request)
    form = PersonForm(request.POST or None, by=actor.person)

    def do() -> Account:
        return add_account(by=actor, at=timezone.now(), told=form.told())

    return _answer(request, form, do, None)


@open_to("administrator")
@require_http_methods(["GET", "POST"])
def change_person(request: HttpRequest, code: str) -> HttpResponse:
    """Show an account and change it."""
    actor = actor_of(request)
    account = _account(request, code)
    now_told = particulars_of(account)
    shown = now_told.as_facts() | {"seen": json.dumps(now_told.as_facts(), ensure_ascii=False)}
    form = PersonForm(request.POST or None, by=actor.person, initial=shown, fixed_code=True)

    def do() -> Account:
        seen = _seen(form.cleaned_data["seen"])
        return change_account(by=actor, at=timezone.now(), told=form.told(), seen=seen)

    return _answer(request, form, do, account)


@open_to("administrator")
@require_POST
def link_person(request: HttpRequest, code: str) -> HttpResponse:
    """Make a one-time link for an account and show it, once."""
    actor = actor_of(request)
    account = _account(request, code)
    now = timezone.now()
    secret = make_link(by=actor, at=now, code=account.code)
    told = particulars_of(account).as_facts()
    form = PersonForm(
        initial=told | {"seen": json.dumps(told, ensure_ascii=False)}, by=actor.person, fixed_code=True
    )
    shown = {
        "whose": account,
        "form": form,
        "link": request.build_absolute_uri(reverse("link", args=[secret])),
        "until": moment_in_words(now + LATER),
    }
    return render(request, "people/person.html", shown)


@open_to("administrator")
@require_POST
def bind_person(request: HttpRequest, code: str) -> HttpResponse:
    """Bind an account kept elsewhere to an account, or take it away."""
    account = _account(request, code)
    actor, now, way = actor_of(request), timezone.now(), request.POST.get("way", "")
    try:
        if request.POST.get("do") == "unbind":
            unbind_outside(by=actor, at=now, code=account.code, way=way)
        else:
            bind_outside(
                by=actor, at=now, code=account.code, way=way, uid=request.POST.get("uid", "").strip()
            )
    except FindingsError as refusal:
        for finding in refusal.findings:
            messages.error(request, f"{finding.message(language_now())}: {finding.hint(language_now())}")
    return redirect("change_person", code=account.code)


@open_to("administrator")
@require_POST
def activate_person(request: HttpRequest, code: str) -> HttpResponse:
    """Let an account sign in, or no longer."""
    account = _account(request, code)
    try:
        set_active(
            by=actor_of(request),
            at=timezone.now(),
            code=account.code,
            active=request.POST.get("active") == "1",
        )
    except FindingsError as refusal:
        for finding in refusal.findings:
            messages.error(request, f"{finding.message(language_now())}: {finding.hint(language_now())}")
    return redirect("change_person", code=account.code)


def _answer(
    request: HttpRequest, form: PersonForm, do: Callable[[], Account], whose: Account | None
) -> HttpResponse:
    findings: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            account = do()
        except FindingsError as refusal:
            findings = [finding.as_record(language_now()) for finding in refusal.findings]
        else:
            messages.success(request, Text(zh="已保存。", en="Saved.").in_language(language_now()))
            return redirect("change_person", code=account.code)
    shown = {"form": form, "findings": findings, "whose": whose}
    if whose:
        shown |= {"bound": bound_to(whose), "ways": settings.OUTSIDE_SIGN_IN}
    return render(request, "people/person.html", shown)


def _account(request: HttpRequest, code: str) -> Account:
    account = Account.objects.visible_to(actor_of(request).person).filter(code=code).first()
    if account is None:
        raise Http404
    return account


def _seen(text: str) -> Particulars:
    """Return the particulars as the form was shown with them; a form that lost them saw nothing."""
    try:
        told = cast(dict[str, Any], json.loads(text))
        return Particulars(
            code=str(told["code"]),
            name=str(told["name"]),
            email=str(told["email"]),
            roles=frozenset(cast(list[Role], told["roles"])),
            units=frozenset(map(str, told["units"])),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return Particulars(code="", name="", roles=frozenset())


def _row(account: Account) -> dict[str, object]:
    state = Text(zh="可登录", en="active")
    if not account.is_active:
        state = Text(zh="已停用", en="stopped")
    elif not account.has_usable_password():
        state = Text(zh="未设密码", en="no password yet")
    return {
        "code": account.code,
        "name": account.name,
        "roles": [ROLES[role] for role in KEPT if role in account.roles],
        "units": Text(zh="、", en=", ")
        .in_language(language_now())
        .join(unit.name for unit in account.units.all()),
        "state": state,
    }
