from __future__ import annotations

import os
from pathlib import Path

import pytest

from quanheng.scheme.files.ordinary import NotOrdinaryError, TooLargeError, read_ordinary, size_of_ordinary


def test_an_ordinary_file_is_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"12345")

    assert size_of_ordinary(file) == 5
    assert read_ordinary(file, 5) == b"12345"


def test_a_larger_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"123456")

    with pytest.raises(TooLargeError) as refused:
        read_ordinary(file, 5)
    assert refused.value.size == 6


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes with a name in a folder")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")

    with pytest.raises(NotOrdinaryError):
        read_ordinary(tmp_path / "a", 5)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotOrdinaryError):
        size_of_ordinary(tmp_path)
