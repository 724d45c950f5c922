"""The headline figures of one place as sentences, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from quanheng.findings.text import Text
from quanheng.insight.headline.figures import Headline
from quanheng.insight.headline.headline import PUBLISHED
from quanheng.periods.period import Period, parse_period

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_PER_CENT: Final = 100.0

_Row = Mapping[str, Any]


def sentences(headline: Headline, unit: str) -> tuple[Text, ...]:
    """Return what the headline says of `unit`: total, growth, share, and the next place; () if it has none.

    Numbers have at most two decimals; differences are taken before rounding.
    """
    rows = headline.rows.rows(named=True)
    own = next((row for row in rows if row["unit"] == unit), None)
    if own is None:
        return ()
    found = [
        _total(headline, own),
        *_growth(headline, own),
        *_share(headline, own),
        *_next(headline, rows, own),
    ]
    return tuple(found)


def since_january(period: Period) -> Text:
    """Return the words for the months from January to the end of `period`.

    Examples:
        >>> words = since_january(parse_period("2023-Q3"))
        >>> words.zh, words.en
        ('2023年前三季度', 'the first three quarters of 2023')
    """
    year, month = period.year, period.last_month
    named = {
        3: Text(zh=f"{year}年一季度", en=f"the first quarter of {year}"),
        6: Text(zh=f"{year}年上半年", en=f"the first half of {year}"),
        9: Text(zh=f"{year}年前三季度", en=f"the first three quarters of {year}"),
        12: Text(zh=f"{year}年", en=f"{year}"),
    }
    if month == 1:
        return Text(zh=f"{year}年1月", en=f"January {year}")
    other = Text(zh=f"{year}年1—{month}月", en=f"January to {_MONTHS[month - 1]} {year}")
    return named.get(month, other)


def decimal(value: float) -> str:
    """Return `value` with two decimals at most.

    Examples:
        >>> decimal(6.1), decimal(4.8712), decimal(-0.001)
        ('6.1', '4.87', '0')
    """
    text = f"{value:z.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _per_cent(fraction: float) -> str:
    return f"{decimal(_PER_CENT * fraction)}%"


def _total(headline: Headline, own: _Row) -> Text:
    when = since_january(parse_period(headline.period))
    name = headline.name
    said = not headline.scope or headline.scope in f"{name.zh} {name.en}"
    scope = Text() if said else Text(zh=f"（{headline.scope}）", en=f" ({headline.scope})")
    figure = _small(name.in_language("en"))
    if own["value"] is None:
        return Text(
            zh=f"{when.zh}，{own['name']}的{name.zh}{scope.zh}未公布总量。",
            en=f"In {when.en} no total of the {figure}{scope.en} of {own['name']} was published.",
        )
    value = f"{own['value']:z.2f}"
    moved = _moved(own)
    peers = headline.peers.zh or "地区"
    if own["of"] == 1:
        place = Text(zh=f"{peers}中只有它有数", en="the only one with a figure")
    else:
        place = Text(
            zh=f"在{own['of']}个{peers}中居第{own['place']}位，{moved.zh}",
            en=f"place {own['place']} of {own['of']}; {moved.en}",
        )
    return Text(
        zh=f"{when.zh}，{own['name']}{name.zh or name.en}{scope.zh}{value}{headline.measured_in}，"
        f"{place.zh}。",
        en=f"In {when.en} the {figure}{scope.en} of {own['name']} was {value}"
        f"{_measured(headline)}, {place.en}.",
    )


def _moved(own: _Row) -> Text:
    gained = own["places_gained"]
    if gained is None:
        return Text(
            zh="没有上年数，位次变化无从比较",
            en="without a figure of the year before its place cannot be compared",
        )
    if gained > 0:
        step = Text(zh=f"较上年前移{gained}位", en=f"it gained {gained} place{'' if gained == 1 else 's'}")
    elif gained < 0:
        step = Text(zh=f"较上年后移{-gained}位", en=f"it lost {-gained} place{'' if gained == -1 else 's'}")
    else:
        step = Text(zh="位次与上年持平", en="its place is that of the year before")
    if own["compared"] == own["of"]:
        return step
    return Text(
        zh=f"在两年都有数据的{own['compared']}个中{step.zh}",
        en=f"among the {own['compared']} with figures of both years {step.en}",
    )


def _growth(headline: Headline, own: _Row) -> Iterator[Text]:
    if own["growth"] is None and own["before"] is not None and own["value"] is not None:
        before = f"{own['before']:.2f}"
        yield Text(
            zh=f"没有公布增速；上年数为{before}，不大于0，不按总量推算增速。",
            en=f"No growth is published, and none is taken from the year before, which was {before} and not"
            " above 0.",
        )
        return
    if own["growth"] is None:
        yield Text(
            zh="没有公布增速，也没有上年数可以推算。",
            en="No growth is published, and no figure of the year before is known.",
        )
        return
    published = own["growth_basis"] == PUBLISHED
    grown = f"{'增长' if own['growth'] >= 0 else '下降'}{_per_cent(abs(own['growth']))}"
    grew = f"{'grew' if own['growth'] >= 0 else 'fell'} by {_per_cent(abs(own['growth']))}"
    zh = f"公布的增速：{grown}" if published else f"未公布增速，按两年总量计算名义{grown}"
    en = f"By the published rate it {grew}" if published else f"No rate is published; its level {grew}"
    if own["lead"] is None:
        yield Text(zh=f"{zh}。", en=f"{en}.")
        return
    lead, average = own["lead"], _per_cent(own["average"])
    points = decimal(_PER_CENT * abs(lead))
    if headline.whole is not None:
        against = Text(zh=f"{headline.whole.name}的{average}", en=f"the {average} of {headline.whole.name}")
    else:
        against = Text(zh=f"同口径平均增速{average}", en=f"the mean of {average} on the same basis")
    word = Text(zh="高于", en="above") if lead >= 0 else Text(zh="低于", en="below")
    yield Text(
        zh=f"{zh}，{word.zh}{against.zh} {points}个百分点。",
        en=f"{en}, {points} percentage point{'' if points == '1' else 's'} {word.en} {against.en}.",
    )


def _share(headline: Headline, own: _Row) -> Iterator[Text]:
    losses = Text(zh="（合计中含负数）", en=" (with figures below 0)")
    if own["share"] is None:
        if own["losses"] and own["value"] is not None and own["of"] > 1:
            yield Text(
                zh=f"各{headline.peers.zh or '地区'}之和含负数且不大于0，不计算占比。",
                en=f"The sum of all {own['of']} holds figures below 0 and is not above 0: no share is given.",
            )
        return
    whole = headline.whole
    together = Text(zh=f"{own['of']}个{headline.peers.zh or '地区'}合计", en=f"the sum of all {own['of']}")
    of = Text(zh=whole.name, en=whole.name) if whole else together
    share = _per_cent(own["share"])
    change = own["share_change"]
    if own["losses"]:
        yield Text(
            zh=f"占{of.zh}的{share}{losses.zh}，占比变化不作比较。",
            en=f"It has {share} of {of.en}{losses.en}; the change of its share says nothing.",
        )
        return
    if change is None:
        yield Text(
            zh=f"占{of.zh}的{share}，占比变化无从比较。",
            en=f"It has {share} of {of.en}; the change of its share is not known.",
        )
        return
    points = decimal(_PER_CENT * abs(change))
    like = Text()
    if whole is None and own["compared"] < own["of"]:
        like = Text(
            zh=f"（在两年都有数据的{own['compared']}个中）",
            en=f" (among the {own['compared']} with figures of both years)",
        )
    word = Text(zh="提高", en="up") if change >= 0 else Text(zh="降低", en="down")
    yield Text(
        zh=f"占{of.zh}的{share}，占比较上年{word.zh}{points}个百分点{like.zh}。",
        en=f"It has {share} of {of.en}, {word.en} {points} percentage points on the year before{like.en}.",
    )


def _next(headline: Headline, rows: Sequence[_Row], own: _Row) -> Iterator[Text]:
    if own["value"] is None:
        return
    if own["next_unit"] is None:
        behind = [row["value"] for row in rows if row["value"] is not None and row["value"] < own["value"]]
        if own["place"] == 1 and behind:
            gap = f"{own['value'] - max(behind):z.2f}"
            yield Text(
                zh=f"领先下一位{gap}{headline.measured_in}。",
                en=f"It leads the next by {gap}{_measured(headline)}.",
            )
        return
    place = next(row["place"] for row in rows if row["unit"] == own["next_unit"])
    gap = f"{own['next_value'] - own['value']:z.2f}"
    zh = f"距第{place}位的{own['next_name']}差{gap}{headline.measured_in}"
    en = f"{own['next_name']} at place {place} is {gap}{_measured(headline)} ahead"
    if own["needed"] is not None:
        zh += f"：若对方持平，明年增长{_per_cent(own['needed'])}即可追平"
        en += f": growth of {_per_cent(own['needed'])} next year draws level if it stands still"
    if own["needed_moving"] is not None:
        pace = _per_cent(own["next_growth"])
        zh += f"；若对方总量继续按{pace}变化，需增长{_per_cent(own['needed_moving'])}"
        en += f", {_per_cent(own['needed_moving'])} if its level goes on changing by {pace}"
    yield Text(zh=f"{zh}（按现价总量）。", en=f"{en} (levels at current prices).")


def _measured(headline: Headline) -> str:
    return f" {headline.measured_in}" if headline.measured_in else ""


def _small(name: str) -> str:
    """Return a name as it stands inside an English sentence."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
