"""Open data of a result: for spreadsheets, for programs, and with its meaning and licence beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Final

import narwhals as nw

from quanheng.documents.compose.open_data import Holds, OpenData, open_data
from quanheng.documents.subject import Subject
from quanheng.documents.tables.csv import write_csv_table
from quanheng.documents.tables.record import HASH
from quanheng.engine.frame.tables import small_table
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.text import Text
from quanheng.findings.visible import json_text
from quanheng.usecase.documents.making import File, Setting, named

NO_LICENCE: Final = Kind(
    code="QH839",
    severity="note",
    en="no licence is stated: nobody knows what may be done with the data",
    zh="未写明使用许可：他人无从知道可以怎样使用这些数据",
    hint_en="write one into the words file (licence)",
    hint_zh="请在用语文件中写明使用许可（licence）",
)
_KINDS: Final[dict[Holds, type[nw.dtypes.DType]]] = {
    "text": nw.String,
    "number": nw.Float64,
    "whole": nw.Int64,
}


def data_as_csv(subject: Subject, setting: Setting) -> Iterator[File]:  # noqa: ARG001  every maker takes it
    """Yield the table as csv with a byte order mark, texts inert."""
    yield File(name=named("data", "csv", subject), fill=partial(_write_csv, open_data(subject)))


def data_as_parquet(subject: Subject, setting: Setting) -> Iterator[File]:  # noqa: ARG001  the same
    """Yield the table as Parquet, its columns of the kinds that they hold."""
    yield File(name=named("data", "parquet", subject), fill=partial(_write_parquet, open_data(subject)))


def data_as_json(subject: Subject, setting: Setting) -> Iterator[File]:  # noqa: ARG001  the same
    """Yield the table as JSON: the licence, the round, what each column means in both languages, the rows."""
    name = named("data", "json", subject)
    yield File(name=name, fill=partial(_write_json, subject, open_data(subject)))


def _table(data: OpenData) -> nw.DataFrame[Any]:
    columns = {column.name: [row[number] for row in data.rows] for number, column in enumerate(data.columns)}
    return small_table(columns, {column.name: _KINDS[column.holds]() for column in data.columns})


def _write_csv(data: OpenData, target: Path) -> tuple[Finding, ...]:
    write_csv_table(_table(data), target)
    return ()


def _write_parquet(data: OpenData, target: Path) -> tuple[Finding, ...]:
    _table(data).write_parquet(target)
    return ()


def _write_json(subject: Subject, data: OpenData, target: Path) -> tuple[Finding, ...]:
    scheme, licence = subject.result.scheme, subject.words.licence
    told = {
        "title": _both(scheme.title),
        "round": subject.result.round,
        "licence": _both(licence),
        "issued_by": _both(subject.words.issued_by),
        "result": str(subject.record.get(HASH, "")),
        "columns": [
            {"name": column.name, "holds": column.holds, **_both(column.meaning)} for column in data.columns
        ],
        "units": [dict(zip((column.name for column in data.columns), row, strict=True)) for row in data.rows],
    }
    target.write_text(f"{json_text(told)}\n", encoding="utf-8", newline="")
    return () if licence.zh or licence.en else (NO_LICENCE.at(Location(file=target.name)),)


def _both(text: Text) -> dict[str, str]:
    """Return a text in both languages: one that is said in one alone stands for the other, too."""
    return asdict(Text(zh=text.in_language("zh"), en=text.in_language("en")))
