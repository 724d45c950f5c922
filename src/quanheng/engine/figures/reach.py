"""How far reported figures go: up to the end of the round or not, and from which January they count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from quanheng.engine.figures.cells import Cells
from quanheng.engine.figures.looked_up.lookups import FromReports, Lookups
from quanheng.engine.figures.looked_up.times import (
    alternatives,
    compared,
    periods_for,
    stands_for_both,
)
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.periods.every import MONTHS_A_YEAR, MONTHS_IN
from quanheng.periods.period import Period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.items.item import Item
from quanheng.scheme.tree.scheme import Indicator, Scheme
from quanheng.scheme.tree.uses import items_of

LAG_ACROSS_THE_YEAR: Final = Kind(
    code="QH564",
    severity="error",
    en="{item} counts from January, and {months} months before {round} it counts the year before, up to "
    "{before}: the two are of unequal length",
    zh="{item} 从 1 月起累计，{round} 往前 {months} 个月（{before}）累计的是上一年度，两者时长不同，不能相比",
    hint_en="compare with the year before, lag({item}, 1y); the part of the round alone is own({item}), that "
    "of {months} months before lag(own({item}), {months}m)",
    hint_zh="请与上年同期比较（lag({item}, 1y)）；只比当期的，用当期数（own({item})）及其 {months} 个月前的"
    "往期数（lag(own({item}), {months}m)）",
)


def check_lags(reports: Iterable[FromReports], of: Stretch) -> Iterator[Finding]:
    """Yield a QH564 for each cumulative item compared with another year's in the round `of` (time §1 d).

    Whole years back nothing changes; the rest of the way has to stay inside the year.
    """
    for figure in reports:
        rest = figure.fetch.months_before % MONTHS_A_YEAR
        if figure.item.kind == "cumulative" and rest and figure.fetch.as_written:
            same_time_of_year = figure.stretch.before(-rest)
            if same_time_of_year.year != figure.stretch.year:
                yield LAG_ACROSS_THE_YEAR.at(
                    figure.item.where,
                    item=figure.item.code,
                    months=figure.fetch.months_before,
                    round=of,
                    before=figure.stretch,
                )


UNLIKE_MONTHS: Final = Kind(
    code="QH567",
    severity="warning",
    en="the figure of {item} for {long} is of January and February together, that for {short} of one month: "
    "the two are not compared, and the figure for {before} is missing",
    zh="{item} 的 {long} 是 1-2 月合并数，{short} 是一个月的数，时长不同，不作比较：{before} 的数按缺项处理",
    hint_en="report January and February apart in both years or together in both; or compare quarters",
    hint_zh="请两年都分月填报，或都按 1-2 月合并填报；也可改按季比较",
)


def check_months(lookups: Lookups, cells: Cells) -> Iterator[Finding]:
    """Yield a QH567 for each flow of a month that would be compared with two months (time §1 f)."""
    for figure in lookups.reports:
        reported = cells.reported(figure.item.code)
        if compared(figure.item, figure.stretch, reported, of=lookups.stretch) is not None:
            continue
        if not set(figure.stretch.parts(1)) & reported:
            continue
        long, short = figure.stretch, lookups.stretch
        if not stands_for_both(long, reported):
            long, short = short, long
        facts = {"long": long, "short": short, "before": figure.stretch}
        yield UNLIKE_MONTHS.at(figure.item.where, item=figure.item.code, **facts)


_SHORT_EN: Final = "{item} goes up to {latest} only, and {round} ends later: {so}"
_SHORT_ZH: Final = "{item} 只报到 {latest}，未到 {round} 期末：{so}"
_SHORT_HINT_EN: Final = "report the figures up to the end of the round, or score a round that ends with them"
_SHORT_HINT_ZH: Final = "请补报至考核期末，或改按数据所到的期间计分（--round）"
SHORT_OF_ROUND: Final = Kind(
    code="QH565",
    severity="warning",
    en=_SHORT_EN,
    zh=_SHORT_ZH,
    hint_en=_SHORT_HINT_EN,
    hint_zh=_SHORT_HINT_ZH,
)
SHORT_OF_ROUND_IS_ERROR: Final = Kind(
    code="QH566",
    severity="error",
    en=_SHORT_EN,
    zh=_SHORT_ZH,
    hint_en=f"{_SHORT_HINT_EN}; or state another policy under 'gaps: {{{{missing: …}}}}'",
    hint_zh=f"{_SHORT_HINT_ZH}；或在缺项处理的应报未报（gaps.missing）中写明其他处理办法",
)
_COUNTS: Final = Text(en="what is there counts as the whole", zh="现有数据会被当作全期数据")
_HAS_NONE: Final = Text(en="nobody has a figure of the whole", zh="所有单位都没有全期数据")


def check_reach(scheme: Scheme, lookups: Lookups, cells: Cells) -> Iterator[Finding]:
    """Yield a finding for each item that everybody has reported to a time before it was last due.

    It is an error where an indicator that looks at the item calls a missing figure one.
    """
    strict = {
        item for indicator in scheme.indicators if _is_strict(indicator) for item in items_of(indicator)
    }
    told: set[tuple[str, Stretch]] = set()
    for figure in lookups.reports:
        latest = latest_short(figure.item, figure.stretch, cells.reported(figure.item.code))
        key = figure.item.code, figure.stretch
        if latest is not None and key not in told:
            told.add(key)
            yield _short(figure, latest, is_error=figure.item.code in strict)


def latest_short(item: Item, stretch: Stretch, reported: Collection[Period]) -> Period | None:
    """Return the last period that is reported of `item` where it ends before the item was last due.

    None where it goes as far as it should, and where nothing at all is reported of the stretch: that is a
    gap, which has a policy. A date has no time by which it is due.

    Examples:
        >>> from quanheng.findings.text import Text
        >>> from quanheng.scheme.tree.scheme import Item
        >>> tax = Item(code="tax", name=Text(), kind="cumulative", every="quarter")
        >>> half = Period(year=2023, first_month=4, length_months=3)
        >>> str(latest_short(tax, Stretch.to_date(2023), [half]))
        '2023-Q2'
        >>> latest_short(tax, Stretch.to_date(2023, 8), [half])
    """
    length = MONTHS_IN[item.every]
    due = (stretch.last + 1) // length * length - 1
    if item.kind == "date" or due < stretch.first:
        return None
    inside = [period for period in periods_for(item, stretch) if period in reported]
    latest = max(inside, key=lambda period: (period.end, period.length_months), default=None)
    if latest is None or Stretch.of(latest).last >= due:
        return None
    if item.kind == "flow" and alternatives(item, stretch, reported):
        return None
    return latest


def _is_strict(indicator: Indicator) -> bool:
    return indicator.gaps.missing.is_error


def _short(figure: FromReports, latest: Period, *, is_error: bool) -> Finding:
    kind = SHORT_OF_ROUND_IS_ERROR if is_error else SHORT_OF_ROUND
    # what own() takes off another figure has to end exactly there
    so = _HAS_NONE if figure.item.kind == "flow" or figure.fetch.exact else _COUNTS
    return kind.at(figure.item.where, item=figure.item.code, latest=latest, round=figure.stretch, so=so)
