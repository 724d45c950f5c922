"""What people and programs do to a table: each mutation takes a table and gives another one.

A mutation of `MEANING_KEPT` changes only how the same figures are written, or what stands beside them; one of
`MEANING_LOST` changes or removes a figure in a way that can be seen. After either the scores are as before,
or something is found. `damaged` strikes blindly, also into digits: nothing is promised of the scores.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from tests.mutants.book import Written
from tests.mutants.chance import Chance
from tests.mutants.oddities import BYTES, CELLS, FEET, HEADINGS, PERIODS, TITLES, UNITS

Mutation: TypeAlias = Callable[[Written, Chance], Written]

_ENCODINGS: Final = ("utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "cp1252", "big5")
_SEPARATORS: Final = (";", "\t", "|")
_LINE_ENDS: Final = ("\r", "\r\n", "\n\n", "\n\r")
_FACTORS: Final = (1e4, 1e-4, 100.0, 0.01, -1.0)


def encoded(table: Written, chance: Chance) -> Written:
    return replace(table, writer="csv", encoding=chance.one(_ENCODINGS))


def separated(table: Written, chance: Chance) -> Written:
    return replace(table, writer="csv", separator=chance.one(_SEPARATORS))


def with_decimal_commas(table: Written, chance: Chance) -> Written:
    rows = tuple(
        tuple(cell.replace(".", ",") if _is_number(cell) else cell for cell in row) for row in table.rows
    )
    return replace(table, writer="csv", separator=chance.one((";", "\t", ",")), rows=rows)


def ended(table: Written, chance: Chance) -> Written:
    return replace(table, writer="csv", line_end=chance.one(_LINE_ENDS))


def quoted(table: Written, _: Chance) -> Written:
    return replace(table, writer="csv", all_quoted=True)


def in_a_workbook(table: Written, chance: Chance) -> Written:
    return replace(table, writer=chance.one(("xlsx", "xlsx of texts")))


def with_hidden_rows(table: Written, chance: Chance) -> Written:
    hidden = chance.some(range(1, len(table.rows)), 3)
    return replace(table, writer="xlsx", hidden=frozenset(hidden))


def shuffled(table: Written, chance: Chance) -> Written:
    return table.with_rows((table.rows[0], *chance.some(table.rows[1:], len(table.rows) - 1)))


def with_columns_moved(table: Written, chance: Chance) -> Written:
    width = len(table.rows[0])
    order = chance.some(range(width), width)
    return table.with_rows(tuple(tuple(_at(row, column) for column in order) for row in table.rows))


def with_a_title(table: Written, chance: Chance) -> Written:
    lines = tuple((chance.one(TITLES),) for _ in range(chance.number(1, 3)))
    return table.with_rows((*lines, *table.rows))


def with_a_foot(table: Written, chance: Chance) -> Written:
    return table.with_rows((*table.rows, *chance.some(FEET, chance.number(1, 3))))


def with_blank_rows(table: Written, chance: Chance) -> Written:
    at = chance.number(0, len(table.rows))
    return table.with_rows((*table.rows[:at], ("",) * len(table.rows[0]), *table.rows[at:]))


def with_periods_spelled(table: Written, chance: Chance) -> Written:
    spelling = chance.one(PERIODS)

    def spelled(cell: str) -> str:
        year, _, quarter = cell.partition("-Q")
        if not quarter:
            return cell
        number = int(quarter)
        facts = {"y": year, "s": year[2:], "q": number, "c": "一二三四"[number - 1], "m": 3 * number}
        return spelling.format(**facts)

    return table.with_rows(tuple(tuple(map(spelled, row)) for row in table.rows))


def with_units_named(table: Written, chance: Chance) -> Written:
    chosen = {code: chance.one(names) for code, names in UNITS.items()}
    return table.with_rows(tuple(tuple(chosen.get(cell, cell) for cell in row) for row in table.rows))


def with_a_strange_column(table: Written, chance: Chance) -> Written:
    cells = (chance.one(HEADINGS), *[chance.one(("", "x", "12", "备注")) for _ in table.rows[1:]])
    at = chance.number(0, len(table.rows[0]))
    return table.with_rows(
        tuple((*row[:at], cell, *row[at:]) for row, cell in zip(table.rows, cells, strict=True))
    )


def turned(table: Written, _: Chance) -> Written:
    width = max(map(len, table.rows))
    return table.with_rows(tuple(tuple(_at(row, column) for row in table.rows) for column in range(width)))


def with_a_strange_heading(table: Written, chance: Chance) -> Written:
    at = chance.number(0, len(table.rows[0]) - 1)
    heading = (*table.rows[0][:at], chance.one(HEADINGS), *table.rows[0][at + 1 :])
    return table.with_rows((heading, *table.rows[1:]))


def with_a_strange_cell(table: Written, chance: Chance) -> Written:
    return _with_cell(table, chance, lambda _: chance.one(CELLS))


def with_a_shifted_point(table: Written, chance: Chance) -> Written:
    factor = chance.one(_FACTORS)
    return _with_cell(table, chance, lambda cell: f"{float(cell) * factor:g}" if _is_number(cell) else cell)


def with_a_row_twice(table: Written, chance: Chance) -> Written:
    return table.with_rows((*table.rows, chance.one(table.rows[1:])))


def without_a_row(table: Written, chance: Chance) -> Written:
    at = _row(table, chance)
    return table.with_rows((*table.rows[:at], *table.rows[at + 1 :]))


def without_a_column(table: Written, chance: Chance) -> Written:
    at = chance.number(0, len(table.rows[0]) - 1)
    return table.with_rows(tuple((*row[:at], *row[at + 1 :]) for row in table.rows))


def with_a_short_row(table: Written, chance: Chance) -> Written:
    at = _row(table, chance)
    return table.with_rows((*table.rows[:at], table.rows[at][:-1], *table.rows[at + 1 :]))


def with_a_long_row(table: Written, chance: Chance) -> Written:
    at = _row(table, chance)
    return table.with_rows((*table.rows[:at], (*table.rows[at], "7"), *table.rows[at + 1 :]))


MEANING_KEPT: Final[Mapping[str, Mutation]] = {
    mutation.__name__: mutation
    for mutation in (
        encoded,
        separated,
        with_decimal_commas,
        ended,
        quoted,
        in_a_workbook,
        with_hidden_rows,
        shuffled,
        with_columns_moved,
        with_a_title,
        with_a_foot,
        with_blank_rows,
        with_periods_spelled,
        with_units_named,
        with_a_strange_column,
        turned,
    )
}
MEANING_LOST: Final[Mapping[str, Mutation]] = {
    mutation.__name__: mutation
    for mutation in (
        with_a_strange_heading,
        with_a_strange_cell,
        with_a_shifted_point,
        with_a_row_twice,
        without_a_row,
        without_a_column,
        with_a_short_row,
        with_a_long_row,
    )
}


def damaged(content: bytes, chance: Chance) -> bytes:
    """Return `content` with a few bytes overwritten, put in, cut out or cut off."""
    for _ in range(chance.number(1, 4)):
        at = chance.number(0, len(content))
        piece = chance.one((chance.bytes(chance.number(1, 6)), chance.one(BYTES)))
        match chance.number(0, 3):
            case 0:
                content = content[:at] + piece + content[at + len(piece) :]
            case 1:
                content = content[:at] + piece + content[at:]
            case 2:
                content = content[:at] + content[at + chance.number(1, 40) :]
            case _:
                content = content[:at] if chance.holds(0.3) else content
    return content


def _row(table: Written, chance: Chance) -> int:
    return chance.number(1, len(table.rows) - 1)


def _with_cell(table: Written, chance: Chance, changed: Callable[[str], str]) -> Written:
    row, column = _row(table, chance), chance.number(0, len(table.rows[0]) - 1)
    cells = [*table.rows[row], *[""] * (column + 1 - len(table.rows[row]))]
    cells[column] = changed(cells[column])
    return table.with_rows((*table.rows[:row], tuple(cells), *table.rows[row + 1 :]))


def _at(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()
