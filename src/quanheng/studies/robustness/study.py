"""How far the places of a book can be trusted: replicates in which what is not certain is otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from quanheng.engine.replicates.base import Base, Edge
from quanheng.engine.replicates.noisy import Error
from quanheng.engine.replicates.prepared import prepared
from quanheng.engine.replicates.runs import Outcomes
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Text
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Indicator, Node
from quanheng.studies.robustness.causes import Variants, weighed_nodes
from quanheng.studies.robustness.charts import charts_of
from quanheng.studies.robustness.defaults import written_out
from quanheng.studies.robustness.design import Design, design_of
from quanheng.studies.robustness.effects import (
    LEFT_OUT,
    convergence_table,
    is_steady,
    left_out_rows,
    shares_of,
)
from quanheng.studies.robustness.errors import errors_of
from quanheng.studies.robustness.form import CausesForm, RobustnessForm
from quanheng.studies.robustness.kept import kept_tables
from quanheng.studies.robustness.replicates import Factor, Noise, chosen_in, factors_of, keys_in
from quanheng.studies.robustness.replicates import run as run_replicates
from quanheng.studies.robustness.sampler import Sampler
from quanheng.studies.robustness.sentences import Said, sentences_of
from quanheng.studies.robustness.summary import (
    Standing,
    awards_table,
    chances_table,
    places_table,
    standing_of,
    tiers_table,
)
from quanheng.studies.robustness.ways import Ways
from quanheng.studies.study import Study, Table
from quanheng.studies.tabling import table_from

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.studies.form import StudyForm

FORM: Final = RobustnessForm
TITLE: Final = Text(en="Robustness of the ranking", zh="排名的稳健性")
MOST_NUMBERS: Final = 400_000_000
"""Replicates times units: what is kept of each is a score, a place and a tier."""
MOST_UNITS_LEFT_OUT: Final = 500

WEIGHED_BY_UNIT: Final = Kind(
    code="QH706",
    severity="note",
    en="the weights below {nodes} do not vary: each unit has its own there (benefit of the doubt)",
    zh="{nodes}之下的权重不变动：该处各单位采用各自的权重（BOD）",
    hint_en="state weights there to study them",
    hint_zh="如需研究，请在该处写明权重",
)
TOO_FEW_RUNS: Final = Kind(
    code="QH707",
    severity="warning",
    en="{runs} replicates were too few: the intervals, or the shares of variance, still move",
    zh="{runs}次重复不够：区间或方差占比尚未稳定",
    hint_en="run it again with four times as many: 'runs: {more}' in the study file",
    hint_zh="请增加到四倍：在研究文件中写“runs: {more}”",
)
CHANCES_LEFT_OUT: Final = Kind(
    code="QH708",
    severity="note",
    en="the table of the chances of each place is left out: it would be too long",
    zh="各位次出现比例的表过长，未列出",
    hint_en="the table 'places' has the intervals",
    hint_zh="位次区间见“places”表",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """The rows of all replicates: those of a design, those without something, and the book as it is."""

    design: Design
    factors: tuple[Factor, ...]
    sampler: Sampler | None
    errors: Mapping[str, Error]
    seed: int
    gone: tuple[Node, ...]

    @property
    def rows(self) -> int:
        return len(self.design.numbers) + len(self.gone) + 1


def run(book: Book, settings: StudyForm) -> Study:
    """Return the study of `book` in its scheme's round.

    Raises:
        FindingsError: the book has errors as it is, or a rule in the settings is not a whole rule.
        UsageError: the settings name what the scheme does not have, nothing may be otherwise, or there are
            too many combinations or replicates.
    """
    assert isinstance(settings, RobustnessForm)  # noqa: S101 - the form of this study
    settings = written_out(settings, book)
    causes = settings.causes or CausesForm()
    ways = Ways(book, Variants(book.scheme, causes))
    findings = [*ways.findings]
    sampler = _sampler(book, causes, findings)
    errors = errors_of(causes.noise, book)
    factors = factors_of(ways, sampler, errors)
    units = tuple(_unit_called(book, unit) for unit in settings.units)
    plan = _Plan(
        design=design_of([factor.width for factor in factors] or [1], settings.runs, settings.seed),
        factors=factors,
        sampler=sampler,
        errors=errors,
        seed=settings.seed,
        gone=tuple(_gone(book, settings)),
    )
    _require_something(factors, plan, len(book.units))
    outcomes = _outcomes(ways, plan)
    standing = standing_of(ways.nominal.result.ranking, outcomes.codes)
    sample = plan.design.sample
    places = places_table(outcomes, sample, standing, settings.level)
    chances = chances_table(outcomes, sample, standing)
    if chances is None:
        findings.append(CHANCES_LEFT_OUT.at())
    shares = shares_of(outcomes, plan.design, factors, standing, units, settings.seed)
    left_out = _left_out(book, settings, plan, outcomes, standing)
    convergence = convergence_table(outcomes, plan.design.base, settings.level)
    if not is_steady(convergence) or shares.unsure:
        runs = 2 * plan.design.base
        findings.append(TOO_FEW_RUNS.at(runs=runs, more=4 * runs))
    said = Said(
        outcomes=outcomes,
        sample=sample,
        standing=standing,
        places=places.rows,
        shares={cause: index.value for cause, index in shares.total.items()},
        left_out=left_out.rows,
        level=settings.level,
        steady=is_steady(convergence) and not shares.unsure,
        groups={group.code: group.name for group in book.scheme.groups},
        causes=causes,
    )
    tables = [places, tiers_table(outcomes, sample, standing), awards_table(outcomes, sample, standing)]
    tables += [shares.table, left_out, convergence, chances]
    if settings.keep:
        tables += kept_tables(outcomes, ways, plan.design, factors, sampler)
    kept = tuple(table for table in tables if table is not None)
    return Study(
        name="robustness",
        title=TITLE,
        settings=settings,
        sentences=tuple(sentences_of(said)),
        tables=kept,
        charts=charts_of({table.name: table.rows for table in kept}, settings.level),
        findings=tuple(findings),
    )


def _sampler(book: Book, causes: CausesForm, findings: list[Finding]) -> Sampler | None:
    form = causes.weights
    if form is None:
        return None
    named = (
        *form.nodes,
        *(form.ranges or {}),
        *(code for each in (form.sets or {}).values() for code in each),
    )
    nodes = weighed_nodes(book.scheme, form.levels, tuple(form.ranges or form.nodes))
    weighed_nodes(book.scheme, (), named)
    by_unit = [each.code for each in book.scheme.dimensions if each.method.by_unit]
    if by_unit:
        findings.append(WEIGHED_BY_UNIT.at(nodes=", ".join(by_unit)))
    return Sampler(form=form, scheme=book.scheme, nodes=nodes) if nodes else None


def _gone(book: Book, settings: RobustnessForm) -> list[Node]:
    """Return the nodes that are left out, one by one: below the root, where something else is left."""
    scheme = book.scheme
    by_unit = {child.code for each in scheme.dimensions if each.method.by_unit for child in each.children}
    nodes: list[Node] = []
    if "dimensions" in settings.leave_out:
        nodes += [each for each in scheme.dimensions if each.code != ROOT]
    if "indicators" in settings.leave_out:
        nodes += scheme.indicators
    return [each for each in nodes if each.code not in by_unit and len(scheme.indicators) > 1]


def _unit_called(book: Book, unit: str) -> str:
    for code, name in book.units.select("unit", "name").rows():
        if unit in (code, name):
            return str(code)
    raise no_such(Text(en="unit", zh="单位"), unit, book.units["unit"].to_list())


def _require_something(factors: tuple[Factor, ...], plan: _Plan, units: int) -> None:
    if not factors and not plan.gone:
        raise UsageError(
            "nothing may be otherwise: no weights, no choices, nothing to leave out",
            "没有可变动的做法：没有权重、选项，也没有可去掉的对象",
        )
    if plan.rows * units > MOST_NUMBERS:
        raise UsageError(
            f"{plan.rows} replicates of {units} units are too many, at most {MOST_NUMBERS // units}: write fewer "
            "'runs'",
            f"{units}个单位重复{plan.rows}次过多，最多{MOST_NUMBERS // units}次；请减少重复次数（runs）",
        )


def _outcomes(ways: Ways, plan: _Plan) -> Outcomes:
    """Return the outcomes of the design, of what is left out, and of the book as it is, in this order."""
    columns = {factor.cause: part for factor, part in zip(plan.factors, plan.design.factors, strict=True)}
    drawn = len(plan.design.numbers)
    chosen = np.zeros((plan.rows, len(ways.choices)), dtype=np.int64)
    chosen[:drawn] = chosen_in(plan.design.numbers, ways, columns)

    def weights_of(rows: NDArray[np.int64], base: Base) -> Mapping[Edge, NDArray[np.float64]]:
        found: dict[Edge, NDArray[np.float64]] = {}
        of_design = rows < drawn
        if plan.sampler is not None and "weights" in columns:
            numbers = plan.design.numbers[rows[of_design]][:, columns["weights"]]
            for edge, values in plan.sampler.weights(numbers, base).items():
                found[edge] = np.full((len(rows), values.shape[1]), np.nan)
                found[edge][of_design] = values
        for edge, row in _nothing(plan.gone, rows - drawn, base):
            weights = found.setdefault(edge, np.full((len(rows), base.weights[edge].shape[1]), np.nan))
            weights[row] = 0.0
        return found

    keys = keys_in(plan.design.numbers, columns, plan.rows)
    return run_replicates(ways, chosen, weights_of, Noise(errors=plan.errors, keys=keys, seed=plan.seed))


def _nothing(gone: tuple[Node, ...], numbers: NDArray[np.int64], base: Base) -> list[tuple[Edge, int]]:
    """Return which child weighs nothing in which row, where something is left out."""
    parents = {child: (parent, child) for parent, child in base.weights}
    return [
        (parents[gone[number].code], row)
        for row, number in enumerate(numbers.tolist())
        if 0 <= number < len(gone) and gone[number].code in parents
    ]


def _left_out(
    book: Book, settings: RobustnessForm, plan: _Plan, outcomes: Outcomes, standing: Standing
) -> Table:
    """Return what it does to leave out each node, and each unit, if that is wanted."""
    start = len(plan.design.numbers)
    nominal = outcomes.places[-1, standing.columns]
    found: dict[str, list[Any]] = {name: [] for name in LEFT_OUT}
    for number, node in enumerate(plan.gone):
        places = outcomes.places[start + number, standing.columns]
        kind = "indicator" if isinstance(node, Indicator) else "dimension"
        _add(found, left_out_rows(kind, node.code, node.name, places, nominal, standing))
    if "units" in settings.leave_out:
        for code, name in _units_in(book):
            places = _without(book, code, standing)
            rest = np.array([each != code for each in standing.codes])
            others = _again(nominal, rest, standing)
            _add(
                found,
                left_out_rows(
                    "unit", code, Text(zh=name, en=name), np.where(rest, places, 0), others, standing
                ),
            )
    title = Text(en="What it does to leave something out", zh="去掉某项的影响")
    return table_from("left_out", title, LEFT_OUT, found)


def _add(found: dict[str, list[Any]], row: Mapping[str, Any]) -> None:
    for name, value in row.items():
        found[name].append(value)


def _units_in(book: Book) -> list[tuple[str, str]]:
    rows = [(str(code), str(name or code)) for code, name in book.units.select("unit", "name").rows()]
    if len(rows) > MOST_UNITS_LEFT_OUT:
        raise UsageError(
            f"leaving out each of {len(rows)} units is a scoring each: at most {MOST_UNITS_LEFT_OUT}",
            f"逐一去掉{len(rows)}个单位须各计分一次，最多{MOST_UNITS_LEFT_OUT}个",
        )
    return rows


def _without(book: Book, unit: str, standing: Standing) -> NDArray[np.int32]:
    """Return the places of all others in a book without a unit, 0 for itself, in the order of `standing`."""
    less = replace(book, units=book.units.filter(nw.col("unit") != unit))
    ranking = prepared(less, book.scheme).result.ranking
    places = dict(ranking.select("unit", "place").rows())
    return np.array([places.get(code) or 0 for code in standing.codes], dtype=np.int32)


def _again(nominal: NDArray[np.int32], rest: NDArray[np.bool_], standing: Standing) -> NDArray[np.int32]:
    """Return the nominal places of those that are left, as if the other one had never been ranked."""
    gone = int(np.flatnonzero(~rest)[0])
    group = standing.groups[gone]
    same = np.array([each == group for each in standing.groups])
    moved = (nominal > nominal[gone]) & same & (nominal[gone] > 0)
    return np.where(rest, nominal - moved, 0).astype(np.int32)
