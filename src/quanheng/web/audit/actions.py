"""An action of the site: one transaction, one entry of the log, or a refusal that is told there as well.

@action("people.add", noted=("code", "name"))
def add_person(*, by: Actor, at: datetime, code: str, name: str) -> Done[Account]:
    require_no_errors(...)
    ...
    return Done(account, about=code, after={"name": name})

account = add_person(by=actor, at=now, code="chen", name="陈某")
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Final, Generic, ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

from quanheng.findings.finding import Finding, FindingsError
from quanheng.web.audit.log import Facts, Told, add_to_log
from quanheng.web.audit.models import DONE, REFUSED
from quanheng.web.base.actor import Actor
from quanheng.web.base.seeing import seen_whole

CHAIN: Final = "site"
"""The chain of what belongs to no round."""
_TRIES: Final = 4
"""A transaction that another one got in the way of is tried three times more."""
_AGAIN: Final = frozenset({"40001", "40P01"})
"""What PostgreSQL says of it: a serialisation failure, a deadlock."""
_P = ParamSpec("_P")
_R = TypeVar("_R")


class Done(Generic[_R]):
    """What an action gives back, and what its entry tells; the chain is the site's own, unless it says."""

    def __init__(
        self,
        value: _R,
        *,
        about: str,
        before: Facts | None = None,
        after: Facts | None = None,
        chain: str = CHAIN,
        reasons: str = "",
    ) -> None:
        """Keep it; with `reasons`, all that was asked for was refused, and the entry says so."""
        self.value = value
        self.about = about
        self.before = before
        self.after = after
        self.chain = chain
        self.reasons = reasons


def action(
    name: str, *, noted: tuple[str, ...] = (), chain: Callable[[Mapping[str, object]], str] | None = None
) -> Callable[[Callable[_P, Done[_R]]], Callable[_P, _R]]:
    """Make an action of a function that takes `by: Actor` and `at: datetime` by their names.

    Args:
        name: what the log calls it.
        noted: the arguments that are told when it is refused; never one that holds a secret.
        chain: which chain a refusal is told in, by the arguments; the site's own where it is not given.
    """

    def make(function: Callable[_P, Done[_R]]) -> Callable[_P, _R]:
        @functools.wraps(function)
        def act(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            by, at = kwargs["by"], kwargs["at"]
            if not (isinstance(by, Actor) and isinstance(at, dt.datetime)):
                raise TypeError(f"{name} needs by=Actor and at=datetime")

            def done() -> _R:
                result = function(*args, **kwargs)
                told = Told(
                    chain=result.chain,
                    action=name,
                    about=result.about,
                    before=result.before,
                    after=result.after,
                    outcome=REFUSED if result.reasons else DONE,
                    reasons=result.reasons,
                )
                add_to_log(told, by=by, at=at)
                return result.value

            try:
                return in_a_transaction(done)
            except FindingsError as refusal:
                asked = {key: _plain(kwargs[key]) for key in noted if key in kwargs}
                reasons = codes_of(refusal.findings)
                where = chain(kwargs) if chain else CHAIN
                about = next((str(value) for value in asked.values()), "")
                told = Told(
                    chain=where, action=name, about=about, after=asked, outcome=REFUSED, reasons=reasons
                )
                in_a_transaction(lambda: add_to_log(told, by=by, at=at))
                raise

        return act

    return make


def codes_of(findings: Iterable[Finding]) -> str:
    """Return the codes of `findings`, each once, as the log keeps them."""
    return " ".join(dict.fromkeys(finding.code for finding in findings))


def refuse(*, by: Actor, at: dt.datetime, action: str, about: str, reasons: str, chain: str = CHAIN) -> None:
    """Tell in a transaction of its own that something was refused that did not get as far as an action."""
    told = Told(chain=chain, action=action, about=about, outcome=REFUSED, reasons=reasons)
    in_a_transaction(lambda: add_to_log(told, by=by, at=at))


def in_a_transaction(work: Callable[[], _R]) -> _R:
    """Do `work` in one transaction; where another one got in its way, do it again, three times at most.

    It reads the whole of what there is, whoever acts: what is refused or done hangs on all of it.
    """
    if connection.in_atomic_block:
        with transaction.atomic(), seen_whole():
            return work()
    for left in reversed(range(_TRIES)):
        try:
            with transaction.atomic(), seen_whole():
                return work()
        except OperationalError as error:
            if not left or getattr(error.__cause__, "sqlstate", "") not in _AGAIN:
                raise
    raise AssertionError("unreachable")


def _plain(value: object) -> object:
    """Return `value` as the log can keep it."""
    if isinstance(value, str | int | bool) or value is None:
        return value
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    if isinstance(value, list | tuple):
        return [str(part) for part in value]
    return str(value)
