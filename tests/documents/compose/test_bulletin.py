"""A bulletin says what the result holds, in the order of a bulletin, no more than its readers may know."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from tests.documents.subjects import BOOK, subject

from quanheng.documents.blocks import (
    Attachment,
    AttachmentList,
    Block,
    Document,
    Heading,
    Note,
    Paragraph,
    Picture,
    Signature,
    Table,
)
from quanheng.documents.compose.bulletin import bulletin
from quanheng.documents.studied import Certainty, Robustness, Studies
from quanheng.documents.subject import Subject
from quanheng.documents.words.words import Words
from quanheng.engine.results.score import score
from quanheng.findings.text import Text
from quanheng.scheme.document.published import Part


def told(document: Document) -> list[str]:
    return [line for block in document.blocks for line in _told(block)]


def _told(block: Block) -> list[str]:
    match block:
        case Heading(text=text) | Note(text=text):
            return [text]
        case Paragraph(lead=lead, text=text):
            return [lead + text]
        case Table():
            head = [column.heading for column in block.columns]
            return [block.title, *(" ".join(row) for row in (head, *block.rows))]
        case AttachmentList(titles=titles):
            return [f"附件：{'；'.join(titles)}"]
        case Attachment(title=title, number=number):
            return [f"附件{number}《{title}》"]
        case Picture(title=title):
            return [f"图：{title}"]
        case _:
            return [type(block).__name__]


def test_the_office_sees_all_of_a_result(tmp_path: Path) -> None:
    document = bulletin(subject(tmp_path), "zh")

    assert document.title == ("关于papers结果的通报",)
    assert told(document) == [
        "现将papers（2023年）结果通报如下。",
        "一、总体情况",
        "本次共考核4个单位，其中镇3个、园区1个，分组排序。",
        "镇：第一等次1个，第二等次1个，不合格1个。",
        "园区：第一等次1个。",
        "二、考核结果",
        "（一）镇",
        "镇考核结果",
        "位次 单位 得分 等次 上期位次 升降",
        "1 甲镇 88.00 第一等次 2 ↑1",
        "2 丙镇 80.00 不合格 3 ↑1",
        "3 乙镇 75.00 第二等次 1 ↓2",
        "（二）园区",
        "园区考核结果",
        "位次 单位 得分 等次 上期位次 升降",
        "1 丁园区 71.00 第一等次 1 =",
        "三、表彰奖励",
        "先进单位（2个）：甲镇、丁园区。",
        "优秀带头人（2个）：赵一（甲镇）、李四（丁园区）。",
        "四、位次变化",
        "镇：与2022年相比，上升2个（甲镇1位、丙镇1位），下降1个（乙镇2位），持平0个。",
        "园区：与2022年相比，上升0个，下降0个，持平1个。",
        "图：镇位次变化",
        "五、加减分和一票否决",
        "加分、扣分和一票否决",
        "单位 加分 扣分 一票否决 事由",
        "甲镇 2.00   承办现场会",
        "丙镇   是 发生安全事故",
        "注：结果旁没有该结果的稳健性研究，未列位次区间。",
        "附件：各方面得分表；各指标得分表；得分图",
        "附件1《各方面得分表》",
        "镇",
        "单位 总分 经济 秩序",
        "甲镇 88.00 54.00 32.00",
        "丙镇 80.00 42.00 38.00",
        "乙镇 75.00 51.00 24.00",
        "园区",
        "单位 总分 经济 秩序",
        "丁园区 71.00 45.00 26.00",
        "附件2《各指标得分表》",
        "镇",
        "单位 工作 秩序",
        "甲镇 54.00 32.00",
        "丙镇 42.00 38.00",
        "乙镇 51.00 24.00",
        "园区",
        "单位 工作 秩序",
        "丁园区 45.00 26.00",
        "附件3《得分图》",
        "图：镇得分构成",
    ]


def test_the_public_sees_total_place_tier_and_awards(tmp_path: Path) -> None:
    lines = told(bulletin(subject(tmp_path, audience="public"), "zh"))

    assert "1 甲镇 88.00 第一等次" in lines
    assert "三、表彰奖励" in lines
    assert not [line for line in lines if "得分表" in line or "位次变化" in line or "现场会" in line]
    assert lines[-3:] == ["附件：得分图", "附件None《得分图》", "图：镇得分"]


def published(folder: Path, *parts: Part) -> list[str]:
    internal = subject(folder, audience="public")
    scheme = replace(internal.result.scheme, publish=frozenset(parts))
    return told(bulletin(replace(internal, result=replace(internal.result, scheme=scheme)), "zh"))


def test_where_only_tiers_are_published_the_order_tells_no_more(tmp_path: Path) -> None:
    lines = published(tmp_path, "tier")

    table = lines[lines.index("镇考核结果") :][:5]
    assert table == ["镇考核结果", "单位 等次", "甲镇 第一等次", "乙镇 第二等次", "丙镇 不合格"]
    assert not [line for line in lines if "88.00" in line or "表彰" in line or "未参加" in line]


def test_dimensions_are_published_where_the_scheme_says_so(tmp_path: Path) -> None:
    lines = published(tmp_path, "place", "dimensions", "moves")

    assert "1 甲镇 2 ↑1" in lines
    assert "附件None《各方面得分表》" in lines
    assert "甲镇 54.00 32.00" in lines
    assert not [line for line in lines if "88.00" in line]


def test_what_nobody_knows_is_left_out_with_a_word(tmp_path: Path) -> None:
    lines = told(bulletin(replace(subject(tmp_path), moves=None), "zh"))

    assert "注：没有可比的上期结果，未列位次变化。" in lines
    assert "1 甲镇 88.00 第一等次" in lines
    assert not [line for line in lines if "上升" in line]


def test_the_words_of_the_office_stand_around_it(tmp_path: Path) -> None:
    words = Words(
        authority=Text(zh="示例委文件"),
        number=Text(zh="示考〔2024〕1号"),
        title=(Text(zh="关于考核"), Text(zh="结果的通报")),
        recipients=Text(zh="各镇："),
        opening=(Text(zh="经审定，通报如下。"),),
        closing=(Text(zh="望再接再厉。"), Text(zh="特此通报。")),
        signature=Text(zh="示例委"),
        date=dt.date(2024, 2, 6),
        copies_to=Text(zh="区委"),
    )

    document = bulletin(subject(tmp_path, audience="public", words=words), "zh")

    assert document.title == ("关于考核", "结果的通报")
    assert document.name == "关于考核结果的通报"
    assert (document.recipients, document.date) == ("各镇：", dt.date(2024, 2, 6))
    assert document.masthead is not None
    assert (document.masthead.authority, document.masthead.number) == ("示例委文件", "示考〔2024〕1号")
    assert document.imprint is not None
    assert told(document)[0] == "经审定，通报如下。"
    lines = told(document)
    assert lines[lines.index("望再接再厉。") :][:4] == [
        "望再接再厉。",
        "特此通报。",
        "附件：得分图",
        "Signature",
    ]
    assert Signature(by="示例委", on=dt.date(2024, 2, 6), sealed=True) in document.blocks


def test_without_words_there_is_no_head_and_no_signature(tmp_path: Path) -> None:
    document = bulletin(subject(tmp_path), "zh")

    assert (document.masthead, document.imprint, document.recipients) == (None, None, "")
    assert document.date == dt.date(2023, 12, 31)
    assert "Signature" not in told(document)


def test_it_is_in_english_too(tmp_path: Path) -> None:
    lines = told(bulletin(subject(tmp_path), "en"))

    assert lines[1:5] == [
        "1. In short",
        "4 units were assessed: 3 in Towns, 1 in Parks; each group is ranked by itself.",
        "Towns: 1 × 第一等次; 1 × 第二等次; 1 × 不合格.",
        "Parks: 1 × 第一等次.",
    ]
    assert (
        "Towns: since 2022, 2 rose (甲镇 by 1, 丙镇 by 1), 1 fell (乙镇 by 2), 0 kept their place." in lines
    )
    assert "单位 Score" not in " ".join(lines)


def test_how_sure_places_are_is_told_with_what_it_means(tmp_path: Path) -> None:
    sure = Certainty(place=1, low=1, high=1, level_with=1, tiers={"第一等次": 1.0})
    unsure = Certainty(place=2, low=2, high=3, level_with=2, tiers={"不合格": 1.0})
    level = Certainty(place=3, low=2, high=3, level_with=2, tiers={"第二等次": 0.8799, "第一等次": 0.1201})
    study = Robustness(
        level=0.95,
        replicates=512,
        varied=Text(zh="权重（±25%）", en="weights (±25%)"),
        units={"A": sure, "C": unsure, "B": level},
    )
    known = replace(subject(tmp_path), studies=Studies(robustness=study))

    lines = told(bulletin(known, "zh"))
    in_english = told(bulletin(known, "en"))

    assert "位次 单位 得分 等次 位次区间 上期位次 升降" in lines
    assert "2 丙镇 80.00 不合格 2—3 3 ↑1" in lines
    assert "1 丁园区 71.00 第一等次 — 1 =" in lines  # of a unit that the study does not have
    at = lines.index("三、位次的可信程度")
    assert lines[at + 1 : at + 4] == [
        "变动权重（±25%），重复计分512次，位次区间为其中95%的重复所在的位次。它说明换用这些做法时位次会怎样，不改变本次考核结果。",
        "镇：难分高下的有：（丙镇、乙镇）；等次不够稳定的有：乙镇（第二等次88%）。",
        "四、表彰奖励",
    ]
    at = in_english.index("3. How sure the places are")
    assert in_english[at + 2] == (
        "Towns: not to be told apart are (丙镇, 乙镇); the tier is less than sure of 乙镇 (第二等次 in 88%)."
    )


TOLD_APART = """\
unit,kind,marks,reason
A,penalty,3,迟报
B,bonus,2,承办现场会
"""


def test_the_order_of_marks_and_awards_tells_no_places_that_are_not_published(tmp_path: Path) -> None:
    # C is first, A last: neither marks nor awards may say so by their order
    figures = BOOK.data.replace("A,2023,90,80", "A,2023,10,10").replace("C,2023,70,95", "C,2023,99,99")
    scheme = BOOK.scheme.replace("veto: {tier: 不合格}", "penalty: {cap: 5}").replace(", unless: veto", "")
    scheme = scheme.replace("take: 1", "take: 2").replace("where: tier == '第一等次'", "to: leader")
    book = replace(BOOK, scheme=scheme, data=figures, adjustments=TOLD_APART)
    result = score(book.loaded(tmp_path))
    of = Subject(result=result, record={}, audience="public")

    def lines(*parts: Part) -> list[str]:
        shown = replace(result, scheme=replace(result.scheme, publish=frozenset(parts)))
        return told(bulletin(replace(of, result=shown), "zh"))

    def of_marks(found: list[str]) -> list[str]:
        return [line[0] for line in found if line.endswith(("迟报", "承办现场会"))]

    def honoured(found: list[str]) -> list[str]:
        return [line for line in found if line.startswith("优秀带头人")]

    three = "优秀带头人（3个）："
    assert of_marks(lines("adjustments", "place")) == ["乙", "甲"]
    assert of_marks(lines("adjustments", "tier")) == ["甲", "乙"]
    assert honoured(lines("awards", "total")) == [f"{three}孙三（丙镇）、钱二（乙镇）、李四（丁园区）。"]
    assert honoured(lines("awards", "tier")) == [f"{three}钱二（乙镇）、孙三（丙镇）、李四（丁园区）。"]
