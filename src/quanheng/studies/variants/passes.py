"""Grids scored by one scheme in one pass, each a copy: below each other, a column `round` saying which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import polars as pl

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.replays import Origin, replayed
from quanheng.engine.frame.engines import PolarsEngine, polars_engine
from quanheng.engine.frame.holding import MANY
from quanheng.engine.replicates.base import Base, base_of
from quanheng.engine.stages.condition import Condition
from quanheng.engine.stages.flags import only_held
from quanheng.engine.stages.problems import findings_of
from quanheng.engine.stages.run import Scored, staged
from quanheng.findings.finding import Finding, require_no_errors
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Scheme

if TYPE_CHECKING:
    from quanheng.data.book.frames import Frame
    from quanheng.engine.stages.reviews.fold import HeldReviews

MIXTURE: Final = "mixture"
"""The column of the key of a mixture."""
OUTCOME: Final = (MIXTURE, c.UNIT, c.GROUP, "score", c.PLACE, c.TIER)
"""The columns of what became of the units of a mixture."""
_OF: Final = "\x1f"
"""Between the key of a mixture and the unit whose pool it is: no code of a unit has it."""
_POOL: Final = (c.GROUP, c.ROUND)
_FLAGS: Final = (c.item_na(""), c.target_na(""))


class Mixture(Value):
    """What one scoring is made of: the scheme, the grid of all units, adjustments, reviews to be folded.

    `grid` has the columns of `lay_out_grid`; `rows` are adjustments (unit, kind, marks, node). With `pools`
    both have a column `round`, too: the unit whose pool the row is in, and of each pool only that unit's
    outcome is wanted. `rated_by` is a scheme that gives the same points.
    """

    scheme: Scheme
    grid: Frame
    rows: Frame
    reviews: HeldReviews | None = None
    pools: bool = False
    rated_by: Scheme | None = None


@dataclass(frozen=True, kw_only=True)
class Pass:
    """Some mixtures of one scheme, scored together; what is asked of them is computed once for all."""

    keys: tuple[str, ...]
    scheme: Scheme
    engine: PolarsEngine
    done: Scored

    @cached_property
    def outcomes(self) -> Mapping[str, Frame]:
        """Who got which score, place and tier in each, and which figures are missing there."""
        strict = self.strict

        def told(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
            missing = [(nw.col(c.absence(code)) == c.MISSING).alias(c.absence(code)) for code in strict]
            return rows.select(
                nw.col(c.ROUND).alias(MIXTURE),
                c.UNIT,
                c.GROUP,
                nw.col(c.score(ROOT)).alias("score"),
                nw.col(c.PLACE).cast(nw.Int64()),
                c.TIER,
                *missing,
            )

        origin = Origin("outcome of mixtures", self.scheme)
        made = _wanted(self.engine.collect(replayed(self.done.plan, told, origin)).to_native())
        parts = made.partition_by(MIXTURE, as_dict=True)
        return {str(key): nw.from_native(part, eager_only=True) for (key,), part in parts.items()}

    @cached_property
    def counts(self) -> Mapping[str, tuple[int, ...]]:
        """How often each of the conditions holds in each; the expressions that count are made once."""
        done = self.done
        facts = (tuple(done.weighing.table.rows()), *sorted(done.weighing.rounds))
        held = replayed(
            done.plan,
            lambda rows: only_held(rows, done.conditions, self.scheme),
            Origin("conditions that hold", self.scheme, facts),
        )
        sums = held.group_by(c.ROUND).agg(nw.all().cast(nw.Int64()).sum())
        return {str(key): tuple(counts) for key, *counts in self.engine.collect(sums).iter_rows()}

    def notes_on(self, key: str) -> tuple[Finding, ...]:
        """Return what is told of outliers and weights in one; which one it is stands last in their pools."""
        return tuple(_notes_on(key, self.keys, self.done.notes))

    @property
    def strict(self) -> list[str]:
        """The indicators of which a missing figure is an error."""
        return [each.code for each in self.scheme.indicators if each.gaps.missing.is_error]


@dataclass(frozen=True, kw_only=True)
class Copy:
    """One mixture of a pass."""

    key: str
    mixture: Mixture
    of: Pass

    @property
    def outcome(self) -> Frame:
        """mixture, unit, group, score, place, tier."""
        return self.of.outcomes[self.key].select(*OUTCOME)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The indicators whose weight was shared out for somebody, since a figure is missing."""
        own = self.of.outcomes[self.key]
        return tuple(code for code in self.of.strict if bool(own[c.absence(code)].any()))

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All that may be wrong."""
        return self.of.done.conditions

    @property
    def counts(self) -> tuple[int, ...]:
        """How often each of the conditions holds."""
        return self.of.counts[self.key]

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What is told of outliers and of weights."""
        return self.of.notes_on(self.key)

    def findings(self) -> tuple[Finding, ...]:
        """Return what is wrong with it."""
        return findings_of(self.rows, self.conditions, self.of.engine)

    @cached_property
    def wide(self) -> Frame:
        """The wide frame, sorted by unit."""
        return self.of.engine.collect(self.rows).sort(c.UNIT)

    @property
    def rows(self) -> nw.LazyFrame[Any]:
        """The same as a plan."""
        return self.of.done.plan.filter(nw.col(c.ROUND) == self.key)

    @cached_property
    def base(self) -> Base:
        """What it leaves for scorings with other weights."""
        return base_of(self.wide, self.of.done.weighing.table, self.of.scheme)

    def alone(self) -> Copy:
        """Return it without the others of its pass, so that it can be kept."""
        done = replace(self.of.done, made=self.of.engine.lift(self.wide), notes=self.notes)
        of = replace(self.of, keys=(self.key,), done=done)
        return Copy(key=self.key, mixture=self.mixture, of=of)


def passed(mixtures: Mapping[str, Mixture]) -> dict[str, Copy]:
    """Return mixtures of one scheme and the same reviews, scored in one pass, by their keys.

    Raises:
        FindingsError: weights cannot be computed.
    """
    first = next(iter(mixtures.values()))
    grid = _stacked({key: mixture.grid for key, mixture in mixtures.items()})
    rows = _stacked({key: mixture.rows for key, mixture in mixtures.items()})
    engine = polars_engine(streaming=len(grid) > MANY)
    done = staged(
        engine.lift(grid),
        first.scheme,
        engine,
        rows=rows,
        reviews=first.reviews,
        pool=_POOL,
        rated_by=first.rated_by,
    )
    require_no_errors(done.notes)
    of = Pass(keys=tuple(mixtures), scheme=first.scheme, engine=engine, done=done)
    return {key: Copy(key=key, mixture=mixture, of=of) for key, mixture in mixtures.items()}


def _notes_on(key: str, keys: Sequence[str], notes: Sequence[Finding]) -> Iterator[Finding]:
    for note in notes:
        pool = note.facts.get("pool")
        of_group, comma, whose = pool.rpartition(", ") if isinstance(pool, str) else ("", "", "")
        if comma and whose == key:
            yield replace(note, facts={**note.facts, "pool": of_group})
        elif not comma or whose not in keys:
            yield note


def _wanted(wide: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that are wanted, with the key of their mixture: of a pool only its own unit."""
    parts = pl.col(MIXTURE).str.split_exact(_OF, 1)
    key, whose = parts.struct.field("field_0"), parts.struct.field("field_1")
    own = whose.is_null() | (whose == pl.col(c.UNIT))
    return wide.filter(own).with_columns(key.alias(MIXTURE))


def _stacked(frames: Mapping[str, Frame]) -> Frame:
    """Return `frames` below each other, a column `round` saying which; a flag that one lacks is false."""
    stacked = nw.concat([_named(key, frame) for key, frame in frames.items()], how="diagonal")
    flags = [name for name in stacked.columns if name.startswith(_FLAGS)]
    return (
        stacked.with_columns(*[nw.col(name).fill_null(value=False) for name in flags]) if flags else stacked
    )


def _named(key: str, frame: Frame) -> Frame:
    if c.ROUND not in frame.columns:
        return frame.with_columns(nw.lit(key).alias(c.ROUND))
    return frame.with_columns(nw.concat_str(nw.lit(f"{key}{_OF}"), nw.col(c.ROUND)).alias(c.ROUND))
