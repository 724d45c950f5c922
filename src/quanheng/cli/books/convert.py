"""`quanheng convert`: turn a folder into a workbook, or back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import BookPath
from quanheng.cli.show import Screen
from quanheng.findings.text import Text


def convert(
    book: BookPath,
    target: Annotated[Path, Text(en="where the other form goes", zh="另一种形式的位置")],
    *,
    force: Annotated[bool, Text(en="write over a workbook that is there", zh="覆盖已有的工作簿")] = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Write `book` in the other form to `target`."""
    from quanheng.usecase.books.convert import convert as convert_book  # noqa: PLC0415  help needs no engine

    with screen.working(Text(en="converting", zh="正在转换")):
        convert_book(
            book,
            target,
            language=screen.language,
            writing=screen.writing("quanheng convert", force=force),
        )
    screen.say(Text(en=f"The book lies at {target}", zh=f"考核册位于 {target}"))
    screen.record({"book": str(target)})
    return 0
