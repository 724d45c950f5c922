"""`quanheng new`: make a book, empty or from an example."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.language import both
from quanheng.cli.show import Screen
from quanheng.usecase.new import new_book


def new(
    target: Annotated[
        Path, Parameter(help=both("a folder, or a workbook (.xlsx)", "文件夹，或工作簿（.xlsx）"))
    ],
    *,
    example: Annotated[
        str | None,
        Parameter(
            help=both(
                "copy this example: district-2023, hdi-2022, enterprises",
                "复制示例：district-2023、hdi-2022、enterprises",
            )
        ),
    ] = None,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Make a book at `target`."""
    with screen.working("writing", "正在生成"):
        new_book(target, example=example, language=screen.language)
    screen.say(f"The book lies at {target}", f"考核册位于 {target}")
    if example is None:
        screen.say(
            f"Write your units and figures into it, then run: quanheng check {target}",
            f"填入单位和数据后运行：quanheng check {target}",
        )
    else:
        screen.say(f"Score it with: quanheng score {target}", f"计分：quanheng score {target}")
    screen.record({"book": str(target)})
    return 0
