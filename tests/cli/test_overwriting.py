"""Whatever a command is asked to write goes over a file of its own, and over no other but by force."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.commands import answer_to
from tests.cli.year.test_progress import lay_small_book

from quanheng.data.writing.marks import is_marked
from quanheng.examples import path_of_example
from quanheng.usecase.output import is_own_csv

COMMANDS = {
    "progress": ("progress", "{small}", "--at", "2023-06", "--csv"),
    "forecast": ("progress", "{book}", "--at", "2023-06", "--forecast", "--csv"),
    "alerts": ("progress", "{small}", "--at", "2023-06", "--alerts", "--csv"),
    "lights": ("progress", "{small}", "--at", "2023-06", "--svg"),
    "unusual": ("unusual", "{book}", "--at", "2023-06", "--csv"),
    "moves": ("moves", "{book}", "--round", "2023-Q2", "--csv"),
    "list": ("ledgers", "list", "{book}", "--open", "--on", "2023-06-30", "--csv"),
    "headline": ("headline", "{wuxi}", "--csv"),
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = tmp_path_factory.mktemp("books")
    examples = {
        name: str(shutil.copytree(path_of_example(example), root / name))
        for name, example in (("book", "district-2023"), ("wuxi", "wuxi-gdp"))
    }
    return {**examples, "small": str(lay_small_book(root))}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_of_its_own_is_known(name: str, books: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "file"

    answer = answer_to(*[word.format(**books) for word in COMMANDS[name]], str(file))

    assert answer.code == 0, answer.err
    assert is_own_csv(file) != is_marked(file)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("name", ["list", "lights"])
def test_a_file_of_its_own_is_written_anew_and_no_other(
    name: str, books: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "file"
    tokens = [word.format(**books) for word in COMMANDS[name]]
    first = answer_to(*tokens, str(file))
    assert first.code == 0, first.err
    sound = file.read_bytes()

    again = answer_to(*tokens, str(file))
    saved = sound.replace(b"\n", b"\r\n") if file.read_bytes()[:3] == b"\xef\xbb\xbf" else sound + b" "
    file.write_bytes(saved)  # as a spreadsheet program or an editor saves it
    refused = answer_to(*tokens, str(file), "--lang", "en")
    kept = file.read_bytes()
    forced = answer_to(*tokens, str(file), "--force")

    assert (again.code, refused.code, forced.code) == (0, 2, 0), (again.err, refused.err, forced.err)
    assert refused.err.splitlines()[-1].endswith("or write over it with --force")
    assert kept == saved
    assert file.read_bytes() == sound
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
