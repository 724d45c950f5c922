"""The study of opinions: the same data under other methods, beside the scheme's own result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.findings.text import Text
from quanheng.studies.opinions.charts import charts_of
from quanheng.studies.opinions.decision import Decision, decisions
from quanheng.studies.opinions.form import OpinionsForm
from quanheng.studies.opinions.opinion import ADJUSTED, UNITS_OUT, notes_on, opinions_on
from quanheng.studies.opinions.sentences import sentences_of
from quanheng.studies.opinions.tables import tables_of
from quanheng.studies.statistics.one_ranking import inside_groups
from quanheng.studies.study import Study

FORM: Final = OpinionsForm

TOO_FEW: Final = Kind(
    code="QH736",
    severity="warning",
    en="{group} is left out: it has {units} ranked units and {criteria} indicators that tell them apart",
    zh="{group}未参加比较：有位次的单位{units}个，能区分它们的指标{criteria}个",
    hint_en="methods put units in order that differ; it takes two of them and one indicator at least",
    hint_zh="排序至少要有两个单位和一个能区分它们的指标",
)
THRESHOLDS: Final = Kind(
    code="QH738",
    severity="error",
    en="of PROMETHEE's thresholds 'indifference' ({low}) is above 'strict' ({high})",
    zh="偏好函数的无差别界限（indifference）为{low}，大于全计界限（strict）的{high}",
    hint_en="a difference counts in part between the two; put the smaller one first",
    hint_zh="差别在两者之间时按比例计；请把较小的写作无差别界限（indifference）",
)


def run(book: Book, settings: OpinionsForm) -> Study:
    """Return the study of `book`.

    Raises:
        FindingsError: the book cannot be scored, or the settings contradict each other.
        UsageError: no group has units that could be put in order.
    """
    _require_thresholds(settings)
    result = score(book)
    all_groups = tuple(decisions(result.wide, result.ranking, result.scheme, settings.basis))
    decided = [each for each in all_groups if len(each.units) > 1 and each.criteria]
    if not decided:
        raise UsageError(
            "no group has two ranked units and an indicator that tells them apart: nothing to put in order",
            "没有一个分组有两个以上有位次的单位和能区分它们的指标：无从排序",
        )
    groups = [opinions_on(each, settings) for each in decided]
    return Study(
        name="opinions",
        title=Text(
            en=f"Opinions of other methods: {result.scheme.title.in_language('en')} {result.round}",
            zh=f"各种评价方法对照：{result.scheme.title.in_language('zh')} {result.round}",
        ),
        settings=settings,
        sentences=sentences_of(groups),
        tables=tables_of(groups, settings),
        charts=charts_of(groups, settings.most),
        findings=(
            *inside_groups(result.scheme),
            *_left_out(result, all_groups),
            *_adjusted(result),
            *(finding for each in groups for finding in notes_on(each)),
        ),
    )


def _require_thresholds(settings: OpinionsForm) -> None:
    if settings.preference == "linear" and settings.indifference > settings.strict:
        require_no_errors([THRESHOLDS.at(low=settings.indifference, high=settings.strict)])


def _left_out(result: Result, groups: Sequence[Decision]) -> Iterator[Finding]:
    """Yield the units and groups that take no part."""
    unplaced = result.ranking.filter(nw.col(c.PLACE).is_null())[c.GROUP].to_list()
    decided = {each.group.code: each for each in groups}
    for group in result.scheme.groups:
        own = decided.get(group.code)
        out = unplaced.count(group.code) + (own.left_out if own else 0)
        if out:
            yield UNITS_OUT.at(group=group.name, count=out)
        if own is not None and (len(own.units) < 2 or not own.criteria):  # noqa: PLR2004  what is put in order
            yield TOO_FEW.at(group=group.name, units=len(own.units), criteria=len(own.criteria))


def _adjusted(result: Result) -> Iterator[Finding]:
    """Yield what the places rest on beside the indicators."""
    names = [name for name in result.wide.columns if name.startswith("adjust|")]
    marks = any(bool((result.wide[name].fill_null(0.0) != 0.0).any()) for name in names)
    for holds, what in (
        (marks, Text(en="bonus and penalty marks", zh="加减分")),
        (result.held is not None, Text(en="the year's reviews", zh="年内考评")),
    ):
        if holds:
            yield ADJUSTED.at(what=what)
