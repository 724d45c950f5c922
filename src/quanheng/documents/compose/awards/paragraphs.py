"""The honours, in the order of the scheme: a paragraph each, who has it in which group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quanheng.documents.blocks import Paragraph
from quanheng.documents.compose.awards.honours import awards_given, person_of
from quanheng.documents.subject import Subject
from quanheng.findings.text import Language, Text


def award_paragraphs(subject: Subject, language: Language) -> Iterator[Paragraph]:
    """Yield a paragraph for each award that somebody has; a person is named with the unit."""
    for award, rows in awards_given(subject).items():
        names = [_recipient(row) for row in rows]
        count = Text(zh=f"{award}（{len(names)}个）：", en=f"{award} ({len(names)}): ")
        told = Text(
            zh="、".join(name.zh for name in names) + "。", en=", ".join(name.en for name in names) + "."
        )
        yield Paragraph(lead=count.in_language(language), text=told.in_language(language))


def _recipient(row: Mapping[str, Any]) -> Text:
    unit, person = str(row["name"] or row["unit"]), person_of(row)
    if not person:
        return Text(zh=unit, en=unit)
    return Text(zh=f"{person}（{unit}）", en=f"{person} ({unit})")
