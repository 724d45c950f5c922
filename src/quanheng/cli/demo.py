"""`quanheng demo`: score an example book and show the ranking."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.language import both
from quanheng.cli.ranking import show_assessment
from quanheng.cli.show import Screen
from quanheng.usecase.demo import DEFAULT_EXAMPLE
from quanheng.usecase.demo import demo as score_example


def demo(
    folder: Annotated[
        Path,
        Parameter(
            help=both(
                "where the book is laid; one that lies there is used", "放置考核册的文件夹；已有则直接使用"
            )
        ),
    ] = Path("quanheng-demo"),
    *,
    example: Annotated[str, Parameter(help=both("which example book", "示例考核册名称"))] = DEFAULT_EXAMPLE,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Lay an example book into `folder`, score it and print its ranking."""
    with screen.working("scoring", "正在计分"):
        assessment = score_example(folder, example=example, language=screen.language)
    show_assessment(assessment, screen)
    screen.say(
        f"Change a figure in {folder} and run: quanheng score {folder}",
        f"可修改 {folder} 中的数据，再运行：quanheng score {folder}",
    )
    return 0
