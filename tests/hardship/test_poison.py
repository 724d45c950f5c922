"""One table of poison texts through every command: what is refused, and what every output makes harmless."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from tests.data.books import findings_of
from tests.hardship import poison
from tests.mutants.written import Written

from quanheng.cli.main import run

Book = Mapping[str, Written | bytes]
HARMLESS: Final = list(poison.HARMLESS.items())
RUNNING: Final = {key: text.strip() for key, text in poison.RUNNING.items()}
BOOKS: Final[Mapping[str, Book]] = {
    "free texts": poison.free_texts(dict(HARMLESS[:6])),
    "scheme": poison.schemed(poison.HARMLESS, dict(HARMLESS[6:12])),
    "scheme that runs": poison.schemed(RUNNING, dict(HARMLESS[12:])),
}


@pytest.mark.parametrize("name", BOOKS)
def test_no_output_of_any_command_acts_or_runs(name: str, tmp_path: Path) -> None:
    book = poison.laid(BOOKS[name], tmp_path)
    wrong = [f"{line}: {told}" for line in poison.COMMANDS for told in _wrong(line, book)]

    before = {book / "units.csv", book / "adjustments.csv", book / "ledgers/requests.csv"}
    for path in sorted({*tmp_path.rglob("*")} - before - {tmp_path / "away/arrived.csv"}):
        if path.is_file() and not (path.is_relative_to(book) and path.name == "scheme.yaml"):
            wrong += poison.wrong_in(path)

    assert wrong == []


@pytest.mark.parametrize("format_", ["pdf", "docx"])
def test_documents_are_made_whatever_is_written(format_: str, tmp_path: Path) -> None:
    book = poison.laid(BOOKS["free texts"], tmp_path)
    assert _answered("score", str(book), "--no-workbook")[0] == 0

    code, printed = _answered("report", str(book), "--as", format_, "--audience", "internal")

    assert list(poison.acting_in(printed)) == []
    # what no font has is refused by name, and only that; Word leaves it to the reader's fonts
    assert code == 0 or (format_ == "pdf" and "QH806" in printed), printed


@pytest.mark.parametrize(("texts", "code"), [(poison.ACTING, "QH640"), (poison.RUNNING, "QH453")])
def test_names_of_units_that_act_or_run_are_refused(
    texts: Mapping[str, str], code: str, tmp_path: Path
) -> None:
    for key, text in texts.items():
        book = poison.laid(poison.names({key: text}), tmp_path / key)

        assert code in [finding.code for finding in findings_of(book)], key


@pytest.mark.parametrize("key", [*poison.ACTING, "half"])
def test_texts_of_a_scheme_that_act_are_refused(key: str, tmp_path: Path) -> None:
    text = poison.ACTING.get(key, "a\ud800b")
    book = poison.laid(poison.schemed({key: text}, {}), tmp_path)

    assert "QH114" in [finding.code for finding in findings_of(book)]


@pytest.mark.parametrize("key", poison.HARMLESS)
def test_harmless_names_are_no_error(key: str, tmp_path: Path) -> None:
    book = poison.laid(poison.names({key: poison.HARMLESS[key]}), tmp_path)

    assert [finding for finding in findings_of(book) if finding.severity == "error"] == []


def test_names_of_files_that_act_are_printed_harmlessly(tmp_path: Path) -> None:
    book = poison.laid(BOOKS["free texts"], tmp_path)
    for text in poison.ACTING.values():
        book.joinpath("data", f"{text.replace('/', '')}.csv").write_text("unit\nX\n", "utf-8")

    assert list(_wrong("check BOOK", book)) == []


@pytest.mark.parametrize("name", ["~", "~root", "$HOME", "%41", "a*[b]?", "\udcff\udcfe", "\u202ea", "con"])
def test_a_book_is_scored_whatever_its_folder_is_called(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    poison.laid(BOOKS["free texts"], tmp_path / "inside").rename(tmp_path / name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(tmp_path)

    for tokens in (("score", name), ("verify", f"{name}/results/2023"), ("convert", name, f"{name}.xlsx")):
        assert _answered(*tokens)[0] == 0

    assert (tmp_path / name / "results/2023/trace.parquet").is_file()
    assert list(home.iterdir()) == []


def test_a_parquet_file_below_a_folder_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    book = poison.laid(BOOKS["free texts"], tmp_path).rename(tmp_path / "\udcff")
    book.joinpath("data/more.parquet").write_bytes(b"PAR1 PAR1PAR1")

    assert [str(found.where) for found in findings_of(book) if found.code == "QH305"] == ["data/more.parquet"]


def _wrong(line: str, book: Path) -> Iterator[str]:
    """Yield what is wrong with what a command prints, for people and for programs."""
    away = book.parent / "away"
    tokens = [word.replace("BOOK", str(book)).replace("AWAY", str(away)) for word in line.split()]
    for more in ((), ("--json", "--force"))[: 1 if tokens[0] in {"convert", "publish", "schema"} else 2]:
        kept = more if "--csv" in tokens or "--svg" in tokens else more[:1]
        code, printed = _answered("--lang", "zh" if more else "en", *tokens, *kept)
        yield from map(repr, poison.acting_in(printed))
        if "fault of the program" in printed or "程序缺陷" in printed:
            yield printed
        if more:
            json.loads(printed)
        elif code and not line.startswith(("ledgers import", "check")):
            yield f"ended with {code}: {printed}"


def _answered(*tokens: str) -> tuple[int, str]:
    out = io.StringIO()
    err = io.StringIO() if "--json" in tokens else out
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(tokens)
    return code, out.getvalue()
