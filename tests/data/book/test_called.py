"""Units and indicators by what people call them."""

from __future__ import annotations

import polars as pl
import pytest
from tests.engine.books import book_of

from quanheng.data.book.book import Book
from quanheng.data.book.called import indicator_called, unit_called
from quanheng.findings.errors import UsageError
from quanheng.scheme.files.read import scheme_from_mapping


@pytest.fixture
def book() -> Book:
    scheme = scheme_from_mapping(
        {
            "items": {"tax": {}},
            "indicators": {
                "revenue": {
                    "name": {"zh": "财政收入", "en": "Revenue"},
                    "measure": "tax",
                    "weight": 100,
                    "rule": "given",
                }
            },
        }
    )
    # a unit may be named as another one's code
    units = pl.DataFrame({"unit": ["T1", "T2"], "name": ["T2", "乙镇"], "group": ["all", "all"]})
    return book_of(scheme, units=units)


def test_code_goes_before_a_name(book: Book) -> None:
    assert unit_called(book, "T1") == "T1"
    assert unit_called(book, "T2") == "T2"
    assert unit_called(book, "乙镇") == "T2"


@pytest.mark.parametrize("name", ["revenue", "财政收入", "Revenue"])
def test_indicator_is_known_by_code_and_both_names(book: Book, name: str) -> None:
    assert indicator_called(book.scheme, name) == "revenue"


def test_what_nobody_is_called_offers_the_nearest_if_one_is_near(book: Book) -> None:
    with pytest.raises(UsageError) as wrong:
        unit_called(book, "乙 镇")
    assert wrong.value.text("zh") == "没有单位“乙 镇”；是否指“乙镇”？"
    with pytest.raises(UsageError) as wrong:
        indicator_called(book.scheme, "xyz")
    assert wrong.value.text("en") == "there is no indicator 'xyz'"
