"""The form of a scheme: titles, weights and what is published as fields, what was filled in as changes.

A scheme has more than the form shows. So the form changes single parts of the text, and all else stays.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import Final, TypeAlias, get_args

from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.document.document import Document, nodes_of
from quanheng.scheme.document.published import PUBLISHED, Part
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.fields.fields import Bilingual
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.value_words import word_of_value
from quanheng.scheme.files.yaml_editing import Edited, edit_yaml
from quanheng.scheme.files.yaml_lines import Value as Plain
from quanheng.scheme.files.yaml_lines import read_yaml
from quanheng.scheme.files.yaml_writing import flow
from quanheng.scheme.tree.scheme import Scheme

_IN_ENGLISH: Final[Mapping[Part, str]] = {
    "total": "totals",
    "place": "places",
    "tier": "tiers",
    "awards": "awards",
    "moves": "moves since the last round",
    "intervals": "intervals of places",
    "dimensions": "scores of dimensions",
    "indicators": "scores of indicators",
    "adjustments": "adjustments",
}
"""What can be published, as the form calls it; in Chinese it is called as on the sheets of a workbook."""
_EXACT: Final = 1e15

Filled: TypeAlias = Mapping[str, list[str]]
"""What a form brought: the values of each field."""


class Field(Value):
    """One field: its name in the form, what stands in it, and of which group it is if of one."""

    name: str
    value: str
    group: str = ""
    called: Text | None = None
    """The name of the group, if it has one."""


class Row(Value):
    """A node of the tree, the root first: its names and, where the scheme states them, its weights."""

    code: str
    depth: int
    path: Path
    zh: Field
    en: Field
    weights: tuple[Field, ...] = ()
    computed: str = ""
    """What it is worth, where no weight is stated."""

    @property
    def indent(self) -> str:
        """How far it stands below the root."""
        return "　" * max(self.depth - 1, 0)


class Choice(Value):
    """A part of the result, and whether the public sees it."""

    part: Part
    called: Text
    chosen: bool


def rows_of(
    document: Document, scheme: Scheme | None = None, filled: Filled | None = None
) -> tuple[Row, ...]:
    """Return the rows of the form with what the scheme says, or with what was `filled` in."""
    worth = {node.code: node.weights.values() for node in scheme.nodes} if scheme else {}
    rows = [_row(0, ROOT, (), document.title, None, worth.get(ROOT, ()))]
    for path, code, node in nodes_of(document):
        rows.append(_row(len(rows), code, path, node.name, node.weight, worth.get(code, ())))
    if scheme is not None:
        names = {group.code: group.name for group in scheme.groups if group.name.zh or group.name.en}
        rows = [_named(row, names) for row in rows]
    return tuple(_with(row, filled) for row in rows) if filled is not None else tuple(rows)


def choices_of(document: Document, filled: Filled | None = None) -> tuple[Choice, ...]:
    """Return what can be published, with what is chosen."""
    chosen = _published(document) if filled is None else frozenset(filled.get("publish", ()))
    return tuple(
        Choice(
            part=part,
            called=Text(zh=word_of_value("publish", part), en=_IN_ENGLISH[part]),
            chosen=part in chosen,
        )
        for part in get_args(Part)
    )


def edited_by(text: str, document: Document, filled: Filled) -> Edited:
    """Return the text of a scheme with what was filled in; fields that say what it says change nothing.

    Raises:
        FindingsError: the text is no YAML.
    """
    plain, _ = read_yaml(text, file="")
    changes: dict[Path, Plain] = {}
    for before, row in zip(rows_of(document), rows_of(document, filled=filled), strict=True):
        changes |= _changes_of(before, row, plain)
    publish = [choice.part for choice in choices_of(document, filled) if choice.chosen]
    if frozenset(publish) != _published(document):
        changes["publish",] = list(publish)
    return edit_yaml(text, changes)


def beside(
    findings: Iterable[Finding], rows: tuple[Row, ...], text: str
) -> Mapping[str, tuple[Finding, ...]]:
    """Return the findings that are about a node of the form, by its code: named by it, or on its lines."""
    try:
        _, locations = read_yaml(text, file="")
    except FindingsError:
        return {}
    codes = {row.code for row in rows}
    line_of = {row.code: locations.lines[row.path] for row in rows if row.path in locations.lines}
    end = max((line for path, line in locations.lines.items() if path[0] == "indicators"), default=0)
    told: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        named = finding.facts.get("code")
        code = named if isinstance(named, str) and named in codes else None
        line = finding.where.line
        if code is None and line is not None and line <= end:
            above = [each for each, at in line_of.items() if at <= line]
            code = max(above, key=lambda each: line_of[each], default=None)
        if code is not None:
            told[code] = (*told.get(code, ()), finding)
    return told


def _row(
    index: int, code: str, path: Path, label: str | Bilingual | None, weight: object, worth: Iterable[float]
) -> Row:
    zh, en = (label.zh, label.en) if isinstance(label, Bilingual) else (label, "")
    by_group = weight if isinstance(weight, dict) else {} if weight is None else {"": weight}
    return Row(
        code=code,
        depth=len(path) // 2,
        path=path,
        zh=Field(name=f"zh-{index}", value=zh or ""),
        en=Field(name=f"en-{index}", value=en or ""),
        weights=tuple(
            Field(name=f"weight-{index}-{number}", value=flow(value), group=group)
            for number, (group, value) in enumerate(by_group.items())
        ),
        computed=" / ".join(dict.fromkeys(f"{each:g}" for each in worth)),
    )


def _named(row: Row, names: Mapping[str, Text]) -> Row:
    fields = (replace(field, called=names.get(field.group)) for field in row.weights)
    return replace(row, weights=tuple(fields))


def _with(row: Row, filled: Filled) -> Row:
    def put(field: Field) -> Field:
        given = filled.get(field.name)
        return replace(field, value=given[-1].strip()) if given else field

    return replace(row, zh=put(row.zh), en=put(row.en), weights=tuple(map(put, row.weights)))


def _changes_of(before: Row, row: Row, plain: Plain) -> dict[Path, Plain]:
    """Return what a row changes. A node of which only the formula is written is written out."""
    said = _at(plain, row.path)
    below: dict[Path, Plain] = {}
    if (row.zh.value, row.en.value) != (before.zh.value, before.en.value):
        key = "name" if row.path else "title"
        below |= dict(_names(key, before, row, said.get(key) if isinstance(said, dict) else None))
    for old, new in zip(before.weights, row.weights, strict=True):
        number = _number(new.value)
        if number != _number(old.value):
            below[("weight", new.group) if new.group else ("weight",)] = number
    if isinstance(said, dict) or not below:
        return {(*row.path, *path): value for path, value in below.items()}
    whole: dict[str, Plain] = {} if said is None else {"measure": said}
    return {row.path: whole | {str(path[0]): value for path, value in below.items()}}


def _names(key: str, before: Row, row: Row, said: Plain) -> Iterator[tuple[Path, Plain]]:
    """Yield how the names of a row are written: in both languages, or in one for both."""
    was, now = (asdict(Text(zh=each.zh.value, en=each.en.value)) for each in (before, row))
    if isinstance(said, dict) and all(now.values()):
        for language, text in now.items():
            if text != was[language]:
                yield (key, language), text
    elif now["en"]:
        yield (key,), {language: text for language, text in now.items() if text}
    else:
        yield (key,), now["zh"] or None


def _number(typed: str) -> Plain:
    """Return the number that was typed; what is none stays as it is, for the scheme's own finding on it."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if "_" in text:  # Python's own way to write a long number
        return text
    try:
        number = float(text)
    except ValueError:
        return text or None
    if not math.isfinite(number):
        return text
    return int(number) if number.is_integer() and abs(number) < _EXACT else number


def _at(plain: Plain, path: Path) -> Plain:
    for key in path:
        plain = plain.get(str(key)) if isinstance(plain, dict) else None
    return plain


def _published(document: Document) -> frozenset[str]:
    return frozenset(PUBLISHED if document.publish is None else document.publish)
