"""回测: what the scheme would have ranked in earlier rounds, how stable places are, what lights foretold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from quanheng.data.book.frames import Frame
from quanheng.engine.frame import columns as c
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.studies.backtest.form import BacktestForm
from quanheng.studies.backtest.lights import Foretold, foretold_by
from quanheng.studies.backtest.looked import Looked, look_back
from quanheng.studies.backtest.rankings import Rows, agreements_of, groups_in, of_round
from quanheng.studies.charts.chart import Chart
from quanheng.studies.charts.kinds import lines
from quanheng.studies.columns import NUMBER, TEXT, WHOLE, Columns, table_of_rows
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
WITHOUT_LIGHTS: Final = Kind(
    code="QH768",
    severity="note",
    en="whether lights foretold the year's end is not looked at: {why}",
    zh="未考察亮灯是否预示年底结果：{why}",
    hint_en="lights need years as rounds, figures within the year, and targets or conditions of lights",
    hint_zh="亮灯需要：以年为考核期、年内有数据、有目标或亮灯条件",
)
NO_LIGHT: Final = Text(
    en="no red, yellow or green light was given in these years", zh="这些年份没有亮过红、黄、绿灯"
)
NO_YEARS: Final = Text(en="the rounds are no years", zh="考核期不是年度")
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
    "compared": (TEXT, Text(en="what is compared", zh="比较：与下一期、与已公布的、年内与全年")),
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

    Without lights: whoever has them says `told`.

    Raises:
        UsageError: fewer than two rounds have enough figures.
        FindingsError: a round cannot be scored.
    """
    assert isinstance(settings, BacktestForm)  # noqa: S101 - narrows the type: the catalogue pairs them
    return told(look_back(book, settings), None)


def told(looked: Looked, lights: Frame | None, *, why: Text | None = None) -> Study:
    """Return the study of a book that was looked back at.

    `lights` (`lights.GIVEN`) are those of the years by the month that is asked for; without any, `why` says
    why there are none.
    """
    foretold = None if lights is None else foretold_by(lights, looked)
    agreed = agreements_of(looked)
    title = Text(en="What it would have ranked", zh="按现方案的历次排名")
    places = table_of_rows("places", title, _PLACES, looked.rows)
    agreement = table_of_rows(
        "agreement", Text(en="How far rankings agree", zh="排名的一致程度"), _AGREED, agreed
    )
    return Study(
        name="backtest",
        title=Text(en="Backtest", zh="回测"),
        settings=looked.settings,
        sentences=tuple(_sentences(agreed, looked, foretold)),
        tables=(places, agreement, *(() if foretold is None else foretold.tables)),
        charts=tuple(_charts(looked.rows, looked.known)),
        findings=tuple(_told(looked, foretold, why)),
    )


_TOLD: Final[Mapping[str, tuple[Text, Text]]] = {
    "next round": (
        Text(en="From one round to the next", zh="相邻两期之间"),
        Text(en="places moved", zh="位次平均变动"),
    ),
    "published": (
        Text(en="Beside what was published", zh="与已公布的结果相比"),
        Text(en="places differ", zh="位次平均相差"),
    ),
    "within the year": (
        Text(en="From within the year to its end", zh="从年内到年底"),
        Text(en="places moved", zh="位次平均变动"),
    ),
}


def _sentences(agreed: Rows, looked: Looked, foretold: Foretold | None) -> Iterator[Text]:
    known = looked.known
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
    if foretold is not None:
        yield from _of_lights(foretold, looked.settings)


def _of_lights(foretold: Foretold, settings: BacktestForm) -> Iterator[Text]:
    """Yield what the lights foretold, of indicators and of units."""
    of, month = foretold.indicators, settings.month
    if of.came + of.warned + of.quiet:
        yield Text(
            en=f"Red and yellow lights by month {month}: {of.warned}, of which {of.hits} came true (missed "
            f"at the year's end) and {of.false_alarms} did not. Missed then: {of.came}, of which "
            f"{of.unforeseen} had been green.",
            zh=f"{month}月底的{of.warned}个红灯和黄灯中，年底有{of.hits}个未完成，{of.false_alarms}个为虚警；"
            f"年底未完成的{of.came}个中，有{of.unforeseen}个当时为绿灯。",
        )
    of = foretold.units
    if of.came:
        part = f"{100.0 * settings.low:.12g}%"
        yield Text(
            en=f"{of.hits} of {of.came} units that ended in the last {part} of their group had more red and "
            f"yellow lights than its mean by month {month}; so had {of.false_alarms} that did not end there.",
            zh=f"年底位次在组内后{part}的{of.came}个单位中，{of.hits}个在{month}月底的红黄灯比例高于组内平均；"
            f"另有{of.false_alarms}个单位高于平均而年底并不靠后。",
        )


def _charts(rows: Rows, known: Sequence[str]) -> Iterator[Chart]:
    """Yield the places over the rounds, of each group those that are first today."""
    for number, group in enumerate(groups_in(rows)):
        last = of_round(rows, group, known[-1], "place")
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


def _told(looked: Looked, foretold: Foretold | None, why: Text | None) -> Iterator[Finding]:
    scheme = looked.book.scheme
    if looked.thin:
        yield TOO_FEW_FIGURES.at(rounds=", ".join(looked.thin))
    if scheme.reviews is not None and scheme.reviews.fold is not None:
        yield WITHOUT_REVIEWS.at()
    if foretold is None:
        yield WITHOUT_LIGHTS.at(why=why or NO_LIGHT)
