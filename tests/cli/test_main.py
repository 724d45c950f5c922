from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.cli.commands import answer_to

from quanheng.cli.commands import COMMANDS, ROOMS, paths
from quanheng.examples import path_of_example
from quanheng.findings.text import Text
from quanheng.version import VERSION

HEAVY = (
    "duckdb",
    "narwhals",
    "numpy",
    "pandas",
    "polars",
    "pydantic",
    "pyspark",
    "ruamel",
    "scipy",
    "xlsxwriter",
)


@pytest.mark.parametrize("path", paths(), ids=" ".join)
@pytest.mark.parametrize(("language", "word"), [("en", "Usage"), ("zh", "用法")])
def test_every_command_has_a_help_page_in_both_languages(
    path: tuple[str, ...], language: str, word: str
) -> None:
    answer = answer_to(*path, "--help", "--lang", language)

    assert answer.code == 0
    assert answer.err == ""
    assert answer.out.startswith(f"{word}: quanheng {' '.join(path)}")
    assert "\x1f" not in answer.out


def test_help_lists_every_command_in_the_order_of_work() -> None:
    lines = answer_to("--help", "--lang", "en").out.splitlines()

    listed = [line.split()[0] for line in lines if line.startswith("  ") and not line.startswith("  --")]
    assert listed == list(COMMANDS)


def test_no_command_shows_the_help() -> None:
    assert answer_to("--lang", "en").out == answer_to("--help", "--lang", "en").out


def test_version_is_printed() -> None:
    assert answer_to("--version").out == f"{VERSION}\n"


@pytest.mark.parametrize(
    ("tokens", "absent"),
    [
        (["--help"], ("cyclopts", *HEAVY)),
        ([], ("cyclopts", *HEAVY)),
        (["score", "--help"], HEAVY),
        (["targets", "--help"], HEAVY),
    ],
    ids=" ".join,
)
def test_help_imports_nothing_heavy(tokens: list[str], absent: tuple[str, ...]) -> None:
    assert _imported_by(f"from quanheng.cli.main import run; run({tokens})", absent) == "[]\n"


UNTIL_RANKING = """
import io, os, sys
from quanheng.cli.main import run

class Until(io.StringIO):
    def write(self, text):
        if "CHE" in text:
            print(*sorted(sys.modules), file=sys.stderr, flush=True)
            os._exit(0)
        return len(text)

sys.stdout = Until()
run(["score", sys.argv[1], "--lang", "en"])
"""
MOST_OF_OURS = 392
"""Modules of ours that are loaded until the ranking of the HDI book is printed. Each costs a quarter of a
millisecond, each dataclass in it another half: who adds some lets others wait until they are needed."""


def test_ranking_imports_nothing_that_only_some_books_or_the_writing_need(tmp_path: Path) -> None:
    book = shutil.copytree(path_of_example("hdi-2022"), tmp_path / "hdi")
    absent = (
        "duckdb",
        "numpy",
        "pandas",
        "pyarrow",
        "pyspark",
        "quanheng.cli.usage",
        "quanheng.data.figures.readings",
        "quanheng.data.files.apart.process",
        "quanheng.data.files.marks",
        "quanheng.data.files.workbook",
        "quanheng.data.ledgers",
        "quanheng.data.writing.changing",
        "quanheng.documents.tables.result_folder",
        "quanheng.documents.workbook",
        "quanheng.engine.figures.looked_up.records",
        "quanheng.engine.figures.own_frame",
        "quanheng.engine.results.explanation",
        "quanheng.engine.results.reviews",
        "quanheng.engine.results.rounds",
        "quanheng.engine.results.trace",
        "quanheng.engine.stages.adjustments.nodes",
        "quanheng.engine.stages.treatment",
        "quanheng.insight",
        "quanheng.scheme.laws.node_caps",
        "quanheng.scheme.laws.readings",
        "quanheng.scheme.laws.reviews_counted",
        "rich",
        "scipy",
        "xlsxwriter",
    )

    done = subprocess.run(
        [sys.executable, "-c", UNTIL_RANKING, str(book)], capture_output=True, text=True, check=True
    )

    loaded = done.stderr.splitlines()[-1].split()
    assert "quanheng.engine.results.score" in loaded
    assert [name for name in absent if name in loaded] == []
    assert len([name for name in loaded if name.startswith("quanheng.")]) <= MOST_OF_OURS


def test_score_without_the_command_line_needs_no_documents(tmp_path: Path) -> None:
    book = shutil.copytree(path_of_example("hdi-2022"), tmp_path / "hdi")
    program = (
        "from pathlib import Path; from quanheng.usecase.results.assess import score_book;"
        f"score_book(Path({str(book)!r})).ranking"
    )

    assert (
        _imported_by(program, ("cyclopts", "quanheng.documents", "quanheng.data.writing.journal")) == "[]\n"
    )


def _imported_by(program: str, absent: Sequence[str]) -> str:
    """Return which of `absent` a process has imported after `program`."""
    ask = (
        f"import sys; {program}; print([name for name in {absent!r} if name in sys.modules], file=sys.stderr)"
    )
    return subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stderr


@pytest.mark.parametrize(
    ("tokens", "message"),
    [
        (("chek", "book"), "there is no command 'chek'; did you mean 'check'?"),
        (("check",), "BOOK is missing"),
        (("check", "a", "b"), "there is no place for 'b'"),
        (("score", "book", "--rond", "2023"), "there is no option '--rond'; did you mean '--round'?"),
        (("score", "book", "--engine", "spork"), "--engine cannot be 'spork'; one of: polars, spark"),
        (("score", "book", "--round"), "--round lacks its value"),
        (("rules", "scal"), "there is no rule or method 'scal'; did you mean 'scale'?"),
        (("new", "here", "--example", "hdi"), "there is no example book 'hdi'"),
    ],
)
def test_wrong_usage_is_one_line_and_code_2(
    tokens: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    answer = answer_to(*tokens, "--lang", "en")

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"quanheng: {message}")
    assert answer.err.count("\n") == 1


def test_wrong_usage_is_said_in_chinese_too() -> None:
    answer = answer_to("chek", "--lang", "zh")

    assert answer.err == "权衡：没有命令 'chek'；是否应为 'check'？\n"


def test_wrong_usage_is_json_where_a_program_reads() -> None:
    answer = answer_to("chek", "--json", "--lang", "en")

    assert json.loads(answer.out) == {"error": "there is no command 'chek'; did you mean 'check'?"}


@pytest.mark.parametrize(
    "tokens",
    [
        ("schema", "FILE/schema.json"),
        ("headline", "BOOK", "--item", "life_expectancy", "--csv", "FILE/headline.csv"),
        ("targets", "split", "BOOK", "--every", "quarter", "--out", "FILE/targets.csv"),
        ("score", "BOOK", "--out", "FILE/result"),
    ],
    ids=" ".join,
)
def test_a_place_below_a_file_is_wrong_usage_and_named(tokens: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "notes.xlsx"
    file.write_bytes(b"")
    book = str(path_of_example("hdi-2022"))
    words = [word.replace("BOOK", book).replace("FILE", str(file)) for word in tokens]

    answer = answer_to(*words, "--lang", "en")
    chinese = answer_to(*words, "--lang", "zh")

    assert (answer.code, chinese.code) == (2, 2)
    assert answer.err == f"quanheng: {words[-1]} cannot be written: {file} is a file, not a folder\n"
    assert chinese.err == f"权衡：无法写入 {words[-1]}：{file} 是文件，不是文件夹\n"


def test_a_place_without_a_folder_is_wrong_usage_and_named(tmp_path: Path) -> None:
    folder = tmp_path / "absent"

    answer = answer_to("schema", str(folder / "schema.json"), "--lang", "en")

    assert answer.code == 2
    assert answer.err == (
        f"quanheng: {folder / 'schema.json'} cannot be written: there is no folder {folder}\n"
    )


def test_unexpected_error_is_one_line_that_asks_for_a_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMMANDS, "absent", Text(en="a command whose module does not exist"))
    monkeypatch.setitem(ROOMS, "nowhere", ("absent",))

    answer = answer_to("absent", "--lang", "en")

    assert answer.code == 1
    assert answer.err.startswith("quanheng: unexpected ImportError")
    assert answer.err.count("\n") == 1


def test_unexpected_error_shows_where_if_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMMANDS, "absent", Text(en="a command whose module does not exist"))
    monkeypatch.setitem(ROOMS, "nowhere", ("absent",))
    monkeypatch.setenv("QUANHENG_DEBUG", "1")

    assert "Traceback" in answer_to("absent", "--lang", "en").err


def test_reader_that_has_seen_enough_is_no_error() -> None:
    program = "from quanheng.cli.main import main; import sys; sys.argv = ['quanheng', 'schema']; main()"

    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" -c "$1" | head -n 1', sys.executable, program],
        capture_output=True,
        text=True,
        check=True,
    )

    assert (done.stdout, done.stderr) == ("{\n", "")


def test_result_is_written_though_the_reader_of_the_ranking_has_left(tmp_path: Path) -> None:
    book = shutil.copytree(path_of_example("hdi-2022"), tmp_path / "hdi")
    program = (
        f"from quanheng.cli.main import main; import sys; sys.argv[1:] = ['score', {str(book)!r}]; main()"
    )
    reader, writer = os.pipe()
    os.close(reader)

    done = subprocess.run(
        [sys.executable, "-c", program], stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)

    assert (done.returncode, done.stderr) == (0, "")
    assert (book / "results" / "2022" / "result.json").is_file()


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_an_answer_that_finds_no_room_is_one_line_and_no_success(options: list[str]) -> None:
    program = (
        f"import sys; sys.argv[1:] = {['rules', *options]!r}; from quanheng.cli.main import main; main()"
    )

    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", program],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "No space left" in done.stderr


def test_an_answer_to_nobody_is_no_fault() -> None:
    program = "import sys; sys.argv[1:] = ['rules']; from quanheng.cli.main import main; main()"

    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" -c "$1" >&-', sys.executable, program],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_at_the_end_all_is_put_away_and_nothing_taken_apart() -> None:
    program = """
import atexit
from quanheng.cli import main

class Kept:
    def __del__(self):
        print("taken apart")

def run(tokens):
    main.kept = Kept()
    atexit.register(print, "put away")
    print("answered")
    return 1

main.run = run
main.main()
"""

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (1, "answered\nput away\n", "")
