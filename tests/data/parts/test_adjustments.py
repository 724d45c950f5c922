from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from tests.data.books import ADJUSTMENTS, gathered
from tests.data.registers import csv, register, rows

from quanheng.data.book import frames
from quanheng.data.parts.adjustments import read_adjustments
from quanheng.findings.collector import Collector


def read(text: str) -> tuple[pl.DataFrame, list[str]]:
    collector = Collector()
    adjustments = read_adjustments(csv(text), register(), collector=collector)
    return adjustments, gathered(collector)


def test_adjustments_are_read_with_their_places() -> None:
    adjustments, found = read(ADJUSTMENTS)

    assert adjustments.schema == frames.ADJUSTMENTS
    assert adjustments.rows() == [
        (
            "T1",
            "bonus",
            1.5,
            "现场会",
            "total",
            None,
            dt.date(2023, 5, 1),
            "文件1号",
            "a.csv",
            None,
            "2:marks",
        ),
        ("P1", "penalty", 2.0, "迟报", "growth", None, None, None, "a.csv", None, "3:marks"),
        ("T2", "veto", 0.0, "事故", "total", None, None, None, "a.csv", None, "4:marks"),
    ]
    assert found == []


def test_chinese_words_are_understood() -> None:
    text = "单位,类型,分值,事由,节点,日期\n甲镇,扣分,２,迟报,增长,3月5日\n乙镇,一票否决,/,事故,,\n"

    adjustments, _ = read(text)

    assert rows(adjustments, "unit", "kind", "marks", "node", "date") == [
        ("T1", "penalty", 2.0, "growth", dt.date(2023, 3, 5)),
        ("T2", "veto", 0.0, "total", None),
    ]


@pytest.mark.parametrize(
    ("row", "findings"),
    [
        ("T9,bonus,1,a,", ["QH401 a.csv!2:unit"]),
        ("T1,gift,1,a,", ["QH406 a.csv!2:kind"]),
        ("T1,bonus,1,a,nowhere", ["QH405 a.csv!2:node"]),
        ("T1,bonus,one,a,", ["QH327 a.csv!2:marks"]),
        ("T1,bonus,-1,a,", ["QH425 a.csv!2:marks"]),
        ("T1,penalty,,a,", ["QH426 a.csv!2:marks"]),
        ("T1,bonus,1,,", ["QH427 a.csv!2:reason"]),
    ],
)
def test_what_is_wrong_is_told_at_its_place(row: str, findings: list[str]) -> None:
    assert read(f"unit,kind,marks,reason,node\n{row}\n")[1] == findings


def test_an_adjustment_that_stands_twice_is_told_with_both_places() -> None:
    head = "unit,kind,marks,reason,node,date\n"
    text = (
        "T1,bonus,1,a,,\nT1,bonus,1,b,,\n甲镇,加分,1.0,a,,\nT1,bonus,1,a,growth,\nT1,bonus,1,a,,2023-05-01\n"
    )

    assert read(head + text)[1] == ["QH498 a.csv!4:marks"]
