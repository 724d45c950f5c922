"""Characters that a font lacks: told with the font that has them, or as what nothing can set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from quanheng.documents.fonts.choice import Chosen, Fonts, Installed
from quanheng.documents.fonts.roles import FALLBACK, Role
from quanheng.findings.collector import each_once
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.value import Value

_SHOWN: Final = 10
"""How many characters a finding names."""
_ASCII: Final = 0x80
_JOINERS: Final = frozenset("\u200c\u200d")
"""What joins letters is not seen itself."""

SET_IN_ANOTHER: Final = Kind(
    code="QH805",
    severity="note",
    en="{used} lacks {characters}; they are set in {other}",
    zh="{used} 缺字：{characters}，改用 {other}",
    hint_en="nothing, if that looks well enough; else install a font that has them",
    hint_zh="如版面可接受则无需处理；否则请安装含这些字的字体",
)
NO_FONT_HAS: Final = Kind(
    code="QH806",
    severity="error",
    en="no installed font has {characters}: they cannot be printed",
    zh="已安装的字体都没有这些字：{characters}，无法排印",
    hint_en="correct the text, or install a font that has them (Debian: {package}), or name its folder with "
    "--fonts",
    hint_zh="请更正文字，或安装含这些字的字体（软件包 {package}），或用 --fonts 指明其所在文件夹",
)


class Covering(Value):
    """By what each kind of text is set, the first that has a character; and what was found on the way."""

    families: Mapping[Role, tuple[str, ...]]
    findings: tuple[Finding, ...]


def covering(fonts: Fonts, texts: Mapping[Role, str]) -> Covering:
    """Return the families with which all `texts` can be set, those that stand in for others at the end."""
    families: dict[Role, tuple[str, ...]] = {}
    findings: list[Finding] = []
    for role, chosen in fonts.chosen.items():
        if chosen is None or role == "latin":
            continue
        others = tuple(_standing_in(fonts, chosen, set(texts.get(role, ""))))
        families[role] = tuple(
            dict.fromkeys((chosen.font.family, *(font.family for font, _ in others if font)))
        )
        findings += (_finding(chosen, font, letters) for font, letters in others)
    return Covering(families=families, findings=tuple(each_once(findings)))


def _finding(chosen: Chosen, font: Installed | None, letters: str) -> Finding:
    told = (
        f"{'、'.join(_named(letter) for letter in letters[:_SHOWN])}{'……' if len(letters) > _SHOWN else ''}"
    )
    if font is None:
        return NO_FONT_HAS.at(characters=told, package=FALLBACK.package)
    return SET_IN_ANOTHER.at(used=chosen.font.family, characters=told, other=font.family)


def _named(letter: str) -> str:
    return f"{letter} (U+{ord(letter):04X})"


def _standing_in(fonts: Fonts, chosen: Chosen, letters: set[str]) -> Iterator[tuple[Installed | None, str]]:
    """Yield the fonts that have what the chosen one lacks, with what is set in each; None: nothing has it."""
    latin = fonts.chosen.get("latin")
    missing = {
        letter
        for letter in letters - set(_characters(chosen.font))
        if not (letter.isspace() or letter in _JOINERS or (latin is not None and ord(letter) < _ASCII))
    }
    candidates = sorted(fonts.installed, key=lambda font: (font.family != FALLBACK.family, font.family))
    for font in candidates:
        if not missing:
            return
        if font.family == chosen.font.family:
            continue
        had = missing & _characters(font)
        if had:
            yield font, "".join(sorted(had))
            missing -= had
    if missing:
        yield None, "".join(sorted(missing))


@lru_cache(maxsize=64)
def _characters(font: Installed) -> frozenset[str]:
    """Return the characters that a font has."""
    from fontTools.ttLib import TTFont

    with TTFont(font.path, fontNumber=font.index, lazy=True) as opened:
        return frozenset(map(chr, opened.getBestCmap() or {}))
