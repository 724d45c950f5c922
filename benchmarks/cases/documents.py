"""Documents: a long Chinese table as PDF, and a result's page beside one of plotly.

The peers are large and are in no lock: they run where they are installed (`pip install plotly weasyprint`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from benchmarks.case import OURS, Case, Contender, register
from quanheng.data.load import load
from quanheng.documents.blocks import Column, Document, Table
from quanheng.documents.fonts.find import installed_fonts
from quanheng.documents.page.page import page_html
from quanheng.documents.page.shown import Shown
from quanheng.documents.pdf.write import write_pdf
from quanheng.documents.word.write import write_word
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.scheme.document.published import PUBLISHED

_BOOKS: Final = Path(__file__).parents[2] / "books"
_HEADINGS: Final = ("单位", "指标", "数值", "得分", "位次")
_STYLE: Final = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm }
body { font: 16pt 'Noto Serif CJK SC' } table { border-collapse: collapse; width: 100% }
td, th { border: 0.5pt solid #000; padding: 2pt } thead { display: table-header-group }
"""


def a_table(size: int, folder: Path) -> Mapping[str, Contender]:
    """Return what sets a table of `size` rows: our writer as PDF/A-2a with tags, WeasyPrint as plain PDF."""
    rows = tuple(
        (f"第{n}号示例镇", "一般公共预算收入增速", f"{n / 7:.2f}", f"{n % 100}.00", str(n))
        for n in range(size)
    )
    columns = tuple(Column(heading=heading, kind="word") for heading in _HEADINGS)
    document = Document(
        title=("得分表",),
        language="zh",
        date=dt.date(2024, 2, 6),
        blocks=(Table(title="得分", columns=columns, rows=rows),),
    )
    head = "".join(f"<th>{heading}</th>" for heading in _HEADINGS)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    page = f"<html lang=zh><style>{_STYLE}</style><h1>得分表</h1>{table}"
    fonts = installed_fonts()
    found: dict[str, Contender] = {
        OURS: lambda: write_pdf(document, folder / "ours.pdf", fonts=fonts),
        "the same as Word": lambda: write_word(document, folder / "ours.docx", fonts=fonts),
    }
    if find_spec("weasyprint"):
        from weasyprint import HTML  # noqa: PLC0415  it need not be there

        found["WeasyPrint"] = lambda: HTML(string=page).write_pdf(folder / "other.pdf")
    return found


def a_page(size: int, folder: Path) -> Mapping[str, Contender]:
    """Return what writes a page of the HDI book, and print how large both pages are."""
    del size
    result = _result()

    def ours() -> Path:
        text = page_html(Shown(result=result, book=result.book, language="en"))
        return _written(folder / "ours.html", text)

    public = Shown(result=result, book=None, language="en", parts=frozenset(PUBLISHED))
    found: dict[str, Contender] = {OURS: ours, "what is published alone": lambda: page_html(public)}
    if not find_spec("plotly"):
        return found
    import plotly.graph_objects as go  # noqa: PLC0415  the same

    def other() -> Path:
        ranking = result.ranking
        bars = go.Bar(x=ranking["score"].to_list(), y=ranking["name"].to_list(), orientation="h")
        return _written(folder / "other.html", go.Figure(bars).to_html(include_plotlyjs=True))

    sizes = [each().stat().st_size for each in (ours, other)]
    print(f"  our page has {sizes[0]:,} bytes, that of plotly {sizes[1]:,}: {sizes[0] / sizes[1]:.2f} of it")
    return {**found, "plotly, a ranking alone": other}


def _result() -> Result:
    return score(load(_BOOKS / "hdi-2022"))


def _written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8", newline="")
    return file


register(Case(name="Chinese table as PDF", size=3_000, tiny=5, prepare=a_table, repeats=3))
register(Case(name="result page of the HDI book", size=193, tiny=193, prepare=a_page, repeats=3))
