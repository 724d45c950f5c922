"""A change of several files: finished, taken back, or laid aside, and never half."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from quanheng.data.writing import workshops
from quanheng.data.writing.changing import Change, preparing
from quanheng.data.writing.journal import Journal, journal_in
from quanheng.data.writing.locks import holding
from quanheng.data.writing.tidying import tidy
from quanheng.data.writing.writing import Writing
from quanheng.findings.text import Text


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


OLD = {"a.csv": "old a", "b.csv": "old b", "gone.csv": "old"}
NEW = {"a.csv": "new a", "b.csv": "new b", "more/c.csv": "new c"}


def changed(folder: Path) -> None:
    with preparing(folder) as change:
        prepared(change)
        with holding(folder, Writing()) as lock:
            change.commit(lock, "quanheng score")


def prepared(change: Change) -> None:
    (change.new / "a.csv").write_text("new a", encoding="utf-8")
    (change.new / "b.csv").write_text("new b", encoding="utf-8")
    (change.new / "more").mkdir()
    (change.new / "more/c.csv").write_text("new c", encoding="utf-8")
    change.gone.append("gone.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "place"
    place.mkdir()
    for name, text in OLD.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def broken_off(folder: Path, monkeypatch: pytest.MonkeyPatch, *, after: int) -> None:
    """Decide the change, do so many of its steps, and leave it as a killed process does."""
    moved = 0
    replace = Path.replace

    def counted(self: Path, target: Path) -> Path:
        nonlocal moved
        if "journal" not in self.name:
            if moved == after:
                raise SystemExit
            moved += 1
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", counted)
        patched.setattr(Journal, "finish", _once(Journal.finish))
        with pytest.raises(SystemExit):
            changed(folder)
    # a process that is no more: the name of the workshop says so
    (left,) = folder.glob(".partial-*")
    where, _, _, rest = left.name.removeprefix(".partial-").split("-")
    left.rename(folder / f".partial-{where}-4194301-00000000-{rest}")


def _once(finish: object) -> object:
    called = False

    def finish_once(self: Journal) -> None:
        nonlocal called
        if called:
            raise SystemExit
        called = True
        assert callable(finish)
        finish(self)

    return finish_once


def tidied(folder: Path) -> list[str]:
    told: list[Text] = []
    tidy(folder, Writing(tell=told.append))
    return [text.in_language("en") for text in told]


def test_a_change_is_whole(folder: Path) -> None:
    changed(folder)

    assert texts(folder) == NEW


@pytest.mark.parametrize("after", [0, 1, 2])
def test_what_was_broken_off_is_finished_and_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    broken_off(folder, monkeypatch, after=after)

    assert tidied(folder) == [
        "finished what 'quanheng score' had begun when it was broken off: a.csv, b.csv, more, gone.csv"
    ]
    assert texts(folder) == NEW
    assert tidied(folder) == []


def test_it_is_taken_back_if_somebody_changed_what_was_still_to_come(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_off(folder, monkeypatch, after=1)
    (folder / "b.csv").write_text("somebody's", encoding="utf-8")

    assert tidied(folder)[0].startswith("took back what 'quanheng score' had begun")
    assert texts(folder) == {**OLD, "b.csv": "somebody's"}


def test_it_is_laid_aside_if_neither_can_be_done_without_a_loss(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_off(folder, monkeypatch, after=1)
    (folder / "a.csv").write_text("somebody's a", encoding="utf-8")
    (folder / "b.csv").write_text("somebody's b", encoding="utf-8")

    assert "compare them with the old and the new ones" in tidied(folder)[0]
    assert (folder / "a.csv").read_text(encoding="utf-8") == "somebody's a"
    (aside,) = folder.glob("unfinished-*")
    assert (aside / "change/old/a.csv").read_text(encoding="utf-8") == "old a"
    assert (aside / "change/new/b.csv").read_text(encoding="utf-8") == "new b"


def test_a_file_that_cannot_be_replaced_takes_all_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == folder / "b.csv":
            raise PermissionError(13, "in use", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        changed(folder)

    assert texts(folder) == OLD


def test_taking_back_that_is_broken_off_is_taken_back_further(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_off(folder, monkeypatch, after=2)
    (left,) = folder.glob(".partial-*")
    journal = journal_in(left)
    assert journal is not None
    monkeypatch.setattr(Journal, "_sync", _exit)
    with pytest.raises(SystemExit):
        journal.take_back()
    monkeypatch.undo()

    assert tidied(folder)[0].startswith("took back what 'quanheng score' had begun")
    assert texts(folder) == OLD


def _exit(_: Journal) -> None:
    raise SystemExit


def test_a_workshop_of_a_living_process_stays_and_one_of_another_computer_for_a_day(folder: Path) -> None:
    own = workshops.opened(folder)
    foreign = folder / ".partial-00000000-1-00000000-abc"
    foreign.mkdir()

    assert tidied(folder) == []
    assert own.is_dir()
    assert foreign.is_dir()
    shutil.rmtree(own)
