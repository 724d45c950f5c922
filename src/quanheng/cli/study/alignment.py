"""`quanheng study alignment`: our scheme beside that of the level above."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, Force, Round
from quanheng.cli.show import Screen
from quanheng.cli.study.answer import Files, Out, Pictures, Seed, StudyFile, answer
from quanheng.findings.text import Text
from quanheng.usecase.studies.run import study_of


def alignment(  # noqa: PLR0913  the options of the command
    book: BookPath,
    upper: Annotated[
        Path | None,
        Text(
            en="the level above: a scheme (a YAML file) or a book; by default the study file's",
            zh="上级：方案（YAML 文件）或考核册；默认取研究文件所写",
        ),
    ] = None,
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
    """Lay the scheme of `book` beside that of the level above."""
    stated = {"upper": None if upper is None else str(upper)}
    with screen.working(Text(en="comparing with the level above", zh="正在与上级对照")):
        made, origin = study_of(
            book, "alignment", study=study, stated=stated, seed=seed, round=round, as_of=as_of
        )
    return answer(made, screen, Files(out=out, svg=svg, force=force), of=origin)
