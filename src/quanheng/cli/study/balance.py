"""`quanheng study balance`: what a place or a tier would take, and the best way to it."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, Force, Round
from quanheng.cli.show import Screen
from quanheng.cli.study.answer import Files, Out, Pictures, Seed, StudyFile, answer
from quanheng.findings.text import Text
from quanheng.usecase.studies.run import study_of


def balance(  # noqa: PLR0913  the options of the command
    book: BookPath,
    *,
    unit: Annotated[
        str | None,
        Text(
            en="without levers: whose next place and tier, by code or name; '*' for every unit",
            zh="未写可调数据项时：看哪个单位的下一位次和等次（代码或名称），'*' 为每个单位",
        ),
    ] = None,
    study: StudyFile = None,
    seed: Seed = None,
    round: Round = None,  # noqa: A002 - the word of the language
    as_of: AsOf = None,
    out: Out = None,
    svg: Pictures = None,
    force: Force = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Say what the next place or tier of a unit of `book` would take, or plan the levers of a study file."""
    with screen.working(Text(en="balancing", zh="正在统筹测算")):
        made, origin = study_of(
            book, "balance", study=study, stated={"unit": unit}, seed=seed, round=round, as_of=as_of
        )
    return answer(made, screen, Files(out=out, svg=svg, force=force), of=origin)
