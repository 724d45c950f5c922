"""How every study answers: its sentences, then its tables; on request as files, pictures and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias

from quanheng.cli.parameters import MOST_ROWS
from quanheng.cli.show import Column, Screen
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.study import Study, Table
from quanheng.usecase.studies.lay import draw_study, write_study

StudyFile: TypeAlias = Annotated[
    Path | None, Text(en="a file with the settings of the study", zh="研究设置文件（YAML）")
]
Seed: TypeAlias = Annotated[
    int | None,
    Text(
        en="the seed of the random numbers; by default the file's, or 1",
        zh="随机数种子；默认取文件中的，或 1",
    ),
]
Out: TypeAlias = Annotated[
    Path | None, Text(en="a folder for the tables and the settings", zh="存放各表和设置的文件夹")
]
Pictures: TypeAlias = Annotated[
    Path | None, Text(en="a folder for the charts (svg)", zh="存放图的文件夹（svg）")
]

_ON_SCREEN: Final = 40
"""Rows of a table that a person reads on the screen; `--out` writes all."""
_DIGITS: Final = 6


class Files(Value):
    """Where a study is written to, if anywhere, and whether over what a person made."""

    out: Path | None
    svg: Path | None
    force: bool
    option: str = "--out"
    """What writes all rows, to be told where some are left out."""


def answer(study: Study, screen: Screen, files: Files, *, of: Mapping[str, str]) -> int:
    """Print `study`, write what is wanted of it; `of` says what it is a study of.

    It took long to make: it is printed before anything is written, which may be refused.
    """
    for sentence in study.sentences:
        screen.say(sentence)
    screen.text("")
    for table in study.tables:
        left = show_table(table, screen)
        if left:
            option = files.option
            screen.say(
                Text(en=f"and {left} more; {option} writes all", zh=f"另有{left}行，{option} 可写出全部")
            )
        screen.text("")
    screen.findings(study.findings, answer=False)
    screen.record(_record(study, screen, of))
    screen.flush()
    writing = screen.writing(f"quanheng study {study.name}", force=files.force)
    if files.out is not None:
        write_study(study, files.out, language=screen.language, writing=writing, of=of)
    if files.svg is not None:
        draw_study(study, files.svg, language=screen.language, writing=writing)
    for folder in (files.out, files.svg):
        if folder is not None:
            screen.say(Text(en=f"Written to {folder}", zh=f"已写入 {folder}"))
    return 0


def show_table(table: Table, screen: Screen) -> int:
    """Print the first rows of `table`; return how many are left."""
    rows = table.rows
    columns = [
        Column(
            heading=Text(en=name.replace("_", " "), zh=_short(told.zh)), number=rows.schema[name].is_numeric()
        )
        for name, told in table.columns.items()
    ]
    most = min(_ON_SCREEN, MOST_ROWS)
    decimals = [table.decimals.get(name) for name in table.columns]
    words = [table.words.get(name, {}) for name in table.columns]
    cells = [
        tuple(
            screen.choose(known[value]) if value in known else _cell(value, places)
            for value, places, known in zip(row, decimals, words, strict=True)
        )
        for row in rows.head(most).rows()
    ]
    screen.table(columns, cells, title=screen.choose(table.title))
    return max(0, len(rows) - most)


def _short(told: str) -> str:
    """Return the heading in front of what explains it."""
    return told.split("：", maxsplit=1)[0].split("（", maxsplit=1)[0].rstrip("。")


def _cell(value: Any, decimals: int | None = None) -> str:  # noqa: ANN401  any cell of a table
    match value:
        case None:
            return ""
        case float() if decimals is not None:
            return f"{value:z.{decimals}f}"
        case float():
            return f"{value:z.{_DIGITS}g}"
        case _:
            return str(value)


def _record(study: Study, screen: Screen, of: Mapping[str, str]) -> dict[str, Any]:
    return {
        "study": study.name,
        "of": dict(of),
        "settings": study.settings.model_dump(mode="json", by_alias=True, exclude_none=True),
        "sentences": [screen.choose(sentence) for sentence in study.sentences],
        "tables": {table.name: table.rows.rows(named=True) for table in study.tables},
        "charts": {chart.name: chart.in_language(screen.language) for chart in study.charts},
        "findings": [finding.as_record(screen.language) for finding in study.findings],
    }
