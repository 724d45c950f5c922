from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.data.files.texts.decoding import Decoded, decode
from quanheng.findings.finding import Location

CHINESE = "单位,地区生产总值（亿元）\n甲镇,1\n"
WESTERN = "unit,name\nCIV,Côte d'Ivoire\nREU,Réunion\nCUW,Curaçao\n"
TRADITIONAL_CHARACTERS = "東西南北中鎮區鄉市縣港灣橋湖山河新竹臺高雄屏花蓮宜蘭單位產總值億元"
USUAL = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出"


def read(content: bytes) -> str:
    """Return the encoding and the text, or the code of the finding."""
    found = decode(content, Location(file="a.csv"))
    return f"{found.encoding}: {found.text}" if isinstance(found, Decoded) else found.code


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("gbk", "GB18030"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_what_offices_write_is_read(encoding: str, name: str) -> None:
    assert read(CHINESE.encode(encoding)) == f"{name}: {CHINESE}"


def test_western_names_are_never_read_as_chinese() -> None:
    assert WESTERN.encode("cp1252").decode("gb18030") != WESTERN  # it would be taken without a word
    assert read(WESTERN.encode("cp1252")) == f"Windows-1252: {WESTERN}"


@pytest.mark.parametrize(
    "name",
    [
        "Müßig",
        "São Tomé",
        "Conceição",
        "Åland",
        "España",
        "à",
        "n°",
        "5 m²",
        "Curaçao’s",
        "“é”",
        "Âge — 5 €",
        "L’Haÿ",
    ],
)
def test_western_words_are_known_by_their_accents(name: str) -> None:
    assert read(f"unit,name\nA,{name}\n".encode("cp1252")) == f"Windows-1252: unit,name\nA,{name}\n"


@pytest.mark.parametrize(
    "name", ["甲", "镇", "朱镕基", "喆镇", "滏阳", "℃", "ＡＢＣ", "——", "①", "垚镇（一）", "213–225", "甲A"]
)
def test_chinese_words_are_known_by_their_characters(name: str) -> None:
    assert read(f"unit,name\nA,{name}\n".encode("gbk")) == f"GB18030: unit,name\nA,{name}\n"


TRADITIONAL = "單位,地區生產總值（億元）\n東港鎮,1\n西貢區,2\n"
KOREAN = "단위,지역내총생산\n서울특별시,1\n부산광역시,2\n대구,3\n제주도,4\n"


@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs"])
def test_traditional_characters_in_big5_are_known(encoding: str) -> None:
    assert read(TRADITIONAL.encode(encoding)) == f"Big5: {TRADITIONAL}"


def test_traditional_characters_in_gb18030_are_no_big5() -> None:
    assert read(TRADITIONAL.encode("gb18030")) in (f"GB18030: {TRADITIONAL}", "QH343")


def test_characters_that_only_hong_kong_has_are_read() -> None:
    text = TRADITIONAL + "深水埗,3\n鰂魚涌邨,4\n"

    assert read(text.encode("big5hkscs")) == f"Big5: {text}"


def test_a_word_in_big5_that_may_be_another_one_in_gb18030_is_told_with_both() -> None:
    found = decode("a,b\n台中,1\n".encode("big5"), Location(file="a.csv"))

    assert not isinstance(found, Decoded)
    assert "台中" in found.message("en")


def test_korean_is_told_and_not_read_as_chinese() -> None:
    assert KOREAN.encode("euc-kr").decode("gb18030") != KOREAN  # it would be taken without a word
    assert read(KOREAN.encode("euc-kr")) == "QH343"


@pytest.mark.parametrize(
    "content",
    [
        "unit,name\nA,一\n".encode("gbk"),  # sound UTF-8 as well: the Cyrillic һ
        "缺失,1\n".encode("gbk"),
        "Москва,1\nКиев,2\n".encode("cp1251"),
    ],
)
def test_what_may_be_two_things_is_told_with_both(content: bytes) -> None:
    assert read(content) == "QH343"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (CHINESE.encode()[:-7] + b"\n", "most of it is UTF-8, but line 2 is not"),
        (CHINESE.encode() + "乙镇,2\n".encode("gbk"), "most of it is UTF-8, but line 3 is not"),
        (b"unit,gdp\nT1,5\x00\n", "a byte 0 stands in line 2"),
        (CHINESE.encode("utf-16")[:-1], "it is neither UTF-8 nor UTF-16, GB18030, Big5 or Windows-1252"),
        ("臺北市,東京\n".encode("shift-jis", "ignore") + b"\xff\xff", "it is neither UTF-8 nor"),
    ],
)
def test_what_is_no_text_is_told_with_its_line(content: bytes, reason: str) -> None:
    found = decode(content, Location(file="a.csv"))

    assert not isinstance(found, Decoded)
    assert reason in found.message("en")


@given(st.text(st.sampled_from(USUAL), min_size=4, max_size=40))
def test_a_chinese_text_is_never_read_otherwise_without_a_word(name: str) -> None:
    text = f"unit,name\nA,{name}\n"

    assert read(text.encode("gbk")) in (f"GB18030: {text}", "QH343")


@given(st.text(st.sampled_from("abcdeEéèüöñçãàâêîôûäåæøßí"), min_size=1, max_size=12))
def test_a_western_text_is_never_read_otherwise_without_a_word(name: str) -> None:
    text = f"unit,name\nA,{name}\n"
    found = read(text.encode("cp1252"))

    assert found in (f"Windows-1252: {text}", f"UTF-8: {text}", "QH343", "QH308")


@given(st.lists(st.sampled_from(TRADITIONAL_CHARACTERS), min_size=12, max_size=40, unique=True))
def test_a_text_in_big5_is_never_read_otherwise_without_a_word(characters: list[str]) -> None:
    text = f"unit,name\nA,{''.join(characters)}\n"

    assert read(text.encode("cp950")) in (f"Big5: {text}", "QH343", "QH308")


@given(st.binary(max_size=60))
def test_bytes_of_any_kind_are_read_or_told(content: bytes) -> None:
    assert read(content)
