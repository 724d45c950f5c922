"""The year in a browser: eight people of all roles, from the first link to a corrected publication.

The sites are served by the program with its background work, one on SQLite and one on PostgreSQL. One of
the reporters signs in by OpenID Connect against the npm package `oidc-provider`; where npm reached nothing,
against a little server that the test plays itself.

           gdp         rate    output, 60 of 0 to 200      growth, 40 of 0 to 10     total
    镇一   100         6       30                          24                        54
      after the appeal: 150    45                          24                        69, first
    镇二   50, then 80 3       24 of 80                    12                        36, third
    镇三   160         5       48                          20                        68, second
      in version 2: 170        51                          20                        71, first
"""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Error
from tests.web.acting import Person, box, cell, one_time_code
from tests.web.elsewhere import certificate_in, is_installed, played_elsewhere, provided_elsewhere
from tests.web.guided import not_played
from tests.web.postgresql import database_of, postgresql
from tests.web.serving import CLEAN, COMMAND, free_port, served
from tests.web.year_collected import (
    WRITTEN,
    a_round_is_opened,
    figures_are_checked,
    figures_are_reported,
    people_are_taken_in,
    somebody_of_the_office_comes,
)
from tests.web.year_files import EVIDENCE

OPTIONS: Final = """\
internal_hosts = ["127.0.0.1"]
{database}
[[sign_in]]
id = "office-id"
name = "统一身份认证"
client_id = "quanheng"
secret = "an-invented-secret"
server = "{server}"
"""
MOMENTS_PASS: Final = """
import datetime as dt, sys
from pathlib import Path
from quanheng.web.site.start import load
load(Path(sys.argv[1]))
from django.utils import timezone
from quanheng.web.publication.models import KeptPublication
from quanheng.web.rounds.models import KeptRound
past = timezone.now() - dt.timedelta(seconds=1)
KeptRound.objects.for_the_program().filter(state="provisional").update(window_ends=past)
KeptPublication.objects.for_the_program().filter(state="planned").update(publish_at=past)
"""
"""Lets the window be over, and the moment of a planned publication have come."""

DONE: Final = {
    ("admin", "people.import"),
    ("admin", "people.bind"),
    ("li", "scheme.keep"),
    ("li", "tasks.assign"),
    ("wang", "values.save"),
    ("zhao", "values.move"),
    ("li", "values.return"),
    ("li", "question.ask"),
    ("wang", "question.answer"),
    ("li", "values.review"),
    ("quanheng", "results.keep"),
    ("chen", "appeal.file"),
    ("sun", "appeal.move"),
    ("sun", "appeal.correct"),
    ("sun", "results.move"),
    ("sun", "publication.plan"),
    ("quanheng", "publication.publish"),
    ("li", "round.correct"),
    ("li", "publication.publish"),
}
"""What the auditor reads of who did what."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A site that can be started and ended, its folder, and a folder for files of people."""

    folder: Path
    files: Path
    port: int
    environment: dict[str, str]

    @property
    def site(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    def served(self) -> AbstractContextManager[dict[str, str]]:
        """Serve it."""
        return served(self.folder, port=self.port, environment=self.environment)

    def moments_pass(self) -> None:
        """Let what ends or begins at a stated moment be over, or begin."""
        command = [sys.executable, "-c", MOMENTS_PASS, str(self.folder)]
        subprocess.run(command, check=True, env=CLEAN)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Yield a site that was never started, on each of the two databases."""
    certificate = certificate_in(tmp_path)
    folder = tmp_path / "site"
    folder.mkdir()
    environment = {"REQUESTS_CA_BUNDLE": str(certificate)}
    made = Place(folder=folder, files=tmp_path, port=free_port(), environment=environment)
    back = f"{made.site}/account/outside/oidc/office-id/login/callback/"
    server_elsewhere = (
        provided_elsewhere(certificate, client="quanheng", secret="an-invented-secret", back=back)
        if is_installed()
        else played_elsewhere(certificate)
    )
    with server_elsewhere as elsewhere:
        if request.param == "sqlite":
            (folder / "site.toml").write_text(OPTIONS.format(database="", server=elsewhere), encoding="utf-8")
            yield made
            return
        with postgresql() as server:
            database = database_of(server, "year")
            told = OPTIONS.format(database=database, server=elsewhere)
            (folder / "site.toml").write_text(told, encoding="utf-8")
            yield made


def test_the_year(browser: Browser, place: Place) -> None:
    everybody: dict[str, Person] = {}

    def person(name: str) -> Person:
        everybody[name] = Person(browser, place.site)
        return everybody[name]

    try:
        with place.served() as told:
            links = people_are_taken_in(person("admin"), told["first_link"], place.files)
            li, sun = person("li"), person("sun")
            secret = somebody_of_the_office_comes(li, "li", links)
            a_round_is_opened(li, place.files)
            wang, zhao = person("wang"), person("zhao")
            figures_are_reported(wang, zhao, links)
            figures_are_checked(li, wang)
            _results_are_shown(li)
            chen = person("chen")
            leader = person("zhou")
            _the_leader_looks(leader, links)
            _the_unit_appeals(chen, links, place)
            somebody_of_the_office_comes(sun, "sun", links)
            _the_appeal_is_decided(li, sun, chen)
            _results_are_final(sun, place)
            _the_publication_is_planned(sun)
        place.moments_pass()
        with place.served():  # what is due while nothing runs is published at the next start
            anybody = person("anybody")
            _everybody_reads(anybody)
            _who_was_signed_in_signs_in_again(li, secret)
            _version_two_puts_right(li, zhao, place)
            _everybody_reads_the_correction(anybody)
            auditor = person("wu")
            _the_auditor_sees_all(auditor, links)
        assert _verified(place) == ""
        assert not_played({name for one in everybody.values() for name in one.done}) == []
        assert {name: one.errors for name, one in everybody.items() if one.errors} == {}
    except (AssertionError, Error) as error:
        for name, one in everybody.items():  # what browsers show says more than the line that failed
            error.add_note(f"{name}: {one.page.url}\n{one.page.inner_text('body')}")
        raise
    finally:
        for one in everybody.values():
            one.page.context.close()


def _results_are_shown(office: Person) -> None:
    office.follows("回到考核期")
    office.writes("原因", "全部报齐")
    office.presses("截止填报")
    office.follows("计分与公示")
    office.presses("计分")
    office.looks_until("第1次")
    office.presses("公示核对")
    office.sees("状态：公示核对")
    office.follows("第1次")
    office.sees("68")
    assert _ranking(office) == [("镇三", "68"), ("镇一", "54"), ("镇二", "36")]


def _ranking(who: Person) -> list[tuple[str, str]]:
    rows = who.page.locator("table").first.locator("tbody tr").all()
    return [(row.locator("th").inner_text(), row.locator("td").nth(1).inner_text()) for row in rows]


def _the_leader_looks(leader: Person, links: dict[str, str]) -> None:
    leader.takes_the_link(links["zhou"])
    leader.signs_in("zhou")
    leader.follows("结果")
    leader.follows("排名")
    assert [name for name, _ in _ranking(leader)] == ["镇三", "镇一", "镇二"]
    leader.follows("结果")
    leader.follows("看板")
    leader.sees("镇三")
    leader.follows("如果……会怎样")
    leader.sees("试算，不是结果：什么也不保存。")
    leader.follows("申诉")
    leader.sees("没有申诉")


def _the_unit_appeals(chen: Person, links: dict[str, str], place: Place) -> None:
    chen.takes_the_link(links["chen"])
    chen.signs_in("chen")
    chen.sees("现在要做的", "待确认的指标值")
    chen.follows("结果")
    chen.follows("看板与确认")
    chen.follows("有疑问")
    chen.writes("有什么疑问", "园区划归本镇")
    chen.presses("告诉考核办")
    chen.presses("全部确认")
    chen.sees("待确认0项")
    chen.follows("结果")
    chen.follows("本单位")
    chen.sees("54", "得分由来", "总量")
    chen.follows("申诉")
    chen.follows("提出申诉")
    chen.chooses("申诉事项", "地区生产总值")
    chen.writes("理由", "五月起园区划归本镇，应为150")
    evidence = place.files / "划转文件.pdf"
    evidence.write_bytes(EVIDENCE)
    chen.hands_in("证明材料", evidence)
    chen.presses("提出申诉")
    chen.sees("已提出", "划转文件.pdf")
    chen.follows("申诉")
    chen.follows("提出申诉")
    chen.chooses("申诉事项", "总量")
    chen.writes("理由", "方案把满分定得过高")
    chen.presses("提出申诉")
    chen.sees("已提出")


def _the_appeal_is_decided(li: Person, sun: Person, chen: Person) -> None:
    li.follows("申诉")
    li.follows("地区生产总值")
    li.presses("受理")
    li.sees("QH925")  # who accepted the figure does not decide

    sun.follows("申诉")
    sun.follows("总量")
    sun.presses("受理")
    sun.writes("理由", "方案所定满分值偏高", beside=sun.page.locator("form", has_text="部分成立").first)
    sun.presses("部分成立")
    sun.writes(
        "理由",
        "下期方案下调满分值，本期得分不变",
        beside=sun.page.locator("form", has_text="说明处理办法").first,
    )
    sun.presses("说明处理办法后办结（不更正指标值）")
    sun.sees("已办结")
    sun.follows("申诉")
    sun.follows("地区生产总值")
    sun.writes("理由", "行政区划文件为证", beside=sun.page.locator("form", has_text="认定成立").first)
    sun.presses("认定成立")
    sun.writes("更正为", "150")
    sun.presses("更正")
    sun.follows("考核期")
    sun.follows("2024年考核")
    sun.follows("计分与公示")
    sun.presses("计分")
    sun.looks_until("第2次")
    sun.follows("第2次")
    assert _ranking(sun) == [("镇一", "69"), ("镇三", "68"), ("镇二", "36")]
    sun.follows("谁改了什么")
    sun.sees("100", "150", "sun")
    sun.follows("申诉")
    sun.follows("地区生产总值")
    sun.presses("办结")
    sun.sees("已办结")

    chen.follows("申诉")
    chen.follows("地区生产总值")
    chen.sees("行政区划文件为证", "更正为150")
    chen.follows("结果")
    chen.follows("本单位")
    chen.sees("69")


def _results_are_final(office: Person, place: Place) -> None:
    place.moments_pass()
    office.follows("考核期")
    office.page.locator("tbody th a").first.focus()
    office.page.keyboard.press("Enter")
    office.follows("计分与公示")
    office.presses("定稿")
    office.sees("状态：定稿")


def _the_publication_is_made(office: Person) -> None:
    office.follows("回到考核期")
    office.follows("发布", exact=True)
    office.writes("使用许可", "注明来源即可使用")
    office.writes("发布单位", "示例区考核办")
    office.presses("生成")
    office.looks_until("已备")
    office.sees("通报", "data.csv")


def _the_publication_is_planned(office: Person) -> None:
    _the_publication_is_made(office)
    office.presses("定时发布")
    office.sees("第1版：定时")


def _everybody_reads(anybody: Person) -> None:
    anybody.opens("/")
    anybody.follows("已发布的结果")
    anybody.presses("关怀版")
    anybody.looks_until("2024年考核", most=20)
    anybody.follows("2024年考核")
    anybody.sees("注明来源即可使用", "示例区考核办")
    assert _open_data(anybody, 1) == {"T1": 69, "T2": 36, "T3": 68}
    anybody.follows("结果网页")
    anybody.sees("镇一")


def _open_data(anybody: Person, version: int) -> dict[str, float]:
    """Return the totals that are published."""
    lines = anybody.page.request.get(f"{anybody.site}/published/2024/{version}/data.csv").text().splitlines()
    rows = csv.DictReader(line.lstrip("\ufeff") for line in lines)
    return {row["unit"]: float(row["total"]) for row in rows}


def _who_was_signed_in_signs_in_again(office: Person, secret: str) -> None:
    office.opens("/")
    office.presses("退出")
    office.signs_in("li")
    office.writes("验证码", one_time_code(secret, later=1))
    office.presses("登录")
    office.sees("您好")


def _version_two_puts_right(office: Person, zhao: Person, place: Place) -> None:
    office.follows("考核期")
    office.follows("2024年考核")
    office.writes("原因", "镇三的总量漏计")
    office.presses("更正并出新版本")
    office.sees("第2版，更正第1版：镇三的总量漏计")
    office.follows("审核")
    office.follows("已通过", beside=cell(office, "镇三", 0))
    office.writes("退回意见", "漏计一家企业")
    tomorrow = timezone.localtime() + dt.timedelta(days=1)
    office.writes("改报截止", tomorrow.strftime(WRITTEN))
    office.presses("退回该项")

    zhao.follows("填报")
    zhao.follows("2024年考核 第2版")
    zhao.types_into(box(zhao, "镇三", "地区生产总值"), "170")
    zhao.presses("保存并提交全部")

    office.follows("2024年考核")
    office.presses("通过本页全部（1项")
    office.follows("回到考核期")
    office.follows("计分与公示")
    office.presses("计分")
    office.looks_until("第1次")
    office.presses("公示核对")
    _results_are_final(office, place)
    _the_publication_is_made(office)
    office.presses("立即发布")
    office.sees("已发布")


def _everybody_reads_the_correction(anybody: Person) -> None:
    anybody.opens("/published/2024/1/")
    anybody.sees("本版已被第2版替代")
    anybody.follows("查看最新版本")
    anybody.sees("更正第1版", "镇三的总量漏计")
    assert _open_data(anybody, 1) == {"T1": 69, "T2": 36, "T3": 68}
    assert _open_data(anybody, 2) == {"T1": 69, "T2": 36, "T3": 71}
    bulletin = anybody.page.request.get(f"{anybody.site}/published/2024/2/bulletin.pdf")
    assert bulletin.body().startswith(b"%PDF")


def _the_auditor_sees_all(auditor: Person, links: dict[str, str]) -> None:
    somebody_of_the_office_comes(auditor, "wu", links)
    auditor.follows("日志")
    auditor.sees("登录", "被考核单位", "审计", "被拒绝", "导出")
    told = csv.DictReader(auditor.page.request.get(f"{auditor.site}/log/entries.csv").text().splitlines())
    done = {(row["who"], row["action"]) for row in told if not row["reasons"]}
    assert sorted(DONE - done) == []


def _verified(place: Place) -> str:
    command = [*COMMAND, "audit", "verify", str(place.folder), "--lang", "en"]
    told = subprocess.run(command, env=CLEAN, capture_output=True, text=True, check=False)
    return "" if told.stdout.startswith("The log is whole") else told.stdout + told.stderr
