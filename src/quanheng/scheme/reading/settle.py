"""How files are read: from its form to its value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quanheng.findings.finding import Kind
from quanheng.scheme.fields.findings import KEYS_CLASH
from quanheng.scheme.fields.margin import UNREAD, Margin
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.reading.choosing import chooses_rows
from quanheng.scheme.reading.form import FileForm, ReadingForm
from quanheng.scheme.reading.reading import FileReading, Reading


def reading_of(form: ReadingForm, files: Mapping[str, FileForm], margin: Margin) -> Reading:
    """Return how files are read: as `form` says, and single ones as `files` do where they say otherwise."""
    everywhere = _stated(form, FileReading(), None)
    return Reading(
        everywhere=everywhere,
        files={
            name.strip(): _stated(own, everywhere, _where(name, own, margin)) for name, own in files.items()
        },
    )


NOT_OF_ROWS: Final = Kind(
    code="QH696",
    severity="error",
    en="the rows of a file cannot be chosen by: {text}",
    zh="不能用该条件选取文件的行：{text}",
    hint_en="compare columns with words or numbers, joined by and, or, not: kind == 'large' and size >= 3",
    hint_zh="请把各列与文字或数字比较，用“且”“或”“非”连接，例如：类型 == '规上'",
)


_OTHERS: Final = frozenset({"targets", "adjustments", "calendar", "目标", "加减分", "日历"})
"""Tables whose rows all count."""


def _where(name: str, form: FileForm, margin: Margin) -> Formula | None:
    path = ("files", name, "where")
    where = margin.formula_or_none(form.where, path)
    called = name.strip()
    stem = called.rpartition(".")[0] or called
    if where is not None and (stem in _OTHERS or called.startswith(("targets/", "history/"))):
        margin.note(KEYS_CLASH, path, key="where", other=name)
    if where is not None and where.tree is not UNREAD and not chooses_rows(where.tree):
        margin.note(NOT_OF_ROWS, path, text=where.brief)
    return where


def _stated(form: ReadingForm, base: FileReading, where: Formula | None) -> FileReading:
    """Return `base` with what `form` states in its place."""
    return FileReading(
        ignore=base.ignore if form.ignore is None else form.ignore,
        missing_marks=base.missing_marks if form.missing_marks is None else form.missing_marks,
        censored=form.censored or base.censored,
        unit_heading=base.unit_heading if form.unit_heading is None else form.unit_heading,
        where=where,
    )
