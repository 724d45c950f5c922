"""What people and programs do to a table while its figures stay the same.

Only how they are written changes, or what stands beside them. The scores are as before, or something is
found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from tests.mutants.chance import Chance
from tests.mutants.oddities import (
    BLANKS,
    CHINESE,
    FEET,
    HEADINGS,
    MEASURES,
    PERIODS,
    SHEETS,
    SUFFIXES,
    TITLES,
    UNITS,
)
from tests.mutants.written import BINARY, Rows, Written

Mutation: TypeAlias = Callable[[Written, Chance], Written]

_ENCODINGS: Final = (
    *("utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "big5", "cp950"),
    *("big5hkscs", "euc-jp", "shift-jis", "utf-32", "utf-7"),
)
_SEPARATORS: Final = (";", "\t", "|", ";", "\t", "|", ":", " ", "，", "、", "\x1f")
_LINE_ENDS: Final = ("\r", "\r\n", "\n\n", "\n\r", "\r\r\n", "\x85", "\u2028", "\x0b")
_WIDE: Final = str.maketrans("0123456789.-+%", "０１２３４５６７８９．－＋％")


def encoded(table: Written, chance: Chance) -> Written:
    return replace(table, writer="csv", encoding=chance.one(_ENCODINGS))


def separated(table: Written, chance: Chance) -> Written:
    return replace(table, writer="csv", separator=chance.one(_SEPARATORS))


def with_decimal_commas(table: Written, chance: Chance) -> Written:
    return replace(
        _each(table, lambda cell: cell.replace(".", ",") if is_number(cell) else cell),
        writer="csv",
        separator=chance.one((";", "\t", ",")),
    )


def ended(table: Written, chance: Chance) -> Written:
    return replace(table, writer="csv", line_end=chance.one(_LINE_ENDS))


def quoted(table: Written, _: Chance) -> Written:
    return replace(table, writer="csv", all_quoted=True)


def in_a_workbook(table: Written, chance: Chance) -> Written:
    return replace(table, writer=chance.one(BINARY))


def in_a_named_sheet(table: Written, chance: Chance) -> Written:
    return replace(table, writer=chance.one(BINARY), sheet=chance.one(SHEETS))


def beside_another_sheet(table: Written, chance: Chance) -> Written:
    others: tuple[Rows, ...] = ((), (("填报说明",), ("一、按季填报。",)), table.rows, table.rows[:1])
    return replace(table, writer="xlsx", more_sheets=((f"other {chance.one(SHEETS)}", chance.one(others)),))


def with_hidden_rows(table: Written, chance: Chance) -> Written:
    hidden = chance.some(range(1, len(table.rows)), 3)
    return replace(table, writer="xlsx", hidden=frozenset(hidden))


def with_a_hidden_column(table: Written, chance: Chance) -> Written:
    return replace(table, writer="xlsx", hidden_columns=frozenset({_column(table, chance)}))


def called_otherwise(table: Written, chance: Chance) -> Written:
    return replace(table, ends_in=chance.one(SUFFIXES))


def with_a_mark_in_the_middle(table: Written, chance: Chance) -> Written:
    """Return the table as two files are that were put together: a byte order mark stands before a row."""
    at = chance.number(0, len(table.rows) - 1)

    def marked(content: bytes) -> bytes:
        lines = content.split(b"\n")
        return b"\n".join((*lines[:at], b"\xef\xbb\xbf" + b"\n".join(lines[at:])))

    return replace(table, writer="csv").struck(marked)


def shuffled(table: Written, chance: Chance) -> Written:
    return table.with_rows((*table.rows[:1], *chance.some(table.rows[1:], len(table.rows) - 1)))


def with_columns_moved(table: Written, chance: Chance) -> Written:
    width = len(table.rows[0])
    order = chance.some(range(width), width)
    return table.with_rows(tuple(tuple(cell_at(row, column) for column in order) for row in table.rows))


def with_a_title(table: Written, chance: Chance) -> Written:
    lines = tuple((chance.one(TITLES),) for _ in range(chance.number(1, 3)))
    titled = table.with_rows((*lines, *table.rows))
    if chance.holds(0.3):
        return replace(titled, writer="xlsx", merged=((0, 0, 0, max(1, len(table.rows[0]) - 1)),))
    return titled


def with_a_foot(table: Written, chance: Chance) -> Written:
    return table.with_rows((*table.rows, *chance.some(FEET, chance.number(1, 3))))


def with_a_total_inside(table: Written, chance: Chance) -> Written:
    at = row_of(table, chance)
    return table.with_rows((*table.rows[:at], chance.one(FEET[:4]), *table.rows[at:]))


def with_blank_rows(table: Written, chance: Chance) -> Written:
    at = chance.number(0, len(table.rows))
    return table.with_rows((*table.rows[:at], ("",) * len(table.rows[0]), *table.rows[at:]))


def with_a_blank_column(table: Written, chance: Chance) -> Written:
    at = chance.number(0, len(table.rows[0]))
    return table.with_rows(tuple((*row[:at], "", *row[at:]) for row in table.rows))


def with_the_heading_again(table: Written, chance: Chance) -> Written:
    at = row_of(table, chance)
    return table.with_rows((*table.rows[:at], table.rows[0], *table.rows[at:]))


def with_a_heading_above(table: Written, chance: Chance) -> Written:
    """Return the table with a merged or blank row above its headings."""
    width = len(table.rows[0])
    first = chance.number(0, width - 1)
    last = chance.number(first, width - 1)
    above = tuple("主要指标" if column == first else "" for column in range(width))
    merged = ((0, first, 0, last),) if last > first else ()
    return replace(table.with_rows((above, *table.rows)), writer="xlsx", merged=merged)


def with_a_row_of_measures(table: Written, chance: Chance) -> Written:
    """Return the table with a row below its headings that names the measuring units, mostly those meant."""
    row = tuple(chance.one(MEASURES.get(heading, ("",))) for heading in table.rows[0])
    return table.with_rows((table.rows[0], row, *table.rows[1:]))


def with_measures_in_headings(table: Written, chance: Chance) -> Written:
    heading = tuple(
        f"{cell}（{chance.one(MEASURES[cell])}）" if cell in MEASURES else cell for cell in table.rows[0]
    )
    return table.with_rows((heading, *table.rows[1:]))


def in_chinese(table: Written, _: Chance) -> Written:
    return _each(table, lambda cell: CHINESE.get(cell, cell))


def with_periods_spelled(table: Written, chance: Chance) -> Written:
    spelling = chance.one(PERIODS)
    return _each(table, lambda cell: spelled(cell, spelling))


def with_periods_mixed(table: Written, chance: Chance) -> Written:
    return _each(table, lambda cell: spelled(cell, chance.one(PERIODS)) if chance.holds(0.3) else cell)


def with_units_named(table: Written, chance: Chance) -> Written:
    chosen = {code: chance.one(names) for code, names in UNITS.items()}
    return _each(table, lambda cell: chosen.get(cell, cell))


def with_units_mixed(table: Written, chance: Chance) -> Written:
    return _each(table, lambda cell: chance.one(UNITS[cell]) if cell in UNITS and chance.holds(0.3) else cell)


def with_full_width(table: Written, chance: Chance) -> Written:
    part = chance.one((0.1, 1.0))
    return _each(table, lambda cell: cell.translate(_WIDE) if chance.holds(part) else cell)


def with_blanks_around(table: Written, chance: Chance) -> Written:
    blank = chance.one(BLANKS)
    return _each(table, lambda cell: chance.one((f"{blank}{cell}", f"{cell}{blank}", cell)))


def with_numbers_otherwise(table: Written, chance: Chance) -> Written:
    how = chance.one(("+{0}", "{0}00", "{1:e}", "0{0}", "'{0}", "{1:,.4f}", '="{0}"', "{1:.2f} "))
    return _each(
        table, lambda cell: how.format(cell, float(cell)) if "." in cell and is_number(cell) else cell
    )


def with_a_strange_column(table: Written, chance: Chance) -> Written:
    cells = (chance.one(HEADINGS), *[chance.one(("", "x", "12", "备注")) for _ in table.rows[1:]])
    at = chance.number(0, len(table.rows[0]))
    return table.with_rows(
        tuple((*row[:at], cell, *row[at:]) for row, cell in zip(table.rows, cells, strict=True))
    )


def turned(table: Written, _: Chance) -> Written:
    width = max(map(len, table.rows))
    return table.with_rows(tuple(tuple(cell_at(row, at) for row in table.rows) for at in range(width)))


def in_the_long_form(table: Written, chance: Chance) -> Written:
    """Return a table of a unit, a period and items with a row for each figure."""
    if table.rows[0][:2] != ("unit", "period"):
        return table
    rows = [
        (heading, *row[:2], cell)
        for row in table.rows[1:]
        for heading, cell in zip(table.rows[0][2:], row[2:], strict=False)
    ]
    return table.with_rows((chance.one((("item", "unit", "period", "value"),)), *rows))


def with_periods_across(table: Written, _: Chance) -> Written:
    """Return a table of a unit, a period and items with a row for each item and unit."""
    if table.rows[0][:2] != ("unit", "period"):
        return table
    periods = sorted({cell_at(row, 1) for row in table.rows[1:]})
    figures = {
        (row[0], heading, cell_at(row, 1)): cell
        for row in table.rows[1:]
        for heading, cell in zip(table.rows[0][2:], row[2:], strict=False)
    }
    lines = dict.fromkeys((unit, item) for unit, item, _ in figures)
    rows = [(*line, *[figures.get((*line, period), "") for period in periods]) for line in lines]
    return table.with_rows((("unit", "item", *periods), *rows))


MEANING_KEPT: Final[Mapping[str, Mutation]] = {
    mutation.__name__: mutation
    for mutation in (
        *(encoded, separated, with_decimal_commas, ended, quoted, in_a_workbook, in_a_named_sheet),
        *(beside_another_sheet, with_hidden_rows, with_a_hidden_column, called_otherwise),
        *(with_a_mark_in_the_middle, shuffled, with_columns_moved, with_a_title, with_a_foot),
        *(with_a_total_inside, with_blank_rows, with_a_blank_column, with_the_heading_again),
        *(with_a_heading_above, with_a_row_of_measures, with_measures_in_headings, in_chinese),
        *(with_periods_spelled, with_periods_mixed, with_units_named, with_units_mixed, with_full_width),
        *(with_blanks_around, with_numbers_otherwise, with_a_strange_column, turned, in_the_long_form),
        with_periods_across,
    )
}


def spelled(cell: str, spelling: str) -> str:
    """Return a quarter in another spelling, and any other cell as it is."""
    year, _, quarter = cell.partition("-Q")
    if quarter not in set("1234"):
        return cell
    number = int(quarter)
    facts = {"y": year, "s": year[2:], "q": number, "c": "一二三四"[number - 1], "m": 3 * number}
    return spelling.format(**facts)


def row_of(table: Written, chance: Chance) -> int:
    """Return the number of a row below the heading, if there is one."""
    return chance.number(min(1, len(table.rows) - 1), len(table.rows) - 1)


def cell_at(row: tuple[str, ...], column: int) -> str:
    """Return a cell, nothing where the row ends before."""
    return row[column] if column < len(row) else ""


def is_number(text: str) -> bool:
    """Return whether the text is a number in digits, with a point or without."""
    return text.isascii() and text.replace(".", "", 1).removeprefix("-").isdigit()


def _column(table: Written, chance: Chance) -> int:
    return chance.number(0, max(0, len(table.rows[0]) - 1))


def _each(table: Written, changed: Callable[[str], str]) -> Written:
    return table.with_rows(tuple(tuple(map(changed, row)) for row in table.rows))
