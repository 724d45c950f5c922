"""`quanheng study compare`: what moved every unit between two rounds, schemes, books or results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, Force
from quanheng.cli.show import Screen
from quanheng.cli.study.answer import Files, Out, Pictures, StudyFile, answer
from quanheng.findings.text import Text
from quanheng.studies.compare.causes import Cause
from quanheng.usecase.studies.compare import comparison_of
from quanheng.usecase.studies.lay import origin_of


def compare(  # noqa: PLR0913  the options of the command
    book: BookPath,
    *,
    beside: Annotated[
        Path | None,
        Parameter(name="--with"),
        Text(
            en="another book, a scheme (.yaml) or a result, to which the book is compared",
            zh="与之比较的另一考核册、方案（.yaml）或结果",
        ),
    ] = None,
    round: Annotated[  # noqa: A002  the word of the language
        str | None,
        Text(en="the later round, else the scheme's: 2023-Q3", zh="后一考核期，默认为方案的考核期"),
    ] = None,
    before: Annotated[
        str | None,
        Text(en="the earlier round, else the one before", zh="前一考核期，默认为紧邻的上一期"),
    ] = None,
    order: Annotated[
        tuple[Cause, ...],
        Parameter(show_choices=False),
        Text(
            en="let the causes come in one after the other, in this order",
            zh="按此顺序逐项计入各原因，不取平均",
        ),
    ] = (),
    unit: Annotated[
        tuple[str, ...],
        Text(en="tell and draw this unit, by code or name", zh="说明并绘制该单位（代码或名称）"),
    ] = (),
    study: StudyFile = None,
    as_of: AsOf = None,
    out: Out = None,
    svg: Pictures = None,
    force: Force = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print how each unit moved, and how much of that it owes to each cause."""
    with screen.working(Text(en="comparing", zh="正在比较")):
        found, compared = comparison_of(
            book,
            beside=beside,
            study=study,
            round=round,
            before=before,
            order=order,
            units=unit,
            as_of=as_of,
        )
    return answer(found, screen, Files(out=out, svg=svg, force=force), of=origin_of(compared))
