"""One frame of reference for several rounds (observed §4): what they have, found before a round is scored."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from quanheng.data.book.mergers import merges
from quanheng.engine.figures.grid import lay_out_panel
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.holding import run_once
from quanheng.engine.frame.tables import names_in, small_table
from quanheng.engine.stages.adjustments.adjust import rows_between
from quanheng.engine.stages.points.over_rounds import statistics_over
from quanheng.engine.stages.rated import rated
from quanheng.engine.stages.run import staged
from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.findings.text import Text
from quanheng.periods.period import Period
from quanheng.periods.span import text_of_periods
from quanheng.periods.stretch import Stretch
from quanheng.scheme.rules.pool import Rank
from quanheng.scheme.tree.named import names_nodes
from quanheng.scheme.tree.pools import Over
from quanheng.scheme.tree.scheme import Indicator, Scheme

if TYPE_CHECKING:
    from quanheng.data.book.book import Book

_POOL: Final = (c.GROUP, c.ROUND)
_KEY: Final = "over_key"

ROUND_OF_ANOTHER_LENGTH: Final = Kind(
    code="QH860",
    severity="error",
    en="{round} is not as long as the rounds {rounds} that '{code}' is compared over",
    zh="{round}与“{code}”合看的考核期{rounds}长短不同",
    hint_en="score a round of their length, or leave 'over' out",
    hint_zh="请对长短相同的考核期计分，或去掉合看考核期（over）",
)
NOT_PLACED_AMONG: Final = Kind(
    code="QH861",
    severity="error",
    en="{round} is not among the rounds {rounds} in which '{code}' takes places",
    zh="{round}不在“{code}”合看的考核期{rounds}之内，无法在其中排位",
    hint_en="add the round to 'over', or rate by observed ends, a mean or quantiles, which need no place",
    hint_zh="请把该期写入合看考核期（over），或改用不排位的规则（取实际最值、平均值或分位数）",
)
UNITS_MERGE: Final = Kind(
    code="QH866",
    severity="error",
    en="'{code}' is compared over several rounds, between which units went into others",
    zh="“{code}”合看若干考核期，而其间有单位并入其他单位",
    hint_en="leave 'over' out, or write the figures of merged units as those of one unit in all rounds",
    hint_zh="请去掉合看考核期（over），或把已合并单位各期的数据都写为同一单位",
)
ROUND_WITHOUT_VALUES: Final = Kind(
    code="QH862",
    severity="warning",
    en="{node!r}{more} has no value in {rounds}: it is compared over the other rounds, and its points will"
    " change once figures of {rounds} come",
    zh="{node!r}{more}在{rounds}没有数值：只与其余各期合看；{rounds}的数据报来后得分会变",
    hint_en="nothing if these rounds are still to come; otherwise report them, or name fewer rounds",
    hint_zh="尚未到期的无需处理；否则请补报数据，或减少合看的考核期",
)


def with_rounds_looked_over(
    grid: nw.LazyFrame[Any],
    book: Book,
    scheme: Scheme,
    rounds: Mapping[str, Stretch],
    engine: Engine,
) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any], tuple[Finding, ...]]:
    """Return `grid`, of `rounds`, with the `over|…` columns of what `scheme` compares over several rounds.

    Beside it stand the values in all these rounds, and what is told of them.

    The rounds are told by the column `round`; of one alone, which then has the name "", there is no such
    column. `book` has the adjustments of all rounds.

    Raises:
        FindingsError: a round cannot be looked at in this way.
    """
    over = tuple(each for each in scheme.all_rated if isinstance(each.within, Over))
    require_no_errors(tuple(_unfit(over, rounds.values())))
    if merges(book):
        require_no_errors([UNITS_MERGE.at(each.where, code=each.code) for each in over])
    found = _rounds_rated(book, scheme, over, rounds.values(), engine)
    columns = [
        nw.col(c.stat(each.code, name)).alias(c.over(each.code, name))
        for each in over
        for name in statistics_over(each)
    ]
    looked = found.select(c.UNIT, nw.col(c.ROUND).alias(_KEY), *columns)
    if "" in rounds:
        own = looked.filter(nw.col(_KEY) == str(rounds[""])).drop(_KEY)
        laid = grid.join(own, on=c.UNIT, how="left")
    else:
        keys: dict[str, list[object]] = {c.ROUND: list(rounds), _KEY: [str(each) for each in rounds.values()]}
        table = engine.lift(small_table(keys, {c.ROUND: nw.String(), _KEY: nw.String()}))
        own = looked.join(table, on=_KEY, how="inner").drop(_KEY)
        laid = grid.join(own, on=[c.UNIT, c.ROUND], how="left")
    return engine.settle(laid), _values(found, over), tuple(_empty(found, over, engine))


def _unfit(over: Sequence[Indicator], rounds: Collection[Stretch]) -> Iterator[Finding]:
    """Yield the rounds that cannot be compared as `over` says: of another length, or without a place."""
    for stretch in rounds:
        for each in over:
            looked = _rounds_of(each)
            facts = {"round": stretch, "rounds": text_of_periods(looked), "code": each.code}
            if stretch.length != looked[0].length_months:
                yield ROUND_OF_ANOTHER_LENGTH.at(each.where, **facts)
            elif stretch not in map(Stretch.of, looked) and _places(each):
                yield NOT_PLACED_AMONG.at(each.where, **facts)


def _rounds_of(indicator: Indicator) -> tuple[Period, ...]:
    return indicator.within.rounds if isinstance(indicator.within, Over) else ()


def _places(indicator: Indicator) -> bool:
    return any(isinstance(each, Rank) for each in indicator.rule.statistics())


def _rounds_rated(
    book: Book, scheme: Scheme, over: Sequence[Indicator], rounds: Collection[Stretch], engine: Engine
) -> nw.LazyFrame[Any]:
    """Return all rounds that are looked at, those scored among them, rated by `scheme` as one panel."""
    every = {Stretch.of(period) for each in over for period in _rounds_of(each)}.union(rounds)
    named = {str(each): each for each in sorted(every, key=lambda each: each.first)}
    grid, _ = lay_out_panel(replace(book, scheme=scheme), named)
    frame = engine.lift(run_once(grid, rows=len(book.units) * len(named)))
    frame = frame.with_columns(nw.lit(1).alias(c.OVER_ROUNDS))
    if not names_nodes(scheme) and all(each in scheme.indicators for each in over):
        plan, _, _ = rated(frame, scheme, engine, pool=_POOL)
        return plan
    nodes = [node.code for node in scheme.nodes]
    rows = [
        rows_between(book.adjustments, each.start, each.end).with_columns(nw.lit(name).alias(c.ROUND))
        for name, each in named.items()
    ]
    given = nw.concat(rows, how="vertical").filter(nw.col("node").is_in(nodes))
    return staged(frame, scheme, engine, rows=given, pool=_POOL).plan


def _values(found: nw.LazyFrame[Any], over: Sequence[Indicator]) -> nw.LazyFrame[Any]:
    """Return unit, name, group, round and what tells pools apart, with the values that were rated."""
    codes = dict.fromkeys(c.treated(each.code) for each in over)
    apart = [name for name in names_in(found) if name.startswith((c.attribute(""), c.member("")))]
    return found.select(c.UNIT, c.NAME, c.GROUP, c.ROUND, *apart, *codes)


def _empty(found: nw.LazyFrame[Any], over: Sequence[Indicator], engine: Engine) -> Iterator[Finding]:
    """Yield the rounds in which nobody has a value, those of the same rounds together."""
    counts = found.group_by(c.ROUND).agg(*[nw.col(c.treated(each.code)).count() for each in over])
    known = {str(row[c.ROUND]): row for row in engine.collect(counts).iter_rows(named=True)}
    by_rounds: dict[tuple[Period, ...], list[Indicator]] = {}
    for each in over:
        code = c.treated(each.code)
        empty = tuple(period for period in _rounds_of(each) if not known.get(str(period), {}).get(code, 0))
        if empty:
            by_rounds.setdefault(empty, []).append(each)
    for empty, nodes in by_rounds.items():
        left = len(nodes) - 1
        more = Text(en=f" and {left} more", zh=f"等{len(nodes)}个") if left else Text()
        yield ROUND_WITHOUT_VALUES.at(
            nodes[0].where, node=nodes[0].code, more=more, rounds=text_of_periods(empty)
        )
