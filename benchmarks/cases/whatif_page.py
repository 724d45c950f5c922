"""The page of the site that tells what would be: from what was typed to the whole answered page, on SQLite.

Beside it stands the same question asked of the same book from Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.case import OURS, Case, Contender, register
from benchmarks.site_apart import Deeds, site_apart

_ITEMS: Final = 50
_FIRST, _PAGE, _ASKED = "page, first shown", "page, other weights and figures", "asked from Python"


def prepare(size: int, folder: Path) -> Mapping[str, Contender]:
    """Let a process of its own make the site and its run, and wait until it is ready."""
    asked = site_apart(_deeds, folder, size)
    return {
        f"{OURS}, {_PAGE}": partial(asked, _PAGE),
        f"{OURS}, {_FIRST}": partial(asked, _FIRST),
        _ASKED: partial(asked, _ASKED),
    }


def _deeds(folder: Path, size: int) -> Deeds:
    from quanheng.web.site.start import prepare as prepare_site  # noqa: PLC0415  Django is loaded here only

    prepare_site(folder)
    from django.test import Client  # noqa: PLC0415  after Django has its settings
    from django.utils import timezone  # noqa: PLC0415  the same

    import quanheng as qh  # noqa: PLC0415  the same process asks both
    from benchmarks.large_round import first_run, large_round  # noqa: PLC0415  after Django has its settings
    from quanheng.web.base.actor import THE_PROGRAM  # noqa: PLC0415  the same
    from quanheng.web.people.domain.accounts import Particulars, add_account  # noqa: PLC0415  the same
    from quanheng.web.people.models import Account  # noqa: PLC0415  the same
    from quanheng.web.results.reading import result_of  # noqa: PLC0415  the same
    from quanheng.web.rounds.models import AskedUnit, KeptRound  # noqa: PLC0415  the same

    now = timezone.localtime()
    kept = large_round(size, "2024-Q1", at=now, items=_ITEMS)
    run = first_run(kept, at=now)
    KeptRound.objects.for_the_program().filter(pk=kept.pk).update(state="provisional")
    told = Particulars(code="leader", name="领某", roles=frozenset({"leader"}), units=frozenset())
    add_account(by=THE_PROGRAM, at=now, told=told)
    client = Client(headers={"host": "localhost"})
    client.force_login(Account.objects.for_the_program().get(code="leader"))
    address = f"/rounds/{kept.pk}/whatif/"
    unit = AskedUnit.objects.for_the_program().filter(round=kept).latest("place")
    book = result_of(run).book
    if book is None:
        raise SystemExit("the run has no book")
    turns = iter(range(1, 1_000_000))

    def page() -> bool:
        turn = next(turns)
        weights = {"w1.0": str(2 + 1 / turn), "w2.0": str(2 - 1 / turn)}
        typed = {"run": str(run.number), "unit": str(unit.pk), **weights, f"f0.{unit.pk}": str(turn)}
        answer = client.post(address, {**typed, "compute": "yes"})
        return answer.status_code == 200 and b'id="trial"' in answer.content

    def asked() -> bool:
        turn = next(turns)
        return bool(qh.whatif(book, set={f"i0@{unit.unit_id}": float(turn)}, weight={"n0": 2 + 1 / turn}))

    def first() -> bool:
        return bool(client.get(address).status_code == 200)

    return {_PAGE: page, _FIRST: first, _ASKED: asked}


register(Case(name="what if, the page of the site", size=500, tiny=5, prepare=prepare))
