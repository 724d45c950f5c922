"""The example notebooks run, and each cell shows what the command of the same name prints."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, Final

import nbformat
import pytest
from nbclient import NotebookClient

from quanheng.cli.main import run

_NOTEBOOKS: Final = Path(__file__).resolve().parents[2] / "docs" / "notebooks"
_RUN: Final = {"district-2023": "zh", "hdi-2022": "en"}
"""Each notebook is run in one language; the code of both is the same."""
_LOCALES: Final = {"en": "C.UTF-8", "zh": "zh_CN.UTF-8"}
_COMMANDS: Final = {
    "progress.only(": ("progress", "--at", "2023-06", "--unit=T01", "--unit=T02", "--unit=T07", "--unit=T10"),
    "qh.unusual(": ("unusual", "--at", "2023"),
    "result = qh.score(": ("score", "--no-workbook"),
    'result.explain("DNK"': ("explain", "DNK"),
    'result.explain("准绳镇"': ("explain", "准绳镇", "economy"),
    "study = qh.whatif(": ("whatif", "--set", "life_expectancy@Yemen=70", "--unit", "Yemen"),
}
"""Cells by what is in them, and the command that tells the same."""
_FEWEST: Final = 4


def _read(name: str, language: str) -> Any:  # noqa: ANN401  a notebook has no published type
    path = _NOTEBOOKS / (f"{name}.ipynb" if language == "en" else f"{name}.zh.ipynb")
    return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types


@cache
def _ran(name: str) -> Any:  # noqa: ANN401  the same
    notebook = _read(name, _RUN[name])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", _LOCALES[_RUN[name]])
        NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    return notebook


def _shown(name: str) -> dict[str, dict[str, str]]:
    """Return what each cell that ends in a value shows, by its source."""
    return {
        cell["source"]: output["data"]
        for cell in _ran(name)["cells"]
        if cell["cell_type"] == "code"
        for output in cell["outputs"]
        if output["output_type"] == "execute_result"
    }


def _printed(*arguments: str) -> set[str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        run(list(arguments))
    return _lines(out.getvalue()) | _lines(err.getvalue())


def _lines(text: str) -> set[str]:
    return {" ".join(line.split()) for line in text.splitlines() if line.strip()}


@pytest.mark.parametrize("name", _RUN)
def test_every_value_shows_itself_as_html_and_as_text(name: str) -> None:
    shown = _shown(name)

    assert len(shown) >= 6
    for source, data in shown.items():
        assert {"text/html", "text/plain"} <= set(data), source
        assert "<script" not in data["text/html"]
        if "to_native" not in source:
            language = "zh-CN" if _RUN[name] == "zh" else "en"
            assert f'<div lang="{language}"' in data["text/html"]
            assert not data["text/plain"].startswith("<")


@pytest.mark.parametrize("name", _RUN)
def test_results_and_studies_have_their_charts(name: str) -> None:
    found = 0
    for source, data in _shown(name).items():
        drawn = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]+)" alt="([^"]+)"', data["text/html"])
        if any(part in source for part in ("score(", "explain(", "study = ", "moved = ", "progress.only(")):
            assert drawn, source
            found += 1
        assert all(b64decode(picture).startswith(b"<svg") for picture, _ in drawn)
    assert found >= 3


@pytest.mark.parametrize("name", _RUN)
def test_figures_are_those_of_the_command(name: str, tmp_path: Path) -> None:
    compared = 0
    for source, data in _shown(name).items():
        for part, (command, *options) in _COMMANDS.items():
            if part not in source:
                continue
            out = ["--out", str(tmp_path / "out")] if command == "score" else []
            told = _printed(command, f"books/{name}", *options, *out, "--lang", _RUN[name])
            lines = _lines(data["text/plain"])
            sentences = {unescape(alt) for alt in re.findall(r'alt="([^"]+)"', data["text/html"])}
            own = {line for line in lines - told - sentences if not line.startswith("…")}
            # the titles of a study, and of the table of what is behind
            assert len(own) <= 1, own
            assert len(lines & told) >= _FEWEST
            for cell in re.findall(r"<td[^>]*>([^<]*)</td>", data["text/html"]):
                assert any(" ".join(unescape(cell).split()) in line for line in told), cell
            compared += 1
    assert compared >= 3


@pytest.mark.parametrize("name", _RUN)
def test_both_languages_run_the_same_code_and_no_output_is_kept(name: str) -> None:
    def code(language: str) -> list[str]:
        cells = _read(name, language)["cells"]
        assert all(not cell.get("outputs") for cell in cells)
        return [cell["source"] for cell in cells if cell["cell_type"] == "code"]

    assert code("en") == code("zh")
