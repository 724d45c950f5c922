"""Tables inside hand-written pages, made from the program, between two comments that name them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, TypeAlias

from tools.study_tables import settings_rows, table_rows

from quanheng.data.files.workbook import HISTORY, LEDGER, SHEETS
from quanheng.data.tables import headings
from quanheng.data.tables.headings import Column
from quanheng.data.telling import limits
from quanheng.documents.workbook.draft.draft import SHEETS as RESULT_SHEETS
from quanheng.documents.workbook.draft.words import say
from quanheng.findings.text import Language
from quanheng.scheme.document.document import Document
from quanheng.scheme.document.shapes import Shape, below, shape_at
from quanheng.scheme.fields import fields as forms
from quanheng.scheme.fields.key_words import word_of
from quanheng.scheme.fields.value_words import FALSE, TRUE, word_of_value
from quanheng.scheme.files import yaml_lines as yaml_tree
from quanheng.scheme.files.sheet_names import OWN_COLUMNS, PATHS, SHEET_NAMES, heading
from quanheng.scheme.formulas import cost as formula_size
from quanheng.scheme.formulas import parse, scopes
from quanheng.scheme.formulas.functions import FUNCTIONS
from quanheng.scheme.laws import limits as scheme_limits
from quanheng.scheme.rules.forms import RuleForm
from quanheng.studies.catalogue import STUDIES

Texts: TypeAlias = tuple[str, str]
"""A wording in English and in Chinese."""

_TABLE: Final = re.compile(r"<!-- table: (?P<name>\w+) -->\n.*?<!-- end -->", re.DOTALL)
_MEBI: Final = 1024 * 1024

_OTHER_SHEETS: Final = frozenset({"children", "moves", "fields", "milestones", "rules"})
"""Keys whose parts stand on sheets of their own."""
_HEADINGS: Final[Mapping[str, tuple[Texts, Sequence[Column]]]] = {
    "units": (("units", "单位"), headings.UNITS),
    "long": (("data, long form", "数据（长表）"), headings.LONG_DATA),
    "wide": (("data, wide form", "数据（宽表）"), headings.WIDE_DATA),
    "turned": (("data, turned", "数据（行列互换）"), headings.TURNED_DATA),
    "targets": (("targets", "目标"), headings.TARGETS),
    "adjustments": (("adjustments", "加减分"), headings.ADJUSTMENTS),
    "history": (("history", "历史"), headings.HISTORY),
}
LIMITS: Final[Mapping[str, tuple[Texts, int, Texts]]] = {
    "CSV_BYTES": (("a csv file", "一个 csv 文件"), limits.CSV_BYTES // _MEBI, ("MiB", "MiB")),
    "WORKBOOK_BYTES": (("a workbook", "一个工作簿"), limits.WORKBOOK_BYTES // _MEBI, ("MiB", "MiB")),
    "UNPACKED_BYTES": (
        ("a workbook, unpacked", "工作簿解压后"),
        limits.UNPACKED_BYTES // _MEBI,
        ("MiB", "MiB"),
    ),
    "UNPACKED_RATIO": (
        ("a workbook, unpacked to packed", "工作簿解压前后之比"),
        limits.UNPACKED_RATIO,
        ("times", "倍"),
    ),
    "UNPACKED_HARMLESS": (
        ("… looked at from", "……多大以上才看这个比"),
        limits.UNPACKED_HARMLESS // _MEBI,
        ("MiB", "MiB"),
    ),
    "PARTS": (("parts of a workbook's archive", "工作簿压缩包内的部件"), limits.PARTS, ("", "个")),
    "COLUMNS": (("columns of a table", "一张表的列"), limits.COLUMNS, ("", "列")),
    "ROWS": (("rows of a table", "一张表的行"), limits.ROWS, ("", "行")),
    "SHEET_AREA": (("rows × columns that a sheet spans", "工作表的行数 × 列数"), limits.SHEET_AREA, ("", "")),
    "LINE_BYTES": (("a line of a text file", "文本文件的一行"), limits.LINE_BYTES // _MEBI, ("MiB", "MiB")),
    "CELL_CHARACTERS": (("a cell", "一个单元格"), limits.CELL_CHARACTERS, ("characters", "字")),
    "BOOK_BYTES": (
        ("text files and workbooks of a book together", "考核册的文本文件和工作簿合计"),
        limits.BOOK_BYTES // _MEBI,
        ("MiB", "MiB"),
    ),
    "ROOM": (
        ("memory of a book's tables beyond what its files are due", "考核册各表超出其文件应占之外的内存"),
        limits.ROOM // _MEBI,
        ("MiB", "MiB"),
    ),
    "ROOM_OF_TEXT": (
        ("… due to a text file: times its size", "……文本文件应占：大小的"),
        limits.ROOM_OF_TEXT,
        ("", "倍"),
    ),
    "ROOM_OF_WORKBOOK": (
        ("… to a workbook: times its size, unpacked", "……工作簿应占：解压后大小的"),
        limits.ROOM_OF_WORKBOOK,
        ("", "倍"),
    ),
    "PACKING": (
        ("… unpacked counts as at most so many times its size", "……解压后至多按其大小的多少倍计"),
        limits.PACKING,
        ("", "倍"),
    ),
    "ROOM_OF_PARQUET": (
        ("… to a Parquet file: times its size", "……Parquet 文件应占：大小的"),
        limits.ROOM_OF_PARQUET,
        ("", "倍"),
    ),
    "CELL_BYTES": (
        ("… a cell counts, beside its text", "……一个单元格除文字外计"),
        limits.CELL_BYTES,
        ("bytes", "字节"),
    ),
    "APART_MEMORY": (
        (
            "memory of the process that opens a workbook or Parquet file",
            "打开工作簿或 Parquet 文件的进程的内存",
        ),
        limits.APART_MEMORY // _MEBI,
        ("MiB", "MiB"),
    ),
    "APART_MEMORY_TIMES": (
        ("… and beside it, times the file's size", "……另加文件大小的"),
        limits.APART_MEMORY_TIMES,
        ("", "倍"),
    ),
    "APART_SECONDS": (("its computing time", "其计算时间"), limits.APART_SECONDS, ("s", "秒")),
    "APART_SECONDS_PER_MEBI": (
        ("… and for each MiB of the file", "……文件每 MiB 另加"),
        limits.APART_SECONDS_PER_MEBI,
        ("s", "秒"),
    ),
    "PANEL_CELLS": (
        (
            "figures from which a wide Parquet file is never held in memory",
            "宽 Parquet 文件达到多少个数就不读入内存",
        ),
        limits.PANEL_CELLS,
        ("", "个"),
    ),
    "NAME_LENGTH": (
        ("a code or a name of a unit", "单位的代码或名称"),
        limits.NAME_LENGTH,
        ("characters", "字"),
    ),
    "CELL_LENGTH": (
        ("a cell of a record that is imported", "导入事项的一个单元格"),
        limits.CELL_LENGTH,
        ("characters", "字"),
    ),
    "FILES": (("files of a book", "考核册的文件"), limits.FILES, ("", "个")),
}
"""What each limit on data is about, by the name of its constant."""
_SCHEME_LIMITS: Final[Sequence[tuple[Texts, int, Texts]]] = (
    (("a scheme file", "方案文件"), yaml_tree.MAX_BYTES, ("bytes", "字节")),
    (("levels of a scheme file", "方案文件的层次"), yaml_tree.MAX_NESTING, ("", "层")),
    (("indicators of a scheme", "方案的指标"), scheme_limits.MAX_INDICATORS, ("", "个")),
    (("items of a scheme", "方案的数据项"), scheme_limits.MAX_ITEMS, ("", "个")),
    (("groups of a scheme", "方案的分组"), scheme_limits.MAX_GROUPS, ("", "个")),
    (("ledgers a scheme declares", "方案声明的台账"), scheme_limits.MAX_LEDGERS, ("", "个")),
    (("campaigns of a scheme", "方案的专项行动"), scheme_limits.MAX_CAMPAIGNS, ("", "个")),
    (
        ("fields or states of a ledger, milestones of a campaign", "台账的字段或状态、专项行动的阶段目标"),
        scheme_limits.MAX_PARTS,
        ("", "个"),
    ),
    (("a code in a scheme", "方案中的代码"), forms.MAX_CODE, ("characters", "字符")),
    (("a text in a scheme", "方案中的文字"), forms.MAX_TEXT, ("characters", "字符")),
    (("a formula", "公式"), parse.MAX_LENGTH, ("characters", "字符")),
    (("levels of brackets in a formula", "公式的括号层次"), parse.MAX_DEPTH, ("", "层")),
    (("steps a formula takes for each unit", "公式对每个单位的计算步数"), formula_size.MOST, ("", "步")),
)
_PLACES: Final[Sequence[tuple[Texts, Mapping[str, scopes.Sort], frozenset[str]]]] = (
    (
        ("`measure` of an indicator", "指标的 `measure`"),
        {},
        scopes.MEASURE_FUNCTIONS | scopes.NODE_FUNCTIONS,
    ),
    (
        ("rule `met`, `cap` of `zscore`", "规则 `met`、`zscore` 的 `cap`"),
        scopes.MET_WORDS,
        scopes.MEASURE_FUNCTIONS,
    ),
    (("rule `marks`", "规则 `marks`"), scopes.MARKS_WORDS, scopes.MEASURE_FUNCTIONS),
    (
        ("`coefficient`, `where` of `gaps`", "`coefficient`、`gaps` 的 `where`"),
        {},
        scopes.ITEM_FUNCTIONS | scopes.NODE_FUNCTIONS,
    ),
    (
        (
            "`when`, `marks` of adjustments, `where` of a node's `cap`",
            "加减分的 `when` 和 `marks`、节点 `cap` 的 `where`",
        ),
        {},
        scopes.ITEM_FUNCTIONS | scopes.REVIEW_FUNCTIONS | scopes.NODE_FUNCTIONS,
    ),
    (("inside `reviews(…)`", "`reviews(…)` 之内"), scopes.REVIEW_WORDS, frozenset()),
    (
        ("`where` of an item from a ledger or of a campaign", "台账数据项、专项行动的 `where`"),
        scopes.LEDGER_WORDS,
        scopes.RECORD_FUNCTIONS,
    ),
    (
        ("`sum`, `mean`, `median`, `max`, `min` of a ledger", "台账的 `sum`、`mean`、`median`、`max`、`min`"),
        scopes.LEDGER_WORDS,
        scopes.RECORD_FUNCTIONS,
    ),
    (("`when` of a pace", "序时进度的 `when`"), scopes.LIGHT_WORDS, frozenset()),
    (
        ("`where`, `unless` of a tier, `when` of `lower`", "等次的 `where` 和 `unless`、降等的 `when`"),
        scopes.TIER_WORDS,
        scopes.REVIEW_FUNCTIONS,
    ),
    (
        ("`where` and `by` of an award", "奖项的 `where` 和 `by`"),
        scopes.AWARD_WORDS,
        scopes.REVIEW_FUNCTIONS,
    ),
)
_SORTS: Final[Mapping[scopes.Sort, Texts]] = {
    "number": ("number", "数"),
    "condition": ("true or false", "真假"),
    "words": ("text", "文字"),
    "day": ("day", "日期"),
}


def with_tables(text: str, language: Language) -> str:
    """Return the page `text` with its tables as the program has them now."""
    return _TABLE.sub(
        lambda found: f"<!-- table: {found['name']} -->\n{_TABLES[found['name']](language)}\n<!-- end -->",
        text,
    )


def _headings(language: Language) -> str:
    rows = (
        (
            _said(what, language),
            f"`{column.key}`",
            column.zh,
            _said(("yes", "是"), language) if column.needed else "",
            "、".join(column.others),
        )
        for what, columns in _HEADINGS.values()
        for column in columns
    )
    return _table(
        (
            ("table", "表"),
            ("heading", "英文列名"),
            ("Chinese", "中文列名"),
            ("needed", "必需"),
            ("read as well", "也认作"),
        ),
        rows,
        language,
    )


def _sheets(language: Language) -> str:
    rows = [(chinese, f"`{english}`") for english, chinese in SHEET_NAMES.items()]
    rows += [(chinese, f"`{english}`") for english, chinese in SHEETS.items()]
    rows += [("目标-<name>", "`targets-<name>`")]
    rows += [(f"{LEDGER}<name>", "`ledger-<name>`"), (f"{HISTORY}<round>", "`history-<round>`")]
    return _table((("sheet", "工作表"), ("or in English", "或英文")), rows, language)


def _scheme_headings(language: Language) -> str:
    rows = (
        (SHEET_NAMES[part], heading(path, part), f"`{'.'.join(path)}`", "、".join(words))
        for part, base in PATHS.items()
        for path, words in (
            *(((key,), ()) for key in OWN_COLUMNS.get(part, ())),
            *_columns_of(shape_at(Document, base), ()),
        )
    )
    heads = (("sheet", "工作表"), ("heading", "列名"), ("in English", "英文"), ("words", "可填的词"))
    return _table(heads, rows, language)


def _columns_of(shape: Shape, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the keys that have a column of their own, with the words that may be chosen there."""
    for key in shape.keys:
        path, under = (*above, key), below(shape, key)
        if key in _OTHER_SHEETS or (key in SHEET_NAMES and not above):
            continue
        if under.one_form is not None:
            yield from _columns_of(under, path)
        elif RuleForm in under.forms:
            yield path, tuple(word_of(word, ("rule",)) for word in RuleForm.model_fields)
        else:
            yes_or_no = (TRUE, FALSE) if under.truth else ()
            yield path, yes_or_no or tuple(word_of_value(key, word) for word in under.words)


def _rule_words(language: Language) -> str:
    rows = []
    for name in RuleForm.model_fields:
        shape = shape_at(Document, ("indicators", "i", "rule", name))
        above = ("rule", name)
        parts = []
        for key in shape.keys:
            under = below(shape, key)
            inner = [word_of(each, (*above, key)) for each in under.keys] if under.one_form else []
            words = [word_of_value(key, word) for word in under.words]
            told = "、".join(inner or words)
            parts.append(word_of(key, above) + (f"（{told}）" if told else ""))
        rows.append((word_of(name, ("rule",)), f"`{name}`", "；".join(parts)))
    return _table((("rule", "规则"), ("in English", "英文"), ("parameters", "参数")), rows, language)


def _limits(language: Language) -> str:
    rows = (
        (_said(what, language), f"{most:,} {_said(measured, language)}".strip())
        for what, most, measured in (*LIMITS.values(), *_SCHEME_LIMITS)
    )
    return _table((("what", "对象"), ("at most", "上限")), rows, language)


def _functions(language: Language) -> str:
    rows = (
        (f"`{each.name}`", each.gives.zh if language == "zh" else each.gives.en)
        for each in FUNCTIONS.values()
    )
    return _table((("function", "函数"), ("gives", "含义")), rows, language)


def _words(language: Language) -> str:
    rows = (
        (
            _said(place, language),
            ", ".join(f"`{word}` ({_said(_SORTS[sort], language)})" for word, sort in words.items()),
            ", ".join(f"`{name}`" for name in FUNCTIONS if name in functions or name in scopes.ROW_FUNCTIONS),
        )
        for place, words, functions in _PLACES
    )
    return _table(
        (("where", "位置"), ("words of its own", "自带的词"), ("functions", "可用函数")), rows, language
    )


def _result_sheets(language: Language) -> str:
    rows = (
        (
            say(f"sheet.{sheet}", language),
            say("guide.title" if sheet == "guide" else f"title.{sheet}", language),
        )
        for sheet in RESULT_SHEETS
    )
    return _table((("sheet", "工作表"), ("what it holds", "内容")), rows, language)


def _settings(study: str, language: Language) -> str:
    heads = (("key", "键"), ("default", "默认"), ("meaning", "含义"))
    return _table(heads, settings_rows(study, language), language)


def _tables_of(study: str, language: Language) -> str:
    heads = (("table", "表"), ("column", "列"), ("meaning", "含义"))
    return _table(heads, table_rows(study, language), language)


_TABLES: Final[Mapping[str, Callable[[Language], str]]] = {
    "headings": _headings,
    "sheets": _sheets,
    "scheme_headings": _scheme_headings,
    "rule_words": _rule_words,
    "limits": _limits,
    "functions": _functions,
    "words": _words,
    "result_sheets": _result_sheets,
    **{f"settings_{study}": partial(_settings, study) for study in STUDIES},
    **{f"tables_{study}": partial(_tables_of, study) for study in STUDIES},
}


def _table(heads: Sequence[Texts], rows: Iterable[Sequence[str]], language: Language) -> str:
    lines = [[_said(head, language) for head in heads], ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def _said(texts: Texts, language: Language) -> str:
    return texts[language == "zh"]
