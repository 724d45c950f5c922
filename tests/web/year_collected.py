"""The first half of the year: people come, a round is opened, figures are reported and checked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from django.utils import timezone
from tests.web.acting import Person, box, cell
from tests.web.elsewhere import SUB, says_who_it_is
from tests.web.year_files import book, people, tasks

WRITTEN: Final = "%Y-%m-%dT%H:%M"
"""How a browser writes a moment."""


def people_are_taken_in(admin: Person, first_link: str, files: Path) -> dict[str, str]:
    """Let the administrator take people in; return the one-time links."""
    admin.takes_the_link(first_link, 登录名="admin", 姓名="管某")
    admin.sets_up_a_second_factor()
    admin.follows("人员")
    admin.follows("从工作簿导入")
    admin.hands_in("工作簿", people(files))
    admin.presses("导入")
    admin.sees("单位3个、人员7人")
    rows = admin.page.locator("tbody tr").all()
    links = {row.locator("th").inner_text(): row.locator("code").inner_text() for row in rows}
    admin.follows("人员")
    admin.follows("zhao")
    admin.writes("该处的用户标识", SUB)
    admin.presses("绑定")
    return links


def somebody_of_the_office_comes(office: Person, code: str, links: dict[str, str]) -> str:
    """Let somebody who needs a second factor sign in for the first time; return its secret."""
    office.takes_the_link(links[code])
    office.signs_in(code)
    return office.sets_up_a_second_factor()


def a_round_is_opened(office: Person, files: Path) -> None:
    """Let the office hand in the scheme, and make, assign and open a round."""
    office.follows("方案")
    office.follows("上传方案")
    office.hands_in("方案文件", book(files))
    office.presses("读取并检查")
    office.sees("附单位3个")
    office.presses("保存为新版本")
    office.follows("用此方案建考核期")
    due = timezone.localtime() + dt.timedelta(days=10)
    for label, text in {
        "代码": "2024",
        "名称": "2024年考核",
        "期间": "2024",
        "截止": due.strftime(WRITTEN),
    }.items():
        office.writes(label, text)
    for unit in ("T1", "T2", "T3"):
        box = office.page.get_by_role("checkbox", name=unit)
        if not box.is_checked():
            office.ticks(unit)
    office.presses("新建")
    office.follows("填报任务")
    office.hands_in("工作簿", tasks(files))
    office.presses("导入")
    office.sees("全部已指派")
    office.follows("回到考核期")
    office.presses("开放填报")
    office.sees("状态：填报")


def figures_are_reported(wang: Person, zhao: Person, links: dict[str, str]) -> None:
    """Let one type and another paste; the second signs in elsewhere."""
    wang.takes_the_link(links["wang"])
    wang.signs_in("wang")
    wang.follows("填报")
    wang.follows("2024年考核")
    wang.types_into(box(wang, "镇一", "地区生产总值"), "100", "50")
    wang.types_into(box(wang, "镇一", "增速"), "6", "3")
    wang.presses("保存并提交全部")
    wang.sees("已保存4项")

    zhao.opens("/rounds/due/")
    zhao.presses("统一身份认证")
    says_who_it_is(zhao)
    zhao.follows("2024年考核")
    zhao.pastes_at(box(zhao, "镇三", "地区生产总值"), "１６０\t5\n")
    zhao.presses("保存并提交全部")
    zhao.sees("已保存2项")


def figures_are_checked(office: Person, wang: Person) -> None:
    """Let the office accept, return and ask, and the reporter answer and correct."""
    office.follows("审核")
    office.follows("已提交", beside=cell(office, "镇二", 0))
    office.writes("退回意见", "少报了园区部分")
    office.presses("退回该项")
    office.opens("/rounds/1/review/")
    office.follows("已提交", beside=cell(office, "镇一", 1))
    office.writes("问题", "增速是否为可比价？")
    office.presses("提问")
    office.opens("/rounds/1/review/")
    office.presses("通过本页全部（4项")
    office.sees("已通过 4")

    wang.follows("填报")
    wang.sees("考核办的提问（1）", "退回 1")
    wang.follows("镇一 · 增速")
    wang.writes("答复", "是，按可比价计算")
    wang.presses("答复")
    wang.follows("2024年考核")
    wang.sees("少报了园区部分")
    wang.types_into(box(wang, "镇二", "地区生产总值"), "80")
    wang.presses("保存并提交全部")

    office.opens("/rounds/1/review/")
    office.follows("已提交", beside=cell(office, "镇一", 1))
    office.sees("是，按可比价计算")
    office.presses("通过")
    office.opens("/rounds/1/review/")
    office.ticks("镇二 地区生产总值")
    office.presses("通过勾选的")
    office.sees("已通过 6")
