from __future__ import annotations

import unicodedata

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from quanheng.findings.look_alikes import SAME, UNSEEN, looks


@given(st.text())
def test_columns_and_texts_are_looked_at_alike(text: str) -> None:
    column = (
        pl.Series([text])
        .to_frame("text")
        .select(pl.col("text").str.normalize("NFKC").str.replace_all(UNSEEN, "").str.replace_many(SAME))
    )

    assert column.item() == looks(text)


def test_nothing_in_the_table_looks_like_another_thing_again() -> None:
    assert all(looks(letter) == letter for letter in SAME.values())
    assert all(unicodedata.normalize("NFKC", double) == double or looks(double) for double in SAME)


def test_letters_of_other_scripts_are_not_taken_for_each_other() -> None:
    assert len({looks(letter) for letter in "a\u0431\u03b2\u4e00\u4e8c\u0416"}) == 6
