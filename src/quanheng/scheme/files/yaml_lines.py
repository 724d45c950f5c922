"""YAML text → plain values and the line of every key, within limits: size, depth, expansion of aliases.

Built from the parser's events, so that nothing is constructed before it is counted, a key that stands twice
is seen, and scalars mean what YAML 1.2 says: `no` is a text, `001` is a text, a date is a text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from quanheng.findings.finding import Finding, FindingsError, Kind, Location
from quanheng.findings.patterns import bounded
from quanheng.findings.text import Text
from quanheng.findings.visible import acts
from quanheng.scheme.fields.findings import (
    ALIAS_INSIDE_ITSELF,
    FILE_TOO_LARGE,
    NOT_KEYS,
    TOO_NESTED,
    UNSEEN_CHARACTER,
)
from quanheng.scheme.fields.lines import Locations, Path

MAX_BYTES: Final = 1_000_000
MAX_NESTING: Final = 40
MAX_EXPANDED: Final = 20_000
"""Parts that aliases may add to a file."""

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"

_INTEGER = bounded(r"[-+]?(?:0|[1-9][0-9]{0,29})")
_FLOAT = bounded(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)")
_WORDS: Final[dict[str, bool | None]] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MERGE = "<<"
_TEXT_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_Node: TypeAlias = ScalarEvent | SequenceStartEvent | MappingStartEvent


@dataclass(slots=True)
class _Part:
    """A value with the line it begins on and, for a mapping or list, the parts below it."""

    line: int
    value: Value
    keys: dict[str, tuple[int, _Part]] = field(default_factory=dict)
    rows: list[_Part] = field(default_factory=list)
    size: int = 1


class _StopError(Exception):
    """Reading cannot go on."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.code)


def read_yaml(text: str, *, file: str) -> tuple[Value, Locations]:
    """Return the value `text` means and where its parts stand; raise `FindingsError` with all that is wrong.

    Examples:
        >>> value, locations = read_yaml("a: {b: [1, no, 30%]}", file="scheme.yaml")
        >>> value
        {'a': {'b': [1, 'no', '30%']}}
        >>> str(locations.of("a", "b", 2))
        'scheme.yaml:1'
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise FindingsError((FILE_TOO_LARGE.at(Location(file=file), size=size, limit=MAX_BYTES),))
    builder = _Builder(file)
    try:
        top = builder.top(YAML(typ="safe", pure=True).parse(text))
    except _StopError as stop:
        raise FindingsError((*builder.findings, stop.finding)) from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else None
        raise FindingsError((_not_yaml(file, line, error.problem or error.context or ""),)) from None
    except YAMLError as error:
        raise FindingsError((_not_yaml(file, None, str(error).splitlines()[0]),)) from None
    except (ValueError, OverflowError):  # of an escape beyond the last character the parser makes chr()
        beyond = next((found for found in _ESCAPE.finditer(text) if int(found[1], 16) > sys.maxunicode), None)
        line = None if beyond is None else text.count("\n", 0, beyond.start()) + 1
        raise FindingsError((NOT_YAML.at(Location(file=file, line=line), problem=_NO_CHARACTER),)) from None
    if builder.findings:
        raise FindingsError(tuple(builder.findings))
    return top.value, Locations(file=file, lines=dict(_lines((), top)))


NOT_YAML: Final = Kind(
    code="QH104",
    severity="error",
    en="this is not YAML: {problem}",
    zh="不符合YAML格式：{problem}",
    hint_en="look here and just above for a missing colon, bracket or quote, or a tab; "
    "inside {{…}} quote a formula with commas",
    hint_zh="请检查本行及上一行是否缺少冒号、括号或引号，或有制表符；{{…}}中含逗号的公式请加引号",
)
_NO_CHARACTER: Final = Text(en="no character has the number of this escape", zh="转义写法的编号不是任何字符")
_ESCAPE: Final = bounded(r"\\U([0-9a-fA-F]{8})")
DUPLICATE_KEY: Final = Kind(
    code="QH106",
    severity="error",
    en="'{key}' is written twice here, first on line {first}",
    zh="“{key}”重复，首次出现在第{first}行",
    hint_en="keep one of the two",
    hint_zh="请只保留一处",
)
TOO_MANY_ALIASES: Final = Kind(
    code="QH108",
    severity="error",
    en="aliases (*name) expand to more than {limit} parts",
    zh="别名（*名称）展开后超过{limit}个部分",
    hint_en="write the parts out, or use 'defaults'",
    hint_zh="请直接写出，或改用默认（defaults）",
)
UNKNOWN_ALIAS: Final = Kind(
    code="QH109",
    severity="error",
    en="the alias '*{alias}' names nothing that was written above",
    zh="别名“*{alias}”之前没有定义",
    hint_en="mark the part meant with '&{alias}'",
    hint_zh="请在所指部分前写“&{alias}”",
)
KEY_NOT_TEXT: Final = Kind(
    code="QH111",
    severity="error",
    en="a key here is a list or a mapping",
    zh="此处的键是列表或映射",
    hint_en="a key is a word; put texts with brackets in quotes",
    hint_zh="键应为一个词；含括号的文字请加引号",
)
TAG_NOT_USED: Final = Kind(
    code="QH112",
    severity="error",
    en="the YAML tag '{tag}' has no meaning in a scheme",
    zh="方案中不使用YAML标签“{tag}”",
    hint_en="remove it; put a text that begins with '!' in quotes",
    hint_zh="请删去；以“!”开头的文字请加引号",
)
SECOND_DOCUMENT: Final = Kind(
    code="QH113",
    severity="error",
    en="a second scheme begins here ('---')",
    zh="此处开始了第二份方案（“---”）",
    hint_en="keep one scheme a file",
    hint_zh="一个文件只写一份方案",
)


class _Builder:
    """Turns events into parts, counting."""

    def __init__(self, file: str) -> None:
        self.findings: list[Finding] = []
        self._file = file
        self._anchors: dict[str, _Part] = {}
        self._open: set[str] = set()
        self._expanded = 0

    def top(self, events: Iterator[Event]) -> _Part:
        top: _Part | None = None
        for event in events:
            if isinstance(event, StreamEndEvent):
                break
            if isinstance(event, DocumentStartEvent):
                if top is not None:
                    raise self._stop(SECOND_DOCUMENT, event)
                top = self._part(next(events), events, 0)
        return top or _Part(1, None)

    def _stop(self, kind: Kind, event: Event, **facts: object) -> _StopError:
        return _StopError(kind.at(self._at(_line(event)), **facts))

    def _at(self, line: int) -> Location:
        return Location(file=self._file, line=line)

    def _part(self, event: Event, events: Iterator[Event], depth: int) -> _Part:
        if depth > MAX_NESTING:
            raise self._stop(TOO_NESTED, event, limit=MAX_NESTING)
        if isinstance(event, AliasEvent):
            return self._alias(event)
        if not isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent):
            raise self._stop(NOT_YAML, event, problem=type(event).__name__)
        self._note_tag(event)
        anchor = event.anchor
        if anchor is not None:
            self._open.add(anchor)
        part = self._new_part(event, events, depth)
        if anchor is not None:
            self._open.discard(anchor)
            self._anchors[anchor] = part
        return part

    def _new_part(self, event: _Node, events: Iterator[Event], depth: int) -> _Part:
        if isinstance(event, SequenceStartEvent):
            return self._sequence(event, events, depth)
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, events, depth)
        self._require_visible(event)
        return _Part(_line(event), _scalar(event))

    def _note_tag(self, event: _Node) -> None:
        """Note a tag that was written; `!!str` and `!` only say that a scalar is a text."""
        if event.tag is not None and str(event.tag) not in _TEXT_TAGS:
            self.findings.append(TAG_NOT_USED.at(self._at(_line(event)), tag=str(event.tag)[:40]))

    def _require_visible(self, event: ScalarEvent) -> None:
        """Refuse control characters and halves of characters, which escapes in quotes can bring in."""
        for sign in event.value:
            if acts(sign):
                raise self._stop(UNSEEN_CHARACTER, event, character=f"U+{ord(sign):04X}")

    def _alias(self, event: AliasEvent) -> _Part:
        if event.anchor in self._open:
            raise self._stop(ALIAS_INSIDE_ITSELF, event, alias=event.anchor)
        part = self._anchors.get(event.anchor)
        if part is None:
            raise self._stop(UNKNOWN_ALIAS, event, alias=event.anchor)
        self._expanded += part.size
        if self._expanded > MAX_EXPANDED:
            raise self._stop(TOO_MANY_ALIASES, event, limit=MAX_EXPANDED)
        return part

    def _sequence(self, start: SequenceStartEvent, events: Iterator[Event], depth: int) -> _Part:
        rows: list[_Part] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            rows.append(self._part(event, events, depth + 1))
        values = [row.value for row in rows]
        return _Part(_line(start), values, rows=rows, size=1 + sum(row.size for row in rows))

    def _mapping(self, start: MappingStartEvent, events: Iterator[Event], depth: int) -> _Part:
        keys: dict[str, tuple[int, _Part]] = {}
        merged: dict[str, tuple[int, _Part]] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent):
                raise self._stop(KEY_NOT_TEXT, event)
            self._require_visible(event)
            line, key = _line(event), event.value
            part = self._part(next(events), events, depth + 1)
            if key == _MERGE and event.implicit[0]:
                merged |= self._merged(part, line)
            elif key in keys:
                self.findings.append(DUPLICATE_KEY.at(self._at(line), key=key, first=keys[key][0]))
            else:
                keys[key] = (line, part)
        keys = {key: entry for key, entry in merged.items() if key not in keys} | keys
        values = {key: part.value for key, (_, part) in keys.items()}
        size = 1 + sum(1 + part.size for _, part in keys.values())
        return _Part(_line(start), values, keys=keys, size=size)

    def _merged(self, part: _Part, line: int) -> dict[str, tuple[int, _Part]]:
        """Return what `<<: *part` brings in; of several parts the first one that has a key wins."""
        merged: dict[str, tuple[int, _Part]] = {}
        for each in reversed(part.rows or [part]):
            if not isinstance(each.value, dict):
                raise _StopError(NOT_KEYS.at(self._at(line), key=_MERGE, value=str(each.value)[:40]))
            merged |= each.keys
        return merged


def _scalar(event: ScalarEvent) -> Value:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1


def _not_yaml(file: str, line: int | None, problem: str) -> Finding:
    return NOT_YAML.at(Location(file=file, line=line), problem=problem)


def _lines(path: Path, part: _Part) -> Iterator[tuple[Path, int]]:
    for key, (line, below) in part.keys.items():
        yield (*path, key), line
        yield from _lines((*path, key), below)
    for index, below in enumerate(part.rows):
        yield (*path, index), below.line
        yield from _lines((*path, index), below)
