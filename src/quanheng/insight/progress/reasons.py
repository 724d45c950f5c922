"""Why a light is what it is, in words: one sentence a row, made column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import narwhals as nw

from quanheng.data.book.frames import Frame
from quanheng.engine.frame import columns as c
from quanheng.findings.text import Language, Text
from quanheng.insight.progress.completion import COMPLETION
from quanheng.insight.progress.lights import (
    ABSENT,
    BY_ABSENCE,
    BY_CONDITION,
    GROWTH,
    LIGHT,
    RED_UNDER,
    WHY,
    WITHOUT_TARGET,
    YELLOW_UNDER,
    conditions_of,
    needs_growth,
)
from quanheng.insight.progress.not_in import UNREPORTED
from quanheng.insight.progress.worded import worded
from quanheng.scheme.formulas.scopes import LIGHT_WORDS
from quanheng.scheme.formulas.worded.wording import condition_in_words, formula_in_words
from quanheng.scheme.pace.pace import Lights

REASON: Final = "reason"
ABSENCE: Final = "absence"
BASIS: Final = "basis"
PERIOD: Final = "period"
REPORTED: Final = "reported"

_ABSENT: Final[Mapping[str, Text]] = {
    "not_due": Text(zh="本年度首期数据未到期", en="the first figure of the year is not due yet"),
    "missing": Text(zh="尚无数据，截至", en="no figure up to "),
    "no_records": Text(zh="没有可统计的记录", en="no records to count"),
    "undefined": Text(zh="无法计算（除数为零等）", en="cannot be computed: a division by zero or the like"),
    "not_applicable": Text(zh="对该单位不适用", en="does not apply to the unit"),
    "no_target": Text(zh="没有目标，也没有亮灯条件", en="no target and no condition"),
    "no_pace": Text(zh="年末之前不要求进度", en="nothing is due before the end of the year"),
}
_BASIS: Final[Mapping[str, Text]] = {
    "no_history": Text(
        zh="；可用历史不足两年，按均匀进度", en="; under two earlier years are known, so the pace is even"
    ),
    "no_start": Text(
        zh="；缺年初数，按水平值评判",
        en="; the figure at the year's start is not known, so judged as a level",
    ),
}
_DONE: Final = Text(zh="应达进度完成率{part}", en="{part} of what is due is done")
_UNDER: Final = Text(zh="，低于{limit}", en=", under {limit}")
_GROWTH: Final = Text(zh="，同比{growth}", en="; growth {growth}")
_UNREPORTED: Final = Text(zh="；{period}未报送", en="; not reported: {period}")


def with_reasons(
    frame: Frame, language: Language, conditions: Mapping[Lights, Sequence[str]] | None = None
) -> Frame:
    """Add `reason` to rows that have their light.

    Beside the columns of `lights.py` there are `absence` (a code of the engine's columns), `basis` (how it is
    known what is due, null without a target), `paced` (whether anything is due before the year's end),
    `period` (up to when the figures are), `unreported` (the period whose report is not in, or null) and, if
    known, `reported` (whether anything of it is reported, or all counted from ledgers).

    Examples:
        >>> import polars as pl
        >>> row = {"indicator": "gdp", "why": "completion", "light": "red", "completion": 0.8, "growth": 0.1}
        >>> row |= {
        ...     "yellow_under": 0.95,
        ...     "red_under": 0.85,
        ...     "absence": 0,
        ...     "basis": "even",
        ...     "period": "2023-06",
        ... }
        >>> frame = nw.from_native(
        ...     pl.DataFrame([row | {"absent": None, "unreported": "2023-Q2", "paced": True}])
        ... )
        >>> with_reasons(frame, "en")["reason"].to_list()
        ['80.0% of what is due is done, under 85%; not reported: 2023-Q2']
    """
    words = {reason: text.in_language(language) for reason, text in _ABSENT.items()}
    absent = (
        nw.when(nw.col(ABSENT) == "not_due")
        .then(nw.lit(words["not_due"]))
        .when((nw.col(ABSENT) == "not_applicable") & _no_records(frame))
        .then(nw.lit(words["no_records"]))
        .when(nw.col(ABSENT) == "not_applicable")
        .then(nw.lit(words["not_applicable"]))
        .when(nw.col(ABSENCE) == c.UNDEFINED)
        .then(nw.lit(words["undefined"]))
        .otherwise(nw.concat_str(nw.lit(words["missing"]), nw.col(PERIOD)))
    )
    reason = (
        nw.when(nw.col(WHY) == BY_ABSENCE)
        .then(absent)
        .when(nw.col(WHY) == WITHOUT_TARGET)
        .then(nw.when(nw.col("paced")).then(nw.lit(words["no_target"])).otherwise(nw.lit(words["no_pace"])))
        .when(nw.col(WHY) == BY_CONDITION)
        .then(nw.concat_str(_condition(conditions or {}, language), _unreported(language)))
        .otherwise(nw.concat_str(_completion(language), _known_by(language), _unreported(language)))
    )
    return frame.with_columns(reason.alias(REASON))


def _no_records(frame: Frame) -> nw.Expr:
    """Return where nothing is there to count: of ledgers alone, what does not apply is of no records."""
    missing = nw.col(ABSENCE) == c.MISSING
    if REPORTED not in frame.columns:
        return missing
    stated_away = (nw.col(BASIS) == "not_applicable").fill_null(value=False)
    return missing | ((nw.col(ABSENCE) == c.NOT_APPLICABLE) & ~nw.col(REPORTED) & ~stated_away)


def _completion(language: Language) -> nw.Expr:
    done = worded(_DONE, language, part=percent_of(nw.col(COMPLETION)))
    limit = nw.when(nw.col(LIGHT) == "red").then(nw.col(RED_UNDER)).otherwise(nw.col(YELLOW_UNDER))
    under = worded(_UNDER, language, limit=_whole_percent(limit))
    return nw.when(nw.col(LIGHT) == "green").then(done).otherwise(nw.concat_str(done, under))


def _known_by(language: Language) -> nw.Expr:
    text = nw.lit("")
    for basis, words in _BASIS.items():
        known = (nw.col(BASIS) == basis).fill_null(value=False)
        text = nw.when(known).then(nw.lit(words.in_language(language))).otherwise(text)
    return text


def _condition(conditions: Mapping[Lights, Sequence[str]], language: Language) -> nw.Expr:
    """Return which condition holds, and how the measure grew where that is asked."""
    text = nw.lit("")
    for lights, codes in conditions.items():
        for colour, formula in conditions_of(lights):
            here = nw.col("indicator").is_in(list(codes)) & (nw.col(LIGHT) == colour)
            said = Text(
                en=f"the condition '{formula.brief}' holds",
                zh=f"{condition_in_words(formula.brief, scope=LIGHT_WORDS)}"
                f"（{formula_in_words(formula.brief, scope=LIGHT_WORDS)}）",
            )
            words = nw.lit(said.in_language(language))
            if needs_growth(lights):
                words = nw.concat_str(words, _growth(language))
            text = nw.when(here).then(words).otherwise(text)
    return text


def _growth(language: Language) -> nw.Expr:
    growth = nw.col(GROWTH)
    said = worded(_GROWTH, language, growth=percent_of(growth))
    return nw.when(~growth.is_null()).then(said).otherwise(nw.lit(""))


def _unreported(language: Language) -> nw.Expr:
    """Return that the latest report is not in, so that an earlier figure counts."""
    period = nw.col(UNREPORTED)
    said = worded(_UNREPORTED, language, period=period)
    return nw.when(~period.is_null()).then(said).otherwise(nw.lit(""))


def percent_of(part: nw.Expr) -> nw.Expr:
    """Return `part` in percent with one decimal, cut and not rounded: 94.99 % is not yet 95 %."""
    # the completion of a tiny target may be more than a whole number holds
    tenths = (part * 1000.0 + _NOISE).floor().clip(-_MOST_TENTHS, _MOST_TENTHS).cast(nw.Int64())
    size = tenths.abs()
    sign = nw.when(tenths < 0).then(nw.lit("-")).otherwise(nw.lit(""))
    text = (size // 10).cast(nw.String()), nw.lit("."), (size % 10).cast(nw.String())
    return nw.concat_str(sign, *text, nw.lit("%"))


def _whole_percent(part: nw.Expr) -> nw.Expr:
    """Return a threshold in percent, without decimals where it has none."""
    percent = (part * 100.0).round(2)
    whole = percent.round(0) == percent
    text = (
        nw.when(whole).then(percent.cast(nw.Int64()).cast(nw.String())).otherwise(percent.cast(nw.String()))
    )
    return nw.concat_str(text, nw.lit("%"))


_NOISE: Final = 1e-9
_MOST_TENTHS: Final = 1e18
"""0.95 * 1000 may come out a little below 950."""
