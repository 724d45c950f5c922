"""The result pages of example books, made by the commands, and the page that shows them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Final

from quanheng.cli.main import run
from quanheng.findings.text import Language, Text

BOOKS: Final = {
    "hdi-2022": Text(en="Human Development Index 2022", zh="人类发展指数 2022"),
    "district-2023": Text(en="A district's assessment 2023 (invented)", zh="示例区2023年度考核（虚构）"),
}
_TITLE: Final = Text(en="Result pages", zh="结果网页")
_WORDS: Final = Text(
    en="Pages that `quanheng report BOOK --document page --audience internal` makes of example books. "
    "[How to publish one](how-to/publish-a-page.md).",
    zh="由 `quanheng report BOOK --document page --audience internal` 从示例考核册生成的网页。"
    "[怎样发布](how-to/publish-a-page.md)。",
)
_ALONE: Final = Text(en="open it alone", zh="单独打开")


class CommandError(Exception):
    """A command that makes an example failed."""


def make_examples(folder: Path, work: Path, books: Sequence[str]) -> None:
    """Score the `books` in `work` and lay their result pages into `folder`."""
    folder.mkdir(parents=True)
    work.mkdir()
    for name in books:
        book = str(work / name)
        _run("new", book, "--example", name)
        _run("score", book, "--no-workbook")
        _run("report", book, "--document", "page", "--audience", "internal", "--out", str(work / "pages"))
        (work / "pages" / "page-internal.html").replace(folder / f"{name}.html")


def _run(*arguments: str) -> None:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = run([*arguments, "--lang", "en"])
    if code:
        raise CommandError(f"quanheng {' '.join(arguments)}\n{said.getvalue()}")


def lay_examples(language: Language, folder: Path, books: Sequence[str]) -> None:
    """Write the page that shows the examples."""
    parts = [f"# {_TITLE.in_language(language)}", _WORDS.in_language(language)]
    for name in books:
        told = BOOKS[name].in_language(language)
        address = f"../examples/{name}.html"
        parts += [
            f"## {told}",
            f'<p><a href="{address}">{told}: {_ALONE.in_language(language)}</a></p>',
            f'<iframe class="example" src="{address}" title="{told}" loading="lazy"></iframe>',
        ]
    (folder / "examples.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
