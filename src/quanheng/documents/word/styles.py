"""The styles of official papers in Word, by the names that officials know: 公文标题, 公文正文, 一级标题."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from quanheng.documents.fonts.roles import ROLES, Role
from quanheng.findings.value import Value

if TYPE_CHECKING:
    from docx.document import Document as Paper

PITCH: Final = 28.95
"""How high a line is: 579 twentieths of a point, 22 of them in 225 mm."""
CELL: Final = 15.75
"""How wide a character is, in points: 16, and a quarter less between two."""
SPACING: Final = -5
"""What is between two characters, in twentieths of a point."""
RED: Final = "D7000F"
NAMES: Final[dict[Role, str]] = {
    "body": "仿宋_GB2312",
    "title": "方正小标宋简体",
    "heading": "黑体",
    "subheading": "楷体_GB2312",
    "page": "宋体",
    "latin": "Times New Roman",
}
"""The fonts by the names under which offices have them; what stands in for one is named in the file."""


class Look(Value):
    """A style: its font, its size in points, how lines and paragraphs stand.

    `indent` is how far the first line is in, in characters; `line` its height in points.
    """

    role: Role
    size: float = 16.0
    align: Literal["left", "both", "center", "right"] = "left"
    indent: float = 0.0
    line: float = PITCH
    level: int | None = None
    colour: str | None = None
    spacing: int = SPACING


STYLES: Final[dict[str, Look]] = {
    "公文正文": Look(role="body", align="both", indent=2),
    "主送机关": Look(role="body", align="both"),
    "公文标题": Look(role="title", size=22.0, align="center", line=36.0, spacing=0),
    "发文机关标志": Look(role="title", size=48.0, align="center", line=60.0, colour=RED, spacing=0),
    "发文字号": Look(role="body", align="center"),
    "版头标记": Look(role="heading"),
    "版头空行": Look(role="body", line=1.0),
    "一级标题": Look(role="heading", indent=2, level=1),
    "二级标题": Look(role="subheading", indent=2, level=2),
    "三级标题": Look(role="body", indent=2, level=3),
    "四级标题": Look(role="body", indent=2, level=4),
    "附件说明": Look(role="body", indent=2),
    "公文落款": Look(role="body"),
    "附件标记": Look(role="heading", spacing=0),
    "表题": Look(role="heading", size=12.0, align="center", spacing=0),
    "表格文字": Look(role="body", size=12.0, align="center", line=14.4, spacing=0),
    "表格标题行": Look(role="heading", size=12.0, align="center", line=14.4, spacing=0),
    "图": Look(role="body", align="center", line=0.0, spacing=0),
    "公文注释": Look(role="body", size=12.0, align="both", indent=2, spacing=0),
    "版记": Look(role="body", size=14.0, align="both", line=24.0, spacing=0),
    "公文页码": Look(role="page", size=14.0, line=14.0, spacing=0),
}
"""The styles of a paper; `docs/how-to/issue-a-bulletin.md` lists them."""
HEADINGS: Final = ("一级标题", "二级标题", "三级标题", "四级标题")


TABLE: Final = "Table Grid"
"""The style of tables, by the name that it has in files of every language."""


def add_styles(paper: Paper) -> None:
    """Add the styles to a paper; all text stands in them, none is set by hand."""
    for name, look in STYLES.items():
        _add(paper, name, look)


class Missing(Value):
    """The styles that a template lacked and that were made, and those that are not what their name says."""

    made: tuple[str, ...]
    others: tuple[str, ...]


def add_missing_styles(paper: Paper) -> Missing:
    """Add the styles that a template does not have; what it has stays as it is."""
    import docx
    from docx.enum.style import WD_STYLE_TYPE

    had = {style.name: style.type for style in paper.styles}
    made = tuple(name for name in STYLES if name not in had)
    for name in made:
        _add(paper, name, STYLES[name])
    others = [name for name in STYLES if had.get(name, WD_STYLE_TYPE.PARAGRAPH) != WD_STYLE_TYPE.PARAGRAPH]
    if TABLE not in had:
        ours = docx.Document().styles[TABLE].element
        for based in ours.xpath("w:basedOn"):
            ours.remove(based)
        paper.styles.element.append(ours)
    elif had[TABLE] != WD_STYLE_TYPE.TABLE:
        others.append(TABLE)
    return Missing(made=made, others=tuple(others))


def _add(paper: Paper, name: str, look: Look) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = None
    style.quick_style = True
    style.font.size = Pt(look.size)
    if look.colour is not None:
        style.font.color.rgb = RGBColor.from_string(look.colour)
    run = style.element.get_or_add_rPr()
    fonts = run.get_or_add_rFonts()
    for key in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(key), NAMES["latin"])
    fonts.set(qn("w:eastAsia"), NAMES[look.role])
    if look.spacing:
        run.insert_element_before(
            element("w:spacing", val=look.spacing), "w:w", "w:kern", "w:position", "w:sz"
        )
    paragraph = style.element.get_or_add_pPr()
    if look.level is not None:
        paragraph.append(element("w:keepNext"))
    paragraph.append(element("w:widowControl", val=0))
    paragraph.append(element("w:autoSpaceDE", val=0))
    paragraph.append(element("w:autoSpaceDN", val=0))
    if look.line != PITCH:
        paragraph.append(element("w:snapToGrid", val=0))
    if look.line:
        line = {"line": round(20 * look.line), "lineRule": "exact"}
        paragraph.append(element("w:spacing", before=0, after=0, **line))
    else:
        paragraph.append(element("w:spacing", before=0, after=0))
    if look.indent:
        points = round(20 * look.indent * (look.size + look.spacing / 20))
        paragraph.append(element("w:ind", firstLine=points))
    paragraph.append(element("w:jc", val=look.align))
    if look.level is not None:
        paragraph.append(element("w:outlineLvl", val=look.level - 1))


def element(tag: str, **attributes: object) -> Any:  # noqa: ANN401  lxml has no types
    """Return an element of the file with attributes of its own namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def alternatives() -> dict[str, str]:
    """Return, by the font's name in the file, the others that may stand in for it, the first choice first."""
    return {
        NAMES[faces.role]: ",".join(face.family for face in faces.faces if face.family != NAMES[faces.role])
        for faces in ROLES
    }
