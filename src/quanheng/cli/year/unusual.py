"""`quanheng unusual`: reports to ask about before they are accepted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, Force, OnlyUnits
from quanheng.cli.show import Column, Screen
from quanheng.findings.text import Text
from quanheng.usecase.year.unusual import Warned, warn, write_reports

if TYPE_CHECKING:
    from quanheng.data.book.frames import Frame

_MOST_SHOWN: Final = 200
"""More than a person reads on a terminal are left to the csv file."""
_CSV: Final = Text(en="--csv FILE writes them all", zh="用 --csv 写出全部")
_SIGNS: Final = {
    "magnitude": Text(en="another magnitude", zh="数量级不同"),
    "fall": Text(en="cumulative figure falls", zh="累计数下降"),
    "jump": Text(en="jump", zh="突变"),
    "against": Text(en="moves against all others", zh="与其他单位走势相反"),
    "copy": Text(en="carried forward", zh="沿用旧数"),
    "landing": Text(en="lands on its target again and again", zh="屡屡恰好达标"),
}


def unusual(  # noqa: PLR0913  the options of the command
    book: BookPath,
    *,
    at: Annotated[
        str,
        Text(en="the period whose reports are looked at: 2023-06", zh="查看哪个期间的报送数据，如 2023-06"),
    ],
    unit: OnlyUnits = (),
    false_alarms: Annotated[
        bool,
        Text(
            en="how often each sign was raised in earlier periods", zh="各类信号在此前各期的触发率（误报率）"
        ),
    ] = False,
    as_of: AsOf = None,
    csv: Annotated[Path | None, Text(en="write the reports there", zh="把异常数据写入该文件")] = None,
    force: Force = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print the reports of a period that show a sign of being wrong, each with its evidence."""
    with screen.working(Text(en="looking at reports", zh="正在查看报送数据")):
        warned = warn(book, at=at, units=unit, as_of=as_of, with_alarms=false_alarms)
    if csv is not None:
        writing = screen.writing("quanheng unusual", force=force)
        write_reports(warned.unusual, csv, language=screen.language, writing=writing)
    show_unusual(warned, screen)
    if csv is not None:
        screen.say(Text(en=f"Written to {csv}", zh=f"已写入 {csv}"))
    screen.record(_record(warned, screen))
    return 0


def show_unusual(warned: Warned, screen: Screen, *, most: int = _MOST_SHOWN, rest: Text = _CSV) -> None:
    """Print the first reports with their evidence, where the `rest` is, and what was looked for."""
    found = warned.unusual
    for finding in found.findings[:most]:
        screen.text(finding.text(screen.language))
    left = len(found.findings) - most
    if left > 0:
        screen.say(Text(en=f"… and {left} more: {rest.en}", zh=f"……另有 {left} 条：{rest.zh}"))
    count = len(found.findings)
    screen.say(
        Text(
            en=f"{count} unusual report{'' if count == 1 else 's'} among "
            f"{found.figures} figures of {found.at}",
            zh=f"{found.at} 的 {found.figures} 个数据中，{count} 个需要核实",
        ),
    )
    looked = [(screen.choose(_SIGNS[name]), times) for name, times in found.looked.items()]
    screen.say(
        Text(
            en="Looked for: " + ", ".join(f"{word} in {times}" for word, times in looked),
            zh="检查：" + "，".join(f"{word} {times} 个" for word, times in looked),
        ),
    )
    if warned.alarms is not None:
        screen.text("")
        _show_alarms(warned.alarms, screen)


def _show_alarms(alarms: Frame, screen: Screen) -> None:
    screen.table(
        (
            Column(heading=Text(en="sign", zh="信号")),
            Column(heading=Text(en="looked at", zh="检查次数"), number=True),
            Column(heading=Text(en="raised", zh="触发次数"), number=True),
            Column(heading=Text(en="rate", zh="触发率"), number=True),
        ),
        [
            (
                screen.choose(_SIGNS[row["sign"]]),
                str(row["looked"]),
                str(row["seen"]),
                "" if row["rate"] is None else f"{100 * row['rate']:z.2f}%",
            )
            for row in alarms.iter_rows(named=True)
        ],
        title=screen.choose(
            Text(
                en="Earlier periods (false alarms, where their figures were right)",
                zh="此前各期（如数据均属实，即为误报）",
            )
        ),
    )


def _record(warned: Warned, screen: Screen) -> dict[str, object]:
    found = warned.unusual
    record: dict[str, object] = {
        "at": found.at,
        "figures": found.figures,
        "looked": dict(found.looked),
        "unusual": found.described(screen.language).rows(named=True),
    }
    if warned.alarms is not None:
        record["false_alarms"] = warned.alarms.rows(named=True)
    return record
