"""Plain values of a document → what stands in a cell of a Chinese sheet; `reading` reads it as the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, TypeAlias

from quanheng.findings.errors import DataError
from quanheng.findings.patterns import bounded
from quanheng.findings.value import Value
from quanheng.periods.period import Period, parse_period
from quanheng.scheme.document.document import Document
from quanheng.scheme.document.shapes import Shape, below, shape_at
from quanheng.scheme.fields.fields import PeriodText
from quanheng.scheme.fields.key_words import word_of
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.value_words import ANCHORS, FALSE, TRUE, word_of_value
from quanheng.scheme.files.notation.marks import COLONS, IN_LISTS, in_quotes, quoted, separate, unquoted
from quanheng.scheme.files.yaml_writing import flow
from quanheng.scheme.formulas import scopes
from quanheng.scheme.formulas.worded.chinese import in_chinese
from quanheng.scheme.ledgers.statistics import STATISTICS
from quanheng.scheme.ledgers.written import ledger_text_in_chinese

Cell: TypeAlias = str | float | int | bool | None
NUMERIC: Final = bounded(r"[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?")
"""A text that is read as a number where a number may stand."""
NOTHING: Final = "无"
"""An empty list."""
ANCHORED: Final = frozenset({"worst", "best", "ref"})
"""Keys whose texts are anchors: `observed`, `q10`, `target`."""


class Writer(Value, kw_only=False):
    """Writes values; `taken` are the codes of the document, which no word of a formula is put in place of."""

    taken: Collection[str] = ()

    def cell(self, value: Any, path: Path) -> Cell:  # noqa: ANN401  # any JSON value
        """Return what stands in the cell for the value at `path`."""
        shape = shape_at(Document, path)
        if isinstance(value, float | int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and shape.text and not (shape.lists or shape.number or shape.words):
            return self._text(value, path, shape, alone=True)
        return self._part(value, path, shape)

    def _part(self, value: Any, path: Path, shape: Shape) -> str:  # noqa: ANN401  # any JSON value
        if isinstance(value, bool):
            return TRUE if value else FALSE
        if isinstance(value, Mapping):
            return self._keys(value, path, shape)
        if isinstance(value, list):
            return self._list(value, path, shape)
        if isinstance(value, str):
            return self._text(value, path, shape, alone=False)
        return "" if value is None else flow(value)

    def _keys(self, value: Mapping[str, Any], path: Path, shape: Shape) -> str:
        if not value:
            return "{}"
        return "，".join(self._entry(key, part, path, shape) for key, part in value.items())

    def _entry(self, key: str, part: Any, path: Path, shape: Shape) -> str:  # noqa: ANN401  # any JSON value
        under = below(shape, key)
        if key in shape.keys:
            word = word_of(key, path)
        else:
            periods = any(each == PeriodText for each, _ in shape.keyed)
            word = period_in_chinese(key) if periods else quoted(key)
        if part == {}:
            return word
        told = self._part(part, (*path, key), under)
        nested = isinstance(part, Mapping) or (
            isinstance(part, list) and any(isinstance(x, list) for x in part)
        )
        return f"{word}（{told}）" if nested else f"{word}：{told}"

    def _list(self, value: list[Any], path: Path, shape: Shape) -> str:
        if not value:
            return NOTHING
        if not all(isinstance(part, list) for part in value):
            told = [self._part(part, (*path, at), below(shape, at)) for at, part in enumerate(value)]
            return flow(value) if any(isinstance(part, Mapping | list) for part in value) else "、".join(told)
        pairs = is_pairs(shape)
        rows = [self._row(part, (*path, at), below(shape, at), pairs=pairs) for at, part in enumerate(value)]
        return ("，" if pairs else "；").join(rows)

    def _row(self, row: list[Any], path: Path, shape: Shape, *, pairs: bool) -> str:
        told = [self._part(part, (*path, at), below(shape, at)) for at, part in enumerate(row)]
        return ("：" if pairs else "、").join(told)

    def _text(self, value: str, path: Path, shape: Shape, *, alone: bool) -> str:
        key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
        if value in shape.words:
            return word_of_value(key, value)
        if key in ANCHORED and shape.number:
            word = word_of_value(key, value)
            if word != value and (value in ANCHORS or value.startswith("q")):
                return word
            return _formula(in_chinese(value, taken=self.taken))
        if shape.period:
            return period_in_chinese(value)
        if shape.formula:
            told = in_chinese(value, scope=scope_of(path), taken=self.taken)
            return told if alone else _formula(told)
        if alone:
            return ledger_text_in_chinese(value) if of_records(path) else value
        number_like = shape.number and NUMERIC.fullmatch(value)
        return in_quotes(value) if number_like or value == NOTHING else quoted(value)


def is_pairs(shape: Shape) -> bool:
    """Return whether a list has rows of two: a value and its points."""
    return any(len(parts) == len(("x", "points")) and ... not in parts for parts in below(shape, 0).lists)


def of_records(path: Path) -> bool:
    """Return whether what stands at `path` is taken from records: `sum: marks.panel * factor`."""
    return path[:1] == ("items",) and path[-1] in STATISTICS and path[-1] != "count"


def scope_of(path: Path) -> Collection[str]:
    """Return the words a formula at `path` may speak of."""
    keys = [step for step in path if isinstance(step, str)]
    last = keys[-1] if keys else ""
    match keys[:1], last:
        case _, "met":
            return scopes.MET_WORDS
        case _, "marks" if "rule" in keys:
            return scopes.MARKS_WORDS
        case _, "where" if keys[-2:] == ["cap", "where"] and "rule" in keys:
            return scopes.MET_WORDS
        case ((["items"] | ["campaigns"]), "where"):
            return scopes.LEDGER_WORDS
        case ["tiers"], "unless" | "where":
            return scopes.TIER_WORDS
        case ["pools"], "where":
            return scopes.POOL_WORDS
        case ["lower"], "when":
            return scopes.TIER_WORDS
        case ["awards"], "where" | "by":
            return scopes.AWARD_WORDS
        case _, "red" | "yellow" | "green" if "when" in keys:
            return scopes.LIGHT_WORDS
    return ()


def period_in_chinese(text: str) -> str:
    """Return a period as people write it; what is none as it stands.

    Examples:
        >>> [period_in_chinese(text) for text in ("2023", "2023-H1", "2023-Q3", "2023-06")]
        ['2023年', '2023年上半年', '2023年第三季度', '2023年6月']
    """
    try:
        period = parse_period(text)
    except DataError:
        return text
    return _in_words(period) if str(period) == text else text


def _in_words(period: Period) -> str:
    part = (period.first_month - 1) // period.length_months
    match period.every:
        case "year":
            return f"{period.year}年"
        case "half":
            return f"{period.year}年{'上下'[part]}半年"
        case "quarter":
            return f"{period.year}年第{'一二三四'[part]}季度"
        case "month":
            return f"{period.year}年{period.first_month}月"


def _formula(text: str) -> str:
    """Return a formula as it stands among other parts: in quotes where a comma or colon would cut it."""
    whole = separate(text, IN_LISTS + COLONS) == [text] and unquoted(text) is None and text != NOTHING
    return text if whole and text[0] not in "{[" else in_quotes(text)
