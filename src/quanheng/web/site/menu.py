"""What stands at the top of every page: the pages that a reader can open."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.people import Role
from quanheng.web.base.access import admits
from quanheng.web.base.actor import account_of
from quanheng.web.site.guard import surely_signed_in


class Item(Value):
    """A page of the menu, and who finds it there."""

    route: str
    name: Text
    roles: frozenset[Role]


MENU: Final = (
    Item(route="due", name=Text(zh="填报", en="To report"), roles=frozenset({"reporter"})),
    Item(route="results", name=Text(zh="结果", en="Results"), roles=frozenset({"leader", "unit"})),
    Item(route="rounds", name=Text(zh="考核期", en="Rounds"), roles=frozenset({"office"})),
    Item(route="appeals", name=Text(zh="申诉", en="Appeals"), roles=frozenset({"office", "unit", "leader"})),
    Item(route="schemes", name=Text(zh="方案", en="Schemes"), roles=frozenset({"office"})),
    Item(route="jobs", name=Text(zh="后台任务", en="Background work"), roles=frozenset({"office"})),
    Item(route="people", name=Text(zh="人员", en="People"), roles=frozenset({"administrator"})),
    Item(route="log", name=Text(zh="日志", en="Log"), roles=frozenset({"auditor"})),
)


def menu_of(request: HttpRequest) -> dict[str, object]:
    """Return the menu of the one who reads, and for how many seconds the page keeps them signed in."""
    account = account_of(request) if hasattr(request, "user") else None
    if account is None:
        return {"account": None, "menu": ()}
    here = request.resolver_match.view_name if request.resolver_match else ""
    shown = [
        {"name": item.name, "address": reverse(item.route), "here": item.route == here}
        for item in MENU
        if admits(frozenset(item.roles), account.roles)
    ]
    return {"account": account, "menu": shown, "idle": int(surely_signed_in().total_seconds())}
