"""Open data by the command: one table that programs read, of what is published and of nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from tests.cli.commands import answer_to
from tests.documents.subjects import BOOK

from quanheng.data.writing.writing import Writing
from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.verify import verify


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = BOOK.written(tmp_path)
    assess(path, workbook=False)
    return path


def made(book: Path, *options: str, format: str = "csv") -> Path:  # noqa: A002  the word of the command
    answer = answer_to(
        *("report", str(book), "--document", "data", "--as", format, "--lang", "en", "--json", *options)
    )
    assert answer.code == 0, answer.err
    (file,) = json.loads(answer.out)["files"]
    return Path(file)


def publish(book: Path, *parts: str) -> None:
    scheme = book / "scheme.yaml"
    scheme.write_text(f"{scheme.read_text('utf-8')}publish: [{', '.join(parts)}]\n", encoding="utf-8")
    assess(book, workbook=False, writing=Writing(command="test", force=True))


def test_the_public_has_who_stands_where_and_no_more(book: Path) -> None:
    file = made(book)

    assert file.name == "data.csv"
    assert file.read_bytes().decode("utf-8-sig").splitlines() == [
        "unit,name,group,place,total,tier",
        "A,甲镇,towns,1,88.0,第一等次",
        "C,丙镇,towns,2,80.0,不合格",
        "B,乙镇,towns,3,75.0,第二等次",
        "P,丁园区,parks,1,71.0,第一等次",
    ]
    assert file.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel reads it as UTF-8 only by its first mark"
    assert verify(book / "results/2023") == ()


def test_scores_of_nodes_are_there_where_they_are_published(book: Path) -> None:
    publish(book, "dimensions", "indicators")

    table = pl.read_csv(made(book))

    # the order of the codes: that of places would tell who stands where
    assert table.rows() == [
        ("A", "甲镇", "towns", 54.0, 32.0, 54.0),
        ("B", "乙镇", "towns", 51.0, 24.0, 51.0),
        ("C", "丙镇", "towns", 42.0, 38.0, 42.0),
        ("P", "丁园区", "parks", 45.0, 26.0, 45.0),
    ]
    assert table.columns == ["unit", "name", "group", "score_economy", "score_order", "score_work"]


def test_parquet_keeps_what_the_columns_hold(book: Path) -> None:
    table = pl.read_parquet(made(book, format="parquet"))

    assert dict(table.schema) == {
        **dict.fromkeys(("unit", "name", "group", "tier"), pl.String),
        "place": pl.Int64,
        "total": pl.Float64,
    }
    assert table["total"].to_list() == [88.0, 80.0, 75.0, 71.0]


def test_json_says_what_its_columns_mean_and_what_may_be_done_with_it(book: Path, tmp_path: Path) -> None:
    words = tmp_path / "own.yaml"
    words.write_text("licence: CC BY 4.0\nissued_by: {zh: 考核办, en: the office}\n", encoding="utf-8")

    told = json.loads(made(book, "--words", str(words), format="json").read_text("utf-8"))

    assert (told["licence"]["zh"], told["round"], told["issued_by"]["en"]) == (
        "CC BY 4.0",
        "2023",
        "the office",
    )
    assert told["columns"][3] == {"name": "place", "holds": "whole", "zh": "位次", "en": "place in the group"}
    assert told["units"][1] == {
        "unit": "C",
        "name": "丙镇",
        "group": "towns",
        "place": 2,
        "total": 80.0,
        "tier": "不合格",
    }


def test_without_a_licence_it_is_said(book: Path) -> None:
    answer = answer_to("report", str(book), "--document", "data", "--as", "json", "--lang", "en")

    assert "QH839" in answer.err


def test_it_is_made_for_no_single_unit(book: Path) -> None:
    answer = answer_to("report", str(book), "--document", "data", "--audience", "unit")

    assert answer.code == 2
