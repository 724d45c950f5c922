"""Reports of units as PDF, beside LibreOffice making PDFs of Word files with the same texts and tables."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.case import OURS, Case, Contender, register
from benchmarks.schemes import min_max_scheme, random_table
from quanheng.documents.blocks import Block, Column, Document, Heading, Note, PageBreak, Paragraph, Table
from quanheng.documents.compose.units.compose import unit_reports
from quanheng.documents.compose.units.report import Effects, Part, Strip, UnitReport
from quanheng.documents.compose.waterfall import Waterfall
from quanheng.documents.fonts.find import installed_fonts
from quanheng.documents.pdf.units import Press
from quanheng.documents.subject import Subject
from quanheng.documents.word.write import write_word
from quanheng.engine.results.score import score_frame


def prepare(size: int, folder: Path) -> Mapping[str, Contender]:
    """Compose the reports once, and write the Word files; both are then made PDFs each time."""
    result = score_frame(random_table(size), min_max_scheme())
    units = [str(unit) for unit in result.ranking["unit"].to_list()]
    subject = Subject(result=result, record={}, audience="internal")
    reports = tuple(unit_reports(subject, units, "en", alerts=None))
    fonts = installed_fonts()
    files = [folder / f"{number}.docx" for number in range(size)]
    for report, file in zip(reports, files, strict=True):
        write_word(_as_document(report), file, fonts=fonts)

    def ours() -> None:
        for number, content in enumerate(Press(fonts, reports).each(reports)):
            (folder / f"{number}.pdf").write_bytes(content)

    def office() -> None:
        made = folder / "office"
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(made)]
        subprocess.run([*command, *map(str, files)], check=True, capture_output=True)
        if len(list(made.glob("*.pdf"))) != size:
            raise RuntimeError("LibreOffice left files out")

    return {OURS: ours, "LibreOffice, all in one call": office}


def _as_document(report: UnitReport) -> Document:
    return Document(
        title=(report.name,),
        language="en",
        date=report.date,
        blocks=tuple(_blocks(report)),
        subject=report.title,
    )


def _blocks(report: UnitReport) -> Iterator[Block]:
    for number, page in enumerate(report.pages):
        if number:
            yield PageBreak()
        else:
            yield from (Paragraph(lead=key.label, text=f" {key.figure} {key.note}") for key in report.keys)
        for section in page:
            yield Heading(level=1, text=section.heading)
            yield from (_block(part) for part in section.parts)


def _block(part: Part) -> Block:
    match part:
        case Paragraph() | Note() | Table():
            return part
        case Strip(sentence=sentence):
            return Paragraph(text=sentence)
        case Waterfall():
            rows = [(step.label.en, f"{step.change:+}") for step in part.steps]
            ends = (part.start_label.en, str(part.start)), (part.end_label.en, str(part.end))
            return Table(title="", columns=_columns("Step", "Change"), rows=(ends[0], *rows, ends[1]))
        case Effects():
            cells = tuple((row.name, row.points, row.group, row.difference, row.shown) for row in part.rows)
            return Table(title=part.title, columns=_columns(*part.columns), rows=cells)


def _columns(first: str, *others: str) -> tuple[Column, ...]:
    return (Column(heading=first), *(Column(heading=other, kind="number") for other in others))


register(Case(name="reports of units as PDF", size=200, tiny=2, prepare=prepare, repeats=1))
