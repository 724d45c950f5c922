"""`quanheng check`: say what is wrong with a book."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import BookPath
from quanheng.cli.show import Screen
from quanheng.findings.finding import has_errors
from quanheng.findings.text import Text


def check(
    book: BookPath,
    *,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print every finding in `book`; return 1 if one of them is an error."""
    from quanheng.usecase.books.check import check as check_book  # noqa: PLC0415  help needs no engine

    with screen.working(Text(en="reading", zh="正在读取")):
        findings = check_book(book)
    screen.findings(findings, answer=True)
    screen.record({"findings": [finding.as_record(screen.language) for finding in findings]})
    if not findings:
        screen.say(Text(en="nothing found", zh="未发现问题"))
    return 1 if has_errors(findings) else 0
