"""How a text in the data finds what it names: by code, by name, or spelt loosely; else the nearest one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import polars as pl

from quanheng.data.telling.half_width import loose
from quanheng.findings.look_alikes import looks, odd_letters
from quanheng.findings.nearest import nearest
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.findings.visible import printable

_SHOWN: Final = 60
_MANY: Final = 100_000
_OFTEN: Final = 10
"""Codes that stand in texts so often on average are few."""
_COMPARISONS: Final = 200_000
"""Texts that may be compared to find nearest names: with many units only the first strangers get an offer."""


class Found(Value):
    """Where texts lead: `index` into the roster's codes (null if unknown), and texts that mean two things."""

    index: pl.Series
    ambiguous: dict[str, tuple[str, str]]


class Roster(Value):
    """What data may refer to: a row for each, with its code and its names.

    `table` has the String columns `code` and `name`, and any further columns of names (`name_en` …).
    `aliases` are further names, any number for a row: its `index`, and the `alias`.
    """

    table: pl.DataFrame
    aliases: pl.DataFrame | None = None

    @property
    def codes(self) -> pl.Series:
        """The codes, in the order of the roster."""
        return self.table["code"]

    def has_codes(self, texts: pl.Series) -> bool:
        """Return whether every one of `texts` is a code, as a table for the whole year mostly has them.

        Examples:
            >>> roster = roster_of(["gdp", "pop"], [("地区生产总值", "GDP"), ("人口", "population")])
            >>> roster.has_codes(pl.Series(["pop", "gdp"])), roster.has_codes(pl.Series(["pop", "GDP"]))
            (True, False)
        """
        return texts.dtype == pl.String and not texts.has_nulls() and texts.is_in(self.codes.implode()).all()

    def words(self) -> tuple[str, ...]:
        """Return all codes and names, for nearest matches; of very many, only the codes."""
        columns = self.table.columns if self.table.height <= _MANY else ["code"]
        words = tuple(word for column in columns for word in self.table[column].head(_MANY).drop_nulls())
        return words if self.aliases is None else (*words, *self.aliases["alias"].head(_MANY))

    def find(self, texts: pl.Series) -> Found:
        """Return for each of `texts` the row of the roster it names.

        A code counts before a name, and both before a loose spelling (full width, blanks, capitals).

        Examples:
            >>> roster = roster_of(["gdp", "pop"], [("地区生产总值", "GDP"), ("人口", "population")])
            >>> roster.find(pl.Series(["pop", "地区生产总值", "ＰＯＰ", "rain", None])).index.to_list()
            [1, 0, 1, None, None]
        """
        numbered = self.table.with_row_index("index")
        at_once = _by_code(texts, numbered)
        if at_once is not None:
            return Found(index=at_once, ambiguous={})
        wanted = texts.drop_nulls().unique().alias("text").to_frame()
        names = [name for name in self.table.columns if name != "code"]
        found: list[pl.DataFrame] = []
        ambiguous: dict[str, tuple[str, str]] = {}
        for columns, key in ((["code"], _same), (names, _same), (["code", *names], loose)):
            if wanted.is_empty() or not columns:
                continue
            spelled = [numbered.select(key=key(pl.col(column)), index="index") for column in columns]
            if self.aliases is not None and columns != ["code"]:
                spelled.append(self.aliases.select(key=key(pl.col("alias")), index="index"))
            keys = pl.concat(spelled)
            matches = (
                wanted.with_columns(key=key(pl.col("text")))
                .join(keys.filter(pl.col("key") != ""), on="key", how="inner")
                .group_by("text")
                .agg(pl.col("index").unique().sort())
            )
            one = pl.col("index").list.len() == 1
            found.append(matches.filter(one).select("text", pl.col("index").list.first()))
            ambiguous |= {
                text: (self.codes[indices[0]], self.codes[indices[1]])
                for text, indices in matches.filter(~one).head(_SHOWN).iter_rows()
            }
            wanted = wanted.join(matches, on="text", how="anti")
        if not found:
            return Found(index=pl.Series("index", [None], dtype=pl.UInt32).clear(len(texts)), ambiguous={})
        index = (
            texts.alias("text")
            .to_frame()
            .join(pl.concat(found), on="text", how="left", maintain_order="left")["index"]
        )
        return Found(index=index, ambiguous=ambiguous)


def roster_of(codes: Sequence[str], names: Iterable[tuple[str, ...]]) -> Roster:
    """Return the roster of `codes`, each with its names in the same order; an empty name is none."""
    table = pl.DataFrame({"code": list(codes)}, schema={"code": pl.String})
    columns = list(zip(*names, strict=True))
    return Roster(
        table=table.with_columns(
            pl.Series(f"name{number}", list(column), dtype=pl.String) for number, column in enumerate(columns)
        )
    )


class Nearness:
    """The nearest of many known words, as facts of a finding; how often it looks is bounded."""

    def __init__(self, known: Iterable[str]) -> None:
        """Look among `known`."""
        self._known = tuple(dict.fromkeys(word for word in known if word))
        self._left = max(1, _COMPARISONS // max(1, len(self._known)))

    def facts(self, word: str) -> dict[str, Text]:
        """Return the fact `near`: a question with the nearest word, or nothing.

        Examples:
            >>> Nearness(["gdp", "gdp_growth"]).facts("gdp_grwth")
            {'near': Text(zh='，是否指“gdp_growth”？', en="; did you mean 'gdp_growth'?")}
        """
        near = nearest(word[:_SHOWN], self._known) if self._left > 0 else None
        self._left -= 1
        if near is None:
            return {"near": Text()}
        asked = Text(en=f"; did you mean {near!r}?", zh=f"，是否指“{near}”？")
        odd = odd_letters(word[:_SHOWN]) or odd_letters(near)
        if odd and looks(word) == looks(near):  # who reads them sees no difference
            asked = Text(en=f"{asked.en} (not the same: {odd})", zh=f"{asked.zh}（字形相近但不同：{odd}）")
        return {"near": asked}


def shown(text: str | None) -> str:
    """Return `text` fit to be shown in a message: short, on one line, without control characters.

    Examples:
        >>> shown("two" + chr(10) + "lines"), len(shown("b" * 80))
        ('two lines', 60)
    """
    line = printable((text or "")[: _SHOWN + 1])
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _by_code(texts: pl.Series, numbered: pl.DataFrame) -> pl.Series | None:
    """Return the index of each text if every one is a code: the usual case, also of millions of rows."""
    codes = numbered["code"]
    if len(texts) == len(codes) and texts.eq_missing(codes).all():
        return numbered["index"]
    if 0 < _OFTEN * len(codes) <= len(texts) and not codes.has_nulls() and codes.is_unique().all():
        # to look a text up among few takes a third of a join
        index = numbered["index"].gather(texts.cast(pl.Enum(codes), strict=False).to_physical())
    else:
        coded = texts.alias("code").to_frame()
        index = coded.join(numbered, on="code", how="left", maintain_order="left")["index"]
    return index if index.null_count() == texts.null_count() else None


def _same(text: pl.Expr) -> pl.Expr:
    return text
