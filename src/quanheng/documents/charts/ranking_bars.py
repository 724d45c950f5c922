"""得分图: a bar for each unit of a group, best on top, with its score beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from quanheng.documents.charts.reach import Reach, scaled
from quanheng.findings.text import Text
from quanheng.studies.charts.chart import Cells, Chart
from quanheng.studies.charts.labels import labels_of
from quanheng.studies.charts.looks import BLUE

_BAND: Final = 20


def ranking_bars(
    name: str,
    units: Sequence[tuple[str, str]],
    scores: Sequence[float],
    *,
    decimals: int,
    title: Text,
    reach: Reach | None = None,
) -> Chart:
    """Return the chart of `units` (code and name) with their `scores`, in this order.

    Two units of one name are told apart by their codes. Charts of one `reach` can be laid beside each other.
    """
    names = labels_of([called or code for code, called in units], [code for code, _ in units])
    rows = [
        {"name": label, "score": score, "end": max(0.0, score), "label": f"{score:z.{decimals}f}"}
        for label, score in zip(names, scores, strict=True)
    ]
    return Chart(
        name=name,
        title=title,
        sentence=_sentence(rows),
        definition={
            "data": {"values": rows},
            "width": 360,
            "height": {"step": _BAND},
            "encoding": {
                "y": {"field": "name", "type": "nominal", "sort": names, "title": None},
                "x": {
                    "field": "score",
                    "type": "quantitative",
                    "title": Text(zh="得分", en="score"),
                    **scaled(reach),
                },
            },
            "layer": [
                {"mark": {"type": "bar", "color": BLUE}},
                {
                    "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 13},
                    "encoding": {
                        "x": {"field": "end", "type": "quantitative"},
                        "text": {"field": "label"},
                    },
                },
            ],
        },
        cells=Cells(
            headings=(Text(zh="单位", en="unit"), Text(zh="名称", en="name"), Text(zh="得分", en="score")),
            rows=tuple((*unit, score) for unit, score in zip(units, scores, strict=True)),
        ),
    )


def _sentence(rows: Sequence[dict[str, Any]]) -> Text:
    best, last = rows[0], rows[-1]
    return Text(
        zh=f"得分最高的是{best['name']}（{best['label']}），最低的是{last['name']}（{last['label']}）。",
        en=f"The highest score is that of {best['name']} ({best['label']}), the lowest that of "
        f"{last['name']} ({last['label']}).",
    )
