"""A document as plain values for the template: texts are data there, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, assert_never

from quanheng.documents.blocks import (
    Attachment,
    AttachmentList,
    Block,
    Document,
    Heading,
    Imprint,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Signature,
    Table,
)
from quanheng.documents.charts.draw import drawn
from quanheng.documents.compose.numbers import day_in_words
from quanheng.documents.fonts.choice import Fonts
from quanheng.documents.fonts.missing import Covering
from quanheng.documents.fonts.roles import Role
from quanheng.documents.table_widths import laid_out
from quanheng.documents.widths import balanced
from quanheng.findings.text import Language, Text
from quanheng.findings.visible import printable

_TITLE: Final = 20.0
"""Characters of a title that fit on a line."""
_ACROSS: Final = 28.5
"""Characters of a title that fit on a line of a page laid across."""


def plain_of(document: Document, fonts: Fonts, covering: Covering) -> dict[str, Any]:
    """Return the values that the template takes: the parts, and by what they are set."""
    body, *attached = _sections(document.blocks)
    return {
        "name": _text(document.name),
        "subject": _text(document.subject),
        "origin": _text(document.origin),
        "language": document.language,
        "date": {"year": document.date.year, "month": document.date.month, "day": document.date.day},
        "title": [_text(line) for line in _lines(document.title, _TITLE)],
        "recipients": _text(document.recipients),
        "masthead": None
        if document.masthead is None
        else {name: _text(getattr(document.masthead, name)) for name in _MASTHEAD},
        "imprint": _imprint(document.imprint, document.language),
        "body": [_part(block, document.language, fonts, across=False) for block in body],
        "attachments": [_section(section, document.language, fonts) for section in attached],
        "faces": faces_of(fonts, covering),
    }


def faces_of(fonts: Fonts, covering: Covering) -> dict[str, Any]:
    """Return by what each kind of text is set: families, the first that has a character, and the weight."""
    return {
        role: {
            "families": list(covering.families.get(role, (chosen.font.family,))),
            "weight": chosen.face.weight,
        }
        for role, chosen in fonts.chosen.items()
        if chosen is not None
    }


_MASTHEAD: Final = ("authority", "number", "copy_number", "secrecy", "urgency")


def _sections(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return the blocks of the text, then those of each attachment, which begin with it."""
    sections: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Attachment):
            sections.append([])
        sections[-1].append(block)
    return sections


def _section(section: Sequence[Block], language: Language, fonts: Fonts) -> dict[str, Any]:
    first = section[0]
    wide = isinstance(first, Attachment) and first.wide
    return {"wide": wide, "parts": [_part(block, language, fonts, across=wide) for block in section]}


def _part(block: Block, language: Language, fonts: Fonts, *, across: bool) -> dict[str, Any]:
    match block:
        case Heading(level=level, text=text):
            return {"kind": "heading", "level": level, "text": _text(text)}
        case Paragraph(text=text, lead=lead):
            return {"kind": "paragraph", "text": _text(text), "lead": _text(lead)}
        case Table():
            return _table(block, across=across)
        case Picture(title=title, chart=chart):
            picture = drawn(chart, language, fonts)
            return {
                "kind": "picture",
                "title": _text(title),
                "svg": picture.svg,
                "width": picture.width,
                "alt": _text(picture.sentence),
            }
        case Note(text=text):
            return {"kind": "note", "text": _text(text)}
        case PageBreak():
            return {"kind": "break"}
        case AttachmentList(titles=titles):
            return {"kind": "attachments", "titles": [_text(title) for title in titles]}
        case Signature(by=by, on=on, sealed=sealed):
            told = day_in_words(on, language)
            return {"kind": "signature", "by": _text(by), "on": told, "sealed": sealed}
        case Attachment():
            return _attachment(block, language)
        case _:
            assert_never(block)


def _attachment(block: Attachment, language: Language) -> dict[str, Any]:
    number = "" if block.number is None else f"{block.number}"
    label = Text(zh=f"附件{number}", en=f"Attachment {number}".strip()).in_language(language)
    lines = balanced(block.title, _ACROSS if block.wide else _TITLE)
    return {"kind": "attachment", "label": label, "lines": [_text(line) for line in lines]}


def _table(table: Table, *, across: bool) -> dict[str, Any]:
    layout = laid_out(table, across=across)
    columns = [
        {
            "heading": _text(column.heading),
            "kind": column.kind,
            "width": width,
            "fits": fits,
            "shapes": _shapes(row[at] for row in table.rows) if column.kind == "number" else [],
        }
        for at, (column, width, fits) in enumerate(
            zip(table.columns, layout.widths, layout.fits, strict=True)
        )
    ]
    return {
        "kind": "table",
        "title": _text(table.title),
        "columns": columns,
        "rows": [[_text(cell) for cell in row] for row in table.rows],
        "size": layout.size,
        "row": layout.row,
    }


def _shapes(cells: Iterable[str]) -> list[str]:
    """Return what numbers look like, each form once: to set a column, the widest is looked for among them."""
    return sorted({_text(cell).translate(_DIGITS) for cell in cells})


_DIGITS: Final = str.maketrans(dict.fromkeys("123456789", "0"))
"""Digits are as wide as each other in the fonts of papers."""


def _imprint(imprint: Imprint | None, language: Language) -> dict[str, str] | None:
    if imprint is None:
        return None
    on = "" if imprint.issued_on is None else day_in_words(imprint.issued_on, language)
    sent = Text(zh=f"{on}印发", en=f"Issued {on}").in_language(language)
    return {
        "copies": _text(imprint.copies_to),
        "by": _text(imprint.issued_by),
        "on": sent if on and imprint.issued_by else "",
    }


def _lines(title: Sequence[str], most: float) -> Iterator[str]:
    """Yield the lines of a title: those that were given, and where one is too long, the lines it takes."""
    for line in title:
        yield from balanced(line, most)


def _text(text: str) -> str:
    """Return a text of a stranger as it is shown, on one line."""
    return printable(text)


def texts_by_role(document: Document) -> dict[Role, str]:
    """Return all that is set in each kind of font, to see whether it has the characters."""
    heads = document.masthead
    first = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    second = [
        block.text for block in document.blocks if isinstance(block, Heading) and block.level == _SECOND
    ]
    attached = [block.title for block in document.blocks if isinstance(block, Attachment)]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    leads = [block.lead for block in document.blocks if isinstance(block, Paragraph)]
    headings = [column.heading for table in tables for column in table.columns]
    return {
        "title": _text("".join((*document.title, *attached, "" if heads is None else heads.authority))),
        "heading": _text("".join((*first, *headings, *(table.title for table in tables)))) + _HEADING_WORDS,
        "subheading": _text("".join((*second, *leads))),
        "page": "—0123456789",
        "body": _text("".join(_bodies(document))) + _BODY_WORDS,
    }


_SECOND: Final = 2
_HEADING_WORDS: Final = "附件★"
_BODY_WORDS: Final = "附件抄送印发年月日：—↑↓"


def _bodies(document: Document) -> Iterator[str]:
    yield document.recipients
    if document.masthead is not None:
        yield from (getattr(document.masthead, name) for name in _MASTHEAD)
    if document.imprint is not None:
        yield from (document.imprint.copies_to, document.imprint.issued_by)
    for block in document.blocks:
        match block:
            case Heading(text=text) | Paragraph(text=text) | Note(text=text):
                yield text
            case Table(rows=rows):
                for row in rows:
                    yield from row
            case AttachmentList(titles=titles):
                yield from titles
            case Signature(by=by, on=on):
                yield by + day_in_words(on, "zh")
            case Picture() | PageBreak() | Attachment():
                pass
            case _:
                assert_never(block)
