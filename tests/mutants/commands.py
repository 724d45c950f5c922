"""The commands, run on a mutant as people would: an answer or findings, and all of it written or nothing."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.mutants.chance import Chance

from quanheng.cli.main import run

COMMANDS: Final = (
    "check BOOK",
    "score BOOK",
    "score BOOK --round 2023-Q3 --no-workbook --out AWAY/result",
    "explain BOOK D1 output",
    "explain BOOK 高新园区",
    "progress BOOK --at 2023-Q3 --alerts",
    "progress BOOK --at 2023 --unit D3 --csv AWAY/progress.csv",
    "progress BOOK --at 2023-Q2 --forecast",
    "progress BOOK --backtest",
    "targets list BOOK --unit D2",
    "targets split BOOK --indicator output --every quarter",
    "targets split BOOK --every quarter --curve seasonal --out BOOK/targets.csv",
    "targets split BOOK --every month --out BOOK/data/quarters.csv",
    "records BOOK D1 requests",
    "campaign BOOK drive --on 2023-10-15",
    "headline BOOK --item gdp --unit D1 --svg AWAY/headline.svg",
    "headline BOOK/data/quarters.csv",
    "unusual BOOK --at 2023-Q4 --csv AWAY/unusual.csv",
    "unusual BOOK --at 2023-Q4 --false-alarms",
    "moves BOOK --round 2023-Q4 --before 2023-Q3 --csv AWAY/moves.csv",
    "moves BOOK --before 2022 --unit D2",
    "ledgers list BOOK requests --on 2023-05-20",
    "ledgers import BOOK requests AWAY/arrived.csv --on 2024-01-05",
    "convert BOOK AWAY/other",
    "publish BOOK --by 张三 --on 2024-01-05",
    "schema AWAY/schema.json",
)
CHAINS: Final = (
    ("score BOOK", "verify BOOK/results/2023"),
    ("score BOOK", "publish BOOK --by 张三 --on 2024-01-05", "verify BOOK/history/2023", "check BOOK"),
    ("targets split BOOK --every quarter --out BOOK/targets.csv", "check BOOK"),
    ("ledgers import BOOK requests AWAY/arrived.csv --on 2024-01-05", "check BOOK"),
)
"""Commands of which the last ones must go well on a sound book where the first did."""
_FAULTS: Final = ("fault of the program", "程序缺陷", "Traceback")
_USAGE: Final = 2


def lines_of(chance: Chance) -> Sequence[str]:
    """Return the commands of one mutant: one, or a chain of them."""
    return chance.one(CHAINS) if chance.holds(0.25) else (chance.one(COMMANDS),)


def faults_of(lines: Sequence[str], book: Path, away: Path, chance: Chance, *, sound: bool) -> list[str]:
    """Return what is wrong with what the commands give, a line each; `sound` if the book has no errors."""
    wrong = []
    for number, line in enumerate(lines):
        before = _files(book, away)
        code, out, err = _answer(line, book, away, chance)
        last = (err or out).strip().splitlines()[-1:]
        wrong += [f"{line}: {last}" for words in _FAULTS if words in out + err]
        if code and _files(book, away) != before:
            wrong.append(f"{line}: failed, and wrote {sorted(_files(book, away).keys() ^ before.keys())}")
        if _partial(book, away):
            wrong.append(f"{line}: left {_partial(book, away)} behind")
        if code and number and sound:
            wrong.append(f"{line}: failed after {lines[:number]}: {last}")
        if code:
            break
    return wrong


def _answer(line: str, book: Path, away: Path, chance: Chance) -> tuple[int, str, str]:
    as_json = chance.holds(0.2)
    tokens = [
        *("--lang", chance.one(("zh", "en"))),
        *(["--json"] if as_json else []),
        *[_path(word, book, away) for word in line.split()],
    ]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(tokens)
    if as_json and code != _USAGE:
        json.loads(out.getvalue(), parse_constant=_refuse)
    return code, out.getvalue(), err.getvalue()


def _path(word: str, book: Path, away: Path) -> str:
    if book.is_file():
        inside = {
            "BOOK/targets.csv": str(book),
            "BOOK/results/2023": str(book.with_name("book-results") / "2023"),
            "BOOK/history/2023": str(book.with_name("book-history") / "2023"),
            "AWAY/other": str(away / "other"),
        }
        return inside.get(word, word.replace("BOOK", str(book)).replace("AWAY", str(away)))
    word = "AWAY/other.xlsx" if word == "AWAY/other" else word
    return word.replace("BOOK", str(book)).replace("AWAY", str(away))


def _files(*places: Path) -> Mapping[str, bytes]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).digest()
        for place in {place if place.is_dir() else place.parent for place in places}
        for path in place.rglob("*")
        if path.is_file()
    }


def _partial(*places: Path) -> list[str]:
    return [
        name for name in map(os.path.basename, _files(*places)) if ".partial" in name or name.endswith(".tmp")
    ]


def _refuse(name: str) -> None:
    raise ValueError(f"{name} in JSON")
