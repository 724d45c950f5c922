"""The tables of a study's page: its settings, and the tables it writes with what stands in each column."""

from __future__ import annotations

from functools import cache
from typing import Final

from quanheng.data.load import load
from quanheng.examples import path_of_example
from quanheng.findings.text import Language
from quanheng.studies.catalogue import STUDIES
from quanheng.studies.study import Study

_EXAMPLE: Final = "hdi-2022"
_COMMON: Final = frozenset({"quanheng", "study"})
"""Keys that every study file has."""


def settings_rows(name: str, language: Language) -> list[tuple[str, str, str]]:
    """Return a row for each setting of a study: its key, its default, its meaning."""
    form = STUDIES[name].form
    defaults = form.model_validate({}).model_dump(mode="json", by_alias=True)
    return [
        (f"`{key}`", f"`{_written(defaults[key])}`", text.in_language(language))
        for key, text in form.meanings().items()
        if key not in _COMMON
    ]


def table_rows(name: str, language: Language) -> list[tuple[str, str, str]]:
    """Return a row for each column of each table that a study writes."""
    return [
        (f"`{table.name}.csv`" if place == 0 else "", f"`{column}`", text.in_language(language))
        for table in _study(name).tables
        for place, (column, text) in enumerate(table.columns.items())
    ]


@cache
def _study(name: str) -> Study:
    entry = STUDIES[name]
    return entry.run(load(path_of_example(_EXAMPLE)), entry.form.model_validate({}))


def _written(value: object) -> str:
    match value:
        case list():
            return f"[{', '.join(_written(part) for part in value)}]"
        case dict():
            return "{}"
        case float():
            return f"{value:g}"
        case _:
            return str(value)
