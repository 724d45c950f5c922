"""Laws of imports: what comes in is what is read afterwards, twice is once, and rubbish leaves no trace."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.usecase.ledger_books import write

from quanheng.data.load import load
from quanheng.findings.errors import QuanhengError
from quanheng.usecase.ledgers.import_ import import_records

SCHEME = """\
quanheng: 1
id: notes
title: notes
round: 2023
items: {x: {count: notes}}
indicators: {x: {measure: x, weight: 100, rule: percentile, gaps: {missing: redistribute}}}
ledgers: {notes: {key: no, fields: {text: text, size: number, day: date}}}
"""
DAY = dt.date(2023, 6, 30)
TEXTS = st.text(
    st.sampled_from(["a", "B", "7", "0", " ", ",", ";", '"', "'", "\n", "镇", "，", "x", ".", "\t"]),
    max_size=8,
).map(str.strip)
WORDS = TEXTS.filter(lambda text: text not in {"-", "--"})
NUMBERS = st.one_of(
    st.just(""),
    st.integers(-(10**9), 10**9).map(str),
    st.floats(-1e6, 1e6).map(lambda size: repr(round(size, 6))),
)
DAYS = st.one_of(st.just(""), st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)).map(str))
ROWS = st.lists(
    st.tuples(
        st.integers(1, 6).map(lambda n: f"k{n}"), st.sampled_from(["T1", "乙镇"]), WORDS, NUMBERS, DAYS
    ),
    max_size=6,
    unique_by=lambda row: row[0],
)
COLUMNS = ("no", "unit", "text", "size", "day")


def table(rows: list[tuple[str, ...]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([COLUMNS, *rows])
    return written.getvalue()


def book(root: Path, rows: list[tuple[str, ...]]) -> Path:
    return write(
        root, {"scheme.yaml": SCHEME, "ledgers/requests.csv": None, "ledgers/notes.csv": table(rows)}
    )


def records(path: Path) -> dict[str, tuple[object, ...]]:
    ledger = load(path).ledgers["notes"]
    return {row["no"]: (row["unit"], row["text"], row["size"], row["day"]) for row in ledger.rows(named=True)}


def meant(row: tuple[str, ...]) -> tuple[object, ...]:
    _, unit, text, size, day = row
    return (
        {"乙镇": "T2"}.get(unit, unit),
        text or None,
        float(size) if size else None,
        dt.date.fromisoformat(day) if day else None,
    )


@settings(max_examples=40)
@given(there=ROWS, arriving=ROWS)
def test_what_arrives_is_read_afterwards_and_what_does_not_stays(
    there: list[tuple[str, ...]], arriving: list[tuple[str, ...]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        path = book(root, there)
        (root / "new.csv").write_text(table(arriving), encoding="utf-8")

        done = import_records(path, "notes", root / "new.csv", on=DAY)

        expected = {row[0]: meant(row) for row in there}
        for row in arriving:
            before = expected.get(row[0], (None, None, None, None))
            expected[row[0]] = tuple(
                old if new is None else new for old, new in zip(before, meant(row), strict=True)
            )
        assert records(path) == expected
        assert done.new == len({row[0] for row in arriving} - {row[0] for row in there})
        assert done.new + done.changed + done.unchanged == len(arriving)

        again = import_records(path, "notes", root / "new.csv", on=DAY)

        assert (again.new, again.changed, again.written) == (0, 0, False)


@settings(max_examples=40)
@example(rubbish=b"no,text\n-")
@example(rubbish="no\n—".encode())
@given(
    rubbish=st.one_of(
        st.binary(max_size=200), st.text(max_size=80).map(lambda text: f"no,text\n{text}".encode())
    )
)
def test_rubbish_is_told_and_leaves_no_trace_unless_it_is_taken_in(rubbish: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        path = book(root, [("k1", "T1", "a", "1", "")])
        before = sorted(file.name for file in path.rglob("*"))
        (root / "new.csv").write_bytes(rubbish)

        refused: QuanhengError | None = None
        try:
            import_records(path, "notes", root / "new.csv", on=DAY)
        except QuanhengError as error:
            refused = error

        if refused is not None:
            assert refused.text("en")
            assert refused.text("zh")
            assert records(path) == {"k1": ("T1", "a", 1.0, None)}
            assert sorted(file.name for file in path.rglob("*")) == before
        else:
            assert "k1" in records(path)
