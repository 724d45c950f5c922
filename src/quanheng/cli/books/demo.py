"""`quanheng demo`: score an example book and show the ranking."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.results.ranking import show_assessment
from quanheng.cli.show import Screen
from quanheng.findings.text import Text
from quanheng.usecase.books.demo import DEFAULT_EXAMPLE
from quanheng.usecase.books.demo import demo as score_example


def demo(
    folder: Annotated[
        Path,
        Text(
            en="where the book is laid; one that lies there is used", zh="放置考核册的文件夹；已有则直接使用"
        ),
    ] = Path("quanheng-demo"),
    *,
    example: Annotated[str, Text(en="which example book", zh="示例考核册名称")] = DEFAULT_EXAMPLE,
    force: Annotated[
        bool,
        Text(
            en="write the result into a folder that holds something else; that stays",
            zh="允许将结果写入已有其他内容的文件夹，其他内容予以保留",
        ),
    ] = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Lay an example book into `folder`, score it and print its ranking."""
    with screen.working(Text(en="scoring", zh="正在计分")):
        assessment = score_example(
            folder,
            example=example,
            language=screen.language,
            writing=screen.writing("quanheng demo", force=force),
        )
    show_assessment(assessment, screen)
    screen.say(
        Text(
            en=f"Change a figure in {folder} and run: quanheng score {folder}",
            zh=f"可修改 {folder} 中的数据，再运行：quanheng score {folder}",
        ),
    )
    return 0
