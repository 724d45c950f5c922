from __future__ import annotations

import polars as pl

from quanheng.data.telling.half_width import half_width, loose
from quanheng.periods.widths import to_half_width


def test_full_width_characters_become_half_width_ones() -> None:
    wide = "ＧＤＰ（２０２３）　－６．１％"

    assert to_half_width(wide) == "GDP(2023) -6.1%"
    assert pl.select(half_width(pl.lit(wide))).item() == "GDP(2023) -6.1%"


def test_loose_texts_have_no_blanks_and_no_capitals() -> None:
    assert pl.select(loose(pl.lit(" 甲　镇 Ａ b "))).item() == "甲镇ab"
