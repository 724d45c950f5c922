"""What people and programs do to a table so that figures change or go: each of it can be seen, and is told.

What of it cannot be seen is `BLIND`: one likely figure for another, or one column under the heading of the
other. Nothing is promised of its scores, only that the program stays sound. So it is for bytes that are
`damaged`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from tests.mutants.chance import Chance
from tests.mutants.kept import Mutation, cell_at, is_number, row_of
from tests.mutants.oddities import BYTES, CELLS, HEADINGS, OTHER_YEARS
from tests.mutants.written import Written

_FACTORS: Final = (1e4, 1e-4, 100.0, 0.01)


def with_a_strange_heading(table: Written, chance: Chance) -> Written:
    at = chance.number(0, len(table.rows[0]) - 1)
    heading = (*table.rows[0][:at], chance.one(HEADINGS), *table.rows[0][at + 1 :])
    return table.with_rows((heading, *table.rows[1:]))


def with_a_strange_cell(table: Written, chance: Chance) -> Written:
    return _with_cell(table, chance, lambda _: chance.one(CELLS))


def with_a_shifted_point(table: Written, chance: Chance) -> Written:
    factor = chance.one(_FACTORS)
    return _with_cell(table, chance, lambda cell: _times(cell, factor))


def with_a_column_in_another_unit(table: Written, chance: Chance) -> Written:
    """Return the table with 万元 for 亿元, in all of a column or in the rows from one on."""
    column, first = _column(table, chance), chance.one((1, row_of(table, chance)))
    factor = chance.one((1e4, 1e-4))
    return _with_column(table, column, first, lambda cell: _times(cell, factor))


def with_per_cent_in_part(table: Written, chance: Chance) -> Written:
    column, first = _column(table, chance), row_of(table, chance)
    return _with_column(table, column, first, lambda cell: f"{cell}%" if is_number(cell) else cell)


def with_a_row_twice(table: Written, chance: Chance) -> Written:
    return table.with_rows((*table.rows, table.rows[row_of(table, chance)]))


def without_a_row(table: Written, chance: Chance) -> Written:
    at = row_of(table, chance)
    return table.with_rows((*table.rows[:at], *table.rows[at + 1 :]))


def without_the_second_half(table: Written, _: Chance) -> Written:
    return table.with_rows(table.rows[: 1 + len(table.rows) // 2])


def without_a_column(table: Written, chance: Chance) -> Written:
    at = chance.number(0, len(table.rows[0]) - 1)
    return table.with_rows(tuple((*row[:at], *row[at + 1 :]) for row in table.rows))


def with_a_short_row(table: Written, chance: Chance) -> Written:
    at = row_of(table, chance)
    return table.with_rows((*table.rows[:at], table.rows[at][:-1], *table.rows[at + 1 :]))


def with_a_long_row(table: Written, chance: Chance) -> Written:
    at = row_of(table, chance)
    return table.with_rows((*table.rows[:at], (*table.rows[at], "7"), *table.rows[at + 1 :]))


def with_a_row_moved_aside(table: Written, chance: Chance) -> Written:
    at = row_of(table, chance)
    return table.with_rows((*table.rows[:at], ("", *table.rows[at]), *table.rows[at + 1 :]))


def with_another_year(table: Written, chance: Chance) -> Written:
    """Return the table with another year in all of its periods, or in those of one row."""
    year, only = chance.one(OTHER_YEARS), row_of(table, chance)
    everywhere = chance.holds(0.5)
    return table.with_rows(
        tuple(
            tuple(cell.replace("2023", year) for cell in row) if everywhere or at == only else row
            for at, row in enumerate(table.rows)
        )
    )


def never_computed(table: Written, _: Chance) -> Written:
    return replace(table, writer="xlsx never computed")


def with_an_unclosed_quote(table: Written, chance: Chance) -> Written:
    at, second = row_of(table, chance), chance.one((None, row_of(table, chance)))

    def struck(content: bytes) -> bytes:
        lines = content.split(b"\n")
        for line in {at, second} - {None}:
            cells = lines[line].split(b",") if line is not None and line < len(lines) else []
            if cells and line is not None:
                cells[len(cells) // 2] = b'"' + cells[len(cells) // 2]
                lines[line] = b",".join(cells)
        return b"\n".join(lines)

    return replace(table, writer="csv").struck(struck)


def in_two_encodings(table: Written, chance: Chance) -> Written:
    """Return the table with its end from a file in another encoding."""
    at, other = row_of(table, chance), chance.one(("gb18030", "utf-16-le", "cp1252", "big5"))

    def struck(content: bytes) -> bytes:
        lines = content.split(b"\n")
        end = b"\n".join(lines[at:]).decode("utf-8", errors="ignore")
        return b"\n".join(lines[:at]) + b"\n" + end.encode(other, errors="ignore")

    return replace(table, writer="csv").struck(struck)


def with_headings_swapped(table: Written, chance: Chance) -> Written:
    first, second = [*chance.some(range(len(table.rows[0])), 2), 0, 0][:2]
    heading = list(table.rows[0])
    heading[first], heading[second] = heading[second], heading[first]
    return table.with_rows((tuple(heading), *table.rows[1:]))


def with_two_cells_swapped(table: Written, chance: Chance) -> Written:
    at = row_of(table, chance)
    row = list(table.rows[at])
    first, second = [*chance.some(range(len(row)), 2), 0, 0][:2]
    if row:
        row[first], row[second] = row[second], row[first]
    return table.with_rows((*table.rows[:at], tuple(row), *table.rows[at + 1 :]))


def with_a_sign_flipped(table: Written, chance: Chance) -> Written:
    return _with_cell(table, chance, lambda cell: _times(cell, -1.0))


def with_a_digit_lost(table: Written, chance: Chance) -> Written:
    return _with_cell(table, chance, lambda cell: cell[1:] or cell)


MEANING_LOST: Final[Mapping[str, Mutation]] = {
    mutation.__name__: mutation
    for mutation in (
        *(with_a_strange_heading, with_a_strange_cell, with_a_shifted_point, with_a_column_in_another_unit),
        *(with_per_cent_in_part, with_a_row_twice, without_a_row, without_the_second_half, without_a_column),
        *(with_a_short_row, with_a_long_row, with_a_row_moved_aside, with_another_year, never_computed),
        *(with_an_unclosed_quote, in_two_encodings),
    )
}
BLIND: Final[Mapping[str, Mutation]] = {
    mutation.__name__: mutation
    for mutation in (with_headings_swapped, with_two_cells_swapped, with_a_sign_flipped, with_a_digit_lost)
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


def with_one_cell(table: Written, chance: Chance) -> Written:
    """Return the table with one number a little greater."""
    return _with_cell(table, chance, lambda cell: _times(cell, 1.07))


def _times(cell: str, factor: float) -> str:
    return f"{float(cell) * factor:.10g}" if is_number(cell) else cell


def _with_column(table: Written, column: int, first: int, changed: Callable[[str], str]) -> Written:
    return table.with_rows(
        tuple(
            (*row[:column], changed(row[column]), *row[column + 1 :])
            if at >= first and column < len(row)
            else row
            for at, row in enumerate(table.rows)
        )
    )


def _column(table: Written, chance: Chance) -> int:
    """Return a column, one of numbers if there is any."""
    numbers = [
        at
        for at in range(len(table.rows[0]))
        if any(is_number(cell_at(row, at)) and "." in cell_at(row, at) for row in table.rows)
    ]
    return chance.one(numbers or range(len(table.rows[0])))


def _with_cell(table: Written, chance: Chance, changed: Callable[[str], str]) -> Written:
    row, column = row_of(table, chance), chance.number(0, len(table.rows[0]) - 1)
    cells = [*table.rows[row], *[""] * (column + 1 - len(table.rows[row]))]
    cells[column] = changed(cells[column])
    return table.with_rows((*table.rows[:row], tuple(cells), *table.rows[row + 1 :]))
