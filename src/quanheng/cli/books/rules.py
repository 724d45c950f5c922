"""`quanheng rules`: the toolbox."""

from __future__ import annotations

from typing import Annotated, Final

from cyclopts import Parameter

from quanheng.cli.show import Column, Screen, number
from quanheng.findings.text import Text
from quanheng.scheme.fields.key_words import word_of
from quanheng.scheme.toolbox import TOOLS, tool_named
from quanheng.scheme.tools.tool import FAMILIES, Example, Tool

_SHOWN_DECIMALS: Final = 4


def rules(
    name: Annotated[
        str | None,
        Text(en="a rule or method; without it all are listed", zh="规则或方法名；不写则全部列出"),
    ] = None,
    *,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """List the tools, or show one of them and run its examples."""
    if name is None:
        _list(screen)
    else:
        _show(tool_named(name), screen)
    return 0


def _list(screen: Screen) -> None:
    for family, title in FAMILIES.items():
        tools = [tool for tool in TOOLS if tool.family == family]
        screen.table(
            (Column(heading=Text(en="name", zh="名称")), Column(heading=Text(en="what", zh="含义"))),
            [(tool.name, _said(tool.title, screen)) for tool in tools],
            title=screen.choose(title),
        )
        screen.text("")
    screen.say(
        Text(
            en="'quanheng rules NAME' shows one with an example that runs.",
            zh="用“quanheng rules 名称”查看说明和可运行的示例。",
        ),
    )
    screen.record({"tools": [_summary(tool, screen) for tool in TOOLS]})


def _show(tool: Tool, screen: Screen) -> None:
    from quanheng.usecase.books.try_out import try_out  # noqa: PLC0415  the list needs no engine

    screen.text(f"{tool.name}  {_said(tool.title, screen)}\n")
    screen.text(f"  {tool.written}\n")
    screen.text(f"  {screen.choose(tool.formula)}")
    for text in (tool.note, tool.use):
        if _said(text, screen):
            screen.text(f"\n{_said(text, screen)}")
    if tool.options:
        screen.text("")
        _options(tool, screen)
    outcomes = []
    for at, example in enumerate(tool.examples, start=1):
        outcome = try_out(example)
        outcomes.append(outcome)
        _introduce(example, at, screen)
        rows = [
            (each.unit, number(each.points, _SHOWN_DECIMALS), str(each.place or "")) for each in outcome.units
        ]
        if rows:
            screen.table(
                (
                    Column(heading=Text(en="unit", zh="单位")),
                    Column(heading=Text(en="points", zh="得分"), number=True),
                    Column(heading=Text(en="place", zh="位次"), number=True),
                ),
                rows,
            )
        if example.shares:
            screen.table(
                (
                    Column(heading=Text(en="child", zh="下级")),
                    Column(heading=Text(en="weight", zh="权重"), number=True),
                ),
                [(node, number(share, _SHOWN_DECIMALS)) for node, share in outcome.shares],
            )
        screen.findings(outcome.findings, answer=True)
    if tool.sources:
        screen.text("\n" + screen.choose(Text(en="Sources", zh="出处")) + ":")
        for source in tool.sources:
            screen.text(f"  {source}")
    screen.record(
        {
            **_summary(tool, screen),
            "note": _said(tool.note, screen),
            "options": [
                {"name": option.name, "default": option.default, "meaning": _said(option.meaning, screen)}
                for option in tool.options
            ],
            "sources": tool.sources,
            "examples": [
                {
                    "shows": _said(example.shows, screen),
                    "files": example.files,
                    "points": {each.unit: each.points for each in outcome.units},
                    "weights": dict(outcome.shares),
                    "findings": [finding.as_record(screen.language) for finding in outcome.findings],
                }
                for example, outcome in zip(tool.examples, outcomes, strict=True)
            ],
        }
    )


def _options(tool: Tool, screen: Screen) -> None:
    columns = [
        Column(heading=Text(en="option", zh="参数")),
        Column(heading=Text(en="default", zh="默认")),
        Column(heading=Text(en="meaning", zh="含义")),
    ]
    rows = [(option.name, option.default, _said(option.meaning, screen)) for option in tool.options]
    told: list[tuple[str, ...]] = [*rows]
    if screen.language == "zh":
        above = ("rule" if tool.family == "rules" else tool.family, tool.name.partition("-")[0])
        columns.insert(1, Column(heading=Text(en="in a workbook", zh="工作簿中")))
        told = [(name, word_of(name, above), *others) for name, *others in rows]
    screen.table(columns, told)


def _introduce(example: Example, at: int, screen: Screen) -> None:
    screen.text(f"\n{screen.choose(Text(en='Example', zh='示例'))} {at}: {_said(example.shows, screen)}")
    for name, text in example.files.items():
        if name != "units.csv":
            screen.text(f"\n  {name}")
            screen.text("".join(f"    {line}\n" for line in text.splitlines()).rstrip())
    screen.text("")


def _summary(tool: Tool, screen: Screen) -> dict[str, str]:
    return {
        "name": tool.name,
        "family": tool.family,
        "title": _said(tool.title, screen),
        "written": tool.written,
        "formula": _said(tool.formula, screen),
        "use": _said(tool.use, screen),
    }


def _said(text: Text, screen: Screen) -> str:
    return text.in_language(screen.language)
