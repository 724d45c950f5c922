from __future__ import annotations

from pathlib import Path

from tests.data.books import FILES, GDP, write_book

from quanheng.data.files.hashes import digest_of, digest_of_file, hash_of
from quanheng.data.load import load


def test_the_digest_of_a_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")

    assert digest_of_file(path) == digest_of(b"abc")
    assert digest_of(b"abc").startswith("ba7816bf")


def test_a_hash_depends_on_names_and_contents_only() -> None:
    assert hash_of({"a": "1", "b": "2"}) == hash_of({"b": "2", "a": "1"})
    assert len({hash_of({"a": "1"}), hash_of({"a": "2"}), hash_of({"b": "1"})}) == 3


def test_the_hash_of_a_book_is_that_of_its_data(tmp_path: Path) -> None:
    book = load(write_book(tmp_path / "one"))
    moved = load(write_book(tmp_path / "two", {"notes.txt": "aside"}))
    changed = load(write_book(tmp_path / "three", {"data/gdp.csv": GDP.replace("33.5", "33.6")}))

    data = {name: digest_of(text.encode()) for name, text in FILES.items() if name != "scheme.yaml"}
    assert book.hash == moved.hash == hash_of(data)
    assert changed.hash != book.hash
