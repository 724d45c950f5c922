"""How far figures may be off: as it is stated, or as far as they were revised so far."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Final

import narwhals as nw
import numpy as np

from quanheng.engine.figures.looked_up.fetches import fetches_of
from quanheng.engine.replicates.anew.noisy import Error
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Text
from quanheng.scheme.formulas.tree import names_in
from quanheng.scheme.items.item import FromPeriods, Reported
from quanheng.scheme.tree.scheme import Scheme
from quanheng.studies.robustness.form import ItemNoiseForm

if TYPE_CHECKING:
    from quanheng.data.book.book import Book


MONTHS_WITHOUT_ERRORS: Final = Kind(
    code="QH689",
    severity="warning",
    en="errors of {item} do not reach {figures}: what is made of months or quarters stays as it is",
    zh="{item}的误差不计入{figures}：按各月、各季计算的数保持不变",
    hint_en="the intervals are too narrow by that; say so, or leave the item out of the errors",
    hint_zh="由此得出的区间偏窄，请予说明；也可不对该数据项设误差",
)


def tell_months_kept(errors: Collection[str], scheme: Scheme) -> Iterator[Finding]:
    """Yield a QH689 for each item with errors that figures over months or quarters are made of."""
    for code in errors:
        figures = _over_periods(code, scheme)
        if figures:
            yield MONTHS_WITHOUT_ERRORS.at(item=code, figures=", ".join(figures))


def _over_periods(code: str, scheme: Scheme) -> list[str]:
    """Return the figures over months or quarters that are made of an item."""
    series = (item.source.series for item in scheme.items if isinstance(item.source, FromPeriods))
    return [each.written for each in series if not each.of_reviews and code in names_in(each.of)]


def errors_of(noise: Mapping[str, ItemNoiseForm] | None, book: Book) -> dict[str, Error]:
    """Return the error of each item.

    Raises:
        UsageError: an item is not in the scheme, is not reported, is only looked at in months or quarters,
            is a date and not off by days, or was never revised.
    """
    return {code: _error(code, form, book) for code, form in (noise or {}).items()}


def _error(code: str, form: ItemNoiseForm, book: Book) -> Error:
    items = {item.code: item for item in book.scheme.items}
    if code not in items:
        raise no_such(Text(en="item", zh="数据项"), code, list(items))
    item = items[code]
    if not isinstance(item.source, Reported):
        raise UsageError(
            f"{code!r} is counted from records or stands with the units: only reported figures have errors",
            f"“{code}”来自台账或单位表，只有填报的数据项可设误差",
        )
    used = any(fetch.item == code for fetch in fetches_of(book.scheme))
    if not used and (figures := _over_periods(code, book.scheme)):
        raise UsageError(
            f"{code!r} is looked at month by month or quarter by quarter alone ({', '.join(figures)}), and "
            "errors are those of the round's figure: nothing would be off",
            f"“{code}”只按各月、各季使用（{'、'.join(figures)}），而误差是考核期数据的误差：不会有任何变动",
        )
    if isinstance(form, str):
        return Error(size=_revised(code, book), is_relative=True)
    if form.absolute is not None:
        return Error(size=form.absolute, is_relative=False)
    if item.kind == "date":
        raise UsageError(
            f"{code!r} is a date: say by how many days it is off ('absolute')",
            f"“{code}”是日期，请写误差天数（absolute）",
        )
    return Error(size=form.relative or 0.0, is_relative=True)


def _revised(code: str, book: Book) -> float:
    """Return by what share of it a figure was revised, first to last known, as a standard deviation."""
    versions = book.versions.filter((nw.col("item") == code) & (nw.col("state") == "value"))
    ordered = versions.sort("unit", "period", "known_on", nulls_last=False)
    shares = [
        (values[-1] - values[0]) / values[0]
        for _, part in ordered.group_by("unit", "period")
        if len(values := part.sort("known_on", nulls_last=False)["value"].to_list()) > 1 and values[0] != 0.0
    ]
    size = float(np.sqrt(np.mean(np.square(shares)))) if shares else 0.0
    if size == 0.0:
        raise UsageError(
            f"no figure of {code!r} was ever revised: state how far it may be off",
            f"“{code}”的数据从未修订过，请写明误差",
        )
    return size
