"""Draw the pictures of the README as SVG: what a command shows on a terminal, and the lights it draws.

Run it by hand as `python -m tools.draw_pictures` when the output of a command has changed.
"""

from __future__ import annotations

import io
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from quanheng.cli.main import run

if TYPE_CHECKING:
    from rich.text import Text

_PICTURES: Final = Path(__file__).resolve().parent.parent / "docs" / "pictures"
_COLUMNS: Final = 96
_CELL: Final = 8.4
_LINE: Final = 19
_MARGIN: Final = 14
_BLANK: Final = "\u00a0"
"""A blank that SVG does not draw together with its neighbours."""
_FRAME: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" font-size="14"
  font-family="DejaVu Sans Mono, Menlo, Consolas, Noto Sans Mono CJK SC, Noto Sans CJK SC, monospace">
<rect width="100%" height="100%" rx="8" fill="#1f2933"/>
<g fill="#e4e7eb">
{texts}
</g>
</svg>
"""


class _Terminal(io.StringIO):
    """A text that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def main() -> int:
    """Draw every picture."""
    os.environ |= {"COLUMNS": str(_COLUMNS), "TERM": "xterm-256color"}
    _PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        _draw("ranking.svg", "hdi-2022", "en", ("score", "hdi-2022"), 16)
        _draw("ranking.zh.svg", "district-2023", "zh", ("score", "district-2023"), 18)
        _draw("explain.svg", "hdi-2022", "en", ("explain", "hdi-2022", "DNK", "health"), 24)
        _draw(
            "explain.zh.svg", "district-2023", "zh", ("explain", "district-2023", "准绳镇", "gdp_level"), 24
        )
        _draw_lights("lights.svg", "en")
        _draw_lights("lights.zh.svg", "zh")
        _draw_places("places.svg", "en")
        _draw_places("places.zh.svg", "zh")
        _draw_bulletin("bulletin")
        _draw_waterfall("waterfall.svg", "en")
        _draw_waterfall("waterfall.zh.svg", "zh")
    return 0


def _draw_lights(name: str, language: str) -> None:
    """Draw what the program draws itself."""
    words = ["progress", "district-2023", "--at", "2023-06", "--json", "--lang", language]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        run([*words, "--svg", name])
    (_PICTURES / name).write_text(Path(name).read_text(encoding="utf-8"), encoding="utf-8")


def _draw_places(name: str, language: str) -> None:
    """Draw the intervals of a study of robustness."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        if not Path("index-51").exists():
            run(["new", "index-51", "--example", "index-51", "--json"])
        run(["study", "robustness", "index-51", "--svg", language, "--lang", language, "--json"])
    picture = (Path(language) / "places.svg").read_text(encoding="utf-8")
    (_PICTURES / name).write_text(picture, encoding="utf-8")


def _draw_bulletin(name: str) -> None:
    """Draw the first page of a bulletin."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        run(["score", "district-2023", "--no-workbook", "--json"])
        run(["report", "district-2023", "--out", "papers", "--lang", "zh", "--json"])
    how = ("-r", "72", "-l", "1", "-singlefile", "-png", "papers/bulletin.pdf", str(_PICTURES / name))
    subprocess.run(["pdftoppm", *how], check=True)  # noqa: S607  of poppler


def _draw_waterfall(name: str, language: str) -> None:
    """Draw how a town comes to its score."""
    words = ("--chart", "waterfall", "--unit", "T04", "--audience", "internal", "--out", f"charts-{language}")
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        run(["score", "district-2023", "--no-workbook", "--json"])
        run(["report", "district-2023", "--document", "chart", *words, "--lang", language, "--json"])
    (picture,) = Path(f"charts-{language}").glob("*.svg")
    (_PICTURES / name).write_text(picture.read_text(encoding="utf-8"), encoding="utf-8")


def _draw(name: str, example: str, language: str, command: Sequence[str], most_lines: int) -> None:
    from rich.text import Text

    with redirect_stdout(_Terminal()) as screen, redirect_stderr(io.StringIO()):
        if not Path(example).exists():
            run(["new", example, "--example", example, "--json"])
        screen.truncate(0)
        screen.seek(0)
        run([*command, "--lang", language])
    shown = screen.getvalue().splitlines()[:most_lines]
    lines = [Text.from_ansi(line) for line in (f"$ quanheng {' '.join(command)}", "", *shown)]
    texts = "\n".join(text for number, line in enumerate(lines, start=1) for text in _texts(line, number))
    width, height = 2 * _MARGIN + _COLUMNS * _CELL, 2 * _MARGIN + len(lines) * _LINE
    (_PICTURES / name).write_text(_FRAME.format(width=width, height=height, texts=texts), encoding="utf-8")


def _texts(line: Text, number: int) -> Iterator[str]:
    """Yield an SVG text for each run of letters that look alike and are of one width."""
    from rich.cells import cell_len

    bold = {at for span in line.spans if "bold" in str(span.style) for at in range(span.start, span.end)}
    column = 0
    looks = ((letter, cell_len(letter), at in bold) for at, letter in enumerate(line.plain))
    for (width, is_bold), run_of in itertools.groupby(looks, key=lambda look: look[1:]):
        letters = "".join(letter for letter, _, _ in run_of)
        cells = width * len(letters)
        if letters.strip():
            x, y = _MARGIN + column * _CELL, _MARGIN + number * _LINE - 5
            weight = ' font-weight="bold"' if is_bold else ""
            yield (
                f'<text x="{x:.1f}" y="{y}" textLength="{cells * _CELL:.1f}"'
                f' lengthAdjust="spacingAndGlyphs"{weight}>{escape(letters.replace(" ", _BLANK))}</text>'
            )
        column += cells


if __name__ == "__main__":
    sys.exit(main())
