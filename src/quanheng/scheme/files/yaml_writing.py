"""`Document` → YAML text that reads as the same document: blocks for the tree, one line for what fits."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from quanheng.findings.patterns import bounded
from quanheng.scheme.document.document import Document

_WIDTH: Final = 110
_INDENT: Final = "  "
_BLOCKS: Final = frozenset(
    {"items", "groups", "indicators", "children", "tiers", "lower", "awards", "rules", "ledgers", "campaigns"}
)
"""Keys whose parts stand on lines of their own."""

_PLAIN = bounded(r"[^\W\d][\w .()/*+%<>=!'（）“”《》、，。：；-]*")
_NUMERIC_WORDS = bounded(r"[0-9]+(?:\.[0-9]+)?%|[0-9]{4}-(?:H[12]|Q[1-4])|[0-9]+-[0-9]+")
_PLAIN_KEY = bounded(r"[^\W\d]\w*|[0-9]+|[0-9]+-[0-9]+|[0-9]{4}-(?:H[12]|Q[1-4])")
_YEAR = bounded(r"[1-9][0-9]{3}")
_OTHER_MEANINGS: Final = frozenset(
    {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity"}
)
"""Words that YAML, in one of its versions, does not read as texts."""
_ESCAPED: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_EXACT_INTEGER: Final = 1e15


def write_scheme(document: Document) -> str:
    """Return `document` as YAML; reading the text gives an equal document.

    Short forms are written out, and shares as percentages.

    Examples:
        >>> from quanheng.scheme.files.read import document_from
        >>> document = document_from(
        ...     {
        ...         "quanheng": 1,
        ...         "id": "example",
        ...         "title": "示例",
        ...         "round": 2023,
        ...         "items": {"gdp": "地区生产总值"},
        ...         "indicators": {"output": {"measure": "gdp", "weight": 100, "rule": "percentile"}},
        ...     }
        ... )
        >>> print(write_scheme(document))
        quanheng: 1
        id: example
        title: 示例
        round: 2023
        items:
          gdp: {name: 地区生产总值}
        indicators:
          output: {weight: 100, measure: gdp, rule: {percentile: {}}}
        <BLANKLINE>
    """
    plain: dict[str, Any] = document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if _YEAR.fullmatch(plain["round"]):
        plain["round"] = int(plain["round"])
    return plain_text(plain)


def plain_text(plain: dict[str, Any]) -> str:
    """Return plain values (texts, numbers, lists, mappings with text keys) as YAML.

    Examples:
        >>> print(plain_text({"study": "robustness", "seed": 1}), end="")
        study: robustness
        seed: 1
    """
    return "\n".join(_block(plain, 0)) + "\n"


def _block(value: dict[str, Any] | list[Any], level: int) -> Iterator[str]:
    indent = _INDENT * level
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _entry(f"{indent}{_key(key)}:", key, part, level)
    else:
        for part in value:
            yield from _row(indent, part, level)


def _entry(head: str, key: str, part: Any, level: int) -> Iterator[str]:  # noqa: ANN401  # any JSON value
    line = f"{head} {flow(part)}"
    if _fits(line, part) and not _is_block(key, part):
        yield line
    else:
        yield head
        yield from _block(part, level + 1)


def _row(indent: str, part: Any, level: int) -> Iterator[str]:  # noqa: ANN401  # any JSON value
    line = f"{indent}- {flow(part)}"
    if _fits(line, part):
        yield line
    else:
        first, *others = _block(part, level + 1)
        yield f"{indent}- {first.lstrip()}"
        yield from others


def _fits(line: str, part: Any) -> bool:  # noqa: ANN401  # any JSON value
    """Return whether `part` can stand on one line: a scalar always, what holds a tree never."""
    if not isinstance(part, dict | list) or not part:
        return True
    return len(line) <= _WIDTH and not _holds_block(part)


def _is_block(key: str, part: Any) -> bool:  # noqa: ANN401  # any JSON value
    """Return whether the parts of `key` stand on lines of their own; a list of words does not."""
    words = isinstance(part, list) and all(isinstance(below, str) for below in part)
    return key in _BLOCKS and bool(part) and not words


def _holds_block(part: Any) -> bool:  # noqa: ANN401  # any JSON value
    if isinstance(part, dict):
        return any(_is_block(key, below) or _holds_block(below) for key, below in part.items())
    return isinstance(part, list) and any(_holds_block(below) for below in part)


def flow(value: Any) -> str:  # noqa: ANN401  # any JSON value
    """Return `value` on one line, as YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(part) for part in value) + "]"
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT_INTEGER:
        return str(int(value))
    return repr(value)


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) and key.lower() not in _OTHER_MEANINGS else _quoted(key)


def _text(text: str) -> str:
    if _NUMERIC_WORDS.fullmatch(text):
        return text
    plain = _PLAIN.fullmatch(text) and not text.endswith(" ") and text.lower() not in _OTHER_MEANINGS
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    return '"' + "".join(_escaped(sign) for sign in text) + '"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign == "\n":
        return "\\n"
    if unicodedata.category(sign) in _ESCAPED:
        return f"\\U{ord(sign):08X}"
    return sign
