"""The figures of peers for a headline: from a book by its time rules, or from one table of figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.data.book.frames import Frame
from quanheng.data.parts.peers import PeerTable
from quanheng.data.telling.in_names import in_names
from quanheng.engine.figures.values import check_values, values_of
from quanheng.engine.formulas.measures import Measure
from quanheng.engine.frame import columns as c
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, require_no_errors
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.insight.headline.headline import Whole, headline
from quanheng.periods.every import MONTHS_A_YEAR
from quanheng.periods.period import Period, parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.tree import Call, Expression, Formula, Name, Span
from quanheng.scheme.items.item import Item
from quanheng.scheme.tree.scheme import Scheme

_ENDING: Final = Text(en="_growth", zh="增速")
"""What stands behind the code of an item in that of its published growth."""
_BEFORE: Final = "@before"
_PER_CENT: Final = 100.0


class Headline(Value):
    """One figure of a place's peers: `rows` as `quanheng.insight.headline.headline.headline` gives them.

    `period` is the round; figures are those from January to its end. `peers` names the group they are in.
    `findings` tell of figures that are of an earlier period than others'.
    """

    item: str
    name: Text
    measured_in: str
    scope: str
    period: str
    peers: Text
    whole: Whole | None
    rows: Frame
    findings: tuple[Finding, ...] = ()


def headlines_of_book(
    book: Book,
    items: Sequence[str] = (),
    *,
    period: Period,
    group: str | None,
    whole: str | None,
    within: tuple[str, object] | None = None,
) -> tuple[Headline, ...]:
    """Return the headlines of `items` (codes or names) among the units of `group`.

    Without `items` they are all that have published growth beside them, an item `X_growth` for `X`. Without
    `group` all units of the book are peers; `within` keeps those that have a value of an attribute, such as
    `("city", "无锡市")`. `whole`, a unit's code or name, is no peer of its parts.

    Raises:
        UsageError: there is no such item or unit, or no item has growth beside it.
        FindingsError: a figure cannot be had from the book, or nothing is reported for the round.
    """
    wanted = tuple(_item(name, book.scheme) for name in items) or _with_growth(book.scheme)
    figures, findings = _figures(book, wanted, period)
    if whole is not None:
        whole = _unit(whole, figures)
    peers = figures if group is None else figures.filter(nw.col("group") == group)
    if within is not None:
        there = book.units.filter(nw.col(within[0]) == within[1])
        peers = peers.join(there.select(c.UNIT), on=c.UNIT, how="semi")
    names = {one.code: one.name for one in book.scheme.groups}
    group_name = names.get(group or "", Text())
    return tuple(
        replace(_headline(item, peers, figures, period, group_name, whole), findings=findings)
        for item in wanted
    )


def headlines_of_table(
    table: PeerTable, items: Sequence[str] = (), *, period: Period | None, whole: str | None
) -> tuple[Headline, ...]:
    """Return the headlines of a table of published figures, for its latest period by default.

    Raises:
        UsageError: the table has no such item or unit.
    """
    known = table.items
    for name in items:
        if name not in known:
            raise no_such(Text(en="item", zh="数据项"), name, known)
    at = period or max((parse_period(text) for text in table.periods), key=lambda one: one.end)
    found = []
    for name in items or known:
        now = _of_table(table, name, at)
        before = _of_table(table, name, at.months_before(MONTHS_A_YEAR)).select("unit", before="value")
        figures = now.join(before, on="unit", how="left").with_columns(nw.col("unit").alias("name"))
        chosen = None
        if whole is not None:
            chosen = _unit(whole, table.figures.select("unit", nw.col("unit").alias("name")).unique())
        found.append(
            Headline(
                item=name,
                name=Text(zh=name),
                measured_in=table.measured_in.get(name, ""),
                scope="",
                period=str(at),
                peers=Text(),
                whole=_whole(chosen, figures),
                rows=headline(_without(figures, chosen), _whole(chosen, figures)),
            )
        )
    return tuple(found)


def _of_table(table: PeerTable, item: str, period: Period) -> Frame:
    here = (nw.col("item") == item) & (nw.col("period") == str(period))
    return table.figures.filter(here).select("unit", "value", "growth")


def _headline(
    item: Item, peers: Frame, everyone: Frame, period: Period, group: Text, whole: str | None
) -> Headline:
    def own(frame: Frame) -> Frame:
        columns = {"value": c.measure(item.code), "before": c.measure(f"{item.code}{_BEFORE}")}
        growth = next(
            (name for code in _growths_of(item) if (name := c.measure(code)) in frame.columns), None
        )
        published = nw.lit(None, dtype=nw.Float64()) if growth is None else nw.col(growth)
        return frame.select(
            "unit",
            "name",
            *(nw.col(column).alias(name) for name, column in columns.items()),
            published.alias("growth"),
        )

    settled = _whole(whole, own(everyone))
    return Headline(
        item=item.code,
        name=item.name,
        measured_in=item.measured_in,
        scope=item.scope,
        period=str(period),
        peers=group,
        whole=settled,
        rows=headline(_without(own(peers), whole), settled),
    )


def _figures(book: Book, items: Sequence[Item], period: Period) -> tuple[Frame, tuple[Finding, ...]]:
    """Return all units with each item now, a year before, published growth as a fraction; and findings."""
    wanted = {code for item in items for code in _growths_of(item)}
    growths = {item.code: item for item in book.scheme.items if item.code in wanted}
    measures = [_asked(code, Name(code), book.scheme) for code in growths]
    for item in items:
        before = Call("lag", (Name(item.code), Span(MONTHS_A_YEAR)))
        measures += [
            _asked(item.code, Name(item.code), book.scheme),
            _asked(f"{item.code}{_BEFORE}", before, book.scheme),
        ]
    months = Stretch.of(period).from_january()
    findings = tuple(in_names(check_values(book, measures, months), book.scheme, book.units.to_native()))
    require_no_errors(findings)
    figures = values_of(book, list(dict.fromkeys(measures)), {str(period): months})
    fractions = [
        (nw.col(c.measure(code)) / _PER_CENT).alias(c.measure(code))
        for code, item in growths.items()
        if item.measured_in == "%"
    ]
    return figures.with_columns(*fractions), findings


def _asked(code: str, tree: Expression, scheme: Scheme) -> Measure:
    groups = tuple(group.code for group in scheme.groups)
    return Measure(code=code, formula=Formula(text="", tree=tree), groups=groups)


def _without(figures: Frame, unit: str | None) -> Frame:
    return figures if unit is None else figures.filter(nw.col("unit") != unit)


def _whole(unit: str | None, figures: Frame) -> Whole | None:
    if unit is None:
        return None
    rows = figures.filter(nw.col("unit") == unit).rows(named=True)
    if not rows:
        return Whole(unit=unit, name=unit, value=None, before=None, growth=None)
    row = rows[0]
    return Whole(unit=unit, name=row["name"], value=row["value"], before=row["before"], growth=row["growth"])


def _growths_of(item: Item) -> tuple[str, ...]:
    """Return what the item may be called that holds the published growth of `item`."""
    return f"{item.code}{_ENDING.en}", f"{item.code}{_ENDING.zh}"


def _with_growth(scheme: Scheme) -> tuple[Item, ...]:
    codes = {item.code for item in scheme.items}
    found = tuple(item for item in scheme.items if codes.intersection(_growths_of(item)))
    if not found:
        raise UsageError(
            "no item has published growth beside it (an item X_growth or X增速 for X); name one with --item",
            "没有数据项附有公布增速（“产值”的增速为数据项“产值增速”）；请用 --item 指定",
        )
    return found


def _item(name: str, scheme: Scheme) -> Item:
    for item in scheme.items:
        if name in (item.code, item.name.zh, item.name.en):
            return item
    raise no_such(Text(en="item", zh="数据项"), name, [item.code for item in scheme.items])


def _unit(name: str, figures: Frame) -> str:
    """Return the code of the unit with the code or name `name`."""
    for code, title in figures.select("unit", "name").rows():
        if name in (code, title):
            return str(code)
    names = [text for row in figures.select("unit", "name").rows() for text in row]
    raise no_such(Text(en="unit", zh="单位"), name, names)
