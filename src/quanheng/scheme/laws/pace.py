"""Laws of pace and reviews."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from math import fsum
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.nearest import suggestion
from quanheng.findings.text import Text
from quanheng.periods.every import EVERY_IN_CHINESE, MONTHS_A_YEAR, MONTHS_IN, Every
from quanheng.periods.stretch import Stretch
from quanheng.scheme.document.document import nodes_of
from quanheng.scheme.fields.findings import KEYS_CLASH, UNKNOWN_NODE
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.told import told_value
from quanheng.scheme.items.item import Item, Reported
from quanheng.scheme.pace.form import IndicatorPaceForm, PaceForm
from quanheng.scheme.pace.pace import Given, Pace
from quanheng.scheme.tree.scheme import Indicator, Node, Scheme
from quanheng.scheme.tree.settle import Settled
from quanheng.scheme.tree.uses import items_of

_EXACT: Final = 1e-9


PACE_ORDER: Final = Kind(
    code="QH258",
    severity="error",
    en="'red: {red}' is not under 'yellow: {yellow}'",
    zh="红灯线（red）{red}应小于黄灯线（yellow）{yellow}",
    hint_en="let red be the lower of the two",
    hint_zh="请使红灯线（red）小于黄灯线（yellow）",
)


def check_pace_order(settled: Settled) -> Iterator[Finding]:
    """Yield a QH258 for each pace whose red is not under its yellow."""
    for path, form, pace in _paces(settled):
        if (form.yellow is not None or form.red is not None) and pace.red >= pace.yellow:
            red, yellow = f"{pace.red:.12g}", f"{pace.yellow:.12g}"
            yield PACE_ORDER.at(settled.at(*path, "red"), red=red, yellow=yellow)


SHARES_FALL: Final = Kind(
    code="QH261",
    severity="error",
    en="the share {share} due by the end of '{period}' is under the {before} due by the end of '{earlier}'",
    zh="“{period}”末应完成{share}，低于“{earlier}”末的{before}",
    hint_en="shares are counted from the year's start and never fall",
    hint_zh="比例为年初以来累计数，不得下降",
)


def check_shares(settled: Settled) -> Iterator[Finding]:
    """Yield a QH260 to QH263 for each stated share out of the round's year, or out of order in it."""
    year = settled.scheme.round[:4]
    for path, form, pace in _paces(settled):
        if form.curve is None and not form.at:
            continue
        curve = pace.curve.shares if isinstance(pace.curve, Given) else {}
        for key, shares in (("curve", curve), ("at", pace.at)):
            yield from _lone_shares(settled, (*path, key), shares, year)
        by_end = _by_end(curve, year) | _by_end(pace.at, year)
        stated = [by_end[end] for end in sorted(by_end)]
        for (earlier, before), (period, share) in pairwise(stated):
            if share < before:
                where = settled.at(*path, "at" if period in pace.at else "curve", period)
                yield SHARES_FALL.at(
                    where, period=period, share=_percent(share), earlier=earlier, before=_percent(before)
                )


FOLD_NOT_WHOLE: Final = Kind(
    code="QH257",
    severity="error",
    en="the parts of reviews and year add up to {sum}",
    zh="季评与年度的比例合计为{sum}",
    hint_en="make them add up to 100%",
    hint_zh="请使合计为100%",
)
FOLD_NEEDS_YEAR: Final = Kind(
    code="QH264",
    severity="warning",
    en="the round '{round}' is no year, so 'fold' has no effect on it",
    zh="考核期“{round}”不是年度，折算（fold）不起作用",
    hint_en="write the year as the scheme's round; a review is scored with 'quanheng score --round'",
    hint_zh="方案的考核期请写年度；季评用“quanheng score --round”计算",
)


NOT_EACH_REVIEW: Final = Kind(
    code="QH867",
    severity="error",
    en="'fold' gives parts of the total to reviews, but not one above 0 to each of {parts}",
    zh="折算（fold）为各次评议分别规定比例，须对{parts}逐一写明大于0的比例",
    hint_en="name each of {parts} with its part, or write one part for their mean",
    hint_zh="请逐一写明{parts}的比例，或只写平均所占比例",
)


def check_fold(settled: Settled) -> Iterator[Finding]:
    """Yield a QH257 where the parts of the fold are no whole, a QH264 where the round is no year to fold."""
    reviews = settled.scheme.reviews
    if reviews is None or reviews.fold is None:
        return
    where = settled.at("reviews", "fold")
    total = fsum((reviews.fold.reviews, reviews.fold.year))
    if abs(total - 1) > _EXACT:
        yield FOLD_NOT_WHOLE.at(where, sum=_percent(total))
    parts = [str(part)[len("2023-") :] for part in Stretch.to_date(2023).parts(MONTHS_IN[reviews.every])]
    each = reviews.fold.each
    if each and (sorted(each) != sorted(parts) or 0.0 in each.values()):
        yield NOT_EACH_REVIEW.at(where, parts=", ".join(parts))
    if each and reviews.through is not None:
        yield KEYS_CLASH.at(settled.at("reviews", "through"), key="through", other="fold.reviews")
    if _months_of(settled.scheme.round) < MONTHS_A_YEAR:
        yield FOLD_NEEDS_YEAR.at(where, round=settled.scheme.round)


THROUGH_NOT_LONGER: Final = Kind(
    code="QH265",
    severity="error",
    en="'through: {through}' is not longer than 'every: {every}'",
    zh="逐级平均（through）的周期为{through}，应长于评议周期（every）{every}",
    hint_en="name a longer period, or remove 'through'",
    hint_zh="请写更长的周期，或删去逐级平均（through）",
)


def check_through(settled: Settled) -> Iterator[Finding]:
    """Yield a QH265 where means are taken through a period that is not longer than a review."""
    reviews = settled.scheme.reviews
    if reviews is None or reviews.through is None:
        return
    if MONTHS_IN[reviews.through] <= MONTHS_IN[reviews.every]:
        where = settled.at("reviews", "through")
        told = {"through": told_value("every", reviews.through), "every": told_value("every", reviews.every)}
        yield THROUGH_NOT_LONGER.at(where, **told)


NOTHING_REVIEWED: Final = Kind(
    code="QH266",
    severity="warning",
    en="no indicator has figures for every {every}, so there is nothing to review",
    zh="没有按{every}报送的指标，无可评议",
    hint_en="set 'every' of the items, or name what is reviewed in 'nodes'",
    hint_zh="请写明数据项的报送周期（every），或在评议节点（nodes）中写明评议的节点",
)
REPORTED_TOO_RARELY: Final = Kind(
    code="QH267",
    severity="warning",
    en="'{code}' is reviewed every {every}, but the item '{item}' is reported every {reported}",
    zh="“{code}”按{every}评议，但数据项“{item}”按{reported}报送",
    hint_en="collect '{item}' as often, or leave '{code}' out of 'nodes'",
    hint_zh="请提高“{item}”的报送频率，或不将“{code}”列入评议节点（nodes）",
)


def check_reviewed(settled: Settled) -> Iterator[Finding]:
    """Yield a QH255, QH266 or QH267 where what is reviewed does not exist or is not reported as often."""
    scheme, reviews = settled.scheme, settled.scheme.reviews
    if reviews is None:
        return
    words = {"every": Text(en=reviews.every, zh=EVERY_IN_CHINESE[reviews.every])}
    rare = _reported_too_rarely(scheme, reviews.every)
    if not reviews.nodes:
        if all(any(name in rare for name in items_of(each)) for each in scheme.indicators):
            yield NOTHING_REVIEWED.at(settled.at("reviews"), **words)
        return
    nodes = {node.code: node for node in scheme.nodes}
    for index, code in enumerate(dict.fromkeys(reviews.nodes)):
        where = settled.at("reviews", "nodes", index)
        if code not in nodes:
            yield UNKNOWN_NODE.at(where, node=code, **suggestion(code, nodes))
            continue
        for item in _without_value_below(nodes[code], rare):
            reported = {"reported": Text(en=item.every, zh=EVERY_IN_CHINESE[item.every])}
            yield REPORTED_TOO_RARELY.at(where, code=code, item=item.code, **words, **reported)


PACE_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (
    check_pace_order,
    check_shares,
    check_fold,
    check_through,
    check_reviewed,
)


def _paces(settled: Settled) -> Iterator[tuple[Path, PaceForm, Pace]]:
    """Yield the path, form and value of every pace that is stated: the scheme's, and those of indicators."""
    if settled.document.pace is not None and settled.scheme.pace is not None:
        yield ("pace",), settled.document.pace, settled.scheme.pace
    forms = {path: node.pace for path, _, node in nodes_of(settled.document)}
    for indicator in settled.scheme.indicators:
        path = settled.paths[indicator.code]
        form = forms[path]
        if isinstance(form, IndicatorPaceForm) and indicator.pace is not None:
            yield (*path, "pace"), form, indicator.pace


SHARE_OUTSIDE_YEAR: Final = Kind(
    code="QH260",
    severity="warning",
    en="'{period}' is no period of the round's year {year}, so its share is due at no time",
    zh="“{period}”不属于考核年度{year}，所写比例不起作用",
    hint_en="write periods of {year}",
    hint_zh="请写{year}年的期间",
)
SHARE_TWICE: Final = Kind(
    code="QH262",
    severity="error",
    en="'{period}' ends with '{other}', and another share is due then",
    zh="“{period}”与“{other}”同时结束，但所写比例不同",
    hint_en="keep one of the two",
    hint_zh="请只保留其一",
)
YEAR_END_SHARE: Final = Kind(
    code="QH263",
    severity="error",
    en="'{period}' ends the year, then the whole target is due, not {share}",
    zh="“{period}”末为年末，应完成100%，而不是{share}",
    hint_en="remove it, or change the target",
    hint_zh="请删去，或修改目标",
)


def _lone_shares(settled: Settled, path: Path, shares: Mapping[str, float], year: str) -> Iterator[Finding]:
    """Yield what is wrong with each share by itself, or with two that end together."""
    seen: dict[int, tuple[str, float]] = {}
    for period, share in shares.items():
        where = settled.at(*path, period)
        end = _end_of(period)
        other, before = seen.setdefault(end, (period, share))
        if period[:4] != year:
            yield SHARE_OUTSIDE_YEAR.at(where, period=period, year=year)
        elif share != before:
            yield SHARE_TWICE.at(where, period=period, other=other)
        elif end == MONTHS_A_YEAR and abs(share - 1) > _EXACT:
            yield YEAR_END_SHARE.at(where, period=period, share=_percent(share))


def _by_end(shares: Mapping[str, float], year: str) -> dict[int, tuple[str, float]]:
    """Return the shares of periods of `year` by the month they end in."""
    return {_end_of(period): (period, share) for period, share in shares.items() if period[:4] == year}


def _end_of(period: str) -> int:
    """Return the month in which a period of the form of the language ends.

    Examples:
        >>> [_end_of(period) for period in ("2023", "2023-H1", "2023-Q3", "2023-02")]
        [12, 6, 9, 2]
    """
    part = period[5:]
    if not part:
        return MONTHS_A_YEAR
    return int(part[-1]) * _months_of(period) if part[0] in "HQ" else int(part)


def _months_of(period: str) -> int:
    part = period[5:]
    if not part:
        return MONTHS_A_YEAR
    return {"H": MONTHS_IN["half"], "Q": MONTHS_IN["quarter"]}.get(part[0], 1)


def _reported_too_rarely(scheme: Scheme, every: Every) -> dict[str, Item]:
    """Return the items that are reported less often than there are reviews, by their code."""
    return {
        item.code: item
        for item in scheme.items
        if isinstance(item.source, Reported) and MONTHS_IN[item.every] > MONTHS_IN[every]
    }


def _without_value_below(node: Node, rare: Mapping[str, Item]) -> Iterator[Item]:
    """Yield the items at or below `node` that have no value in a review; a stock has its last one."""
    used = dict.fromkeys(name for each in _indicators_below(node) for name in items_of(each))
    yield from (rare[name] for name in used if name in rare and rare[name].kind != "stock")


def _indicators_below(node: Node) -> Iterator[Indicator]:
    if isinstance(node, Indicator):
        yield node
    else:
        for child in node.children:
            yield from _indicators_below(child)


def _percent(share: float) -> str:
    return f"{share * 100:.12g}%"
