"""Series of the round's months, quarters or reviews: `mean(best(3, months(x)))`, `share(months(x > 35))`.

What a call stands for is one part of the tree: which periods, of what, which of them, how taken together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from quanheng.findings.finding import Kind
from quanheng.findings.text import Text
from quanheng.scheme.formulas.findings import FORMULA_SERIES_FORM, FORMULA_SERIES_NUMBER
from quanheng.scheme.formulas.tokens import FormulaError
from quanheng.scheme.formulas.tree import (
    Comparison,
    Expression,
    Logic,
    Not,
    Number,
    OfSeries,
    OneOf,
    SeriesChoice,
    SeriesStatistic,
    SeriesWord,
    parts_of,
)
from quanheng.scheme.formulas.worded.chinese import FUNCTION_WORDS

PERIODS_A_YEAR: Final[Mapping[SeriesWord, int]] = {"months": 12, "quarters": 4, "reviews": 12}
_WORDS: Final[Mapping[str, SeriesWord]] = {
    "months": "months",
    "quarters": "quarters",
    "reviews": "reviews",
}
_CHOICES: Final[Mapping[str, SeriesChoice]] = {"best": "best", "worst": "worst", "last": "last"}
_STATISTICS: Final[Mapping[str, SeriesStatistic]] = {
    "sum": "sum",
    "mean": "mean",
    "max": "max",
    "min": "min",
    "sd": "sd",
    "median": "median",
}
_SHARE_INSTEAD: Final = Text(
    en="of a condition write months(x > 35), how many, or share(months(x > 35)), in which part of them",
    zh="条件请写“各月(x > 35)”（月数），或“占比(各月(x > 35))”（所占比例）",
)
_COUNT_OF_NUMBERS: Final = Text(
    en="share() of months is of a condition: share(months(x > 35))", zh="占比须带条件：“占比(各月(x > 35))”"
)
_ONE_SERIES: Final = Text(
    en="write the months alone in it: max(months(x)), min(max(months(x)), 5)",
    zh="括号内只写各月：“最大(各月(x))”，例如“最小(最大(各月(x)), 5)”",
)
_TWICE: Final = Text(en="choose once, and no months in months", zh="只选一次；各月之内不能再有各月")
_A_COUNT: Final = Text(en="how many first, a whole number from 1 on", zh="若干期（从 1 起的整数）")
_A_NEED: Final = Text(
    en="second how many must be there: a whole number up to {most}, or a part below 100%",
    zh="至少须有的期数（不超过{most}的整数，或低于100%的比例）",
)
_A_PART: Final = Text(en="first the part, from 0% to 100%", zh="百分位（0% 至 100%）")
_A_SERIES: Final = Text(en="months(), quarters() or reviews() second", zh="“各月”“各季”或“各次评议”")


def series_of(
    function: str, arguments: tuple[Expression, ...], text: str, *, first: str = ""
) -> OfSeries | None:
    """Return what `function(arguments)` is of a series; None where it is a function of other things.

    `first` is how the first argument is written in the formula `text`.

    Raises:
        FormulaError: it means nothing.

    Examples:
        >>> from quanheng.scheme.formulas.tree import Name
        >>> months = series_of("months", (Name("x"),), "", first="x")
        >>> series_of("mean", (series_of("best", (Number(3.0), months), ""),), "").code
        'mean(best(3, months(x)))'
    """
    if function in _WORDS:
        return _series(_WORDS[function], arguments, text, first)
    if function in _CHOICES:
        return _chosen(_CHOICES[function], arguments, text)
    if function == "percentile":
        return _percentile(arguments, text)
    return _together(function, arguments, text)


def is_condition(tree: Expression) -> bool:
    """Return whether `tree` is true or false by its form."""
    return isinstance(tree, Comparison | Logic | Not | OneOf)


def _series(every: SeriesWord, arguments: tuple[Expression, ...], text: str, first: str) -> OfSeries | None:
    if not 1 <= len(arguments) <= 2:  # noqa: PLR2004  the count is told by the caller
        return None
    of, *rest = arguments
    if any(isinstance(part, OfSeries) for part in parts_of(of)):
        raise _wrong(FORMULA_SERIES_FORM, every, text, instead=_TWICE)
    needs = None
    if rest:
        most = PERIODS_A_YEAR[every]
        needs = _plain(rest[0])
        if needs is None or not (0.0 < needs < 1.0 or (needs.is_integer() and 1 <= needs <= most)):
            raise _wrong(FORMULA_SERIES_NUMBER, every, text, expected=_need(most))
    written = " ".join(first.split())
    return OfSeries("count" if is_condition(of) else "alone", every, of, needs, text=written)


def _chosen(choice: SeriesChoice, arguments: tuple[Expression, ...], text: str) -> OfSeries | None:
    match arguments:
        case (number, OfSeries("count" | "alone", every, _, needs, None) as series):
            count = _plain(number)
            if count is None or not count.is_integer() or not 1 <= count <= PERIODS_A_YEAR[every]:
                raise _wrong(FORMULA_SERIES_NUMBER, choice, text, expected=_A_COUNT)
            if choice == "last" and needs is not None and needs > count:
                raise _wrong(FORMULA_SERIES_NUMBER, every, text, expected=_need(int(count)))
            if series.statistic == "count" and choice != "last":
                raise _wrong(FORMULA_SERIES_FORM, choice, text, instead=_SHARE_INSTEAD)
            return replace(series, chosen=choice, number=int(count))
        case (_, OfSeries()):
            raise _wrong(FORMULA_SERIES_FORM, choice, text, instead=_TWICE)
        case (_, _):
            raise _wrong(FORMULA_SERIES_NUMBER, choice, text, expected=_A_SERIES)
        case _:
            return None


def _percentile(arguments: tuple[Expression, ...], text: str) -> OfSeries | None:
    match arguments:
        case (place, OfSeries("alone") as series):
            at = _plain(place)
            if at is None or not 0.0 <= at <= 1.0:
                raise _wrong(FORMULA_SERIES_NUMBER, "percentile", text, expected=_A_PART)
            return replace(series, statistic="percentile", at=at)
        case (_, OfSeries()):
            raise _wrong(FORMULA_SERIES_FORM, "percentile", text, instead=_SHARE_INSTEAD)
        case (_, _):
            raise _wrong(FORMULA_SERIES_NUMBER, "percentile", text, expected=_A_SERIES)
        case _:
            return None


def _together(function: str, arguments: tuple[Expression, ...], text: str) -> OfSeries | None:
    """Return what takes a series together; a count of months is a number like any other."""
    alone = [each for each in arguments if isinstance(each, OfSeries) and each.statistic == "alone"]
    match arguments:
        case (OfSeries("count") as series,) if function == "share":
            return replace(series, statistic="share")
        case (OfSeries("alone"),) if function == "share":
            raise _wrong(FORMULA_SERIES_FORM, function, text, instead=_COUNT_OF_NUMBERS)
        case (OfSeries("alone") as series,) if function in _STATISTICS:
            return replace(series, statistic=_STATISTICS[function])
        case (OfSeries("count"),) if function in _STATISTICS:
            raise _wrong(FORMULA_SERIES_FORM, function, text, instead=_SHARE_INSTEAD)
        case _ if alone and function in _STATISTICS:
            raise _wrong(FORMULA_SERIES_FORM, function, text, instead=_ONE_SERIES)
        case _:
            return None


def _need(most: int) -> Text:
    return Text(en=_A_NEED.en.format(most=most), zh=_A_NEED.zh.format(most=most))


def _plain(tree: Expression) -> float | None:
    return tree.value if isinstance(tree, Number) else None


def _wrong(kind: Kind, function: str, text: str, **facts: Text) -> FormulaError:
    word = Text(en=function, zh=FUNCTION_WORDS.get(function, function))
    return FormulaError(kind, function=word, text=text, **facts)
