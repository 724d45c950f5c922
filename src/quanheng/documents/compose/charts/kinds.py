"""Every kind of chart of a result: what makes it, who may see it, and what is said where it is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

from quanheng.documents.compose.charts.intervals import interval_charts
from quanheng.documents.compose.charts.lights import lights_chart
from quanheng.documents.compose.charts.rounds import (
    TOO_MANY,
    moved_in,
    moves_chart,
    scatter_charts,
    too_many,
)
from quanheng.documents.compose.charts.scores import dimension_charts, parts_charts, ranking_charts
from quanheng.documents.compose.charts.unit import waterfall_charts
from quanheng.documents.subject import Subject
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.insight.progress.progress import Progress
from quanheng.scheme.document.published import Part
from quanheng.studies.charts.chart import Chart

ChartKind: TypeAlias = Literal[
    "ranking_bars",
    "stacked_parts",
    "small_multiples",
    "waterfall",
    "moves",
    "scatter",
    "interval_dots",
    "lights",
]

KEPT_BACK: Final = Kind(
    code="QH830",
    severity="note",
    en="no {chart}: it shows what this audience does not see",
    zh="未画{chart}：其内容不向该读者公开",
    hint_en="name {parts} under 'publish' of the scheme, or use --audience internal",
    hint_zh="请在方案的公布内容（publish）中列出 {parts}，或使用 --audience internal",
)
NEVER_SHOWN: Final = Kind(
    code="QH837",
    severity="note",
    en="no {chart}: it is for the office alone",
    zh="未画{chart}：仅供内部使用",
    hint_en="use --audience internal",
    hint_zh="请使用 --audience internal",
)
NO_ROUND_BEFORE: Final = Kind(
    code="QH831",
    severity="note",
    en="no {chart}: there is no earlier round to compare with",
    zh="未画{chart}：没有可比的上期",
    hint_en="score an earlier round of the book, or lay its published result under history/",
    hint_zh="请对考核册的上期计分，或把已公布的上期结果放入 history/",
)
NO_INTERVALS: Final = Kind(
    code="QH838",
    severity="note",
    en="no {chart}: no study of robustness of this result lies beside it",
    zh="未画{chart}：结果旁没有该结果的稳健性研究",
    hint_en="make the charts with --with-studies",
    hint_zh="请在生成图时加 --with-studies",
)
NO_LIGHTS: Final = Kind(
    code="QH832",
    severity="note",
    en="no {chart}: the progress of this round is not known",
    zh="未画{chart}：本期进度无从得知",
    hint_en="state 'pace' in the scheme, and see what 'quanheng progress' says",
    hint_zh="请在方案中写明进度要求（pace），并查看 quanheng progress 的提示",
)
NO_SUM: Final = Kind(
    code="QH833",
    severity="note",
    en="no {chart}: the total of this scheme is not the sum of its dimensions",
    zh="未画{chart}：该方案的总分不是各方面得分之和",
    hint_en="see small_multiples for the dimensions, waterfall for each unit",
    hint_zh="各方面请看小型多图（small_multiples），各单位请看瀑布图（waterfall）",
)
TOO_MANY_SLOPES: Final = Kind(
    code="QH834",
    severity="note",
    en="no {chart} of {group}: lines of more than {most} places cannot be told apart",
    zh="未画{group}的{chart}：超过 {most} 个位次的线条无法分辨",
    hint_en="the table of places has them all; see also scatter",
    hint_zh="位次表列出全部；另可看散点图（scatter）",
)
NOTHING_TO_DRAW: Final = Kind(
    code="QH835",
    severity="note",
    en="no {chart}: fewer than two units of a group, or no such unit, have what it shows",
    zh="未画{chart}：组内不足两个单位、或所指单位没有相应数据",
    hint_en="see in the ranking who has a score",
    hint_zh="请在排名表中查看哪些单位有得分",
)


class Asked(Value):
    """What charts are made of: a subject, the progress where it is known, and units where some are named."""

    subject: Subject
    progress: Progress | None = None
    units: Sequence[str] = ()


class Drawing(Value):
    """A kind of chart: its Chinese name, the parts of a result it shows, whether of one unit, what makes it.

    One without parts is never published.
    """

    name: str
    parts: tuple[Part, ...]
    make: Callable[[Asked], Iterator[Chart | Finding]]
    of_a_unit: bool = False

    def told(self, kind: ChartKind) -> Text:
        """Return what the kind is called in findings: as it is asked for, in Chinese with its name."""
        return Text(zh=f"{self.name}（{kind}）", en=kind)

    def is_for(self, subject: Subject) -> bool:
        """Return whether this audience may see it: the public what is published, a unit itself alone."""
        if subject.audience == "public":
            return bool(self.parts) and all(subject.shows(part) for part in self.parts)
        return self.of_a_unit or subject.audience == "internal"


def charts_of(kind: ChartKind, asked: Asked) -> Iterator[Chart | Finding]:
    """Yield the charts of a kind that this audience may see, and what is left out and why."""
    drawing = DRAWINGS[kind]
    if not drawing.is_for(asked.subject):
        why = KEPT_BACK if drawing.parts and asked.subject.audience == "public" else NEVER_SHOWN
        yield why.at(chart=drawing.told(kind), parts=", ".join(drawing.parts))
        return
    count = 0
    for made in drawing.make(asked):
        count += 1
        yield made
    if not count:
        yield NOTHING_TO_DRAW.at(chart=drawing.told(kind))


def _told(kind: Kind, chart: ChartKind, **facts: object) -> Finding:
    return kind.at(chart=DRAWINGS[chart].told(chart), **facts)


def _parts(asked: Asked) -> Iterator[Chart | Finding]:
    if not asked.subject.result.scheme.root.adds_up:
        yield _told(NO_SUM, "stacked_parts")
    else:
        yield from parts_charts(asked.subject)


def _moves(asked: Asked) -> Iterator[Chart | Finding]:
    moves = asked.subject.moves
    if moves is None:
        yield _told(NO_ROUND_BEFORE, "moves")
        return
    for group in moves.scheme.groups:
        if too_many(moved_in(moves, group)):
            name = Text(zh=group.name.zh or group.code, en=group.name.in_language("en") or group.code)
            yield _told(TOO_MANY_SLOPES, "moves", group=name, most=TOO_MANY)
            continue
        chart = moves_chart(moves, group)
        if chart is not None:
            yield chart


def _scatter(asked: Asked) -> Iterator[Chart | Finding]:
    if asked.subject.moves is None:
        yield _told(NO_ROUND_BEFORE, "scatter")
    else:
        yield from scatter_charts(asked.subject, asked.subject.moves)


def _intervals(asked: Asked) -> Iterator[Chart | Finding]:
    if asked.subject.studies.robustness is None:
        yield _told(NO_INTERVALS, "interval_dots")
    else:
        yield from interval_charts(asked.subject, asked.subject.studies.robustness)


def _lights(asked: Asked) -> Iterator[Chart | Finding]:
    if asked.progress is None:
        yield _told(NO_LIGHTS, "lights")
    else:
        yield lights_chart(asked.progress)


DRAWINGS: Final[Mapping[ChartKind, Drawing]] = {
    "ranking_bars": Drawing(
        name="得分图",
        parts=("total",),
        make=lambda asked: ranking_charts(asked.subject),
    ),
    "stacked_parts": Drawing(name="得分构成图", parts=("total", "dimensions", "adjustments"), make=_parts),
    "small_multiples": Drawing(
        name="各方面得分图",
        parts=("dimensions",),
        make=lambda asked: dimension_charts(asked.subject),
    ),
    "waterfall": Drawing(
        name="瀑布图",
        parts=("total", "dimensions", "adjustments"),
        make=lambda asked: waterfall_charts(asked.subject, asked.units),
        of_a_unit=True,
    ),
    "moves": Drawing(name="位次变化图", parts=("place", "moves"), make=_moves),
    "scatter": Drawing(name="两期散点图", parts=("total", "moves"), make=_scatter),
    "interval_dots": Drawing(name="位次区间图", parts=("place", "intervals"), make=_intervals),
    "lights": Drawing(name="灯图", parts=(), make=_lights),
}
"""What each kind of chart shows and is made by."""
