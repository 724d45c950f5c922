"""A study as a value: what was asked, its finding in sentences, its tables, charts and settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding
from quanheng.findings.showing import Shows
from quanheng.findings.text import Text
from quanheng.findings.value import Value, field
from quanheng.studies.charts.chart import Chart
from quanheng.studies.form import StudyForm


class Table(Value, Shows):
    """A table of a study: its rows, and what stands in each column.

    `name` is the file it is written to, without `.csv`. `columns` are those of `rows`, in order. No cell is
    NaN or infinite: what there is no number for is null. `decimals` says of columns whose numbers add up how
    many decimals they have: they are then shown with all of them. `words` say of columns of codes how people
    read these.
    """

    name: str
    title: Text
    columns: Mapping[str, Text]
    rows: nw.DataFrame[Any]
    decimals: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """See that the rows have the columns that are described."""
        if tuple(self.rows.columns) != tuple(self.columns):
            raise ValueError(f"{self.name}: {self.rows.columns} are not {list(self.columns)}")


class Study(Value, Shows):
    """What one study of a book found out.

    `sentences` say it in words, the most important first; `tables` and `charts` show it. `settings` are all
    that it ran with, defaults and seed written out: run with them again it gives the same. `findings` are
    notes and warnings on the way.
    """

    name: str
    title: Text
    settings: StudyForm
    sentences: tuple[Text, ...]
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __getitem__(self, name: str) -> nw.DataFrame[Any]:
        """Return the rows of the table that is called `name`.

        Raises:
            UsageError: there is no such table.
        """
        for table in self.tables:
            if table.name == name:
                return table.rows
        names = ", ".join(table.name for table in self.tables)
        raise UsageError(f"there is no table {name!r}, only {names}", f"没有“{name}”表，只有：{names}")

    def __str__(self) -> str:
        """Return the sentences."""
        return "\n".join(sentence.in_language("en") for sentence in self.sentences)
