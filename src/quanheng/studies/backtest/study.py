"""回测: what the scheme would have ranked in earlier rounds, and how stable its places are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from quanheng.engine.frame import columns as c
from quanheng.engine.results.published import published_in
from quanheng.engine.results.rounds import score_rounds
from quanheng.engine.results.score import taking_part
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.periods.period import Period, parse_period
from quanheng.periods.stretch import Stretch
from quanheng.studies.backtest.agreement import Agreement, agreement_of
from quanheng.studies.backtest.form import BacktestForm
from quanheng.studies.charts.chart import Chart
from quanheng.studies.charts.kinds import lines
from quanheng.studies.columns import NUMBER, TEXT, WHOLE, Columns, table_of_columns
from quanheng.studies.study import Study

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.studies.form import StudyForm

FORM: Final = BacktestForm

TOO_FEW_FIGURES: Final = Kind(
    code="QH766",
    severity="note",
    en="left out, for want of figures: {rounds}",
    zh="因数据不足未计入：{rounds}",
    hint_en="report the figures of these rounds, or lower 'available' in a study file",
    hint_zh="请补报这些考核期的数据，或在研究文件中调低可计权重下限（available）",
)
WITHOUT_REVIEWS: Final = Kind(
    code="QH767",
    severity="note",
    en="reviews are not folded into the rounds looked back at: each is the year's own total",
    zh="回测各期未折入季季评：均为全年自身得分",
    hint_en="nothing; what was published is compared as it was published",
    hint_zh="无需处理；与已公布结果比较时以公布的为准",
)
_HALF: Final = 6
_DRAWN: Final = 8
_PLACES: Final[Columns] = {
    "group": (TEXT, Text(en="the unit's group", zh="分组")),
    "unit": (TEXT, Text(en="the unit's code", zh="单位代码")),
    "name": (TEXT, Text(en="its name", zh="单位名称")),
    "round": (TEXT, Text(en="the round", zh="考核期")),
    "score": (NUMBER, Text(en="what the scheme would have given", zh="得分：按现方案")),
    "place": (WHOLE, Text(en="the place that would have been", zh="位次：按现方案")),
    "tier": (TEXT, Text(en="the tier that would have been", zh="等次：按现方案")),
    "available": (NUMBER, Text(en="the part of its weight that has figures", zh="有数据的权重")),
}
_AGREED: Final[Columns] = {
    "group": (TEXT, Text(en="the group", zh="分组")),
    "compared": (TEXT, Text(en="what is compared", zh="比较：与下一期、与已公布的、年中与全年")),
    "before": (TEXT, Text(en="the first ranking", zh="前一排名")),
    "after": (TEXT, Text(en="the second one", zh="后一排名")),
    "units": (WHOLE, Text(en="units that both place", zh="单位数")),
    "spearman": (NUMBER, Text(en="Spearman's rho of the places", zh="斯皮尔曼：位次秩相关")),
    "kendall": (NUMBER, Text(en="Kendall's tau-b", zh="肯德尔：tau-b")),
    "shift": (NUMBER, Text(en="places a unit moves on average, up or down", zh="平均变动位次")),
    "same": (WHOLE, Text(en="units that keep their place", zh="位次不变的单位数")),
    "mover": (TEXT, Text(en="who moves most", zh="变动最大")),
    "gained": (WHOLE, Text(en="places it gains", zh="其升降位次")),
    "tiers": (WHOLE, Text(en="units whose tier is another one", zh="等次改变的单位数")),
}


def run(book: Book, settings: StudyForm) -> Study:
    """Return what the scheme of `book` would have ranked in its round and those of the same length before.

    Raises:
        UsageError: fewer than two rounds have enough figures.
        FindingsError: a round cannot be scored.
    """
    assert isinstance(settings, BacktestForm)  # noqa: S101 - narrows the type: the catalogue pairs them
    # a round of the length of reviews is scored with the part of the scheme that takes part in them
    book = replace(book, scheme=taking_part(book, book.scheme.round)[0].scheme)
    rounds = list(_rounds(book, settings.rounds))
    rows, thin = _scored(book, rounds, settings.available)
    known = [str(period) for period in rounds if str(period) not in thin]
    if len(known) < 2:  # noqa: PLR2004  two rounds are the fewest that can be compared
        raise UsageError(
            f"rounds with enough figures: {', '.join(known) or 'none'}; one shows nothing of stability",
            f"数据足够的考核期：{'、'.join(known) or '无'}；一期看不出位次是否稳定",
        )
    rows = [row for row in rows if row["round"] in known]
    agreed = [
        *_year_on_year(rows, known),
        *_with_published(book, rows, known),
        *_from_june(book, rows, known),
    ]
    places = table_of_columns(
        "places",
        Text(en="What it would have ranked", zh="按现方案的历次排名"),
        _PLACES,
        _columns(rows, _PLACES),
    )
    agreement = table_of_columns(
        "agreement",
        Text(en="How far rankings agree", zh="排名的一致程度"),
        _AGREED,
        _columns(agreed, _AGREED),
    )
    return Study(
        name="backtest",
        title=Text(en="Backtest", zh="回测"),
        settings=settings,
        sentences=tuple(_sentences(agreed, known)),
        tables=(places, agreement),
        charts=tuple(_charts(rows, known)),
        findings=tuple(_told(book, [str(each) for each in reversed(rounds) if str(each) in thin])),
    )


def _rounds(book: Book, most: int) -> Iterator[Period]:
    """Yield the rounds up to the scheme's, from the first one for which there are figures."""
    last = parse_period(book.scheme.round)
    periods = [parse_period(text) for text in book.observations["period"].unique().to_list()]
    first = min((period.first_month + 12 * period.year for period in periods), default=None)
    found = [last]
    while first is not None and len(found) < most and found[-1].first_month + 12 * found[-1].year > first:
        found.append(found[-1].months_before(last.length_months))
    yield from reversed(found)


def _scored(book: Book, rounds: Sequence[Period], least: float) -> tuple[list[dict[str, Any]], set[str]]:
    """Return a row for each unit and round, and the rounds that have too few figures."""
    stretches = {str(period): Stretch.of(period) for period in rounds}
    totals = score_rounds(book, stretches, lenient=True).totals
    rows = list(totals.iter_rows(named=True))
    thin = set()
    for name in stretches:
        parts = [row["available"] or 0.0 for row in rows if row["round"] == name]
        if not parts or sum(parts) / len(parts) < least:
            thin.add(name)
    return rows, thin


def _groups(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(row[c.GROUP] for row in rows))


def _of(rows: Sequence[Mapping[str, Any]], group: str, name: str, what: str) -> dict[str, Any]:
    return {
        row[c.UNIT]: row[what]
        for row in rows
        if row[c.GROUP] == group and row["round"] == name and row[what] is not None
    }


def _year_on_year(rows: Sequence[Mapping[str, Any]], known: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield how far each ranking agrees with the next."""
    for group in _groups(rows):
        for before, after in pairwise(known):
            found = agreement_of(_of(rows, group, before, "place"), _of(rows, group, after, "place"))
            was, now = _of(rows, group, before, "tier"), _of(rows, group, after, "tier")
            tiers = sum(was[unit] != now[unit] for unit in now if unit in was) if now else None
            yield _row(group, "next round", before, after, found, tiers)


def _with_published(
    book: Book, rows: Sequence[Mapping[str, Any]], known: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Yield how far what was published agrees with what the scheme would have ranked."""
    for name in known:
        past = published_in(book, name)
        if past is None:
            continue
        places = {unit: place for unit, _, place in past.iter_rows() if place is not None}
        for group in _groups(rows):
            own = _of(rows, group, name, "place")
            found = agreement_of({unit: places[unit] for unit in own if unit in places}, own)
            if found.units:
                yield _row(group, "published", name, name, found, None)


def _from_june(
    book: Book, rows: Sequence[Mapping[str, Any]], known: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Yield how far the places by the middle of a year foretold those of the year."""
    years = [parse_period(name) for name in known if parse_period(name).every == "year"]
    if not years:
        return
    halves = {f"{period.year}-06": Stretch.to_date(period.year, _HALF) for period in years}
    early = list(score_rounds(book, halves, lenient=True).totals.iter_rows(named=True))
    for period in years:
        name = f"{period.year}-06"
        for group in _groups(rows):
            then = {
                unit: place
                for unit, place in _of(early, group, name, "place").items()
                if any(row[c.UNIT] == unit and row["round"] == name and row["available"] for row in early)
            }
            found = agreement_of(then, _of(rows, group, str(period), "place"))
            if found.units:
                yield _row(group, "June to December", name, str(period), found, None)


def _row(
    group: str, compared: str, before: str, after: str, found: Agreement, tiers: int | None
) -> dict[str, Any]:
    own = {
        name: getattr(found, name)
        for name in ("units", "spearman", "kendall", "shift", "same", "mover", "gained")
    }
    return {"group": group, "compared": compared, "before": before, "after": after, **own, "tiers": tiers}


def _columns(rows: Sequence[Mapping[str, Any]], columns: Columns) -> dict[str, list[object]]:
    return {name: [row[name] for row in rows] for name in columns}


_TOLD: Final[Mapping[str, tuple[Text, Text]]] = {
    "next round": (
        Text(en="From one round to the next", zh="相邻两期之间"),
        Text(en="places moved", zh="位次平均变动"),
    ),
    "published": (
        Text(en="Beside what was published", zh="与已公布的结果相比"),
        Text(en="places differ", zh="位次平均相差"),
    ),
    "June to December": (
        Text(en="From the middle of the year to its end", zh="从年中到年底"),
        Text(en="places moved", zh="位次平均变动"),
    ),
}


def _sentences(agreed: Sequence[Mapping[str, Any]], known: Sequence[str]) -> Iterator[Text]:
    yield Text(
        en=f"The scheme was scored for {len(known)} rounds, {known[0]} to {known[-1]}.",
        zh=f"按现方案计算了{len(known)}个考核期：{known[0]}至{known[-1]}。",
    )
    for compared, (where, what) in _TOLD.items():
        own = [row for row in agreed if row["compared"] == compared and row["units"]]
        if not own:
            continue
        count = sum(row["units"] for row in own)
        shift = sum(row["shift"] * row["units"] for row in own) / count
        same = sum(row["same"] for row in own)
        rhos = [row["spearman"] for row in own if row["spearman"] is not None]
        rho = Text(en="", zh="")
        if rhos:
            low, high = f"{min(rhos):.2f}", f"{max(rhos):.2f}"
            rho = Text(en=f", Spearman {low} to {high}", zh=f"，斯皮尔曼相关{low}至{high}")
        yield Text(
            en=f"{where.en} {what.en} by {shift:.2f} on average; {same} of {count} stayed{rho.en}.",
            zh=f"{where.zh}{what.zh}{shift:.2f}位，{count}个中{same}个不变{rho.zh}。",
        )
    tiers = [row for row in agreed if row["tiers"] is not None and row["units"]]
    if tiers:
        changed, count = sum(row["tiers"] for row in tiers), sum(row["units"] for row in tiers)
        yield Text(
            en=f"Tiers changed hands {changed} times of {count}.", zh=f"等次易手{changed}次（共{count}次）。"
        )


def _charts(rows: Sequence[Mapping[str, Any]], known: Sequence[str]) -> Iterator[Chart]:
    """Yield the places over the rounds, of each group those that are first today."""
    for number, group in enumerate(_groups(rows)):
        last = _of(rows, group, known[-1], "place")
        first = sorted(last, key=lambda unit: (last[unit], unit))[:_DRAWN]
        drawn = [
            {"x": row["round"], "y": row["place"], "series": row["name"] or row[c.UNIT]}
            for row in rows
            if row[c.UNIT] in first and row["place"] is not None and row[c.GROUP] == group
        ]
        across, up = Text(en="round", zh="考核期"), Text(en="place", zh="位次")
        definition = lines(drawn, across, up, Text(en="unit", zh="单位"))
        encoding = definition["encoding"]
        x = {"field": "x", "type": "ordinal", "title": across}
        y = {**encoding["y"], "scale": {"reverse": True, "zero": False}}
        yield Chart(
            name="places" if number == 0 else f"places-{number + 1}",
            title=Text(en=f"Places over the rounds: {group}", zh=f"历次位次：{group}"),
            sentence=Text(
                en=f"Those {len(first)} that are first in {known[-1]}.",
                zh=f"{known[-1]}排在前面的{len(first)}个单位。",
            ),
            definition={**definition, "encoding": {**encoding, "x": x, "y": y}},
        )


def _told(book: Book, thin: Sequence[str]) -> Iterator[Finding]:
    if thin:
        yield TOO_FEW_FIGURES.at(rounds=", ".join(thin))
    if book.scheme.reviews is not None and book.scheme.reviews.fold is not None:
        yield WITHOUT_REVIEWS.at()
