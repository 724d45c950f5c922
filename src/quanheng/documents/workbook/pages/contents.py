"""The first page: which result this is, and every sheet with a link to it."""

from __future__ import annotations

from collections.abc import Sequence

from quanheng.documents.workbook.draft.draft import SHEETS, Draft
from quanheng.documents.workbook.pages.page import Cell, Page


def contents_page(draft: Draft, name: str, pages: Sequence[Page], remarks: Sequence[str]) -> Page:
    """Return the page that leads to `pages`, then to the sheets of formulas, with `remarks` below."""
    scheme = draft.scheme
    listed = [(page.name, page.about) for page in pages]
    listed += [
        (draft.say(f"sheet.{sheet}"), draft.say(f"title.{sheet}"))
        for sheet in SHEETS
        if sheet in draft.columns or sheet in draft.lines or (sheet == "entries" and draft.entries)
    ]
    listed.append((draft.say("sheet.guide"), draft.say("guide.title")))
    count = draft.say("page.count", units=len(draft.rows.units), groups=len(draft.rows.groups))
    return Page(
        name=name,
        about="",
        rows=[
            [Cell(scheme.title.in_language(draft.language), "title")],
            [Cell(f"{draft.result.round} · {count}", "name")],
            [],
            [Cell(draft.say("page.sheet"), "head"), Cell(draft.say("page.about"), "head")],
            *([Cell(sheet, "link", link=sheet), Cell(about, "text")] for sheet, about in listed),
            *([Cell(None, "name"), Cell(remark, "note")] for remark in remarks),
        ],
        widths=(34.0, 90.0),
        head=3,
        across=False,
    )
