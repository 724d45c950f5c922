"""The first installed font of each list is used, and what is not a first choice is told."""

from __future__ import annotations

from quanheng.documents.fonts.choice import Installed, check_fonts, choose
from quanheng.documents.fonts.roles import ROLES


def there(*families: str, weight: int = 400) -> list[Installed]:
    return [Installed(family=family, weight=weight, path=f"{family}.otf", index=0) for family in families]


def told(installed: list[Installed], *, strict: bool = False) -> list[tuple[str, str]]:
    return [
        (finding.code, finding.message("zh")) for finding in check_fonts(choose(installed), strict=strict)
    ]


def test_the_first_of_each_list_wins() -> None:
    fonts = choose(there("Noto Serif CJK SC", "FangSong", "仿宋", "SimHei"))

    used = {role: None if chosen is None else chosen.font.family for role, chosen in fonts.chosen.items()}
    assert used == {
        "body": "仿宋",
        "title": "Noto Serif CJK SC",
        "heading": "SimHei",
        "subheading": "Noto Serif CJK SC",
        "page": "Noto Serif CJK SC",
        "latin": None,
    }


def test_a_family_is_taken_in_the_weight_nearest_to_the_one_wanted() -> None:
    noto = [font for weight in (400, 700, 600) for font in there("Noto Serif CJK SC", weight=weight)]

    fonts = choose(noto)

    assert fonts.chosen["title"] is not None
    assert fonts.chosen["body"] is not None
    assert (fonts.chosen["title"].font.weight, fonts.chosen["body"].font.weight) == (600, 400)


def test_nothing_is_told_where_all_are_first_choices() -> None:
    first = there("仿宋_GB2312", "FZXiaoBiaoSong-B05S", "SimHei", "楷体_GB2312", "SimSun", "Times New Roman")

    assert told(first) == []


def test_a_font_that_stands_in_is_a_note_or_an_error() -> None:
    most = there("仿宋_GB2312", "方正小标宋简体", "黑体", "KaiTi", "宋体")

    assert told(most) == [
        ("QH802", "二级标题（楷体）用的是 KaiTi，未安装 楷体_GB2312"),
        ("QH802", "数字和字母用的是 正文字体，未安装 Times New Roman"),
    ]
    assert [code for code, _ in told(most, strict=True)] == ["QH803", "QH803"]


def test_where_no_font_is_installed_a_package_is_named() -> None:
    findings = told([])

    assert [code for code, _ in findings] == ["QH804"] * 5 + ["QH802"]
    assert findings[0][1] == "没有安装可用于正文（仿宋）的字体"


def test_every_list_but_that_of_letters_ends_with_noto() -> None:
    lasts = {faces.role: faces.faces[-1].family for faces in ROLES}

    assert {family for role, family in lasts.items() if role != "latin"} == {
        "Noto Serif CJK SC",
        "Noto Sans CJK SC",
    }
