from __future__ import annotations

from tests.data.books import gathered
from tests.data.registers import register

from quanheng.data.tables.item_columns import ItemNames, items_by_column
from quanheng.data.tables.strangers.columns import Heading
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Location


def carried(*texts: str, measured: str = "") -> tuple[dict[int, str], list[str]]:
    own, collector = register(), Collector()
    headings = {
        number: Heading(text=text, measured=measured, where=Location(file="a", cell=text))
        for number, text in enumerate(texts)
    }
    found = items_by_column(headings, own, collector=collector)
    return {column: own.item(one.item).code for column, one in found.items()}, gathered(collector)


def test_headings_name_items_with_or_without_a_measuring_unit() -> None:
    assert carried("gdp", "地区生产总值增速（％）", "ＯＰＥＮＥＤ") == (
        {0: "gdp", 1: "gdp_growth", 2: "opened"},
        [],
    )


def test_attributes_of_units_and_remarks_are_passed_over() -> None:
    assert carried("area", "leader", "备注", "序号", "name") == ({}, [])


def test_strangers_doubles_and_computed_items_are_told() -> None:
    assert carried("gdp_grwth", "gdp", "地区生产总值", "land", "due") == (
        {1: "gdp"},
        ["QH322 a!地区生产总值", "QH412 a!land", "QH412 a!due", "QH368 a!gdp_grwth"],
    )


def test_another_measuring_unit_is_told() -> None:
    assert carried("gdp", measured="万元") == ({0: "gdp"}, ["QH418 a!gdp"])
    assert carried("gdp", measured=" 亿元") == ({0: "gdp"}, [])
    assert carried("gdp [万元]") == ({0: "gdp"}, ["QH418 a!gdp [万元]"])


def test_a_text_names_an_item_or_not() -> None:
    names = ItemNames(register())

    assert [names(text) for text in ("gdp", "开采日", "gdp（亿元）", "亿元", "")] == [
        True,
        True,
        True,
        False,
        False,
    ]
