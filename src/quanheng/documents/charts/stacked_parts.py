"""得分构成图: a bar for each unit, cut into the parts that its total is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from quanheng.documents.charts.reach import Reach, reach_of, scaled
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.charts.chart import Cells, Chart
from quanheng.studies.charts.labels import labels_of
from quanheng.studies.charts.looks import colour, mark, on

_BAND: Final = 18
_WIDE: Final = 380
_LETTER: Final = 7.0
"""About how wide a figure is, in pixels."""


class Stack(Value):
    """A unit, the amount of each part (None where it has none), and its total."""

    code: str
    name: str
    amounts: tuple[float | None, ...]
    total: float | None


def stacked_parts(
    name: str,
    parts: Sequence[Text],
    stacks: Sequence[Stack],
    *,
    decimals: int,
    title: Text,
    reach: Reach | None = None,
) -> Chart:
    """Return the chart of `stacks` in this order, cut into `parts`.

    A part below 0 stands left of 0. Each part has its mark in the bar, with its amount where there is room;
    the total stands behind the bar. Charts of one `reach` can be laid beside each other.
    """
    names = labels_of([stack.name or stack.code for stack in stacks], [stack.code for stack in stacks])
    told = [
        Text(zh=f"{mark(at)} {part.zh or part.en}", en=f"{mark(at)} {part.en or part.zh}")
        for at, part in enumerate(parts)
    ]
    low, high = reach or reach_of(end for stack in stacks for end in ends_of(stack))
    rows = list(_pieces(names, stacks, decimals, high - low))
    y = {"field": "name", "type": "nominal", "sort": names, "title": None}
    heading = Text(zh="得分", en="score")
    x = {"type": "quantitative", "title": heading, **scaled(reach)}
    return Chart(
        name=name,
        title=title,
        sentence=_sentence(names, parts, stacks, decimals),
        definition={
            "data": {"values": [{**row, "part": told[row["number"]]} for row in rows]},
            "width": _WIDE,
            "height": {"step": _BAND},
            "layer": [
                {
                    "mark": {"type": "bar", "stroke": "#ffffff", "strokeWidth": 1},
                    "encoding": {
                        "y": y,
                        "x": {**x, "field": "start"},
                        "x2": {"field": "end"},
                        "color": {
                            "field": "part",
                            "type": "nominal",
                            "scale": {"domain": told, "range": [colour(at) for at in range(len(told))]},
                            "legend": {"title": None, "orient": "top", "columns": _columns(told)},
                        },
                    },
                },
                {
                    "mark": {"type": "text", "fontSize": 11},
                    "encoding": {
                        "y": y,
                        "x": {**x, "field": "middle"},
                        "text": {"field": "label"},
                        "color": {"field": "ink", "type": "nominal", "scale": None, "legend": None},
                    },
                },
                {
                    "data": {"values": _totals(names, stacks, decimals)},
                    "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 13},
                    "encoding": {"y": y, "x": {**x, "field": "end"}, "text": {"field": "label"}},
                },
            ],
        },
        cells=Cells(
            headings=(
                *(Text(zh="单位", en="unit"), Text(zh="名称", en="name")),
                *(Text(zh="组成部分", en="part"), Text(zh="得分", en="score"), Text(zh="总分", en="total")),
            ),
            rows=tuple(
                (stack.code, stack.name, part, amount, stack.total)
                for stack in stacks
                for part, amount in zip(parts, stack.amounts, strict=True)
            ),
        ),
    )


def _columns(parts: Sequence[Text]) -> int:
    """Return how many names of parts stand beside each other above the bars."""
    longest = max((max(2 * len(part.zh), len(part.en)) for part in parts), default=1)
    return max(1, min(len(parts), round(_ACROSS / (longest + 4))))


_ACROSS: Final = 84


def _pieces(
    names: Sequence[str], stacks: Sequence[Stack], decimals: int, span: float
) -> Iterator[dict[str, Any]]:
    """Yield where each part begins and ends: those above 0 to the right of it, those below to the left."""
    for name, stack in zip(names, stacks, strict=True):
        above = below = 0.0
        for number, amount in enumerate(stack.amounts):
            if not amount:
                continue
            start = above if amount > 0 else below
            end = start + amount
            above, below = (end, below) if amount > 0 else (above, end)
            yield {
                "name": name,
                "number": number,
                "start": start,
                "end": end,
                "middle": (start + end) / 2,
                "label": _label(number, amount, decimals, abs(amount) / (span or 1.0) * _WIDE),
                "ink": on(colour(number)),
            }


def ends_of(stack: Stack) -> tuple[float, float]:
    """Return how far a bar reaches to the left and to the right of 0."""
    known = [amount for amount in stack.amounts if amount]
    return sum(each for each in known if each < 0), sum(each for each in known if each > 0)


def _label(number: int, amount: float, decimals: int, room: float) -> str:
    sign, figure = mark(number), f"{amount:z.{decimals}f}"
    if room > _LETTER * (len(figure) + 4):
        return f"{sign} {figure}"
    return sign if room > 2 * _LETTER else ""


def _totals(names: Sequence[str], stacks: Sequence[Stack], decimals: int) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "end": max(0.0, ends_of(stack)[1]),
            "label": "—" if stack.total is None else f"{stack.total:z.{decimals}f}",
        }
        for name, stack in zip(names, stacks, strict=True)
    ]


def _sentence(names: Sequence[str], parts: Sequence[Text], stacks: Sequence[Stack], decimals: int) -> Text:
    """Return which part sets the units apart most."""
    spans = []
    for number, part in enumerate(parts):
        known = [
            (amount, name)
            for name, stack in zip(names, stacks, strict=True)
            if (amount := stack.amounts[number]) is not None
        ]
        if known:
            most, least = max(known, key=lambda pair: pair[0]), min(known, key=lambda pair: pair[0])
            spans.append((round(most[0] - least[0], 9), part, most[1], least[1]))
    best = max(spans, key=lambda span: span[0], default=None)
    if best is None or not best[0]:
        return Text(zh="各单位的得分构成相同。", en="The scores of all units are made of the same parts.")
    span, widest, high, low = best
    return Text(
        zh=f"拉开差距最大的是{widest.zh or widest.en}：最高的{high}与最低的{low}相差{span:.{decimals}f}分。",
        en=f"What sets units apart most is {widest.en or widest.zh}: {span:.{decimals}f} between {high} "
        f"(highest) and {low} (lowest).",
    )
