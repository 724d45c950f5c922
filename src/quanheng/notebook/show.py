"""From a value to what is shown of it: which view tells it."""

from __future__ import annotations

import os

from quanheng.cli.language import language_of
from quanheng.data.book.book import Book
from quanheng.engine.results.explanation.explanation import Explanation
from quanheng.engine.results.result import Result
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Language
from quanheng.insight.progress.progress import Progress
from quanheng.insight.unusual.unusual import Unusual
from quanheng.notebook.books import show_book
from quanheng.notebook.collected import Collected
from quanheng.notebook.explanations import explanation_parts
from quanheng.notebook.parts import Graph
from quanheng.notebook.results import show_result
from quanheng.notebook.shown import Shown
from quanheng.notebook.studies import show_one, show_whole
from quanheng.notebook.year import show_moved, show_reports, show_year
from quanheng.scheme.tree.scheme import Scheme
from quanheng.studies.charts.chart import Chart
from quanheng.studies.study import Study, Table
from quanheng.usecase.results.moves import Moved


def bundle_of(value: object) -> dict[str, str]:
    """Return `value` in the kinds that a notebook knows, in the language of the locale."""
    return show(value).bundle()


def show(value: object, language: Language | None = None) -> Shown:
    """Return what is shown of `value`, in `language` or that of the locale; to `print` or for a notebook.

    `value` is a book, a scheme, a result, an explanation, progress, unusual reports, moves, a study, or a
    table or chart of one. Of what is large a part is shown, and how much is not.

    Raises:
        UsageError: it is nothing of these, or there is no such language.

    Examples:
        >>> import quanheng as qh
        >>> from quanheng.examples import path_of_example
        >>> book = qh.load(path_of_example("hdi-2022"))
        >>> print(str(qh.show(book, "en")).splitlines()[1])
        193 units, 4 items, 4 indicators, 772 figures
    """
    if language not in {None, "zh", "en"}:
        raise UsageError(
            f"{language!r} is neither 'zh' nor 'en'", f"语言只有 'zh' 和 'en'，没有 {language!r}"
        )
    screen = Collected(language or language_of(os.environ))
    match value:
        case Shown():
            return value if language is None else Shown(language=language, parts=value.parts)
        case Result():
            show_result(value, screen)
        case Explanation():
            screen.parts += explanation_parts(value, screen.language)
        case Progress():
            show_year(value, screen)
        case Unusual():
            show_reports(value, screen)
        case Moved():
            show_moved(value, screen)
        case Study():
            show_whole(value, screen)
        case Table():
            show_one(value, screen, "table.rows")
        case Chart():
            screen.parts.append(Graph(value))
        case Book() | Scheme():
            show_book(value, screen)
        case _:
            raise UsageError(
                f"a {type(value).__name__} is not shown; print it",
                f"无法展示 {type(value).__name__}，请用 print",
            )
    return Shown(language=screen.language, parts=tuple(screen.parts))
