"""The charts of a comparison: a waterfall for a unit, and what each cause did on average."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from quanheng.findings.text import Text
from quanheng.studies.charts.chart import Chart
from quanheng.studies.charts.kinds import bars, waterfall
from quanheng.studies.compare.sentences import number, signed
from quanheng.studies.compare.tables import Found

_SCORE: Final = Text(en="total", zh="得分")
Row = Mapping[str, Any]


def charts_of(
    found: Found,
    moves: Sequence[Row],
    causes: Sequence[Row],
    overall: Sequence[Row],
    told: Mapping[str, Text],
    sides: tuple[Text, Text],
) -> Iterator[Chart]:
    """Yield a waterfall for each unit that is `told`, with its sentence, then the bars of all causes."""
    rows = {row["unit"]: row for row in moves}
    drawn = [unit for unit in told if rows[unit]["change"] is not None]
    for index, unit in enumerate(drawn):
        own = [each for each in causes if each["unit"] == unit]
        yield Chart(
            name="waterfall" if index == 0 else f"waterfall-{index + 1}",
            title=Text(en=rows[unit]["name"] or unit, zh=rows[unit]["name"] or unit),
            sentence=told[unit],
            definition=waterfall(_steps(rows[unit], own, sides, found), _SCORE),
        )
    if overall:
        several = len({row["group"] for row in overall}) > 1
        series = Text(en="group", zh="分组") if several else None
        values = [
            {"name": found.names[row["cause"]], "value": row["mean"], "series": found.groups[row["group"]]}
            for row in overall
        ]
        yield Chart(
            name="causes",
            title=Text(en="What moved the units", zh="各单位变动的原因"),
            sentence=Text(
                en="Marks a cause moved a unit by, up or down, on average.",
                zh="各原因使每个单位得分升降的平均幅度。",
            ),
            definition=bars(values, Text(en="marks", zh="分"), series=series),
        )


def _steps(row: Row, causes: Sequence[Row], sides: tuple[Text, Text], found: Found) -> list[dict[str, Any]]:
    """Return the bars from the total before to the total after."""
    before, after = row["score_before"], row["score_after"]
    level = before
    steps = [_step(sides[0], before, before, number(before, found), whole=True)]
    for each in causes:
        if each["change"]:
            here = level + each["change"]
            steps.append(
                _step(found.names[each["cause"]], level, here, signed(each["change"], found), whole=False)
            )
            level = here
    steps.append(_step(sides[1], after, after, number(after, found), whole=True))
    low = min(min(step["start"], step["end"]) for step in steps)
    high = max(max(step["start"], step["end"]) for step in steps)
    floor = min(0.0, low) if low < 0 else max(0.0, low - 0.25 * (high - low or high))
    return [{**step, "start": floor} if step["whole"] else step for step in steps]


def _step(name: Text, start: float, end: float, label: str, *, whole: bool) -> dict[str, Any]:
    return {"name": name, "start": start, "end": end, "top": max(start, end), "label": label, "whole": whole}
