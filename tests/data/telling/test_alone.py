from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.books import SCHEME, findings_of, lines, workbook, write_book

DATA = "unit,gdp,gdp_growth\nT1,90,6\nT2,7o,5\nT9,30,4\n"
TARGETS = "unit,indicator,period,target\nT1,growth,2023,5\n"


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        # the item's column and the indicator's target name nothing then, which is not told
        ("kind: rate", "kind: ratee", "QH127 scheme.yaml:8"),
        ("measure: gdp_growth", "measures: gdp_growth", "QH120 scheme.yaml:16"),
        ("measure: gdp_growth", "measure: 'gdp_growth +'", "QH163 scheme.yaml:16"),
    ],
)
def test_an_error_in_the_scheme_does_not_hide_those_of_the_data(
    old: str, new: str, error: str, tmp_path: Path
) -> None:
    files = {"scheme.yaml": SCHEME.replace(old, new), "data/gdp.csv": DATA, "targets.csv": TARGETS}

    found = lines(findings_of(write_book(tmp_path, {**files, "data/opened.csv": None})))

    assert {line.split()[1] for line in found if line.startswith("QH1")} == {error.split()[1]}
    assert [line for line in found if not line.startswith("QH1")] == [
        "QH401 data/gdp.csv!4:unit",
        "QH327 data/gdp.csv!3:gdp",
    ]


def test_so_it_is_in_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(
        workbook(
            {
                "方案": [
                    ["项目", "内容"],
                    ["语言版本", 1],
                    ["方案编号", "t"],
                    ["方案名称", "T"],
                    ["考核期", "2023"],
                ],
                "数据项": [["编码", "名称", "数据类型"], ["a", "甲项", "比律"], ["b", "乙项", ""]],
                "指标": [["编码", "权重", "指标公式", "计分规则"], ["p", 100, "b", "percentile"]],
                "单位": [["单位", "名称"], ["A", "甲"], ["B", "乙"]],
                "数据": [["单位", "甲项", "乙项"], ["A", 1, "x"], ["B", 2, 3]],
            }
        )
    )

    found = lines(findings_of(path))

    assert found[0].startswith("QH1")
    assert found[-1] == "QH327 book.xlsx!数据!C2"
