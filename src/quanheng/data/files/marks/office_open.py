"""The marks of the sheets of an Office Open workbook (`.xlsx`, `.xlsm`), whoever wrote it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Final

from quanheng.data.cells.addresses import column_of
from quanheng.data.files.marks.marks import BUILT_IN_PER_CENT, BrokenMarksError, Cell, Marks, per_cent_of
from quanheng.data.files.marks.scales import Scales, scales_of
from quanheng.data.files.marks.xml import local, number, parse, parser_of
from quanheng.findings.value import Value, field

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_STYLESHEET: Final = "xl/styles.xml"
_DIGITS: Final = "0123456789"
_CELLS: Final = {"c": "c", "v": "v", "is": "v"}
"""Elements of cells as they are handled: what holds a text is a value."""
_NOTHING_SAID: Final = {"": ""}
_TRUE: Final = frozenset({"1", "true"})
_MOST_LETTERS: Final = 3
_MOST_DIGITS: Final = 7
_LONGEST_ERROR: Final = 20


def read_office_open(parts: Mapping[str, bytes]) -> tuple[Marks, ...]:
    """Return the marks of each sheet of an unpacked workbook, in the order in which the workbook lists them.

    Raises:
        BrokenMarksError: a part is no sound XML, or a sheet that is listed is not there.
    """
    found = {name.lower(): part for name, part in parts.items()}
    targets, computes_on_load = _sheets(found)
    styles = _styles(found.get(_STYLESHEET, b""))
    read: list[Marks] = []
    for target in targets:
        if target not in found:
            raise BrokenMarksError
        walk = _Sheet(styles, computes_on_load=computes_on_load)
        read.append(walk.read(found[target]))
    return tuple(read)


def _sheets(parts: Mapping[str, bytes]) -> tuple[list[str], bool]:
    """Return the part of each sheet, and whether the workbook asks to be computed when it is opened."""
    relations: dict[str, str] = {}
    listed: list[str] = []
    asks: list[bool] = []

    def relation(name: str, own: Mapping[str, str]) -> None:
        if local(name) == "Relationship" and "Id" in own:
            relations[own["Id"]] = own.get("Target", "")

    def sheet(name: str, own: Mapping[str, str]) -> None:
        if local(name) == "sheet":
            listed.extend(value for key, value in own.items() if key != "id" and local(key) == "id")
        elif local(name) == "calcPr":
            asks.append(own.get("fullCalcOnLoad", "") in _TRUE)

    parse(parser_of(relation), parts.get(_RELATIONS, b""))
    parse(parser_of(sheet), parts.get(_WORKBOOK, b""))
    return [_part(relations.get(relation, "")) for relation in listed], any(asks)


def _part(target: str) -> str:
    """Return the name of the part that a relation of the workbook leads to."""
    path = target.replace("\\", "/").lower()
    if path.startswith("/"):
        return posixpath.normpath(path[1:])
    return posixpath.normpath(path if path.startswith("xl/") else f"xl/{path}")


class _Styles(Value):
    """The numbers of the cell styles that show per cent, scaled or only written, and of those that divide."""

    scaled: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    divided: Mapping[str, Scales] = field(default_factory=dict)


def _styles(stylesheet: bytes) -> _Styles:
    """Return the cell styles that show another number than is stored."""
    if not stylesheet:
        return _Styles()
    divided: dict[int, Scales] = {}
    formats: dict[int, str] = dict.fromkeys(BUILT_IN_PER_CENT, "scaled")
    styles: list[int] = []
    inside = [""]

    def start(name: str, own: Mapping[str, str]) -> None:
        match local(name):
            case "numFmts" | "cellXfs" | "cellStyleXfs" | "dxfs" as group:
                inside[0] = group
            case "numFmt" if inside[0] == "numFmts":
                code, own_number = own.get("formatCode", ""), number(own.get("numFmtId"), -1)
                formats[own_number] = per_cent_of(code)
                if scales := scales_of(code):
                    divided[own_number] = scales
            case "xf" if inside[0] == "cellXfs":
                styles.append(number(own.get("numFmtId"), 0))

    parse(parser_of(start), stylesheet)
    shown = [formats.get(style, "") for style in styles]
    return _Styles(
        scaled=frozenset(str(number) for number, how in enumerate(shown) if how == "scaled"),
        written=frozenset(str(number) for number, how in enumerate(shown) if how == "written"),
        divided={str(number): divided[style] for number, style in enumerate(styles) if style in divided},
    )


class _Sheet:
    """What is found while a sheet is read."""

    def __init__(self, styles: _Styles, *, computes_on_load: bool) -> None:
        self._styles, self._computes_on_load = styles, computes_on_load
        self._divided: dict[Cell, Scales] = {}
        self._errors: dict[Cell, str] = {}
        self._per_cent: set[Cell] = set()
        self._with_sign: set[Cell] = set()
        self._uncomputed: list[Cell] = []
        self._zeros: list[Cell] = []
        self._formulas = 0
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._is_filtered = False
        self._rows = self._columns = 0
        self._seen: set[str] = set()

    def read(self, sheet: bytes) -> Marks:
        """Return the marks of `sheet`."""
        self._walk(sheet)
        never_computed = self._computes_on_load and len(self._zeros) == self._formulas
        columns = max([self._columns, *(_column_of(letters) + 1 for letters in self._seen)])
        hidden = {n for first, last in self._hidden_columns for n in range(first, min(last, columns))}
        return Marks(
            errors=self._errors,
            per_cent=frozenset(self._per_cent),
            with_sign=frozenset(self._with_sign),
            divided=self._divided,
            uncomputed=tuple(sorted([*self._uncomputed, *(self._zeros if never_computed else ())])),
            hidden_rows=tuple(sorted(self._hidden_rows)),
            hidden_columns=tuple(sorted(hidden)),
            is_filtered=self._is_filtered,
            rows=self._rows,
            columns=columns,
        )

    def _walk(self, sheet: bytes) -> None:  # noqa: C901, PLR0915 - one loop over millions of cells
        """Read `sheet`: what most cells lack is looked at only where it stands.

        A cell says where it is, or follows the one before it. Of a cell that says so, the letters are kept,
        if its row is that of the row around it.
        """
        own: Mapping[str, str] = {}
        row = column = without_row = -1
        rows, row_name = 0, "1"
        styles, seen = self._styles, self._seen
        special = styles.scaled | styles.written
        formula = is_error = has_value = is_hidden = False
        text: list[str] = []

        def start(name: str, attributes: Mapping[str, str]) -> None:
            nonlocal own, column, rows
            if name == "c":
                if formula or is_error:
                    settle()
                if "r" not in attributes:
                    column = 1 + (_here(own, row, column)[1] if own else -1)
                    attributes = attributes or _NOTHING_SAID
                own = attributes
            elif name == "v":
                at = own.get("r", "")
                if not at.endswith(row_name):
                    self._reach(_here(own, row, column))
                else:
                    seen.add(at[:without_row])
                    if row >= rows:
                        rows = row + 1
                if formula or is_hidden or len(own) > 1 or not at:
                    look()
            else:
                begin(local(name), attributes)

        def look() -> None:
            nonlocal is_error, has_value
            has_value, is_error = True, own.get("t") == "e"
            style = own.get("s")
            if is_hidden:
                self._hidden_rows.add(_here(own, row, column)[0])
            if style in special:
                shown = self._per_cent if style in styles.scaled else self._with_sign
                shown.add(_here(own, row, column))
            elif style is not None and style in styles.divided and own.get("t", "n") == "n":
                self._divided[_here(own, row, column)] = styles.divided[style]
            if formula or is_error:
                parser.CharacterDataHandler = text.append

        def begin(kind: str, attributes: Mapping[str, str]) -> None:
            nonlocal own, formula, is_hidden, row, row_name, without_row, column
            if kind in _CELLS:
                start(_CELLS[kind], attributes)
            elif kind == "f":
                formula = True
                parser.CharacterDataHandler = None
            elif kind == "row":
                settle()
                row = number(attributes.get("r"), row + 2) - 1
                row_name = str(row + 1)
                without_row = -len(row_name)
                own, column = {}, -1
                is_hidden = attributes.get("hidden") in _TRUE or attributes.get("ht") == "0"
            elif kind == "col":
                self._tell_columns(attributes)
            elif kind == "filterColumn":
                self._is_filtered = True

        def settle() -> None:
            nonlocal formula, is_error, has_value
            if formula or is_error:
                parser.CharacterDataHandler = None
                is_text = own.get("t") == "str" and has_value
                self._tell(_here(own, row, column), "".join(text).strip(), is_error, formula and not is_text)
                text.clear()
            formula = is_error = has_value = False

        parser = parser_of(start)
        parse(parser, sheet)
        settle()
        self._rows = max(self._rows, rows)

    def _tell(self, here: Cell, text: str, is_error: bool, needs_value: bool) -> None:  # noqa: FBT001 - of one cell
        """Look at a cell with an error, or with a formula that may have no value, once all of it is read."""
        if is_error and text:
            self._errors[here] = text[:_LONGEST_ERROR]
        self._formulas += needs_value
        if needs_value and not text:
            self._reach(here)
            self._uncomputed.append(here)
        elif needs_value and text == "0":
            self._zeros.append(here)

    def _reach(self, here: Cell) -> None:
        self._rows, self._columns = max(self._rows, here[0] + 1), max(self._columns, here[1] + 1)

    def _tell_columns(self, own: Mapping[str, str]) -> None:
        if own.get("hidden") in _TRUE or own.get("width") == "0":
            self._hidden_columns.append((number(own.get("min"), 1) - 1, number(own.get("max"), 1)))


def _here(own: Mapping[str, str], row: int, column: int) -> Cell:
    """Return the row and column of a cell: what it says itself, else `row` and `column`."""
    name = own.get("r")
    if name is None:
        if row < 0 or column < 0:
            raise BrokenMarksError
        return row, column
    letters = name.rstrip(_DIGITS)
    digits = name[len(letters) :]
    if not 0 < len(digits) <= _MOST_DIGITS:
        raise BrokenMarksError
    return int(digits) - 1, _column_of(letters)


def _column_of(letters: str) -> int:
    if not (letters.isascii() and letters.isalpha() and len(letters) <= _MOST_LETTERS):
        raise BrokenMarksError
    return column_of(letters)
