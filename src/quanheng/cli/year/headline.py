"""`quanheng headline`: total, growth and share of a place among its peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from quanheng.cli.parameters import Force
from quanheng.cli.show import Column, Screen, number
from quanheng.data.writing.writing import Writing
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Text
from quanheng.insight.headline.headline import PUBLISHED
from quanheng.usecase.output import write_picture
from quanheng.usecase.year.headline import Asked, Told, headlines, write_headlines

_PER_CENT = 100.0
_SHOWN = 50
_AROUND = 2
"""How many rows of a long table are shown, and how many on each side of the place told about."""


def headline(  # noqa: PLR0913  the options of the command
    source: Annotated[
        Path,
        Text(
            en="a book, or a table of figures (unit, year, indicator, value, growth)",
            zh="考核册，或数据表（单位、年份、指标、数值、增速）",
        ),
    ],
    *,
    unit: Annotated[
        str | None, Text(en="the place that is told about in sentences", zh="要成文说明的单位")
    ] = None,
    item: Annotated[
        tuple[str, ...],
        Text(
            en="the figure to compare; by default all that have published growth beside them",
            zh="要比较的数据项，默认为所有附有公布增速的数据项",
        ),
    ] = (),
    round: Annotated[  # noqa: A002  the word of the language
        str | None, Text(en="another round than the scheme's", zh="方案以外的考核期")
    ] = None,
    group: Annotated[
        str | None,
        Text(en="the group of peers, else the unit's", zh="同类地区所在分组，默认取该单位的分组"),
    ] = None,
    within: Annotated[
        str | None,
        Text(
            en="only peers with the unit's value of this attribute: city",
            zh="只与该属性相同的单位比较，如“所属市”",
        ),
    ] = None,
    whole: Annotated[
        str | None,
        Text(en="the area of which the peers are parts", zh="各单位所属的整体，如全市"),
    ] = None,
    csv: Annotated[Path | None, Text(en="write the table there", zh="把表写入该文件")] = None,
    svg: Annotated[
        Path | None,
        Text(en="draw the chart of one item there", zh="把一个数据项的图画入该文件"),
    ] = None,
    force: Force = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print the headline figures; fractions in csv and json, per cent in the table."""
    asked = Asked(items=item, unit=unit, round=round, group=group, within=within, whole=whole)
    with screen.working(Text(en="comparing", zh="正在比较")):
        found = headlines(source, asked)
    writing = screen.writing("quanheng headline", force=force)
    if svg is not None:
        _draw(found, svg, screen, writing)
    if csv is not None:
        write_headlines(found, csv, screen.language, writing)
    for told in found:
        _show(told, screen)
    findings = tuple({one.text("en"): one for told in found for one in told.headline.findings}.values())
    screen.findings(findings, answer=False)
    screen.record(
        {
            "headlines": [_record(told, screen) for told in found],
            "findings": [finding.as_record(screen.language) for finding in findings],
        }
    )
    return 0


def _draw(found: Sequence[Told], file: Path, screen: Screen, writing: Writing) -> None:
    if len(found) != 1:
        raise UsageError(
            "a picture shows one item of one group; name them with --item and --group",
            "一幅图只画一个分组的一个数据项，请用 --item 和 --group 指定",
        )
    write_picture(found[0].picture(screen.language), file, writing)


def _record(told: Told, screen: Screen) -> dict[str, object]:
    one = told.headline
    return {
        "item": one.item,
        "name": one.name.in_language(screen.language),
        "period": one.period,
        "measured_in": one.measured_in,
        "scope": one.scope,
        "peers": one.peers.in_language(screen.language),
        "whole": one.whole.name if one.whole else None,
        "rows": told.records(screen.language),
        "sentences": [text.in_language(screen.language) for text in told.sentences],
        "chart": told.chart(screen.language),
    }


def _show(told: Told, screen: Screen) -> None:
    one = told.headline
    measured = f" {one.measured_in}" if one.measured_in else ""
    columns = (
        Column(heading=Text(en="place", zh="位次"), number=True),
        Column(heading=Text(en="change", zh="变化"), number=True),
        Column(heading=Text(en="unit", zh="单位")),
        Column(heading=Text(en=f"total{measured}", zh=f"总量{measured}"), number=True),
        Column(heading=Text(en="growth %", zh="增速%"), number=True),
        Column(heading=Text(en="basis", zh="依据")),
        Column(heading=Text(en="lead", zh="领先平均"), number=True),
        Column(heading=Text(en="share %", zh="占比%"), number=True),
        Column(heading=Text(en="change", zh="变化"), number=True),
        Column(heading=Text(en="to draw level %", zh="追平上一位%"), number=True),
    )
    rows = one.rows.rows(named=True)
    shown = _worth_showing(rows, told.unit)
    screen.table(columns, [_cells(row, screen) for row in shown], title=told.title(screen.language))
    if len(rows) > len(shown):
        more = len(rows) - len(shown)
        screen.say(Text(en=f"and {more} more; --csv writes all", zh=f"另有{more}个，--csv 可写出全部"))
    for text in told.sentences:
        screen.text(text.in_language(screen.language))
    screen.text("")


def _worth_showing(rows: Sequence[Mapping[str, Any]], unit: str | None) -> list[Mapping[str, Any]]:
    """Return the first of many rows, and those around the place that is told about."""
    if len(rows) <= _SHOWN:
        return list(rows)
    at = next((number for number, row in enumerate(rows) if row["unit"] == unit), -_SHOWN)
    return [row for number, row in enumerate(rows) if number < _SHOWN or abs(number - at) <= _AROUND]


def _cells(row: Mapping[str, Any], screen: Screen) -> tuple[str, ...]:
    gained = row["places_gained"]
    return (
        str(row["place"] or "—"),
        "" if gained is None else f"{gained:+d}" if gained else "0",
        row["name"],
        number(row["value"], 2),
        _per_cent(row["growth"]),
        _basis(row["growth_basis"], screen),
        _signed(row["lead"]),
        _per_cent(row["share"]),
        _signed(row["share_change"]),
        _per_cent(row["needed"]),
    )


def _basis(basis: str | None, screen: Screen) -> str:
    if basis is None:
        return ""
    return screen.choose(
        Text(en="published", zh="公布") if basis == PUBLISHED else Text(en="levels", zh="两年总量")
    )


def _per_cent(fraction: float | None) -> str:
    return "" if fraction is None else number(_PER_CENT * fraction, 2)


def _signed(fraction: float | None) -> str:
    return "" if fraction is None else f"{_PER_CENT * fraction:+z.2f}"
