"""`Document` → the sheets of a workbook: one row a group, item, node, tier, award, ledger and so on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from quanheng.findings.text import Language
from quanheng.scheme.document.document import Document
from quanheng.scheme.document.shapes import Shape, below, shape_at
from quanheng.scheme.files.notation.writing import Cell, Writer
from quanheng.scheme.files.sheet_names import (
    CAMPAIGN,
    CODE,
    COLUMN,
    LEDGER,
    NEXT,
    OWN_COLUMNS,
    PARENT,
    PATHS,
    SCHEME,
    SHEET_NAMES,
    STATE,
    heading,
)
from quanheng.scheme.files.yaml_writing import flow

BY_GROUP: Final = ("weight", "floor", "cap")
"""Keys of a node that have a column for each group."""
_LANGUAGES: Final = frozenset({"zh", "en"})
_FIRST: Final = (CODE, PARENT, LEDGER, CAMPAIGN, COLUMN, STATE, "name", "weight", "groups", "measure", "rule")
"""The columns a person looks for first stand first."""
_Record: TypeAlias = dict[str, Any]


def write_scheme_sheets(document: Document, *, language: Language = "zh") -> dict[str, list[list[Cell]]]:
    """Return the sheets of `document` by their names in `language`: lists of rows, the first the headings.

    `read_scheme_sheets` gives an equal document.
    """
    plain: _Record = document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    parts = _parts(plain)
    nodes = {record[CODE] for record in parts["indicators"]}
    writer = _SheetWriter(language, Writer(frozenset(nodes | plain.get("items", {}).keys())))
    tables = {SCHEME: writer.keys(plain), **{part: writer.table(part, rows) for part, rows in parts.items()}}
    return {
        SHEET_NAMES[part] if language == "zh" else part: tables[part]
        for part in SHEET_NAMES
        if len(tables[part]) > 1
    }


def _parts(plain: _Record) -> dict[str, list[_Record]]:
    """Take out of a document the records that have a sheet of their own."""
    ledgers, campaigns = plain.pop("ledgers", {}), plain.pop("campaigns", {})
    adjustments = plain.get("adjustments", {})
    rules = adjustments.pop("rules", [])
    if rules and not adjustments:
        del plain["adjustments"]
    fields = [
        {LEDGER: code, COLUMN: column, **field}
        for code, ledger in ledgers.items()
        for column, field in ledger.pop("fields", {}).items()
    ]
    states = [
        {LEDGER: code, STATE: state, NEXT: following}
        for code, ledger in ledgers.items()
        for state, following in ledger.get("states", {}).pop("moves", {}).items()
    ]
    milestones = [
        {CAMPAIGN: code, **step}
        for code, campaign in campaigns.items()
        for step in campaign.pop("milestones", [])
    ]
    return {
        "groups": _coded(plain.pop("groups", {})),
        "items": _coded(plain.pop("items", {})),
        "indicators": list(_node_records(plain.pop("indicators"), "")),
        "adjustment_rules": rules,
        "tiers": plain.pop("tiers", []),
        "lower": plain.pop("lower", []),
        "awards": plain.pop("awards", []),
        "ledgers": _coded(ledgers),
        "ledger_fields": fields,
        "ledger_states": states,
        "campaigns": _coded(campaigns),
        "milestones": milestones,
    }


def _coded(records: Mapping[str, _Record]) -> list[_Record]:
    return [{CODE: code, **record} for code, record in records.items()]


def _node_records(nodes: Mapping[str, _Record], parent: str) -> Iterator[_Record]:
    for code, node in nodes.items():
        own = {key: value for key, value in node.items() if key != "children"}
        yield {CODE: code, **({PARENT: parent} if parent else {}), **own}
        yield from _node_records(node.get("children", {}), code)


class _SheetWriter:
    """Writes rows and headings in one language."""

    def __init__(self, language: Language, writer: Writer) -> None:
        self._language: Language = language
        self._writer = writer

    def keys(self, plain: _Record) -> list[list[Cell]]:
        """Return the rows of the sheet of keys and values."""
        rows: list[list[Cell]] = [[self._heading(("key",), SCHEME), self._heading(("value",), SCHEME)]]
        for path, value in _spread(plain, shape_at(Document, ()), ()):
            rows.append([self._heading(path, SCHEME), self._cell(value, path)])
        return rows

    def table(self, part: str, records: Sequence[_Record]) -> list[list[Cell]]:
        """Return the rows of the sheet of `part`, its headings first."""
        shape = shape_at(Document, PATHS[part])
        flat = [dict(_spread(record, shape, ())) for record in records]
        own = [(key,) for key in OWN_COLUMNS.get(part, ("name",))]
        found = dict.fromkeys([*own, *(path for record in flat for path in record)])
        paths = sorted(found, key=lambda path: _FIRST.index(path[0]) if path[0] in _FIRST else len(_FIRST))
        body = [
            [self._cell_of(part, path, record[path]) if path in record else None for path in paths]
            for record in flat
        ]
        return [[self._heading(path, part) for path in paths], *body]

    def _heading(self, path: tuple[str, ...], part: str) -> str:
        return heading(path, part, self._language)

    def _cell_of(self, part: str, path: tuple[str, ...], value: Any) -> Cell:  # noqa: ANN401  # any JSON value
        if path[0] == NEXT:
            return self._cell(value, (*PATHS[part], STATE)) if value else None
        if path[0] in OWN_COLUMNS.get(part, ()):
            return str(value)
        return self._cell(value, (*PATHS[part], *path))

    def _cell(self, value: Any, path: tuple[str | int, ...]) -> Cell:  # noqa: ANN401  # any JSON value
        if self._language == "zh":
            return self._writer.cell(value, path)
        shape = shape_at(Document, path)
        if isinstance(value, str):
            return value if shape.text and not (shape.lists or shape.number or shape.words) else flow(value)
        return value if isinstance(value, float | int) else flow(value)


def _spread(record: _Record, shape: Shape, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield what stands in a column of its own: keys of one form, languages, weights of groups."""
    for key, value in record.items():
        under = below(shape, key)
        apart = under.one_form is not None or (isinstance(value, dict) and value.keys() <= _LANGUAGES)
        if isinstance(value, dict) and value and (apart or key in BY_GROUP):
            yield from _spread(value, under, (*above, key))
        else:
            yield (*above, key), value
