"""`quanheng moves`: what moved each unit between a round and the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

from cyclopts import Parameter

from quanheng.cli.parameters import MOST_ROWS, AsOf, BookPath, Force
from quanheng.cli.show import Column, Screen, number
from quanheng.findings.text import Text
from quanheng.usecase.results.moves import Moved, moved, write_moves

"""More rows than a person reads in a terminal are left to the csv file."""
_NOISE: Final = 5e-7
_DECIMALS: Final = 4
"""What is shown of a score that the scheme does not round."""


def moves(  # noqa: PLR0913  the options of the command
    book: BookPath,
    *,
    round: Annotated[  # noqa: A002  the word of the language
        str | None,
        Text(en="the later round, else the scheme's: 2023-Q3", zh="后一考核期，默认为方案的考核期"),
    ] = None,
    before: Annotated[
        str | None,
        Text(en="the earlier round, else the one before", zh="前一考核期，默认为紧邻的上一期"),
    ] = None,
    unit: Annotated[
        str | None,
        Text(en="every cause of this unit, by code or name", zh="列出该单位的全部原因（代码或名称）"),
    ] = None,
    as_of: AsOf = None,
    csv: Annotated[Path | None, Text(en="write every cause there", zh="把全部原因写入该文件")] = None,
    force: Force = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print how each unit of `book` moved, and what it owes that to."""
    with screen.working(Text(en="comparing two rounds", zh="正在比较两期")):
        found = moved(book, round=round, before=before, unit=unit, as_of=as_of)
    if csv is not None:
        writing = screen.writing("quanheng moves", force=force)
        write_moves(found, csv, language=screen.language, writing=writing)
    if found.unit is None:
        show_everyone(found, screen)
    else:
        show_unit(found, found.unit, screen)
    screen.findings(found.findings, answer=False)
    if csv is not None:
        screen.say(Text(en=f"Written to {csv}", zh=f"已写入 {csv}"))
    if screen.json:
        screen.record(_record(found, screen))
    return 0


def show_everyone(found: Moved, screen: Screen) -> None:
    """Print a table a group: how each unit moved, and what raised and lowered it most."""
    columns = (
        Column(heading=Text(en="place", zh="位次"), number=True),
        Column(heading=Text(en="moved", zh="升降"), number=True),
        Column(heading=Text(en="unit", zh="单位")),
        Column(heading=Text(en="name", zh="名称")),
        Column(heading=Text(en="before", zh="上期"), number=True),
        Column(heading=Text(en="now", zh="本期"), number=True),
        Column(heading=Text(en="change", zh="增减"), number=True),
        Column(heading=Text(en="raised most by", zh="主要增分")),
        Column(heading=Text(en="lowered most by", zh="主要减分")),
    )
    greatest = _greatest(found, screen)
    title = f"{found.moves.before} → {found.moves.after}"
    for group in found.moves.scheme.groups:
        totals = [row for row in found.moves.totals.rows(named=True) if row["group"] == group.code]
        if not totals:
            continue
        several = len(found.moves.scheme.groups) > 1
        named = f"{title}  {group.name.in_language(screen.language)}" if several else title
        rows = [_total(row, found, greatest.get(row["unit"], ("", ""))) for row in totals[:MOST_ROWS]]
        screen.table(columns, rows, title=named)
        screen.text("")


def _total(row: Mapping[str, Any], found: Moved, causes: tuple[str, str]) -> tuple[str, ...]:
    decimals = _decimals(found)
    return (
        str(row["place_after"] or "—"),
        _gained(row["places_gained"]),
        row["unit"],
        row["name"] or "",
        number(row["score_before"], decimals),
        number(row["score_after"], decimals),
        _signed(row["change"], decimals),
        *causes,
    )


def _greatest(found: Moved, screen: Screen) -> dict[str, tuple[str, str]]:
    """Return what raised and what lowered each unit most, with the marks."""
    up: dict[str, Mapping[str, Any]] = {}
    down: dict[str, Mapping[str, Any]] = {}
    for cause in found.moves.causes.iter_rows(named=True):
        unit, change = cause["unit"], cause["change"]
        if change > 0 and (unit not in up or change > up[unit]["change"]):
            up[unit] = cause
        if change < 0 and (unit not in down or change < down[unit]["change"]):
            down[unit] = cause
    decimals, names = _decimals(found), found.names(screen.language)

    def told(cause: Mapping[str, Any] | None) -> str:
        if cause is None:
            return ""
        return f"{names[cause['cause'], cause['node']]} {_signed(cause['change'], decimals)}"

    return {unit: (told(up.get(unit)), told(down.get(unit))) for unit in {*up, *down}}


def show_unit(found: Moved, unit: str, screen: Screen) -> None:
    """Print in words and as a table what moved `unit`."""
    screen.text(found.sentences(screen.language)[unit])
    screen.text("")
    columns = (
        Column(heading=Text(en="cause", zh="原因")),
        Column(heading=Text(en="before", zh="上期"), number=True),
        Column(heading=Text(en="now", zh="本期"), number=True),
        Column(heading=Text(en="change", zh="增减"), number=True),
        Column(heading=Text(en="measure before", zh="上期指标值"), number=True),
        Column(heading=Text(en="now", zh="本期"), number=True),
        Column(heading=Text(en="points before", zh="上期得分（百分制）"), number=True),
        Column(heading=Text(en="now", zh="本期"), number=True),
    )
    causes = [row for row in found.moves.causes.rows(named=True) if row["unit"] == unit]
    if not causes:
        return
    decimals, names = _decimals(found), found.names(screen.language)
    total = next(row for row in found.moves.totals.rows(named=True) if row["unit"] == unit)
    rows = [_cause(row, names[row["cause"], row["node"]], decimals) for row in causes if _is_shown(row)]
    scores = (total["score_before"], total["score_after"])
    last = (*(number(score, decimals) for score in scores), _signed(total["change"], decimals))
    screen.table(columns, [*rows, (screen.choose(Text(en="total", zh="合计")), *last, "", "", "", "")])
    screen.text("")


def _cause(row: Mapping[str, Any], name: str, decimals: int) -> tuple[str, ...]:
    amounts = (number(row["before"], decimals), number(row["after"], decimals))
    details: Sequence[str] = [
        _short(row[detail]) for detail in ("measure_before", "measure_after", "points_before", "points_after")
    ]
    return (name, *amounts, _signed(row["change"], decimals), *details)


def _is_shown(row: Mapping[str, Any]) -> bool:
    """Return whether a cause is one for people: an indicator, or more than the noise of rounding."""
    return bool(row["cause"] == "indicator" or max(abs(row["before"]), abs(row["after"])) > _NOISE)


def _decimals(found: Moved) -> int:
    """Return the decimals of the finest scores there are, so that what is shown adds up."""
    rounding = found.moves.scheme.rounding
    if rounding.shown_scores is None or rounding.shown_total is None:
        return _DECIMALS
    return max(rounding.shown_scores, rounding.shown_total)


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:z.6g}"


def _signed(value: float | None, decimals: int) -> str:
    return "" if value is None else f"{value:+z.{decimals}f}"


def _gained(places: int | None) -> str:
    if places is None:
        return ""
    return "=" if places == 0 else f"{'↑' if places > 0 else '↓'}{abs(places)}"


def _record(found: Moved, screen: Screen) -> dict[str, object]:
    totals = [row for row in found.moves.totals.rows(named=True) if found.unit in {None, row["unit"]}]
    causes: dict[str, list[dict[str, Any]]] = {}
    sentences = found.sentences(screen.language)
    for row in found.table(screen.language).iter_rows(named=True):
        kept = {key: value for key, value in row.items() if key not in _OF_THE_UNIT}
        causes.setdefault(row["unit"], []).append(kept)
    return {
        "scheme": found.moves.scheme.id,
        "before": found.moves.before,
        "after": found.moves.after,
        "units": [
            {
                **row,
                "causes": causes.get(row["unit"], []),
                "sentence": sentences[row["unit"]],
            }
            for row in totals
        ],
        "findings": [finding.as_record(screen.language) for finding in found.findings],
    }


_OF_THE_UNIT: Final = frozenset({"unit", "name", "group", "round_before", "round_after"})
