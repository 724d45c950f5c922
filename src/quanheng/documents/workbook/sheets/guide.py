"""The sheet of guidance: how to read the workbook, what it was made from, and what it does not compute."""

from __future__ import annotations

from quanheng.documents.workbook.draft.draft import SHEETS, Draft
from quanheng.documents.workbook.draft.looks import Look
from quanheng.engine.results.identity import program_hash
from quanheng.findings.value import Value
from quanheng.version import VERSION


class Remark(Value, kw_only=False):
    """One line of the sheet: up to three texts, and how they look."""

    texts: tuple[str, ...]
    look: Look = "text"


def guide_of(draft: Draft) -> tuple[Remark, ...]:
    """Return the lines of the sheet of guidance."""
    return (
        Remark((draft.say("guide.title"),), "title"),
        *_identity(draft),
        *_reading(draft),
        *_sheets(draft),
        *_inputs(draft),
    )


def _identity(draft: Draft) -> list[Remark]:
    scheme, book = draft.scheme, draft.result.book
    facts = {
        "scheme": f"{scheme.title.in_language(draft.language)} ({scheme.id})",
        "round": draft.result.round,
        "as_of": "" if book is None or book.as_of is None else book.as_of.isoformat(),
        "units": str(len(draft.rows.units)),
        "scheme_hash": scheme.hash,
        "data_hash": "" if book is None else book.hash_for(draft.result.round),
        "program_hash": program_hash(),
        "version": VERSION,
    }
    return [Remark((draft.say(f"guide.{key}"), fact)) for key, fact in facts.items() if fact]


def _reading(draft: Draft) -> list[Remark]:
    lines = ("rows", "states", "rounding", "recalculate", "arrays")
    return [
        Remark((draft.say("guide.how"),), "head"),
        *[Remark(("", draft.say(f"guide.{line}"))) for line in lines],
        Remark((draft.say("guide.colours"),), "head"),
        Remark(("123", draft.say("guide.reported")), "reported"),
        Remark(("123", draft.say("guide.frozen")), "frozen"),
        Remark(("123", draft.say("guide.live")), "live"),
    ]


def _sheets(draft: Draft) -> list[Remark]:
    there = {"entries": bool(draft.entries), "periods": "periods" in draft.columns, "guide": False}
    named = [sheet for sheet in SHEETS if there.get(sheet, True)]
    return [
        Remark((draft.say("guide.sheets"),), "head"),
        *[Remark((draft.say(f"sheet.{sheet}"), draft.say(f"title.{sheet}"))) for sheet in named],
    ]


def _inputs(draft: Draft) -> list[Remark]:
    """Name every column and line that holds what the engine decided, not a formula."""
    columns = [
        (draft.say(f"sheet.{sheet}"), column.title, column.note)
        for sheet, columns in draft.columns.items()
        for column in columns
        if column.role == "frozen"
    ]
    lines = [
        (draft.say(f"sheet.{sheet}"), " · ".join(line.texts[1:3]).strip(), line.texts[3])
        for sheet, lines in draft.lines.items()
        for line in lines
        if line.role == "frozen"
    ]
    found = [Remark(texts, "frozen") for texts in (*columns, *lines)]
    return [
        Remark((draft.say("guide.inputs"),), "head"),
        *(found or [Remark(("", draft.say("guide.no_inputs")))]),
    ]
