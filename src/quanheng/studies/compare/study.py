"""比较: what moved every unit between two rounds, two schemes or two versions of a book, cause by cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from quanheng.data.book.called import unit_called
from quanheng.engine.frame import columns as c
from quanheng.engine.results.published import differing, published_in
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError, Kind
from quanheng.findings.text import Text
from quanheng.periods.period import parse_period
from quanheng.scheme.tree.rounds import round_named
from quanheng.studies.compare.causes import NAMES
from quanheng.studies.compare.charts import charts_of
from quanheng.studies.compare.divide import Divided, divided
from quanheng.studies.compare.form import CompareForm
from quanheng.studies.compare.sentences import most_moved, sentences_of
from quanheng.studies.compare.sides import sides_of
from quanheng.studies.compare.tables import (
    Counted,
    Found,
    causes_table,
    groups_in,
    mixtures_table,
    moves_table,
    overall_table,
)
from quanheng.studies.study import Study

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.studies.form import StudyForm

FORM: Final = CompareForm

SIDE_FAILS: Final = Kind(
    code="QH750",
    severity="error",
    en="{side}, one side of the comparison, cannot be scored; its errors follow ({count})",
    zh="比较的一方（{side}）无法计分，其错误列于其后（{count}个）",
    hint_en="mend them, or compare other rounds (--round, --before) or another book or scheme (--with)",
    hint_zh="请先更正；或另选考核期（--round、--before），或与另一考核册、方案、结果比较（--with）",
)
PEERS_NOT_APART: Final = Kind(
    code="QH751",
    severity="note",
    en="a unit's own figures are not told apart from the others': that takes {rows} rows a mixture",
    zh="未区分自身数据与其他单位的数据：每种混合情形需计算{rows}行",
    hint_en="raise 'most_rows' in a study file to have them apart",
    hint_zh="如需区分，请在研究文件中调高行数上限（most_rows）",
)
PEERS_OF_ONE_ROUND: Final = Kind(
    code="QH752",
    severity="note",
    en="own figures are not told apart from the others': own(…) asks other months in the other round",
    zh="未区分自身数据与其他单位的数据：本期自身部分（own）在两期中取不同月份",
    hint_en="nothing; compare the same round of two years to have them apart",
    hint_zh="无需处理；比较两年的同一期即可区分",
)
SHARED_OUT: Final = Kind(
    code="QH753",
    severity="note",
    en="in mixtures of both sides somebody lacks a figure of {indicators}: its weight is shared out there",
    zh="在两方混合的情形中，{indicators}有单位缺数，该处权重分摊给同级指标",
    hint_en="nothing; what is attributed to the causes of these indicators holds with that",
    hint_zh="无需处理；与这些指标有关的归因以此为前提",
)
NOT_DIVIDED: Final = Kind(
    code="QH754",
    severity="warning",
    en="the moves of {units} ({count}) are not divided: a mixture of both sides gives them no total",
    zh="{units}（{count}个单位）的变动未拆分：某种混合情形下没有得分",
    hint_en="see on which side an indicator of theirs has no figure or no target",
    hint_zh="请查看其指标在哪一方缺少数据或目标",
)
ONE_SIDE_ONLY: Final = Kind(
    code="QH755",
    severity="note",
    en="{units} ({count}) have a total on one side only: they do not move, but may move others",
    zh="{units}（{count}个单位）只在一方有得分：自身不计变动，但可能影响其他单位",
    hint_en="nothing",
    hint_zh="无需处理",
)
_SHOWN: Final = 5


def run(book: Book, settings: StudyForm) -> Study:
    """Return the comparison of two rounds of `book`: its scheme's, or the settings', and an earlier one.

    Raises:
        FindingsError: one of the rounds cannot be scored.
        UsageError: they are not of the same length.
    """
    assert isinstance(settings, CompareForm)  # noqa: S101 - narrows the type: the catalogue pairs them
    now = round_named(book.scheme, settings.round)
    period = parse_period(now)
    then = round_named(book.scheme, settings.before or str(period.months_before(period.length_months)))
    if parse_period(then).every != period.every:
        raise UsageError(
            f"{then} and {now} are not of the same length: compare a quarter with a quarter",
            f"{then}与{now}长短不同，只能季度与季度、年与年相比",
        )
    results = (scored_side(book, then), scored_side(book, now))
    names = (Text(en=then, zh=then), Text(en=now, zh=now))
    return compared(
        results, settings.model_copy(update={"round": now, "before": then}), names, published=True
    )


def scored_side(book: Book, round: str, *, called: str | None = None) -> Result:  # noqa: A002  the word of the language
    """Return the result of one side; `called` is what it is called where that is not its round.

    Raises:
        FindingsError: it cannot be scored; the first finding says of which side the others are.
    """
    try:
        return score(book, round=round)
    except FindingsError as error:
        errors = [finding for finding in error.findings if finding.severity == "error"]
        raise FindingsError((SIDE_FAILS.at(side=called or round, count=len(errors)), *errors)) from None


def compared(
    results: tuple[Result, Result],
    settings: CompareForm,
    names: tuple[Text, Text],
    *,
    published: bool = False,
) -> Study:
    """Return the comparison of two results; with `published` the totals that count are those published.

    Raises:
        UsageError: a unit of the settings is in neither, or a result is of a frame.
    """
    sides = sides_of(*results)
    parts = divided(sides, most_rows=settings.most_rows, order=settings.order or None)
    counted = (_counted(results[0], published=published), _counted(results[1], published=published))
    found = Found(
        rankings=(results[0].ranking, results[1].ranking),
        groups=groups_in(*(result.scheme for result in results)),
        names=NAMES,
        counted=counted,
        divided=parts,
    )
    moves, causes = moves_table(found), causes_table(found)
    overall = overall_table(causes)
    rows, reasons = (table.rows.rows(named=True) for table in (moves, causes))
    wanted = [_called(results, unit) for unit in settings.units] or most_moved(rows)
    general = tuple(sentences_of(found, rows, reasons, (), names))
    of_units = {unit: tuple(sentences_of(found, rows, reasons, (unit,), names))[-1] for unit in wanted}
    tables = (moves, causes, overall)
    return Study(
        name="compare",
        title=Text(en=f"From {names[0].en} to {names[1].en}", zh=f"{names[0].zh} → {names[1].zh}"),
        settings=settings,
        sentences=(*general, *of_units.values()),
        tables=(*tables, mixtures_table(found)) if settings.mixtures else tables,
        charts=tuple(charts_of(found, rows, reasons, overall.rows.rows(named=True), of_units, names)),
        findings=tuple(_told(parts, found, settings, results)),
    )


def _called(results: tuple[Result, Result], unit: str) -> str:
    """Return the code of a unit of either side."""
    books = [result.book for result in results if result.book is not None]
    try:
        return unit_called(books[-1], unit)
    except UsageError:
        return unit_called(books[0], unit)


def _counted(result: Result, *, published: bool) -> Counted:
    ranking = result.ranking
    codes = [str(unit) for unit in ranking[c.UNIT].to_list()]
    scores: dict[str, float | None] = dict(zip(codes, ranking["score"].to_list(), strict=True))
    places: dict[str, int | None] = dict(zip(codes, ranking[c.PLACE].to_list(), strict=True))
    tiers: dict[str, str | None] = dict(zip(codes, ranking[c.TIER].to_list(), strict=True))
    past = published_in(result.book, result.round) if published and result.book is not None else None
    if past is not None:
        for row in differing(past, ranking).iter_rows(named=True):
            scores[row[c.UNIT]] = row["score_published"]
            places[row[c.UNIT]] = row["place_published"]
    return Counted(scores=scores, places=places, tiers=tiers)


def _told(
    parts: Divided, found: Found, settings: CompareForm, results: tuple[Result, Result]
) -> Iterator[Finding]:
    """Yield what is to be known of how the moves were divided."""
    if parts.merged == "rows":
        yield PEERS_NOT_APART.at(rows=f"> {settings.most_rows}")
    if parts.merged == "own":
        yield PEERS_OF_ONE_ROUND.at()
    if parts.shared_out:
        yield SHARED_OUT.at(indicators=_indicators(results, parts.shared_out))
    names = _names(found)
    if parts.undivided:
        yield NOT_DIVIDED.at(units=_some(sorted(parts.undivided), names), count=len(parts.undivided))
    one_side = _one_side(found)
    if one_side:
        yield ONE_SIDE_ONLY.at(units=_some(one_side, names), count=len(one_side))


def _one_side(found: Found) -> list[str]:
    totals = [{unit for unit, value in side.scores.items() if value is not None} for side in found.counted]
    return sorted(totals[0] ^ totals[1])


def _names(found: Found) -> Mapping[str, str]:
    known: dict[str, str] = {}
    for ranking in found.rankings:
        known |= {str(unit): str(name or unit) for unit, name in ranking.select(c.UNIT, c.NAME).iter_rows()}
    return known


def _some(units: list[str], names: Mapping[str, str]) -> Text:
    told = [names[unit] for unit in units[:_SHOWN]]
    more = len(units) > _SHOWN
    return Text(en=", ".join(told) + (" …" if more else ""), zh="、".join(told) + ("等" if more else ""))


def _indicators(results: tuple[Result, Result], codes: tuple[str, ...]) -> Text:
    known = {node.code: node.name for result in results for node in result.scheme.nodes}
    told = [known[code] for code in codes[:_SHOWN]]
    more = len(codes) > _SHOWN
    return Text(
        en=", ".join(name.in_language("en") for name in told) + (" …" if more else ""),
        zh="、".join(name.in_language("zh") for name in told) + ("等" if more else ""),
    )
