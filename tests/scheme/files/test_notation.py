"""The Chinese notation of values: what is written in a cell, and the other ways in which people write it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quanheng.findings.finding import FindingsError
from quanheng.scheme.document.document import Document
from quanheng.scheme.document.shapes import Shape, below, shape_at
from quanheng.scheme.fields.key_words import key_of, word_of
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.value_words import value_of, word_of_value
from quanheng.scheme.files.notation.reading import Plain, Reader
from quanheng.scheme.files.notation.writing import Writer
from quanheng.scheme.files.sheets import read_scheme_sheets
from quanheng.scheme.formulas import scopes
from quanheng.scheme.formulas.functions import FUNCTIONS
from quanheng.scheme.formulas.worded.chinese import (
    FUNCTION_WORDS,
    JOINING_WORDS,
    WORDS,
    in_chinese,
    in_english,
)

RULE: Path = ("indicators", "a", "rule")
_ENGLISH_WORDS = frozenset({"zh", "en"})


@pytest.mark.parametrize(
    ("path", "value", "cell"),
    [
        (
            RULE,
            {"scale": {"worst": "q5", "best": "observed"}},
            "功效系数法（最差值：5%分位，最好值：实际最值）",
        ),
        (RULE, {"scale": {"best": {"unit": "T04"}}}, "功效系数法（最好值（单位：T04））"),
        (RULE, {"scale": {"base": 60, "clamp": "none"}}, "功效系数法（基础分：60，越界处理：不截断）"),
        (RULE, {"bands": [[0.8, 0], [0.95, 80]]}, "区间插值法（0.8：0，0.95：80）"),
        (RULE, {"met": "x <= 15%"}, "达标赋分法：指标值 <= 15%"),
        (RULE, {"ratio": {"ref": "mean", "cap": 120}}, "比值法（参照值：均值，最高分：120）"),
        (
            RULE,
            {"place": {"table": {"1-3": 100, "7": 50}, "otherwise": 10}},
            "排序赋分法（对照表（1-3：100，7：50），其余：10）",
        ),
        (("items", "a", "kind"), "rate", "比率"),
        (("items", "a", "every"), "half", "半年"),
        (("round",), "2023-Q3", "2023年第三季度"),
        (("pace", "at"), {"2023-H1": "50%"}, "2023年上半年：50%"),
        (("workbook",), False, "否"),
        (("publish",), ["total", "place", "dimensions"], "总分、位次、各方面得分"),
        (("tiers", 0, "unless"), "veto or score < 60", "一票否决 或 得分 < 60"),
        (("items", "a", "where"), "due_on <= period_end", "due_on <= 期末日"),
        (("indicators", "a", "measure"), "change(share(a)) + lag(a, 1y)", "变化(占比(a)) + 往期(a, 1年)"),
        (("indicators", "a", "groups"), ["towns", "parks"], "towns、parks"),
        (("indicators", "a", "treat"), {"quantiles": ["5%", "95%"]}, "分位数：5%、95%"),
        (("reviews", "nodes"), [], "无"),
        (
            ("indicators", "a", "weights"),
            {"ahp": {"order": ["a", "b"], "matrix": [[1, 3], ["1/3", 1]]}},
            "层次分析法（次序：a、b，判断矩阵（1、3；1/3、1））",
        ),
    ],
)
def test_a_value_is_written_in_chinese_and_reads_as_itself(path: Path, value: Plain, cell: str) -> None:
    assert Writer().cell(value, path) == cell
    assert Reader().value(cell, path) == value


@pytest.mark.parametrize(
    ("path", "cell", "value"),
    [
        (RULE, "功效系数(最差:0;最好:10%;基础分:60)", {"scale": {"worst": 0, "best": "10%", "base": 60}}),
        (RULE, "极差法", "scale"),
        (RULE, "percentile", "percentile"),
        (RULE, "scale: {worst: 0, best: 10%}", {"scale": {"worst": 0, "best": "10%"}}),
        (RULE, "{scale: {base: 60}}", {"scale": {"base": 60}}),
        (RULE, "区间插值法（0.8→0、0.95→80）", {"bands": [[0.8, 0], [0.95, 80]]}),
        (("items", "a", "kind"), "流量", "flow"),
        (("items", "a", "kind"), "stock", "stock"),
        (("items", "a", "every"), "季度", "quarter"),
        (("indicators", "a", "direction"), "逆向", "less"),
        (("indicators", "a", "groups"), "[towns, parks]", ["towns", "parks"]),
        (("indicators", "a", "groups"), "镇街，园区", ["镇街", "园区"]),
        (("round",), "2023上半年", "2023-H1"),
        (("awards", 0, "where"), "进位≥2 且 非被否决", "place_gain≥2 and not vetoed"),
        (("awards", 0, "where"), "等次 == '一票否决'", "tier == '一票否决'"),
        (("workbook",), "true", True),
        (("publish",), "位次，等次、加减分", ["place", "tier", "adjustments"]),
    ],
)
def test_what_people_write_is_read(path: Path, cell: str, value: Plain) -> None:
    assert Reader().value(cell, path) == value


def test_a_code_is_a_name_and_never_a_word_of_a_formula() -> None:
    assert in_english("得分 > 1", scope=scopes.AWARD_WORDS, taken={"得分"}) == "得分 > 1"
    assert in_chinese("score > 1", scope=scopes.AWARD_WORDS, taken={"得分"}) == "score > 1"
    assert in_english("`得分` > 得分", scope=scopes.AWARD_WORDS) == "`得分` > score"


def test_every_function_and_word_of_a_formula_has_a_chinese_one_of_its_own() -> None:
    assert FUNCTION_WORDS.keys() == FUNCTIONS.keys()
    assert len(set(FUNCTION_WORDS.values())) == len(FUNCTIONS)
    assert JOINING_WORDS.keys() == scopes.FORMULA_KEYWORDS
    for scope in (
        scopes.MET_WORDS,
        scopes.MARKS_WORDS,
        scopes.LEDGER_WORDS,
        scopes.TIER_WORDS,
        scopes.AWARD_WORDS,
        scopes.LIGHT_WORDS,
    ):
        assert len({WORDS[word] for word in scope}) == len(scope)


def test_every_key_and_every_word_of_a_scheme_has_a_chinese_one_of_its_own() -> None:
    for path, shape in _shapes((), shape_at(Document, ()), frozenset()):
        for key in shape.keys:
            word = word_of(key, path)
            assert not word.isascii(), (*path, key)
            assert key_of(word, shape.keys, path) == key_of(key, shape.keys, path) == key
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        for value in shape.words:
            assert not word_of_value(key, value).isascii(), (path, value)
            assert value_of(key, word_of_value(key, value), shape.words) == value


def _shapes(path: Path, shape: Shape, above: frozenset[type]) -> Iterator[tuple[Path, Shape]]:
    """Yield every path of a document with its shape; forms inside themselves once."""
    yield path, shape
    inner = above | {*shape.forms}
    for key in shape.keys:
        following = below(shape, key)
        if not inner.issuperset(following.forms) or not following.forms:
            yield from _shapes((*path, key), following, inner)
    if shape.keyed:
        following = below(shape, "c")
        if not inner.issuperset(following.forms) or not following.forms:
            yield from _shapes((*path, "c"), following, inner)
    if shape.lists:
        yield from _shapes((*path, 0), below(shape, 0), inner)


# --- names in the place of codes ------------------------------------------------------------------

HEAD: list[list[object]] = [
    ["项目", "内容"],
    ["语言版本", 1],
    ["方案编号", "s"],
    ["方案名称", "示例"],
    ["考核期", "2023年"],
]


def _read(**sheets: list[list[object]]) -> Document:
    return read_scheme_sheets({"方案": HEAD, **sheets}, file="book.xlsx").document  # type: ignore[dict-item]  # lists of cells


def test_names_stand_for_codes_in_formulas_parents_and_lists() -> None:
    document = _read(
        分组=[["编码", "名称"], ["towns", "镇街"]],
        数据项=[
            ["编码", "名称", "计数台账"],
            ["gdp", "地区生产总值", ""],
            [None, "人口（万人）", ""],
            ["n", "件数", "隐患台账"],
        ],
        指标=[
            ["编码", "名称", "上级", "适用分组", "权重.镇街", "指标公式", "计分规则"],
            ["economy", "经济发展", None, None, 100, None, None],
            [
                None,
                "人均产出",
                "经济发展",
                "镇街",
                None,
                "地区生产总值 / `人口（万人）`",
                "达标法：指标值 > 0 且 件数 = 0".replace("= 0", "== 0"),
            ],
        ],
        台账定义=[["编码", "名称"], ["hazards", "隐患台账"]],
        同分处理=[],
    )

    node = document.indicators["economy"].children
    assert node is not None
    assert list(document.items) == ["gdp", "人口_万人", "n"]
    assert document.items["n"].count == "hazards"
    assert document.indicators["economy"].weight == {"towns": 100}
    assert node["人均产出"].measure == "gdp / 人口_万人"
    assert node["人均产出"].groups == ("towns",)
    assert node["人均产出"].rule is not None
    assert node["人均产出"].rule.model_dump(exclude_none=True) == {"met": "x > 0 and n == 0"}


def test_a_name_of_several_things_is_an_error_where_it_is_used() -> None:
    with pytest.raises(FindingsError) as caught:
        _read(
            数据项=[["编码", "名称"], ["a", "增速"], ["b", "增速"]],
            指标=[["编码", "权重", "指标公式", "计分规则"], ["i", 100, "增速 + 1", "百分位法"]],
        )

    (finding,) = caught.value.findings
    assert (finding.code, str(finding.where)) == ("QH139", "book.xlsx!指标!C2")
    assert finding.message("zh") == "“增速”在此有几个同名：a、b"


def test_a_name_of_several_nodes_is_no_parent() -> None:
    with pytest.raises(FindingsError) as caught:
        _read(
            指标=[
                ["编码", "名称", "上级编码"],
                ["a", "经济", None],
                ["b", "经济", None],
                ["c", "增速", "经济"],
            ],
        )

    assert [(each.code, str(each.where)) for each in caught.value.findings] == [
        ("QH140", "book.xlsx!指标!C4")
    ]


def test_a_row_of_a_ledger_that_is_not_declared_is_an_error() -> None:
    with pytest.raises(FindingsError) as caught:
        _read(
            台账定义=[["编码", "名称"], ["hazards", "隐患台账"]],
            台账字段=[["台账", "列", "必填"], ["隐患台帐", "等级", "是"]],
        )

    (finding,) = caught.value.findings
    assert (finding.code, str(finding.where)) == ("QH141", "book.xlsx!台账字段!A2")


def test_tables_in_the_place_of_cells_with_much_in_them() -> None:
    document = _read(
        数据项=[["编码"], ["甲"]],
        指标=[["编码", "权重", "指标公式", "计分规则"], ["i", 100, "甲", "百分位法"]],
        加减分规则=[
            ["名称", "类型", "分值", "生效条件", "计入节点"],
            ["上级通报", "扣分", "若(甲 > 3, 2, 0)", "甲 > 1", "i"],
        ],
        台账定义=[["编码", "状态.列"], ["隐患", "状态"]],
        台账字段=[
            ["台账", "列", "内容类型", "必填", "可填内容"],
            ["隐患", "等级", "文字", "是", "一般、重大"],
        ],
        台账状态=[
            ["台账", "所处状态", "可转为"],
            ["隐患", "整改中", "待复查"],
            ["隐患", "待复查", "已销号、整改中"],
            ["隐患", "已销号", None],
        ],
        专项行动=[["编码", "台账"], ["攻坚", "隐患"]],
        阶段目标=[["所属行动", "名称", "截止日期", "完成比例"], ["攻坚", "动员", "2023-03-31", "10%"]],
    )

    assert document.adjustments is not None
    (rule,) = document.adjustments.rules
    assert (rule.kind, rule.marks, rule.when, rule.node) == ("penalty", "where(甲 > 3, 2, 0)", "甲 > 1", "i")
    ledger = document.ledgers["隐患"]
    assert (ledger.fields["等级"].needed, ledger.fields["等级"].one_of) == (True, ("一般", "重大"))
    assert ledger.states is not None
    assert ledger.states.moves == {"整改中": ("待复查",), "待复查": ("已销号", "整改中"), "已销号": ()}
    assert [(step.name, step.done) for step in document.campaigns["攻坚"].milestones] == [("动员", 0.1)]


# --- findings in the words of the sheets ----------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "cells", "expected"),
    [
        (["数据类型"], ["比例数"], ["“数据类型”不能是“比例数”", "此处可用：当期、日期、时点、比率、累计"]),
        (["报送周期"], ["半年期"], ["“报送周期”不能是“半年期”", "是否应为“半年”？"]),
        (["数据类形"], ["累计"], ["此处不认识“数据类形”", "是否应为“数据类型”？"]),
    ],
)
def test_a_finding_speaks_the_words_of_the_sheet(
    head: list[object], cells: list[object], expected: list[str]
) -> None:
    with pytest.raises(FindingsError) as caught:
        _read(
            数据项=[["编码", *head], ["甲", *cells]],
            指标=[["编码", "权重", "指标公式", "计分规则"], ["i", 100, "甲", "百分位法"]],
        )

    (finding,) = caught.value.findings
    assert str(finding.where) == "book.xlsx!数据项!B2"
    assert [finding.message("zh"), finding.hint("zh")] == expected


def test_a_parameter_that_is_not_known_is_named_in_chinese() -> None:
    with pytest.raises(FindingsError) as caught:
        _read(
            数据项=[["编码"], ["甲"]],
            指标=[["编码", "权重", "指标公式", "计分规则"], ["i", 100, "甲", "功效系数法（基本分：60）"]],
        )

    (finding,) = caught.value.findings
    assert finding.message("zh") == "此处不认识“基本分”"
    assert finding.hint("zh") == "是否应为“基础分”？"
