"""Outliers treated before rating, pool by pool; what was done stays in the frame.

`treated|…` comes in as the measure, filled where a policy fills values, and goes out as what the rule rates.

- `winsorise`: only where |skewness| and kurtosis reach their limits, values are moved in (`winsorise.py` has
  the procedure); if that is not enough and `then` is `log`, the values as they came are transformed instead:
  x becomes ln(x - min + 0.01·(max - min)), COINr's `log_CT`. The transformed values are kept whatever their
  shape is then, as COINr does.
- quantile limits: a value outside them is set to them; quantiles are linear (type 7).
- always log: ln x. Where x is not above 0 there is none; the measure is then undefined, which is a finding.

A pool is the group, or every group for an indicator with `within: all`; units without a value are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, assert_never

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.pools import Key, with_facts
from quanheng.engine.frame.tables import names_in
from quanheng.engine.stages.treatment.decide import TreatedPool, by_keys, with_everyone, without_everyone
from quanheng.engine.stages.treatment.winsorise import is_outlying
from quanheng.findings.finding import Finding, Kind
from quanheng.scheme.gaps.treatment import AlwaysLog, QuantileLimits, Treatment, Winsorise
from quanheng.scheme.tree.scheme import Indicator, Scheme

SKEWNESS: Final = "skewness"
KURTOSIS: Final = "kurtosis"
LIMIT_LOW: Final = "limit_low"
LIMIT_HIGH: Final = "limit_high"
LOG_FROM: Final = "log_from"
"""What is subtracted before the logarithm: the least value."""
LOG_PLUS: Final = "log_plus"
"""What is added before the logarithm: a hundredth of the range."""


def with_treated(
    frame: nw.LazyFrame[Any],
    scheme: Scheme,
    pools: Sequence[TreatedPool],
    engine: Engine,
    *,
    pool: Sequence[str] = (c.GROUP,),
) -> nw.LazyFrame[Any]:
    """Treat the outliers of the indicators that state a treatment, as `pools` say.

    Their `treated|…` is replaced, `treatment|…` says what was done to the unit's value (`winsorised`, `log`,
    `limited`; null: nothing), and `stat|…|…` keeps the figures it was decided by: `skewness` and `kurtosis`
    of the values as they came, `limit_low`, `limit_high`, `log_from`, `log_plus`. Where ln x does not exist,
    `absence|…` becomes UNDEFINED. `pool` names the columns whose values the units of a pool share; `within:
    all` leaves out the group.
    """
    for keys, indicators in by_keys(scheme, pool):
        codes = {indicator.code for indicator in indicators}
        facts: dict[Key, dict[str, float | None]] = {}
        for treated in pools:
            if treated.indicator in codes:
                facts.setdefault(treated.pool, {}).update(_statistics(treated))
        columns = [c.stat(i.code, name) for i in indicators for name in _statistics_of(i.treat)]
        frame = with_facts(with_everyone(frame, keys), facts, columns, keys=keys, engine=engine)
    names = names_in(frame)
    replaced = [
        expression
        for indicator in scheme.indicators
        if indicator.treat is not None
        for expression in _replaced(indicator, indicator.treat, names)
    ]
    return without_everyone(frame.with_columns(*replaced) if replaced else frame)


WINSORISED: Final = Kind(
    code="QH522",
    severity="note",
    en="{count} values of {node!r} were winsorised in {pool!r}: skewness {skewness}, kurtosis {kurtosis}",
    zh="指标{node!r}在{pool!r}有{count}个离群值作了缩尾处理（偏度{skewness}，峰度{kurtosis}）",
    hint_en="look at them before the result is published; the trace names the units",
    hint_zh="发布前请核对这些数值，单位见计分依据",
)
LOGGED: Final = Kind(
    code="QH523",
    severity="note",
    en="{node!r} was log-transformed in {pool!r}: skewness {skewness}, kurtosis {kurtosis}",
    zh="指标{node!r}在{pool!r}偏度{skewness}、峰度{kurtosis}，缩尾不足以消除，已作对数变换",
    hint_en="look at its distribution, or rate its logarithm from the start",
    hint_zh="请查看其分布，或在公式中直接取对数",
)
STILL_OUTLYING: Final = Kind(
    code="QH524",
    severity="warning",
    en="{node!r} has outliers in {pool!r} even after treatment: skewness {skewness}, kurtosis {kurtosis}",
    zh="指标{node!r}在{pool!r}处理后仍有离群值：偏度{skewness}，峰度{kurtosis}",
    hint_en="allow more points, state limits, or rate it by place",
    hint_zh="请增加缩尾个数、写明上下限，或改用排序赋分",
)


def treatment_findings(scheme: Scheme, pools: Sequence[TreatedPool]) -> Iterator[Finding]:
    """Yield a note for each pool that is winsorised or logged, and a warning where that is not enough."""
    for treated in pools:
        indicator = scheme.node(treated.indicator)
        if treated.before is None or not isinstance(indicator, Indicator):
            continue
        facts = {
            "node": treated.indicator,
            "pool": ", ".join(str(value) for value in treated.pool),
            "skewness": f"{treated.before.skewness:z.2f}",
            "kurtosis": f"{treated.before.kurtosis:z.2f}",
        }
        if treated.how == "winsorised":
            yield WINSORISED.at(indicator.where, count=treated.moved, **facts)
        elif treated.how == "log":
            yield LOGGED.at(indicator.where, **facts)
        rule = indicator.treat
        if isinstance(rule, Winsorise) and treated.after is not None and is_outlying(treated.after, rule):
            facts["skewness"] = f"{treated.after.skewness:z.2f}"
            facts["kurtosis"] = f"{treated.after.kurtosis:z.2f}"
            yield STILL_OUTLYING.at(indicator.where, **facts)


def _statistics_of(treatment: Treatment | None) -> tuple[str, ...]:
    match treatment:
        case Winsorise():
            return (SKEWNESS, KURTOSIS, LIMIT_LOW, LIMIT_HIGH, LOG_FROM, LOG_PLUS)
        case QuantileLimits():
            return (LIMIT_LOW, LIMIT_HIGH)
        case AlwaysLog() | None:
            return ()
        case _:
            assert_never(treatment)


def _statistics(treated: TreatedPool) -> dict[str, float | None]:
    shape = treated.before
    values = {
        SKEWNESS: shape.skewness if shape else None,
        KURTOSIS: shape.kurtosis if shape else None,
        LIMIT_LOW: treated.low,
        LIMIT_HIGH: treated.high,
        LOG_FROM: treated.log_from,
        LOG_PLUS: treated.log_plus,
    }
    return {c.stat(treated.indicator, name): value for name, value in values.items()}


def _replaced(indicator: Indicator, treatment: Treatment, names: Sequence[str]) -> Iterator[nw.Expr]:
    """Yield the treated value, what was done to it, and that it is undefined where it cannot be done."""
    code = indicator.code
    value = nw.col(c.treated(code))
    match treatment:
        case Winsorise():
            start, plus = nw.col(c.stat(code, LOG_FROM)), nw.col(c.stat(code, LOG_PLUS))
            logged = ~start.is_null() & ~value.is_null()
            inside, moved = _inside_limits(code)
            yield nw.when(logged).then((value - start + plus).log()).otherwise(inside).alias(c.treated(code))
            said = nw.when(logged).then(nw.lit("log")).when(moved).then(nw.lit("winsorised"))
            yield said.otherwise(nw.lit(None, dtype=nw.String())).alias(c.treatment(code))
        case QuantileLimits():
            inside, moved = _inside_limits(code)
            yield inside.alias(c.treated(code))
            yield nw.when(moved).then(nw.lit("limited")).alias(c.treatment(code))
        case AlwaysLog():
            yield nw.when(value > 0.0).then(value).log().alias(c.treated(code))
            yield nw.when(value > 0.0).then(nw.lit("log")).alias(c.treatment(code))
            if c.absence(code) in names:
                absence = nw.when(value <= 0.0).then(nw.lit(c.UNDEFINED)).otherwise(nw.col(c.absence(code)))
                yield absence.alias(c.absence(code))
        case _:
            assert_never(treatment)


def _inside_limits(code: str) -> tuple[nw.Expr, nw.Expr]:
    """Return the value inside its limits, a null limit being none, and whether it had to be moved."""
    value = nw.col(c.treated(code))
    low, high = nw.col(c.stat(code, LIMIT_LOW)), nw.col(c.stat(code, LIMIT_HIGH))
    inside = nw.when(value < low).then(low).when(value > high).then(high).otherwise(value)
    return inside, ((value < low) | (value > high)).fill_null(value=False)
