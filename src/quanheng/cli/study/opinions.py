"""`quanheng study opinions`: what other methods would say of the same data."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, Force, Round
from quanheng.cli.show import Screen
from quanheng.cli.study.answer import Files, Out, Pictures, Seed, StudyFile, answer
from quanheng.findings.text import Text
from quanheng.usecase.studies.run import study_of


def opinions(  # noqa: PLR0913  the options of every study
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
    """Put the units in order by TOPSIS, VIKOR, PROMETHEE and others, beside the scheme itself."""
    with screen.working(Text(en="asking the methods", zh="正在用各种方法排序")):
        made, of = study_of(book, "opinions", study=study, seed=seed, round=round, as_of=as_of)
    return answer(made, screen, Files(out=out, svg=svg, force=force), of=of)
