"""`quanheng score`: compute scores, places, tiers and awards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, Round
from quanheng.cli.results.ranking import show_ranking, show_rest
from quanheng.cli.show import Screen
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Text

if TYPE_CHECKING:
    from quanheng.engine.results.result import Result


def score(  # noqa: PLR0913  the options of the command
    book: BookPath,
    *,
    round: Round = None,  # noqa: A002  the word of the language
    rounds: Annotated[
        str | None,
        Text(
            en="several rounds at once, with one table of all: 2005..2015",
            zh="一次计算多个考核期并汇总成一张表，如 2005..2015",
        ),
    ] = None,
    engine: Annotated[Literal["polars", "spark"], Text(en="what computes", zh="计算引擎")] = "polars",
    as_of: AsOf = None,
    out: Annotated[
        Path | None,
        Text(en="where the result goes, else BOOK/results", zh="结果目录，默认 考核册/results"),
    ] = None,
    workbook: Annotated[
        bool | None,
        Text(
            en="write results.xlsx, or do not; else as the scheme says, or unless it is too large",
            zh="生成或不生成 results.xlsx；不写则依方案，方案未写则在规模不过大时生成",
        ),
        Parameter(negative="--no-workbook"),
    ] = None,
    force: Annotated[
        bool,
        Text(
            en="write the result into a folder that holds something else; that stays",
            zh="允许将结果写入已有其他内容的文件夹，其他内容予以保留",
        ),
    ] = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print the ranking of `book`, then write its result."""
    from quanheng.usecase.results.assess import (  # noqa: PLC0415  help needs no engine
        folder_for,
        lay_down,
        score_book,
    )

    if rounds is not None:
        from quanheng.cli.results.rounds import score_rounds  # noqa: PLC0415  who scores one round waits for it

        if round is not None:
            raise UsageError(
                "name one round with --round, or several with --rounds, not both",
                "请用 --round 写一个考核期，或用 --rounds 写多个，不要同时使用",
            )
        return score_rounds(
            book,
            rounds=rounds,
            engine=engine,
            as_of=as_of,
            out=out,
            workbook=workbook,
            force=force,
            screen=screen,
        )
    with screen.working(Text(en="scoring", zh="正在计分")):
        result = score_book(book, round=round, as_of=as_of, engine=engine)
    folder = folder_for(result, book, as_of=as_of, out=out, force=force)
    left = _show_now(result, screen)
    with screen.working(Text(en="writing the result", zh="正在写入结果")) as now:
        assessment = lay_down(
            result,
            folder,
            workbook=workbook,
            before_workbook=lambda: now(Text(en="writing results.xlsx", zh="正在生成 results.xlsx")),
            language=screen.language,
            writing=screen.writing("quanheng score", force=force),
        )
    if left is not None:
        raise left
    show_rest(assessment, screen)
    return 0


def _show_now(result: Result, screen: Screen) -> BrokenPipeError | None:
    """Print the ranking before anything is written; a reader who has left is no reason not to write it."""
    try:
        show_ranking(result, screen)
        screen.flush()
    except BrokenPipeError as error:
        return error
    return None
