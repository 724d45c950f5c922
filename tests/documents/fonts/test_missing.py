"""A character that a font lacks is set in one that has it, and told."""

from __future__ import annotations

from quanheng.documents.fonts.choice import Fonts, choose
from quanheng.documents.fonts.find import installed_fonts
from quanheng.documents.fonts.missing import covering


def kai_and_noto() -> Fonts:
    """Return the fonts of the system of which one is old: Arphic's KaiTi has the characters of GB 2312."""
    known = installed_fonts().installed
    return choose([font for font in known if font.family in {"AR PL KaitiM GB", "Noto Serif CJK SC"}])


def test_what_the_font_has_is_not_told() -> None:
    found = covering(kai_and_noto(), {"subheading": "第一等次（4个）"})

    assert found.findings == ()
    assert found.families["subheading"] == ("AR PL KaitiM GB",)


def test_what_it_lacks_is_told_with_the_font_that_has_it() -> None:
    found = covering(kai_and_noto(), {"subheading": "啰瞭甲"})

    assert [finding.text("zh").splitlines()[0] for finding in found.findings] == [
        "提示 QH805 AR PL KaitiM GB 缺字：啰 (U+5570)、瞭 (U+77AD)，改用 Noto Serif CJK SC"
    ]
    assert found.families["subheading"] == ("AR PL KaitiM GB", "Noto Serif CJK SC")


def test_what_no_font_has_is_an_error() -> None:
    found = covering(kai_and_noto(), {"body": "甲\U000f1234", "page": "\U000f1234"})

    assert [finding.code for finding in found.findings] == ["QH806"]


def test_many_are_counted_out() -> None:
    letters = "".join(chr(code) for code in range(0xF0000, 0xF0020))

    (finding,) = covering(kai_and_noto(), {"body": letters}).findings

    assert finding.message("zh").count("U+") == 10
    assert "……" in finding.message("zh")
