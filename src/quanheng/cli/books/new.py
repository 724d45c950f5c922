"""`quanheng new`: make a book, empty or from an example."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.show import Screen
from quanheng.findings.text import Text
from quanheng.usecase.books.new import new_book


def new(
    target: Annotated[Path, Text(en="a folder, or a workbook (.xlsx)", zh="文件夹，或工作簿（.xlsx）")],
    *,
    example: Annotated[
        str | None,
        Text(
            en="copy this example: district-2023, hdi-2022, enterprises, index-51",
            zh="复制示例：district-2023、hdi-2022、enterprises、index-51",
        ),
    ] = None,
    force: Annotated[bool, Text(en="write over a workbook that is there", zh="覆盖已有的工作簿")] = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Make a book at `target`."""
    with screen.working(Text(en="writing", zh="正在生成")):
        new_book(
            target,
            example=example,
            language=screen.language,
            writing=screen.writing("quanheng new", force=force),
        )
    screen.say(Text(en=f"The book lies at {target}", zh=f"考核册位于 {target}"))
    if example is None:
        screen.say(
            Text(
                en="The units in it are invented examples: put your own, and their figures, in their place, "
                f"then run: quanheng check {target}",
                zh=f"其中的单位和数据是虚构的示例：换成自己的以后运行：quanheng check {target}",
            ),
        )
    else:
        screen.say(Text(en=f"Score it with: quanheng score {target}", zh=f"计分：quanheng score {target}"))
    screen.record({"book": str(target)})
    return 0
