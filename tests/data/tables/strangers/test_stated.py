from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.books import SCHEME, findings_of, write_book

GDP = "unit,period,gdp,gdp_growth,填报说明,人口（万人）\nT1,2022-Q4,80,5.2,a,1\n"


def found(root: Path, stated: str) -> list[tuple[str, str]]:
    book = write_book(root, {"scheme.yaml": SCHEME + stated, "data/more.csv": GDP.replace("2022", "2021")})
    return [(one.code, one.message("en")) for one in findings_of(book) if one.code in ("QH391", "QH439")]


@pytest.mark.parametrize(
    "stated",
    [
        "ignore: [填报说明, 人口]\n",
        "ignore: [人口（万人）]\n",
        "files: {data/gdp.csv: {missing_marks: [NA]}}\n",
        "files: {gdp.csv: {missing_marks: [NA]}, hazards.csv: {missing_marks: [NA]}}\n",
    ],
)
def test_what_is_there_is_not_told(tmp_path: Path, stated: str) -> None:
    assert found(tmp_path, stated) == []


def test_an_item_cannot_be_ignored(tmp_path: Path) -> None:
    ((code, message),) = found(tmp_path, "ignore: [地区生产总值]\n")

    assert code == "QH391"
    assert "is the item gdp" in message


def test_a_heading_or_a_file_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    stated = "ignore: [填报说名]\nfiles: {data/gpd.csv: {missing_marks: [NA]}}\n"

    (files, heading) = found(tmp_path, stated)

    assert files[0] == heading[0] == "QH439"
    assert "data/gpd.csv" in files[1]
    assert "gdp.csv" in files[1]
    assert "填报说明" in heading[1]
