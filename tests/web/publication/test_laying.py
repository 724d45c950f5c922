"""Laying a publication open: by several at a time, and after one of them was killed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest

from quanheng.web.publication.frozen import ABOUT, lay

TOLD: Final = {"round": "R", "version": 1, "files": {"page.html": "hash"}}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "page.html").write_text("a page", encoding="utf-8")
    return tmp_path / "made"


def test_what_a_killed_process_left_is_removed_and_nothing_else(made: Path, tmp_path: Path) -> None:
    public = tmp_path / "public"
    for name in (".R-1-999999", ".R-1-5-999999", ".R-11-999999", ".R-1-new"):
        (public / name).mkdir(parents=True)

    lay(made, public, TOLD)

    assert {each.name for each in public.iterdir()} == {"R", ".R-1-5-999999", ".R-11-999999", ".R-1-new"}
    assert {each.name for each in (public / "R" / "1").iterdir()} == {ABOUT, "page.html"}


def test_of_two_at_a_time_the_first_one_counts(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = tmp_path / "public"
    copy = shutil.copyfile

    def copy_while_another_is_faster(source: Path, to: Path) -> None:
        target = public / "R" / "1"
        target.mkdir(parents=True)
        (target / ABOUT).write_text("the other one's", encoding="utf-8")
        copy(source, to)

    monkeypatch.setattr("quanheng.web.publication.frozen.shutil.copyfile", copy_while_another_is_faster)
    lay(made, public, TOLD)

    assert (public / "R" / "1" / ABOUT).read_text("utf-8") == "the other one's"
    assert [each.name for each in public.iterdir()] == ["R"]


def test_a_disk_that_is_away_is_told(made: Path, tmp_path: Path) -> None:
    (made / "page.html").unlink()

    with pytest.raises(FileNotFoundError):
        lay(made, tmp_path / "public", TOLD)
    assert not (tmp_path / "public" / "R").exists()
