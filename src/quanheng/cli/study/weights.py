"""`quanheng study weights`: what other ways to weigh do to every place."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, Force, Round
from quanheng.cli.show import Screen
from quanheng.cli.study.answer import Files, Out, Pictures, Seed, StudyFile, answer
from quanheng.findings.text import Text
from quanheng.usecase.studies.run import study_of


def weights(  # noqa: PLR0913  the options of every study
    book: BookPath,
    *,
    study: StudyFile = None,
    seed: Seed = None,
    round: Round = None,  # noqa: A002  the word of the language
    as_of: AsOf = None,
    out: Out = None,
    svg: Pictures = None,
    force: Force = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Score with weights made by each method, and say what that does to every place."""
    with screen.working(Text(en="weighing", zh="正在用各种方法赋权")):
        made, of = study_of(book, "weights", study=study, seed=seed, round=round, as_of=as_of)
    return answer(made, screen, Files(out=out, svg=svg, force=force), of=of)
