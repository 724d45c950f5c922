"""The rows of a table that the scheme chooses by `where`: one of several populations in one file."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from quanheng.data.cells.numbers import IS_UNREADABLE, read_numbers
from quanheng.data.tables.headings import plain
from quanheng.data.tables.table import ROW, Table, texts_of
from quanheng.data.telling.names import Nearness, shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind
from quanheng.scheme.formulas.tree import (
    Comparison,
    ComparisonSign,
    Expression,
    Formula,
    Logic,
    Name,
    Negated,
    Not,
    Number,
    OneOf,
    Words,
    names_in,
)
from quanheng.scheme.reading.choosing import chooses_rows

NO_SUCH_COLUMN: Final = Kind(
    code="QH697",
    severity="error",
    en="the condition of the scheme asks for the column {column!r}, which this table does not have{near}",
    zh="方案的条件用到“{column}”列，但该表没有{near}",
    hint_en="correct the condition under 'files', or the heading",
    hint_zh="请更正文件读取（files）中的条件，或更正表头",
)
NO_ROW_CHOSEN: Final = Kind(
    code="QH698",
    severity="error",
    en="no row of this table meets {condition!r}",
    zh="该表没有一行符合“{condition}”",
    hint_en="compare the words of the condition with those in the cells",
    hint_zh="请核对条件中的文字与单元格中的文字",
)
NO_NUMBER_TO_COMPARE: Final = Kind(
    code="QH699",
    severity="error",
    en="{text!r} is no number, and the condition {condition!r} compares it with one",
    zh="“{text}”不是数字，而条件“{condition}”要与数字比较",
    hint_en="correct the cell, or ask the condition of words in quotes",
    hint_zh="请更正单元格，或在条件中用引号写文字",
)


def with_rows_chosen(table: Table, collector: Collector) -> Table | None:
    """Return `table` with the rows that meet the condition of its file; None and a finding where that fails.

    A comparison with an empty cell is false; `== ''` asks whether it is empty. Texts are compared as they
    stand, without blanks around them.
    """
    where = table.reading.where
    if where is None or not chooses_rows(where.tree):
        return table
    columns = _columns_of(table)
    near = Nearness(table.headings)
    missing = [name for name in names_in(where.tree) if plain(name) not in columns]
    for name in missing:
        collector.add(NO_SUCH_COLUMN.at(table.location(1), column=shown(name), **near.facts(name)))
    if missing:
        return None
    cells = {
        name: texts_of(table.body[str(columns[plain(name)])]).alias(name) for name in names_in(where.tree)
    }
    for name in sorted(_compared_with_numbers(where.tree)):
        cells[name] = _numbers(table, columns[plain(name)], cells[name], where, collector)
    rows = pl.DataFrame([cells[name] for name in cells])
    met = rows.select(_met(where.tree).alias("met"))["met"]
    if not met.any():
        collector.add(NO_ROW_CHOSEN.at(table.location(1), condition=where.brief))
        return None
    return table.with_body(table.body.filter(met))


def _numbers(table: Table, column: int, cells: pl.Series, where: Formula, collector: Collector) -> pl.Series:
    """Return `cells` as numbers; one that is none is told."""
    meant = read_numbers(cells)
    wrong = table.body.select(ROW).with_columns(text=cells).filter(meant["state"] == IS_UNREADABLE)
    collector.tell(
        NO_NUMBER_TO_COMPARE,
        wrong,
        lambda row: table.location(row[ROW], column),
        lambda row: {"text": shown(row["text"]), "condition": where.brief},
    )
    return meant["number"].alias(cells.name)


def _columns_of(table: Table) -> Mapping[str, int]:
    """Return the number of each column, by its heading or the key of its kind, as headings are compared."""
    columns = {plain(heading): column for column, heading in enumerate(table.headings) if heading}
    return {plain(key): column for key, column in table.known.items()} | columns


def _compared_with_numbers(tree: Expression) -> set[str]:
    match tree:
        case Logic(_, left, right):
            return _compared_with_numbers(left) | _compared_with_numbers(right)
        case Not(operand):
            return _compared_with_numbers(operand)
        case Comparison(_, Name(), Words()) | Comparison(_, Words(), Name()):
            return set()
        case Comparison(_, Name(name), _) | Comparison(_, _, Name(name)):
            return {name}
        case OneOf(Name(name), choices):
            return set() if isinstance(choices[0], Words) else {name}
        case _:
            return set()


def _met(tree: Expression) -> pl.Expr:
    """Return whether a row meets `tree`, a condition that `chooses_rows`; never null."""
    match tree:
        case Logic("and", left, right):
            return _met(left) & _met(right)
        case Logic(_, left, right):
            return _met(left) | _met(right)
        case Not(operand):
            return ~_met(operand)
        case OneOf(operand, choices):
            return pl.any_horizontal(_met(Comparison("==", operand, choice)) for choice in choices)
        case Comparison(sign, left, right) if not isinstance(left, Name):
            return _met(Comparison(_TURNED[sign], right, left))
        case Comparison(sign, Name(name), Words("")):
            empty = pl.col(name).is_null()
            return empty if sign == "==" else ~empty
        case Comparison(sign, Name(name), constant):
            return _SIGNS[sign](pl.col(name), pl.lit(_constant(constant))).fill_null(value=False)
        case _:
            return pl.lit(value=False)


def _constant(tree: Expression) -> str | float:
    match tree:
        case Words(text):
            return text
        case Number(value):
            return value
        case Negated(Number(value)):
            return -value
        case _:
            return ""


_TURNED: Final[Mapping[ComparisonSign, ComparisonSign]] = {
    "==": "==",
    "!=": "!=",
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
}
_SIGNS: Final[Mapping[str, Callable[[pl.Expr, pl.Expr], pl.Expr]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
