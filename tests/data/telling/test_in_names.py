"""Findings say in Chinese the names of nodes, items and units, in English their codes."""

from __future__ import annotations

import polars as pl
from ruamel.yaml import YAML

from quanheng.data.telling.in_names import in_names
from quanheng.findings.finding import Kind
from quanheng.scheme.files.read import scheme_from_mapping

KIND = Kind(
    code="QH999",
    severity="warning",
    en="{unit} {node!r} {items}",
    zh="{unit}的{node!r}（{items}）",
    hint_en="",
    hint_zh="",
)
SCHEME = """
items: {gdp: {name: 地区生产总值}, tax: {name: 税收}, tax_b: {name: 税收}}
indicators: {level: {name: 总量, measure: gdp + tax + tax_b, weight: 100, rule: {steps: [[0, 0]]}}}
"""
UNITS = pl.DataFrame({"unit": ["a", "b", "c"], "name": ["甲镇", "乙镇", "乙镇"]})


def told(**facts: str) -> tuple[str, str]:
    (finding,) = in_names(
        [KIND.at(**facts)], scheme_from_mapping(YAML(typ="safe", pure=True).load(SCHEME)), UNITS
    )
    return finding.message("zh"), finding.message("en")


def test_names_stand_for_codes_in_chinese_alone() -> None:
    assert told(unit="a", node="level", items="gdp, tax") == (
        "甲镇的“总量”（地区生产总值、税收 [tax]）",
        "a 'level' gdp, tax",
    )


def test_names_that_are_alike_have_the_code_beside_them() -> None:
    assert told(unit="c", node="level", items="tax_b")[0] == "乙镇 [c]的“总量”（税收 [tax_b]）"


def test_what_is_no_code_stays_as_it_was_written() -> None:
    assert told(unit="丁镇", node="levl", items="gpd")[0] == "丁镇的“levl”（gpd）"
