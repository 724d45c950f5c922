"""Figures of another magnitude than those beside them: a power of ten off, for which there is a likely cause.

A column is the figures of one item and period in one group (or the targets of one indicator). Only the least
and the greatest of a column can lie off it. It does if it is alone, if the others lie close together, and if
it lies among them once it is multiplied by 10, 100, 1,000 or 10,000, or divided. All of it is asked of
logarithms to the base 10, so that a factor is a difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import polars as pl

from quanheng.findings.text import Text
from quanheng.findings.value import Value

POWER: Final = "power"
"""By what power of ten a figure is too large; below 0, too small."""
MYRIAD: Final = 4
"""The power of 万 and 亿: by far the likeliest slip."""


class Factor(Value):
    """What is asked of a column before a figure is called a factor of 10 to the `power` off it.

    At least `others` further figures, the greatest at most 10 to the `spread` times the least; and the figure
    lies among them, or beyond them by no more than 10 to the `beyond`, once the factor is taken out.
    """

    power: int
    others: int
    spread: float
    beyond: float


OF_LEVELS: Final = (
    Factor(power=MYRIAD, others=2, spread=1.8, beyond=0.3),
    Factor(power=3, others=4, spread=0.75, beyond=0.3),
    Factor(power=2, others=4, spread=0.5, beyond=0.3),
    Factor(power=1, others=5, spread=0.2, beyond=0.01),
)
"""A factor of 10,000 is told of a column that is spread wider, too."""
OF_RATES: Final = (
    Factor(power=MYRIAD, others=2, spread=1.0, beyond=0.3),
    Factor(power=2, others=2, spread=0.5, beyond=0.3),
)
"""Of rates, which may be small by nature, a fraction beside per cent, and what no rate is beside others."""


def off_columns(
    values: pl.DataFrame,
    column: Sequence[str],
    value: str,
    *,
    factors: Sequence[Factor] = OF_LEVELS,
    wider: Sequence[str] | None = None,
) -> pl.DataFrame:
    """Return the rows of `values` whose `value` lies off its column, with `power` and the others' ends.

    `column` names what the figures of a column have in common, `wider` what they have in common with those
    of other groups: who lies near one of these is not off. The ends are `least` and `greatest`. Figures of 0
    are left out; a column with figures above and below 0 has no magnitude.

    Examples:
        >>> gdp = pl.DataFrame({"period": [1, 1, 1], "gdp": [546000.0, 40.2, 33.3]})
        >>> off_columns(gdp, ["period"], "gdp").rows()
        [(1, 546000.0, 4, 33.3, 40.2)]
    """
    if values.is_empty():
        return _none_of(values)
    size = pl.col(value).abs().log10().alias(_SIZE)
    sized = values.filter(pl.col(value) != 0).with_columns(size)
    two_ends = (
        sized.group_by(column)
        .agg(
            pl.len().alias(_COUNT),
            ((pl.col(value) > 0).n_unique() == 1).alias(_ONE_SIGN),
            pl.col(_SIZE).bottom_k(2).sort().alias(_LOW),
            pl.col(_SIZE).top_k(2).sort(descending=True).alias(_HIGH),
        )
        .filter(pl.col(_ONE_SIGN) & (pl.col(_COUNT) >= min(factor.others for factor in factors) + 1))
    )
    end = {name: pl.col(name).list for name in (_LOW, _HIGH)}
    found: list[pl.DataFrame] = []
    for sign, own, low, high in (
        (1, end[_HIGH].get(0), end[_LOW].get(0), end[_HIGH].get(1)),
        (-1, end[_LOW].get(0), end[_LOW].get(1), end[_HIGH].get(0)),
    ):
        power = pl.coalesce(*_powers(factors, sign, own, low, high), pl.lit(None, dtype=pl.Int32))
        off = two_ends.select(
            *column, own.alias(_SIZE), low.alias(_LOW), high.alias(_HIGH), power.alias(POWER)
        )
        found.append(off.drop_nulls(POWER))
    if all(off.is_empty() for off in found):  # as it is nearly always
        return _none_of(values)
    ends = [(10.0 ** pl.col(name)).round_sig_figs(_DIGITS).alias(to) for name, to in _ENDS.items()]
    off = pl.concat(sized.join(off, on=[*column, _SIZE], how="inner", maintain_order="left") for off in found)
    if wider is not None:
        off = _alone(off, sized, wider)
    return off.with_columns(*ends).drop(_SIZE, *_ENDS)


def _none_of(values: pl.DataFrame) -> pl.DataFrame:
    """Return no row of `values`, with the columns of what is off."""
    ends = (pl.lit(None, dtype=pl.Float64).alias(to) for to in _ENDS.values())
    return values.clear().with_columns(pl.lit(None, dtype=pl.Int32).alias(POWER), *ends)


def _alone(off: pl.DataFrame, sized: pl.DataFrame, wider: Sequence[str]) -> pl.DataFrame:
    """Return the rows of `off` without those near a figure of another group, by half the factor."""
    numbered = off.with_row_index(_COUNT)
    near = (
        numbered.select(_COUNT, *wider, _SIZE, POWER)
        .join(sized.select(*wider, pl.col(_SIZE).alias(_OTHER)), on=wider, how="inner")
        .filter((pl.col(_SIZE) - pl.col(_OTHER)).abs() < pl.col(POWER).abs() / 2)
        .group_by(_COUNT)
        .agg(pl.len().alias(_OTHER))
        .filter(pl.col(_OTHER) > 1)  # itself is one
    )
    return numbered.join(near, on=_COUNT, how="anti", maintain_order="left").drop(_COUNT)


_SIZE, _COUNT, _ONE_SIGN, _LOW, _HIGH, _OTHER = "size", "figures", "one sign", "low", "high", "other size"
_ENDS: Final = {_LOW: "least", _HIGH: "greatest"}
_DIGITS: Final = 12


def _powers(
    factors: Sequence[Factor], sign: int, own: pl.Expr, low: pl.Expr, high: pl.Expr
) -> Iterator[pl.Expr]:
    """Yield for each factor its power where the figure `own` is so far off the others, null elsewhere."""
    for factor in factors:
        back = own - sign * factor.power
        among = (back >= low - factor.beyond) & (back <= high + factor.beyond)
        holds = among & (high - low <= factor.spread) & (pl.col(_COUNT) > factor.others)
        yield pl.when(holds).then(pl.lit(sign * factor.power, dtype=pl.Int32))


def power_of(ratio: float) -> int | None:
    """Return the power of ten, 1 to 4 or -1 to -4, that `ratio` is within a factor of 2 of.

    Examples:
        >>> [power_of(ratio) for ratio in (13580.0, 0.011, 35.0, 1.2)]
        [4, -2, None, None]
    """
    for power in (4, 3, 2, 1, -1, -2, -3, -4):
        if _HALF <= abs(ratio) / 10.0**power <= 1 / _HALF:
            return power
    return None


_HALF: Final = 0.5


def factor_text(power: int) -> Text:
    """Return by what a figure is too large or too small.

    Examples:
        >>> factor_text(4).en, factor_text(-2).en
        ('about 10,000 times too large', 'about 100 times too small')
    """
    times = f"{10 ** abs(power):,}"
    if power > 0:
        return Text(en=f"about {times} times too large", zh=f"约大 {times} 倍")
    return Text(en=f"about {times} times too small", zh=f"约小 {times} 倍")


_SMALLER_MONEY: Final[Mapping[str, str]] = {
    "亿元": "万元",
    "万元": "元",
    "亿美元": "万美元",
    "万美元": "美元",
}
_LARGER_MONEY: Final[Mapping[str, str]] = {small: large for large, small in _SMALLER_MONEY.items()}
_CAUSES: Final[Mapping[int, Text]] = {
    4: Text(
        en="another measuring unit, such as 万元 for 亿元 or 元 for 万元",
        zh="计量单位不同，如万元与亿元、元与万元",
    ),
    3: Text(en="another measuring unit, such as kg for t", zh="计量单位不同，如千克与吨"),
    2: Text(
        en="per cent beside a fraction (6.1 beside 0.061), or a decimal point out of place",
        zh="百分数与小数混用（如 6.1 与 0.061），或小数点错位",
    ),
    1: Text(
        en="a digit too many or too few, or a decimal point out of place", zh="多写或少写一位，或小数点错位"
    ),
}


def cause_text(power: int, measured_in: str) -> Text:
    """Return the likely cause that a figure of an item `measured_in` is a factor of 10 to the `power` off.

    Examples:
        >>> cause_text(4, "亿元").en, cause_text(-4, "万元").en
        ('万元 instead of 亿元', '亿元 instead of 万元')
    """
    other = (_SMALLER_MONEY if power > 0 else _LARGER_MONEY).get(measured_in.strip())
    if abs(power) == MYRIAD and other is not None:
        return Text(
            en=f"{other} instead of {measured_in.strip()}", zh=f"按{other}填报，而应为{measured_in.strip()}"
        )
    return _CAUSES[abs(power)]
