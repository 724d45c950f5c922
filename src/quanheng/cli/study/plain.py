"""The commands of the studies that ask for nothing but a book, a round and a study file: they are one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, Force, Round
from quanheng.cli.show import Screen
from quanheng.cli.study.answer import Files, Out, Pictures, Seed, StudyFile, answer
from quanheng.findings.text import Text
from quanheng.usecase.studies.run import study_of


def command_of(name: str, working: Text) -> Callable[..., int]:
    """Return the command of the study called `name`; `working` is what it says while it works."""

    def command(  # noqa: PLR0913  the options of the command
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
        with screen.working(working):
            made, of = study_of(book, name, study=study, seed=seed, round=round, as_of=as_of)
        return answer(made, screen, Files(out=out, svg=svg, force=force), of=of)

    return command
