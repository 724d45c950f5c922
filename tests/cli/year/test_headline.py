from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.cli.commands import answer_to

from quanheng.examples import path_of_example

BOOK = str(path_of_example("wuxi-gdp"))
TABLE = """地区,年份,指标,总量,增速,计量单位,备注
东区,2022,产值,100,,亿元,
西区,2022,产值,200,,亿元,
东区,2023,产值,150,5.5,亿元,口径一
西区,2023,产值,210,4.5%,亿元,
西区(不含开发区),2023,产值,180,3.1,亿元,
全市,2023,产值,720,5,亿元,
全市,2022,产值,700,3,亿元,
"""


def test_headline_of_a_book_as_a_table_and_sentences() -> None:
    answer = answer_to("headline", BOOK, "--unit", "江阴市", "--item", "industry_output", "--lang", "zh")

    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == "规上工业总产值  2023  区（县级市）"
    assert lines[3].split() == [
        "2",
        "+1",
        "江阴市",
        "7014.10",
        "4.87",
        "两年总量",
        "+1.98",
        "12.96",
        "+0.28",
        "63.00",
    ]
    assert lines[11].startswith("2023年，江阴市规上工业总产值")


def test_headline_for_a_program_has_rows_sentences_and_a_chart() -> None:
    answer = answer_to("headline", BOOK, "--unit", "wuxi", "--item", "gdp", "--json", "--lang", "en")

    (one,) = json.loads(answer.out)["headlines"]
    assert (one["item"], one["period"], one["peers"], one["whole"]) == ("gdp", "2023", "Cities", None)
    row = one["rows"][2]
    assert (row["unit"], row["place"], row["of"], row["growth"]) == ("wuxi", 3, 13, 0.06)
    assert one["sentences"][1] == "By the published rate it grew by 6%."
    assert one["chart"]["description"] == one["sentences"][0]
    values = one["chart"]["data"]["values"]
    assert [value["unit"] for value in values if value["chosen"]] == ["wuxi"]
    assert len(values) == 13


def test_headline_of_a_table_of_figures(tmp_path: Path) -> None:
    table, out, picture = tmp_path / "peers.csv", tmp_path / "out.csv", tmp_path / "out.svg"
    table.write_bytes(TABLE.encode("gb18030"))

    answer = answer_to(
        *("headline", str(table), "--unit", "东区", "--whole", "全市", "--item", "产值"),
        *("--csv", str(out), "--svg", str(picture), "--lang", "zh"),
    )

    assert answer.code == 0
    east = next(
        row for row in csv.DictReader(out.read_text("utf-8-sig").splitlines()) if row["unit"] == "东区"
    )
    # 150 of the city's 720 is 20.83 %, a year before 100 of 700 14.29 %: up 6.55 points; 5.5 % against 5 %
    assert (east["place"], east["of"], east["places_gained"]) == ("2", "2", "0")
    assert round(float(east["share"]), 4) == 0.2083
    assert round(float(east["share_change"]), 4) == 0.0655
    assert round(float(east["lead"]), 4) == 0.005
    assert "占全市的20.83%，占比较上年提高6.55个百分点。" in answer.out
    drawn = picture.read_text(encoding="utf-8")
    assert drawn.count('aria-roledescription="bar"') == 2
    assert "▶ 2 东区" in drawn


def test_another_scope_of_a_place_is_another_item(tmp_path: Path) -> None:
    table = tmp_path / "peers.csv"
    table.write_text(TABLE, encoding="utf-8")

    answer = answer_to("headline", str(table), "--json", "--lang", "zh")

    assert [one["item"] for one in json.loads(answer.out)["headlines"]] == ["产值", "产值（不含开发区）"]


def test_a_table_with_mistakes_says_where(tmp_path: Path) -> None:
    table = tmp_path / "peers.csv"
    table.write_text("unit,year,value\nA,2023,1\nA,2023,2\nB,2023,x\nC,next year,3\n", encoding="utf-8")

    answer = answer_to("headline", str(table), "--lang", "en")

    assert answer.code == 1
    assert "peers.csv!4:value: error QH327" in answer.err
    assert "peers.csv!5:year: error" in answer.err


def test_two_figures_for_one_place_and_year_are_no_choice(tmp_path: Path) -> None:
    table = tmp_path / "peers.csv"
    table.write_text("unit,year,value\nA,2023,1\nA,2023,2\n", encoding="utf-8")

    answer = answer_to("headline", str(table), "--lang", "en")

    assert answer.code == 1
    assert "peers.csv:3: error QH410" in answer.err


def test_what_is_not_there_is_answered_with_the_nearest() -> None:
    for option, word in (("--item", "gpd"), ("--unit", "wuxxi"), ("--whole", "wuxxi"), ("--group", "towns")):
        answer = answer_to("headline", BOOK, option, word, "--lang", "en")

        assert answer.code == 2
        assert f"there is no {option[2:].replace('whole', 'unit')} {word!r}" in answer.err


def test_a_picture_shows_one_item_of_one_group(tmp_path: Path) -> None:
    answer = answer_to("headline", BOOK, "--svg", str(tmp_path / "a.svg"), "--lang", "zh")

    assert answer.code == 2
    assert not (tmp_path / "a.svg").exists()


def test_peers_within_a_city_are_those_of_the_city() -> None:
    options = ("--unit", "新吴区", "--item", "industry_output", "--within", "city", "--json")

    (one,) = json.loads(answer_to("headline", BOOK, *options).out)["headlines"]

    # of Wuxi: Jiangyin 7014.1, Xinwu 6500, Yixing 5150, Huishan 2738.83
    assert [row["unit"] for row in one["rows"]] == ["jiangyin", "xinwu", "yixing", "huishan"]
    assert round(one["rows"][1]["share"], 4) == round(6500 / 21402.93, 4)


def test_within_needs_a_unit_and_an_attribute() -> None:
    assert answer_to("headline", BOOK, "--within", "city").code == 2
    answer = answer_to("headline", BOOK, "--within", "town", "--unit", "wuxi", "--lang", "en")
    assert answer.code == 2
    assert "there are: city" in answer.err


def test_a_figure_of_an_earlier_period_is_told() -> None:
    district = str(path_of_example("district-2023"))

    answer = answer_to("headline", district, "--unit", "T05", "--item", "retail", "--lang", "en")

    assert answer.code == 0
    assert "QH504 retail_growth for 2023 is of" in answer.err


def test_a_round_without_figures_is_no_table_of_blanks() -> None:
    answer = answer_to("headline", BOOK, "--round", "2019", "--lang", "en")

    assert answer.code == 1
    assert "QH501" in answer.err


def test_a_place_without_a_figure_is_told() -> None:
    answer = answer_to("headline", BOOK, "--unit", "滨湖区", "--lang", "zh")

    assert answer.code == 2
    assert "滨湖区" in answer.err


def test_long_table_shows_its_start_and_the_neighbours_of_the_place(tmp_path: Path) -> None:
    table = tmp_path / "many.csv"
    rows = "".join(f"U{n:03},2023,output,{1000 - n},,,\n" for n in range(120))
    table.write_text(f"unit,year,indicator,value,growth,measured_in,note\n{rows}", encoding="utf-8")

    answer = answer_to("headline", str(table), "--unit", "U099", "--lang", "en")

    # 50 from the top, then the places 98 to 102 around the hundredth; 120 − 55 = 65 are left out
    shown = [
        line.split()[1] for line in answer.out.splitlines() if " U" in line and line.split()[0].isdigit()
    ]
    assert shown == [f"U{n:03}" for n in (*range(50), *range(97, 102))]
    assert "and 65 more; --csv writes all" in answer.out
