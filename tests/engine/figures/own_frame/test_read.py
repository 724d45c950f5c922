from __future__ import annotations

import pandas as pd
import polars as pl
import pytest
from tests.engines import EngineUnderTest

from quanheng.engine.figures.own_frame.read import read_frame
from quanheng.findings.errors import EngineError, UsageError


@pytest.mark.parametrize("thing", [3, "frame.csv", {"unit": ["A"]}, [("A", 1)], None])
def test_what_is_no_frame_is_refused_in_one_line(thing: object) -> None:
    with pytest.raises(UsageError, match=r"^builtins\.\w+ is no frame; hand over [^\n]*$"):
        read_frame(thing)


def test_two_columns_of_one_name_are_refused_in_one_line() -> None:
    frame = pd.DataFrame([["A", 1.0, 2.0]], columns=["unit", "gdp", "gdp"])

    with pytest.raises(EngineError, match=r"^the frame cannot be read: [^\n]*'gdp' 2 times$"):
        read_frame(frame)


def test_headings_that_spark_cannot_say_are_replaced_on_spark_only(engine: EngineUnderTest) -> None:
    frame = pl.DataFrame({"unit": ["A"], "a.b": [1], "c`d": [2]})

    names = read_frame(engine.lift(frame).to_native()).collect_schema().names()

    assert names == {"polars": ["unit", "a.b", "c`d"], "spark": ["unit", "a․b", "cˋd"]}[engine.name]


def test_words_among_numbers_of_pandas_come_as_words() -> None:
    frame = pd.DataFrame({"unit": ["A", "B"], "gdp": pd.Series([1.5, "/"], dtype=object)})

    assert read_frame(frame).collect().rows() == [("A", "1.5"), ("B", "/")]
