"""What helps a person who fills in a sheet of the scheme: what headings mean, and the words to choose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quanheng.data.conversion.sheet_helps import Help, fitting
from quanheng.findings.patterns import linear
from quanheng.findings.text import Language, Text
from quanheng.scheme.document.document import Document
from quanheng.scheme.document.shapes import Shape, shape_at
from quanheng.scheme.fields.key_words import word_of
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.value_words import FALSE, TRUE, word_of_value
from quanheng.scheme.files.notation.writing import Cell
from quanheng.scheme.files.sheet_names import (
    CAMPAIGN,
    CODE,
    COLUMN,
    LEDGER,
    NEXT,
    PARENT,
    PATHS,
    SCHEME,
    STATE,
    path_of,
)
from quanheng.scheme.formulas.worded.chinese import in_chinese
from quanheng.scheme.rules.forms import RULE_WORDS, RuleForm
from quanheng.scheme.tree.scheme import Scheme

_OWN: Final[dict[str, Text]] = {
    CODE: Text(
        zh="编码，公式和数据中用它来指；字母、汉字、数字和下划线。只填名称时，名称即编码",
        en="the code formulas and data name it by; if there is only a name, the name is the code",
    ),
    PARENT: Text(
        zh="上级指标的编码或名称；第一级指标留空",
        en="the code or name of the node above; empty on the first level",
    ),
    LEDGER: Text(zh="台账的编码或名称，见“台账定义”表", en="the code or name of a ledger"),
    COLUMN: Text(zh="台账中的列名", en="the heading of a column of the ledger"),
    STATE: Text(zh="事项所处的状态", en="a state of a record"),
    NEXT: Text(
        zh="之后可以是哪些状态，以顿号隔开；空为不再变化",
        en="the states that may follow, with commas between; empty: none",
    ),
    CAMPAIGN: Text(zh="专项行动的编码或名称，见“专项行动”表", en="the code or name of a campaign"),
}
_QUOTED: Final = linear(r" ?(“[^“”]*”) ?", why="the texts are our own")
_WORD: Final = linear(r"`([^`]*)`", why="the texts are our own")


def scheme_helps(
    part: str, rows: Sequence[Sequence[Cell]], scheme: Scheme, language: Language
) -> Iterator[Help]:
    """Yield a help for each column of a sheet, or for each row of the sheet of keys and values."""
    if part == SCHEME:
        for number, row in enumerate(rows[1:], start=1):
            path = path_of(str(row[0]))
            choices = _choices(path, shape_at(Document, path), scheme, language)
            yield Help(row=number, column=0, note=_meaning((), path, language), choices=choices)
        return
    for column, cell in enumerate(rows[0]):
        path = path_of(str(cell), part)
        own = _OWN.get(path[0]) if len(path) == 1 else None
        if own is not None and (path[0] != COLUMN or part == "ledger_fields"):
            yield Help(column=column, note=own.in_language(language), choices=_codes(path[0], scheme))
            continue
        whole = (*PATHS[part], *path)
        choices = _choices(whole, shape_at(Document, whole), scheme, language)
        yield Help(column=column, note=_meaning(PATHS[part], path, language), choices=choices)


def _meaning(base: Path, path: tuple[str, ...], language: Language) -> str:
    """Return what the last of the keys means that has a meaning of its own."""
    for end in range(len(path), 0, -1):
        for form in shape_at(Document, (*base, *path[: end - 1])).forms:
            meaning = form.meanings().get(path[end - 1])
            if meaning is not None:
                return in_words_of_sheets(meaning.zh) if language == "zh" else meaning.en
    return ""


def in_words_of_sheets(text: str) -> str:
    """Return a Chinese text with what stands in back quotes in the words of the sheets.

    Examples:
        >>> in_words_of_sheets("不写则用方案的 `marks`；写 `'%'` 时不同。")
        '不写则用方案的“满分”；写“%”时不同。'
    """

    def told(found: re.Match[str]) -> str:
        word = found[1].strip("'")
        known = word_of(word) if word_of(word) != word else word_of_value("", word)
        return f"“{known if known != word else in_chinese(word)}”"

    return _QUOTED.sub(r"\1", _WORD.sub(told, text))


def _choices(path: Path, shape: Shape, scheme: Scheme, language: Language) -> tuple[str, ...]:
    chinese = language == "zh"
    key = str(path[-1])
    if RuleForm in shape.forms:
        return fitting(
            tuple(
                word_of(word, path) if chinese else word
                for word in RuleForm.model_fields
                if word in RULE_WORDS
            )
        )
    if shape.truth:
        return (TRUE, FALSE) if chinese else ("true", "false")
    if shape.words and not (shape.number or shape.text):
        return fitting(tuple(word_of_value(key, word) if chinese else word for word in shape.words))
    return _codes(key, scheme)


def _codes(key: str, scheme: Scheme) -> tuple[str, ...]:
    match key:
        case "parent" | "node":
            return fitting(tuple(node.code for node in scheme.nodes))
        case "ledger" | "count":
            return fitting(tuple(ledger.code for ledger in scheme.ledgers))
        case "campaign":
            return fitting(tuple(campaign.code for campaign in scheme.campaigns))
    return ()
