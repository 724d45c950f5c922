"""`quanheng study backtest`: what the scheme would have ranked in earlier rounds, and how stable that is."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, Force, Round
from quanheng.cli.show import Screen
from quanheng.cli.study.answer import Files, Out, Pictures, Seed, StudyFile, answer
from quanheng.findings.text import Text
from quanheng.usecase.studies.run import study_of


def backtest(  # noqa: PLR0913  the options of the command
    book: BookPath,
    *,
    study: StudyFile = None,
    seed: Seed = None,
    round: Round = None,  # noqa: A002 - the word of the language
    as_of: AsOf = None,
    out: Out = None,
    svg: Pictures = None,
    force: Force = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Rank the rounds before by the scheme of today, and compare the rankings."""
    with screen.working(Text(en="looking back", zh="正在回测")):
        made, origin = study_of(book, "backtest", study=study, seed=seed, round=round, as_of=as_of)
    return answer(made, screen, Files(out=out, svg=svg, force=force), of=origin)
