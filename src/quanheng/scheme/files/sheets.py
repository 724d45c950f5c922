"""The sheets of a workbook → a scheme: one row a group, item, node, tier, award, ledger and so on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from quanheng.findings.finding import Finding, FindingsError, Kind, Location
from quanheng.findings.nearest import suggestion
from quanheng.scheme.fields.lines import Locations, Path
from quanheng.scheme.fields.told import told_key
from quanheng.scheme.files.names_for_codes import replace_names
from quanheng.scheme.files.notation.reading import Plain, Reader
from quanheng.scheme.files.notation.writing import Cell
from quanheng.scheme.files.read import Loaded, Written, document_from, loaded_from
from quanheng.scheme.files.sheet_codes import Rows, code_from, codes_in, labels_of, names_of, text_of
from quanheng.scheme.files.sheet_names import (
    BOTH_NAMES,
    CAMPAIGN,
    CODE,
    COLUMN,
    GUIDE,
    LEDGER,
    NEXT,
    OWN_COLUMNS,
    PARENT,
    PATHS,
    SCHEME,
    STATE,
    path_of,
)

_Record: TypeAlias = dict[str, Any]
_Cells: TypeAlias = dict[Path, Location]
_LISTED: Final = {
    "tiers": ("tiers",),
    "lower": ("lower",),
    "awards": ("awards",),
    "adjustment_rules": ("adjustments", "rules"),
}
"""The sheets whose rows make a list."""
_HANGING: Final = ("ledger_fields", "ledger_states", "milestones")
"""The sheets whose rows belong to one of another sheet."""


def is_scheme_sheet(name: str) -> bool:
    """Return whether a sheet of this name belongs to the scheme."""
    return name.strip() in BOTH_NAMES


def is_guide(name: str) -> bool:
    """Return whether a sheet of this name only says how to fill in the others."""
    return name.strip() in (GUIDE.zh, GUIDE.en)


def read_scheme_sheets(sheets: Mapping[str, Rows], *, file: str) -> Written:
    """Return the document the scheme's sheets mean; other sheets are passed over.

    Words may be Chinese or English; a row without a code has its name for one; names may stand for codes.

    Raises:
        FindingsError: with all that is wrong, each with its sheet and cell.
    """
    value, locations, findings = _read(sheets, file)
    if findings:
        raise FindingsError(findings)
    return Written(document=document_from(value, locations), locations=locations)


def load_scheme_sheets(sheets: Mapping[str, Rows], *, file: str) -> Loaded:
    """Return the scheme that the sheets mean, what stands of it if its form is wrong, and all findings."""
    return loaded_from(*_read(sheets, file))


def _read(sheets: Mapping[str, Rows], file: str) -> tuple[_Record, Locations, tuple[Finding, ...]]:
    """Return what the scheme's sheets say, where each part of it stood, and what is wrong with the rows."""
    parts: dict[str, list[tuple[str, Rows]]] = {part: [] for part in PATHS}
    for name, rows in sheets.items():
        if name.strip() in BOTH_NAMES:
            parts[BOTH_NAMES[name.strip()]].append((name, rows))
    reader = _Reader(file, codes_in(parts))
    for part in sorted(parts, key=lambda each: each in _HANGING):  # what hangs on others comes after them
        for name, rows in parts[part]:
            if part == SCHEME:
                reader.read_scheme(name, rows)
            else:
                reader.read_records(part, name, rows)
    reader.hang_nodes()
    locations = Locations(file=file, others=reader.others)
    reader.findings.extend(replace_names(reader.value, locations))
    return reader.value, locations, tuple(reader.findings)


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
    en="this row has neither a code nor a name",
    zh="本行既没有编码，也没有名称",
    hint_en="fill in the column 'code' (编码) or 'name' (名称)",
    hint_zh="请填写“编码”列或“名称”列；只写名称时，名称即编码",
)
PARENT_UNKNOWN: Final = Kind(
    code="QH153",
    severity="error",
    en="the node '{code}' hangs below '{parent}', which is no node",
    zh="节点“{code}”的上级“{parent}”不存在",
    hint_en="write the code or name of a row of this sheet, or nothing for the first level; {suggest}",
    hint_zh="请填写本表中某一行的编码或名称，第一级指标留空；{suggest}",
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
PARENT_AMBIGUOUS: Final = Kind(
    code="QH140",
    severity="error",
    en="several nodes are called '{parent}'",
    zh="有几个节点都叫“{parent}”，不知道指哪一个",
    hint_en="write the code of the one that is meant: {codes}",
    hint_zh="请改写编码：{codes}",
)
HANGS_ON_NOTHING: Final = Kind(
    code="QH141",
    severity="error",
    en="'{owner}' stands on no row of the sheet {sheet}",
    zh="“{sheet}”表中没有“{owner}”",
    hint_en="write a code or name of that sheet; {suggest}",
    hint_zh="请填写该表中的编码或名称；{suggest}",
)


class _Reader:
    """What has been read of the sheets so far, and where it stood."""

    def __init__(self, file: str, taken: frozenset[str]) -> None:
        self.file = file
        self.value: _Record = {}
        self.others: _Cells = {}
        self.findings: list[Finding] = []
        self._reader = Reader(taken)
        self._nodes: list[tuple[_Record, Location, _Cells]] = []

    def read_scheme(self, sheet: str, rows: Rows) -> None:
        """Read the sheet of keys and values."""
        for number, row in enumerate(rows[1:], start=2):
            key = text_of(row[0]) if row else ""
            cell = row[1] if len(row) > 1 else None
            if not key or text_of(cell) == "":
                continue
            path = path_of(key)
            location = Location(file=self.file, sheet=sheet, cell=f"B{number}")
            self._put(self.value, path, self._value(cell, path, location), location)
            self.others[path] = location

    def read_records(self, part: str, sheet: str, rows: Rows) -> None:
        """Read a sheet with a row for each record."""
        if not rows:
            return
        paths = [path_of(text_of(cell), part) if text_of(cell) else () for cell in rows[0]]
        for number, row in enumerate(rows[1:], start=2):
            if all(text_of(cell) == "" for cell in row):
                continue
            record: _Record = {}
            cells: _Cells = {}
            for index, (path, cell) in enumerate(zip(paths, row, strict=False)):
                location = Location(file=self.file, sheet=sheet, cell=f"{_letters(index)}{number}")
                if path and text_of(cell) != "":
                    self._put(record, path, self._cell(part, path, cell, location), location)
                    cells[path] = location
            self._keep(part, record, Location(file=self.file, sheet=sheet, cell=f"A{number}"), cells)

    def hang_nodes(self) -> None:
        """Hang every node below the one its row names; the order of rows is the order of the scheme."""
        names = names_of([record for record, _, _ in self._nodes])
        codes = [str(record[CODE]) for record, _, _ in self._nodes]
        for record, location, cells in self._nodes:
            parent = str(record.get(PARENT, ""))
            if parent and parent not in codes and parent in names:
                if len(names[parent]) > 1:
                    where = cells.get((PARENT,), location)
                    facts = {"parent": parent, "codes": "、".join(names[parent])}
                    self.findings.append(PARENT_AMBIGUOUS.at(where, **facts))
                record[PARENT] = names[parent][0]
        known: dict[str, _Record] = {}
        ways: dict[str, Path] = {}
        waiting = list(self._nodes)
        top: _Record = {}
        while waiting:
            ready = [entry for entry in waiting if entry[0].get(PARENT, "") in ("", *known)]
            if not ready:
                self._strangers(waiting, codes)
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
                self._remember(way, location, cells)
        if top:
            self.value["indicators"] = top

    def _strangers(self, waiting: Sequence[tuple[_Record, Location, object]], codes: list[str]) -> None:
        """Name the parents that are no node, or all that hang on each other in a circle."""
        unknown = [entry for entry in waiting if entry[0][PARENT] not in codes]
        for record, location, _ in unknown or waiting:
            parent, code = str(record[PARENT]), str(record.get(CODE, ""))
            kind = PARENT_UNKNOWN if unknown else PARENTS_IN_A_CIRCLE
            self.findings.append(kind.at(location, code=code, parent=parent, **suggestion(parent, codes)))

    def _keep(self, part: str, record: _Record, location: Location, cells: _Cells) -> None:
        if part in _LISTED:
            self._list(_LISTED[part], record, location, cells)
        elif part in _HANGING:
            self._hang(part, record, location, cells)
        else:
            code = str(record.pop(CODE, "")) or code_from(record.get("name"))
            if not code:
                self.findings.append(ROW_WITHOUT_CODE.at(location))
            elif part == "indicators":
                self._nodes.append(({CODE: code, **record}, location, cells))
            else:
                if code in self.value.setdefault(part, {}):
                    self.findings.append(CODE_TWICE_IN_SHEET.at(location, code=code))
                self._remember((part, code), location, cells)
                self.value[part][code] = record

    def _list(self, way: tuple[str, ...], record: _Record, location: Location, cells: _Cells) -> None:
        above: Any = self.value
        for key in way[:-1]:
            above = above.setdefault(key, {})
        listed = above.setdefault(way[-1], []) if isinstance(above, dict) else None
        if not isinstance(listed, list):
            self.findings.append(CELL_BESIDE_ITS_PARTS.at(location, key=told_key(way[-1])))
            return
        self._remember((*way, len(listed)), location, cells)
        listed.append(record)

    def _hang(self, part: str, record: _Record, location: Location, cells: _Cells) -> None:
        """Put a row of a ledger's fields or states, or of a campaign's milestones, to what it belongs to."""
        above, owner_key = ("campaigns", CAMPAIGN) if part == "milestones" else ("ledgers", LEDGER)
        owner = str(record.pop(owner_key, ""))
        owners: dict[str, _Record] = self.value.get(above, {})
        code = owner if owner in owners else _named(owner, owners)
        if code is None:
            sheet = "专项行动" if above == "campaigns" else "台账定义"
            facts = {"owner": owner, "sheet": sheet, **suggestion(owner, owners)}
            self.findings.append(HANGS_ON_NOTHING.at(cells.get((owner_key,), location), **facts))
            return
        way: Path = (above, code)
        match part:
            case "milestones":
                steps = owners[code].setdefault("milestones", [])
                way = (*way, "milestones", len(steps))
                steps.append(record)
            case "ledger_fields":
                column = str(record.pop(COLUMN, ""))
                owners[code].setdefault("fields", {})[column] = record
                way = (*way, "fields", column)
            case _:
                state = str(record.pop(STATE, ""))
                moves = owners[code].setdefault("states", {}).setdefault("moves", {})
                moves[state] = record.pop(NEXT, [])
                way = (*way, "states", "moves", state)
        self._remember(way, location, cells)

    def _remember(self, way: Path, location: Location, cells: Mapping[Path, Location]) -> None:
        self.others[way] = location
        self.others.update({(*way, *path): cell for path, cell in cells.items()})

    def _put(self, record: _Record, path: tuple[str, ...], value: Plain, location: Location) -> None:
        """Put a value at `path`."""
        for key in path[:-1]:
            below = record.setdefault(key, {})
            if not isinstance(below, dict):
                self.findings.append(CELL_BESIDE_ITS_PARTS.at(location, key=told_key(key)))
                return
            record = below
        if isinstance(record.get(path[-1]), dict):
            self.findings.append(CELL_BESIDE_ITS_PARTS.at(location, key=told_key(path[-1])))
            return
        record[path[-1]] = value

    def _cell(self, part: str, path: tuple[str, ...], cell: Cell, location: Location) -> Plain:
        if path[0] == NEXT:
            return self._value(cell, (*PATHS[part], STATE), location)
        if path[0] in OWN_COLUMNS.get(part, ()):
            return text_of(cell)
        return self._value(cell, (*PATHS[part], *path), location)

    def _value(self, cell: Cell, path: Path, location: Location) -> Plain:
        if isinstance(cell, bool) or not isinstance(cell, str):
            return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
        try:
            return self._reader.value(cell, path)
        except FindingsError as error:
            self.findings.extend(Finding(kind=f.kind, where=location, facts=f.facts) for f in error.findings)
            return cell


def _named(name: str, records: Mapping[str, _Record]) -> str | None:
    """Return the code of the one record of that name."""
    found = [code for code, record in records.items() if name in labels_of(record)]
    return found[0] if name and len(found) == 1 else None


def _letters(index: int) -> str:
    """Return the letters of the column `index`, counted from 0: A, B, … Z, AA."""
    index, last = divmod(index, 26)
    return (_letters(index - 1) if index else "") + chr(ord("A") + last)
