"""What each kind of text is set in: the fonts that an office has, the first choice first (GB/T 9704-2012).

Noto stands last in each list: it has all 8,105 characters of the general standard list and costs nothing.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from quanheng.findings.text import Text
from quanheng.findings.value import Value

Role: TypeAlias = Literal["body", "title", "heading", "subheading", "page", "latin"]
"""What a text is: body, title of a paper, heading of the first and of the second level, page number; and
the digits and Latin letters in all of them."""


class Face(Value, kw_only=False):
    """A family of fonts and the weight it is used in; `package` is the Debian package that has it."""

    family: str
    weight: int = 400
    package: str = ""


class Faces(Value):
    """The fonts for one kind of text, the first choice first."""

    role: Role
    name: Text
    faces: tuple[Face, ...]


_FANDOL: Final = "texlive-lang-chinese"
_NOTO: Final = "fonts-noto-cjk"
_NOTO_EXTRA: Final = "fonts-noto-cjk-extra"

ROLES: Final[tuple[Faces, ...]] = (
    Faces(
        role="body",
        name=Text(zh="正文（仿宋）", en="body (FangSong)"),
        faces=(
            Face("仿宋_GB2312"),
            Face("FangSong_GB2312"),
            Face("仿宋"),
            Face("FangSong"),
            Face("STFangsong"),
            Face("方正仿宋_GBK"),
            Face("Zhuque Fangsong (technical preview)"),
            Face("FandolFang R", package=_FANDOL),
            Face("Noto Serif CJK SC", package=_NOTO),
        ),
    ),
    Faces(
        role="title",
        name=Text(zh="标题（小标宋）", en="title (XiaoBiaoSong)"),
        faces=(
            Face("方正小标宋简体"),
            Face("FZXiaoBiaoSong-B05S"),
            Face("方正小标宋_GBK"),
            Face("华文中宋"),
            Face("Noto Serif CJK SC", 600, package=_NOTO_EXTRA),
        ),
    ),
    Faces(
        role="heading",
        name=Text(zh="一级标题（黑体）", en="first headings (HeiTi)"),
        faces=(
            Face("黑体"),
            Face("SimHei"),
            Face("Noto Sans CJK SC", 500, package=_NOTO_EXTRA),
        ),
    ),
    Faces(
        role="subheading",
        name=Text(zh="二级标题（楷体）", en="second headings (KaiTi)"),
        faces=(
            Face("楷体_GB2312"),
            Face("KaiTi_GB2312"),
            Face("楷体"),
            Face("KaiTi"),
            Face("STKaiti"),
            Face("AR PL KaitiM GB", package="fonts-arphic-gkai00mp"),
            Face("FandolKai", package=_FANDOL),
            Face("LXGW WenKai", package="fonts-lxgw-wenkai"),
            Face("Noto Serif CJK SC", package=_NOTO),
        ),
    ),
    Faces(
        role="page",
        name=Text(zh="页码（宋体）", en="page numbers (SongTi)"),
        faces=(
            Face("宋体"),
            Face("SimSun"),
            Face("NSimSun"),
            Face("STSong"),
            Face("FandolSong", package=_FANDOL),
            Face("Noto Serif CJK SC", package=_NOTO),
        ),
    ),
    Faces(
        role="latin",
        name=Text(zh="数字和字母", en="digits and letters"),
        faces=(
            Face("Times New Roman"),
            Face("TeX Gyre Termes", package="fonts-texgyre"),
            Face("Liberation Serif", package="fonts-liberation"),
        ),
    ),
)
"""The fonts of official papers, by what they are for."""
FALLBACK: Final = Face("Noto Serif CJK SC", package=_NOTO)
"""What has the characters that others lack."""
