from __future__ import annotations

import pytest
from tests.scheme.written import codes_in

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Language
from quanheng.scheme.document.document import Document
from quanheng.scheme.document.json_schema import json_schema
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.files.sheet_writing import write_scheme_sheets
from quanheng.scheme.files.sheets import read_scheme_sheets
from quanheng.scheme.grades.grades import NodeLimit

_BODY = """\
items: {a: }
indicators:
  dim: {weight: 60, children: {one: {measure: a, weight: 60, rule: scale}}}
  two: {measure: a, weight: 40, rule: scale}
"""
_SORTS = "categories: {new: {name: 创新, cap: 2}, old: {}}"


@pytest.mark.parametrize(
    ("nodes", "codes"),
    [
        ("{dim: 3, one: {cap: 2, categories: {new: 1, old: 2}}}", []),
        ("{dim: 0}", []),
        ("{dmi: 3}", ["QH255"]),
        ("{dim: {categories: {nwe: 1}}}", ["QH298"]),
        ("{dim: 6}", ["QH299"]),
        ("{dim: 2, one: 3}", ["QH299"]),
        ("{dim: {cap: 1, categories: {old: 2}}}", ["QH299"]),
        ("{dim: {categories: {new: 3}}}", ["QH299"]),
        ("{dim: {categories: {new: 1}}, one: {categories: {new: 2}}}", ["QH299"]),
        ("{total: 3}", ["QH298"]),
        ("{dim: {}}", ["QH298"]),
        ("{dim: }", ["QH298"]),
    ],
)
@pytest.mark.parametrize("kind", ["bonus", "penalty"])
def test_misused_caps_of_nodes_are_findings(kind: str, nodes: str, codes: list[str]) -> None:
    text = f"{_BODY}adjustments: {{{kind}: {{cap: 5, {_SORTS}, nodes: {nodes}}}}}\n"

    assert [code for code, _ in codes_in(text)] == codes


@pytest.mark.parametrize(
    ("nodes", "told"),
    [
        ("{dim: -1}", "QH128 'cap' is -1, it must be ≥ 0"),
        ("{dim: 50%}", "QH1"),
        ("{dim: true}", "QH1"),
        ("{dim: {categories: {new: -1}}}", "QH128 'new' is -1, it must be ≥ 0"),
        ("{dim: {when: a > 1}}", "QH1"),
        ("{'d m': 1}", "QH131"),
        ("[dim]", "QH1"),
    ],
)
def test_caps_of_another_form_are_refused(nodes: str, told: str) -> None:
    with pytest.raises(FindingsError) as raised:
        codes_in(f"{_BODY}adjustments: {{bonus: {{{_SORTS}, nodes: {nodes}}}}}\n")

    assert told in str(raised.value)


def test_caps_of_nodes_stand_on_the_sheets_of_a_scheme() -> None:
    written = {
        "quanheng": 1,
        "id": "s",
        "title": "S",
        "round": 2023,
        "items": {"a": None},
        "indicators": {"one": {"measure": "a", "weight": 100, "rule": "given"}},
        "adjustments": {
            "bonus": {"categories": {"new": {}}, "nodes": {"one": {"cap": 2, "categories": {"new": 1}}}},
            "penalty": {"nodes": {"one": 3}},
        },
    }
    scheme = scheme_from_mapping(written)
    assert scheme.adjustments.bonus.nodes == (NodeLimit(node="one", cap=2.0, categories={"new": 1.0}),)
    assert scheme.adjustments.penalty.nodes == (NodeLimit(node="one", cap=3.0),)

    document = Document.model_validate(written)
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        sheets = write_scheme_sheets(document, language=language)
        assert read_scheme_sheets(sheets, file="book.xlsx").document == document


def test_sheets_may_name_a_node_with_a_cap_by_its_name() -> None:
    sheets: dict[str, list[list[object]]] = {
        "方案": [
            ["项目", "内容"],
            ["语言版本", 1.0],
            ["方案编号", "s"],
            ["方案名称", "示例"],
            ["考核期", 2023.0],
            ["加减分.加分.分类", "new，old（上限：2）"],
            ["加减分.加分.节点上限", "经济发展：2，two（上限：3，分类（old：1））"],
        ],
        "数据项": [["编码", "名称"], ["a", "甲"]],
        "指标": [
            ["编码", "名称", "权重", "指标公式", "计分规则"],
            ["one", "经济发展", 50.0, "a", "直接计分"],
            ["two", "", 50.0, "a", "直接计分"],
        ],
    }

    document = read_scheme_sheets(sheets, file="book.xlsx").document  # type: ignore[arg-type]  # lists of cells

    assert document.adjustments is not None
    assert document.adjustments.bonus is not None
    assert document.adjustments.bonus.model_dump(exclude_defaults=True) == {
        "categories": {"new": {}, "old": {"cap": 2.0}},
        "nodes": {"one": {"cap": 2.0}, "two": {"cap": 3.0, "categories": {"old": 1.0}}},
    }


def test_the_json_schema_knows_the_short_form() -> None:
    assert {"type": "number", "minimum": 0} in json_schema()["$defs"]["NodeLimitForm"]["anyOf"]
