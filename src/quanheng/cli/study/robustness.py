"""`quanheng study robustness`: how far the places of a book can be trusted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, Force, Round
from quanheng.cli.show import Screen
from quanheng.cli.study.answer import Files, Out, Pictures, Seed, StudyFile, answer
from quanheng.findings.text import Text
from quanheng.usecase.studies.robustness import robustness_of


def robustness(  # noqa: PLR0913  the options of the command
    book: BookPath,
    *,
    study: StudyFile = None,
    seed: Seed = None,
    round: Round = None,  # noqa: A002  the word of the language
    as_of: AsOf = None,
    keep: Annotated[
        bool,
        Text(en="tables of the draws and of every replicate, too", zh="一并给出每次抽取及其结果"),
    ] = False,
    draws: Annotated[
        Path | None,
        Text(
            en="run these draws (csv, a row a replicate, as --keep writes them) instead of drawing any",
            zh="按给定的抽取表运行（csv，每次重复一行，格式同 --keep），不再另行抽取",
        ),
    ] = None,
    out: Out = None,
    svg: Pictures = None,
    force: Force = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print the interval of each place, what moves places, and which units cannot be told apart."""
    with screen.working(Text(en="scoring replicates", zh="正在重复计分")):
        made, of = robustness_of(
            book, study=study, seed=seed, round=round, as_of=as_of, keep=keep, draws=draws
        )
    return answer(made, screen, Files(out=out, svg=svg, force=force), of=of)
