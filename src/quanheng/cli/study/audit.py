"""`quanheng study audit`: whether a scheme measures what it means to, and what it makes worth doing."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, Force, Round
from quanheng.cli.show import Screen
from quanheng.cli.study.answer import Files, Out, Pictures, Seed, StudyFile, answer
from quanheng.findings.text import Text
from quanheng.usecase.studies.run import study_of


def audit(  # noqa: PLR0913  the options of the command
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
    """Audit a scheme on its data: figures, influence against weight, redundancy, incentives."""
    with screen.working(Text(en="auditing", zh="正在审视方案")):
        made, origin = study_of(book, "audit", study=study, seed=seed, round=round, as_of=as_of)
    return answer(made, screen, Files(out=out, svg=svg, force=force), of=origin)
