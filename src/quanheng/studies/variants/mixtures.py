"""Books that are nowhere written, scored together: some of what makes them from one side, some from another.

What is mixed is the grid, the figures and targets as columns: so a mixture is scored by the very stages by
which a book is, and many of them below each other in one pass.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import polars as pl

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import PolarsEngine, polars_engine
from quanheng.engine.frame.holding import MANY
from quanheng.engine.frame.replays import Origin, replayed
from quanheng.engine.stages.problems import findings_of
from quanheng.engine.stages.run import Scored, staged
from quanheng.findings.finding import Finding, require_no_errors
from quanheng.findings.value import Value, field
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Scheme

if TYPE_CHECKING:
    from quanheng.data.book.frames import Frame
    from quanheng.engine.stages.reviews.fold import HeldReviews

MIXTURE: Final = "mixture"
"""The column of the key of a mixture."""
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


class Outcome(Value):
    """What became of mixtures: mixture, unit, group, score, place, tier in `rows`.

    `shared_out` are the codes of the indicators whose weight was shared out for somebody, since a mixture
    lacks a figure that neither side lacks. `findings` are, by
    its key, those on each mixture that was looked at as a book is.
    """

    rows: Frame
    shared_out: tuple[str, ...]
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)


def scored(mixtures: Mapping[str, Mixture], *, looked_at: Collection[str] = ()) -> Outcome:
    """Return what becomes of each of `mixtures`, by its key; those of one scheme are scored in one pass.

    A figure that is missing where the scheme calls that an error has its weight shared out: a book would not
    be scored, a mixture of two that are is. What is wrong with those in `looked_at` is told.
    """
    parts: list[Frame] = []
    shared_out: dict[str, None] = {}
    findings: dict[str, tuple[Finding, ...]] = {}
    for group in _alike(mixtures):
        for part in _in_parts(group):
            rows, codes, told = _of_one_scheme(part, looked_at)
            findings |= told
            parts.append(rows)
            shared_out |= dict.fromkeys(codes)
    return Outcome(rows=nw.concat(parts, how="vertical"), shared_out=tuple(shared_out), findings=findings)


def _alike(mixtures: Mapping[str, Mixture]) -> Iterator[dict[str, Mixture]]:
    """Yield the mixtures with the same scheme and reviews together."""
    groups: dict[tuple[Hashable, ...], dict[str, Mixture]] = {}
    for key, mixture in mixtures.items():
        of = (id(mixture.scheme), id(mixture.reviews))
        groups.setdefault(of, {})[key] = mixture
    yield from groups.values()


def _in_parts(group: Mapping[str, Mixture]) -> Iterator[dict[str, Mixture]]:
    """Yield some of the mixtures after others, each time no more rows than are scored well at once."""
    part: dict[str, Mixture] = {}
    rows = 0
    for key, mixture in group.items():
        if part and rows + len(mixture.grid) > MANY:
            yield part
            part, rows = {}, 0
        part[key] = mixture
        rows += len(mixture.grid)
    yield part


def _of_one_scheme(
    mixtures: Mapping[str, Mixture], looked_at: Collection[str]
) -> tuple[Frame, list[str], dict[str, tuple[Finding, ...]]]:
    first = next(iter(mixtures.values()))
    scheme, reviews = first.scheme, first.reviews
    grid = _stacked({key: mixture.grid for key, mixture in mixtures.items()})
    rows = _stacked({key: mixture.rows for key, mixture in mixtures.items()})
    engine = polars_engine(streaming=len(grid) > MANY)
    done = staged(
        engine.lift(grid.lazy()),
        scheme,
        engine,
        rows=rows,
        reviews=reviews,
        pool=_POOL,
        rated_by=first.rated_by,
    )
    require_no_errors(done.notes)
    strict = [each.code for each in scheme.indicators if each.gaps.missing.is_error]
    facts = (tuple(done.weighing.table.rows()), *sorted(done.weighing.rounds))
    told = _findings(done, scheme, facts, [key for key in mixtures if key in looked_at], engine)
    return (*_outcome(done.plan, scheme, engine, strict), told)


def _findings(
    done: Scored, scheme: Scheme, facts: Hashable, keys: Sequence[str], engine: PolarsEngine
) -> dict[str, tuple[Finding, ...]]:
    """Return what is wrong with each of some mixtures; nothing where all have the same, and no error.

    That needs only to be counted, and the expressions that count are made once.
    """
    if not keys:
        return {}
    names = [f"condition|{number}" for number in range(len(done.conditions))]

    def holds(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        columns = [each.holds.alias(name) for each, name in zip(done.conditions, names, strict=True)]
        return rows.select(c.ROUND, *columns)

    held = replayed(done.plan, holds, Origin("conditions that hold", scheme, facts))
    sums = [nw.col(name).cast(nw.Int64()).sum() for name in names]
    counts = {row[0]: row[1:] for row in engine.collect(held.group_by(c.ROUND).agg(*sums)).rows()}
    errors = [number for number, each in enumerate(done.conditions) if each.kind.severity == "error"]
    if not any(any(counts[key]) for key in keys):
        return dict.fromkeys(keys, done.notes)
    wrong = any(counts[key][number] for key in keys for number in errors)
    if not wrong and len({counts[key] for key in keys}) == 1 and len(keys) > 1:
        return dict.fromkeys(keys, ())
    return {
        key: (*done.notes, *findings_of(done.plan.filter(nw.col(c.ROUND) == key), done.conditions, engine))
        for key in keys
    }


def _outcome(
    plan: nw.LazyFrame[Any], scheme: Scheme, engine: PolarsEngine, strict: Sequence[str]
) -> tuple[Frame, list[str]]:
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

    wide = _wanted(engine.collect(replayed(plan, told, Origin("outcome of mixtures", scheme))))
    lacking = [code for code in strict if bool(wide[c.absence(code)].any())]
    return wide.select(MIXTURE, c.UNIT, c.GROUP, "score", c.PLACE, c.TIER), lacking


def _wanted(wide: Frame) -> Frame:
    """Return the rows that are wanted, with the key of their mixture: of a pool only its own unit."""
    parts = pl.col(MIXTURE).str.split_exact(_OF, 1)
    key, whose = parts.struct.field("field_0"), parts.struct.field("field_1")
    own = whose.is_null() | (whose == pl.col(c.UNIT))
    return nw.from_native(wide.to_native().filter(own).with_columns(key.alias(MIXTURE)), eager_only=True)


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
