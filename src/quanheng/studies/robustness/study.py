"""How far the places of a book can be trusted: replicates in which what is not certain is otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from quanheng.engine.replicates.base import has_fixed_points
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Text
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.named import asked_in, below
from quanheng.scheme.tree.scheme import Node
from quanheng.scheme.tree.uses import marked_by_formulas
from quanheng.studies.robustness.causes.causes import Variants, weighed_nodes
from quanheng.studies.robustness.causes.defaults import written_out
from quanheng.studies.robustness.causes.errors import errors_of, tell_months_kept
from quanheng.studies.robustness.causes.ways import Ways
from quanheng.studies.robustness.drawing.design import design_of
from quanheng.studies.robustness.drawing.drawn import Designed, Drawn, Given
from quanheng.studies.robustness.drawing.outcomes import outcomes_of
from quanheng.studies.robustness.drawing.replicates import Factor, factors_of
from quanheng.studies.robustness.drawing.sampler import Sampler
from quanheng.studies.robustness.form import CausesForm, RobustnessForm
from quanheng.studies.robustness.told.charts import charts_of
from quanheng.studies.robustness.told.effects import (
    convergence_table,
    is_steady,
    shares_of,
)
from quanheng.studies.robustness.told.kept import kept_tables
from quanheng.studies.robustness.told.left_out import left_out_table
from quanheng.studies.robustness.told.sentences import Said, sentences_of
from quanheng.studies.robustness.told.summary import (
    awards_table,
    chances_table,
    places_table,
    standing_of,
    tiers_table,
)
from quanheng.studies.study import Study

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.studies.form import StudyForm

FORM: Final = RobustnessForm
TITLE: Final = Text(en="Robustness of the ranking", zh="排名的稳健性")
MOST_NUMBERS: Final = 400_000_000
"""Replicates times units: what is kept of each is a score, a place and a tier."""

WEIGHED_BY_UNIT: Final = Kind(
    code="QH706",
    severity="note",
    en="the weights below {nodes} do not vary: each unit has its own there (bod, or by an attribute)",
    zh="{nodes}之下的权重不变动：该处各单位采用各自的权重（BOD，或按单位属性赋权）",
    hint_en="state weights there to study them",
    hint_zh="如需研究，请在该处写明权重",
)
SCORED_ONE_BY_ONE: Final = Kind(
    code="QH709",
    severity="note",
    en="points of indicators follow from weights: replicates with other weights are scored one by one",
    zh="指标得分随权重变化：权重不同的各次重复逐一完整计分",
    hint_en="that takes longer; fewer 'runs' in the study file are done sooner",
    hint_zh="耗时较长；在研究文件中减少重复次数（runs）可以更快完成",
)
NOT_LEFT_OUT: Final = Kind(
    code="QH723",
    severity="note",
    en="{nodes} are not left out: formulas ask what they have, and formulas give marks as a part of weights",
    zh="未逐一剔除{nodes}：有公式取用其得分，且方案有按分值计分的公式",
    hint_en="'quanheng whatif' tells of one change at a time",
    hint_zh="单项改动请用 quanheng whatif 试算",
)
TOO_FEW_RUNS: Final = Kind(
    code="QH707",
    severity="warning",
    en="{runs} replicates were too few: the intervals, or the shares of variance, still move",
    zh="{runs}次重复不够：区间或方差占比尚未稳定",
    hint_en="run it again with four times as many: 'runs: {more}' in the study file",
    hint_zh="请在研究文件中把重复次数（runs）增加到四倍：{more}",
)
CHANCES_LEFT_OUT: Final = Kind(
    code="QH708",
    severity="note",
    en="the table of the chances of each place is left out: it would be too long",
    zh="各位次出现比例的表过长，未列出",
    hint_en="the table 'places' has the intervals",
    hint_zh="位次区间见位次表（places）",
)


def run(book: Book, settings: StudyForm) -> Study:
    """Return the study of `book` in its scheme's round, of replicates that are drawn as the settings say.

    Raises:
        FindingsError: the book has errors as it is, or a rule in the settings is not a whole rule.
        UsageError: the settings name what the scheme does not have, nothing may be otherwise, or there are
            too many combinations or replicates.
    """
    assert isinstance(settings, RobustnessForm)  # noqa: S101 - the form of this study
    return run_drawn(book, settings)


def run_drawn(book: Book, settings: RobustnessForm, draws: nw.DataFrame[Any] | None = None) -> Study:
    """Return the study of `book`, of the replicates in `draws` (`drawn.py`), if they are given.

    Raises:
        FindingsError: as `run`.
        UsageError: as `run`; or the draws name what the book or the settings do not have.
    """
    settings = written_out(settings, book)
    causes = settings.causes or CausesForm()
    ways = Ways(book, Variants(book.scheme, causes))
    findings = [*ways.findings]
    sampler = _sampler(book, causes, findings)
    errors = {} if draws is not None else errors_of(causes.noise, book)
    findings += tell_months_kept(errors, book.scheme)
    factors = factors_of(ways, sampler, errors)
    units = tuple(_unit_called(book, unit) for unit in settings.units)
    drawn = _drawn(settings, causes, ways, factors, sampler, draws)
    gone = tuple(_gone(book, settings, findings))
    if not has_fixed_points(book.scheme) and (sampler is not None or gone):
        findings.append(SCORED_ONE_BY_ONE.at())
    _require_something(factors, gone, drawn, len(book.units))
    outcomes = outcomes_of(ways, drawn, gone, errors, settings.seed)
    standing = standing_of(ways.nominal.result.ranking, outcomes.codes)
    places = places_table(outcomes, drawn.sample, standing, settings.level)
    chances = chances_table(outcomes, drawn.sample, standing)
    if chances is None:
        findings.append(CHANCES_LEFT_OUT.at())
    shares = None
    if isinstance(drawn, Designed):
        shares = shares_of(outcomes, drawn.design, factors, standing, units, settings.seed)
    left_out = left_out_table(book, settings.leave_out, gone, drawn.rows, outcomes, standing)
    convergence = convergence_table(outcomes, drawn.sample, settings.level)
    steady = is_steady(convergence) and not (shares is not None and shares.unsure)
    if not steady and isinstance(drawn, Designed):
        runs = drawn.sample.stop
        findings.append(TOO_FEW_RUNS.at(runs=runs, more=4 * runs))
    said = Said(
        outcomes=outcomes,
        sample=drawn.sample,
        standing=standing,
        places=places.rows,
        shares={} if shares is None else {cause: index.value for cause, index in shares.total.items()},
        left_out=left_out.rows,
        level=settings.level,
        steady=steady,
        groups={group.code: group.name for group in book.scheme.groups},
        causes=causes,
    )
    of_units = (tiers_table(outcomes, drawn.sample, standing), awards_table(outcomes, drawn.sample, standing))
    tables = [places, *of_units, None if shares is None else shares.table, left_out, convergence, chances]
    if settings.keep:
        tables += kept_tables(outcomes, ways, drawn)
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


def _gone(book: Book, settings: RobustnessForm, findings: list[Finding]) -> list[Node]:
    """Return the nodes that are left out, one by one: below the root, where something else is left."""
    scheme = book.scheme
    by_unit = {child.code for each in scheme.dimensions if each.method.by_unit for child in each.children}
    nodes: list[Node] = []
    if "dimensions" in settings.leave_out:
        nodes += [each for each in scheme.dimensions if each.code != ROOT]
    if "indicators" in settings.leave_out:
        nodes += scheme.indicators
    nodes = [each for each in nodes if each.code not in by_unit and len(scheme.indicators) > 1]
    asked = {part.node for part in asked_in(scheme)} if marked_by_formulas(scheme) else set()
    kept = [each.code for each in nodes if any(node.code in asked for node in below(each))]
    if kept:
        findings.append(NOT_LEFT_OUT.at(nodes=", ".join(kept)))
    return [each for each in nodes if each.code not in kept]


def _unit_called(book: Book, unit: str) -> str:
    for code, name in book.units.select("unit", "name").rows():
        if unit in (code, name):
            return str(code)
    raise no_such(Text(en="unit", zh="单位"), unit, book.units["unit"].to_list())


def _drawn(
    settings: RobustnessForm,
    causes: CausesForm,
    ways: Ways,
    factors: tuple[Factor, ...],
    sampler: Sampler | None,
    draws: nw.DataFrame[Any] | None,
) -> Drawn:
    if draws is not None:
        sets = {} if causes.weights is None else causes.weights.sets or {}
        given = Given(table=draws, sets=sets)
        given.require_known(ways)
        return given
    design = design_of([factor.width for factor in factors] or [1], settings.runs, settings.seed)
    return Designed(design=design, factors=factors, sampler=sampler)


def _require_something(factors: tuple[Factor, ...], gone: tuple[Node, ...], drawn: Drawn, units: int) -> None:
    rows = drawn.rows + len(gone) + 1
    if isinstance(drawn, Designed) and not factors and not gone:
        raise UsageError(
            "nothing may be otherwise: no weights, no choices, nothing to leave out",
            "没有可变动的做法：没有权重、选项，也没有可去掉的对象",
        )
    if rows * units > MOST_NUMBERS:
        most = MOST_NUMBERS // units
        raise UsageError(
            f"{rows} replicates of {units} units are too many, at most {most}: write fewer 'runs'",
            f"{units}个单位重复{rows}次过多，最多{most}次；请减少重复次数（runs）",
        )
