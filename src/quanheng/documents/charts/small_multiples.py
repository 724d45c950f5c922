"""分方面得分图: the same small chart for each dimension, beside each other, units in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.charts.chart import Cells, Chart
from quanheng.studies.charts.labels import labels_of, texts_of
from quanheng.studies.charts.looks import BLUE, INK

_BAND: Final = 18
_WIDE: Final = 110
BESIDE: Final = 4
"""So many panels stand beside each other."""
_TOLD: Final = 4
"""So many of them are named in the sentence."""
_HEAD: Final = 160
"""How wide a panel's name may be, in pixels."""


class Panel(Value):
    """What one small chart shows: its code and name, and the value of each unit; None where it has none."""

    code: str
    name: Text
    values: tuple[float | None, ...]


def small_multiples(
    name: str, units: Sequence[tuple[str, str]], panels: Sequence[Panel], *, decimals: int, title: Text
) -> Chart:
    """Return the panels of `units` (code and name), all on one scale, with the number beside each bar."""
    names = labels_of([called or code for code, called in units], [code for code, _ in units])
    told = texts_of([panel.name for panel in panels], [panel.code for panel in panels])
    rows = [
        {"panel": text, "name": label, "value": value, "label": _label(value, decimals)}
        for text, panel in zip(told, panels, strict=True)
        for label, value in zip(names, panel.values, strict=True)
    ]
    y = {"field": "name", "type": "nominal", "sort": names, "title": None}
    end = "max(datum.value, 0)"
    return Chart(
        name=name,
        title=title,
        sentence=_sentence(names, told, panels, decimals),
        definition={
            "data": {"values": rows},
            "columns": BESIDE,
            "facet": {
                "field": "panel",
                "type": "nominal",
                "sort": told,
                "title": None,
                "header": {"labelFontSize": 12, "labelFontWeight": "bold", "labelLimit": _HEAD},
            },
            "spacing": 44,
            "spec": {
                "width": _WIDE,
                "height": {"step": _BAND},
                "transform": [{"calculate": end, "as": "end"}],
                "encoding": {"y": y},
                "layer": [
                    {
                        "mark": {"type": "bar", "color": BLUE},
                        "encoding": {
                            "x": {
                                "field": "value",
                                "type": "quantitative",
                                "axis": None,
                            }
                        },
                    },
                    {
                        "mark": {"type": "text", "align": "left", "dx": 3, "fontSize": 11, "color": INK},
                        "encoding": {
                            "x": {"field": "end", "type": "quantitative"},
                            "text": {"field": "label"},
                        },
                    },
                ],
            },
        },
        cells=Cells(
            headings=(
                *(Text(zh="单位", en="unit"), Text(zh="名称", en="name")),
                *(Text(zh="方面", en="dimension"), Text(zh="得分", en="score")),
            ),
            rows=tuple(
                (code, called, panel.name, value)
                for panel in panels
                for (code, called), value in zip(units, panel.values, strict=True)
            ),
        ),
    )


def _label(value: float | None, decimals: int) -> str:
    return "—" if value is None else f"{value:z.{decimals}f}"


def _sentence(names: Sequence[str], told: Sequence[Text], panels: Sequence[Panel], decimals: int) -> Text:
    """Return who is best in the first few panels."""
    best: list[Text] = []
    for text, panel in zip(told, panels, strict=True):
        known = [value for value in panel.values if value is not None]
        if not known:
            continue
        most = max(known)
        who: Any = [label for label, value in zip(names, panel.values, strict=True) if value == most]
        figure = f"{most:z.{decimals}f}"
        several = len(who) > 1
        best.append(
            Text(
                zh=f"{text.zh}{who[0]}{f'等{len(who)}个' if several else ''}（{figure}）",
                en=f"{who[0]}{f' and {len(who) - 1} more' if several else ''} in {text.en} ({figure})",
            )
        )
    if not best:
        return Text(zh="没有得分。", en="There are no scores.")
    more = len(best) > _TOLD
    return Text(
        zh=f"各方面得分最高的：{'，'.join(each.zh for each in best[:_TOLD])}{'等' if more else ''}。",
        en=f"Highest: {', '.join(each.en for each in best[:_TOLD])}{', …' if more else ''}.",
    )
