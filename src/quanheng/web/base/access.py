"""Which routes are open to whom. A view says it itself; one that says nothing is open to nobody.

    @open_to("administrator")
    def people(request: HttpRequest) -> HttpResponse: ...

Views of libraries cannot say it: the site lists them by the name of their route.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

from quanheng.process.rounds.people import Role

ANYBODY: Final = "anybody"
"""Also somebody who has not signed in."""
SIGNED_IN: Final = "signed in"
"""Everybody who has signed in, whatever the role."""

_OPEN_TO: Final = "quanheng_open_to"
_P = ParamSpec("_P")
_R = TypeVar("_R")


def open_to(*whom: Role | str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Let a view be opened by `whom`: roles, `ANYBODY` or `SIGNED_IN`."""

    def mark(view: Callable[_P, _R]) -> Callable[_P, _R]:
        setattr(view, _OPEN_TO, frozenset(whom))
        return view

    return mark


def opened_to(view: object) -> frozenset[str] | None:
    """Return whom a view is open to; None if it does not say."""
    found = getattr(view, _OPEN_TO, None)
    return found if isinstance(found, frozenset) else None


def admits(whom: frozenset[str], roles: frozenset[Role] | None) -> bool:
    """Return whether somebody with `roles` (None: not signed in) is one of `whom`.

    Examples:
        >>> admits(frozenset({"office"}), frozenset({"office", "leader"}))
        True
        >>> admits(frozenset({SIGNED_IN}), None), admits(frozenset({ANYBODY}), None)
        (False, True)
    """
    if ANYBODY in whom:
        return True
    return roles is not None and (SIGNED_IN in whom or not whom.isdisjoint(roles))
