"""References inside formulas: written once for a column, turned into addresses for each row.

A formula of a column is a text in which references stand as tokens, such as `here("measure|growth")` for "the
measure of growth of the unit in this row". `Addresses` knows where every column, statistic and weight
stands and renders the text for the rows of a group, as it is seen from a sheet: its own cells need no sheet
name. Within a group only the number of the row differs, so a formula is rendered once for all its rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from quanheng.documents.workbook.formulas.rows import Rows
from quanheng.findings.patterns import linear
from quanheng.scheme.tree.scheme import Scheme

_OPEN, _PART, _CLOSE, _ROW = "\x01", "\x02", "\x03", "\x04"
_TOKEN: Final = linear(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}", why="the marks are put in by us")
EVERYONE: Final = "*"
"""The pool of all units, where an indicator is compared `within: all`."""


def here(key: str) -> str:
    """Return the reference to the cell of the column `key` in the row of the formula."""
    return _token("here", key)


def group_span(key: str) -> str:
    """Return the reference to the column `key` over the rows of the unit's group."""
    return _token("group", key)


def whole_span(key: str) -> str:
    """Return the reference to the column `key` over the rows of all units."""
    return _token("all", key)


def ranking_span(key: str, scheme: Scheme) -> str:
    """Return the reference to the column `key` over the rows of the unit's ranking."""
    return whole_span(key) if scheme.ranks_all else group_span(key)


def over_all_units(reference: str) -> str:
    """Return the reference to the whole column of which `reference` is the cell in the row of the formula.

    Examples:
        >>> over_all_units(here("item|gdp")) == whole_span("item|gdp")
        True
    """
    return reference.replace(f"{_OPEN}here{_PART}", f"{_OPEN}all{_PART}")


def over_the_group(reference: str) -> str:
    """Return the reference to the rows of the unit's group in the column of which `reference` is the cell.

    Examples:
        >>> over_the_group(here("item|gdp")) == group_span("item|gdp")
        True
    """
    return reference.replace(f"{_OPEN}here{_PART}", f"{_OPEN}group{_PART}")


def across(first: str, last: str) -> str:
    """Return the reference to the columns `first` to `last` in the row of the formula."""
    return _token("across", first, last)


def block(first: str, last: str) -> str:
    """Return the reference to the columns `first` to `last` over the rows of the unit's group."""
    return _token("block", first, last)


def in_row(key: str, row: int) -> str:
    """Return the reference to the cell of the column `key` in the stated row."""
    return _token("row", key, str(row))


def by_group(key: str) -> str:
    """Return the reference to what stands under `key` for the unit's group (a weight, a statistic)."""
    return _token("by_group", key)


def fits_a_cell(formula: str) -> bool:
    """Return whether Excel takes `formula`: at most 8,192 signs, and functions in functions 64 deep.

    Examples:
        >>> fits_a_cell("IF(A1>0,1,0)"), fits_a_cell("(" * 70 + "A1" + ")" * 70)
        (True, False)
    """
    literals, tokens = _taken_apart(formula)
    depth = deepest = 0
    for literal in literals:
        for sign in literal:
            depth += (sign == "(") - (sign == ")")
            deepest = max(deepest, depth)
    length = sum(len(literal) for literal in literals) + _LONGEST_ADDRESS * len(tokens)
    return deepest <= _DEEPEST and length <= _LONGEST_FORMULA


@dataclass(slots=True)
class Addresses:
    """Where everything stands: columns with a row a unit, and cells with one value a group.

    `columns` maps a key to its sheet's name and its column letter; `cells` maps a key and a group (or
    `EVERYONE`) to a sheet's name, column letter and row.
    """

    rows: Rows
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)
    cells: dict[tuple[str, str], tuple[str, str, int]] = field(default_factory=dict)

    def rendered(self, formula: str, *, group: str, sheet: str) -> tuple[str, ...]:
        """Return `formula` with its references as addresses, in pieces between which the row's number goes.

        It stands for the units of `group`, seen from `sheet`; `"5".join(pieces)` is the formula in row 5.
        """
        literals, tokens = _taken_apart(formula)
        parts = [literals[0]]
        for token, literal in zip(tokens, literals[1:], strict=True):
            parts.append(self._address(token, group, sheet))
            parts.append(literal)
        return tuple("".join(parts).split(_ROW))

    def rendered_for(self, formula: str, *, group: str, sheet: str) -> str:
        """Return `formula` rendered for a cell that stands for `group` (or `EVERYONE`), not for a unit."""
        (whole,) = self.rendered(formula, group=group, sheet=sheet)
        return whole

    def _address(self, token: tuple[str, ...], group: str, sheet: str) -> str:
        kind, key, *more = token
        if kind == "by_group":
            return self._of_group(key, group, sheet)
        where, letter = self.columns[key]
        match kind:
            case "here":
                address = f"${letter}{_ROW}"
            case "row":
                address = f"${letter}${more[0]}"
            case "across":
                address = f"${letter}{_ROW}:${self.columns[more[0]][1]}{_ROW}"
            case "all":
                address = _span(letter, letter, self.rows.all)
            case "group":
                address = _span(letter, letter, self._rows_of(group))
            case _:
                address = _span(letter, self.columns[more[0]][1], self._rows_of(group))
        return address if where == sheet else f"'{where}'!{address}"

    def _rows_of(self, group: str) -> range:
        return self.rows.all if group == EVERYONE else self.rows.groups[group]

    def _of_group(self, key: str, group: str, sheet: str) -> str:
        # what is compared among all units stands once, for everyone
        where, letter, row = self.cells.get((key, EVERYONE)) or self.cells[key, group]
        address = f"${letter}${row}"
        return address if where == sheet else f"'{where}'!{address}"


_DEEPEST = 60
_LONGEST_FORMULA = 8_000
_LONGEST_ADDRESS = 36


def _span(first: str, last: str, rows: range) -> str:
    return f"${first}${rows.start}:${last}${rows.stop - 1}"


def _token(*parts: str) -> str:
    return f"{_OPEN}{_PART.join(parts)}{_CLOSE}"


def _taken_apart(formula: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    pieces = _TOKEN.split(formula)
    return tuple(pieces[::2]), tuple(tuple(piece.split(_PART)) for piece in pieces[1::2])
