"""Every finding speaks Chinese: an English word stands only behind the Chinese one, in brackets."""

from __future__ import annotations

import re
from typing import Final

import pytest
from tools.finding_kinds import declared_kinds

from quanheng.findings.finding import Kind, Location
from quanheng.findings.text import Text

_WORD: Final = re.compile(r"[A-Za-z_]{2,}")
_IN_BRACKETS: Final = re.compile(r"（[a-z][\x20-\x7e…]*）")
_PLACE_HOLDER: Final = re.compile(r"\{\{%p [^{}]+%\}\}|\{\{\{\{p? ?[^{}]+ \}\}\}\}")
"""What is typed into a template of Word, as the wording has it before its facts are filled in."""
_FACT: Final = re.compile(r"\{\w+(?:![rs])?\}(?:_growth)?")
_COMMAND: Final = re.compile(
    r"quanheng [a-z]+(?: [a-z]+)?|--[a-z-]+(?: [a-z]+|=\S+)?|\b\w+/(?:\{\w+\})?(?:\.\w+)?|\w+\.\w+"
)
_ALLOWED: Final = frozenset(
    {
        "csv",
        "xlsx",
        "xls",
        "xlsm",
        "xlsb",
        "ods",
        "et",
        "CSV",
        "UTF",
        "YAML",
        "PostgreSQL",
        "Excel",
        "WPS",
        "MiB",
        "GB",
        "Parquet",
        "Word",
        "docx",
    }
    | {"parquet", "Copeland", "BOD", "sep", "unit", "name", "group", "quanheng"}
)
"""Names of files, programs and methods that have no other; the headings of units.csv."""


@pytest.mark.parametrize("kind", [kind for _, _, kind in declared_kinds()], ids=lambda kind: kind.code)
def test_a_finding_has_no_english_word_by_itself(kind: Kind) -> None:
    for text in (kind.zh, kind.hint_zh):
        bare = _FACT.sub("", _COMMAND.sub("", _IN_BRACKETS.sub("", _PLACE_HOLDER.sub("", text))))
        assert set(_WORD.findall(bare)) <= _ALLOWED, text


def test_a_workbook_is_not_told_the_words_of_yaml() -> None:
    kind = Kind(
        code="QH999",
        severity="error",
        en="{key}",
        zh="{key}不能是{value}",
        hint_en="",
        hint_zh="改方向（direction）",
    )
    facts = {"key": Text(en="kind", zh="数据类型（kind）"), "value": "甲（abc）"}

    in_yaml = kind.at(Location(file="scheme.yaml", line=3), **facts)
    in_a_book = kind.at(Location(file="book.xlsx", sheet="数据项", cell="C2"), **facts)

    assert (in_yaml.message("zh"), in_yaml.hint("zh")) == (
        "数据类型（kind）不能是甲（abc）",
        "改方向（direction）",
    )
    assert (in_a_book.message("zh"), in_a_book.hint("zh")) == ("数据类型不能是甲（abc）", "改方向")
