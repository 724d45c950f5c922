"""What was found on the way, and every step of every score: texts and numbers, no formulas."""

from __future__ import annotations

from typing import Final

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import Shown
from quanheng.documents.workbook.pages.page import Cell, Page, judged

MOST_STEPS: Final = 100_000
"""A longer trace is read in trace.parquet."""
_HEAD: Final = 2
_WORDS: Final = {"error": "page.error", "warning": "page.warning", "note": "page.remark"}


def findings_page(draft: Draft, name: str, contents: str) -> Page:
    """Return the page of the findings of the result, with their severity as a word and a colour."""
    findings = draft.result.findings
    heads = ("severity", "code", "where", "message", "hint")
    return Page(
        name=name,
        about=draft.say("page.findings_about", count=len(findings)),
        rows=[
            [Cell(draft.say("page.findings_title"), "title")],
            [Cell(contents, "link", link=contents)],
            [Cell(draft.say(f"page.{word}"), "head") for word in heads],
            *(
                [
                    Cell(draft.say(_WORDS[finding.severity]), "name"),
                    Cell(finding.code, "name"),
                    *(
                        Cell(text, "text")
                        for text in (
                            str(finding.where),
                            finding.message(draft.language),
                            finding.hint(draft.language),
                        )
                    ),
                ]
                for finding in findings
            ),
            *([[Cell(draft.say("page.no_findings"), "name")]] if not findings else []),
        ],
        widths=(8.0, 9.0, 34.0, 60.0, 50.0),
        head=_HEAD,
        coloured=(
            judged(
                range(_HEAD + 1, _HEAD + 1 + max(1, len(findings))),
                0,
                good=draft.say("page.remark"),
                bad=draft.say("page.warning"),
            ),
        ),
    )


def trace_page(draft: Draft, name: str, contents: str) -> Page | None:
    """Return the page of the trace; None where it is too long to be read on a sheet."""
    rows: list[list[Cell]] = []
    for part in draft.result.trace_in_parts():
        if len(rows) + len(part) > MOST_STEPS:
            return None
        columns = part.columns
        rows += [[_cell(value) for value in row] for row in part.rows()]
    return Page(
        name=name,
        about=draft.say("page.trace_about", count=len(rows)),
        rows=[
            [Cell(draft.say("page.trace_title"), "title")],
            [Cell(contents, "link", link=contents)],
            [Cell(_head(draft, column), "head") for column in (columns if rows else ("unit",))],
            *rows,
        ],
        widths=(12.0, 20.0, 8.0, 24.0, 16.0, 50.0),
        head=_HEAD,
        across=False,
    )


_HEADINGS: Final = frozenset({"unit", "node", "step", "stage", "value", "text"})


def _head(draft: Draft, column: str) -> str:
    return draft.say(f"page.trace_{column}") if column in _HEADINGS else column


def _cell(value: object) -> Cell:
    shown: Shown = float(value) if isinstance(value, int | float) else None if value is None else str(value)
    return Cell(shown, "name")
