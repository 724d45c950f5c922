"""What was not reported and what became of its weight: said above a ranking and in `result.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.replays import Origin, replayed
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.pools import by_group
from quanheng.engine.frame.rounding import comparable
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.gaps.policies import Fill, MissingRedistributed
from quanheng.scheme.tree.scheme import Indicator, Scheme


class Gap(Value):
    """An indicator that units have not reported: of how many, what it weighs, and whether it was filled.

    `weights` are its marks before anything is moved, those of different groups each once.
    """

    node: str
    name: Text
    missing: int
    units: int
    weights: tuple[float, ...]
    filled: bool

    def text(self) -> Text:
        """Return the gap in a few words.

        Examples:
            >>> name = Text(zh="热线")
            >>> gap = Gap(node="line", name=name, missing=12, units=12, weights=(15.0,), filled=False)
            >>> gap.text().zh, gap.text().en
            ('热线 12/12，权重 15 已移转', '热线 12 of 12, weight 15 moved')
        """
        weights = "/".join(f"{weight:.6g}" for weight in self.weights)
        zh, en = self.name.in_language("zh"), self.name.in_language("en")
        what = Text(zh="已填补", en="filled") if self.filled else Text(zh="已移转", en="moved")
        return Text(
            zh=f"{zh} {self.missing}/{self.units}，权重 {weights} {what.zh}",
            en=f"{en} {self.missing} of {self.units}, weight {weights} {what.en}",
        )

    def as_record(self) -> dict[str, object]:
        """Return the gap for JSON."""
        return {
            "node": self.node,
            "missing": self.missing,
            "units": self.units,
            "weights": list(self.weights),
            "filled": self.filled,
        }


class Missing(Value):
    """All gaps of a result, and of how many of its `units` more than the share `limit` was moved or filled.

    `most` is the largest share of any unit.
    """

    gaps: tuple[Gap, ...] = ()
    units: int = 0
    over: int = 0
    most: float = 0.0
    limit: float = 0.0

    def text(self) -> Text | None:
        """Return that too much of some units' weight was moved; None if it was not."""
        if not self.over:
            return None
        limit, most = f"{100 * self.limit:.6g}%", f"{100 * self.most:.3g}%"
        return Text(
            zh=f"注意：{self.over}/{self.units} 个单位有超过 {limit} 的权重因缺数而移转或填补"
            f"（最多 {most}），名次可比性有限",
            en=f"Note: for {self.over} of {self.units} units more than {limit} of the weight was moved "
            f"or filled for want of figures (up to {most}); their places compare little",
        )

    def as_record(self) -> dict[str, object]:
        """Return all of it for JSON."""
        return {
            "gaps": [gap.as_record() for gap in self.gaps],
            "units": self.units,
            "units_over": self.over,
            "most_moved": self.most,
            "moved_over": self.limit,
        }


_TOTAL, _MOVED, _OVER, _MOST, _EVERY = "units", "moved", "over", "most", "every"
_DIGITS: Final = 9
_SHOWN: Final = 6
"""Weights are known to so many decimals."""


def missing_of(
    plan: nw.LazyFrame[Any], scheme: Scheme, weights: nw.DataFrame[Any], engine: Engine
) -> Missing:
    """Return what is missing in the wide frame `plan` where the scheme moves or fills the weight.

    `weights` is the table of weights of the result. Where each unit has weights of its own, those shared by
    the group are looked at.
    """
    asked = [one for one in scheme.indicators if isinstance(one.gaps.missing, Fill | MissingRedistributed)]
    if not asked:
        return Missing(limit=scheme.moved_over)
    shares = dict(_shares(scheme, weights))
    weighed = [one for one in scheme.indicators if shares.get(one.code)]
    looked_at = dict.fromkeys(c.absence(one.code) for one in (*asked, *weighed))
    stated = tuple(weights.rows())
    rows = engine.by_row(
        plan.select(c.GROUP, *looked_at),
        lambda own: _with_moved(own, asked, weighed, shares),
        Origin("moved weights", scheme, stated),
    )
    counted = replayed(
        rows,
        lambda own: own.select(
            nw.len().alias(_TOTAL),
            (nw.col(_MOVED) > scheme.moved_over).cast(nw.Int64()).sum().alias(_OVER),
            nw.col(_MOVED).max().alias(_MOST),
            *(column for number, one in enumerate(asked) for column in _counts(one, number)),
        ),
        Origin("missing", scheme),
    )
    found = engine.collect(counted).rows(named=True)[0]
    marks = {group.code: float(group.marks) for group in scheme.groups}
    gaps = tuple(
        Gap(
            node=one.code,
            name=one.name,
            missing=int(found[f"missing|{number}"]),
            units=int(found[f"units|{number}"]),
            weights=_marks(shares.get(one.code, {}), marks),
            filled=isinstance(one.gaps.missing, Fill),
        )
        for number, one in enumerate(asked)
        if found[f"missing|{number}"]
    )
    return Missing(
        gaps=gaps,
        units=int(found[_TOTAL]),
        over=int(found[_OVER] or 0),
        most=round(float(found[_MOST] or 0.0), _DIGITS),
        limit=scheme.moved_over,
    )


def _with_moved(
    rows: nw.LazyFrame[Any],
    asked: Sequence[Indicator],
    weighed: Sequence[Indicator],
    shares: Mapping[str, Mapping[str, float]],
) -> nw.LazyFrame[Any]:
    """Add the part of its weight that was moved or filled for each unit.

    The sums are columns before they are rounded: rounding looks at its number often, and a plan that holds
    two sums over all indicators each time grows with the square of them.
    """
    moved = _sum([_where(one, shares[one.code], missing=True) for one in weighed if one in asked])
    every = _sum([_where(one, shares[one.code], missing=False) for one in weighed])
    summed = rows.with_columns(moved.alias(_MOVED), every.alias(_EVERY))
    whole = nw.col(_EVERY)
    parts = summed.with_columns((nw.col(_MOVED) / nw.when(whole > 0.0).then(whole)).alias(_MOVED))
    return parts.with_columns(comparable(nw.col(_MOVED)).fill_null(0.0).alias(_MOVED))


def _shares(scheme: Scheme, weights: nw.DataFrame[Any]) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Yield each indicator and its part of the whole in each group, as the table of weights has them."""
    share = {(row["group"], row["node"]): row["share"] for row in weights.iter_rows(named=True)}
    above = {row["node"]: row["parent"] for row in weights.iter_rows(named=True)}
    for indicator in scheme.indicators:
        parts: dict[str, float] = {}
        for group in indicator.groups:
            part, node = 1.0, indicator.code
            while node in above:
                part *= share.get((group, node)) or 0.0
                node = above[node]
            parts[group] = part
        yield indicator.code, parts


def _where(indicator: Indicator, shares: Mapping[str, float], *, missing: bool) -> nw.Expr:
    """Return the part of the whole that the indicator is where it is missing, or where it applies at all."""
    absence = nw.col(c.absence(indicator.code))
    here = absence == c.MISSING if missing else absence != c.NOT_APPLICABLE
    return nw.when(here.fill_null(value=False)).then(by_group(shares)).otherwise(nw.lit(0.0)).fill_null(0.0)


def _counts(indicator: Indicator, number: int) -> tuple[nw.Expr, nw.Expr]:
    absence = nw.col(c.absence(indicator.code))
    missing = (absence == c.MISSING).fill_null(value=False).cast(nw.Int64()).sum()
    applies = (absence != c.NOT_APPLICABLE).fill_null(value=False).cast(nw.Int64()).sum()
    return missing.alias(f"missing|{number}"), applies.alias(f"units|{number}")


def _sum(terms: Sequence[nw.Expr]) -> nw.Expr:
    return nw.sum_horizontal(*terms) if terms else nw.lit(0.0)


def _marks(shares: Mapping[str, float], marks: Mapping[str, float]) -> tuple[float, ...]:
    found = (round(share * marks[group], _SHOWN) for group, share in shares.items())
    return tuple(dict.fromkeys(weight for weight in found if weight))
