"""How far figures may be off: as it is stated, or as far as they were revised so far."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np

from quanheng.engine.replicates.noisy import Error
from quanheng.findings.errors import UsageError
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Text
from quanheng.scheme.items.item import Reported
from quanheng.studies.robustness.form import ItemNoiseForm

if TYPE_CHECKING:
    from quanheng.data.book.book import Book


def errors_of(noise: Mapping[str, ItemNoiseForm] | None, book: Book) -> dict[str, Error]:
    """Return the error of each item.

    Raises:
        UsageError: an item is not in the scheme, is not reported, is a date and not off by days, or was never
            revised.
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
