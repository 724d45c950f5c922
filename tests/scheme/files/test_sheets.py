"""A scheme on sheets: what is written reads as the same document, and what is wrong has its cell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scheme.strategies import documents

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Language
from quanheng.scheme.document.document import Document
from quanheng.scheme.document.shapes import shape_at
from quanheng.scheme.files.sheet_names import PATHS, heading, path_of
from quanheng.scheme.files.sheet_writing import write_scheme_sheets
from quanheng.scheme.files.sheets import read_scheme_sheets

HEAD: list[list[object]] = [
    ["项目", "内容"],
    ["语言版本", 1.0],
    ["方案编号", "s"],
    ["方案名称.中文", "示例"],
    ["方案名称.英文", "Example"],
    ["考核期", 2023.0],
]
ITEMS: list[list[object]] = [["编码", "名称"], ["gdp", "地区生产总值"]]


@settings(max_examples=60)
@given(documents(), st.sampled_from(["zh", "en"]))
def test_sheets_read_as_the_document_they_were_written_from(document: Document, language: Language) -> None:
    sheets = write_scheme_sheets(document, language=language)

    assert read_scheme_sheets(sheets, file="book.xlsx").document == document


def test_sheets_may_be_written_by_hand_in_chinese() -> None:
    sheets = {
        "方案": HEAD,
        "数据项": ITEMS,
        "指标": [
            ["编码", "上级编码", "名称", "权重", "指标公式", "计分规则"],
            ["economy", None, "经济发展", 100.0, None, None],
            ["level", "economy", "总量", 60.0, "gdp", "percentile"],
            ["rise", "economy", "增速", 40.0, "growth(gdp)", "scale: {worst: 0, best: 10%}"],
        ],
    }

    document = read_scheme_sheets(sheets, file="book.xlsx").document  # type: ignore[arg-type]  # lists of cells

    children = document.indicators["economy"].children
    assert children is not None
    assert [(code, node.measure, node.weight) for code, node in children.items()] == [
        ("level", "gdp", 60.0),
        ("rise", "growth(gdp)", 40.0),
    ]


@pytest.mark.parametrize("cell", ["false", False, "否"])
def test_a_sheet_says_whether_there_is_an_audit_workbook(cell: object) -> None:
    sheets = {
        "方案": [*HEAD, ["审计工作簿", cell]],
        "数据项": ITEMS,
        "指标": [["编码", "权重", "指标公式", "计分规则"], ["a", 100.0, "gdp", "scale"]],
    }

    document = read_scheme_sheets(sheets, file="book.xlsx").document  # type: ignore[arg-type]  # lists of cells

    assert document.workbook is False
    assert ["审计工作簿", "否"] in write_scheme_sheets(document)["方案"]


def test_ledgers_and_campaigns_have_sheets_of_their_own() -> None:
    sheets = {
        "方案": [*HEAD, ["序时进度.黄灯线", "95%"], ["季季评.报送周期", "quarter"]],
        "数据项": ITEMS,
        "指标": [["编码", "权重", "指标公式", "计分规则", "序时进度"], ["a", 100.0, "gdp", "scale", "none"]],
        "台账定义": [
            ["编码", "名称", "编号列", "单位列", "状态.列", "状态.流转", "字段"],
            ["tasks", "任务", "no", "镇街", "state", "{在办: 办结, 办结: []}", "done_on: date"],
        ],
        "专项行动": [
            ["编码", "台账", "条件", "开始日期", "结束日期", "阶段目标", "关联指标"],
            [
                "safety",
                "tasks",
                "kind == 1",
                "2022-01-01",
                None,
                "[{name: 甲, by: 2022-03-31, done: 1}]",
                "a",
            ],
        ],
    }

    document = read_scheme_sheets(sheets, file="book.xlsx").document  # type: ignore[arg-type]  # lists of cells

    tasks, safety = document.ledgers["tasks"], document.campaigns["safety"]
    assert document.indicators["a"].pace == "none"
    assert (tasks.key, tasks.unit, tasks.fields["done_on"].sort) == ("no", "镇街", "date")
    assert tasks.states is not None
    assert (tasks.states.column, tasks.states.moves) == ("state", {"在办": ("办结",), "办结": ()})
    assert (safety.ledger, safety.starts, safety.ends, safety.indicators) == (
        *("tasks", "2022-01-01", None, ("a",)),
    )
    assert [(each.name, each.by, each.done) for each in safety.milestones] == [("甲", "2022-03-31", 1.0)]
    assert list(write_scheme_sheets(document)) == [
        *("方案", "数据项", "指标", "台账定义", "台账字段", "台账状态", "专项行动", "阶段目标"),
    ]


def test_group_may_have_the_code_of_a_heading() -> None:
    sheets = {
        "方案": HEAD,
        "分组": [["编码", "名称"], ["marks", "甲"], ["得分", "乙"]],
        "数据项": ITEMS,
        "指标": [
            ["编码", "权重.marks", "权重.得分", "指标公式", "计分规则"],
            ["a", 100.0, 90.0, "gdp", "percentile"],
        ],
    }

    document = read_scheme_sheets(sheets, file="book.xlsx").document  # type: ignore[arg-type]  # lists of cells

    assert document.indicators["a"].weight == {"marks": 100.0, "得分": 90.0}
    assert read_scheme_sheets(write_scheme_sheets(document), file="book.xlsx").document == document


def test_every_heading_reads_as_the_keys_it_was_written_for() -> None:
    for part, base in PATHS.items():
        for key in shape_at(Document, base).keys:
            assert path_of(heading((key,), part), part) == (key,)
            assert path_of(key, part) == (key,)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["a", "nowhere"]], ("QH153", "book.xlsx!指标!A2")),
        ([["a", "b"], ["b", "a"]], ("QH154", "book.xlsx!指标!A2")),
        ([["a", None], ["a", None]], ("QH151", "book.xlsx!指标!A3")),
        ([[None, "a"]], ("QH152", "book.xlsx!指标!A2")),
    ],
)
def test_what_is_wrong_with_the_tree_has_its_cell(
    rows: list[list[object]], expected: tuple[str, str]
) -> None:
    sheets = {"方案": HEAD, "数据项": ITEMS, "指标": [["编码", "上级编码"], *rows]}

    with pytest.raises(FindingsError) as caught:
        read_scheme_sheets(sheets, file="book.xlsx")  # type: ignore[arg-type]  # lists of cells

    first = caught.value.findings[0]
    assert (first.code, str(first.where)) == expected


def test_rule_that_cannot_be_read_is_told_with_its_cell() -> None:
    sheets = {
        "方案": HEAD,
        "数据项": ITEMS,
        "指标": [["编码", "权重", "指标公式", "计分规则"], ["a", 100.0, "gdp", "scle: {worst: 0}"]],
    }

    with pytest.raises(FindingsError) as caught:
        read_scheme_sheets(sheets, file="book.xlsx")  # type: ignore[arg-type]  # lists of cells

    assert [str(finding.where) for finding in caught.value.findings] == ["book.xlsx!指标!D2"]
