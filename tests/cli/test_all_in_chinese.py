"""Whoever reads Chinese sees no English word: in the help, in refusals, in the answer of every command."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from tests.cli.chinese_book import lay_chinese_book
from tests.cli.commands import answer_to

from quanheng.cli.commands import GROUPS, paths

_WORD: Final = re.compile(r"[A-Za-z][A-Za-z_]+")
_TYPED: Final = re.compile(
    r"--[a-z-]+(?: zh\|en)?"  # an option as it is typed
    r"|quanheng(?: [a-z]+)*"  # a command as it is typed
    r"|[\w./-]*\.[a-z]{2,8}\b"  # a file or its ending
    r"|\w+-(?:results|history)\S*|\S+/(?:results|documents)"  # a folder that the program makes
    r"|（[a-z][\x20-\x7e]*(?:列名)?）"  # what is typed, behind the word for it
    r"|（[^（）]*(?:<|>|=)[^（）]*）"  # a formula behind its words
    r"|“[^”]*”|'[^']*'"  # what the person wrote
    r"|\bQH\d{3}\b|\b\d{4}-(?:Q|H)\d\b|\d{4}-Q\d=\S+"
    r"|^  [a-z]+(?=  )"  # the list of commands
    r"|\b[0-9a-f]{16}\b"  # a seal
    r"|\b(?:district-2023|hdi-2022|enterprises|index-51|wuxi-gdp|county-classes)\b"  # the example books
    r"|可选：[a-z_、\s]+|默认：[a-z0-9-]+",
    re.MULTILINE,
)
_NAMES: Final = frozenset(
    {"JSON", "Schema", "CSV", "csv", "Excel", "Word", "YAML", "Copeland", "Ed", "PEM"}
    | {"CRITIC", "PROMETHEE", "TOPSIS", "VIKOR", "QUANHENG_FONTS"}
)


def english_in(text: str) -> set[str]:
    return set(_WORD.findall(_TYPED.sub("", text))) - _NAMES


def chinese(*tokens: str) -> str:
    answer = answer_to("--lang", "zh", *tokens)
    return answer.out + answer.err


@pytest.mark.parametrize(
    "tokens",
    [("--help",), *((group, "--help") for group in GROUPS), *((*path, "--help") for path in paths())],
    ids=" ".join,
)
def test_help(tokens: tuple[str, ...]) -> None:
    text = chinese(*tokens)

    assert english_in(text) == set()
    assert "…" not in text


@pytest.mark.parametrize(
    "tokens",
    [
        "nothing",
        "score",
        "score a b c",
        "score a --rund 2023",
        "score a --round",
        "score a --round 2023 --round 2024",
        "score a --engine abacus",
        "score a --as-of yesterday",
        "score a --workbook=maybe",
        "targets",
        "targets cut",
        "targets list a",
        "targets split a --decimals many",
        "ledgers import a",
        "rules 不存在",
        "new here --example 不存在",
        "schema /没有这个文件夹/schema.json",
        "convert a b",
        "score 没有这本",
        "verify 没有这个结果",
        "progress 没有这本",
        "--lang",
    ],
)
def test_wrong_usage_and_refusals(tokens: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    answer = answer_to(*tokens.split()) if tokens == "--lang" else answer_to("--lang", "zh", *tokens.split())

    assert answer.code in (1, 2) or tokens == "targets"
    assert english_in(answer.out + answer.err) == set()


_ON_A_BOOK: Final = """\
check {book}
score {book}
score {book} --round 2023-Q2 --no-workbook
explain {book} 甲
explain {book} 丁 产出
explain {book} 没有
publish {book} --round 2023-Q2 --by 张三 --on 2023-07-20
publish {book} --round 2023-Q2 --by 张三 --on 2023-07-20
publish {book} --round 2023-Q3
moves {book} --round 2023-Q3
moves {book} --round 2023-Q3 --unit 甲
moves {book} --round 2023-Q3 --before 2022
progress {book} --at 2023-06
progress {book} --at 2023-06 --alerts
progress {book} --at 2023-06 --forecast --backtest
progress {book} --at 2023-06 --unit 甲
progress {book} --at 2023-06 --unit 没有
progress {book}
targets list {book} --unit 甲
targets split {book} --every quarter
targets split {book}
targets split {book} --every quarter --curve 歪
ledgers list {book}
ledgers list {book} 诉求 --on 2023-03-25
ledgers list {book} --overdue --on 2023-01-06
ledgers list {book} --overdue --open
ledgers import {book} 诉求 arrivals.csv --on 2023-04-20 --dry-run
ledgers import {book} 诉求 arrivals.csv --on 2023-04-20
ledgers import {book} 诉求 arrivals.csv --on 2023-04-20
ledgers import {book} 没有 arrivals.csv
records {book} 甲 办理
records {book} 甲 产出
records {book} 甲 没有
campaign {book} 攻坚 --on 2023-07-01
campaign {book} 没有
headline {book}
headline {book} --unit 甲
headline {book} --within 没有
unusual {book} --at 2023-Q2 --false-alarms
unusual {book} --at 某年
convert {book} {other}
convert {book} {other}
"""


@pytest.mark.parametrize("form", ["考核册", "考核册.xlsx"])
def test_every_command_on_a_book(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lay_chinese_book(tmp_path / "考核册")
    if form.endswith(".xlsx"):
        chinese("convert", "考核册", form)
    other = "新考核册" if form.endswith(".xlsx") else "新考核册.xlsx"

    told = {
        command: chinese(*command.format(book=form, other=other).split())
        for command in _ON_A_BOOK.splitlines()
    }
    told["verify"] = chinese(
        "verify", "考核册/history/2023-Q2" if other.endswith("x") else "考核册-history/2023-Q2"
    )

    assert {command: words for command, text in told.items() if (words := english_in(text))} == {}
    assert all(text for text in told.values())
    assert not [command for command, text in told.items() if "意外错误" in text]


def test_a_book_that_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    told = [chinese(command, "新.xlsx") for command in ("new", "check", "score")]

    assert [english_in(text) - {"A", "B", "C"} for text in told] == [set(), set(), set()]
