"""What a unit reached in earlier rounds, and what this round makes of it: moves, streaks, first times.

Only rounds of the same length count: years are compared with years, quarters with quarters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.rounding import comparable
from quanheng.periods.every import MONTHS_A_YEAR
from quanheng.periods.period import Period, parse_period
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Scheme

_NUMBER = "number"
"""The number of a round in the count of all rounds of its length."""
_TIER = "tier"
_FIRST = "first_tier"


def with_history(
    frame: nw.LazyFrame[Any],
    scheme: Scheme,
    history: nw.DataFrame[Any] | None,
    *,
    round: str,  # noqa: A002 - the word of the language
    engine: Engine,
) -> nw.LazyFrame[Any]:
    """Add what the unit's earlier rounds were, and what this one is against them.

    `frame` has `place`, `tier` and the total's score; `history` has round, unit, score, place, tier.

    - `last_place`, `last_tier`, `last_score`: of the last round before this one that the history knows, be
      it for other units only; null for a unit that was not in it
    - `place_gain` (places won), `score_gain`: against that round
    - `first_tier_streak`: rounds in a row, up to and with this one, in the first of the scheme's tiers; 0 if
      this one is not. A round left out breaks it
    - `first_tier_count`: all rounds in the first tier, with this one; 1 is the first time

    Examples:
        >>> import polars as pl
        >>> from quanheng.engine.frame.engines import polars_engine
        >>> from quanheng.scheme.grades.tiers import Tier
        >>> from quanheng.scheme.tree.scheme import Dimension, Scheme
        >>> from quanheng.findings.text import Text
        >>> root = Dimension(code="total", name=Text(), weights={"all": 100.0}, children=())
        >>> scheme = Scheme(
        ...     id="s", title=Text(), round="2023", groups=(), items=(), root=root, tiers=(Tier(name="A"),)
        ... )
        >>> now = pl.LazyFrame({"unit": ["x"], "score|total": [91.0], "place": [2], "tier": ["A"]})
        >>> past = pl.DataFrame(
        ...     {"round": ["2022"], "unit": ["x"], "score": [88.5], "place": [5], "tier": ["A"]}
        ... )
        >>> engine = polars_engine()
        >>> told = with_history(engine.lift(now), scheme, nw.from_native(past), round="2023", engine=engine)
        >>> engine.collect(told.select("place_gain", "score_gain", "first_tier_streak")).rows()
        [(3, 2.5, 2)]
    """
    rounds = _earlier(history, parse_period(round))
    if history is None or not rounds:
        frame = frame.with_columns(
            nw.lit(None, dtype=nw.Int64()).alias(c.LAST_PLACE),
            nw.lit(None, dtype=nw.String()).alias(c.LAST_TIER),
            nw.lit(None, dtype=nw.Float64()).alias(c.LAST_SCORE),
            nw.lit(0).cast(nw.Int64()).alias(c.EARLIER_STREAK),
            nw.lit(0).cast(nw.Int64()).alias(c.EARLIER_COUNT),
        )
    else:
        frame = frame.join(engine.lift(_last(history, rounds)), on=c.UNIT, how="left")
        first = _first_tier(scheme)
        if isinstance(first, nw.Expr):
            # which tier is the first one differs from group to group
            firsts = engine.lift(_firsts(history, rounds, [tier.name for tier in scheme.tiers]))
            firsts = firsts.rename({_TIER: _FIRST})
            frame = frame.with_columns(first.alias(_FIRST)).join(firsts, on=[c.UNIT, _FIRST], how="left")
            frame = frame.drop(_FIRST)
        else:
            firsts = engine.lift(_firsts(history, rounds, [] if first is None else [first]).drop(_TIER))
            frame = frame.join(firsts, on=c.UNIT, how="left")
    return with_gains(frame, scheme)


def with_gains(frame: nw.LazyFrame[Any], scheme: Scheme) -> nw.LazyFrame[Any]:
    """Add what this round is against the earlier ones: its gains, and its streak of first tiers."""
    first = _first_tier(scheme)
    now = (
        (nw.col(c.TIER) == first).fill_null(value=False).cast(nw.Int64()) if first is not None else nw.lit(0)
    )
    streak = now * (1 + nw.col(c.EARLIER_STREAK).fill_null(0))
    return frame.with_columns(
        (nw.col(c.LAST_PLACE) - nw.col(c.PLACE)).alias(c.PLACE_GAIN),
        comparable(_better(scheme)).alias(c.SCORE_GAIN),
        streak.alias(c.FIRST_TIER_STREAK),
        (now + nw.col(c.EARLIER_COUNT).fill_null(0)).alias(c.FIRST_TIER_COUNT),
    )


def _better(scheme: Scheme) -> nw.Expr:
    """Return by how much the total is better than that of the last round."""
    now, before = nw.col(c.score(ROOT)), nw.col(c.LAST_SCORE)
    return before - now if scheme.lowest_first else now - before


def _first_tier(scheme: Scheme) -> nw.Expr | str | None:
    """Return the first tier, None without any; an expression where it differs from group to group."""
    firsts = {group.code: tiers[0].name for group in scheme.groups if (tiers := scheme.tiers_in(group.code))}
    if not any(tier.by_group for tier in scheme.tiers):
        return scheme.tiers[0].name if scheme.tiers else None
    expression = nw.lit(None, dtype=nw.String())
    for group, name in firsts.items():
        expression = nw.when(nw.col(c.GROUP) == group).then(nw.lit(name)).otherwise(expression)
    return expression


def _earlier(history: nw.DataFrame[Any] | None, now: Period) -> dict[str, int]:
    """Return how many rounds before `now` each round of the same length in the history was held."""
    if history is None:
        return {}
    rounds = {str(text): parse_period(str(text)) for text in history["round"].unique().to_list()}
    return {
        text: _number(now) - _number(period)
        for text, period in rounds.items()
        if period.length_months == now.length_months and _number(period) < _number(now)
    }


def _number(period: Period) -> int:
    return (period.year * MONTHS_A_YEAR + period.first_month - 1) // period.length_months


def _last(history: nw.DataFrame[Any], rounds: Mapping[str, int]) -> nw.DataFrame[Any]:
    last = min(rounds, key=lambda text: rounds[text])
    return history.filter(nw.col("round") == last).select(
        nw.col(c.UNIT),
        nw.col("place").cast(nw.Int64()).alias(c.LAST_PLACE),
        nw.col("tier").cast(nw.String()).alias(c.LAST_TIER),
        nw.col("score").cast(nw.Float64()).alias(c.LAST_SCORE),
    )


def _firsts(history: nw.DataFrame[Any], rounds: Mapping[str, int], tiers: Sequence[str]) -> nw.DataFrame[Any]:
    """Return for each unit and each of `tiers` its rounds in it, and how many directly precede now."""
    ago = nw.col("round").replace_strict(list(rounds), list(rounds.values()), return_dtype=nw.Int64())
    here = nw.col("round").is_in(list(rounds)) & nw.col(_TIER).is_in(list(tiers))
    reached = history.filter(here).select(nw.col(c.UNIT), nw.col(_TIER).cast(nw.String()), ago.alias(_NUMBER))
    # the k-th latest of them belongs to the streak if it was held exactly k rounds ago
    nth = nw.col(_NUMBER).rank("min").over(c.UNIT, _TIER).cast(nw.Int64())
    reached = reached.with_columns((nth == nw.col(_NUMBER)).cast(nw.Int64()).alias(c.EARLIER_STREAK))
    return reached.group_by(c.UNIT, _TIER).agg(
        nw.col(c.EARLIER_STREAK).sum(), nw.col(_NUMBER).count().cast(nw.Int64()).alias(c.EARLIER_COUNT)
    )
