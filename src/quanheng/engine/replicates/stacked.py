"""Replicates as rows of a frame: for conditions of tiers and awards that look at the outcome.

The rows are units × replicates; a replicate stands in the column of rounds, so that its units are compared
with each other and with nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import narwhals as nw
import numpy as np

from quanheng.engine.formulas.pooled import without_shared
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.tables import table_of
from quanheng.engine.replicates.arrays import Array, Flags
from quanheng.engine.replicates.base import Base
from quanheng.engine.replicates.places import Places
from quanheng.engine.stages.places.awards import awards_of, receiving, with_outcome_known
from quanheng.engine.stages.places.history import with_gains
from quanheng.engine.stages.places.places import with_places
from quanheng.engine.stages.places.tiers import with_tiers
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Scheme

_POOL: Final = (c.GROUP, c.ROUND)
_MADE: Final = (c.PLACE, c.PLACED, c.TIER, c.RANKED, c.ROUND, c.AVAILABLE)
_GAINS: Final = (c.PLACE_GAIN, c.SCORE_GAIN, c.FIRST_TIER_STREAK, c.FIRST_TIER_COUNT)
_ROW: Final = "row"


class Outcome(Value):
    """Places, tiers and awards of a block; `tiers` are numbers of `tiers_in`, -1 for none."""

    places: Places
    tiers: np.ndarray[Any, np.dtype[np.int8]]
    awards: Mapping[str, Flags]


def tiers_in(scheme: Scheme) -> tuple[str, ...]:
    """Return the tiers a unit may end in: those of the scheme, then that of a veto, if it is another one."""
    names = [tier.name for tier in scheme.tiers]
    veto = scheme.adjustments.veto_tier
    return tuple(dict.fromkeys([*names, *([] if veto is None else [veto])]))


def outcome_of(
    scores: Mapping[str, Array],
    is_ranked: Flags,
    base: Base,
    scheme: Scheme,
    *,
    round: str | None,  # noqa: A002 - the word of the language
) -> Outcome:
    """Return who got which place, tier and award, as the plan of a single scoring says it.

    `scores` are those of the total, of ties, and of all nodes that a condition looks at, replicates × units.
    Without a `round` no awards are given.
    """
    rows, units = is_ranked.shape
    frame = _rows(scores, is_ranked, base)
    frame = without_shared(with_tiers(with_places(frame, scheme, pool=_POOL), scheme, pool=_POOL))
    given = [] if round is None else list(awards_of(scheme, round))
    frame = (with_gains(frame, scheme) if given else frame).collect().lazy()
    known, meaning = with_outcome_known(frame, scheme, [award for _, award in given], pool=_POOL)
    awards: dict[str, Flags] = {}
    for _, award in given:
        got = receiving(known, award, meaning, scheme, pool=_POOL).select(_ROW).collect()[_ROW].to_numpy()
        flags = np.zeros(rows * units, dtype=np.bool_)
        flags[got] = True
        awards[award.name] = awards.get(award.name, False) | flags.reshape(rows, units)
    names = tiers_in(scheme)
    tier = nw.col(c.TIER).replace_strict(list(names), list(range(len(names))), return_dtype=nw.Int8())
    tier = tier.fill_null(-1) if names else nw.lit(-1).cast(nw.Int8())
    made = frame.select(_ROW, nw.col(c.PLACE).fill_null(0), tier.alias(c.TIER)).collect().sort(_ROW)
    return Outcome(
        places=made[c.PLACE].to_numpy().astype(np.int32).reshape(rows, units),
        tiers=made[c.TIER].to_numpy().astype(np.int8).reshape(rows, units),
        awards=awards,
    )


def _rows(scores: Mapping[str, Array], is_ranked: Flags, base: Base) -> nw.LazyFrame[Any]:
    """Return a row for each replicate and unit: what is known of the unit, and what the replicate gave."""
    rows, units = is_ranked.shape
    full = {node: np.broadcast_to(values, (rows, units)) for node, values in scores.items()}
    made = {c.score(node): values.reshape(-1) for node, values in full.items()}
    dynamic = table_of(
        {
            c.UNIT: np.tile(np.array(base.codes, dtype=object), rows),
            c.ROUND: np.repeat(np.arange(rows), units),
            _ROW: np.arange(rows * units),
            c.RANKED: is_ranked.reshape(-1),
            **made,
        }
    )
    gone = {*_MADE, *_GAINS, *made}
    kept = [name for name in base.wide.columns if name not in gone and not _is_node(name)]
    # what is looked at of a unit comes by its code: only those columns that something looks at
    keys = [c.UNIT] if base.copies == 1 else [c.UNIT, c.ROUND]
    return dynamic.lazy().join(base.wide.lazy().select(*keys[1:], *kept), on=keys, how="left")


def _is_node(name: str) -> bool:
    """Return whether a column is of the scoring of a node, which is another one in each replicate."""
    return name.startswith(("score|", "points|", "marks|", "share|", "counted|", "pooled|", "shared|"))
