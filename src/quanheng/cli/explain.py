"""`quanheng explain`: show every step behind a score."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.days import AsOf
from quanheng.cli.show import Screen
from quanheng.findings.text import Text
from quanheng.scheme.model import ROOT
from quanheng.usecase.explain import explain as explain_score


def explain(
    book: Annotated[Path, Text(en="a folder or a workbook (.xlsx)", zh="文件夹或工作簿（.xlsx）")],
    unit: Annotated[str, Text(en="the code or the name of a unit", zh="单位的代码或名称")],
    node: Annotated[str, Text(en="a dimension or an indicator", zh="维度或指标的代码")] = ROOT,
    *,
    round: Annotated[  # noqa: A002  the word of the language
        str | None,
        Text(en="another round than the scheme's: 2023-H1", zh="方案以外的考核期，如 2023-H1"),
    ] = None,
    as_of: AsOf = None,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print the tree of steps from the score of `unit` down to source cells."""
    with screen.working(Text(en="scoring", zh="正在计分")):
        explanation = explain_score(book, unit, node, round=round, as_of=as_of)
    screen.text(explanation.text(screen.language))
    screen.record(dataclasses.asdict(explanation))
    return 0
