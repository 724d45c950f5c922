"""Split targets: a year's into those of its parts, a whole among units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.data.book.called import indicator_called, unit_called
from quanheng.data.book.frames import Frame
from quanheng.data.book.mergers import book_as_on
from quanheng.data.load import load_early
from quanheng.data.telling.in_names import in_names
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.value import Value
from quanheng.insight.targets.share_out import Among, ByAttribute, ByLastYear, Equally, Whole, share_out
from quanheng.insight.targets.split import SPLIT, Part, split_targets
from quanheng.periods.period import parse_period
from quanheng.scheme.formulas.numbers import in_range
from quanheng.scheme.tree.scheme import Indicator
from quanheng.usecase.targets.curve import curve_of

_MOST_DECIMALS: Final = 12


class Asked(Value):
    """What is to be split, and how.

    `indicators` empty: all that have a target of the year; `units` empty: all. With `whole` it is first
    shared out among the units: `among` is `equal`, `last-year` or `attribute:COLUMN`. `every` None: the year
    is not split.
    `curve` as `quanheng.usecase.targets.curve` reads it; None: the scheme's own pace. With `set_on` and
    `reason` the new targets are a revision, and what was set before stays.
    """

    indicators: Sequence[str] = ()
    units: Sequence[str] = ()
    whole: float | None = None
    among: str = "equal"
    group: str | None = None
    every: Part | None = None
    curve: str | None = None
    decimals: int | None = None
    set_on: dt.date | None = None
    reason: str | None = None


class Targets(Value):
    """New targets: `rows` has unit, indicator, period, target, floor, stretch, decimals, state.

    The year's own stand before those of its parts. `names` gives the names of units and indicators, `year`
    the year that was split.
    """

    book: Book
    year: int
    rows: Frame
    findings: tuple[Finding, ...]
    set_on: dt.date | None
    reason: str | None


def split(path: Path, asked: Asked) -> Targets:
    """Return the targets of the book at `path` split as `asked`; nothing is written.

    Raises:
        FindingsError: the book has errors, or a target cannot be split as asked.
        UsageError: what is asked makes no sense for this book.
    """
    book = load_early(path)
    year = parse_period(book.scheme.round).year
    book = book_as_on(book, dt.date(year, 12, 31))
    _require_sense(asked)
    named = [indicator_called(book.scheme, name) for name in asked.indicators]
    indicators = [each for code in named for each in book.scheme.indicators if each.code == code]
    curve = None if asked.curve is None else curve_of(asked.curve, year=year)
    if asked.whole is not None:
        book = _shared(book, indicators[0], asked, year)
    if asked.units:
        book = _only(book, [unit_called(book, name) for name in asked.units])
    indicators = indicators or _with_targets(book, year)
    codes = [indicator.code for indicator in indicators]
    here = (nw.col("period") == str(year)) & nw.col("indicator").is_in(codes)
    yearly = book.targets.filter(here).with_columns(nw.lit(None, dtype=nw.Int64()).alias("decimals"))
    if not len(yearly):
        raise UsageError(
            f"there is no target of {year} to split: {', '.join(codes)}",
            f"没有可分解的 {year} 年目标：{'、'.join(codes)}",
        )
    parts = [yearly.select(*SPLIT)] if asked.whole is not None else []
    findings: tuple[Finding, ...] = ()
    if asked.every is not None:
        try:
            done = split_targets(
                book, indicators, year=year, every=asked.every, curve=curve, decimals=asked.decimals
            )
        except FindingsError as error:
            raise FindingsError(_in_names(error.findings, book)) from None
        parts.append(done.rows)
        findings = _in_names(done.findings, book)
    return Targets(
        book=book,
        year=year,
        rows=nw.concat(parts, how="vertical"),
        findings=findings,
        set_on=asked.set_on,
        reason=asked.reason,
    )


def _in_names(findings: Sequence[Finding], book: Book) -> tuple[Finding, ...]:
    return tuple(in_names(findings, book.scheme, book.units.to_native()))


def _only(book: Book, units: Sequence[str]) -> Book:
    """Return `book` with the targets of `units` alone to be split; all its versions stay."""
    return replace(book, targets=book.targets.filter(nw.col("unit").is_in(list(units))))


def _require_sense(asked: Asked) -> None:
    if (asked.set_on is None) != (asked.reason is None):
        raise UsageError(
            "a revision has a day and a reason: --set-on and --reason go together",
            "目标调整须写明日期和事由：--set-on 与 --reason 须同时给出",
        )
    if asked.whole is not None and not in_range(asked.whole):
        raise UsageError(
            f"a whole is 0 or of a size from 1e-15 up to below 1e15, not {asked.whole:g}",
            f"总量为 0，或绝对值从 1e-15 到不足 1e15，不能是 {asked.whole:g}",
        )
    if asked.decimals is not None and not 0 <= asked.decimals <= _MOST_DECIMALS:
        raise UsageError(
            f"a target has 0 to {_MOST_DECIMALS} decimals, not {asked.decimals}",
            f"目标的小数位数为 0 至 {_MOST_DECIMALS}，不能是 {asked.decimals}",
        )
    if asked.whole is not None and asked.units:
        raise UsageError("a whole is for all units; leave --unit out", "总量属于全部单位，请不要使用 --unit")
    if asked.whole is not None and len(asked.indicators) != 1:
        raise UsageError(
            "a whole is of one indicator; name it with --indicator",
            "总量只属于一个指标，请用 --indicator 指定",
        )
    if asked.whole is None and asked.every is None:
        raise UsageError(
            "say what to split: --every quarter or month, --whole N, or both",
            "请说明如何分解：--every 按季（quarter）或按月（month），或 --whole 总量，或两者并用",
        )
    if asked.whole is None and (asked.group is not None or asked.among != "equal"):
        raise UsageError(
            "--among and --group share out a --whole", "--among 和 --group 用于分解 --whole 给出的总量"
        )


def _shared(book: Book, indicator: Indicator, asked: Asked, year: int) -> Book:
    """Return `book` with the whole shared out as the year's targets of the indicator."""
    group = None if asked.group is None else _group(asked.group, indicator, book)
    whole = Whole(amount=asked.whole or 0.0, among=_among(asked.among), group=group)
    new = share_out(book, indicator, whole, year=year, decimals=asked.decimals)
    here = (nw.col("indicator") == indicator.code) & (nw.col("period") == str(year))
    return replace(book, targets=nw.concat([book.targets.filter(~here), new], how="vertical"))


def _among(text: str) -> Among:
    word, _, column = text.partition(":")
    match word.strip():
        case "equal":
            return Equally()
        case "last-year":
            return ByLastYear()
        case "attribute" if column.strip():
            return ByAttribute(column=column.strip())
        case _:
            raise UsageError(
                f"a whole is shared equal, by last-year or by attribute:COLUMN, not by {text!r}",
                f"总量可平均（equal）、按上年数（last-year）或按单位属性（attribute:列名）分解，不能按“{text}”",
            )


def _group(name: str, indicator: Indicator, book: Book) -> str:
    for group in book.scheme.groups:
        if name in (group.code, group.name.zh, group.name.en) and group.code in indicator.groups:
            return group.code
    raise UsageError(
        f"{indicator.code!r} is not assessed in a group {name!r}", f"指标“{indicator.code}”不在分组“{name}”中"
    )


def _with_targets(book: Book, year: int) -> list[Indicator]:
    known = set(book.targets.filter(nw.col("period") == str(year))["indicator"].to_list())
    found = [indicator for indicator in book.scheme.indicators if indicator.code in known]
    if not found:
        raise UsageError(f"the book has no target of {year}", f"考核册没有 {year} 年目标")
    return found
