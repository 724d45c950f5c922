"""The award list has the lowest award first and the highest last, and names persons with their units."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from tests.documents.compose.test_bulletin import told
from tests.documents.subjects import BOOK, UNITS, subject

from quanheng.documents.compose.awards.award_list import award_list, award_sheet
from quanheng.documents.compose.awards.honours import check_persons, honours_of
from quanheng.documents.subject import Subject
from quanheng.documents.words.words import Words
from quanheng.engine.results.score import score
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text

WHY = "place 1; number 1 of those who qualify; taken are the first 1; tier is '第一等次' (tier == '第一等次')"


def of(folder: Path, scheme: str = BOOK.scheme, units: str = BOOK.units) -> Subject:
    result = score(replace(BOOK, scheme=scheme, units=units).loaded(folder))
    return Subject(result=result, record={}, audience="public")


def test_the_list_is_in_the_order_of_the_ceremony(tmp_path: Path) -> None:
    words = Words(signature=Text(zh="示例委"), date=dt.date(2024, 2, 6))

    document = award_list(subject(tmp_path, audience="public", words=words), "zh")

    assert document.title == ("papers表彰名单",)
    assert told(document) == [
        "papers（2023年）共颁发4项荣誉，名单如下，按颁奖顺序排列。",
        "一、优秀带头人（2个）",
        "",
        "序号 分组 单位 受奖人",
        "1 镇 甲镇 赵一",
        "2 园区 丁园区 李四",
        "二、先进单位（2个）",
        "",
        "序号 分组 单位",
        "3 镇 甲镇",
        "4 园区 丁园区",
        "Signature",
    ]


def test_the_office_reads_why_in_one_table(tmp_path: Path) -> None:
    document = award_sheet(subject(tmp_path), "en")

    assert told(document) == [
        "Awards: papers",
        "No. Award Group Code Unit Person Why",
        "1 优秀带头人 Towns A 甲镇 赵一 place 1; number 1 of those who qualify; taken are the first 1",
        "2 优秀带头人 Parks P 丁园区 李四 place 1; number 1 of those who qualify; taken are the first 1",
        f"3 先进单位 Towns A 甲镇  {WHY}",
        f"4 先进单位 Parks P 丁园区  {WHY}",
    ]


def test_a_tie_gives_one_award_to_all_of_the_tied(tmp_path: Path) -> None:
    names = [f"单位{number:02}" for number in range(30)]
    units = "unit,name,group,leader\n" + "".join(f"U{at:02},{name},towns,\n" for at, name in enumerate(names))
    data = "unit,period,work,order\n" + "".join(f"U{at:02},2023,80,80\n" for at in range(30))
    scheme = BOOK.scheme.replace("take: 1, where: tier == '第一等次'", "take: 1")
    result = score(replace(BOOK, scheme=scheme, units=units, data=data, adjustments="").loaded(tmp_path))

    honours = honours_of(Subject(result=result, record={}, audience="public"), document="awards")

    assert [honour.unit_name for honour in honours if honour.award == "先进单位"] == names
    assert [honour.number for honour in honours] == list(range(1, 61))


def test_no_award_at_all_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as refused:
        award_list(of(tmp_path, BOOK.scheme.split("awards:")[0]), "zh")

    assert [finding.code for finding in refused.value.findings] == ["QH813"]


def test_awards_that_are_not_published_are_not_told_to_the_public(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as refused:
        award_sheet(of(tmp_path, f"{BOOK.scheme}publish: [place]\n"), "zh")

    assert [finding.code for finding in refused.value.findings] == ["QH814"]


def test_a_person_whom_nobody_names_is_told(tmp_path: Path) -> None:
    known = of(tmp_path, units=UNITS.replace("赵一", ""))
    honours = honours_of(known, document="awards")

    assert [(honour.unit, honour.person) for honour in honours[:2]] == [("A", ""), ("P", "李四")]
    (finding,) = check_persons(known, honours)
    assert finding.code == "QH815"
    assert "甲镇" in finding.message("zh")
    assert "丁园区" not in finding.message("zh")
