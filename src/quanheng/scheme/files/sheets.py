"""A scheme as the sheets of a workbook: one row a group, item, node, tier, award, ledger and campaign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from quanheng.findings.finding import Finding, FindingsError, Kind, Location
from quanheng.findings.nearest import suggestion
from quanheng.scheme.fields.lines import Locations, Path
from quanheng.scheme.files.read import Written, document_from
from quanheng.scheme.files.sheet_names import (
    BOTH_NAMES,
    CODE,
    PARENT,
    RECORDS,
    SCHEME,
    SHEET_NAMES,
    heading,
    is_text,
    path_of,
)
from quanheng.scheme.files.yaml_lines import read_yaml
from quanheng.scheme.files.yaml_writing import flow
from quanheng.scheme.tree.document import Document

Cell: TypeAlias = str | float | int | bool | None
Rows: TypeAlias = Sequence[Sequence[Cell]]
_KEYED: Final = ("groups", "items", "ledgers", "campaigns")
_LANGUAGES: Final = frozenset({"zh", "en"})
_SPREAD: Final = frozenset({"weight", "states"})
_FIRST: Final = (CODE, PARENT, "name", "weight", "groups", "measure", "rule")
"""The columns a person looks for first stand first."""


def write_scheme_sheets(document: Document) -> dict[str, list[list[Cell]]]:
    """Return the sheets of `document` by their Chinese names, each a list of rows, the first its headings.

    `read_scheme_sheets` gives an equal document.
    """
    plain: dict[str, Any] = document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    sheets = {SCHEME: _scheme_rows(plain)}
    for name in _KEYED:
        records = [{CODE: code, **record} for code, record in plain.get(name, {}).items()]
        sheets[name] = _table(name, records, (CODE,))
    nodes = list(_node_records(plain["indicators"], ""))
    sheets["indicators"] = _table("indicators", nodes, (CODE, PARENT))
    for name in ("tiers", "awards"):
        sheets[name] = _table(name, plain.get(name, []), ("name",))
    return {SHEET_NAMES[name]: sheets[name] for name in (SCHEME, *RECORDS) if len(sheets[name]) > 1}


def is_scheme_sheet(name: str) -> bool:
    """Return whether a sheet of this name belongs to the scheme."""
    return name.strip() in BOTH_NAMES


def read_scheme_sheets(sheets: Mapping[str, Rows], *, file: str) -> Written:
    """Return the document the scheme's sheets mean; other sheets are passed over.

    Raises:
        FindingsError: with all that is wrong, each with its sheet and cell.
    """
    reader = _Reader(file)
    for name, rows in sheets.items():
        part = BOTH_NAMES.get(name.strip())
        if part == SCHEME:
            reader.read_scheme(name, rows)
        elif part is not None:
            reader.read_records(part, name, rows)
    reader.hang_nodes()
    if reader.findings:
        raise FindingsError(tuple(reader.findings))
    locations = Locations(file=file, others=reader.others)
    return Written(document=document_from(reader.value, locations), locations=locations)


CODE_TWICE_IN_SHEET: Final = Kind(
    code="QH151",
    severity="error",
    en="the code '{code}' stands twice on this sheet",
    zh="编码“{code}”在本表出现两次",
    hint_en="give one of the two rows another code, or delete it",
    hint_zh="请为其中一行换一个编码，或删去一行",
)
ROW_WITHOUT_CODE: Final = Kind(
    code="QH152",
    severity="error",
    en="this row has no code",
    zh="本行没有编码",
    hint_en="fill in the column 'code' (编码)",
    hint_zh="请填写“编码”列",
)
PARENT_UNKNOWN: Final = Kind(
    code="QH153",
    severity="error",
    en="the node '{code}' hangs below '{parent}', which is no node",
    zh="节点“{code}”的上级“{parent}”不存在",
    hint_en="write the code of a row of this sheet, or nothing for the first level; {suggest}",
    hint_zh="请填写本表中某一行的编码，第一级指标留空；{suggest}",
)
PARENTS_IN_A_CIRCLE: Final = Kind(
    code="QH154",
    severity="error",
    en="the node '{code}' hangs below '{parent}', which hangs below it in turn",
    zh="节点“{code}”与上级“{parent}”互为上下级，形成循环",
    hint_en="let one node of the circle hang below another, or leave its parent empty",
    hint_zh="请改正其中一个节点的上级编码，或将其留空",
)
CELL_BESIDE_ITS_PARTS: Final = Kind(
    code="QH155",
    severity="error",
    en="'{key}' has a value of its own and parts in other columns",
    zh="“{key}”既有自己的内容，又在其他列中分项填写",
    hint_en="keep one of the two",
    hint_zh="请只保留一种写法",
)


class _Reader:
    """What has been read of the sheets so far, and where it stood."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.value: dict[str, Any] = {}
        self.others: dict[Path, Location] = {}
        self.findings: list[Finding] = []
        self._nodes: list[tuple[dict[str, Any], Location, dict[Path, Location]]] = []

    def read_scheme(self, sheet: str, rows: Rows) -> None:
        """Read the sheet of keys and values."""
        for number, row in enumerate(rows[1:], start=2):
            key = _text(row[0]) if row else ""
            if not key:
                continue
            path = path_of(key)
            location = Location(file=self.file, sheet=sheet, cell=f"B{number}")
            self._put(self.value, path, row[1] if len(row) > 1 else None, location, SCHEME)
            self.others[path] = location

    def read_records(self, part: str, sheet: str, rows: Rows) -> None:
        """Read a sheet with a row for each record."""
        if not rows:
            return
        paths = [path_of(_text(cell)) if _text(cell) else () for cell in rows[0]]
        for number, row in enumerate(rows[1:], start=2):
            if all(_text(cell) == "" for cell in row):
                continue
            record: dict[str, Any] = {}
            cells: dict[Path, Location] = {}
            for index, (path, cell) in enumerate(zip(paths, row, strict=False)):
                location = Location(file=self.file, sheet=sheet, cell=f"{_letters(index)}{number}")
                if path and _text(cell) != "":
                    self._put(record, path, cell, location, part)
                    cells[path] = location
            self._keep(part, record, Location(file=self.file, sheet=sheet, cell=f"A{number}"), cells)

    def hang_nodes(self) -> None:
        """Hang every node below the one its row names; the order of rows is the order of the scheme."""
        known: dict[str, dict[str, Any]] = {}
        ways: dict[str, Path] = {}
        waiting = list(self._nodes)
        top: dict[str, Any] = {}
        while waiting:
            ready = [entry for entry in waiting if entry[0].get(PARENT, "") in ("", *known)]
            if not ready:
                self._strangers(waiting, [str(entry[0].get(CODE, "")) for entry in self._nodes])
                break
            waiting = [entry for entry in waiting if all(entry is not other for other in ready)]
            for record, location, cells in ready:
                code, parent = str(record.pop(CODE)), str(record.pop(PARENT, ""))
                siblings = known[parent].setdefault("children", {}) if parent else top
                way: Path = (*ways[parent], "children", code) if parent else ("indicators", code)
                if code in siblings or code in known:
                    self.findings.append(CODE_TWICE_IN_SHEET.at(location, code=code))
                    continue
                siblings[code] = known[code] = record
                ways[code] = way
                self.others[way] = location
                self.others.update({(*way, *path): cell for path, cell in cells.items()})
        if top:
            self.value["indicators"] = top

    def _strangers(
        self, waiting: Sequence[tuple[dict[str, Any], Location, object]], codes: list[str]
    ) -> None:
        """Name the parents that are no node, or all that hang on each other in a circle."""
        unknown = [entry for entry in waiting if entry[0][PARENT] not in codes]
        for record, location, _ in unknown or waiting:
            parent, code = str(record[PARENT]), str(record.get(CODE, ""))
            kind = PARENT_UNKNOWN if unknown else PARENTS_IN_A_CIRCLE
            self.findings.append(kind.at(location, code=code, parent=parent, **suggestion(parent, codes)))

    def _keep(
        self, part: str, record: dict[str, Any], location: Location, cells: dict[Path, Location]
    ) -> None:
        if part in ("tiers", "awards"):
            listed = self.value.setdefault(part, [])
            self._remember((part, len(listed)), location, cells)
            listed.append(record)
        elif CODE not in record:
            self.findings.append(ROW_WITHOUT_CODE.at(location))
        elif part == "indicators":
            self._nodes.append((record, location, cells))
        else:
            code = str(record.pop(CODE))
            if code in self.value.setdefault(part, {}):
                self.findings.append(CODE_TWICE_IN_SHEET.at(location, code=code))
            self._remember((part, code), location, cells)
            self.value[part][code] = record

    def _remember(self, way: Path, location: Location, cells: Mapping[Path, Location]) -> None:
        self.others[way] = location
        self.others.update({(*way, *path): cell for path, cell in cells.items()})

    def _put(
        self, record: dict[str, Any], path: tuple[str, ...], cell: Cell, location: Location, part: str
    ) -> None:
        """Put the value of a cell at `path`."""
        for key in path[:-1]:
            below = record.setdefault(key, {})
            if not isinstance(below, dict):
                self.findings.append(CELL_BESIDE_ITS_PARTS.at(location, key=key))
                return
            record = below
        if isinstance(record.get(path[-1]), dict):
            self.findings.append(CELL_BESIDE_ITS_PARTS.at(location, key=path[-1]))
            return
        record[path[-1]] = self._value(part, path[0], cell, location)

    def _value(self, part: str, key: str, cell: Cell, location: Location) -> Any:  # noqa: ANN401 - any YAML value
        if isinstance(cell, bool) or not isinstance(cell, str):
            return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
        if is_text(part, key):
            return cell
        try:
            value, _ = read_yaml(cell, file="")
        except FindingsError as error:
            self.findings.extend(Finding(kind=f.kind, where=location, facts=f.facts) for f in error.findings)
            return cell
        return value


def _scheme_rows(plain: Mapping[str, Any]) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[heading(("key",)), heading(("value",))]]
    for key, value in plain.items():
        if key in RECORDS:
            continue
        if isinstance(value, dict) and value:
            rows.extend([heading((key, part)), _cell(SCHEME, key, below)] for part, below in value.items())
        else:
            rows.append([heading((key,)), _cell(SCHEME, key, value)])
    return rows


def _node_records(nodes: Mapping[str, Any], parent: str) -> Iterator[dict[str, Any]]:
    for code, node in nodes.items():
        own = {key: value for key, value in node.items() if key != "children"}
        yield {CODE: code, **({PARENT: parent} if parent else {}), **own}
        yield from _node_records(node.get("children", {}), code)


def _table(part: str, records: Sequence[Mapping[str, Any]], first: tuple[str, ...]) -> list[list[Cell]]:
    flat = [dict(_spread(record)) for record in records]
    found = dict.fromkeys([(key,) for key in first] + [path for record in flat for path in record])
    paths = sorted(found, key=lambda path: _FIRST.index(path[0]) if path[0] in _FIRST else len(_FIRST))
    body = [
        [_cell(part, path[0], record[path]) if path in record else None for path in paths] for record in flat
    ]
    return [[heading(path, part) for path in paths], *body]


def _spread(record: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in record.items():
        # a column for each language of a label, for each group's weight, and for what is said of states
        if isinstance(value, dict) and value and (key in _SPREAD or value.keys() <= _LANGUAGES):
            yield from (((key, part), below) for part, below in value.items())
        else:
            yield (key,), value


def _cell(part: str, key: str, value: Any) -> Cell:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return value if is_text(part, key) else flow(value)
    return value if isinstance(value, float | int) else flow(value)


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def _letters(index: int) -> str:
    """Return the letters of the column `index`, counted from 0: A, B, … Z, AA."""
    index, last = divmod(index, 26)
    return (_letters(index - 1) if index else "") + chr(ord("A") + last)
