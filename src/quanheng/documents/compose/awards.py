"""The honours, in the order of the scheme: a paragraph each, who has it in which group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quanheng.documents.blocks import Paragraph
from quanheng.documents.subject import Subject
from quanheng.findings.text import Language


def award_paragraphs(subject: Subject, language: Language) -> Iterator[Paragraph]:
    """Yield a paragraph for each award that somebody has; a person is named with the unit."""
    given: dict[str, list[Mapping[str, Any]]] = {}
    for row in subject.result.awards.iter_rows(named=True):
        given.setdefault(row["award"], []).append(row)
    for award, rows in given.items():
        names = [_recipient(row, language) for row in rows]
        if language == "zh":
            yield Paragraph(lead=f"{award}（{len(names)}个）：", text="、".join(names) + "。")
        else:
            yield Paragraph(lead=f"{award} ({len(names)}): ", text=", ".join(names) + ".")


def _recipient(row: Mapping[str, Any], language: Language) -> str:
    unit = str(row["name"] or row["unit"])
    person = row["recipient"] or ""
    if person in ("", unit, row["unit"]):
        return unit
    return f"{person}（{unit}）" if language == "zh" else f"{person} ({unit})"
