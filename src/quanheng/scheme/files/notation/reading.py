"""What stands in a cell of a sheet → a plain value, as a YAML file gives it; words in either language.

What reads as nothing that is known is returned as it stands, so that the form says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeAlias

from quanheng.findings.errors import DataError
from quanheng.findings.finding import FindingsError
from quanheng.findings.value import Value
from quanheng.periods.period import parse_period
from quanheng.scheme.document.document import Document
from quanheng.scheme.document.shapes import Shape, below, shape_at
from quanheng.scheme.fields.fields import PeriodText
from quanheng.scheme.fields.key_words import key_of
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.value_words import ANCHORS, FALSE, TRUE, quantile_of, value_of
from quanheng.scheme.files.notation.marks import BETWEEN, COLONS, IN_LISTS, head_of, separate, unquoted
from quanheng.scheme.files.notation.writing import (
    ANCHORED,
    NOTHING,
    NUMERIC,
    is_pairs,
    of_records,
    scope_of,
)
from quanheng.scheme.files.yaml_lines import read_yaml
from quanheng.scheme.formulas.worded.chinese import in_english
from quanheng.scheme.ledgers.written import ledger_text_in_english

Plain: TypeAlias = Any
"""A value as YAML gives it."""
_TRUTHS = {TRUE: True, "true": True, "对": True, FALSE: False, "false": False, "不": False}


class Reader(Value, kw_only=False):
    """Reads cells; `taken` are the codes of the document, which are names in formulas, never words."""

    taken: Collection[str] = ()

    def value(self, cell: str, path: Path) -> Plain:
        """Return the value a cell means at `path`.

        Raises:
            FindingsError: it begins like YAML and is none.
        """
        return self._value(cell, path, shape_at(Document, path), alone=True)

    def _value(self, cell: str, path: Path, shape: Shape, *, alone: bool = False) -> Plain:
        text = cell.strip()
        only_text = shape.text and not (shape.words or shape.number or shape.lists)
        if only_text and alone:
            return self._text(cell, path, shape)
        if text[:1] in ("{", "[") and not only_text:
            return read_yaml(text, file="")[0]
        inner = unquoted(text)
        if inner is not None:
            return self._text(inner, path, shape)
        key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
        word = self._word(text, key, shape)
        if word is not None:
            return word
        if shape.forms or shape.keyed:
            keyed = self._keys(text, path, shape)
            if keyed is not None:
                return keyed
        if shape.lists:
            return self._list(text, path, shape)
        return self._scalar(text, path, shape)

    def _word(self, text: str, key: str, shape: Shape) -> str | None:
        known = (*shape.words, *(ANCHORS if key in ANCHORED and shape.number else ()))
        word = value_of(key, text, known) if known else None
        if word is None and key in ANCHORED and shape.number:
            return quantile_of(text)
        return word

    def _keys(self, text: str, path: Path, shape: Shape) -> Plain | None:
        """Return what a text with keys says; None if none is known where something else may stand too."""
        found: dict[str, Any] = {}
        for entry in separate(text, BETWEEN):
            head, rest = head_of(entry)
            key = key_of(head, shape.keys, path)
            stands_alone = rest is None and _may_stand_alone(head, shape)
            if key is None and (stands_alone or (rest is not None and (shape.keyed or not shape.scalar))):
                key = _period(head) if any(each == PeriodText for each, _ in shape.keyed) else _plain(head)
            if key is None:
                return self._bare(text, shape)
            if rest is None:
                found[key] = {}
            else:
                under = below(shape, key)
                found[key] = self._value(rest, (*path, key), under) if rest or not under.text else ""
        if len(found) == 1 and next(iter(found.values())) == {} and not shape.keyed:
            (key,) = found
            return key if shape.forms and not below(shape, key).scalar else found
        return found or None

    def _bare(self, text: str, shape: Shape) -> Plain | None:
        """Return what YAML makes of a text without keys that are known; None where another reading may do."""
        if shape.scalar or shape.lists:
            return None
        try:
            value, _ = read_yaml(text, file="")
        except FindingsError:
            return text
        return text if isinstance(value, str) else value

    def _list(self, text: str, path: Path, shape: Shape) -> Plain:
        if text == NOTHING:
            return []
        rows = below(shape, 0)
        if not rows.lists:
            parts = separate(text, IN_LISTS)
            if len(parts) == 1 and shape.scalar:
                return self._scalar(text, path, shape)
            return [self._value(part, (*path, at), below(shape, at)) for at, part in enumerate(parts)]
        pairs = is_pairs(shape)
        marks = "，,；;、\n" if pairs else "；;\n"
        between = COLONS + "→" if pairs else "、，,"
        return [
            [
                self._value(part, (*path, at, number), below(below(shape, at), number))
                for number, part in enumerate(separate(row, between))
            ]
            for at, row in enumerate(separate(text, marks))
        ]

    def _scalar(self, text: str, path: Path, shape: Shape) -> Plain:
        if shape.truth and text.lower() in _TRUTHS:
            return _TRUTHS[text.lower()]
        if shape.number and NUMERIC.fullmatch(text):
            number = float(text)
            whole = number.is_integer() and "." not in text and "e" not in text.lower()
            return int(text) if whole else number
        return self._text(text, path, shape)

    def _text(self, text: str, path: Path, shape: Shape) -> str:
        if shape.period:
            return _period(text)
        key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
        if shape.formula or (key in ANCHORED and shape.number):
            return in_english(text, scope=scope_of(path), taken=self.taken)
        return ledger_text_in_english(text) if of_records(path) else text


def _may_stand_alone(head: str, shape: Shape) -> bool:
    """Return whether a code is all that a part has to say, as of a category without a cap: `{code: {}}`."""
    return bool(shape.keyed and not (shape.scalar or shape.lists or shape.keys) and below(shape, head).forms)


def _period(text: str) -> str:
    """Return a period as a scheme writes it; what is none as it stands."""
    try:
        return str(parse_period(text))
    except DataError:
        return text


def _plain(text: str) -> str:
    inner = unquoted(text)
    return text if inner is None else inner
