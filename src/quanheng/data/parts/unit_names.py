"""The codes and names of units: what is taken out, what they may not hold, which of them look alike."""

from __future__ import annotations

from functools import partial
from typing import Final

import polars as pl

from quanheng.data.cells.formulas import LIKE_A_FORMULA
from quanheng.data.tables.table import ROW, Table, texts_of
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector, Row
from quanheng.findings.finding import Kind, Location
from quanheng.findings.look_alikes import SAME, UNSEEN, odd_letters
from quanheng.findings.visible import ACTING

_KEYS: Final = ("unit", "name")
_BREAKS: Final = r"\s*[\t\n\x0b\x0c\r\x85\u2028\u2029]+\s*"
_DROPPED: Final = r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff]"
"""What is not seen and turns or joins nothing: it came along from a page or a dialogue."""
_ASCII: Final = r"^[\x00-\x7f]*$"


def with_plain_names(table: Table) -> Table:
    """Return `table` with blanks for breaks of line in codes and names, and nothing for what is unseen."""
    columns = [str(table.known[key]) for key in _KEYS if table.has(key)]
    texts = [
        texts_of(table.body[column]).str.replace_all(_BREAKS, " ").str.replace_all(_DROPPED, "").alias(column)
        for column in columns
        if table.body[column].dtype == pl.String
    ]
    return table.with_body(table.body.with_columns(texts))


NAMED_AS_A_FORMULA: Final = Kind(
    code="QH453",
    severity="error",
    en="{text!r} names a unit, and would run as a formula where a result is opened in a spreadsheet",
    zh="单位“{text}”在表格软件中打开结果时会被当作公式执行",
    hint_en="write plain text: it must not begin with '=', '@', or a sign before what can be computed",
    hint_zh="请改为普通文字，不要以“=”“@”或正负号加可计算内容开头",
)
ACTS: Final = Kind(
    code="QH640",
    severity="error",
    en="{text!r} names a unit and has a character that acts instead of being seen",
    zh="单位“{text}”中含有不显示、只起控制作用的字符",
    hint_en="write the name anew; what stands in <…> above is its number in Unicode",
    hint_zh="请重新输入该名称；上面〈…〉所示为该字符的编号",
)


def tell_names(table: Table, collector: Collector) -> None:
    """Add an error for each code and name of a unit that a spreadsheet would run or a terminal would obey."""
    for key in _KEYS:
        texts = pl.DataFrame({ROW: table.body[ROW], "text": table.texts(key)})
        for kind, pattern in ((NAMED_AS_A_FORMULA, LIKE_A_FORMULA), (ACTS, ACTING)):
            collector.tell(
                kind,
                texts.filter(pl.col("text").str.contains(pattern)),
                partial(_place, table, key),
                lambda row: {"text": shown(row["text"])},
            )


LOOK_ALIKE: Final = Kind(
    code="QH643",
    severity="warning",
    en="{text!r} and {other!r} at {place} look the same, but are two units: {letters}",
    zh="“{text}”与 {place} 处的“{other}”字形相同，却是两个单位：{letters}",
    hint_en="if they are one unit, write it alike everywhere; else choose what a reader can tell apart",
    hint_zh="若是同一单位，请统一写法；若不是，请改用可区分的代码、名称",
)


def tell_look_alikes(table: Table, collector: Collector) -> None:
    """Add a warning for each code and name that looks like that of a unit above it, and is another one."""
    spelled = pl.concat(
        pl.DataFrame({ROW: table.body[ROW], "text": table.texts(key)}).with_columns(key=pl.lit(key))
        for key in _KEYS
    ).drop_nulls("text")
    text = pl.col("text")
    if spelled.select(text.str.contains(_ASCII).all()).item():
        return
    plain = text.str.normalize("NFKC").str.replace_all(UNSEEN, "").str.replace_many(SAME)
    spelled = spelled.with_columns(looks=pl.when(text.str.contains(_ASCII)).then(text).otherwise(plain))
    odd = spelled.filter(pl.col("looks") != text)["looks"].unique()
    first = [pl.col(name).first().over("looks").alias(f"{name}_first") for name in (ROW, "text", "key")]
    alike = spelled.filter(pl.col("looks").is_in(odd.implode())).with_columns(first)
    collector.tell(
        LOOK_ALIKE,
        alike.filter(pl.col(ROW) != pl.col(f"{ROW}_first"), text != pl.col("text_first")),
        lambda row: table.location_of(row[ROW], row["key"]),
        lambda row: {
            "text": shown(row["text"]),
            "other": shown(row["text_first"]),
            "place": table.location_of(row[f"{ROW}_first"], row["key_first"]),
            "letters": odd_letters(row["text"]) or odd_letters(row["text_first"]),
        },
    )


def _place(table: Table, key: str, row: Row) -> Location:
    return table.location_of(row[ROW], key)
