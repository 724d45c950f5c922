"""`quanheng verify`: recompute a result and compare."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.show import Screen
from quanheng.findings.finding import has_errors
from quanheng.findings.text import Text


def verify(
    result: Annotated[
        Path, Text(en="a folder that 'quanheng score' wrote", zh="quanheng score 生成的结果文件夹")
    ],
    *,
    book: Annotated[
        Path | None,
        Text(en="where the book lies, if not beside it", zh="考核册的位置，默认在结果旁"),
    ] = None,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print what differs between `result` and one computed anew; return 1 if a difference is an error."""
    from quanheng.usecase.results.verify import verify as verify_result  # noqa: PLC0415  help needs no engine

    with screen.working(Text(en="recomputing", zh="正在重新计算")):
        findings = verify_result(result, book=book)
    screen.findings(findings, answer=True)
    wrong = has_errors(findings)
    if not wrong:
        screen.say(Text(en="The result is what its book gives", zh="核对一致：结果与考核册相符"))
    screen.record(
        {"agrees": not wrong, "findings": [finding.as_record(screen.language) for finding in findings]}
    )
    return 1 if wrong else 0
