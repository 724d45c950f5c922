"""A page that holds much is set in smaller letters and stays one page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from tests.documents.pages import pages_of

from quanheng.documents.blocks import Column, Note, Table
from quanheng.documents.compose.units.report import Effect, Effects, Key, Section, Strip, UnitReport
from quanheng.documents.compose.waterfall import Step, Waterfall
from quanheng.documents.fonts.find import installed_fonts
from quanheng.documents.pdf.room import letters
from quanheng.documents.pdf.units import Press
from quanheng.findings.text import Text


def crowded(long: int, steps: int, effects: int) -> UnitReport:
    """Return a report whose names are so long, with so many steps and indicators."""
    name = "名" * long
    rows = tuple(
        Effect(name=name, points="1.0", group="2.0", difference="-1.0", marks=Decimal(-1), shown="-1.00")
        for _ in range(effects)
    )
    way = Waterfall(
        start_label=Text(zh="组均"),
        start=Decimal(0),
        steps=tuple(Step(label=Text(zh=name), change=Decimal(1)) for _ in range(steps)),
        end_label=Text(zh=name),
        end=Decimal(steps),
    )
    compared = Effects(title="短板", columns=("指标", "得分率", "组均", "相差", "折合"), rows=rows)
    table = Table(
        title="",
        columns=(Column(heading="甲"), Column(heading="乙"), Column(heading="丙", kind="number")),
        rows=((name, name, "1"),) * effects,
    )
    strip = Strip(own=1.0, others=(2.0,), mean=1.5, sentence=name)
    first = (
        Section(heading="位置", parts=(strip, Note(text=name * 3))),
        Section(heading="由来", parts=(way,)),
        Section(heading="优劣", parts=(compared, compared)),
    )
    return UnitReport(
        unit="A",
        name=name,
        group="组",
        title=name,
        round="2023",
        reader="内部使用",
        language="zh",
        date=dt.date(2023, 12, 31),
        origin="",
        keys=(Key(label="得分", figure="1", note=name),) * 4,
        pages=(first, (Section(heading="其后", parts=(table, Note(text=name))),)),
    )


@pytest.mark.parametrize("long", [1, 15, 17, 18, 40])
@pytest.mark.parametrize(("steps", "effects"), [(13, 5), (11, 5), (10, 5), (9, 5), (8, 5), (3, 2)])
def test_each_page_stays_one(long: int, steps: int, effects: int, tmp_path: Path) -> None:
    report = crowded(long, steps, effects)

    Press(installed_fonts(), [report]).write([report], tmp_path / "report.pdf")

    pages = pages_of(tmp_path / "report.pdf")
    assert len(pages) == 2
    assert "其后" in pages[1].text


def test_usual_pages_are_not_measured_and_crowded_ones_are() -> None:
    assert letters(crowded(6, 8, 5), 0) == 10.0
    assert letters(crowded(6, 13, 5), 0) == 9.4
    assert letters(crowded(40, 11, 5), 0) is None
