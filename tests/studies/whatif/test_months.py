"""Questions about items that formulas look at month by month (formulas k)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.figures.test_series import MONTHS, book_in

from quanheng.data.load import load
from quanheng.findings.errors import UsageError
from quanheng.studies.whatif.question import Question, changes_of


def test_a_month_has_to_be_named(tmp_path: Path) -> None:
    book = load(book_in(tmp_path / "b", ["mean(months(x))"], {"A": MONTHS, "B": MONTHS}))

    with pytest.raises(UsageError, match="name a period"):
        changes_of(Question(set={"x@A": 5}), book, book.scheme, other=None)
    (change,) = changes_of(Question(set={"x@A@2023-06": 5}), book, book.scheme, other=None)
    assert change.key == "x@A@2023-06"
