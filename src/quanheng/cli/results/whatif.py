"""`quanheng whatif`: who would move, how far and why, if some things were otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, Force, OnlyUnits, Round
from quanheng.cli.show import Screen
from quanheng.cli.study.answer import Files, Pictures, answer
from quanheng.findings.text import Text
from quanheng.studies.whatif.question import Question
from quanheng.usecase.studies.lay import origin_of
from quanheng.usecase.studies.whatif import pairs_of, what_if, write_moved


def whatif(  # noqa: PLR0913  the options of the command
    book: BookPath,
    *,
    set: Annotated[  # noqa: A002  the word of the command
        tuple[str, ...],
        Text(
            en="another figure: ITEM@UNIT=V for the round, ITEM@UNIT@PERIOD=V as reported",
            zh="改数据：数据项@单位=值（本期），或 数据项@单位@期间=值（报送值）",
        ),
    ] = (),
    weight: Annotated[
        tuple[str, ...],
        Text(
            en="another weight: NODE=W or NODE@GROUP=W; its siblings keep theirs",
            zh="改权重：节点=值，或 节点@分组=值；同级其他节点不变",
        ),
    ] = (),
    without: Annotated[
        tuple[str, ...],
        Text(en="leave a node out; its siblings have its weight", zh="去掉节点，其权重归同级"),
    ] = (),
    rule: Annotated[
        tuple[str, ...],
        Text(
            en="another rule: INDICATOR=RULE, as in a scheme: 'growth=scale: {worst: 0, best: 10}'",
            zh="改规则：指标=规则，写法同方案，如 '增速=scale: {worst: 0, best: 10}'",
        ),
    ] = (),
    target: Annotated[
        tuple[str, ...],
        Text(en="another target: INDICATOR@UNIT=V for the round", zh="改目标：指标@单位=值（本期）"),
    ] = (),
    scheme: Annotated[
        Path | None,
        Text(en="score the same book by this scheme (.yaml)", zh="用这一方案（.yaml）计分"),
    ] = None,
    round: Round = None,  # noqa: A002  the word of the language
    unit: OnlyUnits = (),
    as_of: AsOf = None,
    csv: Annotated[
        Path | None,
        Text(en="write what each change does to each unit there", zh="把每项改动对各单位的影响写入该文件"),
    ] = None,
    svg: Pictures = None,
    force: Force = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print who moves, how far, and what each change does; no result is written."""
    question = Question(
        set=dict(pairs_of(set, "ITEM@UNIT=V")),
        weight=dict(pairs_of(weight, "NODE=W")),
        without=without,
        rule=dict(pairs_of(rule, "INDICATOR=RULE")),
        target=dict(pairs_of(target, "INDICATOR@UNIT=V")),
    )
    with screen.working(Text(en="scoring both", zh="正在计分")):
        found, asked = what_if(book, question, scheme=scheme, round=round, units=unit, as_of=as_of)
    if csv is not None:
        write_moved(found, csv, writing=screen.writing("quanheng whatif", force=force))
    code = answer(found, screen, Files(out=None, svg=svg, force=force, option="--csv"), of=origin_of(asked))
    if csv is not None:
        screen.say(Text(en=f"Written to {csv}", zh=f"已写入 {csv}"))
    return code
