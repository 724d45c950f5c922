"""Names in the place of codes: what a person writes for a group, item, node or ledger becomes its code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from quanheng.findings.finding import Finding, Kind
from quanheng.scheme.document.document import Document
from quanheng.scheme.document.shapes import Shape, below, shape_at
from quanheng.scheme.fields.lines import Locations, Path
from quanheng.scheme.fields.value_words import ANCHORS
from quanheng.scheme.files.notation.writing import ANCHORED, scope_of
from quanheng.scheme.files.sheet_codes import labels_of
from quanheng.scheme.formulas.scopes import FORMULA_KEYWORDS
from quanheng.scheme.formulas.worded.chinese import names_written, with_codes
from quanheng.scheme.ledgers.statistics import STATISTICS

Plain: TypeAlias = Any
"""A value as YAML gives it."""
_Names: TypeAlias = Mapping[str, tuple[str, ...]]
"""For each name that is no code the codes of what is called so."""

_REFERENCES: Final[Mapping[str, str]] = {
    "groups": "groups",
    "break_by": "nodes",
    "nodes": "nodes",
    "node": "nodes",
    "order": "nodes",
    "indicators": "nodes",
    "count": "ledgers",
    "ledger": "ledgers",
    "item": "items",
}
"""Keys that say a code, and of what."""
_BY_GROUP: Final = frozenset(
    {
        ("indicators", "weight"),
        ("indicators", "floor"),
        ("indicators", "cap"),
        ("tiers", "top"),
        ("tiers", "last"),
        ("tiers", "at_least"),
        ("awards", "take"),
        ("awards", "last"),
        ("ties", "break_by"),
    }
)
"""Parts of a scheme, and keys in them that may say something for each group."""
_CAPS: Final = ("adjustments", "bonus or penalty", "nodes")
"""Where nodes have caps of their own."""
_LEDGER_COLUMNS: Final = frozenset(STATISTICS) - {"count"}
"""Keys that say `ledger.column` or `ledger.formula`."""

AMBIGUOUS_NAME: Final = Kind(
    code="QH139",
    severity="error",
    en="'{name}' is the name of several things here: {codes}",
    zh="“{name}”在此有几个同名：{codes}",
    hint_en="write the code of the one that is meant",
    hint_zh="请改写其编码",
)


def replace_names(value: dict[str, Any], locations: Locations) -> Iterator[Finding]:
    """Put codes in the place of names in a document's values; yield a QH139 for a name of several things.

    What is a code stays one, whatever is called so.
    """
    known = {part: _names(value.get(part)) for part in ("groups", "items", "ledgers")}
    known["pools"] = {**known["groups"], **_names(value.get("pools"))}
    nodes = dict(_nodes(value.get("indicators")))
    known["nodes"] = _names(nodes)
    known["formulas"] = {**known["nodes"], **known["items"]}
    taken = {*nodes, *(value.get("items") or {})}
    known["formulas"] = {name: codes for name, codes in known["formulas"].items() if name not in taken}
    yield from _Walk(known, locations).within(value, (), shape_at(Document, ()))


class _Walk:
    """Walks a document."""

    def __init__(self, known: Mapping[str, _Names], locations: Locations) -> None:
        self._known = known
        self._locations = locations

    def within(self, value: Plain, path: Path, shape: Shape) -> Iterator[Finding]:
        """Replace names in what stands below `path`."""
        if isinstance(value, dict):
            yield from self._keys(value, path)
            for key in list(value):
                yield from self._step(value, key, (*path, key), below(shape, key))
        elif isinstance(value, list):
            for at in range(len(value)):
                yield from self._step(value, at, (*path, at), below(shape, at))

    def _step(self, holder: Plain, step: Plain, path: Path, shape: Shape) -> Iterator[Finding]:
        part = holder[step]
        if not isinstance(part, str):
            yield from self.within(part, path, shape)
            return
        key = next(str(each) for each in reversed(path) if isinstance(each, str))
        if shape.formula or (key in ANCHORED and shape.number):
            if path[0] in ("items", "campaigns", "files"):
                return  # the columns of a ledger or a file have no codes
            yield from self._formula(holder, step, path)
        elif key in _LEDGER_COLUMNS and path[0] == "items":
            ledger, dot, column = part.partition(".")
            if ledger not in self._known["ledgers"]:  # a name may have a dot
                ledger, dot, column = part.rpartition(".")
            codes = self._known["ledgers"].get(ledger, ())
            if dot and codes:
                holder[step] = f"{codes[0]}.{column}"
                yield from self._doubt(ledger, codes, path)
        else:
            kind = _kind_at(key, path)
            codes = self._known[kind].get(part.strip(), ()) if kind else ()
            if codes:
                holder[step] = codes[0]
                yield from self._doubt(part, codes, path)

    def _formula(self, holder: Plain, step: Plain, path: Path) -> Iterator[Finding]:
        names = self._known["formulas"]
        words = {*scope_of(path), *ANCHORS, *FORMULA_KEYWORDS}
        written = [
            name for name in dict.fromkeys(names_written(holder[step])) if name in names.keys() - words
        ]
        holder[step] = with_codes(holder[step], {name: names[name][0] for name in written})
        for name in written:
            yield from self._doubt(name, names[name], path)

    def _keys(self, value: dict[str, Any], path: Path) -> Iterator[Finding]:
        """Replace names of groups that weights, quotas, bounds, ties are given for, of nodes with caps."""
        of_nodes = len(path) == len(_CAPS) and (path[0], path[-1]) == (_CAPS[0], _CAPS[-1])
        if not of_nodes and (path[:1] + path[-1:]) not in _BY_GROUP:
            return
        names = self._known["nodes" if of_nodes else "groups"]
        for key in list(value):
            codes = names.get(key, ())
            if codes and codes[0] not in value:
                renamed = {codes[0] if each == key else each: part for each, part in value.items()}
                value.clear()
                value.update(renamed)
                yield from self._doubt(key, codes, path)

    def _doubt(self, name: str, codes: tuple[str, ...], path: Path) -> Iterator[Finding]:
        if len(codes) > 1:
            yield AMBIGUOUS_NAME.at(self._locations.of(*path), name=name, codes="、".join(codes))


def _kind_at(key: str, path: Path) -> str | None:
    """Return of what the text at `path`, below `key`, says a code."""
    if key == "from" and path[0] == "awards":
        return "groups"
    if key == "within" and "missing" not in path:
        return "pools"
    return _REFERENCES.get(key)


def _names(records: Any) -> dict[str, tuple[str, ...]]:  # noqa: ANN401  # whatever a person wrote
    """Return the codes by the names of records, without names that are codes."""
    found: dict[str, tuple[str, ...]] = {}
    if isinstance(records, Mapping):
        for code, record in records.items():
            for name in labels_of(record):
                if name not in records:
                    found[name] = (*found.get(name, ()), code)
    return found


def _nodes(nodes: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  # whatever a person wrote
    if isinstance(nodes, Mapping):
        for code, node in nodes.items():
            yield code, node
            if isinstance(node, Mapping):
                yield from _nodes(node.get("children"))
