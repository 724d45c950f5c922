"""散点图: the score of each unit in two rounds; above the diagonal it rose."""

from __future__ import annotations

from collections.abc import Sequence

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.charts.chart import Cells, Chart
from quanheng.studies.charts.kinds import scatter as dots
from quanheng.studies.charts.labels import labels_of


class Dot(Value):
    """A unit with two numbers; None where it has none."""

    code: str
    name: str
    x: float | None
    y: float | None


def scatter(name: str, units: Sequence[Dot], axes: tuple[Text, Text], *, decimals: int, title: Text) -> Chart:
    """Return a dot for each unit that has both numbers, with a diagonal where they are equal.

    Who fell is a diamond, and red.
    """
    known = [unit for unit in units if unit.x is not None and unit.y is not None]
    names = labels_of([unit.name or unit.code for unit in known], [unit.code for unit in known])
    rows = [
        {"name": label, "x": unit.x, "y": unit.y, "marked": _change(unit) < 0}
        for label, unit in zip(names, known, strict=True)
    ]
    return Chart(
        name=name,
        title=title,
        sentence=_sentence(names, known, len(units), decimals),
        definition=dots(rows, *axes, diagonal=True),
        cells=Cells(
            headings=(Text(zh="单位", en="unit"), Text(zh="名称", en="name"), *axes),
            rows=tuple((unit.code, unit.name, unit.x, unit.y) for unit in units),
        ),
    )


def _change(unit: Dot) -> float:
    return 0.0 if unit.x is None or unit.y is None else round(unit.y - unit.x, 9)


def _sentence(names: Sequence[str], known: Sequence[Dot], count: int, decimals: int) -> Text:
    changes = [_change(unit) for unit in known]
    up, down = sum(1 for change in changes if change > 0), sum(1 for change in changes if change < 0)
    parts = [Text(zh=f"{up}个上升，{down}个下降（菱形）", en=f"{up} rose, {down} fell (diamonds)")]
    if up or down:
        at = max(range(len(changes)), key=lambda number: abs(changes[number]))
        figure = f"{changes[at]:+z.{decimals}f}"
        parts.append(
            Text(zh=f"，变化最大的是{names[at]}（{figure}）", en=f"; {names[at]} moved most ({figure})")
        )
    if len(known) < count:
        less = count - len(known)
        parts.append(
            Text(zh=f"；{less}个缺一期得分，未画出", en=f"; {less} without one of the scores are not drawn")
        )
    return Text(zh="".join(part.zh for part in parts) + "。", en="".join(part.en for part in parts) + ".")
