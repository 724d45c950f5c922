"""Conditions over texts of the units: letter by letter, open where there is none (formulas l)."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from tests.engines import EngineUnderTest

import quanheng as qh
from quanheng.data.load import load
from quanheng.engine.results.score import score
from quanheng.findings.finding import FindingsError
from quanheng.scheme.files.read import scheme_from_mapping

TYPES = ["Town", "town", "山区", None, "T*"]


def measured(formula: str, types: list[object] | None = None, *, column: str = "type") -> list[float | None]:
    frame = pl.DataFrame({"unit": list("ABCDE"), column: types or TYPES, "x": [1.0, 2.0, 3.0, 4.0, 5.0]})
    return qh.score(frame, scheme_of(formula)).wide["measure|k"].to_list()


def scheme_of(formula: str) -> dict[str, object]:
    return {
        "items": {"x": {}, "kind": {"attribute": "type"}},
        "defaults": {"gaps": {"missing": "redistribute"}},
        "indicators": {
            "k": {"measure": formula, "weight": 50, "rule": "percentile"},
            "other": {"measure": "x", "weight": 50, "rule": "percentile"},
        },
    }


@pytest.mark.parametrize(
    ("formula", "gives"),
    [
        ("where(kind == 'town', 10, x)", [1, 10, 3, None, 5]),
        ("where('山区' == kind, 10, x)", [1, 2, 10, None, 5]),
        ("where(kind == ' 山区 ', 10, x)", [1, 2, 10, None, 5]),
        ("where(kind != 'Town', 10, x)", [1, 10, 10, None, 10]),
        ("where(kind == 'T*', 10, x)", [1, 2, 3, None, 10]),
        ("where(kind in ('Town', 'town'), 10, x)", [10, 10, 3, None, 5]),
        ("where(kind not in ('Town', 'town'), 10, x)", [1, 2, 10, None, 10]),
        # another half may decide
        ("where(kind == 'town' or x > 3, 10, x)", [1, 10, 3, 10, 10]),
        # A and B of four with a text
        ("units(kind in ('Town', 'town')) * x", [2, 4, 6, 8, 10]),
        ("lag(kind == 'town', 1y) * 1", None),
    ],
)
def test_texts_are_compared_letter_by_letter(formula: str, gives: list[float | None] | None) -> None:
    if gives is None:
        with pytest.raises(FindingsError, match="QH224"):
            measured(formula)
    else:
        assert measured(formula) == gives


def test_the_column_may_stand_under_the_code_of_its_item() -> None:
    assert measured("where(kind == 'town', 10, x)", column="kind") == [1, 10, 3, None, 5]


@pytest.mark.parametrize(
    ("formula", "types", "code"),
    [
        ("where(kind == 'town', 1, x)", [1.0, 2.0, 3.0, 4.0, 5.0], "QH667"),
        ("where(kind > 'town', 1, x)", None, "QH224"),
        ("where(x == 'town', 1, x)", None, "QH224"),
        ("where(kind in ('town', 3), 1, x)", None, "QH224"),
    ],
)
def test_misuse_is_refused(formula: str, types: list[object] | None, code: str) -> None:
    with pytest.raises(FindingsError) as caught:
        measured(formula, types)

    assert {finding.code for finding in caught.value.findings} - {"QH221"} == {code}


def test_both_engines_agree(engine: EngineUnderTest) -> None:
    frame = engine.lift(pl.DataFrame({"unit": list("ABCDE"), "type": TYPES, "x": [1.0, 2.0, 3.0, 4.0, 5.0]}))

    result = qh.score(frame, scheme_of("where(kind in ('town', '山区'), -x, x)"))

    rows = sorted(engine.collect(result.plan.select("unit", "measure|k")).rows())
    assert rows == [("A", 1.0), ("B", -2.0), ("C", -3.0), ("D", None), ("E", 5.0)]


SCHEME = """\
quanheng: 1
id: invented
title: An invented book
round: 2023
items: {x: {}, kind: {name: 类型, attribute: type}, double: {formula: "where(kind == '山区', 2 * x, x)"}}
pools: {hills: {where: kind == '山区'}}
adjustments:
  rules: [{kind: bonus, marks: 2, when: kind == '平原', name: plains, node: total}]
gaps: {missing: zero}
indicators:
  k: {measure: double, weight: 100, within: hills, rule: {scale: {}}}
tiers: [{name: A, top: 1, unless: kind == '平愿'}, {name: B}]
"""


def book_in(folder: Path) -> Path:
    (folder / "data").mkdir(parents=True)
    (folder / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    (folder / "units.csv").write_text("unit,name,type\nA,a,　山区 \nB,b,平原\nC,c,山区\n", encoding="utf-8")
    (folder / "data" / "x.csv").write_text("unit,x\nA,1\nB,4\nC,3\n", encoding="utf-8")
    return folder


def test_a_book_of_texts(tmp_path: Path) -> None:
    book = load(book_in(tmp_path / "b"))

    result = score(book)

    # of the hills 2 and 6: B, which has 4, is half way, and has 2 marks for the plains
    assert dict(result.ranking.select("unit", "score").rows()) == {"A": 0.0, "B": 52.0, "C": 100.0}
    (told,) = [finding for finding in book.findings if finding.code == "QH666"]
    assert told.message("en") == "no unit has '平愿' in the column 'type'"
    assert told.hint("zh") == "请按单位表的写法逐字填写：山区, 平原；如目前确无此类单位，无需处理"
    explained = result.explain("A")
    assert "where(1, 2 * 1, 1) = 2" in str(explained)
    assert "kind == '山区' = 1  [units!type]" in str(explained)
    assert "类型 == '山区' = 1" in explained.text("zh")


def test_an_item_of_texts_is_used_where_it_is_compared() -> None:
    scheme = scheme_from_mapping(scheme_of("where(kind == 'a', x, 1)"))

    assert [item.code for item in scheme.stated_items] == ["x", "kind"]
    assert [item.code for item in scheme.items] == ["x", "kind", "kind == 'a'"]
