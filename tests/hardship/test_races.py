"""Two commands that write the same at once: one waits or is refused, and nothing is lost."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Final

import pytest
from tests.hardship.running import Ran, Server, is_left
from tests.usecase.ledger_books import write

from quanheng.data.writing import locks
from quanheng.data.writing.locks import LOCK, LockedError, holding
from quanheng.data.writing.owners import this_process
from quanheng.data.writing.writing import Writing
from quanheng.findings.errors import DataError
from quanheng.findings.text import Text
from quanheng.usecase.books.new import new_book

RACES: Final = int(os.environ.get("QUANHENG_RACES", "2"))


def both(one: Server, other: Server, folder: Path, *commands: tuple[str, ...]) -> list[Ran]:
    for server, tokens in zip((one, other), commands, strict=True):
        server.ask({"folder": str(folder), "tokens": ["--lang", "en", *tokens]})
    return [one.answer(), other.answer()]


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))


@pytest.mark.parametrize("number", range(RACES))
def test_two_imports_are_both_in_the_ledger_and_its_log(
    number: int, server: Server, other_server: Server, tmp_path: Path
) -> None:
    book = write(tmp_path)
    keys = ("101", "102")
    tokens = []
    for key in keys:
        text = f"ticket,handled_by,officer,received_on,state\n{key},T1,{number},2023-02-05,受理\n"
        (tmp_path / f"{key}.csv").write_text(text, encoding="utf-8")
        tokens.append(("ledgers", "import", "book", "requests", f"{key}.csv", "--on", "2023-03-01"))

    ran = both(server, other_server, tmp_path, *tokens)

    done = {key for key, each in zip(keys, ran, strict=True) if each.code == 0}
    assert done
    assert all(each.code == 0 or "writes there since" in each.err for each in ran), [each.err for each in ran]
    assert {row["ticket"] for row in rows_of(book / "ledgers/requests.csv")} == {"001", "002", "003", *done}
    assert {row["key"] for row in rows_of(book / "ledgers/requests.log.csv")} == done


@pytest.mark.parametrize("number", range(RACES))
def test_two_splits_are_both_in_the_table(
    number: int, server: Server, other_server: Server, tmp_path: Path
) -> None:
    book = f"book-{number}"
    new_book(tmp_path / book, language="en")
    out = tmp_path / book / "targets.csv"
    units = sorted({row["unit"] for row in rows_of(out)})[:2]
    tokens = [
        ("targets", "split", book, "--every", "quarter", "--unit", unit, "--out", str(out)) for unit in units
    ]

    ran = both(server, other_server, tmp_path, *tokens)

    done = {unit for unit, each in zip(units, ran, strict=True) if each.code == 0}
    assert done, [each.err for each in ran]
    assert {row["unit"] for row in rows_of(out) if "Q" in row["period"]} == done


def test_two_results_in_one_folder_leave_one_whole(
    server: Server, other_server: Server, tmp_path: Path
) -> None:
    write(tmp_path)
    tokens = ("score", "book", "--no-workbook")

    first = both(server, other_server, tmp_path, tokens, tokens)
    again = both(server, other_server, tmp_path, tokens, tokens)

    assert [each.code for each in (*first, *again)] == [0, 0, 0, 0], [each.err for each in (*first, *again)]
    assert server.run(tmp_path, "verify", "book/results/2023").code == 0
    assert not any(is_left(path.name) for path in tmp_path.rglob("*"))


def test_the_second_writer_is_told_who_writes_and_since_when(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_TRIES", 2)
    book = write(tmp_path)

    with (
        holding(book, Writing(command="quanheng publish")),
        pytest.raises(LockedError, match=r"'quanheng publish' writes there since 20.* \(process \d+\)"),
        holding(book / "ledgers/requests.csv", Writing()),
    ):
        pass

    assert not (book / LOCK).exists()


def test_a_lock_of_a_process_that_has_ended_is_taken_away_and_told(tmp_path: Path, server: Server) -> None:
    book = write(tmp_path)
    me = this_process()
    said = {"quanheng": "lock", "command": "quanheng score", "pid": 2**22 - 3, "started": "x"}
    (book / LOCK).write_text(json.dumps({**said, "host": me.host, "among": me.among}), encoding="utf-8")

    ran = server.run(tmp_path, "schema", "book/schema.json")

    assert ran.code == 0
    assert ran.err == "took away the lock of 'quanheng score', which is not running any more\n"


def test_a_lock_of_another_computer_is_told_with_how_to_remove_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_TRIES", 2)
    book = write(tmp_path)
    said = {"quanheng": "lock", "command": "quanheng score", "host": "desk-7", "among": "", "pid": 5}
    (book / LOCK).write_text(json.dumps({**said, "started": "x"}), encoding="utf-8")

    with pytest.raises(LockedError) as raised, holding(book, Writing()):
        pass

    assert "on the computer desk-7 (process 5)" in raised.value.text("en")
    assert f"remove {book / LOCK}" in raised.value.text("en")
    assert f"请删除 {book / LOCK}" in raised.value.text("zh")


def test_a_lock_that_says_nothing_is_of_a_process_that_broke_down_at_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_TRIES", 2)
    book = write(tmp_path)
    (book / LOCK).write_text("", encoding="utf-8")
    told: list[Text] = []

    with holding(book, Writing(tell=told.append)):
        assert len(told) == 1

    assert not (book / LOCK).exists()


def test_nothing_is_written_once_the_lock_was_taken_away(tmp_path: Path) -> None:
    book = write(tmp_path)

    with holding(book, Writing()) as lock:
        (book / LOCK).unlink()
        with pytest.raises(DataError, match="was taken away meanwhile"):
            lock.require_held()
