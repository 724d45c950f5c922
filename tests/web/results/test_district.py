"""A whole scheme on the site: its run gives the very scores that the core gives of the same book."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Final

from tests.web.people_of_all_roles import NOW
from tests.web.results.world import OFFICE, RUN_AT, run

from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.engine.results.score import score
from quanheng.examples import path_of_example
from quanheng.web.base.many_rows import write_rows
from quanheng.web.library.domain.versions import keep_version
from quanheng.web.library.reading import ListedUnit
from quanheng.web.results.domain.checking import check_parts
from quanheng.web.results.domain.figures import written
from quanheng.web.results.domain.parts import keep_parts
from quanheng.web.results.models import Score
from quanheng.web.rounds.domain.rounds import Plan, make_round
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, Change, KeptRound

EXAMPLE: Final = path_of_example("district-2023")
PERIOD: Final = "2023-Q1"


def a_round_of(book: Book) -> KeptRound:
    """Return a round of the scheme of an example, in which nothing is reported yet."""
    rows = book.units.select("unit", "name", "group").rows()
    units = tuple(ListedUnit(code=unit, name=name, group=group) for unit, name, group in rows)
    text = (EXAMPLE / "scheme.yaml").read_text(encoding="utf-8")
    version = keep_version(by=OFFICE, at=NOW, text=text, units=units, seen=0)
    plan = Plan(
        code=PERIOD,
        title=PERIOD,
        scheme=version.pk,
        period=PERIOD,
        due=NOW + dt.timedelta(days=1),
        units=frozenset(unit.code for unit in units),
    )
    kept = make_round(by=OFFICE, at=NOW, plan=plan)
    KeptRound.objects.for_the_program().filter(pk=kept.pk).update(state="checking")
    return KeptRound.objects.for_the_program().get(pk=kept.pk)


def report(kept: KeptRound, book: Book) -> bytes:
    """Let all that the round asks for be accepted, and return the table of all other figures of the book."""
    items = {item.code: item for item in AskedItem.objects.for_the_program().filter(round=kept)}
    units = {str(unit.unit_id): unit for unit in AskedUnit.objects.for_the_program().filter(round=kept)}
    others = io.StringIO()
    table = csv.writer(others)
    table.writerow(("item", "unit", "period", "value"))
    own: list[tuple[int, int, str, float | None, str]] = []
    columns = ("item", "unit", "period", "value", "state")
    for item, unit, period, number, state in book.observations.select(*columns).rows():
        is_date = any(each.code == item and each.kind == "date" for each in book.scheme.items)
        text = written(state, number, is_date=is_date)
        if item in items and items[item].period == period:
            own.append((items[item].pk, units[unit].pk, state, number, text))
        else:
            table.writerow((item, unit, period, text))
    said = {
        "round": [kept.pk] * len(own),
        "item": [row[0] for row in own],
        "unit": [row[1] for row in own],
        "nature": [row[2] for row in own],
        "number": [row[3] for row in own],
        "written": [row[4] for row in own],
        "version": [1] * len(own),
        "state": ["accepted"] * len(own),
    }
    write_rows(
        Change, {**said, "move": ["accept"] * len(own), "who": ["li"] * len(own), "at": [NOW] * len(own)}
    )
    write_rows(Cell, {**said, "changed_at": [NOW] * len(own)})
    return others.getvalue().encode()


def test_a_run_gives_the_scores_that_the_core_gives_of_the_same_book() -> None:
    book = load(EXAMPLE)
    kept = a_round_of(book)
    parts = {"data/before.csv": report(kept, book)}
    for name in ("units.csv", "targets.csv", "adjustments.csv"):
        parts[name] = (EXAMPLE / name).read_bytes()
    for folder in ("ledgers", "history"):
        parts |= {f"{folder}/{file.name}": file.read_bytes() for file in (EXAMPLE / folder).glob("*.csv")}
    assert [finding for finding in check_parts(kept, parts) if finding.severity != "note"] == []
    keep_parts(by=OFFICE, at=RUN_AT, pk=kept.pk, name="district.zip", parts=parts)

    done = run(kept)

    by_core = score(book, round=PERIOD).scores
    found = Score.objects.for_the_program().filter(run=done).order_by("line")
    columns = ("unit__unit", "node", "level", "marks", "points", "score", "place")
    assert done.state == "ended", done.findings
    assert list(found.values_list(*columns)) == by_core.select("unit", *columns[1:]).rows()
    assert done.figures == Cell.objects.for_the_program().filter(round=kept).count()
