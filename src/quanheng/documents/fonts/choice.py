"""Which of the fonts of official papers are there, and what is used for each kind of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from quanheng.documents.fonts.roles import ROLES, Face, Faces, Role
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.findings.value import Value


class Installed(Value):
    """A font that is there: its family as the typesetter calls it, its weight, and where it lies."""

    family: str
    weight: int
    path: str
    index: int


class Chosen(Value):
    """What a kind of text is set in, and the file it lies in."""

    faces: Faces
    face: Face
    font: Installed

    @property
    def is_first(self) -> bool:
        """Whether it is the first choice, under one name or another."""
        return self.face.family in FIRST_CHOICES


class Fonts(Value):
    """The fonts of a document: what each kind of text is set in, None where none of its fonts is there.

    `installed` are all that are there, `folders` those where an office put fonts of its own.
    """

    chosen: Mapping[Role, Chosen | None]
    installed: tuple[Installed, ...] = ()
    folders: tuple[str, ...] = ()


FIRST_CHOICES: Final = frozenset(
    {
        *("仿宋_GB2312", "FangSong_GB2312", "方正小标宋简体", "FZXiaoBiaoSong-B05S"),
        *("黑体", "SimHei", "楷体_GB2312", "KaiTi_GB2312", "宋体", "SimSun", "Times New Roman"),
    }
)
"""The fonts that the standard means, by each of their names."""


def choose(installed: Sequence[Installed], folders: tuple[str, ...] = ()) -> Fonts:
    """Return the first installed font of each list.

    Examples:
        >>> noto = Installed(family="Noto Serif CJK SC", weight=400, path="noto.ttc", index=0)
        >>> fonts = choose([noto])
        >>> fonts.chosen["body"].face.family, fonts.chosen["latin"]
        ('Noto Serif CJK SC', None)
    """
    return Fonts(
        chosen={faces.role: _first(faces, installed) for faces in ROLES},
        installed=tuple(installed),
        folders=folders,
    )


def _first(faces: Faces, installed: Sequence[Installed]) -> Chosen | None:
    for face in faces.faces:
        font = _nearest(face, installed)
        if font is not None:
            return Chosen(faces=faces, face=face, font=font)
    return None


def _nearest(face: Face, installed: Sequence[Installed]) -> Installed | None:
    """Return the font of the family whose weight is nearest to the one wanted."""
    family = [font for font in installed if font.family.casefold() == face.family.casefold()]
    return min(family, key=lambda font: abs(font.weight - face.weight), default=None)


NOT_FIRST_CHOICE: Final = Kind(
    code="QH802",
    severity="note",
    en="{role} is set in {used}, for {wanted} is not installed",
    zh="{role}用的是 {used}，未安装 {wanted}",
    hint_en="install it, or put it into a folder and name that with --fonts; 'quanheng fonts' lists all",
    hint_zh="请安装该字体，或放入文件夹后用 --fonts 指明；quanheng fonts 列出全部字体",
)
NOT_FIRST_CHOICE_STRICT: Final = Kind(
    code="QH803",
    severity="error",
    en="{role} would be set in {used}, for {wanted} is not installed",
    zh="{role}只能用 {used}，未安装 {wanted}",
    hint_en="install it, or put it into a folder and name that with --fonts; or go without --strict-fonts",
    hint_zh="请安装该字体，或放入文件夹后用 --fonts 指明；或不用 --strict-fonts",
)
NO_FONT: Final = Kind(
    code="QH804",
    severity="error",
    en="no font for {role} is installed",
    zh="没有安装可用于{role}的字体",
    hint_en="install one: apt-get install {package}; 'quanheng fonts' lists all",
    hint_zh="请安装软件包 {package}；quanheng fonts 列出全部字体",
)


def check_fonts(fonts: Fonts, *, strict: bool) -> Iterator[Finding]:
    """Yield what is not set in its first choice, an error if `strict`, and what cannot be set at all.

    Digits and letters without a font of their own are set in that of the text around them.
    """
    for faces in ROLES:
        chosen = fonts.chosen[faces.role]
        wanted = faces.faces[0].family
        if chosen is None and faces.role != "latin":
            packages = [face.package for face in faces.faces if face.package]
            yield NO_FONT.at(role=faces.name, package=packages[-1])
        elif chosen is None or not chosen.is_first:
            used: str | Text = (
                Text(zh="正文字体", en="the font of the text") if chosen is None else chosen.face.family
            )
            kind = NOT_FIRST_CHOICE_STRICT if strict else NOT_FIRST_CHOICE
            yield kind.at(role=faces.name, used=used, wanted=wanted)
