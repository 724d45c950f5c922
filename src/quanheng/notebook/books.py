"""A book or a scheme as a notebook shows it: what is assessed, of whom, from how many figures."""

from __future__ import annotations

from collections.abc import Iterator

from quanheng.data.book.book import Book
from quanheng.findings.text import Text
from quanheng.notebook.collected import Collected
from quanheng.notebook.parts import Line
from quanheng.scheme.tree.scheme import Scheme


def show_book(value: Book | Scheme, screen: Collected) -> None:
    """Show the title, how much there is of what, and what was found in a book."""
    scheme = value.scheme if isinstance(value, Book) else value
    title = scheme.title.in_language(screen.language) or scheme.id
    screen.parts.append(Line(f"{title}  {scheme.round}".strip(), loud=True))
    screen.text(("，" if screen.language == "zh" else ", ").join(map(screen.choose, _counts(value, scheme))))
    if isinstance(value, Book):
        screen.findings(value.findings, answer=False)


def _counts(value: Book | Scheme, scheme: Scheme) -> Iterator[Text]:
    if isinstance(value, Book):
        yield Text(en=f"{len(value.units)} units", zh=f"{len(value.units)} 个单位")
    yield Text(en=f"{len(scheme.stated_items)} items", zh=f"{len(scheme.stated_items)} 个数据项")
    yield Text(en=f"{len(scheme.indicators)} indicators", zh=f"{len(scheme.indicators)} 个指标")
    if isinstance(value, Book):
        figures, panels = len(value.observations), len(value.panels)
        yield Text(en=f"{figures} figures", zh=f"{figures} 个数据")
        if panels:
            yield Text(en=f"{panels} wide tables", zh=f"{panels} 张宽表")
