"""The words of a scheme's sheets in a workbook: sheet names and headings, Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quanheng.findings.text import Language, Text
from quanheng.scheme.document.document import Document
from quanheng.scheme.document.shapes import below, shape_at
from quanheng.scheme.fields.key_words import key_of, word_of
from quanheng.scheme.fields.lines import Path

SCHEME: Final = "scheme"
CODE: Final = "code"
PARENT: Final = "parent"
LEDGER: Final = "ledger"
CAMPAIGN: Final = "campaign"
COLUMN: Final = "column"
STATE: Final = "state"
NEXT: Final = "next"

SHEET_NAMES: Final[Mapping[str, str]] = {
    SCHEME: "方案",
    "groups": "分组",
    "items": "数据项",
    "indicators": "指标",
    "adjustment_rules": "加减分规则",
    "tiers": "等次",
    "lower": "降等",
    "awards": "奖项",
    "ledgers": "台账定义",
    "ledger_fields": "台账字段",
    "ledger_states": "台账状态",
    "campaigns": "专项行动",
    "milestones": "阶段目标",
}
"""The Chinese name of each sheet; the key is the English one, and both are read."""

PATHS: Final[Mapping[str, Path]] = {
    SCHEME: (),
    "groups": ("groups", CODE),
    "items": ("items", CODE),
    "indicators": ("indicators", CODE),
    "adjustment_rules": ("adjustments", "rules", 0),
    "tiers": ("tiers", 0),
    "lower": ("lower", 0),
    "awards": ("awards", 0),
    "ledgers": ("ledgers", CODE),
    "ledger_fields": ("ledgers", CODE, "fields", COLUMN),
    "ledger_states": ("ledgers", CODE, "states", "moves"),
    "campaigns": ("campaigns", CODE),
    "milestones": ("campaigns", CODE, "milestones", 0),
}
"""Where in a document the rows of each sheet stand; a code stands for any."""

OWN_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "groups": (CODE,),
    "items": (CODE,),
    "indicators": (CODE, PARENT),
    "ledgers": (CODE,),
    "campaigns": (CODE,),
    "ledger_fields": (LEDGER, COLUMN),
    "ledger_states": (LEDGER, STATE, NEXT),
    "milestones": (CAMPAIGN,),
}
"""The columns that say where a row belongs, in the order in which they stand first."""

GUIDE: Final = Text(zh="填写说明", en="guide")
"""The sheet that says how to fill in the others; it is not read."""

BOTH_NAMES: Final[Mapping[str, str]] = {
    **{english: english for english in SHEET_NAMES},
    **{chinese: english for english, chinese in SHEET_NAMES.items()},
}
"""The English name of a sheet called either way."""

_HEAD: Final = ("key", "value")
"""The columns of the sheet of keys and values."""


def heading(path: tuple[str, ...], part: str = SCHEME, language: Language = "zh") -> str:
    """Return the heading for a path of keys on the sheet of `part`.

    Examples:
        >>> heading(("name", "en"), "items"), heading(("weight", "towns"), "indicators")
        ('名称.英文', '权重.towns')
        >>> heading(("from",), "awards"), heading(("from",), "awards", "en")
        ('授奖分组', 'from')
    """
    if language == "en":
        return ".".join(path)
    base = PATHS[part]
    words = []
    for at, key in enumerate(path):
        above = (*base, *path[:at])
        own = at == 0 and (key in OWN_COLUMNS.get(part, ()) or (part == SCHEME and key in _HEAD))
        known = own or key in shape_at(Document, above).keys
        words.append(word_of(key, above if not own else ()) if known else key)
    return ".".join(words)


def path_of(text: str, part: str = SCHEME) -> tuple[str, ...]:
    """Return the keys a heading on the sheet of `part` means, written in either language.

    Examples:
        >>> path_of("名称.英文", "items"), path_of("weight.towns", "indicators")
        (('name', 'en'), ('weight', 'towns'))
    """
    words = [word.strip() for word in text.strip().replace("．", ".").split(".")]
    own = key_of(words[0], (*OWN_COLUMNS.get(part, ()), *(_HEAD if part == SCHEME else ())))
    if own is not None and len(words) == 1:
        return (own,)
    shape = shape_at(Document, PATHS[part])
    path: tuple[str, ...] = ()
    for word in words:
        key = key_of(word, shape.keys, (*PATHS[part], *path)) or word
        path = (*path, key)
        shape = below(shape, key)
    return path
