"""The page in a browser: what people see, download, try and hear of."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.accessibility import violations
from tests.documents.page.pages import example, example_page, opened
from tests.documents.page.test_page import HOSTILE, hostile_result, two_levels
from tests.documents.subjects import subject

from quanheng.documents.page.page import page_html
from quanheng.documents.page.shown import MOST_EXPLAINED, OF_ONE_UNIT, Shown
from quanheng.scheme.document.published import PUBLISHED

VIEWS: Final = ("ranking", "dimensions", "moves", "lights", "unit", "compare", "tree", "about")
TRIED: Final = "#view=ranking&w=towns:economy:40~towns:ecology:5"
SHOWN: Final = "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
CUT: Final = """[...document.querySelectorAll(".scroll")]
  .filter((box) => box.scrollWidth > box.clientWidth + 1).length"""
LETTERS: Final = """[...document.querySelectorAll("main *")]
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
  .map((each) => parseFloat(getComputedStyle(each).fontSize))"""
TARGETS: Final = """[...document.querySelectorAll("button, select, input, nav a, .button, summary")]
  .filter((each) => each.getClientRects().length).map((each) => each.getBoundingClientRect().height)"""
OPENED: Final = "document.querySelectorAll('main details').forEach((each) => { each.open = true; })"


@pytest.mark.parametrize(
    ("width", "language", "care"),  # each of them with each value of each other one
    [(360, "zh", "0"), (360, "en", "1"), (1920, "zh", "1"), (1920, "en", "0")],
)
def test_every_view_is_accessible(
    care: str, language: str, width: int, browser: Browser, tmp_path: Path
) -> None:
    page = opened(browser, example_page("district-2023"), tmp_path, width=width)
    found = []
    for view in VIEWS:
        go(page, f"#view={view}&lang={language}&care={care}")
        if view in {"ranking", "unit"}:
            page.evaluate(
                "document.querySelectorAll('main details').forEach((each) => { each.open = true; })"
            )
        found += [(view, each["id"], each["nodes"][0]["html"]) for each in violations(page)]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view

    assert found == []


def test_page_on_paper_is_accessible_and_nothing_is_cut(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, example_page("district-2023"), tmp_path, width=1000)
    page.emulate_media(media="print")
    for view in VIEWS:
        go(page, f"#view={view}")

        assert [each["id"] for each in violations(page)] == []
        assert page.evaluate(CUT) == 0, view
    heads = "[...document.querySelectorAll('thead')].map((head) => getComputedStyle(head).display)"
    assert set(page.evaluate(heads)) == {"table-header-group"}


def test_care_mode_has_large_letters_and_targets(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, example_page("district-2023"), tmp_path, address="#view=unit")
    page.get_by_role("button", name="关怀版").click()
    page.wait_for_selector("html.care")

    assert min(page.evaluate(LETTERS)) >= 24
    assert min(page.evaluate(TARGETS)) >= 60
    page.goto(page.url.partition("#")[0])
    page.wait_for_selector("html.care")  # it is kept


def test_page_says_that_the_browser_has_no_voice(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, example_page("wuxi-gdp"), tmp_path)

    page.get_by_role("button", name="朗读").click()

    assert page.inner_text("#aloud") == "此浏览器没有可用的朗读语音"
    assert page.inner_text("#live") == "此浏览器没有可用的朗读语音"


def test_every_table_is_downloaded_as_it_is_seen(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, example_page("district-2023"), tmp_path)
    compared = 0
    for view in VIEWS:
        go(page, f"#view={view}")
        while page.get_by_role("button", name="以表格代替图").count():
            page.get_by_role("button", name="以表格代替图").first.click()
        for table in page.locator("div.table:visible").all():
            compared += 1

            saved = [[cell.replace("−", "-") for cell in row] for row in saved_table(page, table)]
            assert saved == seen(table), view

    assert compared == 23


def test_every_chart_is_downloaded_as_a_picture(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, example_page("district-2023"), tmp_path, address="#view=unit")

    for chart in page.locator("figure:visible").all():
        with page.expect_download() as saving:
            chart.get_by_role("button", name="下载所见（SVG）").click()
        text = Path(saving.value.path()).read_text(encoding="utf-8")
        picture = ET.fromstring(text)  # noqa: S314  the page's own picture

        assert picture.tag == "{http://www.w3.org/2000/svg}svg"
        told = [node.text for node in picture.iter("{http://www.w3.org/2000/svg}text")]
        assert told == chart.locator(".drawing svg text").all_text_contents()


def test_downloads_hold_no_formula(browser: Browser, tmp_path: Path) -> None:
    text = page_html(Shown(result=hostile_result(), book=None, language="zh"))
    page = opened(browser, text, tmp_path)

    table = page.locator("div.table").first

    names = [row[1] for row in saved_table(page, table)[1:]]
    assert [name for name in names if name.startswith("=")] == []
    assert "'=cmd|' /C calc'!A0" in names


@pytest.mark.parametrize("view", ["ranking", "unit", "compare", "tree", "dimensions", "about"])
def test_hostile_names_are_seen_as_they_were_typed(view: str, browser: Browser, tmp_path: Path) -> None:
    text = page_html(Shown(result=hostile_result(), book=None, language="en"))

    page = opened(browser, text, tmp_path, address=f"#view={view}&unit=b")

    shown = page.inner_text("main") + " ".join(page.locator("main option").all_text_contents())
    assert page.locator("main img, main script").count() == 0
    if view not in {"tree", "about"}:
        assert HOSTILE[1] in shown


def test_page_without_script_shows_its_rankings(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(example_page("hdi-2022"), encoding="utf-8")
    page = browser.new_context(java_script_enabled=False).new_page()

    page.goto(file.resolve().as_uri())

    assert page.locator("main tbody tr").first.inner_text().split("\t")[:3] == ["1", "Switzerland", "0.967"]


def test_trial_weights_are_marked_counted_and_taken_back(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, example_page("district-2023"), tmp_path, address=TRIED)

    assert "试算，非考核结果" in page.inner_text(".banner")
    assert "6 个单位位次有变" in page.inner_text(".banner")
    first = page.locator("table.trial").first
    assert seen(first)[2][:4] == ["2", "量杯镇", "90.24", "▲ 2"]

    page.get_by_role("button", name="恢复原权重").click()

    assert page.locator(".banner").count() == 0
    assert page.evaluate("location.hash") == "#view=ranking"
    assert page.inner_text("#live") == "已恢复原权重"


def test_slider_moves_by_keys_and_stands_in_the_address(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, example_page("hdi-2022"), tmp_path)
    page.locator(".trial-panel > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "range"

    for _ in range(20):
        page.keyboard.press("ArrowRight")
    page.wait_for_selector(".banner")

    assert "w=all%3Ahealth%3A" in page.evaluate("location.hash")
    assert "个单位位次有变" in page.inner_text("#live")


def test_views_are_reached_and_opened_by_keys_alone(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, example_page("wuxi-gdp"), tmp_path)
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        if reached[-1] == "单位":
            break
    page.keyboard.press("Enter")
    page.wait_for_function("document.title.includes('单位')")

    assert reached[:4] == ["跳到正文", "English", "关怀版", "朗读"]
    assert page.evaluate("document.activeElement.tagName") == "H2"


def test_ranking_is_searched_sorted_and_filtered(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, example_page("district-2023"), tmp_path, address="#view=ranking&group=towns")
    assert page.locator("table").count() == 1
    page.get_by_label("排序依据").select_option(label="　　　增速")
    page.wait_for_function("location.hash.includes('sort=')")
    rows = seen(page.locator("table").first)
    column = rows[0].index("增速")
    values = [float(row[column]) for row in rows[1:]]

    assert values == sorted(values, reverse=True)

    page.get_by_label("查找单位").fill("斗")
    assert {row[1] for row in seen(page.locator("table").first)[1:]} == {"斗斛镇", "墨斗镇"}
    assert page.inner_text("#live") == "找到 2 个单位"


def test_waterfall_adds_up_as_it_is_printed(browser: Browser, tmp_path: Path) -> None:
    for name in ("district-2023", "hdi-2022"):
        page = opened(browser, example_page(name), tmp_path)
        _, result = example(name)
        for unit in result.ranking["unit"].to_list()[:20]:
            go(page, f"#view=unit&unit={unit}")
            page.locator("figure").first.get_by_role("button", name="以表格代替图").click()
            _, mean, *steps, last = seen(page.locator("figure table").first)
            numbers = [float(step[1].replace("−", "-")) for step in steps]

            assert round(float(mean[2]) + sum(numbers), 9) == float(last[2])


def test_causes_of_a_move_add_up_as_they_are_printed(browser: Browser, tmp_path: Path) -> None:
    own = subject(tmp_path)
    text = page_html(Shown(result=own.result, book=own.result.book, language="zh", moves=own.moves))
    page = opened(browser, text, tmp_path)
    tables = {}
    for unit in "ABC":
        go(page, f"#view=unit&unit={unit}")
        chart = page.locator("figure", has_text="与上期相比的升降原因")
        chart.get_by_role("button", name="以表格代替图").click()
        tables[unit] = seen(chart.locator("table"))[1:]

    # A: work 42 to 54, order 28 to 32 (2 marks in both); B: 48 to 51, 32 to 24; C: 36 to 42, 24 to 38
    assert tables["A"] == [
        ["2022年 · 总分", "", "72.00"],
        ["工作", "+12.00", "84.00"],
        ["秩序", "+4.00", "88.00"],
        ["2023年 · 总分", "", "88.00"],
    ]
    assert [row[1] for row in tables["B"]] == ["", "+3.00", "-8.00", ""]
    assert [row[1] for row in tables["C"]] == ["", "+6.00", "+14.00", ""]
    go(page, "#view=unit&unit=B")
    assert "总分下降 5.00 分，拉高最多的是工作（+3.00），拉低最多的是秩序（−8.00）" in page.inner_text("main")


def test_causes_that_nobody_knows_are_said_so(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, example_page("district-2023"), tmp_path, address="#view=unit")

    assert "上期只有公布的总分和位次，升降原因无从得知" in page.inner_text("main")


def test_places_have_their_intervals_and_who_is_not_told_apart(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, example_page("district-2023"), tmp_path)

    rows = seen(page.locator("table").first)
    assert [row[rows[0].index("位次区间")] for row in rows[1:4]] == ["1–2", "1–3", "2–4"]
    assert "把权重在合理范围内变动并反复计分，90% 的重复中" in page.inner_text("main")
    go(page, f"#view=unit&unit={example('district-2023')[1].ranking['unit'][0]}")
    assert "与斗斛镇难分高下" in page.inner_text(".facts")


def test_public_page_shows_no_more_than_the_ranking(browser: Browser, tmp_path: Path) -> None:
    book, result = example("district-2023")
    text = page_html(Shown(result=result, book=book, language="zh", parts=frozenset(PUBLISHED)))

    page = opened(browser, text, tmp_path)

    assert page.locator("#views a").all_text_contents() == ["排名", "方法与问题"]
    assert seen(page.locator("table").first)[0] == ["位次", "单位", "总分", "等次", "奖项"]


def test_moves_are_seen_without_totals_where_those_are_kept_back(browser: Browser, tmp_path: Path) -> None:
    book, result = example("district-2023")
    shown = Shown(result=result, book=book, language="zh", parts=frozenset({"place", "moves"}))

    page = opened(browser, page_html(shown), tmp_path)
    go(page, "#view=moves")
    page.get_by_role("button", name="以表格代替图").first.click()

    table = seen(page.locator("div.table:visible").first)
    assert table[0] == ["单位", "上期位次", "本期位次", "位次变化"]
    assert len(table) == 13


def test_page_of_a_unit_keeps_the_spread_of_totals_that_are_not_published(
    browser: Browser, tmp_path: Path
) -> None:
    book, result = example("district-2023")
    kept = replace(result, scheme=replace(result.scheme, publish=frozenset({"place"})))
    shown = Shown(result=kept, book=book, language="zh", parts=OF_ONE_UNIT, unit="T01")

    page = opened(browser, page_html(shown), tmp_path)

    assert "本组 12 个单位有总分；方案不公布总分" in page.inner_text("main")
    assert "72.05" not in page.content()


def test_page_of_a_unit_opens_with_it_and_counts_the_others(browser: Browser, tmp_path: Path) -> None:
    book, result = example("district-2023")
    shown = Shown(result=result, book=book, language="zh", parts=OF_ONE_UNIT, unit="T01")

    page = opened(browser, page_html(shown), tmp_path)

    assert page.inner_text("h2") == "司南街道"
    assert page.locator("#views a").all_text_contents() == ["单位", "方案", "方法与问题"]
    assert "第 6 位，共 12 个，上升 2 位" in page.inner_text(".facts")
    assert "共 12 个单位" in page.inner_text(".facts")
    assert "本组 12 个单位总分：最低 72.05" in page.inner_text("main")


@pytest.mark.parametrize("units", [MOST_EXPLAINED, MOST_EXPLAINED + 1])
def test_large_pages_open_and_say_what_they_leave_out(units: int, browser: Browser, tmp_path: Path) -> None:
    text = page_html(Shown(result=two_levels(units), book=None, language="zh"))

    page = opened(browser, text, tmp_path)

    assert len(text.encode()) < 2_000_000
    assert page.locator("tbody tr").count() == units
    go(page, "#view=unit")
    left_out = "单位超过 2000 个：本页只含排名和各维度得分"
    assert (left_out in page.inner_text("body")) == (units > MOST_EXPLAINED)
    assert (page.locator("section.explanation").count() == 0) == (units > MOST_EXPLAINED)


def go(page: Page, address: str) -> None:
    page.evaluate("(address) => { location.hash = address; }", address)
    page.wait_for_function(
        "(view) => document.querySelector('#views [aria-current]').href.includes(view)",
        arg=address.partition("&")[0],
    )


def saved_table(page: Page, table: Locator) -> list[list[str]]:
    page.wait_for_timeout(120)  # the browser drops what is asked for after ten downloads within a second
    with page.expect_download() as saving:
        table.get_by_role("button", name="下载所见（CSV）").click()
    text = Path(saving.value.path()).read_text(encoding="utf-8")
    assert text.startswith("\ufeff")
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")))]


def seen(table: Locator) -> list[list[str]]:
    """Return the texts of a table, its headings first, minus signs as a keyboard has them."""
    rows: list[list[str]] = table.locator("tr").evaluate_all(SHOWN)
    rows[0] = [cell.removesuffix(" ▾") for cell in rows[0]]
    return [[cell.replace("−", "-") for cell in row] for row in rows]
