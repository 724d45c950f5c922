from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from quanheng.data.files.apart.parquet import tell_parquet
from quanheng.data.telling.findings import NOT_PARQUET

FRAME = pl.DataFrame({"unit": [f"T{number}" for number in range(2000)]}).with_columns(
    number=pl.int_range(2000).cast(pl.Float64) * 1.37 + 0.123,
    day=pl.date(2023, 1, 1) + pl.duration(days=pl.int_range(2000)),
)


@pytest.mark.parametrize("column", FRAME.columns)
def test_every_column_is_decoded_whatever_its_statistics_say(column: str, tmp_path: Path) -> None:
    file = tmp_path / "figures.parquet"
    FRAME.write_parquet(file, statistics=True)
    page = pq.ParquetFile(file).metadata.row_group(0).column(FRAME.columns.index(column)).data_page_offset
    content = bytearray(file.read_bytes())
    content[page : page + 40] = bytes(byte ^ 0xFF for byte in content[page : page + 40])
    file.write_bytes(content)
    told: list[object] = []

    tell_parquet(file, 2**30, told.append)

    assert told == [{"refused": NOT_PARQUET.code}]
