"""Whoever changes a result is found out: 200 tamperings, drawn by a seed, each told by `verify`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest

from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.documents.tables.record import FILES, IDENTITY, sealed, text_of
from quanheng.documents.tables.result_folder import REVIEWS_TABLE, TABLES, WORKBOOK
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.usecase.results import verify as verifying
from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.verify import verify

SCHEME: Final = """\
quanheng: 1
id: r
title: t
round: 2023
items: {x: {kind: rate, every: quarter}, y: {kind: rate, every: quarter}}
indicators: {k: {weight: 60, measure: x, rule: given}, l: {weight: 40, measure: y, rule: percentile}}
reviews: {every: quarter, fold: {reviews: 50%, year: 50%}}
tiers: [{name: first, top: 34%}, {name: second}]
awards: [{name: best, take: 1}]
"""
FILES_OF_IT: Final = (*TABLES, REVIEWS_TABLE, WORKBOOK)
TAMPERINGS: Final = 200


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("tampering") / "book"
    (root / "data").mkdir(parents=True)
    (root / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    (root / "units.csv").write_text("unit\nA\nB\nC\n", encoding="utf-8")
    rows = [f"{u},2023-Q{q},{60 + q * n},{70 - q * n}" for n, u in enumerate("ABC", 1) for q in (1, 2, 3, 4)]
    (root / "data/d.csv").write_text("unit,period,x,y\n" + "\n".join(rows), encoding="utf-8")
    assess(root, workbook=True)
    return root


@pytest.fixture
def folder(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the result; the book, which nobody touches, is scored once for all tests."""
    monkeypatch.setattr(verifying, "load", loaded)
    monkeypatch.setattr(verifying, "score", scored)
    return Path(shutil.copytree(book / "results/2023", tmp_path / "2023"))


@lru_cache
def loaded(path: Path, **options: Any) -> Book:  # noqa: ANN401  as those of load
    return load(path, **options)


SCORED: Final[dict[int, Result]] = {}


def scored(book: Book, **options: Any) -> Result:  # noqa: ANN401  as those of score
    """Return the result of a book that is `loaded` once, and so stays the same object."""
    if id(book) not in SCORED:
        SCORED[id(book)] = score(book, **options)
    return SCORED[id(book)]


def pick(chance: np.random.Generator, names: Sequence[str]) -> str:
    return names[int(chance.integers(len(names)))]


def change_a_byte(folder: Path, chance: np.random.Generator) -> None:
    file = folder / pick(chance, FILES_OF_IT)
    content = bytearray(file.read_bytes())
    content[int(chance.integers(len(content)))] ^= 1 << int(chance.integers(8))
    file.write_bytes(content)


def change_a_byte_and_its_hash(folder: Path, chance: np.random.Generator) -> None:
    file = folder / pick(chance, FILES_OF_IT)
    content = bytearray(file.read_bytes())
    content[int(chance.integers(len(content) // 2, len(content)))] ^= 1 << int(chance.integers(7))
    file.write_bytes(content)
    hash_anew(folder)


def cut(folder: Path, chance: np.random.Generator) -> None:
    file = folder / pick(chance, FILES_OF_IT)
    file.write_bytes(file.read_bytes()[: int(chance.integers(file.stat().st_size))])


def remove(folder: Path, chance: np.random.Generator) -> None:
    (folder / pick(chance, FILES_OF_IT)).unlink()


def remove_with_its_hash(folder: Path, chance: np.random.Generator) -> None:
    """Of a workbook nobody can say that it was there: a result may do without."""
    (folder / pick(chance, (*TABLES, REVIEWS_TABLE))).unlink()
    hash_anew(folder)


def replace_by_another(folder: Path, chance: np.random.Generator) -> None:
    one, other = (FILES_OF_IT[place] for place in chance.permutation(len(FILES_OF_IT))[:2])
    shutil.copyfile(folder / one, folder / other)


def put_in(folder: Path, chance: np.random.Generator) -> None:
    name = pick(chance, ("scores (2).csv", "说明.txt", ".hidden", "tiers.parquet", "result.json.bak"))
    (folder / name).write_text("A,100\n", encoding="utf-8")


def put_in_a_folder(folder: Path, chance: np.random.Generator) -> None:
    (folder / pick(chance, ("trace", "old", "附件"))).mkdir()


def change_a_fact(folder: Path, chance: np.random.Generator) -> None:
    """A fact changed, taken out or put in, by hand: the hash over all of them stays as it was."""
    record = record_of(folder)
    key = pick(chance, sorted(record))
    match int(chance.integers(3)):
        case 0:
            record[key] = another(record[key])
        case 1 if key not in ("round", "scheme", "data", FILES, "hash"):
            del record[key]
        case _:
            record["note"] = key
    (folder / IDENTITY).write_text(text_of(record), encoding="utf-8")


def change_a_fact_and_the_hash(folder: Path, chance: np.random.Generator) -> None:
    record = record_of(folder)
    key = pick(chance, ("units", "missing", "data", "scheme", "program", "quanheng", "python", "libraries"))
    record[key] = another(record[key])
    (folder / IDENTITY).write_text(text_of(sealed(record)), encoding="utf-8")


def write_otherwise(folder: Path, chance: np.random.Generator) -> None:
    """The same facts, written by another hand, one of them twice."""
    text = (folder / IDENTITY).read_text(encoding="utf-8")
    key = pick(chance, ("units", "engine", "round"))
    (folder / IDENTITY).write_text(text.replace("{\n", f'{{\n  "{key}": "x",\n', 1), encoding="utf-8")


TAMPER: Final[tuple[Callable[[Path, np.random.Generator], None], ...]] = (
    change_a_byte,
    change_a_byte_and_its_hash,
    cut,
    remove,
    remove_with_its_hash,
    replace_by_another,
    put_in,
    put_in_a_folder,
    change_a_fact,
    change_a_fact_and_the_hash,
    write_otherwise,
)


def record_of(folder: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((folder / IDENTITY).read_text(encoding="utf-8"))
    return record


def another(value: object) -> object:
    match value:
        case bool() | None:
            return "x"
        case int() | float():
            return value + 1
        case dict():
            return {**value, "x": 1}
        case _:
            return f"{value}0"


def hash_anew(folder: Path) -> None:
    """Say of the files as they are now that they are those of the result."""
    from quanheng.data.files.hashes import digest_of_file  # noqa: PLC0415  what who tampers uses

    files = {name: digest_of_file(folder / name) for name in FILES_OF_IT if (folder / name).is_file()}
    record = sealed({**record_of(folder), FILES: files})
    (folder / IDENTITY).write_text(text_of(record), encoding="utf-8")


def test_a_result_that_nobody_touched_is_what_its_book_gives(folder: Path, book: Path) -> None:
    assert verify(folder, book=book) == ()
    assert set(record_of(folder)[FILES]) == set(FILES_OF_IT)


@pytest.mark.parametrize("seed", range(TAMPERINGS))
def test_tampering_is_told(folder: Path, book: Path, seed: int) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    TAMPER[seed % len(TAMPER)](folder, np.random.default_rng(seed))
    after = {path.name: path.read_bytes() if path.is_file() else b"" for path in folder.iterdir()}

    assert before != after
    assert verify(folder, book=book) != ()
