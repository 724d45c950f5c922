"""Codes and names on the sheets of a scheme: what a row is called, and the code its name gives."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from quanheng.findings.patterns import bounded
from quanheng.scheme.fields.fields import MAX_CODE
from quanheng.scheme.files.notation.writing import Cell
from quanheng.scheme.files.sheet_names import CODE, path_of

Rows: TypeAlias = Sequence[Sequence[Cell]]
_NO_LETTERS: Final = bounded(r"\W+", most=2_000)


def code_from(name: object) -> str:
    """Return the code a name gives where none is written: its letters and digits.

    Examples:
        >>> code_from("地区生产总值"), code_from("PM2.5平均浓度（年均）"), code_from({"en": "GDP per head"})
        ('地区生产总值', 'PM2_5平均浓度_年均', 'GDP_per_head')
    """
    if isinstance(name, Mapping):
        name = name.get("zh") or name.get("en") or ""
    plain = unicodedata.normalize("NFKC", str(name or ""))
    code = _NO_LETTERS.sub("_", plain).strip("_")[:MAX_CODE]
    return code if code.isidentifier() or not code else f"_{code}"[:MAX_CODE]


def codes_in(parts: Mapping[str, Sequence[tuple[str, Rows]]]) -> frozenset[str]:
    """Return the codes of items and nodes, which are names in formulas and never words."""
    codes: set[str] = set()
    for part in ("items", "indicators"):
        for _, rows in parts[part]:
            paths = (
                [path_of(text_of(cell), part) if text_of(cell) else () for cell in rows[0]] if rows else []
            )
            for row in rows[1:]:
                found = dict(zip(paths, (text_of(cell) for cell in row), strict=False))
                codes.add(found.get((CODE,)) or code_from(found.get(("name",)) or found.get(("name", "zh"))))
    return frozenset(codes - {""})


def names_of(records: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the codes by the names of records."""
    names: dict[str, list[str]] = {}
    for record in records:
        for name in labels_of(record):
            names.setdefault(name, []).append(str(record[CODE]))
    return names


def labels_of(record: Any) -> tuple[str, ...]:  # noqa: ANN401  # whatever a person wrote
    """Return the names of a record, in whatever languages."""
    name = record.get("name") if isinstance(record, Mapping) else record
    names = tuple(name.values()) if isinstance(name, Mapping) else (name,)
    return tuple(dict.fromkeys(each.strip() for each in names if isinstance(each, str) and each.strip()))


def text_of(cell: Cell) -> str:
    """Return what stands in a cell as text."""
    return "" if cell is None else str(cell).strip()
