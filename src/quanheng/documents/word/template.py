"""A document set into an office's own paper of Word: its pages, its styles, its head and foot.

The paper is a stranger's until proven otherwise. Its place-holders are names and conditions on names, nothing
else; they are filled in a sandbox all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from quanheng.documents.blocks import Attachment, Block, Document, Signature
from quanheng.documents.fonts.choice import Fonts
from quanheng.documents.word.paragraphs import check_paragraphs
from quanheng.documents.word.placeholders import (
    ATTACHMENTS,
    BLOCKS,
    BODY,
    CODE,
    DATE,
    KNOWN,
    MISPLACED,
    SIGNATURE,
    check_placeholders,
    check_use,
    names_in,
    stands_alone,
    values_of,
)
from quanheng.documents.word.setting import keep_breaks, set_blocks
from quanheng.documents.word.styles import STYLES, add_missing_styles
from quanheng.findings.collector import each_once
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError, Kind, Location, require_no_errors
from quanheng.findings.value import Value

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docxtpl import DocxTemplate

_MOST_TEXT: Final = 1024 * 1024
_MOST_BRACES: Final = 500
"""Characters and braces of a part of a template: its texts are looked through for place-holders."""

NOT_A_TEMPLATE: Final = Kind(
    code="QH826",
    severity="error",
    en="the template is not a Word file that can be read (.docx)",
    zh="模板不是可读取的 Word 文件（.docx）",
    hint_en="open it in Word or WPS and save it as .docx, without a password and without macros",
    hint_zh="请用 Word 或 WPS 打开后另存为 .docx，不加密码，不含宏",
)
TOO_LARGE: Final = Kind(
    code="QH827",
    severity="error",
    en="the template's text is far longer than a template's: {characters} characters with {braces} braces",
    zh="模板文字远超正常模板：{characters} 个字符、{braces} 个花括号",
    hint_en="leave in it what is to stand on every paper, and place-holders",
    hint_zh="模板中只保留固定内容和占位符",
)
MADE_STYLES: Final = Kind(
    code="QH828",
    severity="note",
    en="the template lacks the styles {styles}: they are made as for a paper without a template",
    zh="模板中没有样式 {styles}，已按无模板时的样子补上",
    hint_en="make paragraph styles of these names in the template to set them as the office does",
    hint_zh="请在模板中建立同名段落样式，以用本单位的格式",
)
OTHER_STYLES: Final = Kind(
    code="QH829",
    severity="error",
    en="the style {style} of the template is not one of paragraphs",
    zh="模板中的样式“{style}”不是段落样式",
    hint_en="give that style another name, or make it a paragraph style",
    hint_zh="请改名，或改为段落样式",
)


class Template(Value):
    """A template: its content, once it was seen to be an archive within bounds, and the name of its file."""

    content: bytes
    name: str


def filled(document: Document, template: Template, fonts: Fonts) -> tuple[Paper, tuple[Finding, ...]]:
    """Return the template as a paper with `document` in it, and what was found on the way.

    Raises:
        FindingsError: the template cannot be read, has code, or no place for the text.
        UsageError: the library that fills templates is not installed.
    """
    where = Location(file=template.name)
    form = _opened(template, where)
    names = _checked(form, where)
    told = tuple(check_use(names, document, where))
    require_no_errors(told)
    _fill(form, document, where)
    paper: Paper = form.docx
    missing = add_missing_styles(paper)
    if missing.others:
        raise FindingsError(tuple(OTHER_STYLES.at(where, style=style) for style in missing.others))
    text, attached = _parted(
        document, own_end=SIGNATURE in names or DATE in names, apart=ATTACHMENTS in names
    )
    set_blocks(paper, _place(paper, BODY, where), text, language=document.language, fonts=fonts)
    if ATTACHMENTS in names:
        place = _place(paper, ATTACHMENTS, where)
        set_blocks(paper, place, attached, language=document.language, fonts=fonts)
    unused = set(missing.made) - _used(paper)
    for style in unused:
        paper.styles[style].delete()
    made = "、".join(style for style in STYLES if style in missing.made and style not in unused)
    return paper, (*told, *((MADE_STYLES.at(where, styles=made),) if made else ()))


def _opened(template: Template, where: Location) -> DocxTemplate:
    try:
        from docxtpl import DocxTemplate
    except ImportError:
        raise UsageError(
            "a template needs docxtpl: pip install 'quanheng[reports]'",
            "使用模板需要 docxtpl：pip install 'quanheng[reports]'",
        ) from None
    form = DocxTemplate(BytesIO(template.content))
    try:
        form.init_docx()
        form.docx.sections[-1].page_width.mm  # noqa: B018  a paper without pages is none
    except (KeyError, ValueError, AttributeError, IndexError, SyntaxError, OSError):
        raise FindingsError((NOT_A_TEMPLATE.at(where),)) from None
    return form


def _checked(form: DocxTemplate, where: Location) -> list[str]:
    """Return the names of the place-holders in a template, seen to be names and no more."""
    raw = dict(_parts(form))
    for text in raw.values():
        if len(text) > _MOST_TEXT or text.count("{") > _MOST_BRACES:
            raise FindingsError((TOO_LARGE.at(where, characters=len(text), braces=text.count("{")),))
    parts = {name: form.patch_xml(text) for name, text in raw.items()}
    try:
        alone = [found for text in raw.values() for found in check_paragraphs(text, where)]
    except SyntaxError:
        raise FindingsError((NOT_A_TEMPLATE.at(where),)) from None
    require_no_errors((*check_placeholders(parts, where), *each_once(alone)))
    names = {name: names_in(text) for name, text in parts.items()}
    for block in BLOCKS:
        elsewhere = any(block in found for name, found in names.items() if name)
        if elsewhere or names[""].count(block) > 1 or not stands_alone(block, parts[""]):
            raise FindingsError((MISPLACED.at(where, what=KNOWN[block], name=block, key=block),))
    return [name for found in names.values() for name in found]


def _parts(form: DocxTemplate) -> Iterator[tuple[str, str]]:
    """Yield the texts of a template by the names of their parts, that of the paper itself by none."""
    yield "", form.get_xml()
    for uri in (form.HEADER_URI, form.FOOTER_URI):
        for key, part in form.get_headers_footers(uri):
            yield key, form.get_part_xml(part)
    for part in form.docx.part.package.iter_parts():
        if part.content_type.endswith("footnotes+xml"):
            yield str(part.partname), part.blob.decode("utf-8", errors="replace")


def _fill(form: DocxTemplate, document: Document, where: Location) -> None:
    """Fill the place-holders of one line, and mark where blocks come."""
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment
    from markupsafe import Markup

    properties = form.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        setattr(properties, name, "")  # they are written anew, and no place for place-holders
    keep_breaks(form.docx.element.body)
    marks = {name: Markup(f"<w:p><w:r><w:t>{_mark(name)}</w:t></w:r></w:p>") for name in BLOCKS}  # noqa: S704  no text of anybody is in it
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        form.render({**values_of(document), **marks}, environment, autoescape=True)
    except TemplateError as error:
        raise FindingsError((CODE.at(where, text=str(error)),)) from None


def _mark(name: str) -> str:
    return f"quanheng-{name}-stands-here"


def _place(paper: Paper, name: str, where: Location) -> Any:  # noqa: ANN401  a paragraph of lxml
    """Return the paragraph where the blocks of a place-holder come."""
    for paragraph in paper.paragraphs:
        if paragraph.text.strip() == _mark(name):
            return paragraph._p  # noqa: SLF001  python-docx has no other way to it
    raise FindingsError((MISPLACED.at(where, what=KNOWN[name], name=name, key=name),))


def _parted(document: Document, *, own_end: bool, apart: bool) -> tuple[list[Block], list[Block]]:
    """Return the text and the attachments; all is text but what has a place of its own in the template."""
    blocks = [block for block in document.blocks if not (own_end and isinstance(block, Signature))]
    first = next((at for at, block in enumerate(blocks) if isinstance(block, Attachment)), len(blocks))
    return (blocks[:first], blocks[first:]) if apart else (blocks, [])


def _used(paper: Paper) -> set[str]:
    """Return the names of the styles that stand in the text."""
    used = {paragraph.style.name for paragraph in paper.paragraphs if paragraph.style is not None}
    for table in paper.tables:
        used |= {
            paragraph.style.name
            for row in table.rows
            for cell in row.cells
            for paragraph in cell.paragraphs
            if paragraph.style is not None
        }
    return {name for name in used if name is not None}
