"""`quanheng convert`: turn a folder into a workbook, or back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.language import both
from quanheng.cli.show import Screen
from quanheng.usecase.convert import convert as convert_book


def convert(
    book: Annotated[Path, Parameter(help=both("a folder or a workbook (.xlsx)", "文件夹或工作簿（.xlsx）"))],
    target: Annotated[Path, Parameter(help=both("where the other form goes", "另一种形式的位置"))],
    *,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Write `book` in the other form to `target`."""
    with screen.working("converting", "正在转换"):
        convert_book(book, target, language=screen.language)
    screen.say(f"The book lies at {target}", f"考核册位于 {target}")
    screen.record({"book": str(target)})
    return 0
