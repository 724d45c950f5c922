"""What bad input gets: findings with a code and a place, never another error, and nothing half-read."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.books import FILES, PARTS, findings_of, lines, sheet_of, told, workbook, write_book
from tests.data.breaks import BREAKS, Changes, repacked
from tests.data.strategies import WORDS, SmallBook, books

from quanheng.data.load import load
from quanheng.findings.finding import FindingsError, has_errors

HIDING = {"no scheme", "no units", "an unknown function"}
"""Breaks after which the data cannot be read against anything, so that other breaks stay unseen."""
WHOLE_BOOK = {"QH413", "QH414"}
"""Findings of what is not there, which another break may well supply."""
PIECES = (*WORDS, "unit", "T1", "gdp", "2023", "/", "*", '"', ",", "\n", "\r", "\x00", "\ufeff", "单位", "0")


def test_the_small_book_is_sound(tmp_path: Path) -> None:
    assert findings_of(write_book(tmp_path)) == ()


@pytest.mark.parametrize("name", BREAKS)
def test_a_break_gives_its_finding(name: str, tmp_path: Path) -> None:
    changed, code = BREAKS[name]

    with pytest.raises(FindingsError) as raised:
        load(write_book(tmp_path, changed))

    found = lines(raised.value.findings)
    assert any(line.startswith(code) for line in found), found


@settings(max_examples=30)
@given(names=st.sets(st.sampled_from(sorted(BREAKS.keys() - HIDING)), min_size=2, max_size=5))
def test_breaks_of_different_files_are_told_together(names: set[str]) -> None:
    chosen: dict[str, str | bytes | None] = {}
    codes: set[str] = set()
    for name in sorted(names):
        changed, code = BREAKS[name]
        if chosen.keys().isdisjoint(changed):
            chosen.update(changed)
            codes.add(code)

    with tempfile.TemporaryDirectory() as folder:
        found = told(write_book(Path(folder), chosen))

    unseen = {code for code in codes if not any(line.startswith(code) for line in found)}
    assert unseen <= WHOLE_BOOK


@settings(max_examples=40)
@given(book=books())
def test_a_generated_book_is_read_as_it_was_written(book: SmallBook) -> None:
    with tempfile.TemporaryDirectory() as folder:
        loaded = load(write_book(Path(folder), _only(book.files)))

    rows = loaded.observations.select("item", "unit", "period", "value", "state").rows()
    assert {(item, unit, period): value for item, unit, period, value, _ in rows} == book.figures
    assert all((value is None) == (state == "missing") for *_, value, state in rows)
    assert not has_errors(loaded.findings)


@settings(max_examples=40)
@given(book=books(), data=st.data())
def test_a_spoilt_cell_of_a_generated_book_is_told_at_its_place(book: SmallBook, data: st.DataObject) -> None:
    table = [line.split(",") for line in book.files["data/figures.csv"].splitlines()]
    row = data.draw(st.integers(1, len(table) - 1))
    column = 3 if table[0][0] == "item" else data.draw(st.integers(2, len(table[0]) - 1))
    table[row][column] = data.draw(st.sampled_from(["many", "nan", "1e999", "#DIV/0!", "3 5"]))
    code = {"1e999": "QH337", "nan": "QH371"}.get(table[row][column], "QH327")
    spoilt = "\n".join(",".join(cells) for cells in table)

    with tempfile.TemporaryDirectory() as folder:
        found = told(write_book(Path(folder), _only({**book.files, "data/figures.csv": spoilt})))

    assert f"{code} data/figures.csv!{row + 1}:{table[0][column]}" in found


@settings(max_examples=50)
@given(name=st.sampled_from(PARTS), data=st.data())
def test_any_mutation_of_a_file_gives_findings_or_a_book(name: str, data: st.DataObject) -> None:
    text = FILES[name]
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + data.draw(st.sampled_from(PIECES) | st.text(max_size=4)) + text[end:]

    with tempfile.TemporaryDirectory() as folder:
        lines(findings_of(write_book(Path(folder), {name: text.encode(errors="replace")})))


@settings(max_examples=30)
@given(content=st.binary(max_size=200), ending=st.sampled_from(["csv", "xlsx", "parquet"]))
def test_any_bytes_give_findings(content: bytes, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = told(write_book(Path(folder), {f"data/any.{ending}": content}))

    assert any("data/any" in line for line in found)


@settings(max_examples=30)
@given(data=st.data())
def test_a_damaged_workbook_gives_findings_or_a_book(data: st.DataObject) -> None:
    whole = workbook({"数据": sheet_of(FILES["data/gdp.csv"])})
    names = zipfile.ZipFile(io.BytesIO(whole)).namelist()
    name = data.draw(st.sampled_from(names))
    part = zipfile.ZipFile(io.BytesIO(whole)).read(name)
    start = data.draw(st.integers(0, len(part)))
    piece = data.draw(
        st.binary(max_size=6) | st.sampled_from([b"<", b">", b'"', b"999999999999", b"-1", b"XFE9"])
    )
    damaged = repacked(whole, {name: part[:start] + piece + part[start + len(piece) :]})

    with tempfile.TemporaryDirectory() as folder:
        changes: Changes = {"data/gdp.csv": None, "data/gdp.xlsx": damaged}
        lines(findings_of(write_book(Path(folder), changes)))


def _only(files: dict[str, str]) -> dict[str, str | bytes | None]:
    """Return `files` as changes of the small book that leave nothing else of it."""
    return {**dict.fromkeys(FILES), **files}
