from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from tests.data.books import FILES, SCHEME, findings_of, told, write_book

from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.data.telling import limits
from quanheng.findings.finding import Location

ONE_GROUP = """\
quanheng: 1
id: many
title: many
round: 2023
items: {gdp: {name: 产值, measured_in: 亿元}, jobs: 就业}
weights: relative
indicators:
  output: {measure: gdp, weight: 1, rule: percentile}
  work: {measure: jobs, weight: 1, rule: percentile}
"""
UNITS = 50


@pytest.fixture(autouse=True)
def _hundred_figures_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PANEL_CELLS", 100)


def many(**columns: pl.Expr) -> pl.DataFrame:
    """Return a wide table that is just big enough to stay lazy."""
    numbers = pl.int_range(UNITS, eager=True)
    codes = "U" + numbers.cast(pl.String)
    return pl.DataFrame({"unit": codes, "gdp": numbers.cast(pl.Float64), "jobs": numbers}).with_columns(
        **columns
    )


def write(root: Path, frame: pl.DataFrame, **changed: str | None) -> Path:
    book = write_book(root, {**dict.fromkeys(FILES), "scheme.yaml": ONE_GROUP, **changed})
    (book / "data").mkdir()
    frame.write_parquet(book / "data" / "many.parquet")
    numbers = pl.int_range(UNITS, eager=True).cast(pl.String)
    pl.DataFrame({"unit": "U" + numbers, "name": "企业" + numbers}).write_csv(book / "units.csv")
    return book


def first(book: Book) -> tuple[object, ...]:
    (panel,) = book.panels
    return panel.frame.collect().row(0)


def test_a_big_wide_parquet_file_stays_lazy(tmp_path: Path) -> None:
    book = load(write(tmp_path, many()))

    (panel,) = book.panels
    assert panel.frame.collect_schema().names() == ["unit", "gdp", "jobs"]
    assert (panel.items, panel.has_period, panel.file) == (("gdp", "jobs"), False, "data/many.parquet")
    assert first(book) == ("U0", 0.0, 0.0)
    assert book.observations.shape[0] == 0
    assert book.findings == ()
    assert book.source_of("jobs", "U7", "2023") == (Location(file="data/many.parquet", cell="8:jobs"),)
    assert book.source_of("nothing", "U7", "2023") == ()


def test_periods_names_and_headings_of_a_panel_are_understood(tmp_path: Path) -> None:
    frame = many(unit="企业" + pl.int_range(UNITS).cast(pl.String), 期间=pl.lit(202306)).rename(
        {"gdp": "产值（亿元）"}
    )

    book = load(write(tmp_path, frame))

    (panel,) = book.panels
    assert panel.frame.collect_schema().names() == ["unit", "period", "gdp", "jobs"]
    assert first(book) == ("U0", "2023-06", 0.0, 0.0)
    assert book.source_of("gdp", "U7", "2023-06") == (
        Location(file="data/many.parquet", cell="8:产值（亿元）"),
    )


def test_nan_is_missing_in_a_panel(tmp_path: Path) -> None:
    frame = many(gdp=pl.when(pl.col("jobs") > 0).then("gdp").otherwise(float("nan")))

    assert first(load(write(tmp_path, frame))) == ("U0", None, 0.0)


@pytest.mark.parametrize(
    ("change", "findings"),
    [
        ({"unit": pl.lit("U0")}, ["QH432 data/many.parquet!2:unit"]),
        ({"unit": pl.col("unit").replace("U5", "V5")}, ["QH401 data/many.parquet!6:unit"]),
        ({"unit": pl.when(pl.col("jobs") != 5).then("unit")}, ["QH331 data/many.parquet!6:unit"]),
        ({"gdp": pl.col("gdp").replace(5.0, float("inf"))}, ["QH327 data/many.parquet!6:gdp"]),
        (
            {"period": pl.when(pl.col("jobs") == 5).then(pl.lit("soon")).otherwise(pl.lit("2023"))},
            ["QH329 data/many.parquet!6:period"],
        ),
        ({"more": pl.lit(1)}, ["QH367 data/many.parquet!more"]),
        ({"gdp": pl.lit(None).cast(pl.Float64)}, ["QH413 scheme.yaml:5"]),
    ],
)
def test_what_is_wrong_with_a_panel_is_told(
    change: dict[str, pl.Expr], findings: list[str], tmp_path: Path
) -> None:
    found = told(write(tmp_path, many(**change)))

    assert findings[0] in found


def test_a_small_wide_parquet_file_becomes_observations(tmp_path: Path) -> None:
    book = write_book(tmp_path)
    frame = pl.DataFrame({"unit": ["T1"], "period": ["2023-Q2"], "gdp": [40.5], "gdp_growth": ["6%"]})
    frame.write_parquet(book / "data" / "more.parquet")

    loaded = load(book)

    assert loaded.panels == ()
    assert loaded.source_of("gdp", "T1", "2023-Q2") == (Location(file="data/more.parquet", cell="1:gdp"),)


def test_a_long_parquet_file_becomes_observations(tmp_path: Path) -> None:
    book = write_book(tmp_path)
    frame = pl.DataFrame({"item": ["gdp"], "unit": ["T1"], "period": [202305], "value": [float("inf")]})
    frame.write_parquet(book / "data" / "more.parquet")

    assert told(book) == ["QH327 data/more.parquet!1:value"]
    assert findings_of(write_book(tmp_path / "two", {"scheme.yaml": SCHEME})) == ()


def test_a_big_wide_parquet_file_with_days_becomes_observations(tmp_path: Path) -> None:
    days = pl.when(pl.int_range(pl.len()) == 0).then(pl.date(2024, 3, 1))

    book = load(write(tmp_path, many(known_on=days)))

    assert book.panels == ()
    assert book.versions.to_native()["known_on"].drop_nulls().len() == 2


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        ("U7,2023,8\nU9,2023,9\n", ["QH410 data/a.csv!2:gdp", "QH411 data/a.csv!3:gdp"]),
        ("U7,2023,8\nU9,2023,10\n", ["QH410 data/a.csv!2:gdp"]),
        ("U7,2023,7\nU9,2023,9\n", ["QH411 data/a.csv!2:gdp"]),
        ("U7,2022,8\nU9,2022,9\n", []),
        ("U7,2023,\n", []),
    ],
)
@pytest.mark.parametrize("dated", [True, False])
def test_a_figure_in_a_panel_and_in_another_table_is_told(
    tmp_path: Path, rows: str, findings: list[str], *, dated: bool
) -> None:
    frame = many(period=pl.lit("2023年")) if dated else many()
    book = write(tmp_path, frame)
    (book / "data" / "a.csv").write_text(f"unit,period,gdp\n{rows}", encoding="utf-8")

    found = [line for line in told(book) if line.startswith(("QH410", "QH411"))]

    assert found == findings


def test_a_revision_beside_a_panel_is_no_second_value(tmp_path: Path) -> None:
    book = write(tmp_path, many())
    text = "unit,period,gdp,known_on\nU7,2023,8,2024-03-01\n"
    (book / "data" / "a.csv").write_text(text, encoding="utf-8")

    assert not [line for line in told(book) if line.startswith("QH410")]


def test_a_flow_since_january_is_no_figure_of_its_last_month(tmp_path: Path) -> None:
    scheme = ONE_GROUP.replace("measured_in: 亿元", "kind: flow, every: month").replace("2023", "2023-Q1")
    units = "unit\n" + "".join(f"U{number}\n" for number in range(UNITS))
    files = dict.fromkeys(FILES) | {"scheme.yaml": scheme, "units.csv": units}

    def codes(*periods: str) -> list[str]:
        path = write_book(tmp_path / "-".join(periods), files)
        (path / "data").mkdir()
        rows = pl.concat(many().with_columns(period=pl.lit(period)) for period in periods)
        rows.write_parquet(path / "data" / "wide.parquet")
        return [finding.code for finding in findings_of(path) if finding.code == "QH388"]

    assert codes("2023年1-2月", "2023-03") == []
    assert codes("2023-01", "2023年1-2月", "2023-03") == ["QH388"]
    assert codes("2023年1-5月") == ["QH388"]
